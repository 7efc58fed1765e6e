"""A desk of real processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.desk_file import Shell
from desks import house


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The desk of tests/desks.py with three tickets, on a Monday noon."""
    made = house(tmp_path / "desk.db", "2026-03-02T10:00:00+03:00")
    made.setting("lead", "anna")
    made.norm(60, 480)
    made.ticket("The printer is silent")
    made.ticket("Слишком долго проводится", priority="high", assignee="lida")
    made.ticket("Paid work", kind="task", price="14000")
    made.database.close()
    return Shell(tmp_path, made.database.path)
