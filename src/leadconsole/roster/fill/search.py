"""The search for the best plan: first the whole of it, then part by part, beside it over whole rows.

CP-SAT on the whole model finds legal plans at once; soon parts of the best plan (`freeing`) are set free and solved
again, which is where most of the gain is. Beside it the search over rows (`mixing`) finds how low any plan can go, and
plans near that; where rows are too many for it, both threads work on parts. Each takes the other's best.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

from leadconsole.roster.fill.freeing import Freeing
from leadconsole.roster.fill.lenience import lenient
from leadconsole.roster.fill.mixing import Mixing, Told
from leadconsole.roster.fill.model import Model
from leadconsole.roster.fill.problem import Assignment, Problem, Step, broken, cost

HARD_SHARE = 0.1
"""The share of the time for the question whether all that is hard can be met."""
FIRST_SHARE = 0.15
FIRST_SECONDS = 3.0
"""The share of the time for the whole model and the most of it, unless it proves its plan best before."""
PORTFOLIO = 12
"""So many ways of searching take turns on the whole model, on however few cores: one of them finds a way soon."""
SMALL = 150
SMALL_SHARE = 0.5
"""Up to so many free cells the whole model is worth so much of the time: parts of it would prove nothing."""
MIXING_AFTER = 12.0
MIXING_LEAST = 25.0
"""The second from which rows are worth a thread: parts gain more before; and what must be left then: they take long."""
_ROUNDING = 1e-3
"""What a bound may owe to rounding."""
_PATIENCE, _PATIENCE_STUCK = 1.0, 2.0
"""Seconds for one part, and once many were in vain: then what takes longer is worth it."""
_STUCK, _WANDERS, _UNLIKE = 6, 0.5, 8
"""After so many parts in vain so many of them wander: they change so many cells where that costs nothing."""


class Search:
    """One search; `tell` hears of every better plan and bound."""

    def __init__(
        self, problem: Problem, seconds: float, tell: Callable[[Step], None], *, workers: int = 2, seed: int = 1
    ) -> None:
        self._seconds = seconds
        self._tell = tell
        self._workers = workers
        self._random = random.Random(seed)
        self._seed = seed
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._best: tuple[int, Assignment] | None = None
        self._bound: int | None = None
        self._values: tuple[Assignment, list[int]] | None = None
        self._whole_done = threading.Event()
        self._vain = 0
        """How many parts brought nothing since the last that did."""
        self._lacking = 0
        self._running: dict[int, Any] = {}
        """By thread the solver that it uses."""
        self._hopeless = False
        """Whether there is no plan at all: everything that may fail costs instead, but for what a caller makes hard."""
        self._take(problem)

    def _take(self, problem: Problem) -> None:
        """Begin with a problem."""
        self._problem, self._forced = lenient(problem)
        self._model = Model(self._problem)
        self._freeing = Freeing(self._problem, f"{self._seed}:parts")
        if problem.start is not None and not broken(self._problem, problem.start):
            self._offer(problem.start)

    @property
    def _left(self) -> float:
        return 0.0 if self._proven or self._hopeless else self._seconds - (time.monotonic() - self._begun)

    @property
    def _proven(self) -> bool:
        """Whether the best is as low as any plan can be."""
        return self._best is not None and self._bound is not None and self._best[0] <= self._bound

    def run(self) -> Step:
        """Search until the time is up or the best is proven; the last word."""
        if self._problem.hard:
            self._ask_for_hard(min(self._left, max(2.0, self._seconds * HARD_SHARE)))
        softer = self._problem.softer
        if softer is not None and (self._lacking or self._forced):
            # What is soft gives way to what is hard.
            self._best, self._lacking = None, 0
            self._take(softer)
            self._ask_for_hard(min(self._left, max(2.0, self._seconds * HARD_SHARE)))
        told = Told(lambda: self._best, self._offer, self._raise_bound, lambda: self._left, lambda: self._proven)
        mixing = threading.Thread(target=self._mix, args=(Mixing(self._problem, told, self._seed),))
        mixing.start()
        most = min(FIRST_SECONDS, max(2.0, self._seconds * FIRST_SHARE))
        self._whole(min(self._left, self._seconds * SMALL_SHARE if self._freeing.cells <= SMALL else most))
        self._whole_done.set()
        self._improve()
        mixing.join()
        best = self._best
        return Step(
            None if best is None else best[0],
            best[0] if self._proven and best else self._bound,
            time.monotonic() - self._begun,
            None if best is None else best[1],
            self._proven,
            self._lacking,
            self._forced,
        )

    def _mix(self, mixing: Mixing) -> None:
        """Search over whole rows, after parts where there is a core for them; where rows are too many, parts alone."""
        if self._workers > 1:
            self._whole_done.wait()
            self._improve(MIXING_AFTER)
            if self._left < MIXING_LEAST:
                self._improve()
                return
        if not mixing.run() and self._workers > 1:
            self._improve()

    def _ask_for_hard(self, seconds: float) -> None:
        """Learn what is hard and can't be met in any plan, and a plan to begin with."""
        solver = self._solver(seconds, self._workers)
        self._model.ask_for_hard()
        status = solver.solve(self._model.cp)
        self._model.ask_for_all()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._lacking = max(0, -int(-solver.best_objective_bound // 1))
            self._offer(self._model.plan_of(solver.boolean_value))

    def _whole(self, seconds: float) -> None:
        """Solve the whole model, or begin to."""
        solver = self._solver(seconds, PORTFOLIO if self._workers > 1 else 1)
        if self._best is not None:
            self._hint(self._model.cp, self._best[1])
        solver.best_bound_callback = self._raise_bound
        status = solver.solve(self._model.cp, _Watcher(self))
        if status == cp_model.INFEASIBLE:
            self._hopeless = True
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._offer(self._model.plan_of(solver.boolean_value))
        if status == cp_model.OPTIMAL:
            self._raise_bound(solver.best_objective_bound)

    def _improve(self, until: float = math.inf) -> None:
        """Set a part of the best plan free and solve it, again and again."""
        while self._left > 0.2 and time.monotonic() - self._begun < until:
            with self._lock:
                best, seed = self._best, self._random.randrange(1 << 30)
            if best is None:
                time.sleep(0.05)
                continue
            before, plan = best
            with self._lock:
                freed = self._freeing.choose(plan)
                patience = _PATIENCE if self._vain < _STUCK else _PATIENCE_STUCK
                stuck = self._vain >= _STUCK and self._random.random() < _WANDERS
                cells = self._random.sample(freed.cells, min(_UNLIKE, len(freed.cells)))
            begun = time.monotonic()
            solver = self._solver(min(patience, self._left), 1)
            solver.parameters.random_seed = seed
            solver.parameters.linearization_level = 2
            model = self._model.around(plan, freed, self._values_of(plan))
            if stuck:
                self._model.unlike(model, [(worker, day, plan[worker][day]) for worker, day in cells])
            status = solver.solve(model)
            gain = 0
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                found = self._model.plan_of(solver.boolean_value)
                gain = max(0, before - cost(self._problem, found))
                self._offer(found, list(solver.response_proto.solution), wander=stuck)
            with self._lock:
                self._vain = 0 if gain else self._vain + 1
                self._freeing.learn(freed, gain, time.monotonic() - begun, status == cp_model.OPTIMAL)

    def _values_of(self, plan: Assignment) -> list[int]:
        """What every variable is in a plan."""
        known = self._values
        if known is not None and known[0] is plan:
            return known[1]
        solver = self._solver(_PATIENCE_STUCK, 1)
        solver.solve(self._model.around(plan))
        values = list(solver.response_proto.solution)
        with self._lock:
            if self._best is not None and self._best[1] is plan:
                self._values = plan, values
        return values

    def _stop_if_proven(self) -> None:
        if self._proven:
            for solver in [*self._running.values()]:
                solver.stop_search()

    def _solver(self, seconds: float, workers: int) -> Any:
        solver = self._running[threading.get_ident()] = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = self._seed
        return solver

    def _hint(self, model: Any, plan: Assignment) -> None:
        model.clear_hints()
        for (worker, day, shift), literal in self._model.taken.items():
            if not isinstance(literal, int):
                model.add_hint(literal, 1 if plan[worker][day] == shift else 0)

    def _offer(self, plan: Assignment, values: list[int] | None = None, *, wander: bool = False) -> bool:
        """Take a plan if it is better than the best, or as good when wandering; its cost is counted anew."""
        price = cost(self._problem, plan)
        with self._lock:
            if self._best is not None and price >= self._best[0]:
                if wander and price == self._best[0]:
                    self._best = (price, plan)
                    self._values = None if values is None else (plan, values)
                return False
            self._best = (price, plan)
            self._values = None if values is None else (plan, values)
            self._stop_if_proven()
            step = Step(price, self._bound, time.monotonic() - self._begun, plan)
        self._tell(step)
        return True

    def _raise_bound(self, bound: float) -> None:
        with self._lock:
            whole = math.ceil(bound - _ROUNDING)
            if self._bound is not None and whole <= self._bound:
                return
            self._bound = whole
            self._stop_if_proven()
            step = Step(None if self._best is None else self._best[0], whole, time.monotonic() - self._begun)
        self._tell(step)


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Hears of the solutions of the whole model."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search

    def on_solution_callback(self) -> None:
        """Offer the solution."""
        self._search._offer(self._search._model.plan_of(self.boolean_value))
