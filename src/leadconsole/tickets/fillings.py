"""What the placeholders of a text become for a ticket and a person, and what is said with them."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.formats import day, exact
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.tickets import placeholders, steps
from leadconsole.tickets.placeholders import NOTHING
from leadconsole.tickets.rules import Happening


def of_ticket(sql: sqlite3.Connection, number: int, login: str, now: Instant) -> dict[str, str]:
    """Every placeholder's value for a ticket, written by `login`."""
    row = sql.execute(
        "SELECT c.name, t.requester, t.subject, p.name, t.resolution_due, t.promised, t.line FROM ticket t"
        " JOIN client c ON c.code = t.client LEFT JOIN person p ON p.login = t.assignee WHERE t.number = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    client, requester, subject, assignee, due, promised, line = row
    zone = facts.settings(sql).timezone
    return {
        **of_person(sql, login, now),
        "client": clean_line(client),
        "requester": clean_line(requester or client),
        "number": str(number),
        "subject": clean_line(subject),
        "assignee": clean_line(assignee or NOTHING),
        "due": NOTHING if due is None else exact(due, zone),
        "promised": NOTHING if promised is None else exact(promised, zone),
        "line": str(line),
    }


def of_person(sql: sqlite3.Connection, login: str, now: Instant) -> dict[str, str]:
    """What needs no ticket: who writes, and today."""
    row = sql.execute("SELECT name FROM person WHERE login = ?", (login,)).fetchone()
    today = facts.today(sql, now)
    return {"me": clean_line(row[0]) if row else login, "today": day(today)}


def filled(transaction: Transaction, number: int, text: str) -> str:
    """A text with its placeholders filled for one ticket."""
    if not placeholders.wanted(text):
        return text
    return placeholders.fill(text, of_ticket(transaction.sql, number, transaction.actor, transaction.at))


def say(transaction: Transaction, number: int, kind: Happening, text: str) -> None:
    """A reply or a note to each of many tickets, with what it says of each."""
    steps.say(transaction, number, kind, filled(transaction, number, text))
