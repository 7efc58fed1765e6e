"""Pictures of merging, splitting, ready texts and macros; look at them before accepting a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desks import House
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.tickets import commands, shelves
from leadconsole.tickets.screen import QueueScreen
from leadconsole.tickets.shelves import MACROS, TEXTS
from snapshots.pictures import NARROW, WIDE, Compare
from tickets.screen.houses import queue_house


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A desk with a talk, a merge, a link, a ready text and a macro."""
    made = queue_house(tmp_path_factory.mktemp("model") / "desk.db")
    desk = made.desk()
    commands.note(made.desk("lida"), 4, "The scanner of the storekeeper is dead, too. [/foo] \x1b[31m")
    made.wait(3)
    twin = made.ticket("Новое рабочее место", "toxic", requester="Борис", body="Когда будет готово?")
    commands.merge(desk, twin, 4)
    commands.link(desk, 4, 8)
    cells = {"priority": "high", "tags": "night -old", "assign": "@me", "status": "open", "note": "Ночь, {number}"}
    shelves.keep(desk, MACROS, {"owner": "", "name": "Ночная смена", **cells})
    shelves.keep(desk, TEXTS, {"owner": "anna", "name": "Got it", "text": "Dear {requester}, we work on {number}."})
    return made


@pytest.fixture
def desk(model: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk in a file of its own, in a terminal of today."""
    with closing(sqlite3.connect(model.database.path)) as source, closing(sqlite3.connect(tmp_path / "d.db")) as target:
        source.backup(target)
    clock = FrozenClock(model.clock.at)
    return Desk(open_database(tmp_path / "d.db", clock), clock, Actor("anna", Role.LEAD))


def pressed(*keys: str, at: int = 4) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Goes to a ticket and presses keys one by one."""

    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause(0.3)
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        screen.open_subject("ticket", at)
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.15)
        await pilot.pause(0.3)

    return before


def test_related_wide(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(desk), terminal_size=WIDE, run_before=pressed())


def test_split_narrow(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(desk), terminal_size=NARROW, run_before=pressed("Y", "j", "space"))


def test_merge_ukrainian(desk: Desk, snap_compare: Compare) -> None:
    i18n.use("uk")
    assert snap_compare(DeskConsole(desk), terminal_size=NARROW, run_before=pressed("D", "8", "enter"))


def test_macro_form_narrow(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(desk), terminal_size=NARROW, run_before=pressed("B", "down", "enter", "e"))


def test_macro_asks_russian(desk: Desk, snap_compare: Compare) -> None:
    i18n.use("ru")
    assert snap_compare(DeskConsole(desk), terminal_size=NARROW, run_before=pressed("V", "b", "1"))


def test_ready_text_in_a_reply(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(desk), terminal_size=NARROW, run_before=pressed("r", "ctrl+t", "1"))
