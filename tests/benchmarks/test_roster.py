"""The reader and the judge of the staff-rostering instances; the long runs are `python -m tests.benchmarks.roster`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.roster.instances import HOURS, as_month, judged, read
from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker

pytest.importorskip("ortools", reason="the solver is an extra")


def test_the_smallest_instance_is_solved_and_judged_by_the_format_itself(cases: Path) -> None:
    instance = read(cases / "roster" / "Instance1.txt")
    month = as_month(instance)
    made = filling(month.facts, {}, points=month.points)
    running = Running(made.problem, 120, workers=1)
    list(running.steps())
    assert running.best is not None
    assert running.best.plan is not None
    assert running.last.proven
    plan = made.plan_of(running.best.plan)
    assert judged(instance, month.assignment(instance, plan)) == (607, [])
    assert running.best.best == 607 * HOURS, "our cost is the format's"
    assert Checker(month.facts, plan).report().hard == 0


def test_the_judge_finds_what_is_broken(cases: Path) -> None:
    instance = read(cases / "roster" / "Instance1.txt")
    month = as_month(instance)
    always = {(one.login, day): "D" for one in month.facts.people for day in month.days}
    _total, wrong = judged(instance, month.assignment(instance, always))
    assert len(wrong) > 3 * len(instance.staff)
    hard = [one for one in Checker(month.facts, always).report().findings if one.severity == "hard"]
    assert {one.rule for one in hard} == {"absent", "max_consecutive", "max_weekends", "monthly_norm"}
