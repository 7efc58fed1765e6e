"""What is fixed may break a rule of somebody's row by itself; then that row keeps what it can, and no plan is legal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ortools.sat.python import cp_model

from leadconsole.roster.fill.model import Model
from leadconsole.roster.fill.problem import FREE, Problem, Worker

_SECONDS = 2.0


def lenient(problem: Problem) -> tuple[Problem, bool]:
    """The problem with a row for everybody, and whether a rule had to go for that."""
    workers = []
    for worker in problem.workers:
        fixed = any(options != (FREE,) and len(options) == 1 for options in worker.options)
        workers.append(next(one for one in _gentler(worker) if not fixed or _possible(problem, one)))
    changed = any(one is not other for one, other in zip(workers, problem.workers, strict=True))
    return (replace(problem, workers=tuple(workers)) if changed else problem), changed


def _gentler(worker: Worker) -> Iterator[Worker]:
    """The rules of somebody, then fewer and fewer of them; the last always have a row."""
    yield worker
    worker = replace(worker, min_row=1, min_off=1)
    yield worker
    worker = replace(worker, max_weekends=None, max_of={})
    yield worker
    worker = replace(worker, rests=(), max_minutes=None, min_minutes=None, max_row=None)
    yield worker


def _possible(problem: Problem, worker: Worker) -> bool:
    if worker.max_row is None and not worker.rests:
        return True
    alone = Problem(problem.minutes, (worker,), problem.clashes, weekends=problem.weekends)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _SECONDS
    solver.parameters.num_workers = 1
    return bool(solver.solve(Model(alone).cp) != cp_model.INFEASIBLE)
