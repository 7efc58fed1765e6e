"""Pictures of 1-on-1s; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desks import House
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from one_on_one.screen.houses import review_house
from snapshots.pictures import NARROW, WIDE, Compare


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys one by one, each after what the last one has read."""

    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.4)
        await pilot.pause(0.4)

    return before


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once."""
    made = review_house(tmp_path_factory.mktemp("reviews") / "desk.db")
    return made.closed()


@pytest.fixture
def home(model: House, tmp_path: Path) -> House:
    """A copy of the desk."""
    return model.copied(tmp_path / "desk.db")


def test_team_narrow(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("5", "G"))


def test_sheet_wide(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed("5", "G", "enter"))


def test_record_hostile(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed("5", "G", "enter", "j"))


def test_meeting_narrow(home: House, snap_compare: Compare) -> None:
    keys = ("5", "G", "m", "1", "2", "tab", "o", "k")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed(*keys))


def test_meeting_wide(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed("5", "G", "m", "1", "2"))


def test_own_sheet_russian(home: House, snap_compare: Compare) -> None:
    i18n.use("ru")
    assert snap_compare(DeskConsole(home.desk("lida")), terminal_size=NARROW, run_before=pressed("5"))


def test_no_sheet_yet(home: House, snap_compare: Compare) -> None:
    keys = ("5", "j", "enter", "right_square_bracket", "right_square_bracket", "right_square_bracket")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed(*keys))
