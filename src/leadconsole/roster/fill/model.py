"""The problem as a model of OR-Tools' CP-SAT; imported only in the process that searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from ortools.sat.python import cp_model

from leadconsole.roster.fill.freeing import Freed
from leadconsole.roster.fill.problem import FREE, Assignment, Need, Place, Problem, Share, Worker
from leadconsole.roster.fill.soft_rows import price


class Model:
    """The variables and constraints; `taken[worker, day, shift]` says who works what, `works` whether at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.taken: dict[Place, Any] = {}
        self.works: dict[tuple[int, int], Any] = {}
        self._terms: list[tuple[Any, int]] = []
        self._hard: list[tuple[Any, int]] = []
        self._constant = problem.constant
        for number, worker in enumerate(problem.workers):
            self._choices(number, worker)
            self._rows(number, worker)
            self._rests(number, worker)
            self._sums(number, worker)
            if worker.soft is not None:
                price(self, number, worker, worker.soft)
        self._clashes()
        for need in problem.needs:
            self._need(need)
        for gap in problem.gaps:
            self._gap(gap.places, gap.points)
        for share in problem.shares:
            self._share(share)
        self.ask_for_all()

    def ask_for_all(self) -> None:
        """Minimise what everything costs."""
        self.cp.minimize(sum(weight * one for one, weight in self._terms) + self._constant)

    def ask_for_hard(self) -> None:
        """Minimise what makes a plan illegal alone."""
        self.cp.minimize(sum(weight * one for one, weight in self._hard))

    def _choices(self, number: int, worker: Worker) -> None:
        cp = self.cp
        for day, options in enumerate(worker.options):
            shifts = [one for one in options if one != FREE]
            may_be_free = FREE in options
            if not shifts:
                self.works[number, day] = 0
            elif len(shifts) == 1 and not may_be_free:
                self.taken[number, day, shifts[0]] = 1
                self.works[number, day] = 1
            else:
                for shift in shifts:
                    self.taken[number, day, shift] = cp.new_bool_var("")
                variables = [self.taken[number, day, shift] for shift in shifts]
                if not may_be_free:
                    cp.add_exactly_one(variables)
                    self.works[number, day] = 1
                elif len(variables) == 1:
                    self.works[number, day] = variables[0]
                else:
                    self.works[number, day] = cp.new_bool_var("")
                    cp.add(sum(variables) == self.works[number, day])
            free = worker.costs.get((day, FREE), 0)
            self.charge(1 - self.works[number, day], free)
            for shift in shifts:
                self.charge(self.taken[number, day, shift], worker.costs.get((day, shift), 0))

    def charge(self, literal: Any, points: int) -> None:
        """Let something cost so much."""
        if not points:
            return
        if isinstance(literal, int):
            self._constant += points * literal
        else:
            self._terms.append((literal, points))

    def _rows(self, number: int, worker: Worker) -> None:
        cp, days = self.cp, self.problem.days
        works = [1] * worker.run_before + [self.works[number, day] for day in range(days)] + [1] * worker.run_after
        if worker.max_row is not None:
            size = worker.max_row + 1
            for begin in range(len(works) - size + 1):
                window = works[begin : begin + size]
                if sum(isinstance(one, int) and one == 1 for one in window) < size:
                    cp.add(sum(window) <= worker.max_row)
        end = days if worker.last is None else worker.last + 1
        here = [self.works[number, day] for day in range(worker.first, end)]
        for length in range(1, worker.min_row):
            for begin in range(1, len(here) - length):
                end = begin + length
                cp.add(here[begin - 1] + here[end] + length - sum(here[begin:end]) >= 1)
        for length in range(1, worker.min_off):
            for begin in range(1, len(here) - length):
                end = begin + length
                cp.add(1 - here[begin - 1] + sum(here[begin:end]) + 1 - here[end] >= 1)

    def _rests(self, number: int, worker: Worker) -> None:
        cp = self.cp
        for ways in worker.rests:
            chosen = []
            for way in ways:
                rest = cp.new_bool_var("")
                by_day: dict[int, list[Any]] = defaultdict(list)
                for day, shift in way:
                    if (number, day, shift) in self.taken:
                        by_day[day].append(self.taken[number, day, shift])
                for literals in by_day.values():
                    cp.add(sum(literals) + rest <= 1)
                chosen.append(rest)
            cp.add_bool_or(chosen)

    def _sums(self, number: int, worker: Worker) -> None:
        problem, cp = self.problem, self.cp
        mine = [
            (self.taken[number, day, shift], problem.minutes[shift][day])
            for day, options in enumerate(worker.options)
            for shift in options
            if shift != FREE
        ]
        for shift, most in worker.max_of.items():
            places = [
                self.taken[number, day, shift] for day in range(problem.days) if (number, day, shift) in self.taken
            ]
            if len(places) > most:
                cp.add(sum(places) <= most)
        worked = sum(literal * minutes for literal, minutes in mine)
        if worker.max_minutes is not None and mine:
            cp.add(worked <= worker.max_minutes)
        if worker.min_minutes is not None and mine:
            cp.add(worked >= worker.min_minutes)
        if worker.max_weekends is not None:
            weekends = []
            for weekend in problem.weekends:
                used = cp.new_bool_var("")
                for day in weekend:
                    cp.add(used >= self.works[number, day])
                weekends.append(used)
            cp.add(sum(weekends) <= worker.max_weekends)
        if worker.target is not None:
            self._target(worker, worked, sum(minutes for _literal, minutes in mine))

    def _target(self, worker: Worker, worked: Any, most: int) -> None:
        cp, target = self.cp, worker.target
        assert target is not None
        top = -(-max(most, target.minutes) // 60)
        apart = cp.new_int_var(0, top, "")
        cp.add(60 * apart >= worked - target.minutes)
        cp.add(60 * apart >= target.minutes - worked)
        self._terms.append((apart, target.per_hour))
        if target.beyond:
            beyond = cp.new_int_var(0, top, "")
            cp.add(60 * beyond >= worked - target.minutes - target.limit)
            cp.add(60 * beyond >= target.minutes - target.limit - worked)
            self._terms.append((beyond, target.beyond))
            if "norm" in self.problem.hard:
                self._hard.append((beyond, target.beyond))

    def _clashes(self) -> None:
        # Everything that one shift excludes on a later day at once: fewer and stronger constraints.
        excluded: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for day, shift, later, other in self.problem.clashes:
            excluded[day, shift, later].append(other)
        for number in range(len(self.problem.workers)):
            for (day, shift, later), others in excluded.items():
                first = self.taken.get((number, day, shift))
                literals = [self.taken[number, later, one] for one in others if (number, later, one) in self.taken]
                fixed = [one for one in (first, *literals) if isinstance(one, int)]
                if first is not None and literals and len(fixed) < 2:
                    self.cp.add(first + sum(literals) <= 1)

    def _need(self, need: Need) -> None:
        cp = self.cp
        missing = cp.new_int_var(0, max((wanted for wanted, _places in need.groups), default=0), "")
        for wanted, places in need.groups:
            cp.add(missing + self._sum(places) >= wanted)
        self._terms.append((missing, need.under))
        if "needs" in self.problem.hard:
            self._hard.append((missing, need.under))
        if need.over:
            surplus = cp.new_int_var(0, len(self.problem.workers), "")
            cp.add(surplus >= self._sum(need.places) - need.total + missing)
            self._terms.append((surplus, need.over))
            if "over" in self.problem.hard:
                self._hard.append((surplus, need.over))

    def _sum(self, places: Sequence[Place]) -> Any:
        return sum(self.taken[place] for place in places if place in self.taken)

    def _gap(self, places: Sequence[tuple[int, int]], points: int) -> None:
        literals = [self.works[place] for place in places]
        if any(isinstance(one, int) and one == 1 for one in literals):
            return
        gap = self.cp.new_bool_var("")
        self.cp.add(gap + sum(literals) >= 1)
        self._terms.append((gap, points))
        if "gaps" in self.problem.hard:
            self._hard.append((gap, points))

    def _share(self, share: Share) -> None:
        cp = self.cp
        top = max((share.weights[worker] * len(places) for worker, places in share.places.items()), default=0)
        least, most = cp.new_int_var(0, top, ""), cp.new_int_var(0, top, "")
        for worker, places in share.places.items():
            count = self._sum([(worker, day, shift) for day, shift in places]) * share.weights[worker]
            cp.add(most >= count)
            cp.add(least <= count)
        if share.places:
            self._terms += [(most, share.points), (least, -share.points)]

    def around(self, plan: Assignment, freed: Freed | None = None, values: Sequence[int] = ()) -> Any:
        """The model with all cells as in a plan but those that are set free, begun at what all variables are."""
        model = self.cp.clone()
        variables = model.proto.variables
        for (worker, day, shift), literal in self.taken.items():
            if isinstance(literal, int) or (freed is not None and worker in freed.people and day in freed.days):
                continue
            value = int(plan[worker][day] == shift)
            domain = variables[literal.index].domain
            domain.clear()
            domain.extend([value, value])
        model.proto.clear_solution_hint()
        hint = model.proto.solution_hint
        hint.vars.extend(range(len(values)))
        hint.values.extend(values)
        return model

    def unlike(self, model: Any, places: Collection[Place]) -> None:
        """Let a model made of this one change these places where that costs nothing."""
        literals = [one for place in places if not isinstance(one := self.taken.get(place, 0), int)]
        objective = model.proto.objective
        points = {one: coeff * (len(literals) + 1) for one, coeff in zip(objective.vars, objective.coeffs, strict=True)}
        for literal in literals:
            points[literal.index] = points.get(literal.index, 0) + 1
        model.proto.clear_objective()
        model.proto.objective.vars.extend([*points])
        model.proto.objective.coeffs.extend([*points.values()])

    def plan_of(self, value: Any) -> Assignment:
        """The plan of a solution; `value` gives the value of a variable."""
        rows = []
        for number, worker in enumerate(self.problem.workers):
            row = []
            for day, options in enumerate(worker.options):
                chosen = FREE
                for shift in options:
                    literal = self.taken.get((number, day, shift), 0)
                    if shift != FREE and (literal == 1 if isinstance(literal, int) else value(literal)):
                        chosen = shift
                row.append(chosen)
            rows.append(tuple(row))
        return tuple(rows)
