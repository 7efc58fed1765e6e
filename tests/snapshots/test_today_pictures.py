"""Pictures of Today; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, empty_house
from leadconsole.console import launch
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import announcement, i18n
from leadconsole.kernel.presence import Doing, Presence
from snapshots.pictures import NARROW, WIDE, Compare, pressed
from tickets.screen.houses import HOSTILE, hostile_house
from today.houses import today_house


@pytest.fixture(autouse=True)
def opens_on_today(monkeypatch: pytest.MonkeyPatch, opens_on_the_queue: None) -> None:
    """As it is for people."""
    monkeypatch.setattr(launch, "FIRST", "today")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One desk for all pictures."""
    return today_house(tmp_path_factory.mktemp("today") / "desk.db")


def test_lead_wide(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk()), terminal_size=WIDE, run_before=pressed())


def test_lead_russian(home: House, snap_compare: Compare) -> None:
    i18n.use("ru")
    assert snap_compare(DeskConsole(home.desk()), terminal_size=NARROW, run_before=pressed("j"))


def test_specialist_narrow(home: House, snap_compare: Compare) -> None:
    assert snap_compare(DeskConsole(home.desk("lida")), terminal_size=NARROW, run_before=pressed("j"))


def test_hostile_text(tmp_path: Path, snap_compare: Compare) -> None:
    made = hostile_house(tmp_path / "desk.db")
    made.ticket(HOSTILE[0], "evil", assignee="anna")
    assert snap_compare(DeskConsole(made.desk()), terminal_size=(200, 24), run_before=pressed("G"))


def test_empty_desk(tmp_path: Path, snap_compare: Compare) -> None:
    app = DeskConsole(empty_house(tmp_path / "desk.db").desk())
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed())


def test_told_to_everybody(tmp_path: Path, snap_compare: Compare) -> None:
    made = today_house(tmp_path / "desk.db")
    announcement.announce(made.desk(), "The mail server is down; promise nothing before 16:00", "Europe/Moscow")
    colleague = Presence(made.database.path.resolve(), "oleg", made.clock.now())
    colleague.enter()
    colleague.tell(Doing("queue", 4, True))
    assert snap_compare(DeskConsole(made.desk("lida")), terminal_size=WIDE, run_before=pressed("2"))
    colleague.leave()
