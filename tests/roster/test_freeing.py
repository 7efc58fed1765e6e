"""Which part of a plan is set free next: places that cost, kinds that gain, sizes that can be solved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("ortools", reason="the solver is an extra")

from ortools.sat.python import cp_model

from leadconsole.roster.fill.freeing import Freed, Freeing, sores
from leadconsole.roster.fill.model import Model
from leadconsole.roster.fill.problem import FREE, Gap, Need, Problem, Share, Worker, broken, cost

DAYS = 7


def home() -> Problem:
    """Three people, the last of whom has nothing to choose; somebody is wanted daily, two know a client."""
    open_row, fixed = ((0, FREE),) * DAYS, ((FREE,),) * DAYS
    needs = tuple(Need(((1, ((0, day, 0), (1, day, 0))),), 1, ((0, day, 0), (1, day, 0)), 50, 5) for day in range(DAYS))
    share = Share(dict.fromkeys((0, 1), ((5, 0), (6, 0))), {0: 3, 1: 3}, 1)
    workers = (Worker(open_row, {(2, 0): 4}), Worker(open_row, max_row=5), Worker(fixed))
    return Problem(((480,) * DAYS,), workers, needs=needs, gaps=(Gap(((0, 3), (1, 3)), 7),), shares=(share,))


def test_what_costs_is_found_where_it_costs() -> None:
    plan = ((FREE, FREE, 0, FREE, 0, 0, 0), (FREE, 0, FREE, FREE, 0, 0, 0), (FREE,) * DAYS)
    assert sorted((one.points, one.day) for one in sores(home(), plan)) == [
        (4, 2), (5, 4), (5, 5), (5, 6), (7, 3), (50, 0), (50, 3),
    ]  # fmt: skip
    uneven = ((0,) * DAYS, (*(0,) * 4, FREE, FREE, 0), (FREE,) * DAYS)
    shared = [(one.points, one.people) for one in sores(home(), uneven) if one.day is None]
    assert shared == [(3, (1,)), (3, (0,))]


def test_parts_hold_only_what_is_open_and_often_what_costs() -> None:
    plan = ((FREE, *(0,) * 6), (FREE,) * DAYS, (FREE,) * DAYS)
    freeing = Freeing(home(), "1")
    freed = [freeing.choose(plan) for _turn in range(60)]
    assert all(one.people <= {0, 1} and one.days <= {*range(DAYS)} for one in freed)
    assert {one.kind for one in freed} == {"days", "people", "block"}
    assert sum(0 in one.days for one in freed) > 30, "nobody works on the first day"


def test_parts_grow_while_they_are_solved_in_vain_and_shrink_where_they_are_not_solved() -> None:
    problem = home()
    plan = ((0,) * DAYS, (FREE,) * DAYS, (FREE,) * DAYS)
    grown, shrunk = Freeing(problem, "2"), Freeing(problem, "2")
    for _turn in range(30):
        grown.learn(Freed("days", frozenset(), frozenset()), 0, 0.1, True)
        shrunk.learn(Freed("days", frozenset(), frozenset()), 0, 2.0, False)
    large, small = (
        {len(one.days) for one in (freeing.choose(plan) for _turn in range(40)) if one.kind == "days"}
        for freeing in (grown, shrunk)
    )
    assert (large, small) == ({DAYS}, {2})


@given(st.lists(st.sampled_from([0, FREE]), min_size=2 * DAYS, max_size=2 * DAYS))
@settings(max_examples=20, deadline=None)
def test_what_is_around_a_part_stays_and_the_rest_becomes_no_dearer(cells: list[int]) -> None:
    problem = home()
    plan = (tuple(cells[:DAYS]), tuple(cells[DAYS:]), (FREE,) * DAYS)
    if broken(problem, plan):
        return
    model, solver = Model(problem), cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.around(plan)) == cp_model.OPTIMAL
    assert round(solver.objective_value) == cost(problem, plan)
    values = list(solver.response_proto.solution)
    freed = Freed("block", frozenset({0}), frozenset({2, 3, 4}))
    assert solver.solve(model.around(plan, freed, values)) == cp_model.OPTIMAL
    found = model.plan_of(solver.boolean_value)
    assert cost(problem, found) == round(solver.objective_value) <= cost(problem, plan)
    assert (found[0][:2], found[0][5:], found[1]) == (plan[0][:2], plan[0][5:], plan[1])


def test_a_plan_that_is_as_good_is_found_elsewhere() -> None:
    problem = home()
    plan = ((0, FREE, FREE, 0, 0, 0, FREE), (FREE, 0, 0, FREE, FREE, FREE, 0), (FREE,) * DAYS)
    model, solver = Model(problem), cp_model.CpSolver()
    solver.parameters.num_workers = 1
    wandering = model.around(plan, Freed("block", frozenset({0, 1}), frozenset({0, 1, 2, 3, 4})))
    model.unlike(wandering, [(0, 0, 0), (0, 1, FREE), (0, 4, 0)])
    assert solver.solve(wandering) == cp_model.OPTIMAL
    found = model.plan_of(solver.boolean_value)
    assert cost(problem, found) == cost(problem, plan)
    assert (found[0][0], found[0][4]) == (FREE, FREE)
