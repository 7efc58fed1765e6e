"""Auto-fill: the month as a problem, the search in its own process, what comes out and what stays as it was."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.period import Month
from leadconsole.roster.fill import process
from leadconsole.roster.fill.month import MOVED, Filling, filling
from leadconsole.roster.fill.outcome import Outcome, outcome
from leadconsole.roster.fill.problem import Assignment, broken, cost
from leadconsole.roster.repair import replacements
from leadconsole.roster.results import without_plan
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence, Cell, MonthFacts, Person, Wish
from leadconsole.roster.rules.names import DEFAULTS, RuleName, Severity
from roster.months import TYPES, days, demand, facts, only

SHORT = {code: TYPES[code] for code in "DN"}
R = RuleName
pytest.importorskip("ortools", reason="the solver is an extra")


def searched(
    home: MonthFacts, plan: dict[Cell, str], seconds: float = 40, *, lawful: bool = True, **how: Any
) -> Outcome:
    """The outcome of a search in a process of its own; `lawful`: what is fixed breaks no rule of rows by itself."""
    made = filling(home, plan, **how)
    running = process.Running(made.problem, seconds, workers=1)
    list(running.steps())
    assert running.best is not None
    assert running.best.plan is not None
    if lawful:
        assert broken(made.problem.softer or made.problem, running.best.plan) == []
    return outcome(home, plan, made, running.best, running.last)


def team() -> MonthFacts:
    """Four people, one a working day and one at night on weekends; a day off that somebody wants."""
    persons = tuple(Person(login, login, (1,), 1200) for login in ("anna", "ivan", "lida", "oleg"))
    return facts(
        persons=persons,
        types=SHORT,
        demand=demand(("workday", 9, 18, 1, 1), ("weekend", 21, 9, 1, 1)),
        absences={"ivan": (Absence("2026-03-02", "2026-03-15", "vacation"),)},
        wishes={("lida", "2026-03-20"): Wish("off", 5)},
    )


def test_a_month_is_filled_legally_and_what_is_fixed_stays() -> None:
    home = team()
    fixed = {**days("lida", "D", "2026-03-03"), **days("oleg", "N", "2026-03-07"), **days("anna", "D", "2026-02-28")}
    found = searched(home, fixed, 8)
    assert found.status in ("optimal", "feasible")
    assert found.obstacles == ()
    assert {cell: found.plan[cell] for cell in fixed if cell in found.plan} == {
        ("lida", "2026-03-03"): "D", ("oleg", "2026-03-07"): "N",
    }  # fmt: skip
    assert not [cell for cell in found.plan if cell[0] == "ivan" and cell[1] <= "2026-03-15"]
    assert all(one.have >= one.need for one in found.report.coverage)


def test_a_demand_larger_than_the_team_is_told_with_its_days() -> None:
    persons = (Person("anna", "Anna", (1,)), Person("lida", "Lida", (2,)))
    home = facts(persons=persons, types=SHORT, demand=demand(("2026-03-03", 9, 18, 1, 2), ("2026-03-04", 9, 18, 2, 1)))
    found = searched(home, {})
    assert (found.status, found.proven) == ("infeasible", True)
    assert [(one.rule, one.day) for one in found.obstacles] == [(RuleName.UNDERSTAFFED, "2026-03-03")]


def test_a_fixed_cell_that_breaks_a_rule_is_what_stands_in_the_way() -> None:
    home = facts("anna", types=SHORT, demand=demand(("2026-03-10", 9, 18, 1, 1)))
    found = searched(home, {("anna", "2026-03-02"): "N", ("anna", "2026-03-03"): "D"})
    assert found.status == "infeasible"
    assert {one.rule for one in found.obstacles} == {RuleName.TWO_SHIFTS}
    assert found.plan["anna", "2026-03-10"] == "D"


def test_a_repair_touches_as_few_cells_as_it_can() -> None:
    home = facts(
        "anna", "lida", "oleg", types=SHORT, demand=demand(("workday", 9, 18, 1, 1)), rules=only(
            RuleName.UNDERSTAFFED, RuleName.ABSENT, RuleName.TWO_SHIFTS, RuleName.DOUBLE_BOOKED,
        ),
        absences={"anna": (Absence("2026-03-17", "2026-03-18", "sick"),)},
    )  # fmt: skip
    plan = {
        (("anna", "lida")[number % 2], day): "D" for number, day in enumerate(home.days) if home.stretches_of.get(day)
    }
    moved = [cell for cell in plan if cell[0] == "anna" and cell[1] in ("2026-03-17", "2026-03-18")]
    found = searched(home, plan, repair_from="2026-03-16")
    assert found.status == "optimal"
    changed = {cell for cell in {*plan, *found.plan} if plan.get(cell) != found.plan.get(cell)}
    assert len(changed) == 2 * len(moved)
    assert found.objective < MOVED * (2 * len(moved) + 1)


def test_a_search_can_be_stopped_and_its_best_taken() -> None:
    home = team()
    made = filling(home, {})
    running = process.Running(made.problem, 60, workers=1)
    for step in running.steps():
        if step.plan is not None and step.seconds > 0.2:
            running.cancel()
    assert running.cancelled
    assert running.best is not None


def test_a_search_that_is_killed_leaves_what_it_said() -> None:
    running = process.Running(filling(team(), {}).problem, 60, workers=1)
    running._process.kill()
    assert [step for step in running.steps() if step.proven] == []
    assert (running.died, running.failed) == (True, False)


def test_a_solver_that_can_not_be_loaded_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_module: str) -> subprocess.Popen[bytes]:
        code = "import no_such_solver"
        return subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    monkeypatch.setattr(process, "start_solver", broken)
    running = process.Running(filling(team(), {}).problem, 60, workers=1)
    assert list(running.steps()) == []
    assert (running.died, running.failed) == (True, True)
    assert "The solver failed with an error; install it anew" in without_plan(running)


def test_without_the_solver_the_program_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"pip install 'leadconsole\[solver\]'"):
        process.Running(filling(team(), {}).problem)


def test_replacements_for_one_shift() -> None:
    persons = (
        Person("anna", "A", (1,)), Person("lida", "L", (1,)), Person("oleg", "O", (2,)),
        Person("vera", "V", (1, 2)), Person("ivan", "I", (1,), started="2026-03-10"),
    )  # fmt: skip
    home = facts(persons=persons, wishes={("vera", "2026-03-03"): Wish("off", 1)})
    plan = {**days("anna", "D", "2026-03-03"), **days("lida", "N", "2026-03-02")}
    assert [one.login for one in replacements(Checker(home, plan), "anna", "2026-03-03")] == ["vera"]
    assert replacements(Checker(home, plan), "anna", "2026-03-04") == ()
    free = replacements(Checker(home, days("anna", "D", "2026-03-20")), "anna", "2026-03-20")
    assert {(one.login, one.against_wish) for one in free} == {("ivan", False), ("lida", False), ("vera", False)}


def plan_of(made: Filling, chosen: list[int]) -> Assignment:
    """A plan whose cells are picked by numbers."""
    picks = iter(chosen)
    return tuple(
        tuple(options[next(picks) % len(options)] for options in worker.options) for worker in made.problem.workers
    )


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_what_the_problem_allows_is_what_the_check_allows(data: st.DataObject) -> None:
    """A plan breaks no hard part of the problem exactly when the check has no hard finding but missing people."""
    persons = (Person("anna", "A", (1,)), Person("lida", "L", (1, 2), timezone="Asia/Omsk"))
    home = facts(
        persons=persons,
        month=Month(2026, 10),
        timezone="Europe/Kyiv",
        types={code: TYPES[code] for code in "DEN"},
        demand=demand(("workday", 9, 22, 1, 1), ("workday", 9, 18, 2, 1), ("weekend", 21, 9, 0, 1)),
    )
    before = {**days("anna", "D", "2026-09-28", 3), **days("lida", "N", "2026-11-01", 1)}
    strict = data.draw(st.sets(st.sampled_from([R.MIN_CONSECUTIVE, R.MIN_DAYS_OFF, R.MAX_WEEKENDS])))
    rules = {name: rule._replace(severity=Severity.HARD) if name in strict else rule for name, rule in DEFAULTS.items()}
    home = replace(home, rules=rules, own_limits={"anna": {(R.MAX_CONSECUTIVE, ""): 4, (R.MAX_SHIFTS, "N"): 1}})
    made = filling(home, before)
    picks = data.draw(st.lists(st.integers(0, 11), min_size=62, max_size=62))
    plan = plan_of(made, [3 if pick > 5 else pick for pick in picks])
    report = Checker(home, {**before, **made.plan_of(plan)}).report()
    hard = {one.rule for one in report.findings if one.severity == "hard"} - {RuleName.UNDERSTAFFED}
    assert bool(broken(made.problem, plan)) == bool(hard)
    missing = sum((one.end - one.begin) for one in report.coverage if one.have < one.need)
    needs = sum(
        need.under * max(0, *(w - sum(plan[a][b] == c for a, b, c in p) for w, p in need.groups), 0)
        for need in made.problem.needs
        if need.groups
    )
    assert bool(needs) == bool(missing)
    assert cost(made.problem, plan) >= needs
