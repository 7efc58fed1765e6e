"""Levels as people set and load them: one lead at a time, nobody after the last day, everything undoable."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from intake.folders import load, write
from leadconsole.curation import commands, queries
from leadconsole.intake.report import ImportRejected
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.team.commands import enter

HEAD = "client,login,since,level,until"


def file(path: Path, rows: list[str]) -> Path:
    """A curation.csv of these rows."""
    return write(path / "curation.csv", "\n".join([HEAD, *rows]) + "\n")


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.client("bolt")
    return made


def held(home: House, day: str = "") -> dict[str, str]:
    """The levels on a day as `client/login: level`."""
    matrix = queries.matrix(home.desk(), day)
    return {f"{client}/{login}": row.level for (client, login), row in matrix.cells.items()}


def test_levels_are_set_changed_and_ended_from_a_day_on_and_undone(home: House) -> None:
    desk = home.desk()
    commands.set_level(desk, "acme", "lida", "learning", "2026-01-01")
    commands.set_level(desk, "acme", "lida", "curator", "2026-02-01")
    commands.set_level(desk, "acme", "lida", None, "2026-03-01")
    assert [held(home, day) for day in ("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-01")] == [
        {}, {"acme/lida": "learning"}, {"acme/lida": "curator"}, {},
    ]  # fmt: skip
    undo(desk)
    assert held(home) == {"acme/lida": "curator"}
    redo(desk)
    assert held(home) == {}
    assert [row.level for row in queries.cell(desk, "acme", "lida").rows] == ["learning", "curator"]


def test_a_level_taken_away_on_its_first_day_was_never_there(home: House) -> None:
    desk = home.desk()
    commands.set_level(desk, "acme", "lida", "learning", "2026-01-01")
    commands.set_level(desk, "acme", "lida", "curator", "2026-03-02")
    commands.set_level(desk, "acme", "lida", None)
    assert held(home, "2026-03-01") == {"acme/lida": "learning"}
    assert held(home) == held(home, "2027-01-01") == {}


def test_the_lead_is_moved_in_one_step(home: House) -> None:
    desk = home.desk()
    commands.set_level(desk, "acme", "lida", "lead", "2026-01-01")
    with pytest.raises(Refused, match="lida leads this client from 2 Mar 2026 on already, beside oleg") as refusal:
        commands.set_level(desk, "acme", "oleg", "lead")
    assert (refusal.value.code, refusal.value.field) == ("two_leads", "level")
    commands.move_lead(desk, "acme", "oleg", "2026-04-01")
    assert held(home, "2026-03-31") == {"acme/lida": "lead"}
    assert held(home, "2026-04-01") == {"acme/lida": "curator", "acme/oleg": "lead"}
    undo(desk)
    assert held(home, "2026-04-01") == {"acme/lida": "lead"}


def test_many_levels_are_one_step(home: House) -> None:
    desk = home.desk()
    commands.set_level(desk, "acme", "lida", "lead", "2026-01-01")
    wanted = [("acme", "oleg", "lead"), ("bolt", "lida", "lead"), ("bolt", "oleg", "curator")]
    assert commands.set_levels(desk, wanted) == 3
    assert held(home) == {"acme/lida": "curator", "acme/oleg": "lead", "bolt/lida": "lead", "bolt/oleg": "curator"}
    assert commands.set_levels(desk, wanted) == 0
    undo(desk)
    assert held(home) == {"acme/lida": "lead"}


def test_nobody_has_a_level_after_the_last_day_here(home: House) -> None:
    desk = home.desk()
    commands.set_level(desk, "acme", "lida", "lead", "2026-01-01")
    enter(desk, "people", {"login": "lida", "ended": "2026-03-31"})
    with pytest.raises(Refused, match="no level begins after that") as refusal:
        commands.set_level(desk, "bolt", "lida", "curator", "2026-04-01")
    assert refusal.value.field == "since"
    # Who left counts nowhere: somebody else may lead from the next day on, and then she can't come back as lead.
    commands.set_level(desk, "acme", "oleg", "lead", "2026-04-01")
    assert held(home, "2026-04-01") == {"acme/oleg": "lead"}
    with pytest.raises(Refused, match="exactly one person leads"):
        enter(desk, "people", {"login": "lida", "ended": ""})
    with pytest.raises(Refused, match="has a level of acme from 1 Apr 2026") as refusal:
        enter(desk, "people", {"login": "oleg", "ended": "2026-03-31"})
    assert refusal.value.field == "ended"


@pytest.mark.parametrize(
    ("rows", "line", "field", "words"),
    [
        (["acme,lida,2026-01-01,lead,", "acme,oleg,2026-02-01,lead,"], 3, "level", "exactly one person leads"),
        (["acme,oleg,2026-02-01,lead,", "acme,lida,2026-01-01,lead,"], 3, "level", "exactly one person leads"),
        (["acme,lida,2026-01-01,curator,", "nobody,lida,2026-01-01,lead,"], 3, "client", "no client «nobody»"),
        (["acme,nemo,2026-01-01,curator,"], 2, "login", "no person «nemo»"),
        (["acme,gone,2026-02-02,curator,"], 2, "since", "works here until"),
        (["acme,lida,2026-02-02,boss,"], 2, "level", "none of learning, curator, lead"),
        (["acme,lida,2026-02-02,lead,2026-02-01"], 2, "until", "ends"),
        (["acme,lida,2026-02-02,lead,", "acme,lida,2026-02-02,curator,"], 3, None, "stands on line 2 already"),
    ],
)
def test_rows_that_can_not_be_are_told_with_their_line(
    home: House, tmp_path: Path, rows: list[str], line: int, field: str | None, words: str
) -> None:
    home.person("gone", ended="2026-02-01")
    with pytest.raises(ImportRejected) as refusal:
        load(home, file(tmp_path, rows))
    (told,) = refusal.value.report.rejected
    assert (told.file, told.line, told.field) == ("curation.csv", line, field)
    assert words in told.message
    assert held(home) == {}


@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_the_rows_of_a_moved_lead_load_in_any_order(home: House, tmp_path: Path, order: int) -> None:
    rows = [
        "acme,lida,2026-01-01,lead,",
        "acme,oleg,2026-02-01,lead,2026-02-28",
        "acme,lida,2026-02-01,curator,",
        "acme,lida,2026-03-01,lead,",
    ]
    load(home, file(tmp_path, [*rows[order:], *rows[:order]]))
    assert held(home, "2026-01-31") == {"acme/lida": "lead"}
    assert held(home, "2026-02-28") == {"acme/lida": "curator", "acme/oleg": "lead"}
    assert held(home, "2026-03-01") == {"acme/lida": "lead"}


def test_a_bad_row_takes_no_good_one_with_it(home: House, tmp_path: Path) -> None:
    commands.set_level(home.desk(), "acme", "lida", "lead", "2026-01-01")
    rows = ["acme,oleg,2026-02-01,lead,", "acme,lida,2025-01-01,curator,", "acme,anna,2026-01-01,learning,"]
    report = load(home, file(tmp_path, rows), keep_good=True)
    assert [one.line for one in report.rejected] == [2]
    assert held(home) == {"acme/lida": "lead", "acme/anna": "learning"}


def test_only_the_lead_plans_and_a_director_does_not_look(home: House) -> None:
    home.person("boss", "director")
    with pytest.raises(NotAllowed):
        commands.set_level(home.desk("lida"), "acme", "lida", "lead")
    assert home.people["lida"] == Role.SPECIALIST
    assert queries.matrix(home.desk("lida")).clients
    with pytest.raises(NotAllowed):
        queries.matrix(home.desk("boss"))
