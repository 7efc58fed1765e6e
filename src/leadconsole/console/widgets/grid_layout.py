"""Where the parts of a grid stand in a view of some size: frozen heads, the columns that fit, the rows in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leadconsole.console.widgets import columns as tables
from leadconsole.console.widgets.grid_rows import GridColumn, GridSource

HEADS_SHARE = 45
"""The frozen columns take at most so many percent of the width, as far as some of them can be left out."""
GROWTH = 20
"""Flexible frozen columns grow by at most so many cells: farther away the eye loses the row."""
KEPT_COLUMNS = 1
"""Columns of the old view that stay for the eye when the cursor leaves it sideways."""


class Laid(NamedTuple):
    """A visible column: its place among the columns, its first cell, and its width with the gap before it."""

    place: int
    x: int
    cells: int


class Layout(NamedTuple):
    """What is in view: the frozen columns and their width, the visible columns, the first row and column."""

    heads: tuple[tables.Laid, ...] = ()
    heads_width: int = 0
    columns: tuple[Laid, ...] = ()
    top: int = 0
    left: int = 0

    def end_of(self, column: int) -> int:
        """Where a column ends; where the heads do if it isn't in view."""
        return next((one.x + one.cells for one in self.columns if one.place == column), self.heads_width)

    def column_at(self, x: int) -> int | None:
        """The column at a cell of the line."""
        return next((one.place for one in self.columns if one.x <= x < one.x + one.cells), None)


def header_lines(source: GridSource) -> int:
    """How many lines of titles stand on top."""
    return max((len(column.titles) for column in source.columns), default=1)


def lay_out(source: GridSource, width: int, page: int, gap: int, cursor: tuple[int, int], seen: Layout) -> Layout:
    """The parts with the cursor (row, column) in view, moved from what was `seen` only where that is needed."""
    least = tables.GUTTER + sum(head.width + 1 for head in source.heads)
    wanted = sum(column.width + gap for column in source.columns)
    room = max(min(least, width * HEADS_SHARE // 100), min(width - wanted, least + GROWTH))
    heads = tuple(tables.lay_out(source.heads, room - 1)) if source.heads else ()
    heads_width = tables.GUTTER + sum(one.width + 1 for one in heads)
    left = _left(source.columns, width - heads_width, gap, cursor[1], seen.left)
    columns = tuple(fitting(source.columns, left, heads_width, width, gap))
    top = max(cursor[0] - page + 1, min(seen.top, cursor[0]))
    return Layout(heads, heads_width, columns, max(0, min(top, source.count - page)), left)


def fitting(columns: Sequence[GridColumn], first: int, x: int, width: int, gap: int) -> list[Laid]:
    """The columns from `first` on that fit between `x` and `width`, at least one."""
    laid: list[Laid] = []
    for place in range(first, len(columns)):
        cells = columns[place].width + gap
        if x + cells > width and laid:
            break
        laid.append(Laid(place, x, max(0, min(cells, width - x))))
        x += cells
    return laid


def _left(columns: Sequence[GridColumn], room: int, gap: int, column: int, left: int) -> int:
    """The first column in view: the present one while the cursor is in view, else one most of a page further."""
    if not columns:
        return 0
    furthest = _first_before(columns, len(columns) - 1, room, gap)
    left = min(left, furthest)
    if left <= column <= fitting(columns, left, 0, room, gap)[-1].place:
        return left
    if column > left:
        return min(furthest, max(column - KEPT_COLUMNS, 0))
    return min(_first_before(columns, min(column + KEPT_COLUMNS, len(columns) - 1), room, gap), column)


def _first_before(columns: Sequence[GridColumn], last: int, room: int, gap: int) -> int:
    """The first column from which on all up to `last` fit into `room` cells."""
    first = last
    used = columns[last].width + gap
    while first > 0 and used + columns[first - 1].width + gap <= room:
        first -= 1
        used += columns[first].width + gap
    return first
