"""Every row of shifts that a person may have, as a graph of small states by day; the cheapest of them at given prices.

A row is legal where a path through the graph is: the state of a day holds how long somebody has worked or rested,
which later shifts are forbidden, and which ways to rest are still open. Minutes, weekends and shifts of a limited kind
are counted beside it. People with the same rules share one graph and are priced together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from leadconsole.roster.fill.problem import FREE, Problem, Worker

LARGEST = 3_000_000
"""How many numbers a day's prices of one graph may have; what is larger is too slow to be worth it."""
_MOST_STATES = 400


class State(NamedTuple):
    """What the days up to now mean for those to come."""

    working: bool
    length: int
    """Days worked or free in a row, as far as it matters."""
    since_before: bool
    """Whether that row touches the beginning, where the shortest rows don't bind."""
    forbidden: frozenset[tuple[int, int]]
    """(later day, shift) that can't follow."""
    rests: tuple[tuple[int, frozenset[int]], ...]
    """Of each week that has begun and isn't rested yet the ways that are still open."""
    weekend: bool
    """Whether the weekend that has begun is worked already."""


class TooLarge(Exception):
    """The graph or its counts are larger than it is worth."""


@dataclass(frozen=True)
class _Layer:
    """The moves of one day: edges sorted by where they lead."""

    moves: tuple[tuple[int, int], ...]
    """(option, whether a weekend begins to be worked)."""
    froms: Any
    by: Any
    """The move of an edge."""
    starts: Any
    """Where the edges of each next state begin."""


