"""Pictures of the first run; look at them (SVG to PNG) before accepting a new one with --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from calm import rest
from desks import MONDAY, at
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import FrozenClock
from leadconsole.welcome.rules import Answers
from leadconsole.welcome.screen.app import WelcomeApp

Compare = Callable[..., bool]
WIDE, NARROW = (120, 40), (80, 24)
OLHA = Answers("Olha Koval", "olha", "en", "Europe/Kyiv", "UA")


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys one by one, each after what the last one set off."""

    async def before(pilot: Pilot[Any]) -> None:
        await rest(pilot)
        for key in keys:
            await pilot.press(key)
            await rest(pilot)

    return before


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of today; without this the console takes its theme for sixteen colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


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
