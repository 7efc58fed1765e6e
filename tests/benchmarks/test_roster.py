"""The reader and the judge of the staff-rostering instances; the long runs are `python -m tests.benchmarks.roster`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.roster.instances import as_problem, judged, read
from leadconsole.roster.fill.problem import broken, cost
from leadconsole.roster.fill.process import Running

pytest.importorskip("ortools", reason="the solver is an extra")


def test_the_smallest_instance_is_solved_and_judged_by_the_format_itself(cases: Path) -> None:
    instance = read(cases / "roster" / "Instance1.txt")
    problem = as_problem(instance)
    running = Running(problem, 20, workers=1)
    for step in running.steps():
        if step.best is not None and step.best <= 700:
            running.cancel()
    assert running.best is not None
    assert running.best.plan is not None
    assert broken(problem, running.best.plan) == []
    assert judged(instance, running.best.plan) == (running.best.best, []), "our cost is the format's"
    assert cost(problem, running.best.plan) == running.best.best


def test_the_judge_finds_what_is_broken(cases: Path) -> None:
    instance = read(cases / "roster" / "Instance1.txt")
    problem = as_problem(instance)
    plan = tuple((0,) * problem.days for _worker in problem.workers)
    _total, wrong = judged(instance, plan)
    assert len(wrong) > 3 * len(problem.workers)
    assert broken(problem, plan)
