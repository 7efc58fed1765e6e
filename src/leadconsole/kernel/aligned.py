"""Aligned text: rows of cells in columns, measured in terminal cells and cut to a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from leadconsole.kernel.text import clean_line, pad, width

GAP = "  "
LEAST = 8
"""A column that gives way keeps at least so many cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its side, the most cells it takes (0: as many as it needs), whether it gives way."""

    title: str = ""
    align: Literal["left", "right"] = "left"
    most: int = 0
    gives_way: bool = False


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]], cells: int | None = None) -> Iterator[str]:
    """The lines of a table with its titles, if it has any; `cells` is the width of the terminal, if it matters.

    Text is cleaned on its way out, so that nothing in a cell can reach the terminal as a command.
    """
    titles = [column.title for column in columns]
    lines = [[clean_line(cell) for cell in row] for row in ([titles, *rows] if any(titles) else rows)]
    sizes = [max((width(line[place]) for line in lines), default=0) for place in range(len(columns))]
    sizes = [min(size, column.most) if column.most else size for size, column in zip(sizes, columns, strict=True)]
    if cells is not None:
        surplus = sum(sizes) + len(GAP) * (len(sizes) - 1) - cells
        for place, column in enumerate(columns):
            if column.gives_way and surplus > 0:
                kept = max(min(LEAST, sizes[place]), sizes[place] - surplus)
                surplus -= sizes[place] - kept
                sizes[place] = kept
    for line in lines:
        padded = (pad(cell, size, one.align) for cell, size, one in zip(line, sizes, columns, strict=True))
        yield GAP.join(padded).rstrip()
