"""Which part of the best plan is set free and solved again: kinds of parts, each as large as can be solved in time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from leadconsole.roster.fill.problem import FREE, Assignment, Place, Problem

_CELLS = {"days": 75, "people": 110, "block": 110}
"""How many cells of each kind of part can be solved in a second or two, to begin with."""
_SMALLEST, _LARGEST = 0.01, 1.0
_GROWS, _SHRINKS, _SHRINKS_GAINING = 1.12, 0.88, 0.95
_FORGETS = 0.85
"""How much of what a kind has gained is remembered after each turn of it."""
_CURIOUS = 0.6
"""How often a kind is tried whatever it gained."""


_AIMED = 0.5
"""How often a part holds a place that costs now."""


class Freed(NamedTuple):
    """Some people on some days."""

    kind: str
    people: frozenset[int]
    days: frozenset[int]

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Worker and day of each of its cells."""
        return [(worker, day) for worker in sorted(self.people) for day in sorted(self.days)]


class Sore(NamedTuple):
    """A place of a plan that costs: how much, on which day (None: over the month), who could change it."""

    points: int
    day: int | None
    people: tuple[int, ...]


def sores(problem: Problem, plan: Assignment) -> list[Sore]:
    """Everything that costs in a plan."""
    found = [*_shared(problem, plan)]
    for number, worker in enumerate(problem.workers):
        row = plan[number]
        found += [
            Sore(points, day, (number,))
            for (day, option), points in worker.costs.items()
            if row[day] == option and len(worker.options[day]) > 1
        ]
        if worker.target is not None:
            worked = sum(problem.minutes[shift][day] for day, shift in enumerate(row) if shift != FREE)
            found.append(Sore(worker.target.per_hour * (abs(worked - worker.target.minutes) // 60), None, (number,)))
    for gap in problem.gaps:
        if all(plan[worker][day] == FREE for worker, day in gap.places):
            found.append(Sore(gap.points, gap.places[0][1], tuple(worker for worker, _day in gap.places)))
    for need in problem.needs:
        there = _count(plan, need.places)
        missing = max(0, *(wanted - _count(plan, places) for wanted, places in need.groups), 0)
        points = need.under * missing + need.over * max(0, there - need.total + missing)
        if need.places:
            found.append(Sore(points, need.places[0][1], tuple(worker for worker, _day, _shift in need.places)))
    return [one for one in found if one.points > 0]


def _shared(problem: Problem, plan: Assignment) -> Iterator[Sore]:
    """Where somebody has more than another: all who have most must have less before it helps, or all who have least."""
    for share in problem.shares:
        counts = {
            worker: share.weights[worker] * sum(plan[worker][day] == shift for day, shift in places)
            for worker, places in share.places.items()
        }
        if counts:
            least, most = min(counts.values()), max(counts.values())
            for end in (least, most):
                people = tuple(worker for worker, count in counts.items() if count == end)
                yield Sore(share.points * (most - least), None, people)


def _count(plan: Assignment, places: Iterable[Place]) -> int:
    return sum(plan[worker][day] == shift for worker, day, shift in places)


class Freeing:
    """Chooses parts, and learns from what came of them; one for all threads, under their lock."""

    def __init__(self, problem: Problem, seed: str) -> None:
        self._people = [
            number for number, one in enumerate(problem.workers) if any(len(own) > 1 for own in one.options)
        ]
        self._problem = problem
        self._sore: tuple[Assignment, list[Sore]] | None = None
        self._days = [day for day in range(problem.days) if any(len(one.options[day]) > 1 for one in problem.workers)]
        self._chance = random.Random(seed)
        self.cells = sum(len(own) > 1 for one in problem.workers for own in one.options)
        """How many cells are free at all."""
        cells = max(1, len(self._people) * len(self._days))
        self._sizes = {kind: min(0.3, of / cells) for kind, of in _CELLS.items()}
        self._gains = dict.fromkeys(self._sizes, 1.0)

    def choose(self, plan: Assignment) -> Freed:
        """The next part of a plan."""
        chance = self._chance
        kinds = [*self._sizes]
        if chance.random() < _CURIOUS or not any(self._gains.values()):
            kind = chance.choice(kinds)
        else:
            kind = chance.choices(kinds, [self._gains[one] for one in kinds])[0]
        sore = self._sorest(plan) if chance.random() < _AIMED else None
        size = self._sizes[kind]
        people, days = len(self._people), len(self._days)
        if kind == "days":
            return Freed(kind, frozenset(self._people), self._stretch(max(2, round(size * days)), sore))
        if kind == "people":
            return Freed(kind, self._some(max(2, round(size * people)), sore), frozenset(self._days))
        half = size**0.5
        some = self._some(max(2, round(half * people)), sore)
        return Freed(kind, some, self._stretch(max(3, round(half * days)), sore))

    def _sorest(self, plan: Assignment) -> Sore | None:
        """Some place that costs, rather one that costs much."""
        if self._sore is None or self._sore[0] is not plan:
            self._sore = plan, sores(self._problem, plan)
        known = self._sore[1]
        return self._chance.choices(known, [one.points for one in known])[0] if known else None

    def learn(self, freed: Freed, gain: float, seconds: float, solved: bool) -> None:
        """Hear what a part brought: points, seconds, whether it was solved to its end."""
        kind = freed.kind
        self._gains[kind] = _FORGETS * self._gains[kind] + (1 - _FORGETS) * gain / max(0.05, seconds)
        if solved and not gain:
            self._sizes[kind] = min(_LARGEST, self._sizes[kind] * _GROWS)
        elif not solved:
            self._sizes[kind] = max(_SMALLEST, self._sizes[kind] * (_SHRINKS_GAINING if gain else _SHRINKS))

    def _some(self, number: int, sore: Sore | None) -> frozenset[int]:
        chance = self._chance
        wanted = [] if sore is None else [one for one in dict.fromkeys(sore.people) if one in self._people]
        chosen = chance.sample(wanted, min(len(wanted), max(1, number - 1)))
        others = [one for one in self._people if one not in chosen]
        return frozenset([*chosen, *chance.sample(others, min(len(others), number - len(chosen)))])

    def _stretch(self, length: int, sore: Sore | None) -> frozenset[int]:
        days = self._days
        if sore is not None and sore.day in days:
            begin = days.index(sore.day) - self._chance.randrange(length)
        else:
            # A stretch may hang over the ends: or the first and last days would be free more seldom.
            begin = self._chance.randrange(-(length // 2), max(1, len(days) - length // 2))
        begin = max(0, min(begin, len(days) - length))
        return frozenset(days[begin : begin + length])
