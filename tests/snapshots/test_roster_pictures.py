"""Pictures of the roster; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desks import House, empty_house
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from leadconsole.kernel.period import Month
from leadconsole.roster import commands
from roster.houses import hostile, planned, roster_house
from snapshots import pictures
from snapshots.pictures import NARROW, WIDE, Compare


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys on the Roster screen."""
    return pictures.pressed("3", *keys)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed: a published plan with three later changes."""
    made = planned(roster_house(tmp_path_factory.mktemp("roster") / "desk.db"))
    commands.publish(made.desk(), Month(2026, 3))
    commands.set_shifts(
        made.desk(), {("boris", "2026-03-06"): "E", ("dina", "2026-03-04"): None, ("galina", "2026-03-10"): "N"}
    )
    return made.closed()


@pytest.fixture
def home(kept: House, tmp_path: Path) -> House:
    """A copy of the desk."""
    return kept.copied(tmp_path / "desk.db")


def test_month_wide(home: House, snap_compare: Compare) -> None:
    keys = ("j", "v", "j", "l", "v", "l", "n", "n", "n")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed(*keys))


def test_fortnight_narrow(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("t", "s"))


def test_week_in_russian(home: House, snap_compare: Compare) -> None:
    i18n.use("ru")
    keys = ("t", "t", *"]", *"jjjjj")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed(*keys))


def test_hours(home: House, snap_compare: Compare) -> None:
    i18n.use("uk")
    keys = ("l", "l", "l", "c")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed(*keys))


def test_replacements(home: House, snap_compare: Compare) -> None:
    i18n.use("uk")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("r"))


def test_rules_dialog(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("d", "3", "j", "j"))


def test_publishing(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("P"))


def test_hostile(home: House, snap_compare: Compare) -> None:
    app = DeskConsole(hostile(home).desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j", "j"))


def test_empty(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(empty_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("s"))
