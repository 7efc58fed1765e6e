"""`leadconsole review` as interchange.md has it, and who may ask for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.desk_file import desk_shell
from desks import House, at, house
from intake.folders import load, rejected, write
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.one_on_one import commands, queries, seat
from one_on_one.sheets import criterion, met, weekly


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk of Monday, 2 March 2026, ten in the morning; Anna leads."""
    made = house(tmp_path / "desk.db")
    made.setting("lead", "anna")
    return made


def plan(home: House, rule: str, login: str = "lida") -> None:
    commands.enter(home.desk(), "meeting_plan", {"login": login, "rule": rule})


def next_of(home: House, login: str = "lida") -> str | None:
    found = queries.review(home.desk(), login).next_meeting
    return None if found is None else found.isoformat()


def test_review_answers_as_the_contract_says(tmp_path: Path) -> None:
    shell = desk_shell(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "people.csv", "login,name,role\nlida,Лида,specialist\noleg,Oleg,specialist\n")
    write(
        folder / "criteria.csv",
        "login,criterion,from,until,max,position\n"
        "lida,On time,2026-01-01,,20,1\nlida,Calm,2026-01-01,2026-01-31,10,2\nlida,Calm,2026-02-01,,15.5,2\n",
    )
    write(folder / "meeting_plan.csv", 'login,rule\nlida,"FREQ=WEEKLY;BYDAY=TU,TH"\n')
    lines = ["login,date,criterion,points,reason"]
    for day, time, calm in (
        ("2026-01-13", 10, "5"), ("2026-02-03", 15, "5.5"), ("2026-02-10", 12, "6"), ("2026-02-17", 9, "6"),
        ("2026-02-24", 5, ""),
    ):  # fmt: skip
        lines.append(f"lida,{day},On time,{time},because")
        lines += [f"lida,{day},Calm,{calm},so"] if calm else []
    write(folder / "meetings.csv", "\n".join(lines) + "\n")
    write(
        folder / "actions.csv",
        "login,date,text,owner,due,done\n"
        "lida,2026-02-03,Write the guide,lida,2026-03-10,\nlida,2026-02-03,ERP access,anna,2026-02-20,2026-02-19\n",
    )
    assert shell.run("import", "in").status == 0
    told = shell.run("review", "lida", "--json")
    assert (told.status, told.err) == (0, "")
    answer: dict[str, Any] = told.json
    assert answer["login"] == "lida"
    assert [one["from"] for one in answer["series"]] == ["2026-01-13", "2026-02-03"]
    last = answer["series"][1]["meetings"]
    assert last[0] == {
        "date": "2026-02-03", "total": 20.5, "max": 35.5, "percent": 100 * 20.5 / 35.5,
        "points": [
            {"criterion": "On time", "points": 15, "max": 20, "reason": "because"},
            {"criterion": "Calm", "points": 5.5, "max": 15.5, "reason": "so"},
        ],
    }  # fmt: skip
    assert (last[3]["total"], last[3]["max"], len(last[3]["points"])) == (5, 35.5, 1)
    trend = answer["trend"]
    assert trend["n"] == 4
    assert (trend["p_rising"], trend["p_falling"]) == (1, pytest.approx(1 / 24))
    assert trend["slope"] == pytest.approx(-100 * ((20.5 - 5) / 3 + (18 - 15)) / 2 / 35.5)
    assert answer["verdict"] == "worsening"
    assert "once in 24 times" in answer["because"]
    assert answer["open_actions"] == [
        {"date": "2026-02-03", "text": "Write the guide", "owner": "lida", "due": "2026-03-10"}
    ]
    plain = shell.run("review", "lida").out
    assert "worsening: a decision is due" in plain
    empty = shell.run("review", "oleg", "--json").json
    assert (empty["series"], empty["verdict"], empty["next_meeting"]) == ([], "too_early", None)
    assert empty["trend"] == {"n": 0, "slope": None, "p_rising": None, "p_falling": None}
    assert shell.run("review", "nobody", "--json").json["error"]["code"] == "not_found"
    assert shell.run("review", "oleg", "--as", "lida", "--json").json["error"]["code"] == "not_allowed"
    assert shell.run("review", "lida", "--as", "lida").status == 0
    assert shell.run("review").status == 2


def test_only_the_lead_sees_the_sheet_of_others(home: House) -> None:
    weekly(home, (50, 60))
    assert queries.review(home.desk("lida"), "lida").standing.trend.n == 2
    assert queries.review(home.desk(), "lida").standing.trend.n == 2
    for role in Role:
        if role is Role.LEAD:
            continue
        home.people["oleg"] = role
        with pytest.raises(NotAllowed):
            queries.review(home.desk("oleg"), "lida")
    with pytest.raises(NotFound):
        queries.review(home.desk(), "nobody")
    with pytest.raises(NotAllowed):
        commands.enter(home.desk("lida"), "actions", {"login": "lida"})


