"""The linear programme over whole rows of shifts: which mix of rows is cheapest, at what prices, and how low it can go.

Every person has exactly one row; what is missing, too much, uncovered and unfair costs as in the problem. New rows are
those that are cheaper at the present prices than what the person has. The value is a bound on every plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from ortools.linear_solver import linear_solver_pb2, pywraplp  # type: ignore[import-untyped]

from leadconsole.roster.fill.problem import FREE, Assignment, Gap, Place, Problem
from leadconsole.roster.fill.rows import Graph, graphs

Row = tuple[int, ...]
_USED = 1e-6
_GAPS = 50
"""So many open gaps are taken into the programme at once."""


class NoRows(Exception):
    """Somebody has no legal row at all."""


class Master:
    """The rows that are known and the linear programme over them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.graphs: list[Graph] = list(graphs(problem))
        self.rows: list[dict[Row, Any]] = [{} for _worker in problem.workers]
        self.mix: list[dict[Row, float]] = []
        """By worker the rows that the last solution uses, and how much."""
        self.value = np.inf
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._limits: list[Any] = []
        self._at: dict[Place, list[tuple[int, int]]] = defaultdict(list)
        self._build()
        self._flatten()
        _total, found = self.price(np.zeros(len(self._limits)))
        if len(found) < len(problem.workers):
            raise NoRows  # what is fixed for somebody breaks a rule by itself
        for number, row, _price in found:
            self.add(number, row)

    def _var(self, points: float) -> Any:
        solver = self._solver
        variable = solver.NumVar(0.0, solver.infinity(), "")
        solver.Objective().SetCoefficient(variable, float(points))
        return variable

    def _limit(self, least: float) -> tuple[int, Any]:
        limit = self._solver.Constraint(float(least), self._solver.infinity())
        self._limits.append(limit)
        return len(self._limits) - 1, limit

    def _build(self) -> None:
        problem, solver = self.problem, self._solver
        solver.Objective().SetMinimization()
        solver.Objective().SetOffset(float(problem.constant))
        self._one = [solver.Constraint(1.0, 1.0) for _worker in problem.workers]
        for need in problem.needs:
            missing = self._var(need.under)
            for wanted, places in need.groups:
                number, limit = self._limit(wanted)
                limit.SetCoefficient(missing, 1.0)
                for place in places:
                    self._at[place].append((number, 1))
            if need.over:
                number, limit = self._limit(-need.total)
                limit.SetCoefficient(missing, -1.0)
                limit.SetCoefficient(self._var(need.over), 1.0)
                for place in need.places:
                    self._at[place].append((number, -1))
        self._open_gaps = list(problem.gaps)
        for share in problem.shares:
            if not share.places:
                continue
            most, least = self._var(share.points), self._var(-share.points)
            for worker, counted in share.places.items():
                weight = share.weights[worker]
                number, limit = self._limit(0)
                limit.SetCoefficient(most, 1.0)
                other, under = self._limit(0)
                under.SetCoefficient(least, -1.0)
                for day, shift in counted:
                    self._at[worker, day, shift] += [(number, -weight), (other, weight)]

    def _close(self, gaps: Sequence[Gap]) -> None:
        """Take these gaps into the programme: few of them ever matter, and all would make it slow."""
        for gap in gaps:
            number, limit = self._limit(1)
            limit.SetCoefficient(self._var(gap.points), 1.0)
            worked: dict[int, list[int]] = defaultdict(list)
            for worker, day in gap.places:
                worked[worker].append(day)
                for shift in self.problem.workers[worker].options[day]:
                    if shift != FREE:
                        self._at[worker, day, shift].append((number, 1))
            for worker, days in worked.items():
                for row, variable in self.rows[worker].items():
                    covered = sum(row[day] != FREE for day in days)
                    if covered:
                        limit.SetCoefficient(variable, float(covered))
        closed = {id(gap) for gap in gaps}
        self._open_gaps = [gap for gap in self._open_gaps if id(gap) not in closed]
        self._gather()

    def _uncovered(self, works: Any) -> list[Gap]:
        """The gaps outside the programme that are open where everybody works as much as this, by worker and day."""
        found = [(sum(works[place] for place in gap.places), number, gap) for number, gap in enumerate(self._open_gaps)]
        found = sorted(one for one in found if one[0] < 1 - _USED)
        return [gap for _covered, _number, gap in found[:_GAPS]]

    def learn(self, plan: Assignment | None = None) -> bool:
        """Take the gaps into the programme that a plan, or the mix, leaves open; whether there were any."""
        if plan is not None:
            works = np.array(plan) != FREE
        else:
            works = np.zeros(self._shape[:2])
            for number, mix in enumerate(self.mix):
                for row, share in mix.items():
                    works[number] += share * (np.array(row) != FREE)
        missed = self._uncovered(works)
        if missed:
            self._close(missed)
        return bool(missed)

    def _flatten(self) -> None:
        problem = self.problem
        self._shape = len(problem.workers), problem.days, len(problem.minutes) + 1
        base = np.full(self._shape, np.inf)
        for worker, one in enumerate(problem.workers):
            for day, options in enumerate(one.options):
                for option in options:
                    base[worker, day, option] = one.costs.get((day, option), 0)
        self._base = base
        self._gather()
        self._ends = [np.array([self._end_costs(worker, graph) for worker in graph.workers]) for graph in self.graphs]

    def _gather(self) -> None:
        """What every place of a row adds to which limit, in arrays."""
        places, limits, weights = [], [], []
        for (worker, day, shift), entries in self._at.items():
            for number, weight in entries:
                places.append((worker * self._shape[1] + day) * self._shape[2] + shift)
                limits.append(number)
                weights.append(weight)
        self._places = np.array(places, dtype=np.intp)
        self._of = np.array(limits, dtype=np.intp)
        self._weights = np.array(weights, dtype=float)
        self._least = np.array([limit.lb() for limit in self._limits])

    def _end_costs(self, number: int, graph: Graph) -> Any:
        worker = self.problem.workers[number]
        worked = graph.worked
        costs = np.zeros(len(worked))
        if worker.target is not None:
            target = worker.target
            apart = np.abs(worked - target.minutes)
            costs += target.per_hour * -(-apart // 60) + target.beyond * -(-np.maximum(0, apart - target.limit) // 60)
        if worker.min_minutes is not None:
            costs[worked < worker.min_minutes] = np.inf
        return costs

    def _row_cost(self, number: int, row: Row) -> int:
        """What a row costs by itself."""
        worker = self.problem.workers[number]
        total = sum(worker.costs.get((day, option), 0) for day, option in enumerate(row))
        if worker.target is not None:
            worked = sum(self.problem.minutes[shift][day] for day, shift in enumerate(row) if shift != FREE)
            apart = abs(worked - worker.target.minutes)
            total += worker.target.per_hour * -(-apart // 60)
            total += worker.target.beyond * -(-max(0, apart - worker.target.limit) // 60)
        return total

    def add(self, number: int, row: Row) -> bool:
        """Make a row known; whether it is new."""
        if row in self.rows[number]:
            return False
        variable = self._var(self._row_cost(number, row))
        self._one[number].SetCoefficient(variable, 1.0)
        sums: dict[int, int] = defaultdict(int)
        for day, shift in enumerate(row):
            if shift != FREE:
                for limit, weight in self._at.get((number, day, shift), ()):
                    sums[limit] += weight
        for limit, weight in sums.items():
            self._limits[limit].SetCoefficient(variable, float(weight))
        self.rows[number][row] = variable
        return True

    def add_plan(self, plan: Assignment) -> None:
        """Make the rows of a plan known."""
        for number, row in enumerate(plan):
            self.add(number, row)

    def solve(self) -> bool:
        """Solve over the rows that are known."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return False
        self.value = self._solver.Objective().Value()
        self.duals = np.maximum(0.0, np.array([limit.dual_value() for limit in self._limits]))
        self.own = np.array([one.dual_value() for one in self._one])
        self.mix = [
            {row: value for row, variable in known.items() if (value := variable.solution_value()) > _USED}
            for known in self.rows
        ]
        return True

    def between(self, centre: Any, share: float) -> Any:
        """Prices between those of a centre, which may know fewer limits, and the present ones."""
        if centre is None:
            return self.duals
        return share * np.pad(centre, (0, len(self.duals) - len(centre))) + (1 - share) * self.duals

    def _prices(self, duals: Any) -> Any:
        """By worker, day and option what it costs at these prices."""
        gained = np.bincount(self._places, weights=duals[self._of] * self._weights, minlength=int(np.prod(self._shape)))
        return self._base - gained.reshape(self._shape)

    def price(self, duals: Any, skip: Collection[int] = ()) -> tuple[float, list[tuple[int, Row, float]]]:
        """What the cheapest rows cost at these prices together, and each of them: worker, row, price."""
        prices = self._prices(duals)
        found: list[tuple[int, Row, float]] = []
        total = 0.0
        for graph, ends in zip(self.graphs, self._ends, strict=True):
            places = [place for place, worker in enumerate(graph.workers) if worker not in skip]
            if not places:
                continue
            workers = [graph.workers[place] for place in places]
            best, rows = graph.cheapest(prices[workers], ends[places])
            for worker, price, row in zip(workers, best, rows, strict=True):
                total += float(price)
                if row:
                    found.append((worker, row, float(price)))
        return total, found

    def bound_at(self, duals: Any, total: float) -> float:
        """How low the cost of any plan can go, from the prices and what the cheapest rows of everybody cost then."""
        return total + float(self._least @ duals) + self.problem.constant

    def hold(self, held: Mapping[int, Row]) -> None:
        """Fix the rows of some people."""
        for number, row in held.items():
            self.rows[number][row].SetLb(1.0)

    def release(self, held: Mapping[int, Row]) -> None:
        """Set them free again."""
        for number, row in held.items():
            self.rows[number][row].SetLb(0.0)

    def whole(self, seconds: float, hint: Assignment | None = None) -> tuple[Assignment | None, bool]:
        """The best plan of the rows that are known, with what is held as it is, and whether it is proven so."""
        told = linear_solver_pb2.MPModelProto()
        self._solver.ExportModelToProto(told)
        numbers: list[tuple[int, int, Row]] = []
        for number, known in enumerate(self.rows):
            for row, variable in known.items():
                one = told.variable[variable.index()]
                one.is_integer = True
                one.upper_bound = 1.0
                numbers.append((variable.index(), number, row))
        solver = pywraplp.Solver.CreateSolver("SCIP")
        solver.LoadModelFromProto(told)
        solver.SetTimeLimit(max(1, int(seconds * 1000)))
        variables = solver.variables()
        if hint is not None:
            chosen = [(variables[index], float(hint[number] == row)) for index, number, row in numbers]
            solver.SetHint([one for one, _value in chosen], [value for _one, value in chosen])
        status = solver.Solve()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None, False
        plan: list[Row] = [()] * len(self.rows)
        for index, number, row in numbers:
            if variables[index].solution_value() > 0.5:
                plan[number] = row
        return (tuple(plan) if all(plan) else None), status == pywraplp.Solver.OPTIMAL
