"""Pictures of the payout; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from calm import rest
from desks import House, empty_house
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from payout.houses import february, hostile
from snapshots import pictures
from snapshots.pictures import NARROW, WIDE, Compare


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys; then the right side follows the cursor."""

    async def before(pilot: Pilot[Any]) -> None:
        await pictures.pressed(*keys)(pilot)
        await pilot.pause(0.3)
        await rest(pilot)

    return before


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = hostile(february(tmp_path_factory.mktemp("payout") / "desk.db"))
    return made.closed()


@pytest.fixture
def home(kept: House, tmp_path: Path) -> House:
    """A copy of the desk."""
    return kept.copied(tmp_path / "desk.db")


def test_statement_narrow(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("6", "[", "j"))


def test_statement_wide_with_hostile_text(home: House, snap_compare: Compare) -> None:
    app = DeskConsole(home.desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("6", "[", "j", "j", "j", "j", "j"))


def test_abnormal_month_in_russian(home: House, snap_compare: Compare) -> None:
    i18n.use("ru")
    home.setting("guaranteed_minimum", "50000")
    app = DeskConsole(home.desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("6", "[", "G", "k", "k", "k"))


def test_closing(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("6", "[", "C"))


def test_empty(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(empty_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("6", "j", "j", "j", "j"))


def test_card(home: House, snap_compare: Compare) -> None:
    app = DeskConsole(home.desk())
    keys = ("6", "[", "j", "j", "j", "j", "j", "enter", "G", "enter")
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*keys))


def test_probation_in_ukrainian(home: House, snap_compare: Compare) -> None:
    i18n.use("uk")
    home.setting("probation_salary", "70000")
    home.setting("probation_until", "2026-02-28")
    app = DeskConsole(home.desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("6", "[", *"jjjjjjjjjjj"))


def test_what_if(home: House, snap_compare: Compare) -> None:
    app = DeskConsole(home.desk())
    keys = ("6", "[", "w", "h", "tab", *"80000", "ctrl+s")
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*keys))
