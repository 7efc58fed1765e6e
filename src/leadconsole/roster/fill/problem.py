"""A roster as a problem to solve: who may work what on which day, what must not be, and what everything costs.

It knows no desk: a month is made one by `fill.month`, the instances of the benchmarks by their reader. Days and
shifts are counted from 0; the option `FREE` is a day without a shift. `cost` of a whole plan is what the search
minimises, exactly, in whole points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

FREE = -1

Assignment = tuple[tuple[int, ...], ...]
"""By worker and day the shift, or FREE."""
Place = tuple[int, int, int]
"""Worker, day, shift."""


class Step(NamedTuple):
    """How far a search is: the cost of the best plan, the bound, the plan where it is new, whether it is proven."""

    best: int | None
    bound: int | None
    seconds: float
    plan: Assignment | None = None
    proven: bool = False
    lacking: int = 0
    """What is hard and can't be met costs so much at least in every plan; 0 while nothing is known."""
    forced: bool = False
    """Whether what is fixed breaks a rule of rows by itself, in every plan."""


class Target(NamedTuple):
    """The minutes that somebody should work: points for each started hour apart, and more beyond the limit."""

    minutes: int
    limit: int
    per_hour: int
    beyond: int


class Soft(NamedTuple):
    """Rules of somebody's rows that a plan may break, at so many points each time; the fields are those of Worker."""

    points: int
    max_row: int | None = None
    """Each day too many costs."""
    min_row: int = 1
    min_off: int = 1
    max_weekends: int | None = None
    max_of: Mapping[int, int] = {}
    rests: tuple[tuple[frozenset[tuple[int, int]], ...], ...] = ()
    clashes: frozenset[tuple[int, int, int, int]] = frozenset()


@dataclass(frozen=True)
class Worker:
    """Somebody who works: what is possible on each day and what it costs, the rows and sums that must hold."""

    options: tuple[tuple[int, ...], ...]
    costs: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Points by (day, option)."""
    max_row: int | None = None
    min_row: int = 1
    min_off: int = 1
    run_before: int = 0
    """Days worked in a row up to the day before the first."""
    run_after: int = 0
    """Days worked in a row from the day after the last."""
    first: int = 0
    last: int | None = None
    """The days between which somebody is here; the shortest rows don't bind what touches them."""
    max_weekends: int | None = None
    max_of: Mapping[int, int] = field(default_factory=dict)
    max_minutes: int | None = None
    min_minutes: int | None = None
    target: Target | None = None
    rests: tuple[tuple[frozenset[tuple[int, int]], ...], ...] = ()
    """For each week the ways to rest: one of these sets of (day, shift) must be free."""
    soft: Soft | None = None


class Need(NamedTuple):
    """How many people are wanted at a time: for every set of lines the people and who could be among them."""

    groups: tuple[tuple[int, tuple[Place, ...]], ...]
    """(people wanted, places that count); what is missing is the worst of them (a matching, by Hall)."""
    total: int
    places: tuple[Place, ...]
    under: int
    over: int


class Gap(NamedTuple):
    """Something that costs unless at least one of these works at all on the day."""

    places: tuple[tuple[int, int], ...]
    """Worker and day."""
    points: int


class Share(NamedTuple):
    """Something that should fall on everybody alike, such as nights: points for the spread of the weighted counts."""

    places: Mapping[int, tuple[tuple[int, int], ...]]
    """By worker the (day, shift) that count."""
    weights: Mapping[int, int]
    """By worker how heavy one is: more for those who work less."""
    points: int


