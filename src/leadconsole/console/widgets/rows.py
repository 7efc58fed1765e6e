"""Rows of a table, where they come from, and the windows of them that are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, Protocol


class Cell(NamedTuple):
    """A cell that is more than text: a tone, or spans (start, end) in `text` that a search has found."""

    text: str
    tone: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Row(NamedTuple):
    """One row: its key, one cell per column, and the tone of cells that have none of their own.

    Tones are `danger`, `warning`, `good`, `dim`, `accent` or nothing. Text is never parsed as markup.
    """

    key: Hashable
    cells: tuple[str | Cell, ...]
    tone: str = ""


class RowSource(Protocol):
    """Where rows come from: a query that can be asked for windows."""

    threaded: bool
    """Whether `load` may run in a thread; windows far away are then loaded in one."""

    @property
    def count(self) -> int:
        """How many rows there are now."""
        ...

    def load(self, first: int, size: int) -> Sequence[Row]:
        """The rows from place `first`, at most `size`."""
        ...

    def index_of(self, key: Hashable, near: int) -> int | None:
        """The place of the row with this key now (it was at `near`), or None when it is gone."""
        ...


class ListSource:
    """Rows that are all here, for short lists."""

    threaded = False

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = rows

    @property
    def count(self) -> int:
        return len(self.rows)

    def load(self, first: int, size: int) -> Sequence[Row]:
        return self.rows[first : first + size]

    def index_of(self, key: Hashable, near: int) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.key == key), None)


class RowWindows:
    """The pages of rows that are held, oldest dropped first."""

    PAGE = 100
    HELD = 8

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self.count = source.count
        self.page: int = getattr(source, "page", self.PAGE)
        """Rows that are loaded at a time; a source whose rows cost much names fewer."""
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def row(self, index: int) -> Row | None:
        """The row at this place if it is held."""
        page = self._pages.get(index // self.page)
        if page is None:
            return None
        place = index % self.page
        return page[place] if place < len(page) else None

    def missing(self, first: int, last: int) -> list[int]:
        """The numbers of pages that aren't held, of those with the rows from `first` up to `last`."""
        last = min(last, self.count)
        if first >= last:
            return []
        pages = range(max(0, first) // self.page, (last - 1) // self.page + 1)
        return [page for page in pages if page not in self._pages]

    def load(self, page: int) -> None:
        """Ask the source for a page and hold it."""
        self.hold(page, self.fetch(page))

    def fetch(self, page: int) -> Sequence[Row]:
        """Ask the source for a page; may run in a thread."""
        return self.source.load(page * self.page, self.page)

    def replace(self, rows: Mapping[Hashable, Row]) -> list[int]:
        """Hold other rows in the places of those with their keys; the places of those that are different now."""
        changed = []
        for number, page in self._pages.items():
            if any(row.key in rows and row != rows[row.key] for row in page):
                places = range(number * self.page, (number + 1) * self.page)
                fresh = [rows.get(row.key, row) for row in page]
                changed += [place for place, old, new in zip(places, page, fresh, strict=False) if old != new]
                self._pages[number] = fresh
        return changed

    def hold(self, page: int, rows: Sequence[Row]) -> None:
        """Hold a page that was fetched."""
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > self.HELD:
            self._pages.popitem(last=False)
