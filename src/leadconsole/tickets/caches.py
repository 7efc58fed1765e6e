"""The one function that makes the derived columns of tickets from their history.

It runs in the transaction of the event that made it necessary; `leadconsole check` runs the same rules again and
compares. Plain SQL on the transaction's connection: an import rebuilds hundreds of thousands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from leadconsole.kernel.clock import DAY, MINUTE, Instant
from leadconsole.team import facts
from leadconsole.tickets import rules
from leadconsole.tickets.rules import Entry, Standing, Start, Target

_SLICE = 500
_FEW = 2_000
"""Repeats around so many tickets are looked up one by one; around more of them, all repeats at once."""
_START = (
    "t.number, t.created, t.start_status, t.start_assignee, t.start_line, t.start_priority,"
    " t.start_first_reply, t.start_resolved, t.start_accepted, c.policy, c.calendar"
)
DERIVED = (
    "status", "assignee", "line", "priority", "first_reply_at", "resolved_at", "accepted_at", "first_reply_due",
    "resolution_due", "resolution_left", "verdict", "urgency", "priority_order", "risk_at", "handovers", "returns",
    "pingpongs", "line_pushbacks", "reopens", "resolutions", "spent_minutes",
)  # fmt: skip
"""The cached columns, but for repeat_of, which depends on other tickets."""

HAPPENINGS = tuple(kind.value for kind in rules.Happening)
COUNTED = ", ".join(f"'{kind}'" for kind in HAPPENINGS)


class Folded(NamedTuple):
    """A ticket whose history was read."""

    number: int
    start: Start
    entries: list[Entry]
    standing: Standing


class Clockwork:
    """What the clocks of tickets run on: calendars, norms and the settings about risk and repeats."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.calendars = facts.Calendars(connection)
        self.settings = self.calendars.settings
        self.at_risk = self.settings.at_risk_minutes * MINUTE
        self._norms = facts.norms(connection)
        self._targets: dict[tuple[str | None, str, int], Target] = {}

    def target(self, policy: str | None, priority: str, line: int) -> Target:
        """The norm of a policy; a row for the line wins over one for any line (interchange.md, norms.csv)."""
        key = (policy, priority, line)
        found = self._targets.get(key)
        if found is None:
            found = self._targets[key] = self._look_up(*key)
        return found

    def _look_up(self, policy: str | None, priority: str, line: int) -> Target:
        if not policy:
            return rules.NO_TARGET
        row = self._norms.get((policy, priority, line)) or self._norms.get((policy, priority, 0))
        if row is None:
            return rules.NO_TARGET
        first, resolution = (None if minutes is None else minutes * MINUTE for minutes in row)
        return Target(first, resolution)


def folds(
    connection: sqlite3.Connection, clockwork: Clockwork, numbers: Iterable[int] | None = None
) -> Iterator[Folded]:
    """The standing of the named tickets (all of them, if none are named), a slice at a time."""
    if numbers is None:
        everything = connection.execute("SELECT number FROM ticket ORDER BY number")
        numbers = (row[0] for row in everything.fetchall())
    source = iter(numbers)
    while wanted := list(islice(source, _SLICE)):
        yield from _fold_slice(connection, clockwork, wanted)


def _fold_slice(connection: sqlite3.Connection, clockwork: Clockwork, numbers: Sequence[int]) -> Iterator[Folded]:
    marks = ", ".join("?" * len(numbers))
    histories: dict[int, list[Entry]] = {}
    rows = connection.execute(
        f"SELECT CAST(key AS INTEGER), at, seq, kind, value FROM event WHERE subject = 'ticket' AND key IN ({marks})"
        f" AND kind IN ({COUNTED}) ORDER BY key, at, seq",
        [str(number) for number in numbers],
    )
    for number, group in groupby(rows, key=lambda row: row[0]):
        histories[number] = [Entry(at, seq, kind, value) for _number, at, seq, kind, value in group]
    for row in connection.execute(
        f"SELECT {_START} FROM ticket t JOIN client c ON c.code = t.client WHERE t.number IN ({marks})",
        numbers,
    ):
        yield _folded(row, histories.get(row[0], []), clockwork)


def _folded(row: tuple[Any, ...], entries: list[Entry], clockwork: Clockwork) -> Folded:
    number, *columns, policy, calendar = row
    start = Start(*columns)
    standing = rules.fold(
        start,
        entries,
        lambda priority, line: clockwork.target(policy, priority, line),
        clockwork.calendars.of(calendar),
        clockwork.at_risk,
    )
    return Folded(number, start, entries, standing)


def derived(standing: Standing) -> tuple[Any, ...]:
    """The values of the DERIVED columns."""
    return (
        standing.status, standing.assignee, standing.line, standing.priority, standing.first_reply_at,
        standing.resolved_at, standing.accepted_at, standing.first_reply_due, standing.resolution_due,
        standing.resolution_left, standing.verdict, standing.urgency,
        rules.PRIORITY_ORDER[rules.Priority(standing.priority)], standing.risk_at, standing.handovers,
        standing.returns, standing.pingpongs, standing.line_pushbacks, standing.reopens, len(standing.solved),
        standing.spent_minutes,
    )  # fmt: skip


