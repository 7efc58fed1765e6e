"""Soft rules of rows in a fill: kept like hard ones where that can be, else broken as seldom as it can be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.problem import Problem, breaks, cost
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence, MonthFacts, Person
from leadconsole.roster.rules.names import DEFAULTS, RuleName, Severity
from roster.months import TYPES, days, demand, facts, only
from roster.test_fill import plan_of, searched

cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason="the solver is an extra")
R = RuleName
OF_ROWS = (
    R.DOUBLE_BOOKED, R.TWO_SHIFTS, R.WEEKLY_REST, R.MAX_CONSECUTIVE, R.MIN_CONSECUTIVE, R.MIN_DAYS_OFF, R.MAX_WEEKENDS,
    R.MAX_SHIFTS,
)  # fmt: skip


def soft(home: MonthFacts, *names: RuleName, **limits: int) -> MonthFacts:
    """The month with these rules soft, at other limits if they are given."""
    changed = {
        name: home.rules[name]._replace(severity=Severity.SOFT, limit=limits.get(name.value, home.rules[name].limit))
        for name in names
    }
    return replace(home, rules={**home.rules, **changed})


def of_rows(home: MonthFacts, plan: dict[Any, str]) -> list[RuleName]:
    """The soft findings of rules of rows."""
    return [one.rule for one in Checker(home, plan).report().findings if one.rule in OF_ROWS]


def model_cost(problem: Problem, plan: Any) -> int:
    """What the model says that a plan costs."""
    from leadconsole.roster.fill.model import Model

    model = Model(problem)
    for (worker, day, shift), literal in model.taken.items():
        if not isinstance(literal, int):
            model.cp.add(literal == int(plan[worker][day] == shift))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    found: int = round(solver.objective_value)
    return found


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_the_price_of_a_plan_is_that_of_its_breaks_and_the_model_knows_it(data: st.DataObject) -> None:
    home = facts(
        persons=(Person("anna", "A", (1,)), Person("lida", "L", (1,), started="2026-03-04")),
        types={code: TYPES[code] for code in "DN"},
        demand=demand(("workday", 9, 18, 1, 1)),
        rules=only(R.UNDERSTAFFED, *OF_ROWS),
        own_limits={"anna": {(R.MAX_SHIFTS, "N"): 1}},
    )
    home = soft(home, *data.draw(st.sets(st.sampled_from(OF_ROWS), min_size=1)))
    before = {**days("anna", "D", "2026-02-26", 3), **days("anna", "N", "2026-03-12")}
    made = filling(home, before)
    problem = made.problem.softer
    assert problem is not None
    picks = data.draw(st.lists(st.integers(0, 5), min_size=62, max_size=62))
    plan = plan_of(replace(made, problem=problem), [2 if pick > 3 else pick for pick in picks])
    hard = [
        one.rule for one in Checker(home, {**before, **made.plan_of(plan)}).report().findings if one.severity == "hard"
    ]
    if {*hard} & {*OF_ROWS}:
        return  # such a plan is none of the problem's
    told = {one.rule for one in Checker(home, {**before, **made.plan_of(plan)}).report().findings}
    found = 0
    for worker, row in zip(problem.workers, plan, strict=True):
        assert worker.soft is not None
        found += breaks(problem, worker, worker.soft, row)
    beside = sum(worker.costs.get((0, row[0]), 0) for worker, row in zip(problem.workers, plan, strict=True)) >= 3000
    assert bool(found) or beside or not told & {*OF_ROWS}, "what the check tells has a price"
    if found:
        assert told & {*OF_ROWS}, "what has a price is told by the check"
    assert model_cost(problem, plan) == cost(problem, plan)


def test_a_soft_rule_is_kept_where_another_person_can_work() -> None:
    wanted = demand(("workday", 9, 18, 1, 1), ("weekend", 9, 18, 1, 1))
    rules = only(R.UNDERSTAFFED, R.ABSENT, R.MAX_CONSECUTIVE)
    home = soft(facts("anna", "lida", types={"D": TYPES["D"]}, demand=wanted, rules=rules), R.MAX_CONSECUTIVE)
    found = searched(home, {}, 20)
    assert of_rows(home, found.plan) == []
    assert found.obstacles == ()


def test_where_people_are_too_few_a_soft_rule_is_broken_as_seldom_as_it_can_be() -> None:
    wanted = [(f"2026-03-{day:02}", 9, 18, 1, 1) for day in range(9, 19)]
    home = facts(
        persons=(Person("anna", "A", (1,)), Person("lida", "L", (1,), started="2026-03-17")),
        types={"D": TYPES["D"]},
        demand=demand(*wanted),
        rules=only(R.UNDERSTAFFED, R.ABSENT, R.MAX_CONSECUTIVE, R.MIN_DAYS_OFF),
    )
    home = soft(home, R.MAX_CONSECUTIVE, R.MIN_DAYS_OFF)
    found = searched(home, {}, 40)
    assert found.obstacles == ()
    assert of_rows(home, found.plan) == [R.MAX_CONSECUTIVE]
    long = [one.facts for one in found.report.findings if one.rule is R.MAX_CONSECUTIVE]
    assert long == [("2026-03-09", "2026-03-16", 8)], "the new one takes over on her first day"


def test_a_soft_rule_gives_way_to_missing_people_even_where_those_are_soft_too() -> None:
    wanted = demand(*[(f"2026-03-{day:02}", 9, 18, 1, 1) for day in range(9, 17)])
    home = facts("anna", types={"D": TYPES["D"]}, demand=wanted, rules=only(R.UNDERSTAFFED, R.MAX_CONSECUTIVE))
    home = soft(home, R.UNDERSTAFFED, R.MAX_CONSECUTIVE)
    found = searched(home, {}, 20)
    assert all(one.have >= one.need for one in found.report.coverage)
    assert of_rows(home, found.plan) == [R.MAX_CONSECUTIVE]


def test_the_defaults_have_no_softer_problem() -> None:
    assert filling(facts("anna", rules=DEFAULTS), {}).problem.softer is None


def test_a_repair_moves_nothing_to_cure_a_soft_rule_that_was_broken_before() -> None:
    home = facts(
        "anna", "lida", types={"D": TYPES["D"]}, demand=demand(("2026-03-20", 9, 18, 1, 1)),
        rules=only(R.UNDERSTAFFED, R.ABSENT, R.MAX_CONSECUTIVE),
        absences={"anna": (Absence("2026-03-20", "2026-03-20", "sick"),)},
    )  # fmt: skip
    home = soft(home, R.MAX_CONSECUTIVE)
    plan = {**days("lida", "D", "2026-03-05", 9), **days("anna", "D", "2026-03-20")}
    found = searched(home, plan, 20, repair_from="2026-03-02")
    assert found.status == "optimal"
    assert found.plan == {**days("lida", "D", "2026-03-05", 9), **days("lida", "D", "2026-03-20")}
