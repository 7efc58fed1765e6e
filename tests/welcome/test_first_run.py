"""The first run as a person meets it: keys in, visible text out, and a desk, or no trace at all."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from calm import rest
from console.host import screen_lines
from desks import MONDAY, at
from leadconsole.console.preferences import NAME, UserPreferences
from leadconsole.intake.report import Cancelled, ImportReport, Progress
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import FrozenClock
from leadconsole.welcome.rules import Answers
from leadconsole.welcome.screen import import_dialog
from leadconsole.welcome.screen.app import WelcomeApp
from leadconsole.welcome.screen.welcome import WelcomeScreen

NOBODY = Answers("", "", "en", "UTC")
TO_THE_LIST = ("tab",) * 5
"""From the name, where the cursor stands first, to the list of ways."""


class Person:
    """Somebody at a new machine."""

    def __init__(self, app: WelcomeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in screen_lines(self.app))

    def value(self, field: str) -> Any:
        return self.app.screen_stack[0].query_one(f"#field-{field}").value  # type: ignore[attr-defined]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await rest(self.pilot)

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def until(self, wanted: str) -> None:
        for _round in range(100):
            if wanted in self.text:
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{wanted!r} never came:\n{self.text}")

    async def until_left(self) -> None:
        for _round in range(100):
            if not self.app.is_running:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"still there:\n{self.text}")


@asynccontextmanager
async def person(
    folder: Path, answers: Answers = NOBODY, size: tuple[int, int] = (80, 24), **more: Any
) -> AsyncIterator[Person]:
    app = WelcomeApp(folder / "home" / "desk.db", FrozenClock(at(MONDAY)), answers, **more)
    async with app.run_test(size=size) as pilot:
        await rest(pilot)
        yield Person(app, pilot)
        assert app.failures.errors == []


def rows(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "home" / "desk.db")) as connection:
        return connection.execute(question).fetchall()


async def test_everything_is_asked_on_one_screen_and_fits_eighty_columns(tmp_path: Path) -> None:
    async with person(tmp_path, Answers("Anna Smith", "anna", "en", "Europe/Kyiv", "UA")) as anna:
        for part in (
            "There is no desk on this machine yet.", "‹ English ›", "Anna Smith", "anna", "Europe/Kyiv", "‹ Ukraine ›",
            "d Look at the demo", "i Import files", "e Begin with an empty desk", "Esc leaves without a trace",
        ):  # fmt: skip
            assert part in anna.text
        assert "…" not in anna.text
    assert not (tmp_path / "home").exists()


async def test_the_login_follows_the_name_until_it_is_written_by_hand(tmp_path: Path) -> None:
    async with person(tmp_path) as anna:
        await anna.type("Анна Ж")
        assert anna.value("login") == "anna"
        await anna.press("tab")
        await anna.type(".b")
        await anna.press("shift+tab", "home")
        await anna.type("Х")
        assert (anna.value("name"), anna.value("login")) == ("ХАнна Ж", "anna.b")


async def test_the_country_follows_the_zone_until_it_is_chosen_by_hand(tmp_path: Path) -> None:
    async with person(tmp_path, NOBODY._replace(timezone="Europe/Kyi")) as anna:
        await anna.press("tab", "tab", "end")
        await anna.type("v")
        assert anna.value("country") == "UA"
        await anna.press("tab", "right")
        assert anna.value("country") == ""
        await anna.press("shift+tab", "backspace")
        await anna.type("v")
        assert anna.value("country") == ""


async def test_another_language_changes_the_texts_at_once_and_keeps_what_is_typed(tmp_path: Path) -> None:
    async with person(tmp_path) as anna:
        await anna.type("Анна")
        await anna.press("shift+tab", "right", "right")
        assert i18n.language() == "uk"
        assert (anna.value("name"), anna.value("login"), anna.value("language")) == ("Анна", "anna", "uk")
        # The machine says nothing of its place: it is where most people speak so.
        assert (anna.value("timezone"), anna.value("country")) == ("Europe/Kyiv", "UA")
        assert anna.app.focused is not None
        assert anna.app.focused.id == "field-language"
        await anna.press("right")
        assert i18n.language() == "en"
        assert "There is no desk" in anna.text


async def test_a_zone_that_the_machine_knows_stays_in_every_language(tmp_path: Path) -> None:
    async with person(tmp_path, NOBODY._replace(timezone="Asia/Omsk", country="RU")) as anna:
        await anna.press("shift+tab", "right", "right")
        assert (anna.value("timezone"), anna.value("country")) == ("Asia/Omsk", "RU")


@pytest.mark.parametrize("keys", [("escape",), (*TO_THE_LIST, "q"), (*TO_THE_LIST, "й"), ("ctrl+q",), ("ctrl+c",)])
async def test_leaving_leaves_no_trace(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with person(tmp_path) as anna:
        await anna.type("Anna")
        await anna.press(*keys)
        await anna.until_left()
        assert (anna.app.outcome, anna.app.return_code) == (None, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["d", "в", "enter"])
async def test_the_demo_asks_for_nothing(tmp_path: Path, key: str) -> None:
    async with person(tmp_path) as anna:
        await anna.press(*TO_THE_LIST, key)
        await anna.until_left()
        assert anna.app.outcome == "demo"
    assert list(tmp_path.iterdir()) == []


async def test_letters_in_a_field_are_text(tmp_path: Path) -> None:
    async with person(tmp_path) as anna:
        await anna.type("dieq?:")
        assert anna.value("name") == "dieq?:"
        assert anna.app.outcome is None


async def test_an_answer_that_can_not_be_is_told_under_its_field(tmp_path: Path) -> None:
    async with person(tmp_path) as anna:
        await anna.press(*TO_THE_LIST, "e")
        assert "This field can't be empty" in anna.text
        await anna.type("Anna")
        await anna.press("tab", "tab", "end")
        await anna.type("x")
        await anna.press("tab", "tab", "tab", "e")
        assert "There is no time zone «UTCx»" in anna.text
        assert "This field can't be empty" not in anna.text
        assert anna.app.focused is not None
        assert anna.app.focused.id == "field-timezone"
    assert list(tmp_path.iterdir()) == []


async def test_an_empty_desk(tmp_path: Path) -> None:
    async with person(tmp_path, NOBODY._replace(timezone="Europe/Moscow", country="RU")) as anna:
        await anna.type("Анна")
        await anna.press(*TO_THE_LIST, "down", "down", "enter")
        await anna.until_left()
        assert anna.app.outcome == "desk"
    assert rows(tmp_path, "SELECT login, name, role FROM person") == [("anna", "Анна", "lead")]
    assert dict(rows(tmp_path, "SELECT key, value FROM setting"))["country"] == "RU"


async def test_a_folder_that_can_not_be_made_is_told_and_may_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    async with person(tmp_path, NOBODY._replace(name="Anna", login="anna")) as anna:
        await anna.press(*TO_THE_LIST, "e")
        await anna.until("can't be written")
        (tmp_path / "home").unlink()
        await anna.press("e")
        await anna.until_left()
        assert anna.app.outcome == "desk"


async def test_an_import_refuses_under_its_field_and_reports_what_it_did(tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text("code,name\nacme\n[/foo],\x1b[31m\n")
    async with person(tmp_path, NOBODY._replace(name="Anna", login="anna")) as anna:
        await anna.press(*TO_THE_LIST, "i")
        await anna.until("Enter: import")
        await anna.press("enter")
        await anna.until("Say which folder or file.")
        await anna.type(str(tmp_path / "none"))
        await anna.press("enter")
        await anna.until("There is no file")
        await anna.press("ctrl+u")
        await anna.type(f"'{tmp_path / 'clients.csv'}'")
        await anna.press("enter")
        await anna.until("can't be taken, so nothing was")
        await anna.until("clients.csv:2: name:")
        assert not (tmp_path / "home").exists()
        (tmp_path / "clients.csv").write_text("code,name\nacme,Acme\n")
        await anna.press("enter")
        await anna.until("The desk is made; anna leads it.")
        assert "1 added" in anna.text
        assert anna.app.is_running
        await anna.press("enter")
        await anna.until_left()
        assert anna.app.outcome == "desk"
    assert rows(tmp_path, "SELECT code FROM client") == [("acme",)]


class SlowImport:
    """An import that goes on until it is stopped."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def __call__(self, *_arguments: Any, progress: Any, cancelled: Any) -> tuple[ImportReport, str]:
        progress(Progress("tickets.csv", 450, 1000, 12_345))
        try:
            while not cancelled():
                threading.Event().wait(0.01)
        finally:
            self.ended.set()
        raise Cancelled("The import was stopped; nothing was changed.")


