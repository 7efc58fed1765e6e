"""Handovers of leading and learning tasks: steps, dates, the day on which the lead moves by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, at, house
from leadconsole.curation import commands, handing, progress, queries, rules, teaching
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import undo


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.client("bolt")
    commands.set_level(made.desk(), "acme", "lida", "lead", "2026-01-01")
    return made


def level(home: House, login: str, day: str = "") -> str | None:
    return queries.matrix(home.desk(), day).level("acme", login)


def test_the_lead_moves_by_itself_on_the_effective_day(home: House) -> None:
    handing.begin_handover(home.desk(), "acme", "oleg", "2026-03-16")
    assert (level(home, "lida"), level(home, "oleg")) == ("lead", "learning")
    assert (level(home, "lida", "2026-03-15"), level(home, "oleg", "2026-03-15")) == ("lead", "learning")
    assert (level(home, "lida", "2026-03-16"), level(home, "oleg", "2026-03-16")) == ("curator", "lead")
    (one,) = progress.handovers(home.desk())
    assert (one.giver, one.taker, one.state, one.days_left, one.done_steps) == ("lida", "oleg", "running", 14, 0)
    home.clock.at = at("2026-03-16T09:00:00+03:00")
    assert level(home, "oleg") == "lead"
    assert progress.handovers(home.desk())[0].state == "late"
    undo(home.desk())
    assert (level(home, "lida"), level(home, "oleg")) == ("lead", None)
    assert progress.handovers(home.desk()) == ()


def test_steps_are_ticked_by_those_who_have_a_part(home: House) -> None:
    home.person("vera")
    handing.begin_handover(home.desk(), "acme", "oleg", "2026-03-16")
    with pytest.raises(Refused, match="Only who gives"):
        handing.step_handover(home.desk("vera"), "acme", "2026-03-02", "access")
    with pytest.raises(Refused, match="Still to do: introduction to the client"):
        handing.step_handover(home.desk("oleg"), "acme", "2026-03-02", "done")
    for step in rules.STEPS:
        handing.step_handover(home.desk("oleg"), "acme", "2026-03-02", step)
    (one,) = progress.handovers(home.desk(), "lida")
    assert (one.state, one.done_steps, set(one.steps.values())) == ("done", 5, {"2026-03-02"})
    with pytest.raises(Refused, match="open it again first"):
        handing.step_handover(home.desk(), "acme", "2026-03-02", "access", done=False)
    handing.step_handover(home.desk(), "acme", "2026-03-02", "done", done=False)
    assert progress.handovers(home.desk())[0].state == "running"
    assert progress.handovers(home.desk(), "vera") == ()


def test_a_handover_moves_and_is_called_off_before_its_day(home: House) -> None:
    handing.begin_handover(home.desk(), "acme", "oleg", "2026-03-16")
    with pytest.raises(Refused, match="handed over to oleg already"):
        handing.begin_handover(home.desk(), "acme", "anna", "2026-03-20")
    handing.move_handover(home.desk(), "acme", "2026-03-02", "2026-03-23")
    assert (level(home, "oleg", "2026-03-22"), level(home, "oleg", "2026-03-23")) == ("learning", "lead")
    handing.cancel_handover(home.desk(), "acme", "2026-03-02")
    assert (level(home, "lida", "2026-03-23"), level(home, "oleg", "2026-03-23")) == ("lead", "learning")
    assert progress.handovers(home.desk())[0].state == "cancelled"
    handing.begin_handover(home.desk(), "acme", "anna", "2026-03-03", begun="2026-03-01")
    home.clock.at = at("2026-03-03T09:00:00+03:00")
    with pytest.raises(Refused, match="took effect on 3 Mar 2026"):
        handing.cancel_handover(home.desk(), "acme", "2026-03-01")
    with pytest.raises(Refused, match="Nobody leads bolt"):
        handing.begin_handover(home.desk(), "bolt", "anna", "2026-04-01")


def test_learning_tasks_are_planned_done_and_dropped(home: House) -> None:
    pairs = [("acme", "oleg", "covers few"), ("acme", "anna", ""), ("acme", "oleg", "again")]
    assert teaching.plan_learning(home.desk(), pairs, "2026-03-20") == 2
    assert (level(home, "oleg"), level(home, "anna")) == ("learning", "learning")
    assert [(one.login, one.due, one.because, one.state) for one in progress.tasks(home.desk())] == [
        ("anna", "2026-03-20", None, "open"),
        ("oleg", "2026-03-20", "covers few", "open"),
    ]
    teaching.finish_learning(home.desk(), "acme", "oleg", "2026-03-02")
    assert level(home, "oleg") == "curator"
    teaching.drop_learning(home.desk(), "acme", "anna", "2026-03-02")
    assert level(home, "anna") is None
    assert {one.state for one in progress.tasks(home.desk())} == {"done", "dropped"}
    with pytest.raises(Refused, match="ended already"):
        teaching.finish_learning(home.desk(), "acme", "oleg", "2026-03-02")
    teaching.plan_learning(home.desk(), [("bolt", "oleg", "")], "2026-03-20")
    home.clock.at = at("2026-03-21T09:00:00+03:00")
    assert [one.state for one in progress.tasks(home.desk(), "oleg")] == ["late", "done"]
