"""One meeting: saved whole with its evidence, acknowledged by the person, read-only from then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desks import House, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.one_on_one import commands, meetings, queries
from leadconsole.one_on_one.commands import Wanted
from leadconsole.one_on_one.meetings import Given, Held
from leadconsole.tickets import commands as tickets
from one_on_one.sheets import criterion, met

SHEET = (("On time", 2000), ("Calm", 1000))
TODAY = "2026-03-02"


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk of Monday, 2 March 2026; Lida has two criteria and was met a week ago."""
    made = house(tmp_path / "desk.db")
    made.setting("lead", "anna")
    criterion(made, "On time", "20", position="1")
    criterion(made, "Calm", "10", position="2")
    met(made, "2026-02-24", On_time="12", Calm="5")
    return made


def held(day: str = TODAY, sheet: Any = SHEET, **given: Any) -> Held:
    points = {"On time": Given("15", "all in time"), "Calm": Given("7,5", "one call")}
    return Held(day, sheet, points, **given)


def one(home: House, question: str, *values: object) -> Any:
    return home.database.reader.execute(question, values).fetchone()


def test_a_meeting_is_saved_whole_and_undone_whole(home: House) -> None:
    home.norm(1, 1)
    late = home.ticket("No ink", assignee="lida")
    home.wait(60)
    tickets.set_status(home.desk("lida"), late, "resolved")
    home.ticket("No ink", assignee="oleg")
    meetings.give_own(home.desk("lida"), {"On time": Given("20", "not one late"), "Calm": Given("8", "")})
    meetings.add_point(home.desk("lida"), "lida", "Fridays")
    meetings.add_point(home.desk(), "lida", "The script")
    meeting = held(
        talked=[1], note="looks tired", agreed=[
            {"text": "Call before it is late", "owner": "lida", "due": "2026-03-16"},
            {"text": "ERP access", "owner": "anna", "due": "06.03.2026"},
        ],
    )  # fmt: skip
    assert meetings.save(home.desk(), "lida", meeting) == TODAY
    told = queries.record(home.desk("lida"), "lida", TODAY)
    assert [(score.criterion, score.points, score.reason) for score in told.meeting.scores] == [
        ("On time", 1500, "all in time"), ("Calm", 750, "one call"),
    ]  # fmt: skip
    assert told.before is not None
    assert told.before.total == 1700
    assert told.own == {"On time": (2000, "not one late"), "Calm": (800, "")}
    seen = told.evidence
    assert (seen.since, seen.solved, seen.late, seen.returned, seen.repeated) == ("2026-02-24", 1, 1, 0, 1)
    assert [(item.number, item.what) for item in seen.items] == [(1, "late"), (2, "repeated")]
    assert told.talked == ("Fridays",)
    sheet = queries.sheet(home.desk("lida"), "lida")
    assert [point.text for point in sheet.open_points] == [
        "The script", "On time: 15 against 20 of one's own, talk about why",
    ]  # fmt: skip
    assert [(action.text, action.owner, action.due) for action in sheet.actions] == [
        ("ERP access", "anna", "2026-03-06"), ("Call before it is late", "lida", "2026-03-16"),
    ]  # fmt: skip
    assert sheet.own == {}, "they belong to the record now"
    assert sheet.unread == (TODAY,)
    tickets.reopen(home.desk("lida"), late, "again")
    assert queries.record(home.desk(), "lida", TODAY).evidence == seen, "what was seen is frozen"
    (glance,) = [one for one in queries.team_at_a_glance(home.desk()) if one.login == "lida"]
    assert (glance.promises, glance.promises_late, glance.unread, glance.points) == (1, 0, 1, 2)
    undo(home.desk())
    assert one(home, "SELECT count(*) FROM meeting_score WHERE date = ?", TODAY) == (0,)
    sheet = queries.sheet(home.desk(), "lida")
    assert [point.text for point in sheet.open_points] == ["Fridays", "The script"]
    assert sheet.own == {"On time": (2000, "not one late"), "Calm": (800, "")}
    assert sheet.actions == ()
    redo(home.desk())
    assert queries.record(home.desk(), "lida", TODAY).evidence == seen


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"day": "2026-03-03"}, "future", "date"), ({"day": "2026-02-24"}, "two_meetings", "date"),
        ({"day": "soon"}, "bad_date", "date"), ({"day": "2025-12-31"}, "no_criteria", None),
        ({"given": {"On time": Given("21", "x"), "Calm": Given("1", "x")}}, "over_maximum", "points_0"),
        ({"given": {"On time": Given("20", "x"), "Calm": Given("ten", "x")}}, "bad_number", "points_1"),
        ({"given": {"On time": Given("20", "x"), "Calm": Given("10", " ")}}, "missing", "reason_1"),
        ({"given": {"Calm": Given("10", "x")}}, "missing", "points_0"),
        ({"sheet": (("On time", 2000), ("Calm", 1500))}, "criteria_changed", None),
        ({"sheet": (("On time", 2000),)}, "criteria_changed", None),
        ({"agreed": [{"text": "", "owner": "lida"}]}, "missing", "agreed_0"),
        ({"agreed": [{"text": "a", "owner": "lida", "due": "x"}]}, "bad_date", "agreed_0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_its_place(
    home: House, change: dict[str, Any], code: str, field: str | None
) -> None:
    before = one(home, "SELECT count(*) FROM event")
    with pytest.raises(Refused) as refusal:
        meetings.save(home.desk(), "lida", held()._replace(**change))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert one(home, "SELECT count(*) FROM event") == before


