"""The rows of shifts that somebody may have, against every row there is; the bound against the best plan."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("ortools", reason="the solver is an extra")

from leadconsole.roster.fill.master import Master, NoRows
from leadconsole.roster.fill.problem import FREE, Gap, Need, Problem, Share, Step, Target, Worker, broken, cost
from leadconsole.roster.fill.rows import TooLarge
from leadconsole.roster.fill.search import Search

DAYS, SHIFTS = 6, 2
CELLS = st.tuples(st.integers(0, DAYS - 1), st.integers(0, SHIFTS - 1))


@st.composite
def workers(draw: Any) -> Worker:
    """Somebody with rules of every kind."""
    options = tuple(
        draw(st.sampled_from([(0, 1, FREE), (0, 1, FREE), (0, FREE), (1, FREE), (FREE,), (1,)])) for _day in range(DAYS)
    )
    costs = {
        (day, option): draw(st.integers(0, 9))
        for day, own in enumerate(options)
        for option in own
        if draw(st.booleans())
    }
    ways = st.lists(st.frozensets(CELLS, min_size=1, max_size=4), min_size=1, max_size=3).map(tuple)
    maybe = draw(st.sampled_from(["minutes", "target", "none"]))
    return Worker(
        options,
        costs,
        max_row=draw(st.sampled_from([None, 2, 3, 4])),
        min_row=draw(st.sampled_from([1, 1, 2, 3])),
        min_off=draw(st.sampled_from([1, 1, 2, 3])),
        run_before=draw(st.sampled_from([0, 0, 1, 2, 5])),
        run_after=draw(st.sampled_from([0, 0, 1, 2, 5])),
        max_weekends=draw(st.sampled_from([None, None, 0, 1])),
        max_of=draw(st.sampled_from([{}, {0: 1}, {1: 2}, {0: 2, 1: 0}])),
        max_minutes=draw(st.sampled_from([None, 2000])) if maybe == "minutes" else None,
        min_minutes=draw(st.sampled_from([None, 900])) if maybe == "minutes" else None,
        target=Target(1500, 300, 1, 4) if maybe == "target" else None,
        rests=draw(st.lists(ways, max_size=2).map(tuple)),
    )


@st.composite
def problems(draw: Any, people: int) -> Problem:
    """Some people with needs, gaps and shares."""
    staff = tuple(draw(workers()) for _one in range(people))
    clashes = draw(
        st.frozensets(
            st.tuples(CELLS, st.integers(1, 2), st.integers(0, SHIFTS - 1)).map(
                lambda one: (one[0][0], one[0][1], one[0][0] + one[1], one[2])
            ),
            max_size=6,
        )
    )
    clashes = frozenset(one for one in clashes if one[2] < DAYS)
    needs = []
    for day, shift in draw(st.lists(CELLS, max_size=5)):
        places = tuple((worker, day, shift) for worker in range(people))
        needs.append(Need(((1, places),), 1, places, draw(st.integers(1, 60)), draw(st.integers(0, 5))))
    gaps = tuple(Gap(((0, day), (people - 1, day)), 7) for day in draw(st.sets(st.integers(0, DAYS - 1), max_size=2)))
    share = Share(
        {one: tuple((day, 1) for day in range(DAYS)) for one in range(people)}, dict.fromkeys(range(people), 3), 2
    )
    shares = (share,) if draw(st.booleans()) else ()
    minutes = tuple((length,) * DAYS for length in (480, 660))
    return Problem(minutes, staff, clashes, tuple(needs), gaps, shares, ((2, 3), (5,)), draw(st.integers(0, 50)))


def every(problem: Problem) -> list[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Every legal plan with its cost."""
    rows = []
    for number in range(len(problem.workers)):
        alone = Problem(problem.minutes, (problem.workers[number],), problem.clashes, weekends=problem.weekends)
        rows.append([row for row in product(*problem.workers[number].options) if not broken(alone, (row,))])
    return [(cost(problem, plan), plan) for plan in product(*rows)]


@given(problem=problems(people=1))
@settings(max_examples=80, deadline=None)
def test_the_cheapest_row_is_the_cheapest_of_all_that_are_legal(problem: Problem) -> None:
    bare = Problem(problem.minutes, problem.workers, problem.clashes, weekends=problem.weekends)
    legal = every(bare)
    try:
        master = Master(bare)
    except (NoRows, TooLarge):
        # Cells that are fixed may break a rule together; then rows are no way to search.
        assert not legal or any(len(options) == 1 for options in bare.workers[0].options)
        return
    total, ((_worker, row, price),) = master.price(master.duals if master.solve() else None)
    assert not broken(bare, (row,))
    assert (round(price), round(total)) == (cost(bare, (row,)), cost(bare, (row,)))
    assert cost(bare, (row,)) == min(legal)[0]


@given(problem=problems(people=2))
@settings(max_examples=12, deadline=None)
def test_the_search_finds_the_best_plan_and_proves_it(problem: Problem) -> None:
    legal = every(problem)
    told: list[Step] = []
    last = Search(problem, 2, told.append, workers=1).run()
    if not legal:
        assert last.plan is None or broken(problem, last.plan)
        return
    assert last.plan is not None
    assert (last.best, last.bound, last.proven) == (min(legal)[0], min(legal)[0], True)
    assert broken(problem, last.plan) == []
    assert all(one.bound is None or one.bound <= min(legal)[0] for one in told)
