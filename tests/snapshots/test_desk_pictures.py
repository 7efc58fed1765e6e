"""Pictures of the Desk screen; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from snapshots import pictures
from snapshots.pictures import NARROW, WIDE, Compare
from team.screen.houses import access_house, away_house, desk_house


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys on the Desk screen."""
    return pictures.pressed("7", *keys)


def test_clients_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(desk_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("]"))


def test_people_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(desk_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("j"))


def test_calendar_dialog(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(desk_house(tmp_path / "desk.db").desk())
    keys = (*"]]]]]", "j", "e", *"x", "ctrl+s")
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*keys))


def test_calendars_russian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(desk_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*"]]]]]", "j"))


def test_absences_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(away_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*"]]]", "j"))


def test_fees_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(away_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*"]]]]"))


def test_keys_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(access_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*"]]]]]]]]", "j"))


def test_refused_russian_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(access_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*"]]]]]]]]]", "j", "j"))


def test_new_key_dialog(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(access_house(tmp_path / "desk.db").desk())
    keys = (*"]]]]]]]]", "c", "tab", *"id_ed25519.pub", "ctrl+s")
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*keys))
