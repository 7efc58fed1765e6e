"""Whole quarters of working stretches laid out for bisection; the arithmetic under `kernel/worktime.py`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from leadconsole.kernel.clock import Instant


class Layout(NamedTuple):
    """Local quarters `first` to `last` as sorted stretches, with the time worked since `start` at the ends of each."""

    first: int
    last: int
    start: Instant
    end: Instant
    opens: list[Instant]
    closes: list[Instant]
    worked_at_opening: list[int]
    worked_at_closing: list[int]

    @classmethod
    def of(cls, number: int, start: Instant, end: Instant, stretches: Iterable[tuple[Instant, Instant]]) -> Layout:
        """One quarter; stretches of no length, as a change of clocks can leave them, are dropped."""
        kept = [(opens, closes) for opens, closes in stretches if opens < closes]
        ends = list(accumulate(closes - opens for opens, closes in kept))
        opens, closes = [one[0] for one in kept], [one[1] for one in kept]
        return cls(number, number, start, end, opens, closes, [0, *ends[:-1]] if kept else [], ends)

    def joined(self, later: Layout) -> Layout:
        """This layout and the one that follows it."""
        worked = self.worked_at_closing[-1] if self.opens else 0
        return Layout(
            self.first,
            later.last,
            self.start,
            later.end,
            self.opens + later.opens,
            self.closes + later.closes,
            self.worked_at_opening + [worked + since for since in later.worked_at_opening],
            self.worked_at_closing + [worked + since for since in later.worked_at_closing],
        )

    def worked(self, at: Instant) -> int:
        """The time worked from `start` to a moment."""
        i = bisect_right(self.opens, at) - 1
        return self.worked_at_opening[i] + min(at, self.closes[i]) - self.opens[i] if i >= 0 else 0

    def reached(self, worked: int) -> Instant | None:
        """The earliest moment at which so much, more than nothing, has been worked since `start`."""
        i = bisect_left(self.worked_at_closing, worked)
        return self.opens[i] + worked - self.worked_at_opening[i] if i < len(self.opens) else None

    def next_open(self, at: Instant) -> Instant | None:
        """The moment itself if it is open, else the next opening."""
        i = bisect_right(self.opens, at)
        if i and at < self.closes[i - 1]:
            return at
        return self.opens[i] if i < len(self.opens) else None
