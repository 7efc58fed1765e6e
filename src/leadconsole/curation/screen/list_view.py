"""A view that is a list: items that were read, a row for each, a filter over what is shown, marks by key."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from textual.widget import Widget

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row
from leadconsole.curation.screen.view import View
from leadconsole.kernel.text import fold


class ListView(View):
    """Define `columns`, `row` and `empty_text`; `items` are what `read` answered."""

    items: Sequence[Any] = ()
    wanted: Hashable | None = None
    """The key of a row that another screen asked for."""

    def columns(self) -> Sequence[Column]:
        """The columns of the list."""
        raise NotImplementedError

    def row(self, item: Any) -> Row:
        """An item as a row; its key names it for good."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """What an empty list says."""
        raise NotImplementedError

    def head(self) -> Iterable[Widget]:
        """What stands over the list."""
        return ()

    # --- what is there ----------------------------------------------------------------------------------------

    def main(self) -> Iterable[Widget]:
        yield from self.head()
        yield RowTable(self.columns(), id=f"list-{self.NAME}")

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(f"#list-{self.NAME}", RowTable)

    def focused(self) -> Widget:
        return self.table

    @property
    def selected(self) -> Any:
        """The item under the cursor, or None."""
        if not self.is_mounted or not self.query(f"#list-{self.NAME}"):
            return None
        return self._by_key.get(self.table.cursor_key)

    @property
    def chosen(self) -> list[Any]:
        """The marked items that are shown, else the one under the cursor."""
        if not self.is_mounted or not self.query(f"#list-{self.NAME}"):
            return []
        marked = [item for key, item in self._by_key.items() if key in self.table.marked]
        return marked or ([self.selected] if self.selected is not None else [])

    _by_key: dict[Hashable, Any] = {}  # noqa: RUF012  replaced as a whole

    # --- filling ----------------------------------------------------------------------------------------------

    def take(self, answer: Any) -> None:
        self.items = answer
        self.show_items()

    def show_items(self) -> None:
        """Show the items that the filter leaves, the cursor on the same one."""
        parts = fold(self.part).split()
        rows = [(self.row(item), item) for item in self.items]
        left = [(row, item) for row, item in rows if not parts or all(part in _text(row) for part in parts)]
        self._by_key = {row.key: item for row, item in left}
        table = self.table
        if gone := table.marked - self._by_key.keys():
            table.set_marks(table.marked - gone)
        table.empty = self.empty_text()
        keep, self.wanted = self.wanted or table.cursor_key, None
        table.set_source(ListSource([row for row, _item in left]), keep)
        self.cover.show_views()
        self.follow_soon()

    def look_for(self, part: str) -> None:
        self.part = part
        self.show_items()

    def narrowed(self) -> list[str]:
        return [f"/ {self.part}"] if self.part else []

    def clear(self) -> bool:
        if not self.table.marked:
            return False
        self.table.set_marks(set())
        return True

    def go_to(self, key: Hashable) -> None:
        """Stand on a row once it is read, whatever narrowed the list before."""
        self.wanted, self.part, self.fresh = key, "", False

    # --- marks ------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """Mark the row under the cursor and go down."""
        self.table.toggle_mark()
        self.table.action_move(1)

    def mark_all(self) -> None:
        """Mark every row that is shown, or none where all are."""
        keys = set(self._by_key)
        self.table.set_marks(set() if self.table.marked == keys else keys)


def _text(row: Row) -> str:
    """What the filter looks at: the cells, and the codes of the key that they may not show."""
    key = row.key if isinstance(row.key, tuple) else (row.key,)
    shown = (cell.text if isinstance(cell, Cell) else cell for cell in row.cells)
    return fold(" ".join((*shown, *map(str, key))))
