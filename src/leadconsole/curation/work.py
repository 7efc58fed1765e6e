"""Who has worked for whom, read from the history of tickets: contacts, and working minutes a week.

Minutes are those of interchange.md (`cover`): working time in which one of the tickets was assigned and its resolution
clock ran, over the last 91 × 24 h. A minute in which several of them ran counts once; whole minutes are kept.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from leadconsole.kernel.clock import DAY, MINUTE, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.tickets import ledger, views
from leadconsole.tickets.caches import Clockwork, folds
from leadconsole.tickets.queries import clockwork_of

WEEKS = 13
WINDOW: Instant = WEEKS * 7 * DAY
_TOUCHES = "'reply', 'note', 'status', 'time', 'accept', 'reopen', 'line', 'priority'"
_SLICE = 500


@dataclass(frozen=True, slots=True)
class Contact:
    """How much one person has had to do with one client's tickets: how many of how many, and when last."""

    tickets: int
    of: int
    last: Instant

    @property
    def share(self) -> int:
        """The share of the client's tickets in whole percent."""
        return (200 * self.tickets + self.of) // (2 * self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class Load:
    """Whole working minutes over the last 13 weeks: by client, by person, by (client, person)."""

    clients: Mapping[str, int]
    people: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]


def weekly(minutes: int) -> float:
    """Minutes a week of minutes in 13 weeks."""
    return round(minutes / WEEKS, 4)


def contacts(desk: Desk) -> Mapping[tuple[str, str], Contact]:
    """The contact of every person with every client, over all history; read anew only when somebody wrote."""
    return cast("Mapping[tuple[str, str], Contact]", _kept(desk, "curation contacts", lambda: contacts_in(desk.reader)))


def load(desk: Desk) -> Load:
    """The working minutes of everybody; read anew when somebody wrote or a quarter of an hour has passed."""
    quarter = desk.now() // (15 * MINUTE)
    return cast("Load", _kept(desk, f"curation load {quarter}", lambda: _load(desk)))


def _kept(desk: Desk, name: str, made: Any) -> object:
    reader = desk.reader
    version = reader.execute("PRAGMA data_version").fetchone()[0]
    memo = cast("dict[Any, Any]", desk.database.memo)
    key = (name.rsplit(" ", 1)[0] if name[-1].isdigit() else name, id(reader))
    known = memo.get(key)
    if known is not None and known[:2] == (version, name):
        return known[2]
    fresh = made()
    memo[key] = (version, name, fresh)
    return fresh


def contacts_in(reader: sqlite3.Connection, client: str | None = None) -> dict[tuple[str, str], Contact]:
    """The contacts of everybody with every client, or with one."""
    of_client = "" if client is None else "WHERE client = :client"
    events = (
        "SELECT CAST(key AS INTEGER) AS number, actor AS login, max(at) AS at FROM event"
        f" WHERE subject = 'ticket' AND kind IN ({_TOUCHES}) GROUP BY key, actor"
    )
    if client is not None:
        events = (
            "SELECT w.number AS number, e.actor AS login, max(e.at) AS at FROM (SELECT number FROM ticket"
            " INDEXED BY ticket_of_client WHERE client = :client) w JOIN event e ON e.subject = 'ticket'"
            f" AND e.key = CAST(w.number AS TEXT) AND e.kind IN ({_TOUCHES}) GROUP BY w.number, e.actor"
        )
    rows = reader.execute(
        f"WITH touch AS ({events} UNION ALL SELECT number, assignee, coalesce(resolved_at, created) FROM ticket"
        f" {of_client or 'WHERE TRUE'} AND assignee IS NOT NULL)"
        " SELECT t.client, touch.login, count(DISTINCT t.number), max(touch.at) FROM touch"
        " JOIN ticket t ON t.number = touch.number JOIN person p ON p.login = touch.login"
        " GROUP BY t.client, touch.login",
        {"client": client},
    ).fetchall()
    sums = dict(reader.execute(f"SELECT client, count(*) FROM ticket {of_client} GROUP BY client", {"client": client}))
    return {(code, login): Contact(tickets, sums[code], last) for code, login, tickets, last in rows}


def contacts_of(desk: Desk, client: str) -> dict[str, Contact]:
    """Everybody's contact with one client, at once at any size of the desk."""
    return {login: contact for (_client, login), contact in contacts_in(desk.reader, client).items()}


def client_minutes(desk: Desk, clients: Iterable[str]) -> dict[str, int]:
    """Whole working minutes of these clients over the last 13 weeks."""
    codes = sorted(set(clients))
    end = desk.now()
    numbers = _in_work(desk.reader, codes, end - WINDOW, end)
    found = _measured(desk.reader, clockwork_of(desk.database.memo, desk.reader), numbers, end)
    return {code: found.clients.get(code, 0) for code in codes}


def cell_minutes(desk: Desk, client: str, login: str) -> int:
    """Whole working minutes of one person for one client over the last 13 weeks."""
    end = desk.now()
    numbers = _in_work(desk.reader, [client], end - WINDOW, end)
    found = _measured(desk.reader, clockwork_of(desk.database.memo, desk.reader), numbers, end)
    return found.cells.get((client, login), 0)


def _in_work(reader: sqlite3.Connection, codes: Sequence[str], begin: Instant, end: Instant) -> list[int]:
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


def _load(desk: Desk) -> Load:
    end = desk.now()
    numbers = ledger.in_work(desk.reader, end - WINDOW, end)
    return _measured(desk.reader, clockwork_of(desk.database.memo, desk.reader), numbers, end)


Spans = list[tuple[Instant, Instant]]


def _measured(reader: sqlite3.Connection, clockwork: Clockwork, numbers: Sequence[int], end: Instant) -> Load:
    begin = end - WINDOW
    by_client: dict[str, Spans] = defaultdict(list)
    by_person: dict[str, Spans] = defaultdict(list)
    by_cell: dict[tuple[str, str], Spans] = defaultdict(list)
    owners = _clients_of(reader, numbers)
    for one in folds(reader, clockwork, numbers):
        client = owners[one.number]
        for span in one.standing.spans:
            first, last = max(span.start, begin), end if span.end is None else min(span.end, end)
            if span.who is not None and first < last:
                by_client[client].append((first, last))
                by_person[span.who].append((first, last))
                by_cell[client, span.who].append((first, last))
    calendars = dict(reader.execute("SELECT code, calendar FROM client").fetchall())

    def of(client: str) -> WorkingTime:
        return clockwork.calendars.of(calendars[client])

    return Load(
        {client: _minutes(spans, of(client)) for client, spans in by_client.items()},
        {login: _minutes(spans, clockwork.calendars.of(None)) for login, spans in by_person.items()},
        {cell: _minutes(spans, of(cell[0])) for cell, spans in by_cell.items()},
    )


def _clients_of(reader: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for first in range(0, len(numbers), _SLICE):
        part = numbers[first : first + _SLICE]
        marks = ", ".join("?" * len(part))
        found |= dict(reader.execute(f"SELECT number, client FROM ticket WHERE number IN ({marks})", part).fetchall())
    return found


def _minutes(spans: Spans, calendar: WorkingTime) -> int:
    """Whole working minutes in which at least one of the spans ran."""
    total, reached = 0, -1
    for first, last in sorted(spans):
        if last > reached:
            total += calendar.elapsed(max(first, reached), last)
            reached = last
    return total // MINUTE
