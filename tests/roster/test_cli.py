"""`leadconsole roster …` as scripts and people see it (interchange.md, section 3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desks import MONDAY, House, house
from leadconsole.cli import run
from leadconsole.intake.commands import import_paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("LEADCONSOLE_NOW", MONDAY)
    made = house(tmp_path / "desk.db")
    made.setting("country", "RU")
    folder = tmp_path / "in"
    folder.mkdir()
    files = {
        "shift_types.csv": "code,name,starts,ends,break_minutes\nD,Day,09:00,18:00,60\nN,Night,21:00,09:00,\n",
        "demand.csv": "day,starts,ends,line,people\nmon,09:00,18:00,1,2\nmon,18:00,24:00,,0\n",
        "shifts.csv": "login,date,shift\nlida,2026-03-02,D\nlida,2026-03-03,N\nlida,2026-03-04,D\n",
        "absences.csv": "login,from,to,kind\nlida,2026-03-03,2026-03-03,sick\n",
        "curation.csv": "client,login,since,level\nacme,lida,2026-01-01,curator\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    import_paths(made.desk(), [folder])
    return made


def answer(home: House, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert run([*words, "--db", str(home.database.path), "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_check_as_json(home: House, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(home, capsys, "roster", "check", "2026-03")
    assert list(told) == ["month", "findings", "hours", "coverage", "client_gaps"]
    findings = told["findings"]
    assert isinstance(findings, list)
    assert {tuple(one)[:5] for one in findings} == {("rule", "severity", "login", "date", "message")}
    brief = {(one["rule"], one["severity"], one["login"], one["date"]) for one in findings}
    assert {
        ("understaffed", "hard", None, "2026-03-02"), ("absent", "hard", "lida", "2026-03-03"),
        ("two_shifts_in_a_row", "hard", "lida", "2026-03-04"), ("monthly_norm", "soft", "oleg", None),
    } <= brief  # fmt: skip
    assert told["hours"][1] == {"login": "lida", "planned": 28, "norm": 160, "nights": 1, "weekends": 0}  # type: ignore[index]
    assert told["coverage"][:2] == [  # type: ignore[index]
        {"date": "2026-03-02", "starts": "09:00", "ends": "18:00", "line": 1, "need": 2, "have": 1},
        {"date": "2026-03-02", "starts": "18:00", "ends": "24:00", "line": None, "need": 0, "have": 0},
    ]
    assert {"date": "2026-03-03", "client": "acme"} in told["client_gaps"]  # type: ignore[operator]
    assert {"date": "2026-03-02", "client": "acme"} not in told["client_gaps"]  # type: ignore[operator]


def test_show_and_publish(home: House, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(home, capsys, "roster", "publish", "2026-03")
    assert (told["status"], told["shifts"], told["told"]) == ("published", 3, [{"login": "lida", "changes": 3}])
    shown = answer(home, capsys, "roster", "show", "2026-03")
    assert shown["status"] == "published"
    lida = shown["people"][1]  # type: ignore[index]
    assert lida["shifts"] == {"2026-03-02": "D", "2026-03-03": "N", "2026-03-04": "D"}
    assert lida["absences"] == [{"from": "2026-03-03", "to": "2026-03-03", "kind": "sick"}]


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_people_read_aligned_text(home: House, capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert run(["roster", "show", "2026-03", "--db", str(home.database.path), "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    [lida] = [line for line in lines if line.startswith("lida")]
    assert "28/160" in lida
    assert run(["roster", "check", "2026-03", "--db", str(home.database.path), "--lang", language]) == 0
    assert "lida" in capsys.readouterr().out


def test_a_wrong_month_and_a_missing_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roster", "check", "march", "--db", str(tmp_path / "no.db")]) == 2
    assert run(["roster", "check", "2026-03", "--db", str(tmp_path / "no.db")]) == 3
    capsys.readouterr()
