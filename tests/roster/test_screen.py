"""The roster as a person uses it: keys in, visible text out, rows in the file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desks import House
from leadconsole.kernel.database import open_database
from roster.houses import roster_house
from tickets.screen.seat import seated

WIDE = (120, 40)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = roster_house(tmp_path_factory.mktemp("roster") / "desk.db")
    made.database.close()
    with closing(sqlite3.connect(made.database.path)) as last:
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@pytest.fixture
def home(kept: House, tmp_path: Path) -> House:
    """A copy of the desk, as every test has its own."""
    shutil.copy(kept.database.path, tmp_path / "desk.db")
    return House(open_database(tmp_path / "desk.db", kept.clock), kept.clock, dict(kept.people))


def shifts(home: House, login: str = "") -> list[str]:
    """The shifts in the file as `login day code`."""
    rows = home.database.reader.execute("SELECT login, date, shift FROM shift ORDER BY 1, 2")
    return [f"{who} {day[-2:]} {code}" for who, day, code in rows if login in ("", who)]


async def test_letters_write_shifts_in_both_layouts_and_undo_takes_them_back(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3")
        await seat.until("March 2026")
        assert "draft" in seat.lines[1]
        await seat.press("s")
        assert "write: D E N" in seat.text
        await seat.press("D", "d", "в", "У", "space", "n")
        assert shifts(home, "anna") == ["anna 02 D", "anna 03 D", "anna 04 D", "anna 05 E", "anna 07 N"]
        await seat.press("escape", "u")
        assert "anna 07 N" not in shifts(home)
