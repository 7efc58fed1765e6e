"""Figures as blocks."""

from __future__ import annotations

import pytest

from leadconsole.console.widgets.sparkline import blocks


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([], ""),
        ([None], "·"),
        ([0, 50, 100], "▁▁█"),
        ([120], "█"),
        ([99.99], "▇"),  # the full block is for the full figure alone
        ([57, 58, 65, 72, 79, 86, 93], "▁▂▃▄▅▆▇"),
        ([None, 100, None], "·█·"),
    ],
)
def test_blocks(values: list[float | None], shown: str) -> None:
    assert blocks(values, 50, 100) == shown
