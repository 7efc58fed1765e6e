"""What is marked in a grid, by the keys of rows and columns."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple


class At(NamedTuple):
    """A cell by the keys of its row and its column."""

    row: Hashable
    column: Hashable


@dataclass(frozen=True)
class Marks:
    """Single cells, whole rows and whole columns."""

    cells: frozenset[At] = frozenset()
    rows: frozenset[Hashable] = frozenset()
    columns: frozenset[Hashable] = frozenset()

    def __contains__(self, at: object) -> bool:
        return isinstance(at, At) and (at in self.cells or at.row in self.rows or at.column in self.columns)

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows or self.columns)


NO_MARKS = Marks()


class Range(NamedTuple):
    """The places between two cells, both with them."""

    rows: range
    columns: range

    def has(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return row in self.rows and column in self.columns


def between(one: tuple[int, int], other: tuple[int, int]) -> Range:
    """The range with these two cells (row, column) as corners."""
    rows = range(min(one[0], other[0]), max(one[0], other[0]) + 1)
    return Range(rows, range(min(one[1], other[1]), max(one[1], other[1]) + 1))
