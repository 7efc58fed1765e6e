"""Aligned text: rows of cells in columns, measured in terminal cells and fitted to a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from leadconsole.kernel.text import clean_line, pad, shorten, width

GAP = "  "
LEAST = 8
"""A column that gives way keeps at least so many cells."""

READABLE = 30
"""A column that wraps keeps so many while others can still give way."""

_MOST_A_CELL = 16
"""No cell holds more characters than this; families of emoji come near."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its side, the most cells it takes (0: as many as it needs), how it fits a narrow terminal.

    One that gives way is cut; one that wraps goes on in the next line.
    """

    title: str = ""
    align: Literal["left", "right"] = "left"
    most: int = 0
    gives_way: bool = False
    wraps: bool = False


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]], cells: int | None = None) -> Iterator[str]:
    """The lines of a table with its titles, if it has any; `cells` is the width of the terminal, if it matters.

    Text is cleaned on its way out, so that nothing in a cell can reach the terminal as a command.
    """
    titles = [column.title for column in columns]
    lines = [[clean_line(cell) for cell in row] for row in ([titles, *rows] if any(titles) else rows)]
    sizes = _sizes(columns, lines, cells)
    for line in lines:
        pieces = [
            wrapped(cell, size) if column.wraps else [cell]
            for cell, size, column in zip(line, sizes, columns, strict=True)
        ]
        for row in zip_longest(*pieces, fillvalue=""):
            padded = (pad(cell, size, one.align) for cell, size, one in zip(row, sizes, columns, strict=True))
            told = GAP.join(padded).rstrip()
            yield told if cells is None else shorten(told, cells)


def wrapped(text: str, cells: int | None) -> list[str]:
    """The text in lines of at most `cells` cells, broken at spaces where there are any; its own lines stay."""
    if cells is None:
        return text.split("\n")
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, max(1, cells))]


def _sizes(columns: Sequence[Column], lines: Sequence[Sequence[str]], cells: int | None) -> list[int]:
    sizes = [max((width(line[place]) for line in lines), default=0) for place in range(len(columns))]
    sizes = [min(size, column.most) if column.most else size for size, column in zip(sizes, columns, strict=True)]
    if cells is None:
        return sizes
    surplus = sum(sizes) + len(GAP) * (len(sizes) - 1) - cells
    wrapping = [place for place, column in enumerate(columns) if column.wraps]
    giving_way = [place for place, column in enumerate(columns) if column.gives_way]
    # Nothing is lost where text wraps, as long as its lines can be read.
    for least, places in ((READABLE, wrapping), (LEAST, giving_way), (LEAST, wrapping)):
        for place in places:
            kept = max(min(least, sizes[place]), sizes[place] - max(0, surplus))
            surplus -= sizes[place] - kept
            sizes[place] = kept
    return sizes


def _broken(paragraph: str, cells: int) -> list[str]:
    if width(paragraph) <= cells:
        return [paragraph]
    lines: list[str] = []
    line, *words = paragraph.split(" ")
    *full, line = _slices(line, cells)
    lines += full
    for word in words:
        joined = f"{line} {word}"
        # A word of a megabyte is looked at once, in slices.
        if len(joined) <= cells * _MOST_A_CELL and width(joined) <= cells:
            line = joined
            continue
        if line.strip():
            lines.append(line)
        *full, line = _slices(word, cells)
        lines += full
    return [*lines, line]


def _slices(word: str, cells: int) -> Iterator[str]:
    """A word in pieces that fit."""
    at = 0
    while len(word) - at > cells * _MOST_A_CELL or width(word[at:]) > cells:
        piece = _head(word[at : at + cells * _MOST_A_CELL], cells)
        yield piece
        at += len(piece)
    yield word[at:]


def _head(text: str, cells: int) -> str:
    """As much of a long text as fits, at least one character."""
    for size in (cells * 2, len(text)):
        if text[:size].isascii():
            return text[:cells]
        # Longer than it may be in any case, so that it is cut, with one cell more for the sign of the cut.
        fitting = len(shorten(f"{text[:size]}  ", cells + 1).removesuffix("…"))
        if fitting < size:
            break
    return text[: max(1, fitting)]
