"""The desk of February, a copy for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House
from payout.houses import february


@pytest.fixture(scope="module")
def kept_february(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = february(tmp_path_factory.mktemp("payout") / "desk.db")
    return made.closed()


@pytest.fixture
def copied(kept_february: House, tmp_path: Path) -> House:
    """A copy of the desk, as every test has its own."""
    return kept_february.copied(tmp_path / "desk.db")
