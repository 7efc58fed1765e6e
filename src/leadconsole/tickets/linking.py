"""Which tickets belong together: related, merged into another, split off another.

A link is a row with its events, like any row of the desk; beside them both tickets tell of it in their history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import Event, record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import named
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import texts
from leadconsole.tickets.births import TICKET

LINK = "ticket_link"
RELATED, MERGED, SPLIT = "related", "merged", "split"

LINKED = "linked"
UNLINKED = "unlinked"
MERGED_INTO = "merged_into"
TAKES_IN = "takes_in"
RELEASED = "released"
LETS_GO = "lets_go"
SPLIT_OFF = "split_off"
SPLIT_FROM = "split_from"
TALES = frozenset({LINKED, UNLINKED, MERGED_INTO, TAKES_IN, RELEASED, LETS_GO, SPLIT_OFF, SPLIT_FROM})
"""The kinds of events by which a ticket tells of another one."""


def link(transaction: Transaction, number: int, other: int) -> None:
    """Keep that two tickets belong together."""
    if number == other:
        raise Refused(_("A ticket isn't linked to itself."), code="itself", field="number")
    for one in (number, other):
        _require(transaction.sql, one)
    low, high = sorted((number, other))
    if kind_between(transaction.sql, number, other):
        raise Refused(
            _("Tickets {low} and {high} are linked already.").format(low=low, high=high),
            code="no_change",
            field="number",
        )
    put_link(transaction, low, high, RELATED)
    tell(transaction, number, LINKED, other)
    tell(transaction, other, LINKED, number)


def unlink(transaction: Transaction, number: int, other: int) -> None:
    """Forget that two tickets are related; what was merged or split stays."""
    low, high = sorted((number, other))
    kind = kind_between(transaction.sql, number, other)
    if kind != RELATED:
        told = {
            None: _("Tickets {low} and {high} aren't linked."),
            MERGED: _("Tickets {low} and {high} are merged; reopening the merged one takes it out again."),
            SPLIT: _("One of {low} and {high} was split off the other; that stays."),
        }[kind]
        raise Refused(told.format(low=low, high=high), code="not_linked", field="number")
    drop_link(transaction, low, high, RELATED)
    tell(transaction, number, UNLINKED, other)
    tell(transaction, other, UNLINKED, number)


def release(transaction: Transaction, number: int) -> None:
    """Take a ticket out of the one that it was merged into, if it was."""
    kept = merged_into(transaction.sql, number)
    if kept is not None:
        drop_link(transaction, number, kept, MERGED)
        tell(transaction, number, RELEASED, kept)
        tell(transaction, kept, LETS_GO, number)


def merged_into(sql: sqlite3.Connection, number: int) -> int | None:
    """The ticket that this one was merged into."""
    row = sql.execute("SELECT other FROM ticket_link WHERE ticket = ? AND kind = 'merged'", (number,)).fetchone()
    return None if row is None else int(row[0])


def kept_for(sql: sqlite3.Connection, number: int) -> int:
    """The ticket in which work on this one goes on: itself, unless it was merged, perhaps more than once."""
    seen = {number}
    while (kept := merged_into(sql, number)) is not None and kept not in seen:
        seen.add(kept)
        number = kept
    return number


def kind_between(sql: sqlite3.Connection, number: int, other: int) -> str | None:
    """How two tickets are linked, None if they aren't; a merge says more than a relation."""
    kinds = {
        kind
        for (kind,) in sql.execute(
            "SELECT kind FROM ticket_link WHERE (ticket = ? AND other = ?) OR (ticket = ? AND other = ?)",
            (number, other, other, number),
        )
    }
    return next((kind for kind in (MERGED, SPLIT, RELATED) if kind in kinds), None)


def put_link(transaction: Transaction, ticket: int, other: int, kind: str) -> None:
    """Write a link; one of another kind between the same two gives way to it."""
    # Plain SQL, not rows.put: a bulk takes back what a rule refuses, which a session would never learn of.
    sql, row = transaction.sql, {"ticket": ticket, "other": other, "kind": kind}
    found = sql.execute("SELECT kind FROM ticket_link WHERE ticket = ? AND other = ?", (ticket, other)).fetchone()
    sql.execute("INSERT OR REPLACE INTO ticket_link VALUES (:ticket, :other, :kind)", row)
    before = None if found is None else {**row, "kind": found[0]}
    record(transaction, LINK, named((ticket, other)), "changed" if before else "added", before=before, after=row)
    follow(transaction, other, kind)


def drop_link(transaction: Transaction, ticket: int, other: int, kind: str) -> None:
    """Take a link away."""
    transaction.sql.execute("DELETE FROM ticket_link WHERE ticket = ? AND other = ?", (ticket, other))
    row = {"ticket": ticket, "other": other, "kind": kind}
    record(transaction, LINK, named((ticket, other)), "removed", before=row)
    follow(transaction, other, kind)


def tell(transaction: Transaction, number: int, kind: str, other: int, text: str | None = None) -> None:
    """Let the history of a ticket tell of another one."""
    record(transaction, TICKET, str(number), kind, value=str(other), text=text)
    if text:
        texts.append(transaction, number, text)
    transaction.sql.execute("UPDATE ticket SET version = version + 1 WHERE number = ?", (number,))


def take_back(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer of links."""
    from leadconsole.kernel.rows import take_back as take_row_back

    said = take_row_back(transaction, event, undoes, name_of=_name)
    for row in (event.before, event.after):
        if row is not None:
            follow(transaction, row["other"], row["kind"])
    return said


def _name(key: Iterable[int]) -> str:
    ticket, other = key
    return _("Tickets {ticket} and {other}").format(ticket=ticket, other=other)


def follow(transaction: Transaction, other: int, kind: str) -> None:
    """What is merged into a ticket is found under that one, too, and under the one where that goes on."""
    if kind == MERGED:
        texts.mark(transaction, other)


def _require(sql: sqlite3.Connection, number: int) -> None:
    if sql.execute("SELECT 1 FROM ticket WHERE number = ?", (number,)).fetchone() is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
