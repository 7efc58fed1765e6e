"""Pictures of the Cover screen; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from curation.screen.houses import cover_house, hostile_house
from desks import empty_house
from leadconsole.console.launch import DeskConsole
from leadconsole.curation.approving import approve
from leadconsole.curation.facts import Absence
from leadconsole.kernel import i18n
from snapshots import pictures
from snapshots.pictures import NARROW, WIDE, Compare


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys on the Cover screen."""
    return pictures.pressed("4", *keys)


def test_matrix_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j", "l", "v", "h"))


def test_matrix_russian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("j"))


def test_hostile(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(hostile_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("l"))


def test_empty(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(empty_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed())


def test_what_if_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("]", "t", "1", "j", "k"))


def test_approval(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("uk")
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("]", "t", "1", "a"))


def test_year(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("]", "]", "j", "j"))


def test_sheet(tmp_path: Path, snap_compare: Compare) -> None:
    made = cover_house(tmp_path / "desk.db")
    approve(made.desk(), [Absence("lida", "2026-03-10", "2026-03-20")])
    assert snap_compare(DeskConsole(made.desk("oleg")), terminal_size=WIDE, run_before=pressed("]", "]", "]"))


def test_depth(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(cover_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*"]]]]]", "v"))
