"""Writes of curation: levels, the move of a lead, proposals that are confirmed; each row with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leadconsole.curation import rules, spans
from leadconsole.curation.entries import BY_NAME, file_words
from leadconsole.curation.rules import Row
from leadconsole.curation.shapes import SHAPES
from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Outcome, RowRule, drop, model_of
from leadconsole.kernel.shape import Reading
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts as team

RESTORERS = {shape.table: entering.restorer(file_words(shape.name)) for shape in SHAPES}
ROW_RULES: dict[str, tuple[RowRule, ...]] = {
    "curation": (spans.level,),
    "person": (spans.person,),
    "substitution": (spans.substitution,),
}
CONSEQUENCES = (spans.follow,)


def reading(transaction: Transaction) -> Reading:
    """How cells are read: in the desk's time zone."""
    return Reading(team.settings(transaction.sql).timezone)


def today(transaction: Transaction) -> str:
    """The desk's local day, ISO."""
    return team.today(transaction.sql, transaction.at).isoformat()


def write(transaction: Transaction, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of a file of this slice within a command."""
    return entering.enter(transaction, BY_NAME[file], file_words(file), cells, basis, reading(transaction))


@command(Capability.PLAN_COVER)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of a file of this slice from cells as people type them; `basis` as in team.commands."""
    with desk.write() as transaction:
        return write(transaction, file, cells, basis)


@command(Capability.PLAN_COVER)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take away one row of a file of this slice."""
    with desk.write() as transaction:
        entering.remove(transaction, BY_NAME[file], file_words(file), key, basis, reading(transaction))


@command(Capability.PLAN_COVER)
def set_level(desk: Desk, client: str, login: str, level: str | None, since: str = "") -> None:
    """Give a person a level of a client from a day on (today), or none; the lead is moved by `move_lead`."""
    with desk.write() as transaction:
        put_level(transaction, client, login, level, since or today(transaction))


@command(Capability.PLAN_COVER)
def move_lead(desk: Desk, client: str, taker: str, since: str = "", giver_becomes: str | None = "curator") -> None:
    """Let somebody else lead a client from a day on (today): whoever led it until then becomes curator, or nothing."""
    with desk.write() as transaction:
        day = since or today(transaction)
        for login in leads(transaction, client, day):
            if login != taker:
                put_level(transaction, client, login, giver_becomes, day)
        put_level(transaction, client, taker, "lead", day)


@command(Capability.PLAN_COVER)
def set_levels(desk: Desk, levels: Iterable[tuple[str, str, str | None]], since: str = "") -> int:
    """Give many (client, login, level) at once, such as confirmed proposals, in one step; returns how many changed.

    Leads go last, and move the lead of their client.
    """
    with desk.write() as transaction:
        day = since or today(transaction)
        changed = 0
        for client, login, level in sorted(levels, key=lambda one: one[2] == "lead"):
            if level == "lead":
                for other in leads(transaction, client, day):
                    if other != login:
                        put_level(transaction, client, other, "curator", day)
            changed += put_level(transaction, client, login, level, day)
        return changed


def put_level(transaction: Transaction, client: str, login: str, level: str | None, day: str) -> bool:
    """Write a level from a day on; later rows of the cell that would undo it are taken away. Whether it changed."""
    rows = cell(transaction, client, login)
    later = [row for row in rows if row.since > day]
    held = rules.row_on(rows, day)
    if (held.level if held else None) == level and not later and (held is None or held.until is None):
        return False
    if level is None and held is None and not later:
        return False
    for row in later:
        drop(transaction, model_of("curation"), (client, login, row.since))
    if level is not None:
        if held is not None and held.level == level:
            _put(transaction, held._replace(until=None))
        else:
            _put(transaction, Row(client, login, day, level))
    elif held is not None and held.since == day:
        drop(transaction, model_of("curation"), (client, login, day))
        # What stood before would hold again.
        if (before := rules.row_on(cell(transaction, client, login), day)) is not None:
            _put(transaction, before._replace(until=rules.day_before(day)))
    elif held is not None:
        _put(transaction, held._replace(until=rules.day_before(day)))
    return True


def _put(transaction: Transaction, row: Row) -> None:
    write(
        transaction,
        "curation",
        {"client": row.client, "login": row.login, "since": row.since, "level": row.level, "until": row.until},
    )


def cell(transaction: Transaction, client: str, login: str) -> list[Row]:
    """The rows of one client and person."""
    rows = transaction.sql.execute(
        "SELECT client, login, since, level, until FROM curation WHERE client = ? AND login = ? ORDER BY since",
        (client, login),
    ).fetchall()
    return [Row(*row) for row in rows]


def leads(transaction: Transaction, client: str, day: str) -> list[str]:
    """Who leads a client on a day by the rows alone, employed or not."""
    people = transaction.sql.execute("SELECT DISTINCT login FROM curation WHERE client = ?", (client,)).fetchall()
    found = []
    for (login,) in people:
        row = rules.row_on(cell(transaction, client, login), day)
        if row is not None and row.level == "lead":
            found.append(login)
    return found


def require_lead(transaction: Transaction, client: str, day: str) -> str:
    """Who leads a client on a day; Refused if nobody does."""
    found = leads(transaction, client, day)
    if not found:
        raise Refused(_("Nobody leads {client} on that day.").format(client=client), code="no_lead", field="client")
    return found[0]
