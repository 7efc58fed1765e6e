"""What a grid shows: rows with frozen cells on the left, columns with frozen titles, and where both come from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell


class GridColumn(NamedTuple):
    """A column that scrolls: its key, a title for each header row, and a cell for each footer row.

    A title that is longer than the column goes on over the next ones, as far as those have none in that row.
    """

    key: Hashable
    titles: tuple[str | Cell, ...] = ("",)
    width: int = 3
    feet: tuple[str | Cell, ...] = ()
    tone: str = ""
    """The tone of cells that have none of their own."""


class GridRow(NamedTuple):
    """A row: its key, the frozen cells on the left, and the tone of cells that have none of their own."""

    key: Hashable
    heads: tuple[str | Cell, ...] = ()
    tone: str = ""


class GridSource(Protocol):
    """Where the cells of a grid come from; only those that are seen are asked for."""

    @property
    def heads(self) -> Sequence[Column]:
        """The frozen columns; flexible ones grow when all columns have room."""
        ...

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The columns that scroll."""
        ...

    @property
    def feet(self) -> Sequence[str | Cell]:
        """What stands on the left of each footer row."""
        ...

    @property
    def count(self) -> int:
        """How many rows there are."""
        ...

    def row(self, index: int) -> GridRow:
        """The row at this place."""
        ...

    def cells(self, index: int, first: int, last: int) -> Sequence[str | Cell]:
        """The cells of the row at this place, from column `first` up to `last`."""
        ...

    def index_of(self, key: Hashable) -> int | None:
        """The place of the row with this key, or None when it is gone."""
        ...


class ListGrid:
    """Rows that are all here."""

    def __init__(
        self,
        heads: Sequence[Column] = (),
        columns: Sequence[GridColumn] = (),
        rows: Sequence[tuple[GridRow, Sequence[str | Cell]]] = (),
        feet: Sequence[str | Cell] = (),
    ) -> None:
        self.heads, self.columns, self.rows, self.feet = heads, columns, rows, feet
        self._places = {row.key: index for index, (row, _cells) in enumerate(rows)}

    @property
    def count(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> GridRow:
        return self.rows[index][0]

    def cells(self, index: int, first: int, last: int) -> Sequence[str | Cell]:
        return self.rows[index][1][first:last]

    def index_of(self, key: Hashable) -> int | None:
        return self._places.get(key)
