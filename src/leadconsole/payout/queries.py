"""Reads of the payout: the statement of a month, the months behind it, what to invoice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry, stored_entries
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.kernel.rows import named
from leadconsole.payout import checklist, closed, counting, facts
from leadconsole.payout.counting import Counted
from leadconsole.payout.rules import Left, Line, Section
from leadconsole.payout.shapes import SHAPES, reading
from leadconsole.team import facts as team_facts

Answer = TypeVar("Answer")


class Past(NamedTuple):
    """A month in the chart: what it brought, and whether it lived on the guarantee."""

    month: Month
    status: str
    volume: int
    profit: int
    lead_pay: int
    abnormal: bool


class SetAside(NamedTuple):
    """What a closed month has set aside for the department, or drawn."""

    month: Month
    amount: int
    reason: str


class Invoice(NamedTuple):
    """A line for which accounting makes an invoice or an act."""

    client: str
    work: str
    amount: int
    accepted_at: Instant | None
    ticket: int | None
    file: str
    key: str
    passed_at: Instant | None
    changed: bool = False
    """Whether its amount was changed after it was passed on."""

    @property
    def waits(self) -> bool:
        """Whether accounting doesn't know of it, or knows another amount."""
        return self.passed_at is None or self.changed


@query(Capability.READ_PAYOUT)
def statement(desk: Desk, month: Month) -> Counted:
    """The month with its lines; Refused for one to come."""
    return _at_once(desk, lambda reader: counting.count(reader, month, desk.now()))


@query(Capability.READ_PAYOUT)
def behind(desk: Desk, until: Month, months: int = 12) -> list[Past]:
    """The last months up to one that has begun, oldest first; none from before the desk had anything to count."""

    def read(reader: sqlite3.Connection) -> list[Past]:
        found: list[Past] = []
        for back in range(months - 1, -1, -1):
            month = until.plus(-back)
            status, figures = counting.figures(reader, month)
            if found or back == 0 or status == "closed" or figures.volume or figures.profit:
                found.append(Past(month, status, figures.volume, figures.profit, figures.lead_pay, figures.abnormal))
        return found

    return _at_once(desk, read)


@query(Capability.READ_PAYOUT)
def set_asides(desk: Desk, before: Month) -> list[SetAside]:
    """The reserve month by month up to one, the last first."""
    rows = desk.reader.execute(
        "SELECT month, amount, what FROM closed_line WHERE section = 'reserve' AND month < ?"
        " ORDER BY month DESC, place",
        (str(before),),
    )
    return [SetAside(Month.parse(month), amount, reason) for month, amount, reason in rows]


@query(Capability.READ_INVOICES)
def invoices(desk: Desk, month: Month, seen: Counted | None = None) -> list[Invoice]:
    """What accounting makes invoices and acts for, by client and work; `seen` is the month if it is counted already."""

    def read(reader: sqlite3.Connection) -> list[Invoice]:
        counted = counting.count(reader, month, desk.now()) if seen is None else seen
        passed, changed = facts.passed(reader, str(month)), facts.changed_since(reader, str(month))
        found = [
            Invoice(
                line.who,
                line.what,
                line.amount,
                line.at,
                int(line.key) if line.file == "tickets" else None,
                line.file,
                line.key,
                passed[line.file].get(line.key),
                line.key in changed[line.file],
            )
            for line in checklist.to_invoice(counted.statement)
        ]
        return sorted(found, key=lambda one: (one.client, one.ticket or 0, one.key))

    return _at_once(desk, read)


@query(Capability.READ_PAYOUT)
def entered(desk: Desk, file: str) -> list[Entry]:
    """The rows of one of this slice's files, by key."""
    shape = next(one for one in SHAPES if one.name == file)
    return stored_entries(desk.reader, shape, reading())


@query(Capability.READ_PAYOUT)
def entry(desk: Desk, file: str, key: str) -> Entry | None:
    """The row that a line comes from (its `source`), None if it is gone."""
    return next((one for one in entered(desk, file) if named(one.key) == key), None)


@query(Capability.READ_PAYOUT)
def last_closed(desk: Desk) -> Month | None:
    """The last closed month."""
    months = facts.closed_months(desk.reader)
    return Month.parse(months[-1]) if months else None


@query(Capability.READ_PAYOUT)
def work(desk: Desk, number: int) -> Left:
    """Any ticket as a work that could be accepted; NotFound if there is none of that number."""
    found = facts.work(desk.reader, number)
    if found is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="ticket")
    return found


class Around(NamedTuple):
    """What dialogs of the payout offer: people with a role, clients, and what was asked to be set aside."""

    people: tuple[tuple[str, str, str], ...]
    clients: tuple[tuple[str, str], ...]
    asides: tuple[Line, ...]


@query(Capability.READ_PAYOUT)
def around(desk: Desk, month: Month) -> Around:
    """Who and what an entry of a month may name."""
    reader = desk.reader
    people = reader.execute(
        "SELECT login, name, role FROM person WHERE role IN ('specialist', 'contractor')"
        " AND (ended IS NULL OR ended >= ?) ORDER BY name, login",
        (month.first.isoformat(),),
    ).fetchall()
    clients = reader.execute("SELECT code, name FROM client WHERE status <> 'left' ORDER BY name, code").fetchall()
    asides = [
        one for one in facts.month_lines(reader, str(month)) if one.section in (Section.RESERVE, Section.BONUS)
    ]  # fmt: skip
    known = {login for login, _name, _role in people}
    others = [(one.key.rpartition(",")[2], one.who, "") for one in asides if one.section == Section.BONUS]
    people += [one for one in others if one[0] not in known]  # who got a bonus keeps it, wherever he is by now
    return Around(tuple(people), tuple(clients), tuple(asides))


@query(Capability.READ_INVOICES)
def timezone(desk: Desk) -> str:
    """The desk's time zone, in which days of acceptance are told."""
    return team_facts.settings(desk.reader).timezone


@query(Capability.CHECK)
def broken_chain(desk: Desk) -> list[str]:
    """What is wrong with the closed months, each told by its first broken line."""
    return _at_once(desk, closed.broken)


def _at_once(desk: Desk, read: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """Read from one snapshot: what others write meanwhile belongs to the next answer."""
    reader = desk.reader
    if reader.in_transaction:
        return read(reader)
    reader.execute("BEGIN")
    try:
        return read(reader)
    finally:
        reader.execute("COMMIT")
