"""A grid with frozen headers: people by days, clients by people; paints what is visible, repaints what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from leadconsole.console.bindings import bindings
from leadconsole.console.guard import Guarded
from leadconsole.console.registry import GRID_SCOPE, LIST_SCOPE
from leadconsole.console.shared_commands import GRID_COMMANDS, LIST_COMMANDS
from leadconsole.console.widgets.grid_layout import Layout, header_lines, lay_out
from leadconsole.console.widgets.grid_marks import NO_MARKS, At, Marks, Range, between
from leadconsole.console.widgets.grid_paint import PLAIN_SIGN, Sign, foot_strip, row_strip, sign_of, title_strip
from leadconsole.console.widgets.grid_rows import GridSource, ListGrid
from leadconsole.console.widgets.row_table import KEPT
from leadconsole.console.widgets.toned import Toned, Tones
from leadconsole.kernel.text import clean_line, pad


class Grid(Guarded, Toned, can_focus=True):
    """Cells of a source under frozen titles and beside frozen heads, with a cursor that stays on its cell by keys.

    Marks are kept by keys: single cells, whole rows, whole columns; a range reaches from where it was begun to the
    cursor. Like RowTable it is no ScrollView, and a cursor that leaves the view moves it by most of a page. A line is
    the least that is sent to the terminal, up to the last cell that changed, so few tones in a row are cheap.
    """

    DEFAULT_CSS = """
    Grid { height: 1fr; width: 1fr; }
    Grid > .grid--header { color: $text-muted; text-style: bold; }
    Grid > .grid--here { text-style: bold; }
    Grid > .grid--marked { background: $panel; text-style: bold; }
    Grid > .grid--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
    }
    Grid:focus > .grid--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: bold;
    }
    """
    KEY_SCOPES: ClassVar[tuple[str, ...]] = (GRID_SCOPE, LIST_SCOPE)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LIST_COMMANDS),
        *bindings(GRID_COMMANDS),
        Binding("0", "first", show=False),  # not in the registry: people may want 0 for a screen
    ]

    class Event(Message):
        """Something happened at a cell; `at` is None on an empty grid."""

        def __init__(self, grid: Grid, at: At | None) -> None:
            super().__init__()
            self.grid = grid
            self.at = at

        @property
        def control(self) -> Grid:
            return self.grid

    class Moved(Event):
        """The cursor stands on another cell."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Grid.Moved) and message.grid is self.grid

    class Opened(Event):
        """Enter or a double click on a cell."""

    class Marked(Event):
        """Other cells are marked."""

    def __init__(
        self,
        source: GridSource | None = None,
        *,
        empty: str = "",
        gap: int = 1,
        id: str | None = None,  # noqa: A002  Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.source: GridSource = source or ListGrid()
        self.empty = empty
        self.gap = gap
        """Cells before each column, where the cursor and the marks are shown by sign; with 0 only by look."""
        self.cursor = 0
        self.column = 0
        self.marks = NO_MARKS
        self.range_from: tuple[int, int] | None = None
        """The place where a range was begun."""
        self._layout = Layout()
        self._strips: dict[int, Strip] = {}
        self._tones = Tones(self, "grid", ("header", "here", "cursor", "marked"))
        self._told: At | None = None

    # --- what is there -------------------------------------------------------------------------------------

    @property
    def header(self) -> int:
        """How many lines of titles stand on top."""
        return header_lines(self.source)

    @property
    def page(self) -> int:
        """How many rows fit between titles and footer."""
        return max(1, self.size.height - self.header - len(self.source.feet))

    @property
    def top(self) -> int:
        """The first row in view."""
        return self._layout.top

    @property
    def left(self) -> int:
        """The first column in view."""
        return self._layout.left

    @property
    def at(self) -> At | None:
        """The cell under the cursor by its keys."""
        return self._at(self.cursor, self.column)

    @property
    def area(self) -> Range:
        """The places of the range that was begun, else of the cell under the cursor."""
        place = (self.cursor, self.column)
        return between(self.range_from or place, place)

    @property
    def chosen(self) -> list[At]:
        """The cells a command is about, in order: those of the range or the marked ones, else the one at the cursor."""
        rows: Iterable[int] = range(self.source.count)
        columns: Iterable[int] = range(len(self.source.columns))
        if self.range_from is not None or not self.marks:
            rows, columns = self.area
        heads = [self.source.row(row).key for row in rows if row < self.source.count]
        titles = [self.source.columns[column].key for column in columns if column < len(self.source.columns)]
        every = (At(row, column) for row in heads for column in titles)
        return (
            list(every) if self.range_from is not None or not self.marks else [at for at in every if at in self.marks]
        )

    def _at(self, row: int, column: int) -> At | None:
        if not (0 <= row < self.source.count and 0 <= column < len(self.source.columns)):
            return None
        return At(self.source.row(row).key, self.source.columns[column].key)

    # --- filling -------------------------------------------------------------------------------------------

    def set_source(self, source: GridSource, keep: At | None = None) -> None:
        """Show another source, the cursor on the cell `keep` as far as its row and its column are there."""
        self.source, self.range_from = source, None
        self.cursor, self.column = self._place_of(keep, (0, 0))
        self._lay_out()

    def reload(self, source: GridSource) -> None:
        """Take the cells anew, the cursor on the same one; only lines that look different are painted."""
        before = [self.render_line(y) for y in range(self.size.height)]
        at, offset, place = self._told, self.cursor - self.top, (self.cursor, self.column)
        self.source = source
        self.cursor, self.column = self._place_of(at, place)
        if place != (self.cursor, self.column):
            self.range_from = None
        self._place(self.cursor - offset)
        for y, old in enumerate(before):
            if self.render_line(y) != old:
                self.refresh(Region(0, y, self.size.width, 1))
        self._tell()

    def _place_of(self, at: At | None, otherwise: tuple[int, int]) -> tuple[int, int]:
        row = None if at is None else self.source.index_of(at.row)
        keys = (place for place, one in enumerate(self.source.columns) if at is not None and one.key == at.column)
        column = next(keys, otherwise[1])
        row = otherwise[0] if row is None else row
        return max(0, min(row, self.source.count - 1)), max(0, min(column, len(self.source.columns) - 1))

    # --- marks ---------------------------------------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the cell under the cursor or take its mark away; of a begun range all cells are marked."""
        here = frozenset(self.chosen if self.range_from is not None else [self.at] if self.at is not None else [])
        cells = self.marks.cells
        self.set_marks(replace(self.marks, cells=cells | here if self.range_from is not None else cells ^ here))

    def toggle_row(self) -> None:
        """Mark the row of the cursor or take its mark away."""
        if self.at is not None:
            self.set_marks(replace(self.marks, rows=self.marks.rows ^ {self.at.row}))

    def toggle_column(self) -> None:
        """Mark the column of the cursor or take its mark away."""
        if self.at is not None:
            self.set_marks(replace(self.marks, columns=self.marks.columns ^ {self.at.column}))

    def toggle_range(self) -> None:
        """Begin a range at the cursor that grows with it, or give it up."""
        self._show_marks(self.marks, None if self.range_from is not None else (self.cursor, self.column))

    def set_marks(self, marks: Marks) -> None:
        """Mark exactly these; a range that was begun ends."""
        self._show_marks(marks, None)

    def clear_marks(self) -> bool:
        """Take all marks away and end a range; False when there were none."""
        had = bool(self.marks) or self.range_from is not None
        if had:
            self.set_marks(NO_MARKS)
        return had

    def _show_marks(self, marks: Marks, range_from: tuple[int, int] | None) -> None:
        before = [self.render_line(y) for y in range(self.size.height)]
        self.marks, self.range_from = marks, range_from
        self._strips.clear()
        for y, old in enumerate(before):
            if self.render_line(y) != old:
                self.refresh(Region(0, y, self.size.width, 1))
        self.post_message(self.Marked(self, self.at))

    # --- moving --------------------------------------------------------------------------------------------

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell; the view moves by most of a page when the cell lies just outside."""
        self._move(row, column, self._top_for(max(0, min(row, self.source.count - 1))))

    def _move(self, row: int, column: int, top: int) -> None:
        row = max(0, min(row, self.source.count - 1))
        column = max(0, min(column, len(self.source.columns) - 1))
        old_row, old_column = self.cursor, self.column
        if (row, column) == (old_row, old_column):
            return
        self.cursor, self.column = row, column
        view = (self.top, self.left)
        self._place(top, keep=self.range_from is None)
        if view != (self.top, self.left) or self.range_from is not None:
            self.refresh()
        else:
            self._refresh_part(old_row, old_column if row != old_row else max(column, old_column))
            if row != old_row:
                self._refresh_part(row, column)
            if column != old_column:
                self.refresh(Region(0, 0, self._layout.end_of(max(column, old_column)), self.header))
        self._tell()

    def _top_for(self, row: int) -> int:
        """The first row in view once the cursor is on this row."""
        half = max(1, self.page // 2)
        leap = max(half, self.page - KEPT)
        beyond = row - (self.top + self.page) + 1
        if row < self.top:
            return self.top - leap if self.top - row <= half else row - half
        if beyond > 0:
            return self.top + leap if beyond <= half else row - half
        return self.top

    def action_move(self, rows: int) -> None:
        """Move the cursor up or down."""
        self.move_to(self.cursor + rows, self.column)

    def action_side(self, columns: int) -> None:
        """Move the cursor left or right."""
        self.move_to(self.cursor, self.column + columns)

    def action_page(self, pages: int) -> None:
        """Move view and cursor by whole pages, one row of the old page kept for the eye."""
        step = pages * max(1, self.page - 1)
        self._move(self.cursor + step, self.column, self.top + step)

    def action_page_side(self, pages: int) -> None:
        """Move the cursor by as many columns as are in view."""
        self.move_to(self.cursor, self.column + pages * max(1, len(self._layout.columns) - 1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.move_to(0, self.column)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.move_to(self.source.count - 1, self.column)

    def action_first(self) -> None:
        """Go to the first column."""
        self.move_to(self.cursor, 0)

    def action_last(self) -> None:
        """Go to the last column."""
        self.move_to(self.cursor, len(self.source.columns) - 1)

    def action_open(self) -> None:
        """Open the cell under the cursor."""
        if self.at is not None:
            self.post_message(self.Opened(self, self.at))

    def on_click(self, event: events.Click) -> None:
        row = self.top + event.y - self.header
        if self.top <= row < min(self.source.count, self.top + self.page):
            column = self._layout.column_at(event.x)
            self.move_to(row, self.column if column is None else column)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_move(max(1, self.page // 3))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_move(-max(1, self.page // 3))

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    # --- painting ------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Theme, focus or colours have changed: take the styles again."""
        super().notify_style_update()
        self._tones.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line: titles, a row, a footer, the empty text, or nothing."""
        width, source, tones = self.size.width, self.source, self._tones
        if not source.count or not source.columns:
            lines = self.empty.splitlines()
            text = clean_line(lines[y - 1]) if 0 < y <= len(lines) else ""
            return Strip([Segment(pad(f" {text}", width), tones["dim" if text else ""])], width)
        if y < self.header:
            return title_strip(source, self._layout, y, tones, width, self._title_sign)
        foot = y - (self.header + self.page)
        if 0 <= foot < len(source.feet):
            return foot_strip(source, self._layout, foot, tones, width)
        index = self.top + y - self.header
        if index >= source.count:
            return Strip.blank(width, tones[""])
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._row(index, width)
        return strip

    def _row(self, index: int, width: int) -> Strip:
        key, here = self.source.row(index).key, index == self.cursor
        marked = key in self.marks.rows
        chosen = self.area if self.range_from is not None else None

        def sign(place: int) -> Sign:
            cell = marked or (chosen is not None and chosen.has(index, place))
            if self.marks and not cell:
                cell = At(key, self.source.columns[place].key) in self.marks
            return sign_of(cursor=here and place == self.column, marked=cell)

        gutter = (sign_of(cursor=here, marked=marked)[0], "here" if here else "")
        return row_strip(self.source, self._layout, index, self._tones, width, gutter, sign)

    def _title_sign(self, place: int) -> Sign:
        marked = self.source.columns[place].key in self.marks.columns
        before = sign_of(cursor=place == self.column, marked=marked)[0]
        return (before, "here") if before != PLAIN_SIGN[0] else PLAIN_SIGN

    # --- inside --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._place(self.top)
        self.refresh()
        self._tell()

    def _place(self, top: int, *, keep: bool = False) -> None:
        """Have the cursor in view; `keep` says that the painted lines are still true where the view stays."""
        seen = self._layout
        place = (self.cursor, self.column)
        self._layout = lay_out(self.source, self.size.width, self.page, self.gap, place, seen._replace(top=top))
        if not keep or self._layout != seen:
            self._strips.clear()

    def _refresh_part(self, row: int, column: int) -> None:
        """Paint a row again up to a column; the terminal gets it from its beginning in any case."""
        self._strips.pop(row, None)
        self.refresh(Region(0, row - self.top + self.header, self._layout.end_of(column), 1))

    def _tell(self) -> None:
        if self.at != self._told:
            self._told = self.at
            self.post_message(self.Moved(self, self.at))
