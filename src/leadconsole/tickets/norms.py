"""Norms by month: the share of tickets that were inside them, by line and person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.tickets import queries, views


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


def _add(sums: dict[Any, list[int]], of: int | str, tickets: int, inside: int) -> None:
    row = sums.setdefault(of, [0, 0])
    row[0] += tickets
    row[1] += inside


def _shares(sums: Mapping[Any, Sequence[int]]) -> tuple[Share, ...]:
    return tuple(Share(of, *sums[of]) for of in sorted(sums))
