"""Pictures of the first run; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import MONDAY, at
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import FrozenClock
from leadconsole.welcome.rules import Answers
from leadconsole.welcome.screen.app import WelcomeApp
from snapshots.pictures import NARROW, WIDE, Compare, pressed

OLHA = Answers("Olha Koval", "olha", "en", "Europe/Kyiv", "UA")


def first_run(folder: Path, answers: Answers) -> WelcomeApp:
    return WelcomeApp(folder / "desk.db", FrozenClock(at(MONDAY)), answers)


def test_first_run(tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(first_run(tmp_path, OLHA), terminal_size=NARROW, run_before=pressed())


def test_first_run_refused(tmp_path: Path, snap_compare: Compare) -> None:
    app = first_run(tmp_path, OLHA._replace(timezone="Europe/Kiew"))
    assert snap_compare(app, terminal_size=NARROW, run_before=pressed(*["tab"] * 5, "e"))


def test_first_run_russian_wide(tmp_path: Path, snap_compare: Compare) -> None:
    i18n.use("ru")
    app = first_run(tmp_path, Answers("Анна Смирнова", "anna", "ru", "Europe/Moscow", "RU"))
    assert snap_compare(app, terminal_size=WIDE, run_before=pressed(*["tab"] * 5, "j"))


def test_import_rejected(tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "clients.csv").write_text("code,name\nacme,Acme\nvector,\n")
    (tmp_path / "csv" / "tickets.csv").write_text("number,client,subject,created\n1,acme,Hello,soon\n")
    keys = [*["tab"] * 5, "i", "c", "s", "v", "enter"]
    assert snap_compare(first_run(tmp_path, OLHA), terminal_size=NARROW, run_before=pressed(*keys))
