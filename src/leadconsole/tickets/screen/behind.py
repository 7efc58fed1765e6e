"""The tickets behind a figure, as rows that are made when they come into view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row, RowSource


class OfTicket(Protocol):
    """Something that is told of a ticket."""

    @property
    def number(self) -> int:
        """The ticket."""
        ...


Item = TypeVar("Item", bound=OfTicket)


class Behind(Generic[Item]):
    """What stands behind a figure; a row's key is the ticket and its place, for a ticket may stand there twice."""

    threaded = False

    def __init__(self, items: Sequence[Item], cells: Callable[[Sequence[Item]], list[tuple[str | Cell, ...]]]) -> None:
        self.items = items
        self._cells = cells

    @property
    def count(self) -> int:
        return len(self.items)

    def load(self, first: int, size: int) -> Sequence[Row]:
        items = self.items[first : first + size]
        keys = ((item.number, place) for place, item in enumerate(items, first))
        return [Row(key, cells) for key, cells in zip(keys, self._cells(items), strict=True)]

    def index_of(self, key: Hashable, near: int) -> int | None:
        assert isinstance(key, tuple)
        number, before = key
        places = [place for place, item in enumerate(self.items) if item.number == number]
        return min(places, key=lambda place: abs(place - before), default=None)


class Figures(Protocol):
    """The figures of a month as a table, and what stands behind each of its rows."""

    columns: list[Column]

    def rows(self) -> list[Row]:
        """The rows of figures."""
        ...

    def empty(self) -> str:
        """What is said when there are none."""
        ...

    def behind_columns(self, figure: str) -> Sequence[Column]:
        """The columns of the tickets behind a figure."""
        ...

    def behind(self, key: Hashable, figure: str) -> RowSource:
        """The tickets behind a figure of the row with this key."""
        ...

    def heading(self, key: Hashable, figure: str) -> str:
        """What the tickets behind it are."""
        ...
