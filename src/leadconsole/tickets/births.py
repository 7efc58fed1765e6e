"""How a ticket comes into the desk: its number, its row, its caches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadconsole.kernel.text import subject_key
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import caches, rules, texts
from leadconsole.tickets.shapes import TICKETS

TICKET = "ticket"
CREATED = "created"


def next_number(transaction: Transaction) -> int:
    """The next free number; one that was given out is never given again, even if its ticket was undone."""
    sql = transaction.sql
    given = sql.execute("SELECT CAST(value AS INTEGER) FROM desk_fact WHERE name = 'last_ticket'").fetchone()
    highest = sql.execute("SELECT coalesce(max(number), 0) FROM ticket").fetchone()[0]
    number: int = max(highest, given[0] if given else 0) + 1
    sql.execute(
        "INSERT INTO desk_fact VALUES ('last_ticket', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (str(number),),
    )
    return number


_AT_BIRTH = {
    "urgency": rules.NEVER, "priority_order": 2, "status": "new", "line": 1, "priority": "normal", "handovers": 0,
    "returns": 0, "pingpongs": 0, "line_pushbacks": 0, "reopens": 0, "resolutions": 0, "spent_minutes": 0, "version": 1,
}  # fmt: skip
"""What a new row holds until `caches.rebuild` has read its history."""


def insert_statement() -> str:
    """The INSERT of a ticket from its entered and starting values; caches follow by `caches.rebuild`."""
    names = [*(column.field for column in TICKETS.columns), "subject_key", *_AT_BIRTH]
    return f"INSERT INTO ticket ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def insert_values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The parameters of `insert_statement` for a row as TICKETS reads it."""
    return (*(row[column.field] for column in TICKETS.columns), subject_key(row["subject"]), *_AT_BIRTH.values())


def born(transaction: Transaction, row: Mapping[str, Any]) -> None:
    """Write a new ticket with all that follows from it."""
    transaction.sql.execute(insert_statement(), insert_values(row))
    caches.rebuild(transaction.sql, [row["number"]])
    texts.rebuild(transaction.sql, [row["number"]])