async def test_an_import_shows_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "found_from_files", SlowImport())
    async with person(tmp_path, NOBODY._replace(name="Anna", login="anna")) as anna:
        await anna.press(*TO_THE_LIST, "i")
        await anna.until("Enter: import")
        await anna.type("x")
        await anna.press("enter")
        await anna.until("45 %  tickets.csv  12")
        assert "Esc: stop" in anna.text
        await anna.press("escape")
        await anna.until("The import was stopped")
        await anna.until("Enter: import")
        await anna.press("escape")
        await anna.until("How does it begin?")
        assert isinstance(anna.app.screen, WelcomeScreen)


async def test_who_quits_while_an_import_runs_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = SlowImport()
    monkeypatch.setattr(import_dialog, "found_from_files", slow)
    async with person(tmp_path, NOBODY._replace(name="Anna", login="anna")) as anna:
        await anna.press(*TO_THE_LIST, "i")
        await anna.until("Enter: import")
        await anna.type("x")
        await anna.press("enter")
        await anna.until("45 %")
        await anna.press("ctrl+q")
        await anna.until_left()
        assert anna.app.outcome is None
    assert slow.ended.wait(5)


async def test_on_a_small_terminal_everything_can_be_reached(tmp_path: Path) -> None:
    async with person(tmp_path, size=(40, 10)) as anna:
        await anna.press(*TO_THE_LIST)
        assert "Look at the demo" in anna.text


async def test_the_theme_is_kept_from_the_first_run_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with person(tmp_path, preferences=UserPreferences(tmp_path / "config")) as anna:
        await anna.app.run_command("app.theme")
    assert (tmp_path / "config" / NAME).read_text() == 'theme = "light"\n'
