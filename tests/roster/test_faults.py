"""What may go wrong around auto-fill, on the command line: a clear sentence, nothing lost, the draft as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desks import MONDAY, House, house
from leadconsole.cli import run
from leadconsole.intake.commands import import_paths
from leadconsole.kernel.period import Month
from leadconsole.roster import queries
from leadconsole.roster.fill import process

pytest.importorskip("ortools", reason="the solver is an extra")

FILES = {
    "people.csv": "login,name,role,lines,weekly_hours,started\n"
    "anna,Anna,lead,1+2,40,\nlida,Lida,specialist,1,40,\noleg,Oleg,specialist,1,40,\nnew,New,specialist,1,40,2026-03-16\n",
    "shift_types.csv": "code,name,starts,ends,break_minutes\nD,Day,09:00,18:00,60\nN,Night,21:00,09:00,60\n",
    "demand.csv": "day,starts,ends,line,people\nworkday,09:00,18:00,1,1\n",
}


def desk(folder: Path, **files: str) -> House:
    """A desk of four with these files over the usual ones."""
    made = house(folder / "desk.db")
    made.setting("country", "RU")
    source = folder / "in"
    source.mkdir()
    for name, text in {**FILES, **{f"{name}.csv": text for name, text in files.items()}}.items():
        (source / name).write_text(text)
    import_paths(made.desk(), [source])
    return made


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADCONSOLE_NOW", MONDAY)


def fill(home: House, capsys: pytest.CaptureFixture[str], *more: str, month: str = "2026-03") -> Any:
    """The answer of `roster fill`."""
    assert run(["roster", "fill", month, *more, "--db", str(home.database.path), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def shifts(home: House) -> list[tuple[str, str, str]]:
    """The shifts on record."""
    return list(home.database.reader.execute("SELECT login, date, shift FROM shift ORDER BY 1, 2"))


def test_a_demand_larger_than_the_team_names_days_and_what_keeps_everybody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(
        tmp_path,
        demand="day,starts,ends,line,people\n2026-03-10,09:00,18:00,1,4\n2026-03-11,09:00,18:00,1,1\n",
        absences="login,from,to,kind\noleg,2026-03-10,2026-03-10,sick\n",
    )
    told = fill(home, capsys, "--seconds", "8")
    assert (told["status"], told["proven"], told["taken"]) == ("infeasible", True, False)
    assert [(one["rule"], one["date"]) for one in told["obstacles"]] == [("understaffed", "2026-03-10")]
    assert told["obstacles"][0]["hindered"] == {"away": ["new", "oleg"]}
    assert shifts(home) == []
    assert run(["roster", "fill", "2026-03", "--seconds", "8", "--db", str(home.database.path), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "no legal plan exists" in out
    assert "2 of 4. Cure: 2 more people; in the way: away (new, oleg)" in out
    assert "The draft stays as it was." in out


def test_a_rule_that_keeps_people_free_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = desk(
        tmp_path,
        people="login,name,role,lines\nanna,Anna,lead,1\nlida,Lida,specialist,2\noleg,Oleg,specialist,2\n",
        demand="day,starts,ends,line,people\n" + "".join(f"2026-03-{day:02},09:00,18:00,1,1\n" for day in range(9, 17)),
    )
    told = fill(home, capsys, "--seconds", "40")
    assert (told["status"], told["proven"]) == ("infeasible", True)
    hindered = {tuple(one["hindered"]) for one in told["obstacles"]}
    assert all(set(rules) & {"max_consecutive", "weekly_rest"} for rules in hindered), hindered


def test_a_norm_that_absences_make_impossible_is_the_obstacle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(
        tmp_path,
        people="login,name,role,lines\nanna,Anna,lead,1\nlida,Lida,specialist,1\noleg,Oleg,specialist,1\n",
        roster_rules="rule,severity,limit\nmonthly_norm,hard,8\n",
        person_rules="login,rule,shift,limit\nlida,max_shifts,D,3\nlida,max_shifts,N,0\n",
        absences="login,from,to,kind\noleg,2026-03-02,2026-03-29,vacation\n",
    )
    told = fill(home, capsys, "--seconds", "40")
    assert (told["status"], told["proven"], told["taken"]) == ("infeasible", True, False)
    assert [(one["rule"], one["login"]) for one in told["obstacles"]] == [("monthly_norm", "lida")]
    hours = {one["login"]: one for one in told["hours"]}
    assert hours["oleg"]["norm"] == 16
    assert abs(hours["oleg"]["planned"] - 16) <= 8
    assert shifts(home) == []


def test_somebody_who_starts_in_the_month_has_shifts_from_then_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(tmp_path, shifts="login,date,shift\nlida,2026-03-03,N\n")
    told = fill(home, capsys, "--seconds", "8")
    assert told["status"] in ("optimal", "feasible")
    assert told["taken"]
    assert ("lida", "2026-03-03", "N") in shifts(home), "fixed cells stay"
    own = [day for login, day, _code in shifts(home) if login == "new"]
    assert own
    assert min(own) >= "2026-03-16"
    hours = {one["login"]: one for one in told["hours"]}
    assert hours["new"]["norm"] == 12 * 8


def test_a_change_of_clocks_and_the_month_before_in_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = desk(
        tmp_path,
        settings="key,value\ntimezone,Europe/Berlin\n",
        demand="day,starts,ends,line,people\nsat,21:00,09:00,,1\nmon,09:00,18:00,1,1\n",
        shifts="login,date,shift\nanna,2026-09-30,N\nlida,2026-10-24,N\n",
    )
    told = fill(home, capsys, "--seconds", "40", month="2026-10")
    assert told["status"] in ("optimal", "feasible")
    assert [one for one in told["findings"] if one["severity"] == "hard"] == []
    assert told["drafts_beside"] == ["2026-09"], "its last night counts as it stands now"
    assert ("anna", "2026-10-01", "D") not in shifts(home), "the night before ends at nine"
    facts = queries.month(home.desk(), Month(2026, 10)).facts
    assert facts.worked("2026-10-24", "N") == 12 * 60, "twelve hours on the wall last thirteen, one is the break"
    check = json.loads(_out(home, capsys, "roster", "check", "2026-10"))
    night = [one for one in check["coverage"] if one["date"] == "2026-10-24"]
    assert [(one["starts"], one["ends"], one["have"] >= 1) for one in night] == [("21:00", "09:00", True)]


def _out(home: House, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run([*words, "--db", str(home.database.path), "--json"]) == 0
    return capsys.readouterr().out


def test_without_the_solver_the_draft_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(tmp_path, shifts="login,date,shift\nlida,2026-03-03,D\n")
    monkeypatch.setattr(process, "has_solver", lambda: False)
    assert run(["roster", "fill", "2026-03", "--db", str(home.database.path), "--lang", "en"]) == 1
    assert "pip install 'leadconsole[solver]'" in capsys.readouterr().err
    assert shifts(home) == [("lida", "2026-03-03", "D")]


def test_a_solver_that_is_killed_leaves_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(tmp_path, shifts="login,date,shift\nlida,2026-03-03,D\n")

    class Killed(process.Running):
        def steps(self) -> Any:
            for step in super().steps():
                self._process.kill()
                yield step

    monkeypatch.setattr(process, "Running", Killed)
    assert run(["roster", "fill", "2026-03", "--seconds", "40", "--db", str(home.database.path), "--lang", "en"]) == 1
    assert "The solver was ended from outside" in capsys.readouterr().err
    assert shifts(home) == [("lida", "2026-03-03", "D")]


def test_soft_rules_of_rows_give_way_to_what_is_hard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = "login,name,role,lines\nanna,Anna,lead,1\nlida,Lida,specialist,2\noleg,Oleg,specialist,2\n"
    demand = "day,starts,ends,line,people\n" + "".join(f"2026-03-{day:02},09:00,18:00,1,1\n" for day in range(9, 17))
    rules = "rule,severity,limit\nmax_consecutive,soft,6\nweekly_rest,soft,42\n"
    home = desk(tmp_path, people=people, demand=demand, roster_rules=rules)
    told = fill(home, capsys, "--seconds", "40")
    assert told["status"] in ("optimal", "feasible")
    assert {one["rule"] for one in told["findings"]} & {"max_consecutive", "weekly_rest"}


def test_only_some_days_are_filled_and_wrong_ones_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(tmp_path, shifts="login,date,shift\nlida,2026-03-03,N\n")
    told = fill(home, capsys, "--only", "lida:2026-03-10..2026-03-13", "--only", "2026-03-16..2026-03-17")
    assert (told["status"], told["taken"], told["obstacles"]) == ("optimal", True, [])
    assert {one["rule"] for one in told["findings"] if one["severity"] == "hard"} == {"understaffed"}, (
        "told all the same"
    )
    new = [(login, day) for login, day, _code in shifts(home) if day != "2026-03-03"]
    assert new
    assert all(
        day in ("2026-03-16", "2026-03-17") or (who == "lida" and "2026-03-10" <= day <= "2026-03-13")
        for who, day in new
    )
    before = shifts(home)
    db = ["--db", str(home.database.path), "--lang", "en"]
    for span, status, sentence in (
        ("lida:2026-03-10", 2, "are no days"),
        ("nobody:2026-03-10..2026-03-11", 1, "«nobody» doesn't work here"),
        ("lida:2026-03-03..2026-03-03", 1, "Every one of these days is set"),
        ("2026-04-01..2026-04-03", 1, "Every one of these days is set"),
    ):
        assert run(["roster", "fill", "2026-03", "--only", span, *db]) == status, span
        assert sentence in capsys.readouterr().err
    assert run(["roster", "fill", "2026-03", "--only", "lida:2026-03-10..2026-03-11", "--repair", *db]) == 2
    assert shifts(home) == before


def test_what_is_wrong_with_past_days_does_not_forbid_a_new_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = desk(
        tmp_path,
        shifts="login,date,shift\nlida,2026-03-02,D\nlida,2026-03-16,D\noleg,2026-03-17,D\n",
        demand="day,starts,ends,line,people\n2026-03-02,09:00,18:00,1,2\n2026-03-16,09:00,18:00,1,1\n",
        absences="login,from,to,kind\nlida,2026-03-02,2026-03-02,sick\nlida,2026-03-16,2026-03-16,sick\n",
    )
    monkeypatch.setenv("LEADCONSOLE_NOW", "2026-03-10T12:00:00+03:00")
    told = fill(home, capsys, "--repair", "--seconds", "20")
    assert (told["status"], told["taken"], told["obstacles"]) == ("optimal", True, [])
    hard = {(one["rule"], one["date"]) for one in told["findings"] if one["severity"] == "hard"}
    assert hard == {("absent", "2026-03-02"), ("understaffed", "2026-03-02")}, "they are told all the same"
    assert ("lida", "2026-03-02", "D") in shifts(home), "past days stay"
    assert not any((login, day) == ("lida", "2026-03-16") for login, day, _code in shifts(home))


def test_obstacles_that_are_the_same_on_many_days_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = desk(tmp_path, demand="day,starts,ends,line,people\nworkday,09:00,18:00,1,7\n")
    db = ["--db", str(home.database.path), "--lang", "en"]
    assert run(["roster", "fill", "2026-03", "--seconds", "20", *db]) == 0
    out = capsys.readouterr().out.splitlines()
    lines = [line for line in out if "too few people" in line]
    assert 2 <= len(lines) <= 8, out
    assert any("2 Mar–6 Mar" in line for line in lines), lines
