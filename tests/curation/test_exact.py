"""The solver's plan is the best there is too, is kept, is shown before it is approved, and stops when told to."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from curation.test_plans import best, value
from desks import House, house
from leadconsole.curation import approving, commands, plans, proving
from leadconsole.curation.facts import Absence
from leadconsole.curation.plans import Choice, Need
from leadconsole.curation.whatif import proved_what_if, what_if
from leadconsole.kernel.errors import Refused

pytest.importorskip("ortools", reason="the solver is an extra")

LIDA = Absence("lida", "2026-03-09", "2026-03-13")


def some_needs(seed: int) -> list[Need]:
    """A question that all plans can be tried for."""
    random = Random(seed)
    ways = [("a",), ("b",), ("c",), ("d",), ("a", "b"), ("b", "c", "b"), ("d", "a")]
    return [
        Need(f"c{n}", random.choice((0, 3, 5, 8, 13)), random.sample(ways, random.randint(1, 4)))
        for n in range(random.randint(1, 7))
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_is_better(seed: int) -> None:
    from leadconsole.curation import exact

    needs = some_needs(seed)
    worst = Choice(tuple(len(need.options) - 1 for need in needs), proved=False)
    choice = exact.best(needs, worst, 20)
    assert choice.proved
    assert value(needs, choice.options) == best(needs)


def test_without_time_the_plan_that_was_known_stays() -> None:
    from leadconsole.curation import exact

    random = Random(1)
    people = [f"p{n:02}" for n in range(20)]
    needs = [
        Need(f"c{n:03}", int(random.paretovariate(1.6) * 40), [(who,) for who in random.sample(people, 4)])
        for n in range(60)
    ]
    known = plans.choose(needs)
    choice = exact.best(needs, known, 0.1)
    assert value(needs, choice.options)[:2] <= value(needs, known.options)[:2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A desk on which the quick search finds a plan, but not the best."""
    made = house(tmp_path / "desk.db")
    made.client("bolt")
    made.person("vera")
    levels = [(client, login, "lead" if login == "lida" else "curator") for client in ("acme", "bolt")
              for login in ("lida", "oleg", "vera")]  # fmt: skip
    commands.set_levels(made.desk(), levels, "2026-01-01")
    monkeypatch.setattr(
        plans, "choose", lambda needs: Choice(tuple(len(need.options) - 1 for need in needs), proved=False)
    )
    return made


def test_what_the_solver_finds_is_kept_and_is_what_is_approved(home: House) -> None:
    desk = home.desk()
    first = what_if(desk, [LIDA])
    assert not first.proved
    assert {piece.login for one in first.clients for piece in one.substitutes} == {"vera"}
    found = proved_what_if(desk, [LIDA])
    assert found.proved
    assert {piece.login for one in found.clients for piece in one.substitutes} == {"oleg"}
    assert what_if(desk, [LIDA]) == found
    with pytest.raises(Refused, match="another plan is the best now"):
        approving.approve(desk, [LIDA], shown=first)
    approving.approve(desk, [LIDA], shown=found)
    assert desk.reader.execute("SELECT DISTINCT substitute FROM substitution").fetchall() == [("oleg",)]


def test_it_stops_when_told_to_and_does_without_the_solver(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = home.desk()
    assert not proved_what_if(desk, [LIDA], cancelled=lambda: True).proved
    monkeypatch.setattr(proving, "has_solver", lambda: False)
    assert not proved_what_if(desk, [LIDA]).proved
