"""Columns of a table and the cells they get on a screen of some width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

GUTTER = 1
"""Cells before the first column, where the cursor and the marks are shown by sign."""


class Column(NamedTuple):
    """One column: a fixed `width` in cells, or a share of what is left (`flex`), at least `width` cells."""

    id: str
    title: str
    width: int
    flex: int = 0
    align: Literal["left", "right"] = "left"
    keep: int = 0
    """0 is always shown; of the others the highest number goes first when the screen is narrow."""


class Laid(NamedTuple):
    """A column as it is laid out: its place among the row's cells, its width, its alignment."""

    place: int
    width: int
    align: Literal["left", "right"]


def lay_out(columns: Sequence[Column], width: int) -> list[Laid]:
    """The columns that fit into `width` cells, one space between them; flexible ones share the rest."""
    shown = list(range(len(columns)))
    while len(shown) > 1 and _least(columns, shown) > width:
        least = max(shown, key=lambda index: (columns[index].keep, index))
        if not columns[least].keep:
            break
        shown.remove(least)
    rest = max(0, width - _least(columns, shown))
    shares = sum(columns[index].flex for index in shown)
    laid = []
    used = GUTTER
    for index in shown:
        column = columns[index]
        extra = rest * column.flex // shares if shares else 0
        rest, shares = rest - extra, shares - column.flex
        cells = min(column.width + extra, width - used)
        if cells <= 0:
            break
        laid.append(Laid(index, cells, column.align))
        used += cells + 1
    return laid


def _least(columns: Sequence[Column], shown: Sequence[int]) -> int:
    return GUTTER + sum(columns[index].width for index in shown) + len(shown) - 1
