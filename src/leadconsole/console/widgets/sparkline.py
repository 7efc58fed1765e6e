"""A row of figures as a line of blocks."""

from __future__ import annotations

from collections.abc import Iterable

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = "·"


def blocks(values: Iterable[float | None], low: float, high: float) -> str:
    """One block for each value: the lowest for `low` and less, the full one only from `high` on; a dot for None."""
    return "".join(GAP if value is None else BLOCKS[_height(value, low, high)] for value in values)


def _height(value: float, low: float, high: float) -> int:
    full = len(BLOCKS) - 1
    if value >= high:
        return full
    return max(0, int((value - low) * full / (high - low)))
