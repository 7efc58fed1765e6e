"""Writing the roster: shifts many at once, wishes of one's own, publishing; undo, staleness, rights."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from leadconsole.curation import commands as curation
from leadconsole.kernel.errors import NotAllowed, Refused, Stale
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.period import Month
from leadconsole.roster import commands, queries
from leadconsole.roster.rules.names import RuleName
from leadconsole.team.commands import enter

MARCH = Month(2026, 3)


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.setting("country", "RU")
    for code, starts, ends in (("D", "09:00", "18:00"), ("N", "21:00", "09:00")):
        cells = {"code": code, "name": code, "starts": starts, "ends": ends, "break_minutes": "60"}
        commands.enter(made.desk(), "shift_types", cells)
    return made


def shifts(home: House) -> list[tuple[str, str, str]]:
    return home.database.reader.execute("SELECT login, date, shift FROM shift ORDER BY 1, 2").fetchall()


def test_many_cells_are_one_step(home: House) -> None:
    desk = home.desk()
    cells = {("lida", f"2026-03-{day:02}"): "D" for day in range(2, 7)}
    assert commands.set_shifts(desk, {**cells, ("oleg", "2026-03-02"): "N"}) == 6
    assert commands.set_shifts(desk, {("lida", "2026-03-02"): None, ("lida", "2026-03-03"): "D"}) == 1
    assert len(shifts(home)) == 5
    assert undo(desk) == "Shift lida, 2 Mar 2026: the last change was taken back"
    assert len(shifts(home)) == 6
    assert undo(desk).endswith("the last change was taken back, 6 such in all")
    assert shifts(home) == []
    redo(desk)
    assert len(shifts(home)) == 6


def test_what_somebody_else_changed_is_refused_with_both_values(home: House) -> None:
    desk = home.desk()
    cell = ("lida", "2026-03-02")
    commands.set_shifts(desk, {cell: "N"})
    with pytest.raises(Stale, match=r"Shift lida, 2 Mar 2026 is «N» now, you saw «—»"):
        commands.set_shifts(desk, {("oleg", "2026-03-02"): "D", cell: "D"}, {cell: None})
    assert shifts(home) == [("lida", "2026-03-02", "N")], "all of it or nothing"
    assert commands.set_shifts(desk, {cell: "D"}, {cell: "N"}) == 1


@pytest.mark.parametrize(("login", "code"), [("nobody", "D"), ("lida", "X"), ("lida", "")])
def test_a_shift_needs_a_person_and_a_kind(home: House, login: str, code: str) -> None:
    with pytest.raises(Refused):
        commands.set_shifts(home.desk(), {(login, "2026-03-02"): code})


@pytest.mark.parametrize(
    ("file", "cells", "field"),
    [
        ("shift_types", {"code": "off", "name": "x", "starts": "09:00", "ends": "18:00"}, "code"),
        ("shift_types", {"code": "A B", "name": "x", "starts": "09:00", "ends": "18:00"}, "code"),
        (
            "shift_types",
            {"code": "B", "name": "x", "starts": "9:00", "ends": "9:30", "break_minutes": "30"},
            "break_minutes",
        ),
        ("shift_types", {"code": "B", "name": "x", "starts": "24:00", "ends": "08:00"}, "starts"),
        ("demand", {"day": "someday", "starts": "09:00", "ends": "18:00", "people": "1"}, "day"),
        ("demand", {"day": "mon", "starts": "09:00", "ends": "18:00", "people": "-1"}, "people"),
        ("roster_rules", {"rule": "sleep", "severity": "hard"}, "rule"),
        ("roster_rules", {"rule": "absent", "severity": "hard", "limit": "3"}, "limit"),
        ("roster_rules", {"rule": "max_consecutive", "limit": "5.5"}, "limit"),
        ("roster_rules", {"rule": "max_weekends", "limit": "1.5"}, "limit"),
        ("person_rules", {"login": "lida", "rule": "weekly_rest", "limit": "1"}, "rule"),
        ("person_rules", {"login": "lida", "rule": "max_shifts", "limit": "1"}, "shift"),
        ("person_rules", {"login": "lida", "rule": "max_weekends", "shift": "D", "limit": "1"}, "shift"),
        ("person_rules", {"login": "lida", "rule": "max_shifts", "shift": "Q", "limit": "1"}, "shift"),
        ("wishes", {"login": "lida", "date": "2026-03-02", "shift": "Q", "weight": "1"}, "shift"),
        ("wishes", {"login": "lida", "date": "2026-03-02", "shift": "off", "weight": "0"}, "weight"),
    ],
)  # fmt: skip
def test_rows_that_make_no_sense_are_refused(home: House, file: str, cells: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        commands.enter(home.desk(), file, cells)
    assert refusal.value.field == field


def test_a_rule_without_a_severity_has_its_default(home: House) -> None:
    commands.enter(home.desk(), "roster_rules", {"rule": "weekly_rest", "limit": "36"})
    rule = queries.month(home.desk(), MARCH).facts.rules[RuleName.WEEKLY_REST]
    assert (rule.severity.value, rule.limit) == ("hard", 36_00)
    commands.enter(home.desk(), "roster_rules", {"rule": "weekly_rest", "severity": "off"})
    assert not queries.month(home.desk(), MARCH).facts.rules[RuleName.WEEKLY_REST].on


def test_a_kind_of_shift_in_use_stays(home: House) -> None:
    desk = home.desk()
    commands.set_shifts(desk, {("lida", "2026-03-02"): "D"})
    commands.wish(desk, {"login": "lida", "date": "2026-03-05", "shift": "N", "weight": "-3"})
    for code in "DN":
        with pytest.raises(Refused, match="in use"):
            commands.remove(desk, "shift_types", (code,))


def test_everybody_wishes_for_themselves(home: House) -> None:
    lida = home.desk("lida")
    mine = {"login": "lida", "date": "2026-03-08", "shift": "off", "weight": "2"}
    commands.wish(lida, mine)
    with pytest.raises(NotAllowed):
        commands.wish(lida, {**mine, "login": "oleg"})
    with pytest.raises(NotAllowed):
        commands.set_shifts(lida, {("lida", "2026-03-08"): "D"})
    with pytest.raises(NotAllowed):
        commands.publish(lida, MARCH)
    commands.wish(home.desk(), {**mine, "login": "oleg"})
    with pytest.raises(NotAllowed):
        commands.unwish(lida, ("oleg", "2026-03-08"))
    commands.unwish(lida, ("lida", "2026-03-08"))
    assert [one.key for one in queries.entries(lida, "wishes")] == [("oleg", "2026-03-08")]


def test_a_month_is_a_draft_until_it_is_published_and_then_changed(home: House) -> None:
    desk = home.desk()
    with pytest.raises(Refused) as refusal:
        commands.publish(desk, MARCH)
    assert refusal.value.code == "empty"
    commands.set_shifts(desk, {("lida", "2026-03-02"): "D", ("oleg", "2026-04-01"): "D"})
    assert queries.month(desk, MARCH).status == "draft"
    assert commands.publish(desk, MARCH) == 1
    assert queries.month(desk, MARCH).status == "published"
    assert queries.month(desk, MARCH.next).status == "draft"
    with pytest.raises(Refused) as refusal:
        commands.publish(desk, MARCH)
    assert refusal.value.code == "published"
    commands.set_shifts(desk, {("lida", "2026-03-02"): None, ("oleg", "2026-03-03"): "N"})
    shown = queries.month(desk, MARCH)
    assert shown.status == "changed"
    assert shown.changes == (("lida", "2026-03-02", "D", None), ("oleg", "2026-03-03", None, "N"))
    commands.publish(desk, MARCH)
    assert undo(desk) == "2026-03: the publication was taken back"
    assert queries.month(desk, MARCH).changes == shown.changes
    assert redo(desk) == "2026-03: published again"
    assert queries.month(desk, MARCH).status == "published"


def test_who_is_on_shift_now(home: House) -> None:
    desk = home.desk()  # Monday 10:00
    assert queries.on_shift_now(desk) == ()
    assert not queries.has_roster(desk, MARCH.first)
    commands.set_shifts(desk, {("lida", "2026-03-02"): "D", ("oleg", "2026-03-01"): "N", ("anna", "2026-03-02"): "D"})
    enter(desk, "absences", {"login": "anna", "from": "2026-03-02", "to": "2026-03-02", "kind": "sick"})
    assert [(one.login, one.code) for one in queries.on_shift_now(desk)] == [("lida", "D")]
    home.wait(-120)
    assert [(one.login, one.code) for one in queries.on_shift_now(desk)] == [("oleg", "N")]
    assert queries.has_roster(desk, MARCH.first)
    assert queries.shifts_in(desk, "2026-03-02", "2026-03-31", "lida") == (("lida", "2026-03-02", "D"),)


def test_a_month_knows_people_calendar_absences_and_clients(home: House) -> None:
    desk = home.desk()
    home.person("dora", "director")
    home.person("vera", ended="2026-02-28")
    home.person("ivan", started="2026-03-16", weekly_hours="20")
    home.client("bolt", started="2026-03-10")
    curation.set_levels(desk, [("acme", "lida", "lead"), ("acme", "oleg", "learning")])
    facts = queries.month(desk, MARCH).facts
    assert [one.login for one in facts.people] == ["anna", "ivan", "lida", "oleg"]
    assert "2026-03-09" not in facts.cover, "a holiday is no working day"
    assert facts.cover["2026-03-06"] == {"acme": frozenset({"lida"})}
    assert facts.cover["2026-03-10"] == {"acme": frozenset({"lida"}), "bolt": frozenset()}


def test_a_calendar_has_what_was_told_until_the_next_publication(home: House) -> None:
    desk = home.desk()
    commands.set_shifts(desk, {("lida", "2026-03-02"): "D", ("lida", "2026-03-29"): "N"})
    assert queries.calendar(desk, "lida")[1] == 0, "a draft is told to nobody"
    commands.publish(desk, MARCH)
    commands.set_shifts(desk, {("lida", "2026-03-02"): None, ("lida", "2026-03-05"): "D"})
    text, count = queries.calendar(desk, "lida")
    assert count == 2
    assert b"DTSTART:20260302T060000Z" in text
    assert b"20260305" not in text
    commands.publish(desk, MARCH)
    text, count = queries.calendar(desk, "lida")
    assert (count, b"DTSTART:20260305T060000Z" in text, b"DTSTART:20260302T" in text) == (2, True, False)
    undo(desk)
    assert b"DTSTART:20260302T060000Z" in queries.calendar(desk, "lida")[0], "the publication before holds again"
