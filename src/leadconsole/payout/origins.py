"""Where a line of the statement comes from: the rows it stands among, who wrote it when, and what it corrects."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.history import EVENT_COLUMNS, read_event
from leadconsole.kernel.period import Month
from leadconsole.payout import closed, facts, rules
from leadconsole.payout.rules import Held, Line

TABLES = {
    "subscriptions": "subscription",
    "salaries": "salary",
    "expenses": "expense",
    "adjustments": "adjustment",
    "allocations": "allocation",
}
"""The table of an interchange file whose rows are lines."""
_AMOUNT = {"subscription": "monthly_fee"}
_POINTER = re.compile(r"(?P<month>[0-9]{4}-[0-9]{2})(?:\s+(?P<file>[a-z]+)\s+(?P<key>.+))?")


class Written(NamedTuple):
    """One time that the row was written: its amount before and after, None where it wasn't there."""

    at: Instant
    actor: str
    before: int | None
    after: int | None


class Corrected(NamedTuple):
    """What an adjustment points at: a month, and the line of it if it names one that is there."""

    month: Month
    line: Line | None


class Origin(NamedTuple):
    """What is known of a line beside its amount."""

    rows: tuple[Held, ...]
    """Fees of the same client or salaries of the same person, by day; nothing for what is entered for one month."""
    written: tuple[Written, ...]
    client: str | None
    ticket: int | None
    corrected: Corrected | None


@query(Capability.READ_PAYOUT)
def origin(desk: Desk, line: Line) -> Origin:
    """What stands behind a line that is no ticket."""
    reader = desk.reader
    table = TABLES.get(line.file, "")
    client, ticket, corrected = None, None, None
    held: tuple[Held, ...] = ()
    if table == "subscription":
        client = line.key.rpartition(",")[0]
        rows = reader.execute(
            "SELECT first, last, monthly_fee FROM subscription WHERE client = ? ORDER BY first", (client,)
        )
        held = tuple(map(Held._make, rows))
    elif table == "salary":
        held = tuple(rules.held(facts.salaries(reader, line.key.rpartition(",")[0])))
    elif table:
        month, _comma, name = line.key.partition(",")
        if table == "expense":
            found = reader.execute(
                "SELECT client, ticket FROM expense WHERE month = ? AND description = ?", (month, name)
            ).fetchone()
            client, ticket = found or (None, None)
        elif table == "adjustment":
            found = reader.execute(
                "SELECT corrects FROM adjustment WHERE month = ? AND description = ?", (month, name)
            ).fetchone()
            corrected = _corrected(reader, found[0]) if found and found[0] else None
    return Origin(held, _written(reader, table, line.key) if table else (), client, ticket, corrected)


def pointer(month: Month, line: Line | None) -> str:
    """What an adjustment that corrects a line of a closed month says in `corrects`."""
    return str(month) if line is None else f"{month} {line.file} {line.key}"


def _corrected(reader: sqlite3.Connection, text: str) -> Corrected | None:
    """The month and line that a text points at; None where it is any other text."""
    found = _POINTER.fullmatch(text.strip())
    if found is None or not 1 <= int(found["month"][5:]) <= 12:
        return None
    month, place = Month.parse(found["month"]), (found["file"], found["key"])
    lines = closed.frozen_lines(reader, str(month)) if place[0] else []
    return Corrected(month, next((one for one in lines if (one.file, one.key) == place), None))


def _written(reader: sqlite3.Connection, table: str, key: str) -> tuple[Written, ...]:
    amount = _AMOUNT.get(table, "amount")
    rows = reader.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE subject = ? AND key = ? ORDER BY at, seq",
        (table, key),
    )
    return tuple(
        Written(one.recorded, one.actor, (one.before or {}).get(amount), (one.after or {}).get(amount))
        for one in map(read_event, rows)
    )