@dataclass(frozen=True)
class Problem:
    """The whole of it."""

    minutes: tuple[tuple[int, ...], ...]
    """By shift and day how long it is worked."""
    workers: tuple[Worker, ...]
    clashes: frozenset[tuple[int, int, int, int]] = frozenset()
    """(day, shift, later day, shift) that nobody can have both."""
    needs: tuple[Need, ...] = ()
    gaps: tuple[Gap, ...] = ()
    shares: tuple[Share, ...] = ()
    weekends: tuple[tuple[int, ...], ...] = ()
    constant: int = 0
    hard: frozenset[str] = frozenset()
    """Which of needs, over, gaps and norm make a plan illegal: the search first asks whether they can be met."""
    softer: Problem | None = None
    """The same with the soft rules of rows at a price, for when no plan keeps those and all that is hard."""
    start: Assignment | None = None
    """A plan to begin with, if there is one."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return len(self.workers[0].options) if self.workers else 0


def cost(problem: Problem, plan: Assignment) -> int:
    """What a plan costs."""
    total = problem.constant
    for number, worker in enumerate(problem.workers):
        row = plan[number]
        total += sum(worker.costs.get((day, option), 0) for day, option in enumerate(row))
        if worker.target is not None:
            worked = sum(problem.minutes[shift][day] for day, shift in enumerate(row) if shift != FREE)
            apart = abs(worked - worker.target.minutes)
            total += worker.target.per_hour * -(-apart // 60)
            total += worker.target.beyond * -(-max(0, apart - worker.target.limit) // 60)
        if worker.soft is not None:
            total += worker.soft.points * breaks(problem, worker, worker.soft, row)
    for need in problem.needs:
        missing = max(0, *(wanted - _count(plan, places) for wanted, places in need.groups))
        total += need.under * missing
        if need.over:
            total += need.over * max(0, _count(plan, need.places) - need.total + missing)
    for gap in problem.gaps:
        if all(plan[worker][day] == FREE for worker, day in gap.places):
            total += gap.points
    for share in problem.shares:
        counts = [
            share.weights[worker] * sum(plan[worker][day] == shift for day, shift in places)
            for worker, places in share.places.items()
        ]
        total += share.points * (max(counts) - min(counts)) if counts else 0
    return total


def breaks(problem: Problem, worker: Worker, soft: Soft, row: Sequence[int]) -> int:
    """How many times a row breaks soft rules."""
    worked = [shift != FREE for shift in row]
    every = [True] * worker.run_before + worked + [True] * worker.run_after
    found = 0
    if soft.max_row is not None:
        found += sum(all(every[at : at + soft.max_row + 1]) for at in range(len(every) - soft.max_row))
    here = worked[worker.first : len(row) if worker.last is None else worker.last + 1]
    runs = [(works, len(list(days))) for works, days in groupby(here)]
    found += sum(length < (soft.min_row if works else soft.min_off) for works, length in runs[1:-1])
    if soft.max_weekends is not None:
        weekends = sum(any(worked[day] for day in weekend) for weekend in problem.weekends)
        found += max(0, weekends - soft.max_weekends)
    found += sum(max(0, row.count(shift) - most) for shift, most in soft.max_of.items())
    found += sum(not any(all(row[day] != shift for day, shift in way) for way in ways) for ways in soft.rests)
    return found + sum(row[day] == shift and row[later] == other for day, shift, later, other in soft.clashes)


def _count(plan: Assignment, places: Sequence[Place]) -> int:
    return sum(plan[worker][day] == shift for worker, day, shift in places)


def broken(problem: Problem, plan: Assignment) -> list[str]:
    """What of the hard part a plan breaks, for tests and as a net under the search; empty where all holds."""
    found = []
    for number, worker in enumerate(problem.workers):
        row = plan[number]
        found += [f"option {number} {day}" for day, one in enumerate(row) if one not in worker.options[day]]
        found += [
            f"clash {number} {day}"
            for day, shift, later, other in problem.clashes
            if row[day] == shift
            and row[later] == other
            and max(len(worker.options[day]), len(worker.options[later])) > 1
        ]
        found += [
            f"rest {number} {week}"
            for week, ways in enumerate(worker.rests)
            if not any(all(row[day] != shift for day, shift in way) for way in ways)
        ]
        found += _rows(number, worker, row)
        for shift, most in worker.max_of.items():
            if row.count(shift) > most:
                found.append(f"max of {shift} {number}")
        worked = sum(problem.minutes[shift][day] for day, shift in enumerate(row) if shift != FREE)
        if worker.max_minutes is not None and worked > worker.max_minutes:
            found.append(f"most minutes {number}")
        if worker.min_minutes is not None and worked < worker.min_minutes:
            found.append(f"least minutes {number}")
        if worker.max_weekends is not None:
            weekends = sum(any(row[day] != FREE for day in weekend) for weekend in problem.weekends)
            if weekends > worker.max_weekends:
                found.append(f"weekends {number}")
    return found


def _rows(number: int, worker: Worker, row: Sequence[int]) -> list[str]:
    found = []
    runs = [(worked, len(list(days))) for worked, days in groupby(row, key=lambda shift: shift != FREE)]
    for place, (worked, length) in enumerate(runs):
        before = worker.run_before if place == 0 else 0
        after = worker.run_after if place == len(runs) - 1 else 0
        if worked and worker.max_row is not None and before + length + after > max(worker.max_row, before, after):
            found.append(f"row {number}")
    here = row[worker.first : len(row) if worker.last is None else worker.last + 1]
    runs = [(worked, len(list(days))) for worked, days in groupby(here, key=lambda shift: shift != FREE)]
    for worked, length in runs[1:-1]:
        if worked and length < worker.min_row:
            found.append(f"short row {number}")
        if not worked and length < worker.min_off:
            found.append(f"short rest {number}")
    return found
