"""The first desk: all of it or nothing, for its owner only, and what files say goes before the answers."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desks import MONDAY, as_nobody, at, house
from leadconsole.intake.commands import export_folder
from leadconsole.intake.report import Cancelled, ImportRejected
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.errors import LeadconsoleError, Refused
from leadconsole.team.seat import open_desk
from leadconsole.tickets import check
from leadconsole.welcome.founding import found_empty, found_from_files
from leadconsole.welcome.rules import Answers

ANNA = Answers("Анна Смирнова", "anna", "ru", "Asia/Omsk", "RU")
CLOCK = FrozenClock(at(MONDAY))


def home(folder: Path) -> Path:
    return folder / "share" / "leadconsole" / "desk.db"


def rows(path: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def files(folder: Path, **contents: str) -> Path:
    folder.mkdir()
    for name, text in contents.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_an_empty_desk_has_its_lead_settings_and_hours(tmp_path: Path) -> None:
    path = home(tmp_path)
    found_empty(path, CLOCK, ANNA)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["desk.db"]
    assert dict(rows(path, "SELECT key, value FROM setting")) == {
        "lead": "anna", "language": "ru", "timezone": "Asia/Omsk", "country": "RU", "calendar": "office",
    }  # fmt: skip
    assert rows(path, "SELECT login, name, role FROM person") == [("anna", "Анна Смирнова", "lead")]
    assert rows(path, "SELECT weekday, opens, closes FROM calendar_hours WHERE calendar = 'office' ORDER BY 1, 2") == [
        (day, opens, closes) for day in range(5) for opens, closes in ((540, 780), (840, 1080))
    ]
    assert rows(path, "SELECT count(*) > 100 FROM public_day WHERE country = 'RU'") == [(1,)]
    assert rows(path, "SELECT DISTINCT actor, kind, batch FROM event") == [("anna", "added", None)]
    desk = open_desk(path, CLOCK)
    assert desk.actor.login == "anna"
    assert list(check.differences(desk)) == []
    desk.database.close()


def test_around_the_clock_lays_down_no_hours(tmp_path: Path) -> None:
    found_empty(home(tmp_path), CLOCK, ANNA._replace(office=False, country=""))
    assert rows(home(tmp_path), "SELECT * FROM calendar_hours") == []
    assert rows(home(tmp_path), "SELECT key FROM setting WHERE key IN ('calendar', 'country')") == []


def test_files_come_in_with_the_answers_where_they_are_silent(tmp_path: Path) -> None:
    source = files(
        tmp_path / "csv",
        clients="code,name\nacme,Acme\n",
        people="login,name,role\nlida,Lida,specialist\n",
        tickets="number,client,subject,created\n1,acme,Printer,2026-02-20 10:00\n",
    )
    report, lead = found_from_files(home(tmp_path), CLOCK, ANNA, source)
    assert (report.kept, lead) == (True, "anna")
    assert rows(home(tmp_path), "SELECT login, role FROM person ORDER BY 1") == [
        ("anna", "lead"),
        ("lida", "specialist"),
    ]
    # The time was written without an offset: Omsk's, not the default's.
    assert rows(home(tmp_path), "SELECT created FROM ticket") == [(at("2026-02-20T10:00:00+06:00"),)]
    desk = open_desk(home(tmp_path), CLOCK)
    assert list(check.differences(desk)) == []
    desk.database.close()


@pytest.mark.parametrize("more", ["", "lead,boss\n"])
def test_the_files_lead_hours_and_settings_go_before_the_answers(tmp_path: Path, more: str) -> None:
    source = files(
        tmp_path / "csv",
        people="login,name,role\nboss,Boss,lead\n",
        settings=f"key,value\ntimezone,Europe/Kyiv\n{more}",
        calendars="calendar,weekday,opens,closes\nearly,mon,07:00,15:00\n",
    )
    assert found_from_files(home(tmp_path), CLOCK, ANNA, source)[1] == "boss"
    assert rows(home(tmp_path), "SELECT login FROM person") == [("boss",)]
    assert rows(home(tmp_path), "SELECT DISTINCT calendar FROM calendar_hours") == [("early",)]
    settings = dict(rows(home(tmp_path), "SELECT key, value FROM setting"))
    assert settings == {"lead": "boss", "timezone": "Europe/Kyiv", "language": "ru", "country": "RU"}


def test_a_whole_desk_of_another_machine_keeps_its_history(tmp_path: Path) -> None:
    old = house(tmp_path / "old.db")
    for key, value in (("lead", "anna"), ("language", "uk"), ("timezone", "Europe/Moscow"), ("country", "UA")):
        old.setting(key, value)
    old.norm(60, 480)
    old.ticket()
    export_folder(old.desk(), tmp_path / "out")
    found_from_files(home(tmp_path), CLOCK, ANNA, tmp_path / "out")
    for question in ("SELECT * FROM setting", "SELECT * FROM person", "SELECT subject, key, seq, kind FROM event"):
        ordered = f"{question} ORDER BY 1, 2, 3" if "event" in question else f"{question} ORDER BY 1"
        assert rows(home(tmp_path), ordered) == rows(tmp_path / "old.db", ordered)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("clients.csv", "code\nacme\n", ImportRejected),
        ("clients.csv", "", LeadconsoleError),
        ("odd.csv", "a,b\n1,2\n", Refused),
        ("clients.xlsx", "no workbook", LeadconsoleError),
    ],
)
def test_what_is_refused_leaves_no_trace(tmp_path: Path, name: str, content: str, kind: type[Exception]) -> None:
    (tmp_path / name).write_text(content)
    for source in (tmp_path / name, tmp_path / "none", tmp_path / ("x" * 300)):
        with pytest.raises(kind if source.name == name else Refused):
            found_from_files(home(tmp_path), CLOCK, ANNA, source)
        assert not (tmp_path / "share").exists()


def test_an_import_that_is_stopped_leaves_no_trace(tmp_path: Path) -> None:
    source = files(tmp_path / "csv", clients="code,name\nacme,Acme\n")
    with pytest.raises(Cancelled):
        found_from_files(home(tmp_path), CLOCK, ANNA, source, cancelled=lambda: True)
    assert not (tmp_path / "share").exists()


def test_a_desk_that_came_meanwhile_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home(tmp_path)
    source = files(tmp_path / "csv", clients="code,name\nacme,Acme\n")

    def somebody() -> bool:
        path.write_bytes(b"mine")
        return False

    with pytest.raises(Refused, match="meanwhile"):
        found_from_files(path, CLOCK, ANNA, source, cancelled=somebody)
    assert path.read_bytes() == b"mine"
    with pytest.raises(Refused, match="meanwhile"):
        found_empty(path, CLOCK, ANNA)
    path.unlink()
    path.symlink_to("gone")
    with pytest.raises(Refused, match="meanwhile"):
        found_empty(path, CLOCK, ANNA)
    assert [one.name for one in path.parent.iterdir()] == ["desk.db"]


def test_a_file_system_without_links_gets_its_desk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_names: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    found_empty(home(tmp_path), CLOCK, ANNA)
    assert rows(home(tmp_path), "SELECT login FROM person") == [("anna",)]
    assert [one.name for one in home(tmp_path).parent.iterdir()] == ["desk.db"]


def test_a_folder_that_can_not_be_written_is_told(common: Path) -> None:
    found_empty(common / "warm.db", CLOCK, ANNA)  # what is imported later must be there before the rights are gone

    def attempt() -> None:
        with pytest.raises(LeadconsoleError):
            found_empty(common / "more" / "desk.db", CLOCK, ANNA)

    as_nobody(attempt)
    assert [one.name for one in common.iterdir()] == ["warm.db"]
