"""Pictures of the queue; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import at, empty_house
from leadconsole.console.launch import DeskConsole
from leadconsole.demo import make_demo
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import FrozenClock
from leadconsole.team.seat import open_desk
from snapshots.pictures import NARROW, WIDE, Compare, pressed
from tickets.screen.houses import hostile_house, queue_house


def test_demo_desk(tmp_path: Path, snap_compare: Compare) -> None:
    """The picture of the README."""
    clock = FrozenClock(at("2026-10-28T12:00:00+03:00"))
    make_demo(tmp_path / "demo.db", clock, "en")
    app = DeskConsole(open_desk(tmp_path / "demo.db", clock, "anna"))
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j", "j"))


def test_queue_wide(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j", "j"))


def test_queue_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("j"))


def test_ticket_narrow(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("j", "enter"))


def test_assign_dialog(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("a"))


def test_reply_refused(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("r", "ctrl+s"))


def test_new_ticket_ukrainian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("uk")
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("c"))


def test_queue_russian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j", "j"))


def test_help_russian(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("question_mark"))


def test_queue_hostile(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(hostile_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed("j"))


def test_queue_empty(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(empty_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed())


def test_queue_without_colour(tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed("j"))
