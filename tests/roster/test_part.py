"""A fill of some cells only: what isn't marked stays, and stands in nobody's way if it can be planned later."""

from __future__ import annotations

import pytest

from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.part import Part
from leadconsole.roster.rules.month import Absence, Cell, MonthFacts
from leadconsole.roster.rules.names import RuleName, Severity
from roster.months import TYPES, days, demand, facts
from roster.test_fill import searched

pytest.importorskip("ortools", reason="the solver is an extra")
R = RuleName
WEEK = tuple(f"2026-03-{day:02}" for day in range(9, 16))


def house() -> MonthFacts:
    """Three people, one of line 1 on every working day."""
    return facts("anna", "lida", "oleg", types={"D": TYPES["D"]}, demand=demand(("workday", 9, 18, 1, 1)))


def cells(days_: tuple[str, ...], *logins: str) -> set[Cell]:
    """The cells of people on days."""
    return {(login, day) for login in logins for day in days_}


def test_a_week_is_filled_and_all_else_stays_empty() -> None:
    home = house()
    fixed = {**days("anna", "D", "2026-03-02", 2), **days("lida", "D", "2026-03-10")}
    found = searched(home, fixed, 20, only=cells(WEEK, "anna", "lida", "oleg"))
    assert found.status in ("optimal", "feasible"), "days that nobody asked about don't make it illegal"
    assert found.obstacles == ()
    assert {cell: code for cell, code in found.plan.items() if cell[1] not in WEEK} == days(
        "anna", "D", "2026-03-02", 2
    )
    assert found.plan["lida", "2026-03-10"] == "D"
    need = [one for one in found.report.coverage if one.day in WEEK]
    assert all(one.have >= one.need for one in need)
    hours = {login: sum(who == login and day in WEEK for who, day in found.plan) for login in ("anna", "lida", "oleg")}
    assert max(hours.values()) <= 6, "nobody works the whole month's hours in one week"


def test_one_person_is_filled_to_about_the_norm_although_others_are_empty() -> None:
    home = house()
    found = searched(home, {}, 20, only=cells(home.days, "anna"))
    assert found.obstacles == ()
    [anna] = [one for one in found.report.hours if one.login == "anna"]
    assert abs(anna.planned - anna.norm) <= 8 * 60
    assert {login for login, _day in found.plan} == {"anna"}


def test_what_only_the_marked_cells_could_meet_stands_in_the_way() -> None:
    away = {login: (Absence("2026-03-09", "2026-03-15", "vacation"),) for login in ("lida", "oleg")}
    home = facts("anna", "lida", "oleg", types={"D": TYPES["D"]}, demand=demand(("2026-03-10", 9, 18, 1, 2)),
                 absences=away)  # fmt: skip
    found = searched(home, {}, 20, only=cells(WEEK, "anna", "lida", "oleg"))
    assert found.status == "infeasible"
    assert [(one.rule, one.day) for one in found.obstacles] == [(R.UNDERSTAFFED, "2026-03-10")]


def test_what_was_broken_elsewhere_before_is_not_held_against_the_part() -> None:
    home = house()
    fixed = days("lida", "D", "2026-03-16", 8)
    found = searched(home, fixed, 20, lawful=False, only=cells(WEEK, "anna"))
    assert found.obstacles == ()
    assert R.MAX_CONSECUTIVE in {one.rule for one in found.report.findings if one.severity is Severity.HARD}


def test_the_hours_of_a_part_are_its_share_of_the_norm() -> None:
    home = house()
    norm = home.norm_minutes("anna")
    week = Part(home, {}, only=frozenset(cells(WEEK, "anna")))
    assert week.aim("anna") == norm * 4 * 480 // norm, "the 9th is a holiday"
    begun = days("anna", "D", "2026-03-02", 4) | days("anna", "D", "2026-03-18", 4) | days("anna", "D", "2026-03-23", 4)
    last = tuple(f"2026-03-{day}" for day in (30, 31))
    part = Part(home, begun, only=frozenset(cells(last, "anna") | cells(WEEK, "anna")))
    assert part.aim("anna") == norm, "days off in weeks that are planned aren't left to plan"
    assert Part(home, {}).aim("anna") == norm
    assert Part(home, {}).left == {}


def test_the_rest_of_the_month_can_not_be_changed() -> None:
    home = house()
    made = filling(home, days("anna", "D", "2026-03-02"), only=cells(WEEK, "anna"))
    open_cells = {
        (made.logins[number], made.days[place])
        for number, worker in enumerate(made.problem.workers)
        for place, options in enumerate(worker.options)
        if len(options) > 1
    }
    assert open_cells == cells(WEEK, "anna")
