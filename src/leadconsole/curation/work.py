"""Who has worked for whom how long, read from the history of tickets.

Minutes are those of interchange.md (`cover`): working time in which one of the tickets was assigned and its resolution
clock ran, over the last 91 × 24 h. A minute in which several of them ran counts once; whole minutes are kept.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadconsole.kernel.clock import DAY, MINUTE, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.tickets import views
from leadconsole.tickets.caches import Clockwork, folds
from leadconsole.tickets.queries import clockwork_of

WEEKS = 13
WINDOW: Instant = WEEKS * 7 * DAY
_SLICE = 500


@dataclass(frozen=True, slots=True)
class Load:
    """Whole working minutes over the last 13 weeks: by client, by person, by (client, person)."""

    clients: Mapping[str, int]
    people: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]


def weekly(minutes: int) -> float:
    """Minutes a week of minutes in 13 weeks."""
    return round(minutes / WEEKS, 4)


def client_minutes(desk: Desk, clients: Iterable[str]) -> dict[str, int]:
    """Whole working minutes of these clients over the last 13 weeks."""
    codes = sorted(set(clients))
    end = desk.now()
    numbers = in_work(desk.reader, codes, end - WINDOW, end)
    found = _load(desk, numbers, end)
    return {code: found.clients.get(code, 0) for code in codes}


def cell_minutes(desk: Desk, client: str, login: str) -> int:
    """Whole working minutes of one person for one client over the last 13 weeks."""
    end = desk.now()
    numbers = in_work(desk.reader, [client], end - WINDOW, end)
    found = _load(desk, numbers, end)
    return found.cells.get((client, login), 0)


def _load(desk: Desk, numbers: Sequence[int], end: Instant) -> Load:
    clockwork = clockwork_of(desk.database.memo, desk.reader)
    return summed(desk.reader, clockwork, spans(desk.reader, clockwork, numbers, end))


def in_work(reader: sqlite3.Connection, codes: Sequence[str], begin: Instant, end: Instant) -> list[int]:
    """The tickets of these clients that may have been in work between two moments."""
    numbers: list[int] = []
    for code in codes:
        rows = reader.execute(
            "SELECT number FROM ticket INDEXED BY ticket_of_client WHERE client = :code AND created < :end"
            f" AND ({views.OPEN} OR resolved_at >= :begin OR resolved_at IS NULL)",
            {"code": code, "begin": begin, "end": end},
        )
        numbers += [number for (number,) in rows]
    return numbers


Span = tuple[Instant, Instant, str]
"""From when to when a ticket was in somebody's work, and in whose."""
Spans = list[Span]


def spans(reader: sqlite3.Connection, clockwork: Clockwork, numbers: Sequence[int], end: Instant) -> dict[str, Spans]:
    """By client when these tickets were in work in the last 13 weeks, and whose."""
    begin = end - WINDOW
    owners = _clients_of(reader, numbers)
    found: dict[str, Spans] = defaultdict(list)
    for one in folds(reader, clockwork, numbers):
        for span in one.standing.spans:
            first, last = max(span.start, begin), end if span.end is None else min(span.end, end)
            if span.who is not None and first < last:
                found[owners[one.number]].append((first, last, span.who))
    return dict(found)


def summed(
    reader: sqlite3.Connection,
    clockwork: Clockwork,
    held: Mapping[str, Spans],
    before: Load | None = None,
    clients: Collection[str] = (),
    people: Collection[str] = (),
) -> Load:
    """The minutes of all spans; with the load `before` only those of `clients` and `people` are summed anew."""
    calendars = dict(reader.execute("SELECT code, calendar FROM client").fetchall())
    of_clients: dict[str, int] = {}
    of_cells: dict[tuple[str, str], int] = {}
    by_person: dict[str, Spans] = defaultdict(list)
    if before is not None:
        of_clients = {client: minutes for client, minutes in before.clients.items() if client not in clients}
        of_cells = {cell: minutes for cell, minutes in before.cells.items() if cell[0] not in clients}
    for client, its in held.items():
        for span in its:
            if before is None or span[2] in people:
                by_person[span[2]].append(span)
        if before is None or client in clients:
            calendar = clockwork.calendars.of(calendars[client])
            of_clients[client] = _minutes(its, calendar)
            for login in {who for _first, _last, who in its}:
                of_cells[client, login] = _minutes([span for span in its if span[2] == login], calendar)
    own = clockwork.calendars.of(None)
    of_people = {} if before is None else {who: minutes for who, minutes in before.people.items() if who not in people}
    of_people |= {login: _minutes(its, own) for login, its in by_person.items()}
    return Load(of_clients, of_people, of_cells)


def _clients_of(reader: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for first in range(0, len(numbers), _SLICE):
        part = numbers[first : first + _SLICE]
        marks = ", ".join("?" * len(part))
        found |= dict(reader.execute(f"SELECT number, client FROM ticket WHERE number IN ({marks})", part).fetchall())
    return found


def _minutes(held: Spans, calendar: WorkingTime) -> int:
    """Whole working minutes in which at least one of the spans ran."""
    total, reached = 0, -1
    for first, last, _who in sorted(held):
        if last > reached:
            total += calendar.elapsed(max(first, reached), last)
            reached = last
    return total // MINUTE