class Graph:
    """The rows of some people who have the same rules; `workers` are their numbers in the problem."""

    def __init__(self, problem: Problem, workers: Sequence[int]) -> None:
        self._problem = problem
        self.workers = tuple(workers)
        self._rules = problem.workers[self.workers[0]]
        self._weekend_of = {day: weekend for weekend in problem.weekends for day in weekend}
        self._weeks = [
            (min(day for way in ways for day, _shift in way), max(day for way in ways for day, _shift in way), ways)
            for ways in self._rules.rests
        ]
        self._later: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for day, shift, later, other in problem.clashes:
            self._later[day, shift].append((later, other))
        self._counters()
        self.layers, self._last = self._explored()
        widest = max(len(layer.froms) for layer in self.layers)
        if widest * len(self.workers) * self.counts > LARGEST:
            raise TooLarge
        self._reach = [1]
        """How many of the counts can be reached by the evening before each day: the rest isn't computed."""
        for layer in self.layers:
            self._reach.append(self._reached(len(self._reach) - 1, layer))
        self._sources = [
            [self._source(day, option, weekend) for option, weekend in layer.moves]
            for day, layer in enumerate(self.layers)
        ]

    # --- counts beside the states ---------------------------------------------------------------------------------

    def _counters(self) -> None:
        """What is counted: minutes in units, weekends, shifts of limited kinds; all in one axis."""
        problem, rules = self._problem, self._rules
        options = {
            (day, option)
            for worker in self.workers
            for day, own in enumerate(problem.workers[worker].options)
            for option in own
            if option != FREE
        }
        minutes = [problem.minutes[shift][day] for day, shift in options]
        self.unit = math.gcd(*minutes) or 1
        self._tops: list[int] = []
        if rules.max_minutes is not None or rules.min_minutes is not None or rules.target is not None:
            longest: dict[int, int] = defaultdict(int)
            for day, shift in options:
                longest[day] = max(longest[day], problem.minutes[shift][day])
            most = sum(longest.values()) if rules.max_minutes is None else min(sum(longest.values()), rules.max_minutes)
            self._tops.append(most // self.unit)
            self._has_minutes = True
        else:
            self._has_minutes = False
        self._limited = [
            (shift, most)
            for shift, most in sorted(rules.max_of.items())
            if most < sum(one == shift for _day, one in options)
        ]
        if rules.max_weekends is not None and rules.max_weekends < len(problem.weekends):
            self._tops.append(rules.max_weekends)
            self._has_weekends = True
        else:
            self._has_weekends = False
        self._tops += [most for _shift, most in self._limited]
        self.counts = math.prod(top + 1 for top in self._tops)
        grid = np.indices([top + 1 for top in self._tops] or [1]).reshape(max(1, len(self._tops)), -1)
        self._grid = grid
        self.worked = grid[0] * self.unit if self._has_minutes else np.zeros(self.counts, dtype=int)

    def _steps(self, day: int, option: int, weekend: int) -> list[int]:
        """By how much a move raises each of the counts."""
        steps = []
        if self._has_minutes:
            steps.append(0 if option == FREE else self._problem.minutes[option][day] // self.unit)
        if self._has_weekends:
            steps.append(weekend)
        return steps + [int(option == shift) for shift, _most in self._limited]

    def _reached(self, day: int, layer: _Layer) -> int:
        if not self._has_minutes:
            return self.counts
        others = self.counts // (self._tops[0] + 1)
        furthest = -(-self._reach[day] // others) - 1 + max(self._steps(day, *move)[0] for move in layer.moves)
        return min(self._tops[0] + 1, furthest + 1) * others

    def _source(self, day: int, option: int, weekend: int) -> Any:
        """For each count after a move the one before it; the one past the last where there is none."""
        steps = self._steps(day, option, weekend)
        before = np.zeros(self.counts, dtype=np.intp)
        valid = np.ones(self.counts, dtype=bool)
        for axis, (step, top) in enumerate(zip(steps, self._tops, strict=True)):
            own = self._grid[axis] - step
            valid &= own >= 0
            before = before * (top + 1) + np.maximum(own, 0)
        valid &= before < self._reach[day]
        return None if not any(steps) else np.where(valid, before, self._reach[day])[: self._reach[day + 1]]

    # --- states ---------------------------------------------------------------------------------------------------

    def _explored(self) -> tuple[list[_Layer], list[bool]]:
        rules, days = self._rules, self._problem.days
        options = [
            sorted({option for worker in self.workers for option in self._problem.workers[worker].options[day]})
            for day in range(days)
        ]
        states = [State(rules.run_before > 0, rules.run_before, True, frozenset(), (), False)]
        layers = []
        for day in range(days):
            number: dict[State, int] = {}
            edges: list[tuple[int, int, int]] = []
            moves: dict[tuple[int, int], int] = {}
            for place, state in enumerate(states):
                for option in options[day]:
                    after = self._after(state, day, option)
                    if after is not None:
                        following, weekend = after
                        to = number.setdefault(following, len(number))
                        edges.append((to, place, moves.setdefault((option, weekend), len(moves))))
            if not edges or len(number) > _MOST_STATES:
                raise TooLarge
            edges.sort()
            leads = np.array([edge[0] for edge in edges])
            layers.append(
                _Layer(
                    tuple(moves),
                    np.array([edge[1] for edge in edges]),
                    np.array([edge[2] for edge in edges]),
                    np.flatnonzero(np.diff(leads, prepend=-1)),
                )
            )
            states = list(number)
        return layers, [self._may_end(state) for state in states]

    def _may_end(self, state: State) -> bool:
        rules = self._rules
        if not state.working or rules.max_row is None or not rules.run_after:
            return True
        return state.length + rules.run_after <= max(rules.max_row, rules.run_after)

    def _after(self, state: State, day: int, option: int) -> tuple[State, int] | None:
        rules = self._rules
        works = option != FREE
        if works and (day, option) in state.forbidden:
            return None
        row = self._row(state, works, day)
        if row is None:
            return None
        rests = self._rest(state, day, option)
        if rests is None:
            return None
        forbidden = {one for one in state.forbidden if one[0] > day}
        if works:
            forbidden.update(self._later.get((day, option), ()))
        begins, weekend = 0, False
        days = self._weekend_of.get(day) if rules.max_weekends is not None else None
        if days is not None:
            worked = state.weekend and day != days[0]
            begins = int(works and not worked)
            weekend = (worked or works) and day != days[-1]
        return State(*row, frozenset(forbidden), rests, weekend), begins

    def _row(self, state: State, works: bool, day: int) -> tuple[bool, int, bool] | None:
        rules = self._rules
        if day < rules.first or (rules.last is not None and day > rules.last):
            return None if works else (False, 0, True)
        if works is state.working:
            if works:
                length = state.length + 1
                if rules.max_row is not None and length > rules.max_row:
                    return None
                matters = max(rules.min_row, rules.max_row or 0)
                touching = state.since_before
            else:
                length, matters, touching = state.length + 1, rules.min_off, state.since_before
            length = min(length, matters)
            least = rules.min_row if works else rules.min_off
            # Long enough is long enough, wherever it began.
            return works, length, touching and length < least
        least = rules.min_row if state.working else rules.min_off
        if not state.since_before and state.length < least:
            return None
        # What begins on the first day touches the beginning, too.
        return works, 1, day == rules.first and (rules.min_row if works else rules.min_off) > 1

    def _rest(self, state: State, day: int, option: int) -> tuple[tuple[int, frozenset[int]], ...] | None:
        known = dict(state.rests)
        for week, (first, _last, ways) in enumerate(self._weeks):
            if first == day:
                known[week] = frozenset(range(len(ways)))
        left = []
        for week, alive in sorted(known.items()):
            _first, last, ways = self._weeks[week]
            still = frozenset(way for way in alive if (day, option) not in ways[way]) if option != FREE else alive
            if not still:
                return None
            if day >= last or any(all(place[0] <= day for place in ways[way]) for way in still):
                continue
            left.append((week, still))
        return tuple(left)

    # --- prices ---------------------------------------------------------------------------------------------------

    def cheapest(self, prices: Any, ends: Any) -> tuple[Any, list[tuple[int, ...]]]:
        """The cheapest row of each person and its price.

        `prices` is by person, day and shift (FREE last), infinite where it isn't possible; `ends` by person and count.
        """
        people = len(prices)
        value = np.full((1, people, self._reach[0] + 1), np.inf)
        value[0, :, 0] = 0.0
        kept = [value]
        for day, layer in enumerate(self.layers):
            reach = self._reach[day + 1]
            blocks = np.empty((len(layer.moves), *value.shape[:2], reach + 1))
            for move, (option, _weekend) in enumerate(layer.moves):
                source = self._sources[day][move]
                block = blocks[move]
                if source is None:
                    block[..., : value.shape[-1]] = value
                    block[..., value.shape[-1] :] = np.inf
                else:
                    np.take(value, source, axis=-1, out=block[..., :-1], mode="clip")
                    block[..., -1] = np.inf
                block += prices[:, day, option][None, :, None]
            value = np.minimum.reduceat(blocks[layer.by, layer.froms], layer.starts, axis=0)
            kept.append(value)
        final = value[..., :-1] + ends[None, :, : self._reach[-1]]
        final[[not may for may in self._last]] = np.inf
        found: list[tuple[int, ...]] = []
        best = final.min(axis=(0, 2))
        for person in range(people):
            if not np.isfinite(best[person]):
                found.append(())
                continue
            state, count = divmod(int(final[:, person].argmin()), self._reach[-1])
            found.append(self._traced(kept, prices, person, state, count))
        return best, found

    def _traced(self, kept: list[Any], prices: Any, person: int, state: int, count: int) -> tuple[int, ...]:
        row = []
        for day in range(len(self.layers) - 1, -1, -1):
            layer, wanted, before = self.layers[day], kept[day + 1][state, person, count], kept[day]
            begin = layer.starts[state]
            end = layer.starts[state + 1] if state + 1 < len(layer.starts) else len(layer.froms)
            nearest, chosen = math.inf, (0, 0, FREE)
            for edge in range(begin, end):
                move = layer.by[edge]
                option = layer.moves[move][0]
                source = self._sources[day][move]
                place = count if source is None else source[count]
                if place >= self._reach[day]:
                    continue
                apart = abs(before[layer.froms[edge], person, place] + prices[person, day, option] - wanted)
                if apart < nearest:
                    nearest, chosen = apart, (int(layer.froms[edge]), int(place), option)
            state, count, option = chosen
            row.append(option)
        return tuple(reversed(row))


def graphs(problem: Problem) -> Iterator[Graph]:
    """The graphs of everybody, those with the same rules together; TooLarge where it isn't worth it."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    if any(worker.soft is not None for worker in problem.workers):
        raise TooLarge  # what a row breaks would be one more count for each rule
    for number, worker in enumerate(problem.workers):
        alike[_rules(worker)].append(number)
    for numbers in alike.values():
        yield Graph(problem, numbers)


def _rules(worker: Worker) -> tuple[Any, ...]:
    return (
        worker.max_row, worker.min_row, worker.min_off, worker.run_before, worker.run_after, worker.max_weekends,
        worker.first, worker.last,
        tuple(sorted(worker.max_of.items())), worker.max_minutes, worker.min_minutes, worker.target is None,
        worker.rests,
    )  # fmt: skip
