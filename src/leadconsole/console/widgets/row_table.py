"""A table for any number of rows: holds windows of them, paints what is visible, repaints what changed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events, work
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from leadconsole.console.bindings import bindings
from leadconsole.console.guard import Guarded
from leadconsole.console.registry import LIST_SCOPE
from leadconsole.console.shared_commands import LIST_COMMANDS
from leadconsole.console.widgets.columns import Column, Laid, lay_out
from leadconsole.console.widgets.row_paint import paint
from leadconsole.console.widgets.rows import ListSource, Row, RowSource, RowWindows
from leadconsole.console.widgets.toned import Toned, Tones
from leadconsole.kernel.text import clean_line, pad

HEADER = 1
KEPT = 4  # rows of the old view that stay for the eye when the cursor leaves it
FAR = 2_000
"""From this many rows away a threaded source loads in a thread: its query may cost milliseconds."""


class RowTable(Guarded, Toned, can_focus=True):
    """Rows of a source under a header, with a cursor that stays on its row by key.

    It is no ScrollView: a scroll bar and a virtual size would repaint more than the list itself, and a cursor
    that leaves the view moves the list by most of a page, so that held keys stay cheap over a slow line.
    """

    DEFAULT_CSS = """
    RowTable { height: 1fr; width: 1fr; }
    RowTable > .row-table--header { color: $text-muted; text-style: bold; }
    RowTable > .row-table--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
    }
    RowTable:focus > .row-table--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST_COMMANDS)]
    KEY_SCOPES: ClassVar[tuple[str, ...]] = (LIST_SCOPE,)

    class Highlighted(Message):
        """The cursor stands on another row; `key` is None on an empty table or while rows are loading."""

        def __init__(self, table: RowTable, key: Hashable | None, index: int) -> None:
            super().__init__()
            self.table = table
            self.key = key
            self.index = index

        @property
        def control(self) -> RowTable:
            return self.table

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, RowTable.Highlighted) and message.table is self.table

    class Opened(Message):
        """Enter or a double click on a row."""

        def __init__(self, table: RowTable, key: Hashable) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> RowTable:
            return self.table

    class Marked(Message):
        """The set of marked rows has changed."""

        def __init__(self, table: RowTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> RowTable:
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource | None = None,
        *,
        empty: str = "",
        header: bool = True,
        id: str | None = None,  # noqa: A002  Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = list(columns)
        self.empty = empty
        self.cursor = 0
        self.top = 0
        self.marked: set[Hashable] = set()
        self._header = HEADER if header else 0
        self._windows = RowWindows(source or ListSource())
        self._laid: list[Laid] = []
        self._strips: dict[int, Strip] = {}
        self._tones = Tones(self, "row-table", ("cursor", "header"))
        self._told: tuple[Hashable | None, int] | None = None

    # --- what is there -------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._windows.count

    @property
    def page(self) -> int:
        """How many rows fit into the view."""
        return max(1, self.size.height - self._header)

    @property
    def cursor_key(self) -> Hashable | None:
        """The key of the row under the cursor, or None."""
        row = self._windows.row(self.cursor)
        return None if row is None else row.key

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor, or None."""
        return self._windows.row(self.cursor)

    # --- filling -------------------------------------------------------------------------------------------

    def set_source(self, source: RowSource, keep: Hashable | None = None) -> None:
        """Show the rows of another source, the cursor on the row with the key `keep`, else on the first."""
        index = None if keep is None else source.index_of(keep, self.cursor)
        offset = 0 if index is None else self.cursor - self.top
        self._windows = RowWindows(source)
        self._place(index or 0, offset)
        self._strips.clear()
        self._ensure()
        self.refresh()
        self._tell()

    def reload(self, keep: Hashable | None = None) -> None:
        """Ask the source again; the row with the key `keep` (or the selected one) stays where it is.

        If it is gone the cursor keeps its place. Only lines that look different are painted.
        """
        key = self.cursor_key if keep is None else keep
        offset = self.cursor - self.top
        before = self._visible_rows()
        held, top, cursor, count = self._windows, self.top, self.cursor, self.count
        self._windows = RowWindows(held.source)
        index = None if key is None else held.source.index_of(key, self.cursor)
        self._place(self.cursor if index is None else index, offset)
        self._strips.clear()
        self._ensure()
        after = self._visible_rows()
        if (self.cursor - self.top, bool(self.count)) != (cursor - top, bool(count)) or not after:
            self.refresh()
        else:
            for y, (old, new) in enumerate(zip(before, after, strict=True)):
                if old != new:
                    self._refresh_row(self.top + y)
        self._tell()

    def replace_rows(self, rows: Iterable[Row]) -> None:
        """Show some rows with other cells; where they stand has not changed."""
        for index in self._windows.replace({row.key: row for row in rows}):
            self._strips.pop(index, None)
            if self.top <= index < self.top + self.page:
                self._refresh_row(index)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.columns = list(columns)
        self._lay_out()

    # --- marks ---------------------------------------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the row under the cursor or take its mark away."""
        if (key := self.cursor_key) is not None:
            self.set_marks(self.marked ^ {key})

    def set_marks(self, keys: set[Hashable]) -> None:
        """Mark exactly the rows with these keys."""
        changed = self.marked ^ keys
        self.marked = set(keys)
        for index in range(self.top, min(self.top + self.page, self.count)):
            row = self._windows.row(index)
            if row is not None and row.key in changed:
                self._strips.pop(index, None)
                self._refresh_row(index)
        self._strips.clear()
        self.post_message(self.Marked(self))

    # --- moving --------------------------------------------------------------------------------------------

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; the list moves by most of a page when the row lies just outside the view."""
        index = max(0, min(index, self.count - 1))
        before = self.cursor
        if index == before:
            return
        self.cursor = index
        half = max(1, self.page // 2)
        leap = max(half, self.page - KEPT)
        if index < self.top:
            self._show_from(self.top - leap if self.top - index <= half else index - half)
        elif index >= self.top + self.page:
            beyond = index - (self.top + self.page) + 1
            self._show_from(self.top + leap if beyond <= half else index - half)
        else:
            self._refresh_row(before)
            self._refresh_row(index)
            self._read_ahead_soon()
        self._tell()

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move list and cursor by whole pages, one row of the old page kept for the eye."""
        step = pages * max(1, self.page - 1)
        index = max(0, min(self.cursor + step, self.count - 1))
        if index == self.cursor:
            return
        self.cursor = index
        self._show_from(self.top + step)
        self._tell()

    def action_top(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.move_to(self.count - 1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if (key := self.cursor_key) is not None:
            self.post_message(self.Opened(self, key))

    def on_click(self, event: events.Click) -> None:
        index = self.top + event.y - self._header
        if self.top <= index < min(self.count, self.top + self.page):
            self.move_to(index)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._wheel(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._wheel(-1)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def on_mount(self) -> None:
        self._lay_out()

    # --- painting ------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: the header, a row, the empty text, or nothing."""
        width = self.size.width
        if y < self._header:
            return self._header_strip(width)
        if not self.count:
            return self._empty_strip(y - self._header, width)
        index = self.top + y - self._header
        if index >= self.count:
            return Strip.blank(width, self._tones[""])
        row = self._windows.row(index)
        if row is None:
            return Strip.blank(width, self._tones["cursor" if index == self.cursor else ""])
        sign = "•" if row.key in self.marked else " "
        if index == self.cursor:
            cursor = self._tones["cursor"]
            return paint(row, self._laid, width, defaultdict(lambda: cursor), "»" if sign == "•" else "›")
        strip = self._strips.get(index)
        if strip is None:
            if len(self._strips) > 1_000:
                self._strips.clear()
            strip = self._strips[index] = paint(row, self._laid, width, self._tones, sign)
        return strip

    def notify_style_update(self) -> None:
        """Theme, focus or colours have changed: take the styles again."""
        super().notify_style_update()
        self._tones.clear()
        self._strips.clear()

    def _header_strip(self, width: int) -> Strip:
        titles = tuple(column.title for column in self.columns)
        header = self._tones["header"]
        return paint(Row(None, titles), self._laid, width, {"": header})

    def _empty_strip(self, line: int, width: int) -> Strip:
        lines = self.empty.splitlines()
        text = clean_line(lines[line - 1]) if 0 < line <= len(lines) else ""
        return Strip([Segment(pad(f" {text}", width), self._tones["dim" if text else ""])], width)

    # --- inside --------------------------------------------------------------------------------------------

    def _place(self, index: int, offset: int) -> None:
        self.cursor = max(0, min(index, self.count - 1))
        self.top = self._top_within(self.cursor - offset)

    def _top_within(self, top: int) -> int:
        """The nearest place for the list where the view is full and the cursor in it."""
        top = max(self.cursor - self.page + 1, min(top, self.cursor))
        return max(0, min(top, self.count - self.page))

    def _show_from(self, top: int) -> None:
        before = self.top
        self.top = self._top_within(top)
        self._ensure(before)
        self.refresh()

    def _wheel(self, direction: int) -> None:
        step = max(1, self.page // 3)
        top = max(0, min(self.top + direction * step, self.count - self.page))
        if top == self.top:
            return
        self.cursor = max(top, min(self.cursor, top + self.page - 1))
        self._show_from(top)
        self._tell()

    def _lay_out(self) -> None:
        self._laid = lay_out(self.columns, self.size.width)
        self._strips.clear()
        self.top = self._top_within(self.top)
        if self.size:
            self._ensure()
            self._tell()
        self.refresh()

    def _ensure(self, before: int | None = None) -> None:
        """Have the visible rows: at once, or by a thread where they are far away and the source allows it."""
        missing = self._windows.missing(self.top, self.top + self.page)
        far = before is not None and abs(self.top - before) >= FAR
        if missing and far and self._windows.source.threaded:
            self._load_far(self._windows, missing)
            return
        for page in missing:
            self._windows.load(page)

    @work(exclusive=True, group="row-table-far", exit_on_error=True)
    async def _load_far(self, windows: RowWindows, pages: list[int]) -> None:
        for page in pages:
            windows.hold(page, await asyncio.to_thread(windows.fetch, page))
        if windows is self._windows:
            self.refresh()
            self._tell()

    def _read_ahead_soon(self) -> None:
        if self._windows.missing(self.top - self.page, self.top + 2 * self.page):
            self.call_after_refresh(self._read_ahead)

    def _read_ahead(self) -> None:
        for page in self._windows.missing(self.top - self.page, self.top + 2 * self.page)[:1]:
            self._windows.load(page)

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, index - self.top + self._header, self.size.width, 1))

    def _visible_rows(self) -> list[Row | None]:
        return [self._windows.row(index) for index in range(self.top, self.top + self.page)]

    def _tell(self) -> None:
        now = (self.cursor_key, self.cursor)
        if now != self._told:
            self._told = now
            self.post_message(self.Highlighted(self, *now))
