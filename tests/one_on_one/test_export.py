"""One person's history as Markdown and as a workbook: harmless cells, no private note, never over a file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cli.desk_file import Shell
from desks import House, house
from leadconsole.intake.commands import export_folder
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.one_on_one import commands, meetings
from leadconsole.one_on_one.export import export_history
from leadconsole.one_on_one.meetings import Given, Held
from one_on_one.sheets import criterion


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk on which Lida was met once, with hostile words."""
    made = house(tmp_path / "desk.db")
    made.setting("lead", "anna")
    criterion(made, "=1+1", "20", position="1")
    criterion(made, "Calm | [x](y)", "10", position="2")
    meetings.give_own(made.desk("lida"), {"=1+1": Given("19", "")})
    given = {"=1+1": Given("12,5", "@SUM(A1)\n*bold*"), "Calm | [x](y)": Given("5", "so")}
    sheet = (("=1+1", 2000), ("Calm | [x](y)", 1000))
    agreed = [{"text": "-1 step", "owner": "anna", "due": "2026-03-09"}]
    meetings.save(made.desk(), "lida", Held("2026-03-02", sheet, given, agreed=agreed, note="between us"))
    meetings.acknowledge(made.desk("lida"), "2026-03-02", "I agree")
    meetings.correct(made.desk(), "lida", "2026-03-02", "It was 13")
    return made


def test_markdown_tells_all_but_the_private_note(home: House, tmp_path: Path) -> None:
    export_history(home.desk("lida"), "lida", tmp_path / "lida.md")
    text = (tmp_path / "lida.md").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "lida.md").stat().st_mode) == 0o600
    for told in ("# Lida (lida)", "17.5 / 30", "12.5 / 20", "| 19 |", "I agree", "It was 13", "- [ ] -1 step (anna"):
        assert told in text
    assert "Calm \\| \\[x\\](y)" in text
    assert "\\*bold\\*" in text
    assert "between us" not in text


def test_the_workbook_runs_nothing(home: House, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    export_history(home.desk(), "lida", tmp_path / "lida.xlsx")
    book = load_workbook(tmp_path / "lida.xlsx")
    assert book.sheetnames == ["Points", "Meetings", "Agreed"]
    rows = list(book["Points"].iter_rows(values_only=True))
    assert rows[1][1:] == ("'=1+1", 12.5, 20, 19, "'@SUM(A1)\n*bold*")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert "between us" not in str(cell.value)


def test_nobody_takes_the_history_of_another_and_no_file_is_overwritten(home: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        export_history(home.desk("oleg"), "lida", tmp_path / "x.md")
    (tmp_path / "mine.md").write_text("mine")
    for name, code in (("mine.md", "exists"), ("x.pdf", "bad_ending"), ("no/x.md", "unwritable")):
        with pytest.raises(Refused) as refusal:
            export_history(home.desk(), "lida", tmp_path / name)
        assert refusal.value.code == code
    assert (tmp_path / "mine.md").read_text() == "mine"


def test_the_command_line_writes_it_too(home: House, tmp_path: Path) -> None:
    home.database.close()
    shell = Shell(tmp_path, tmp_path / "desk.db")
    told = shell.run("review", "lida", "--to", "lida.md", "--json", now="2026-03-02T12:00:00+03:00")
    assert (told.status, told.json) == (0, {"login": "lida", "file": "lida.md"})
    assert (tmp_path / "lida.md").exists()
    assert shell.run("review", "lida", "--to", "lida.md").status == 1


def test_private_notes_leave_the_desk_only_in_a_private_export(home: House, tmp_path: Path) -> None:
    commands.enter(home.desk(), "meeting_plan", {"login": "lida", "rule": "FREQ=DAILY"})
    export_folder(home.desk(), tmp_path / "plain")
    assert "between us" not in "".join(path.read_text() for path in (tmp_path / "plain").iterdir())
    export_folder(home.desk(), tmp_path / "private", private=True)
    assert "between us" in (tmp_path / "private" / "history.jsonl").read_text()