def test_the_next_meeting_skips_absences_holidays_and_days_off(home: House) -> None:
    assert next_of(home) is None
    plan(home, "FREQ=WEEKLY;BYDAY=MO,SA")
    assert next_of(home) == "2026-03-02", "today, for there was none yet; a Saturday is no working day"
    criterion(home)
    met(home, "2026-03-02", On_time="10")
    assert next_of(home) == "2026-03-09"
    home.setting("country", "RU")
    assert next_of(home) == "2026-03-16", "9 March is a day off in Russia"
    for login, first, last in (("lida", "2026-03-16", "2026-03-22"), ("anna", "2026-03-23", "2026-03-24")):
        absence = {"login": login, "from": first, "to": last, "kind": "vacation"}
        from leadconsole.team.commands import enter

        enter(home.desk(), "absences", absence)
    assert next_of(home) == "2026-03-30", "nor while the lead is away"
    home.person("lida", ended="2026-03-29")
    assert next_of(home) is None


def test_every_second_tuesday_counts_from_the_first_meeting(home: House) -> None:
    plan(home, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    criterion(home)
    met(home, "2026-02-10", On_time="10")
    assert next_of(home) == "2026-03-10"
    met(home, "2026-02-03", On_time="10")
    assert next_of(home) == "2026-03-03"


def test_missed_days_are_those_without_a_meeting_near_them(home: House) -> None:
    plan(home, "FREQ=WEEKLY;BYDAY=TU")
    criterion(home)
    for day in ("2026-01-27", "2026-02-11", "2026-02-17"):
        met(home, day, On_time="10")
    from leadconsole.one_on_one.facts import Diary

    diary = Diary(home.database.reader, "lida")
    assert [day.isoformat() for day in diary.missed(seat.today_of(home.desk()))] == ["2026-02-03", "2026-02-24"]


def test_points_must_fit_the_criteria_of_their_day(home: House) -> None:
    criterion(home, until="2026-02-15")
    for cells, field in (
        ({"points": "21"}, "points"), ({"points": "-1"}, "points"), ({"points": "x"}, "points"),
        ({"reason": " "}, "reason"),
        ({"date": "2026-02-16"}, "criterion"), ({"criterion": "Calm"}, "criterion"), ({"login": "nobody"}, "login"),
    ):  # fmt: skip
        row = {"login": "lida", "date": "2026-02-10", "criterion": "On time", "points": "20", "reason": "so", **cells}
        with pytest.raises(Refused) as refusal:
            commands.enter(home.desk(), "meetings", row)
        assert refusal.value.field == field
    met(home, "2026-02-10", On_time="20")
    with pytest.raises(Refused, match="at most 15 points"):
        criterion(home, most="15")
    with pytest.raises(Refused, match="no criterion"):
        criterion(home, until="2026-02-09")
    with pytest.raises(Refused, match="no criterion"):
        commands.remove(home.desk(), "criteria", ("lida", "On time", "2026-01-01"))
    with pytest.raises(Refused) as refusal:
        criterion(home, until="2025-01-01")
    assert refusal.value.field == "until"
    with pytest.raises(Refused):
        criterion(home, "Zero", most="0")


def test_files_tell_bad_rows_and_warn_of_days_to_come(home: House, tmp_path: Path) -> None:
    write(tmp_path / "criteria.csv", "login,criterion,from,max\nlida,Calm,01.01.2026,10\n")
    load(home, tmp_path / "criteria.csv")
    write(
        tmp_path / "meetings.csv",
        "login,date,criterion,points,reason\nlida,2026-02-01,Calm,11,so\nlida,2026-02-02,Calm,9,\n"
        "lida,2026-02-03,Speed,9,so\nlida,2026-02-04,Calm,9,so\n",
    )
    assert rejected(home, tmp_path / "meetings.csv") == [
        ("meetings.csv", 3, "reason"), ("meetings.csv", 2, "points"), ("meetings.csv", 4, "criterion"),
    ]  # fmt: skip
    write(tmp_path / "meetings.csv", "login,date,criterion,points,reason\nlida,2026-03-03,Calm,9,so\n")
    report = load(home, tmp_path / "meetings.csv")
    assert [(one.line, one.field) for one in report.warnings] == [(2, "date")]
    write(tmp_path / "meeting_plan.csv", "login,rule\nlida,FREQ=WEEKLY;COUNT=3\n")
    assert rejected(home, tmp_path / "meeting_plan.csv") == [("meeting_plan.csv", 2, "rule")]
    assert at("2026-03-02T10:00:00+03:00") == home.clock.at
