"""The ledger of hand-overs of a month: who gave, took and gave back how much, and how long each held it.

A month is read by the tickets that were in work in it, never by the whole history: those open now, those resolved since
it began, and those rejected since. Only the events that move a ticket are read of each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import MINUTE, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.kernel.worktime import AROUND_THE_CLOCK
from leadconsole.tickets import handovers, queries, rules, views
from leadconsole.tickets.caches import COUNTED
from leadconsole.tickets.handovers import Account, Holding, Passed
from leadconsole.tickets.rules import Entry, Happening, Start

_SLICE = 500
IN_WORK = (
    f"SELECT number FROM ticket INDEXED BY ticket_open WHERE {views.OPEN} AND created < :end",
    f"SELECT number FROM ticket INDEXED BY ticket_month WHERE {views.FINISHED} AND resolved_at >= :begin"
    " AND created < :end",
    # Rejected tickets have no moment of their own, only the event that rejected them.
    f"SELECT number FROM ticket INDEXED BY ticket_month WHERE {views.FINISHED} AND resolved_at IS NULL"
    " AND created < :end AND EXISTS (SELECT 1 FROM event WHERE subject = 'ticket'"
    " AND key = CAST(ticket.number AS TEXT) AND at >= :begin)",
)
"""The tickets that may have been in work in a month, three sorts that don't overlap."""
_HANDS_OVER = frozenset({Happening.ASSIGN, Happening.LINE})
_MOVES = "'assign', 'line', 'status', 'accept', 'reopen', 'undo'"
ONE_STEP = 5 * MINUTE
"""Two hand-overs of a ticket by the same person in this time are one to whoever asks why."""


class Ledger(NamedTuple):
    """The hand-overs of a month; the tickets behind the figures only for those who may see tickets."""

    month: str
    accounts: tuple[Account, ...]
    """Lines first, then people."""
    passed: tuple[Passed, ...] = ()
    """Every hand-over, newest first."""
    held: tuple[Holding, ...] = ()
    """Every ticket by holder, longest first."""


@query(Capability.READ_NORMS)
def ledger(desk: Desk, month: Month, told: Callable[[int], None] = lambda count: None) -> Ledger:
    """The ledger of a month until now.

    `told` hears of every slice how many tickets it had; what it raises ends the counting.
    """
    reader = desk.reader
    clockwork = queries.clockwork_of(desk.database.memo, reader)
    begin, end = month.bounds(clockwork.settings.timezone)
    until = min(end, desk.now())
    passed: list[Passed] = []
    held: list[Holding] = []
    for part in _slices(in_work(reader, begin, end)):
        for number, start, calendar, rows in _moves(reader, part):
            entries = _entries(reader, number, rows)
            spans = rules.fold(start, entries, _no_target, AROUND_THE_CLOCK, 0).spans
            held += handovers.holdings(number, spans, begin, until, clockwork.calendars.of(calendar))
            passed += _passed(number, start, entries, rows, begin, end)
        told(len(part))
    made = handovers.accounts((one.transfer for one in passed), held)
    if not desk.actor.may(Capability.READ_QUEUE):
        return Ledger(str(month), made)
    passed.sort(key=lambda one: (one.transfer.at, one.number, one.transfer.entry.seq), reverse=True)
    held.sort(key=lambda one: (-one.worked, one.number))
    return Ledger(str(month), made, tuple(passed), tuple(held))


@query(Capability.READ_QUEUE)
def titles(desk: Desk, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The client's name and the subject of each of these tickets."""
    marks = ", ".join("?" * len(numbers))
    rows = desk.reader.execute(
        "SELECT t.number, c.name, t.subject FROM ticket t JOIN client c ON c.code = t.client"
        f" WHERE t.number IN ({marks})",
        numbers,
    )
    return {number: (client, subject) for number, client, subject in rows}


def in_work(reader: sqlite3.Connection, begin: Instant, end: Instant) -> list[int]:
    """The numbers of the tickets that may have been in work between two moments."""
    bounds = {"begin": begin, "end": end}
    return [number for sql in IN_WORK for (number,) in reader.execute(sql, bounds)]


def _slices(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), _SLICE):
        yield numbers[first : first + _SLICE]


Move = tuple[Instant, int, str, str | None, str, str | None]
"""What is read of an event: at, seq, kind, value, actor, text."""


def _moves(reader: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Start, str | None, list[Move]]]:
    """Number, start, calendar and moves of each of these tickets."""
    marks = ", ".join("?" * len(numbers))
    moves: dict[int, list[Move]] = {}
    rows = reader.execute(
        "SELECT CAST(key AS INTEGER), at, seq, kind, value, actor, text FROM event WHERE subject = 'ticket'"
        f" AND key IN ({marks}) AND kind IN ({_MOVES}) ORDER BY key",
        [str(number) for number in numbers],
    )
    for number, group in groupby(rows, key=lambda row: row[0]):
        moves[number] = [row[1:] for row in group]
    starts: sqlite3.Cursor = reader.execute(
        "SELECT t.number, c.calendar, t.created, t.start_status, t.start_assignee, t.start_line, t.start_priority,"
        " t.start_first_reply, t.start_resolved, t.start_accepted FROM ticket t JOIN client c ON c.code = t.client"
        f" WHERE t.number IN ({marks})",
        numbers,
    )
    for number, calendar, *columns in starts:
        yield number, Start(*columns), calendar, moves.get(number, [])


def _entries(reader: sqlite3.Connection, number: int, rows: Sequence[Move]) -> list[Entry]:
    """The moves as entries; where something was undone all that happened, for an undo may mean any of it."""
    if all(row[2] != Happening.UNDO for row in rows):
        return [Entry(*row[:4]) for row in rows]
    return [
        Entry(*row)
        for row in reader.execute(
            f"SELECT at, seq, kind, value FROM event WHERE subject = 'ticket' AND key = ? AND kind IN ({COUNTED})",
            (str(number),),
        )
    ]


def _passed(
    number: int, start: Start, entries: Sequence[Entry], rows: Sequence[Move], begin: Instant, end: Instant
) -> Iterator[Passed]:
    """The hand-overs of a ticket between two moments, each with who recorded it and why."""
    moves = [entry.kind for entry in entries if entry.kind in _HANDS_OVER]
    if not moves or (moves == [Happening.ASSIGN] and start.assignee is None):
        return  # most tickets have a first holder and no other
    told = {row[:2]: row[4:] for row in rows}
    before: Passed | None = None
    for one in handovers.transfers(start, rules.full_history(start, entries)):
        actor, text = told[one.entry.at, one.entry.seq]
        passed = Passed(number, one, actor or None, text or _reason_before(before, actor, one.at))
        if begin <= one.at < end:
            yield passed
        before = passed


def _reason_before(before: Passed | None, actor: str, at: Instant) -> str | None:
    """Handing to somebody on another line takes two steps, and the reason is asked for at the first."""
    if before is None or before.actor != (actor or None) or at - before.transfer.at > ONE_STEP:
        return None
    return before.reason


def _no_target(priority: str, line: int) -> rules.Target:
    return rules.NO_TARGET
