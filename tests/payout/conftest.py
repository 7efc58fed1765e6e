"""The desk of February, a copy for every test."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desks import House
from leadconsole.kernel.database import open_database
from payout.houses import february


@pytest.fixture(scope="module")
def kept_february(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = february(tmp_path_factory.mktemp("payout") / "desk.db")
    made.database.close()
    with closing(sqlite3.connect(made.database.path)) as last:
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@pytest.fixture
def copied(kept_february: House, tmp_path: Path) -> House:
    """A copy of the desk, as every test has its own."""
    shutil.copy(kept_february.database.path, tmp_path / "desk.db")
    return House(
        open_database(tmp_path / "desk.db", kept_february.clock), kept_february.clock, dict(kept_february.people)
    )
