"""The search over whole rows: a bound that is close, then plans of rows: by diving, by a whole programme, by parts.

A month of a team of ordinary size is proven, or nearly, in seconds this way; where the rows are too many to be priced
the search does without.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from leadconsole.roster.fill.master import Master, NoRows, Row
from leadconsole.roster.fill.problem import Assignment, Problem
from leadconsole.roster.fill.rows import TooLarge

_NEAR = 0.01
"""So near the value of the mix and the bound must come."""
_SMOOTH = 0.5
"""How much the prices keep of the best ones before: they swing less and settle sooner."""
_ROUNDS = 4
"""Rounds of new rows after each step of a dive."""
_WHOLE_SECONDS = 8.0
_PART_SECONDS = 3.0
_MOST_ROWS = 12_000
_LEAST_PART = 3


class Told(NamedTuple):
    """What the search over rows asks and tells: the best so far, a better plan, a bound, how long there is."""

    best: Callable[[], tuple[int, Assignment] | None]
    offer: Callable[[Assignment], bool]
    bound: Callable[[float], None]
    left: Callable[[], float]
    done: Callable[[], bool]


class Mixing:
    """One search over rows; `run` returns when the time is up, the best is proven, or it is nothing for this way."""

    def __init__(self, problem: Problem, told: Told, seed: int) -> None:
        self._problem = problem
        self._told = told
        self._chance = random.Random(f"{seed}:rows")
        self._people = len(problem.workers)

    def run(self) -> bool:
        """Search; False where this way is too large for the problem."""
        try:
            self._master = Master(self._problem)
        except (TooLarge, NoRows):
            return False
        if not self._root():
            return True
        part = max(_LEAST_PART, min(self._people, 6))
        while self._goes_on():
            self._dive()
            self._whole(min(_WHOLE_SECONDS, self._told.left() / 2))
            for _turn in range(2 * self._people):
                if not self._goes_on():
                    break
                part = self._part(part)
        return True

    def _goes_on(self) -> bool:
        return self._told.left() > 0.3 and not self._told.done()

    def _root(self) -> bool:
        """The cheapest mix of all; whether it was reached in time."""
        master, told = self._master, self._told
        best = told.best()
        if best is not None:
            master.add_plan(best[1])
        centre: Any = None
        highest = float("-inf")
        while self._goes_on():
            if not master.solve():
                return False
            duals = master.between(centre, _SMOOTH)
            total, found = master.price(duals)
            new = sum(master.add(number, row) for number, row, _price in found)
            low = master.bound_at(duals, total)
            if low > highest:
                highest, centre = low, duals
                told.bound(low)
            if master.value - highest < _NEAR or (not new and centre is None):
                if not master.learn():
                    return True
                highest = float("-inf")  # there is more to pay for now
            elif not new:
                centre = None
        return False

    def _refined(self, held: Collection[int], rounds: int) -> None:
        """New rows for who isn't held, at the prices that what is held makes."""
        master = self._master
        for _round in range(rounds):
            if not self._goes_on() or not master.solve():
                return
            _total, found = master.price(master.duals, held)
            cheaper = [(number, row) for number, row, price in found if price < master.own[number] - 1e-6]
            new = sum(master.add(number, row) for number, row in cheaper)
            # What is held leaves gaps open that nobody thought of before.
            if not master.learn() and not new:
                return

    def _dive(self) -> None:
        """Fix one person after another to the row that the mix likes most, with new rows in between."""
        master, chance = self._master, self._chance
        if not master.solve():
            return
        held: dict[int, Row] = {}
        try:
            while len(held) < self._people and self._goes_on():
                open_ones = sorted(
                    ((max(mix.values(), default=0.0), chance.random(), number)
                     for number, mix in enumerate(master.mix) if number not in held and mix),
                    reverse=True,
                )  # fmt: skip
                if not open_ones:
                    return
                fixed = {
                    number: max(master.mix[number], key=lambda row: master.mix[number][row])
                    for place, (share, _chance, number) in enumerate(open_ones)
                    if share > 0.999 or not place
                }
                master.hold(fixed)
                held |= fixed
                self._refined(held, _ROUNDS)
        finally:
            master.release(held)
        if len(held) == self._people:
            plan = tuple(held[number] for number in range(self._people))
            self._told.offer(plan)
            master.learn(plan)

    def _whole(self, seconds: float) -> bool:
        """Ask for the best plan of the rows that are known; whether that was answered."""
        if not self._goes_on():
            return False
        best = self._told.best()
        if best is not None:
            self._master.add_plan(best[1])
        plan, proven = self._master.whole(seconds, None if best is None else best[1])
        if plan is not None:
            self._told.offer(plan)
            self._master.learn(plan)
        return proven

    def _part(self, size: int) -> int:
        """Set some people free, the rest stays as in the best plan; the size of the next part."""
        best = self._told.best()
        if best is None:
            return size
        plan = best[1]
        free = {*self._chance.sample(range(self._people), min(self._people, size))}
        self._trim()
        self._master.add_plan(plan)
        held = {number: row for number, row in enumerate(plan) if number not in free}
        self._master.hold(held)
        try:
            self._refined(held, 40)
            proven = self._whole(min(_PART_SECONDS, self._told.left()))
        finally:
            self._master.release(held)
        better = self._told.best()
        if proven and better == best:
            return min(self._people, size + 1)
        return size if proven else max(_LEAST_PART, size - 1)

    def _trim(self) -> None:
        """Forget rows where there are so many that the programme becomes slow."""
        if sum(map(len, self._master.rows)) > _MOST_ROWS:
            fresh = Master(self._problem)
            for number, known in enumerate(self._master.rows):
                for row in list(known)[-_MOST_ROWS // (3 * self._people) :]:
                    fresh.add(number, row)
            self._master = fresh