def rebuild(
    connection: sqlite3.Connection,
    numbers: Sequence[int] | None = None,
    clockwork: Clockwork | None = None,
    told: Callable[[int], None] = lambda count: None,
) -> None:
    """Bring the caches of these tickets (or all) in step with their history, and repeats that depend on them.

    `told` hears of every slice how many tickets it had.
    """
    clockwork = clockwork or Clockwork(connection)
    assignments = ", ".join(f"{name} = ?" for name in DERIVED)
    for part in _batches(folds(connection, clockwork, numbers)):
        connection.executemany(
            f"UPDATE ticket SET {assignments} WHERE number = ?",
            [(*derived(one.standing), one.number) for one in part],
        )
        told(len(part))
    days = clockwork.settings.repeat_days
    if numbers is None or len(numbers) > _FEW:
        affected = changed_repeats(connection, clockwork)
    else:
        affected = _repeats_around(connection, clockwork, numbers, days)
    connection.executemany("UPDATE ticket SET repeat_of = ? WHERE number = ?", affected)


def _batches(source: Iterator[Folded]) -> Iterator[list[Folded]]:
    while part := list(islice(source, _SLICE)):
        yield part


Solved = Sequence[tuple[Instant, Instant | None]]


def _solved(connection: sqlite3.Connection, clockwork: Clockwork, row: tuple[Any, ...]) -> Solved:
    """When a ticket stood solved; only one that was taken back needs its history for that."""
    number, resolved_at, resolutions = row
    if resolutions == 0:
        return ()
    if resolutions == 1 and resolved_at is not None:
        return ((resolved_at, None),)
    return next(folds(connection, clockwork, [number])).standing.solved


_CONCERNED = "SELECT number, client, subject_key, created, repeat_of FROM ticket WHERE"


def _repeats_around(
    connection: sqlite3.Connection, clockwork: Clockwork, numbers: Sequence[int], days: int
) -> list[tuple[int | None, int]]:
    """What these tickets repeat, and what repeats them: (repeat_of, number) where the cache says otherwise."""
    seen: set[int] = set()
    found: list[tuple[int | None, int]] = []
    for number in numbers:
        row = connection.execute(
            "SELECT client, subject_key, created, resolved_at, resolutions FROM ticket WHERE number = ?",
            (number,),
        ).fetchone()
        if row is None:
            continue
        client, matter, created, *solved = row
        spans = _solved(connection, clockwork, (number, *solved))
        reach = max((start for start, _end in spans), default=created) + days * DAY
        # It may repeat another itself; later ones may repeat it now, or have repeated it until now.
        concerned = connection.execute(
            f"{_CONCERNED} client = ? AND subject_key = ? AND created BETWEEN ? AND ? UNION {_CONCERNED} repeat_of = ?",
            (client, matter, created, reach, number),
        ).fetchall()
        for other, of_client, of_matter, came, cached in concerned:
            if other not in seen:
                seen.add(other)
                repeat = _repeat_of(connection, clockwork, other, of_client, of_matter, came, days)
                if repeat != cached:
                    found.append((repeat, other))
    return found


def _repeat_of(
    connection: sqlite3.Connection,
    clockwork: Clockwork,
    number: int,
    client: str,
    matter: str,
    created: Instant,
    days: int,
) -> int | None:
    if not matter:
        return None
    earlier = connection.execute(
        "SELECT number, created, resolved_at, resolutions FROM ticket"
        " WHERE client = ? AND subject_key = ? AND created <= ? AND resolutions > 0"
        " AND (resolved_at IS NULL OR resolutions > 1 OR resolved_at BETWEEN ? AND ?)",
        (client, matter, created, created - days * DAY, created),
    ).fetchall()
    candidates = (
        (other_created, other, _solved(connection, clockwork, (other, resolved_at, resolutions)))
        for other, other_created, resolved_at, resolutions in earlier
    )
    return rules.repeats(created, number, candidates, days)


def changed_repeats(connection: sqlite3.Connection, clockwork: Clockwork) -> list[tuple[int | None, int]]:
    """repeat_of of every ticket for which the cache says otherwise."""
    changed = []
    for other, client, matter, created, cached in connection.execute(
        "SELECT number, client, subject_key, created, repeat_of FROM ticket AS t WHERE repeat_of IS NOT NULL OR EXISTS"
        " (SELECT 1 FROM ticket AS e WHERE e.client = t.client AND e.subject_key = t.subject_key"
        " AND e.created <= t.created AND e.number <> t.number)"
    ).fetchall():
        repeat = _repeat_of(connection, clockwork, other, client, matter, created, clockwork.settings.repeat_days)
        if repeat != cached:
            changed.append((repeat, other))
    return changed


def merged_numbers(connection: sqlite3.Connection, number: int) -> list[int]:
    """The tickets that were merged into this one, and into those, by number."""
    rows = connection.execute(
        "WITH RECURSIVE inside(number) AS (SELECT ticket FROM ticket_link WHERE other = :number AND kind = 'merged'"
        " UNION SELECT l.ticket FROM ticket_link l JOIN inside ON l.other = inside.number WHERE l.kind = 'merged')"
        " SELECT number FROM inside WHERE number <> :number ORDER BY number",
        {"number": number},
    )
    return [one for (one,) in rows]


def of_clients(connection: sqlite3.Connection, codes: Iterable[str]) -> list[int]:
    """The tickets of these clients."""
    numbers: list[int] = []
    for code in codes:
        numbers += [number for (number,) in connection.execute("SELECT number FROM ticket WHERE client = ?", (code,))]
    return numbers


def of_policies(connection: sqlite3.Connection, policies: Iterable[str]) -> list[int]:
    """The tickets of the clients with these norms."""
    codes: list[str] = []
    for policy in policies:
        codes += [code for (code,) in connection.execute("SELECT code FROM client WHERE policy = ?", (policy,))]
    return of_clients(connection, codes)
