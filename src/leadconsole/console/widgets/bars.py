"""A row of figures as bars on a scale: read at a glance, drawn with letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

STEPS = " ▁▂▃▄▅▆▇█"
LINE = "┄"


class Bar(NamedTuple):
    """One line of the chart: the figure of the scale on its left, and the bars."""

    label: str
    bars: str


def scale_of(values: Sequence[float], step: int = 10) -> tuple[int, int]:
    """The ends of a scale in whole steps that holds all values with some room below."""
    low = int((min(values) - step / 2) // step) * step
    high = -int(-(max(values) + 0.001) // step) * step
    return max(0, low), max(high, low + 2 * step)


def bars(values: Sequence[float], low: int, high: int, *, wide: int = 2, marks: Sequence[float] = ()) -> list[Bar]:
    """The chart from its top line down; every bar is `wide` cells and a space, `marks` are drawn as lines behind."""
    size = 5 if high - low <= 40 else 10
    told = []
    for begins in range(high - size, low - size, -size):
        marked = any(begins <= mark < begins + size for mark in marks)
        behind = LINE if marked else " "
        cells = []
        for value in values:
            letter = STEPS[max(0, min(8, round((value - begins) / size * 8)))]
            if begins == low and letter == " ":
                letter = STEPS[1]  # the least that there is still stands on the ground
            cells.append((behind if letter == " " else letter) * wide)
        told.append(Bar("" if (begins + size) % 10 else str(begins + size), behind.join(cells)))
    return told
