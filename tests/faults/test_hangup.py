"""A terminal that goes away ends its program, also where the system sends no signal."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cli.terminals import started, until
from desks import house


def test_a_terminal_that_is_gone_ends_the_program(tmp_path: Path) -> None:
    """Of a terminal that isn't the controlling one, nobody is told: the program must see it, and not spin on it."""
    path = tmp_path / "desk.db"
    house(path).database.close()
    process, terminal = started("--db", str(path), "--lang", "en")
    until(terminal, "Queue")
    os.close(terminal)
    try:
        assert process.wait(20) == 129
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail("it goes on without a terminal")
