"""A meeting that is half written survives its program: killed outright, or cut off from its terminal."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from cli.terminals import started, until
from one_on_one.screen.houses import review_house

NOW = "2026-03-02T10:40:00+03:00"


def drafts(path: Path) -> str:
    """Every draft of the desk in one text."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(text for (text,) in connection.execute("SELECT text FROM draft"))


def at_the_meeting(path: Path, wanted: str = "Private note") -> tuple[int, int]:
    """The lead at the sheet of a meeting with Oleg: the process and its terminal."""
    process, terminal = started("--db", str(path), "--lang", "en", LEADCONSOLE_NOW=NOW)
    until(terminal, "open")
    os.write(terminal, b"5")
    until(terminal, "mirror")
    os.write(terminal, b"m")
    until(terminal, wanted)
    return process.pid, terminal


@pytest.mark.parametrize("cut", ["killed", "cut off"])
def test_what_was_typed_is_there_again(tmp_path: Path, cut: str) -> None:
    path = tmp_path / "desk.db"
    made = review_house(path)
    before = made.snapshot()
    made.database.close()
    pid, terminal = at_the_meeting(path)
    os.write(terminal, b"17\tkept every promise")
    until(terminal, "promise")
    if cut == "killed":
        ends = time.monotonic() + 20
        while "kept every promise" not in drafts(path) and time.monotonic() < ends:
            time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    os.waitpid(pid, 0)
    assert '"17", "kept every promise"' in drafts(path)
    pid, terminal = at_the_meeting(path, "kept every promise")
    os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    os.waitpid(pid, 0)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM meeting_record WHERE date = '2026-03-02'").fetchone() == (0,)
    assert made.again().snapshot() == before
