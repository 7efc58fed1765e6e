"""What everybody is told: one line, by the lead, kept in history; undo and redo; it travels with an export."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, empty_house, house
from leadconsole.kernel import announcement
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import redo, undo

ZONE = "Europe/Moscow"


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path / "desk.db")


def text(home: House, login: str = "lida") -> str | None:
    told = announcement.standing(home.desk(login))
    return None if told is None else told.text


def test_a_line_stands_until_it_is_withdrawn_and_every_step_can_be_taken_back(home: House) -> None:
    desk = home.desk()
    assert text(home) is None
    announcement.announce(desk, "  The mail server\nis down \x1b[31m ", ZONE)
    told = announcement.standing(home.desk("lida"))
    assert told is not None
    assert "\n" not in told.text
    assert "\x1b" not in told.text
    assert (told.by, told.since) == ("anna", "2026-03-02T10:00:00+03:00")
    announcement.announce(desk, "It is up again", ZONE)
    announcement.withdraw(desk)
    assert text(home) is None
    with pytest.raises(Refused, match="Nothing is announced"):
        announcement.withdraw(desk)
    for wanted in ("It is up again", told.text, None):
        undo(desk)
        assert text(home) == wanted
    assert redo(desk).startswith("Announced again")
    assert text(home) == told.text
    kinds = [kind for (kind,) in home.database.reader.execute("SELECT kind FROM event WHERE subject = 'announcement'")]
    assert kinds == ["announced", "announced", "withdrawn", "undo", "undo", "undo", "undo"]


def test_nobody_undoes_over_anothers_line(home: House) -> None:
    home.person("boss", "lead")
    announcement.announce(home.desk(), "mine", ZONE)
    announcement.announce(home.desk("boss"), "theirs", ZONE)
    with pytest.raises(Refused, match="Something else was announced since"):
        undo(home.desk())
    assert text(home) == "theirs"


@pytest.mark.parametrize("bad", ["", " \n ", "x" * 201])
def test_an_empty_or_endless_line_is_refused(home: House, bad: str) -> None:
    with pytest.raises(Refused):
        announcement.announce(home.desk(), bad, ZONE)
    with pytest.raises(NotAllowed):
        announcement.announce(home.desk("lida"), "x", ZONE)


def test_it_travels_with_an_export(home: House, tmp_path: Path) -> None:
    from leadconsole.intake.commands import export_folder, import_paths

    announcement.announce(home.desk(), "The mail server is down", ZONE)
    export_folder(home.desk(), tmp_path / "out")
    other = empty_house(tmp_path / "other.db")
    import_paths(other.desk(), [tmp_path / "out"])
    assert announcement.standing(other.desk()) == announcement.standing(home.desk())
