"""The one append-only event table: what happened, by whom, and how it is taken back.

It is the audit, the source of norms and bounces, and of undo. An undo is a compensating event: it
survives a restart, is per person, and refuses when somebody's later event depends on what it takes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Protocol

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction

UNDO = "undo"

EVENT_COLUMNS = "id, subject, key, seq, at, recorded, actor, kind, value, text, before, after, batch, undoes"
"""The columns that `read_event` reads."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of history; `before` and `after` are JSON objects or null."""

    id: int
    subject: str
    key: str
    seq: int
    at: Instant
    recorded: Instant
    actor: str
    kind: str
    value: str | None
    text: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    batch: int | None
    undoes: int | None


class Restorer(Protocol):
    """Takes one event of a subject back and returns what that did, in words."""

    def __call__(self, transaction: Transaction, event: Event, undoes: int) -> str: ...


def read_event(row: tuple[Any, ...]) -> Event:
    """An event from a row in the order of the table's columns."""
    values = list(row)
    for place in (10, 11):
        values[place] = None if values[place] is None else json.loads(values[place])
    return Event(*values)


def packed(values: Mapping[str, Any] | None) -> str | None:
    """The JSON text in which before and after are kept; equal values make equal text."""
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record(
    transaction: Transaction,
    subject: str,
    key: str,
    kind: str,
    *,
    at: Instant | None = None,
    value: str | None = None,
    text: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> int:
    """Write one event of the running command and return its seq within the subject's story."""
    if not transaction.recording:
        return 0
    sql = transaction.sql
    seq: int = sql.execute(
        "SELECT coalesce(max(seq), 0) + 1 FROM event WHERE subject = ? AND key = ?", (subject, key)
    ).fetchone()[0]
    if transaction.batch is None and transaction.undoable:
        transaction.batch = sql.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()[0]
    now = transaction.at
    sql.execute(
        f"INSERT INTO event ({EVENT_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            subject,
            key,
            seq,
            now if at is None else at,
            now,
            transaction.actor,
            kind,
            value,
            text,
            packed(before),
            packed(after),
            transaction.batch,
            undoes,
        ),
    )
    return seq


def story(transaction: Transaction, subject: str, key: str) -> list[Event]:
    """All events of one subject in the order in which they act."""
    rows = transaction.sql.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE subject = ? AND key = ? ORDER BY at, seq", (subject, key)
    )
    return [read_event(row) for row in rows]


def entry(transaction: Transaction, subject: str, key: str, seq: str) -> Event:
    """The event of a subject with this seq; where a file has it several times, the first that acts."""
    row = transaction.sql.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE subject = ? AND key = ? AND seq = ? ORDER BY at LIMIT 1",
        (subject, key, int(seq)),
    ).fetchone()
    return read_event(row)


@query(Capability.READ_QUEUE)
def last_event(desk: Desk) -> int:
    """The number of the last thing that happened at the desk; what leaves no trace in history can't be seen here."""
    found: int = desk.reader.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
    return found


@query(Capability.READ_QUEUE)
def happened(desk: Desk, since: int, most: int) -> list[tuple[str, str, str]] | None:
    """Subject, key and kind of what has happened after an event; None where that is more than `most`."""
    asked = 'SELECT subject, "key", kind FROM event WHERE id > ? ORDER BY id LIMIT ?'
    found: list[tuple[str, str, str]] = desk.reader.execute(asked, (since, most + 1)).fetchall()
    return found if len(found) <= most else None


@command(Capability.UNDO)
def undo(desk: Desk) -> str:
    """Take back the last step of this person that still stands; say in words what that was."""
    with desk.write() as transaction:
        batch = next(_standing(transaction), None)
        if batch is None:
            raise Refused(_("There is nothing of yours to undo."), code="nothing_to_undo")
        return _take_back(transaction, batch)


@command(Capability.UNDO)
def redo(desk: Desk) -> str:
    """Do again what this person's last undo took back, unless something was done since."""
    with desk.write() as transaction:
        batch = _undone(transaction)
        if batch is None:
            raise Refused(_("There is nothing of yours to redo."), code="nothing_to_redo")
        return _take_back(transaction, batch)


def _steps(transaction: Transaction) -> Iterator[tuple[int, int | None]]:
    """The person's steps, newest first: (batch, the batch that it undoes or None)."""
    rows = transaction.sql.execute(
        "SELECT batch, undoes FROM event INDEXED BY event_steps WHERE actor = ? AND batch IS NOT NULL ORDER BY id DESC",
        (transaction.actor,),
    )
    last = None
    for batch, undoes in rows:
        if batch != last:
            last = batch
            yield batch, undoes


def _standing(transaction: Transaction) -> Iterator[int]:
    """Steps that still stand, newest first; a redo cancels an undo and so revives its step."""
    cancelled: set[int] = set()
    for batch, undoes in _steps(transaction):
        if batch in cancelled:
            continue
        if undoes is None:
            yield batch
        else:
            cancelled.add(undoes)


def _undone(transaction: Transaction) -> int | None:
    """The undo that a redo would cancel: the newest one with no new step after it."""
    cancelled: set[int] = set()
    for batch, undoes in _steps(transaction):
        if batch in cancelled:
            continue
        if undoes is None:
            return None
        if _is_undo(transaction, undoes):
            cancelled.add(undoes)
        else:
            return batch
    return None


def _is_undo(transaction: Transaction, batch: int) -> bool:
    row = transaction.sql.execute("SELECT undoes FROM event WHERE id = ?", (batch,)).fetchone()
    return row is not None and row[0] is not None


def _take_back(transaction: Transaction, batch: int) -> str:
    from leadconsole.kernel.schema import restorers

    # A batch is named by its first event and its events stand together: writes are one at a time.
    asked = f"SELECT {EVENT_COLUMNS} FROM event WHERE id >= ? ORDER BY id"
    with closing(transaction.sql.execute(asked, (batch,))) as rows:
        events = list(takewhile(lambda event: event.batch == batch, map(read_event, rows)))
    known = restorers()
    said = [known[event.subject](transaction, event, batch) for event in reversed(events)]
    alike = sum(event.subject == events[0].subject for event in events)
    return said[-1] if alike == 1 else _("{told}, {n} such in all").format(told=said[-1], n=alike)
