"""The plan of substitutes is the best there is: compared with every plan there is, on small cases."""

from __future__ import annotations

from itertools import groupby, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.curation import pieces
from leadconsole.curation.pieces import Away, Piece
from leadconsole.curation.plans import Need, choose

Value = tuple[int, int, tuple[tuple[str, ...], ...]]


def value(needs: list[Need], picked: tuple[int, ...]) -> Value:
    """What a plan is judged by: the largest gain, how many people, their logins by client code."""
    loads: dict[str, int] = {}
    for need, option in zip(needs, picked, strict=True):
        for login in set(need.options[option]):
            loads[login] = loads.get(login, 0) + need.minutes
    chosen = {need.code: tuple(need.options[option]) for need, option in zip(needs, picked, strict=True)}
    return max(loads.values(), default=0), len(loads), tuple(chosen[code] for code in sorted(chosen))


def best(needs: list[Need]) -> Value:
    """The value of the best of all plans."""
    return min(value(needs, picked) for picked in product(*(range(len(need.options)) for need in needs)))


way = st.lists(st.sampled_from("abcde"), min_size=1, max_size=3).map(tuple) | st.sampled_from("abcde").map(
    lambda a: (a,)
)
minutes = st.sampled_from([0, 0, 1, 2, 3, 5, 8]) | st.integers(0, 60)
some_needs = st.lists(
    st.tuples(minutes, st.lists(way, min_size=1, max_size=4, unique=True)), min_size=1, max_size=6
).map(lambda given: [Need(f"c{n}", weight, ways) for n, (weight, ways) in enumerate(given)])


@given(some_needs, st.randoms())
@settings(max_examples=300, deadline=None)
def test_no_plan_is_better(needs: list[Need], random: object) -> None:
    random.shuffle(needs)  # type: ignore[attr-defined]
    choice = choose(needs)
    assert choice.proved
    assert value(needs, choice.options) == best(needs)


def test_nothing_to_choose() -> None:
    assert choose([]) == ((), True)


def test_the_largest_gain_comes_first_then_few_people_then_logins() -> None:
    everybody = [("anna",), ("boris",), ("vera",)]
    assert choose([Need("a", 10, everybody), Need("b", 10, everybody)]).options == (0, 1)
    assert choose([Need("a", 0, everybody), Need("b", 0, everybody)]).options == (0, 0)
    # Two people must share three clients of one weight; the first by code goes to the first login.
    assert choose([Need(code, 5, everybody[:2]) for code in "abc"]).options == (0, 0, 1)


DAYS = [f"2026-03-{n:02}" for n in range(2, 9)]


def fewest(away: Away) -> tuple[int, set[tuple[str, ...]]]:
    """The fewest pieces, and everybody's order in them, by trying everybody on every day."""
    runs = []
    for open_day, group in groupby(away.days, key=lambda one: not one[1]):
        if not open_day:
            runs.append([able for _day, able in group])
    count = 0
    orders: set[tuple[str, ...]] = {()}
    for run in runs:
        found: dict[int, set[tuple[str, ...]]] = {}
        for picked in product(*(sorted(able) for able in run)):
            order = tuple(login for login, _same in groupby(picked))
            found.setdefault(len(order), set()).add(order)
        count += min(found)
        orders = {one + other for one in orders for other in found[min(found)]}
    return count, orders


@given(st.lists(st.frozensets(st.sampled_from("abcd")), min_size=1, max_size=7))
@settings(max_examples=200, deadline=None)
def test_pieces_are_the_fewest_and_all_orders_are_known(days: list[frozenset[str]]) -> None:
    away = Away("2026-03-01", "2026-03-10", list(zip(DAYS, days, strict=False)))
    count, orders = fewest(away)
    ways = pieces.ways([away])
    if not count:
        assert ways == []
        return
    assert {pieces.logins(way) for way in ways} == orders
    for way in ways:
        covered = {}
        for piece in way:
            assert piece.first <= piece.last
            for day, able in away.days:
                if piece.first <= day <= piece.last:
                    assert piece.login in able
                    assert day not in covered
                    covered[day] = piece.login
        assert covered.keys() == {day for day, able in away.days if able}


def test_one_person_for_the_whole_absence_reaches_to_its_ends() -> None:
    friday, monday = ("2026-03-06", frozenset("ab")), ("2026-03-09", frozenset("b"))
    (way,) = pieces.ways([Away("2026-03-05", "2026-03-11", [friday, monday])])
    assert way == (Piece("b", "2026-03-05", "2026-03-11"),)
    one, other = ("2026-03-06", frozenset("a")), ("2026-03-09", frozenset("b"))
    (way,) = pieces.ways([Away("2026-03-05", "2026-03-11", [one, other])])
    assert way == (Piece("a", "2026-03-05", "2026-03-06"), Piece("b", "2026-03-09", "2026-03-11"))


@pytest.mark.parametrize("seed", range(3))
def test_many_clients_are_planned_within_the_steps(seed: int) -> None:
    from random import Random

    random = Random(seed)
    people = [f"p{n:02}" for n in range(20)]
    needs = [
        Need(f"c{n:02}", random.randrange(0, 500), [(login,) for login in sorted(random.sample(people, 2))])
        for n in range(30)
    ]
    choice = choose(needs)
    most, count, _logins = value(needs, choice.options)
    assert most >= max(need.minutes for need in needs)
    assert count <= 20
