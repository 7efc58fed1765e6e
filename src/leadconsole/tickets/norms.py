"""Norms by month: the share of tickets that were inside them, by line and person, and the tickets that weren't."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.tickets import queries, views
from leadconsole.tickets.caches import folds
from leadconsole.tickets.rules import Standing


class Share(NamedTuple):
    """How many of some tickets were inside the norm; `of` is a line, a login, or None for all."""

    of: int | str | None
    tickets: int
    inside: int

    @property
    def percent(self) -> str | None:
        """The share in percent with two decimals, None without tickets."""
        if not self.tickets:
            return None
        hundredths = (self.inside * 20_000 + self.tickets) // (2 * self.tickets)
        return f"{hundredths // 100}.{hundredths % 100:02}"

    @property
    def small(self) -> bool:
        """Fewer than 20 tickets say little about a person (domain.md)."""
        return self.tickets < 20


class NormShares(NamedTuple):
    """The share of tickets inside the norm of one month: all, by line, by person."""

    month: str
    all: Share
    lines: tuple[Share, ...]
    people: tuple[Share, ...]


class Missed(NamedTuple):
    """A ticket that missed its norm; by how much working time each clock was late, None where it was in time."""

    number: int
    client: str
    subject: str
    line: int
    assignee: str | None
    first_reply_late: int | None
    resolution_late: int | None


@query(Capability.READ_NORMS)
def timezone(desk: Desk) -> str:
    """The time zone in which months begin and end."""
    return queries.clockwork_of(desk.database.memo, desk.reader).settings.timezone


@query(Capability.READ_NORMS)
def norm_shares(desk: Desk, month: Month) -> NormShares:
    """The share of tickets inside their norms, of those resolved in a month; tickets without a norm don't count."""
    begin, end = month.bounds(queries.clockwork_of(desk.database.memo, desk.reader).settings.timezone)
    rows = desk.reader.execute(
        "SELECT line, assignee, count(*), sum(verdict = 'met') FROM ticket INDEXED BY ticket_month"
        f" WHERE {views.FINISHED} AND resolved_at >= ? AND resolved_at < ? AND verdict IS NOT NULL"
        " GROUP BY line, assignee",
        (begin, end),
    ).fetchall()
    lines: dict[int, list[int]] = {}
    people: dict[str, list[int]] = {}
    for line, assignee, tickets, inside in rows:
        _add(lines, line, tickets, inside)
        if assignee is not None:
            _add(people, assignee, tickets, inside)
    total = Share(None, sum(row[2] for row in rows), sum(row[3] for row in rows))
    return NormShares(str(month), total, _shares(lines), _shares(people))


@query(Capability.READ_NORMS)
def missed(desk: Desk, month: Month) -> tuple[Missed, ...]:
    """The tickets resolved in a month that missed a norm, the latest by far first; for those who may see tickets."""
    desk.require(Capability.READ_QUEUE)
    reader = desk.reader
    clockwork = queries.clockwork_of(desk.database.memo, reader)
    rows = reader.execute(
        "SELECT t.number, c.name, t.subject, t.line, t.assignee, t.first_reply_due, t.resolution_due, c.calendar"
        " FROM ticket t JOIN client c ON c.code = t.client WHERE t.number IN"
        f" (SELECT number FROM ticket INDEXED BY ticket_month WHERE {views.FINISHED}"
        " AND resolved_at >= ? AND resolved_at < ? AND verdict = 'missed')",
        month.bounds(clockwork.settings.timezone),
    ).fetchall()
    standings = {one.number: one.standing for one in folds(reader, clockwork, [row[0] for row in rows])}
    found = []
    for number, client, subject, line, assignee, reply_due, due, name in rows:
        standing, calendar = standings[number], clockwork.calendars.of(name)
        reply = first_reply_late(standing, reply_due, calendar)
        found.append(Missed(number, client, subject, line, assignee, reply, resolution_late(standing, due, calendar)))
    return tuple(sorted(found, key=lambda one: (-max(one.first_reply_late or 0, one.resolution_late or 0), one.number)))


def first_reply_late(standing: Standing, due: Instant | None, calendar: WorkingTime) -> int | None:
    """The working time by which the first reply, or resolving without one, was late."""
    given = min(
        (at for at in (standing.first_reply_at, *(start for start, _end in standing.solved)) if at is not None),
        default=None,
    )
    return None if due is None or given is None or given <= due else calendar.elapsed(due, given)


def resolution_late(standing: Standing, due: Instant | None, calendar: WorkingTime) -> int | None:
    """The working time in which the clock ran past the due moment; while the ticket waited it didn't."""
    if due is None or standing.resolved_at is None or standing.resolved_at <= due:
        return None
    return sum(calendar.elapsed(max(span.start, due), span.end) for span in standing.spans if span.end is not None)


def _add(sums: dict[Any, list[int]], of: int | str, tickets: int, inside: int) -> None:
    row = sums.setdefault(of, [0, 0])
    row[0] += tickets
    row[1] += inside


def _shares(sums: Mapping[Any, Sequence[int]]) -> tuple[Share, ...]:
    return tuple(Share(of, *sums[of]) for of in sorted(sums))
