"""A desk of real processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.desk_file import Shell, desk_shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Runs the program on a small desk."""
    return desk_shell(tmp_path)