def test_criteria_that_change_between_draft_and_save_are_told(home: House) -> None:
    commands.set_sheet(home.desk(), "lida", [Wanted("On time", "20"), Wanted("Speed", "5")])
    with pytest.raises(Refused, match="Calm, Speed"):
        meetings.save(home.desk(), "lida", held())
    assert meetings.save(home.desk(), "lida", held("2026-03-01")), "for yesterday the old sheet holds"


def test_a_record_is_read_only_once_it_is_acknowledged(home: House) -> None:
    meetings.save(home.desk(), "lida", held())
    changed = held()._replace(given={"On time": Given("14", "no"), "Calm": Given("7", "no")})
    assert meetings.save(home.desk(), "lida", changed, again=True) == TODAY
    assert queries.record(home.desk(), "lida", TODAY).meeting.total == 2100
    meetings.acknowledge(home.desk("lida"), TODAY, "I see\nit so, too")
    told = queries.record(home.desk(), "lida", TODAY)
    assert (told.acknowledged, told.remark) == (home.clock.at, "I see\nit so, too")
    cells = {"login": "lida", "date": TODAY, "criterion": "Calm", "points": "9", "reason": "so"}
    for attempt in (
        lambda: meetings.save(home.desk(), "lida", changed, again=True),
        lambda: commands.enter(home.desk(), "meetings", cells),
        lambda: commands.remove(home.desk(), "meetings", ("lida", TODAY, "Calm")),
        lambda: commands.enter(
            home.desk(), "criteria", {"login": "lida", "criterion": "New", "from": "2026-03-01", "max": "9"}
        ),
        lambda: commands.enter(
            home.desk(), "criteria", {"login": "lida", "criterion": "Calm", "from": "2026-01-01", "max": "12"}
        ),
        lambda: meetings.acknowledge(home.desk("lida"), TODAY),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "acknowledged"
    with pytest.raises(Refused):
        undo(home.desk())
    meetings.correct(home.desk(), "lida", TODAY, "It was 8 calls, not 7")
    meetings.correct(home.desk("lida"), "lida", TODAY, "Nine")
    told = queries.record(home.desk("lida"), "lida", TODAY)
    assert [(author, text) for author, _at, text in told.corrections] == [
        ("anna", "It was 8 calls, not 7"), ("lida", "Nine"),
    ]  # fmt: skip
    assert told.meeting.total == 2100


def test_an_imported_meeting_can_be_acknowledged_too(home: House) -> None:
    meetings.acknowledge(home.desk("lida"), "2026-02-24")
    told = queries.record(home.desk("lida"), "lida", "2026-02-24")
    assert (told.acknowledged, told.remark, told.author) == (home.clock.at, "", "")
    with pytest.raises(NotFound):
        meetings.acknowledge(home.desk("lida"), "2026-02-25")
    with pytest.raises(NotFound):
        meetings.acknowledge(home.desk("oleg"), "2026-02-24")


def test_nobody_reaches_into_the_sheet_of_another(home: House) -> None:
    meetings.save(home.desk(), "lida", held(note="between us"))
    meetings.add_point(home.desk("lida"), "lida", "mine")
    meetings.agree(home.desk(), "lida", {"text": "ERP access", "owner": "anna"})
    for role in (Role.SPECIALIST, Role.DEPUTY, Role.DIRECTOR, Role.ACCOUNTANT, Role.CONTRACTOR):
        home.people["oleg"] = role
        desk = home.desk("oleg")
        for attempt in (
            lambda desk=desk: queries.sheet(desk, "lida"),
            lambda desk=desk: queries.record(desk, "lida", TODAY),
            lambda desk=desk: queries.evidence(desk, "lida"),
            lambda desk=desk: queries.team_at_a_glance(desk),
            lambda desk=desk: queries.private_note(desk, "lida", TODAY),
            lambda desk=desk: meetings.save(desk, "lida", held("2026-03-01")),
            lambda desk=desk: meetings.add_point(desk, "lida", "x"),
            lambda desk=desk: meetings.close_point(desk, "lida", 1),
            lambda desk=desk: meetings.correct(desk, "lida", TODAY, "x"),
            lambda desk=desk: meetings.finish(desk, "lida", TODAY, "ERP access"),
            lambda desk=desk: commands.set_sheet(desk, "lida", [Wanted("x", "1")]),
            lambda desk=desk: commands.move_meeting(desk, "lida", TODAY),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    with pytest.raises(NotAllowed, match="Only anna or the lead"):
        meetings.finish(home.desk("lida"), "lida", TODAY, "ERP access")
    meetings.finish(home.desk(), "lida", TODAY, "ERP access")
    assert queries.sheet(home.desk("lida"), "lida").actions[0].done == TODAY


def test_a_private_note_is_read_by_its_author_alone_and_kept_in_no_history(home: House) -> None:
    home.person("boris", "lead")
    meetings.save(home.desk(), "lida", held(note="between us"))
    assert queries.private_note(home.desk(), "lida", TODAY) == "between us"
    assert queries.private_note(home.desk("boris"), "lida", TODAY) == ""
    with pytest.raises(NotAllowed):
        queries.private_note(home.desk("lida"), "lida", TODAY)
    assert one(
        home, "SELECT count(*) FROM event WHERE coalesce(before, '') || coalesce(after, '') LIKE '%between%'"
    ) == (0,)
    meetings.keep_note(home.desk(), "lida", TODAY, "  ")
    assert queries.private_note(home.desk(), "lida", TODAY) == ""


def test_another_sheet_begins_a_series_and_the_old_one_stays(home: House) -> None:
    first = commands.set_sheet(
        home.desk(), "lida", [Wanted("Calm", "15", [("5", "shouts"), ("15", "smiles")]), Wanted("On time", "20")]
    )
    assert first == TODAY
    sheet = queries.sheet(home.desk("lida"), "lida")
    assert [(one.name, one.most, one.first) for one in sheet.criteria] == [
        ("Calm", 1500, TODAY), ("On time", 2000, "2026-01-01"),
    ]  # fmt: skip
    assert sheet.steps == {"Calm": ((500, "shouts"), (1500, "smiles"))}
    meetings.save(home.desk(), "lida", held(sheet=(("Calm", 1500), ("On time", 2000))))
    series = queries.review(home.desk(), "lida").standing.series
    assert [one.first for one in series] == ["2026-02-24", TODAY]
    assert series[0].meetings[0].most == 3000
    commands.set_sheet(home.desk(), "lida", [Wanted("Calm", "15", [("3", "tries")]), Wanted("On time", "20")])
    assert queries.sheet(home.desk(), "lida").steps == {"Calm": ((300, "tries"),)}, "other words are no other sheet"
    for wanted, field in (
        ([Wanted("Calm", "16")], "from"), ([], "name_0"), ([Wanted("a", "1"), Wanted("a", "2")], "name_1"),
        ([Wanted("a", "0")], "max_0"), ([Wanted("a", "1"), Wanted("", "1")], "name_1"),
        ([Wanted("a", "1", [("2", "x")])], "steps_0"), ([Wanted("a", "1", [("x", "x")])], "steps_0"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            commands.set_sheet(home.desk(), "lida", wanted)
        assert refusal.value.field == field
    commands.set_sheet(home.desk(), "lida", [Wanted("Speed", "9")], "2026-03-10")
    assert [one.name for one in queries.sheet(home.desk(), "lida").criteria] == ["Calm", "On time"]
    commands.set_sheet(home.desk(), "lida", [Wanted("Calm", "15"), Wanted("On time", "20")], "2026-03-05")
    assert one(home, "SELECT count(*) FROM criterion WHERE criterion = 'Speed'") == (0,), "it never began"
    for _step in range(4):
        undo(home.desk())


def test_a_moved_meeting_keeps_its_agenda(home: House) -> None:
    commands.enter(home.desk(), "meeting_plan", {"login": "lida", "rule": "FREQ=WEEKLY;BYDAY=TU"})
    meetings.add_point(home.desk("lida"), "lida", "Fridays")

    def next_day() -> str:
        return str(queries.review(home.desk(), "lida").next_meeting)

    assert next_day() == "2026-03-03"
    commands.move_meeting(home.desk(), "lida", "2026-03-03", "2026-03-05", "the lead travels")
    assert next_day() == "2026-03-05"
    commands.move_meeting(home.desk(), "lida", "2026-03-05", "2026-03-06")
    assert next_day() == "2026-03-06"
    commands.move_meeting(home.desk(), "lida", "2026-03-06")
    assert next_day() == "2026-03-10"
    assert [point.text for point in queries.sheet(home.desk(), "lida").open_points] == ["Fridays"]
    for day, moved, field in (("2026-03-11", "", "date"), ("2026-03-10", "2026-03-01", "moved")):
        with pytest.raises(Refused) as refusal:
            commands.move_meeting(home.desk(), "lida", day, moved)
        assert refusal.value.field == field
    undo(home.desk())
    assert next_day() == "2026-03-06"


def test_own_points_are_given_changed_and_taken_back(home: House) -> None:
    desk = home.desk("lida")
    assert meetings.give_own(desk, {"On time": Given("18", "quick"), "Other": Given("1", "")}) == 1
    with pytest.raises(Refused) as refusal:
        meetings.give_own(desk, {"On time": Given("18", ""), "Calm": Given("11", "")})
    assert refusal.value.field == "points_1"
    assert queries.sheet(desk, "lida").own == {"On time": (1800, "quick")}
    assert meetings.give_own(desk, {}) == 0
    assert queries.sheet(desk, "lida").own == {}
    with pytest.raises(NotFound):
        meetings.close_point(desk, "lida", 9)
