"""What people typed and haven't sent stays theirs, through every restart, until it is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.drafts import DeskDrafts, draft, drop, keep
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import undo

KEY = "ticket.reply:4711"


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk without drafts."""
    return house(tmp_path / "desk.db")


def test_without_a_draft_there_is_none(home: House) -> None:
    assert draft(home.desk(), KEY) is None


def test_the_last_that_was_typed_is_kept(home: House) -> None:
    keep(home.desk(), KEY, "Good mor")
    home.wait(1)
    keep(home.desk(), KEY, "Good morning")
    assert draft(home.desk(), KEY) == "Good morning"
    rows = home.database.reader.execute("SELECT actor, key, at FROM draft").fetchall()
    assert rows == [("anna", KEY, home.clock.now())]


def test_a_draft_belongs_to_its_key_and_its_person(home: House) -> None:
    keep(home.desk("anna"), KEY, "Anna's")
    keep(home.desk("lida"), KEY, "Lida's")
    keep(home.desk("lida"), "ticket.note:4711", "Lida's note")
    assert draft(home.desk("anna"), KEY) == "Anna's"
    assert draft(home.desk("anna"), "ticket.note:4711") is None
    drop(home.desk("lida"), KEY)
    assert draft(home.desk("lida"), KEY) is None
    assert draft(home.desk("lida"), "ticket.note:4711") == "Lida's note"
    assert draft(home.desk("anna"), KEY) == "Anna's"


@pytest.mark.parametrize("text", ["", " \n\t ", "line\r\nline\n", "‮=1+1👩‍👧\x1b[31m", "ё" * 100_000])
def test_a_draft_comes_back_to_the_letter(home: House, text: str) -> None:
    keep(home.desk(), KEY, text)
    assert draft(home.desk(), KEY) == text


def test_a_draft_survives_a_restart(home: House) -> None:
    keep(home.desk(), KEY, "half a senten")
    assert draft(home.again().desk(), KEY) == "half a senten"


def test_dropping_what_is_not_there_writes_nothing(home: House) -> None:
    other = home.again_beside()
    before = home.database.data_version()
    drop(other.desk(), KEY)
    assert home.database.data_version() == before
    keep(other.desk(), KEY, "x")
    drop(other.desk(), KEY)
    assert home.database.data_version() != before


def test_drafts_are_no_history_and_no_steps(home: House) -> None:
    count = "SELECT count(*) FROM event"
    before = home.database.reader.execute(count).fetchone()
    keep(home.desk("lida"), KEY, "x")
    drop(home.desk("lida"), KEY)
    assert home.database.reader.execute(count).fetchone() == before
    with pytest.raises(Refused, match="nothing"):
        undo(home.desk("lida"))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ACCOUNTANT])
def test_who_writes_nothing_keeps_no_drafts(home: House, role: Role) -> None:
    home.people["dora"] = role
    desk = home.desk("dora")
    with pytest.raises(NotAllowed):
        keep(desk, KEY, "x")
    with pytest.raises(NotAllowed):
        draft(desk, KEY)
    with pytest.raises(NotAllowed):
        drop(desk, KEY)
    assert home.database.reader.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_dialogs_keep_the_drafts_of_the_person_at_the_desk(home: House) -> None:
    drafts = DeskDrafts(home.desk("lida"))
    assert drafts.get(KEY) is None
    drafts.put(KEY, "x")
    assert drafts.get(KEY) == draft(home.desk("lida"), KEY) == "x"
    assert DeskDrafts(home.desk("oleg")).get(KEY) is None
    drafts.drop(KEY)
    assert drafts.get(KEY) is None
