"""Pictures of norms and hand-overs; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from pathlib import Path

from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import i18n
from snapshots.pictures import NARROW, WIDE, Compare, pressed
from tickets.screen.norm_houses import norms_house


def test_norms_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(norms_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("8", "j"))


def test_norms_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(norms_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("8", "j"))


def test_hand_overs_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(norms_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("8", "s", "j", "j"))


def test_hand_overs_russian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(norms_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("8", "s", "j", "j", "enter"))
