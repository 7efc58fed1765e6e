"""`cover --depth` as interchange.md has it: the fewest pairs, learning first, even load, single points of failure."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import House, house
from leadconsole.curation import commands, depths
from leadconsole.curation.deepening import depth_plan
from leadconsole.curation.depths import Thin
from leadconsole.kernel import i18n
from leadconsole.kernel.errors import Cancelled, Refused
from leadconsole.team.commands import enter


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.person("vera", "contractor")
    made.person("boss", "director")
    made.person("gone", ended="2026-02-01")
    made.client("bolt")
    made.client("left", status="left")
    levels = [("acme", "lida", "lead"), ("acme", "vera", "learning"), ("bolt", "lida", "lead")]
    commands.set_levels(made.desk(), levels, "2026-01-01")
    return made


def test_learning_first_and_even_load_with_a_reason_and_a_proof(home: House) -> None:
    told = depth_plan(home.desk(), 2)
    assert (told.depth, told.missing) == (2, 2)
    assert [(one.client, one.login, one.learning) for one in told.pairs] == [
        ("acme", "vera", True),
        ("bolt", "anna", False),
    ]
    assert told.pairs[0].because == "is learning it already, covers 0 clients, 1 with this plan"
    assert "fewer can't do" in told.proof
    assert [(one.login, one.clients) for one in told.single_points] == [("lida", ("acme", "bolt"))]
    assert told.load["lida"] == (2, 2)
    i18n.use("ru")
    assert "уже знакомится" in depth_plan(home.desk(), 2).pairs[0].because


def test_who_worked_for_the_client_comes_first_among_equals(home: House) -> None:
    home.ticket(client="bolt", assignee="oleg")
    (one,) = [pair for pair in depth_plan(home.desk(), 2).pairs if pair.client == "bolt"]
    assert one.login == "oleg"
    assert one.because.startswith("1 ticket of this client")


def test_everybody_who_may_gain_is_not_enough(home: House) -> None:
    told = depth_plan(home.desk(), 5)
    assert [(one.client, one.have, one.possible) for one in told.impossible] == [("acme", 1, 3), ("bolt", 1, 3)]
    assert told.missing == len(told.pairs) == 6
    assert {one.login for one in told.pairs} == {"anna", "oleg", "vera"}


def test_a_desk_that_is_deep_enough_needs_nothing(home: House) -> None:
    told = depth_plan(home.desk(), 1)
    assert (told.missing, told.pairs, told.impossible) == (0, (), ())
    enter(home.desk(), "people", {"login": "lida", "ended": "2026-03-01"})
    assert depth_plan(home.desk(), 1).missing == 2, "who left counts nowhere"


def test_it_can_be_stopped_and_refuses_a_depth_that_is_none(home: House) -> None:
    with pytest.raises(Cancelled):
        depth_plan(home.desk(), 2, lambda: True)
    with pytest.raises(Refused):
        depth_plan(home.desk(), 0)


names = st.frozensets(st.sampled_from("abcde"), max_size=4)
thin = st.lists(st.tuples(st.integers(1, 3), names, names), min_size=1, max_size=4)


@given(thin, st.dictionaries(st.sampled_from("abcde"), st.integers(0, 4)))
@settings(max_examples=200, deadline=None)
def test_no_choice_of_pairs_is_more_even(
    given_clients: list[tuple[int, frozenset[str], frozenset[str]]], covers: dict[str, int]
) -> None:
    clients = [
        Thin(f"c{n}", lacks, tuple(sorted(learners)), tuple(sorted(others - learners)), {})
        for n, (lacks, learners, others) in enumerate(given_clients)
    ]
    chosen = depths.pairs(clients, covers)
    assert len({(one.client, one.login) for one in chosen}) == len(chosen)
    ways = []
    for one in clients:
        learners = min(one.lacks, len(one.learners))
        rest = min(one.lacks - learners, len(one.others))
        ways.append(
            [
                set(first) | set(second)
                for first in combinations(one.learners, learners)
                for second in combinations(one.others, rest)
            ]
        )
        mine = {pair.login for pair in chosen if pair.client == one.code}
        assert mine in ways[-1]

    def uneven(sets: tuple[set[str], ...]) -> int:
        load = dict(covers)
        for people in sets:
            for login in people:
                load[login] = load.get(login, 0) + 1
        return sum(count * count for count in load.values())

    mine_sets = tuple({pair.login for pair in chosen if pair.client == one.code} for one in clients)
    assert uneven(mine_sets) == min(uneven(sets) for sets in product(*ways))
