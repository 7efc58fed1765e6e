"""Soft rules of somebody's rows in the model: each time that one is broken has a literal, and its price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leadconsole.roster.fill.problem import Soft, Worker

if TYPE_CHECKING:
    from leadconsole.roster.fill.model import Model


def price(model: Model, number: int, worker: Worker, soft: Soft) -> None:
    """Add what breaking the soft rules of a worker costs."""
    made = _Prices(model, number, soft.points)
    made.rows(worker, soft)
    made.counts(soft)
    made.rests(soft)
    made.clashes(soft)


class _Prices:
    """Adds the breaks of one worker."""

    def __init__(self, model: Model, number: int, points: int) -> None:
        self.model = model
        self.cp = model.cp
        self.number = number
        self.points = points

    def _over(self, total: Any, limit: int, most: int) -> None:
        """As many breaks as a total is over its limit, `most` at the utmost."""
        if isinstance(total, int):
            self.model.charge(1, self.points * max(0, total - limit))
        elif most > 0:
            broken = self.cp.new_bool_var("") if most == 1 else self.cp.new_int_var(0, most, "")
            self.cp.add(broken >= total - limit)
            self.model.charge(broken, self.points)

    def rows(self, worker: Worker, soft: Soft) -> None:
        """Rows too long, rows and rests too short."""
        days = self.model.problem.days
        works = [self.model.works[self.number, day] for day in range(days)]
        if soft.max_row is not None:
            every = [1] * worker.run_before + works + [1] * worker.run_after
            for begin in range(len(every) - soft.max_row):
                self._over(sum(every[begin : begin + soft.max_row + 1]), soft.max_row, 1)
        here = works[worker.first : days if worker.last is None else worker.last + 1]
        self._short(here, soft.min_row)
        self._short([1 - one for one in here], soft.min_off)

    def _short(self, here: Sequence[Any], least: int) -> None:
        for length in range(1, least):
            for begin in range(1, len(here) - length):
                end = begin + length
                row = (1 - here[begin - 1]) + sum(here[begin:end]) + (1 - here[end])
                self._over(row, length + 1, 1)

    def counts(self, soft: Soft) -> None:
        """Too many weekends, too many shifts of a kind."""
        model = self.model
        if soft.max_weekends is not None:
            used: list[Any] = []
            for weekend in model.problem.weekends:
                works = [model.works[self.number, day] for day in weekend]
                if any(isinstance(one, int) and one == 1 for one in works):
                    used.append(1)
                elif not all(isinstance(one, int) for one in works):
                    used.append(self.cp.new_bool_var(""))
                    for one in works:
                        self.cp.add(used[-1] >= one)
            self._over(sum(used), soft.max_weekends, len(used) - soft.max_weekends)
        for shift, most in soft.max_of.items():
            places = [(self.number, day, shift) for day in range(model.problem.days)]
            literals = [model.taken[place] for place in places if place in model.taken]
            self._over(sum(literals), most, len(literals) - most)

    def rests(self, soft: Soft) -> None:
        """Weeks without their rest."""
        model = self.model
        for ways in soft.rests:
            broken = self.cp.new_bool_var("")
            chosen = [broken]
            for way in ways:
                rest = self.cp.new_bool_var("")
                for day, shift in way:
                    if (self.number, day, shift) in model.taken:
                        self.cp.add(model.taken[self.number, day, shift] + rest <= 1)
                chosen.append(rest)
            self.cp.add_bool_or(chosen)
            model.charge(broken, self.points)

    def clashes(self, soft: Soft) -> None:
        """Shifts too near to each other."""
        model = self.model
        excluded: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
        for day, shift, later, other in soft.clashes:
            if (self.number, later, other) in model.taken:
                excluded[day, shift, later].append(model.taken[self.number, later, other])
        for (day, shift, _later), others in excluded.items():
            first = model.taken.get((self.number, day, shift))
            if first is not None:
                self._over(first + sum(others), 1, 1)
