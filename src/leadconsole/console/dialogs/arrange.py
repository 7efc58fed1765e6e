"""Asks which columns a list has, in what order they stand, and which of them sorts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row
from leadconsole.kernel.i18n import _


class Arranged(NamedTuple):
    """The columns that are shown, left to right, the one that sorts (nothing: none), and whether from its end."""

    shown: tuple[str, ...]
    by: str
    backwards: bool


class Arrange(Dialog[Arranged]):
    """A list of columns: Space shows or hides one, K and J move it, s sorts by it; Enter saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("space,v", "pick", show=False),
        Binding("K,shift+up", "shift(-1)", show=False),
        Binding("J,shift+down", "shift(1)", show=False),
        Binding("s", "sort", show=False),
    ]

    def __init__(
        self,
        title: str,
        titles: Mapping[str, str],
        present: Arranged,
        *,
        fixed: Sequence[str] = (),
        hint: str = "",
        submit: Submit[Arranged] | None = None,
    ) -> None:
        """`fixed` columns are always shown and stand first; they may sort."""
        super().__init__(title, submit=submit)
        self.titles, self.fixed, self.hint = dict(titles), tuple(fixed), hint
        self.shown = set(present.shown) | set(self.fixed)
        rest = [name for name in titles if name not in self.shown]
        self.order = [*self.fixed, *present.shown, *rest]
        self.by, self.backwards = present.by, present.backwards

    def compose_body(self) -> Iterable[Widget]:
        if self.hint:
            yield plain(self.hint, classes="hint")
        columns = [Column("shown", "", 3), Column("title", "", 16, flex=1), Column("sort", "", 24, flex=1)]
        yield RowTable(columns, header=False, id="field-columns")
        yield plain("", id="error-columns", classes="error")

    def on_mount(self) -> None:
        self._show()
        self.table.focus()

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    def keys(self) -> str:
        return _("Space: show, hide   K J: move   s: sort, turn round   Enter: save   Esc: cancel")

    def fit(self, room: int) -> None:
        super().fit(room)
        self.table.styles.height = max(2, min(len(self.order), room - 2 - 2 * bool(self.hint)))

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter saves."""
        event.stop()
        self.action_save()

    def action_pick(self) -> None:
        """Show the column under the cursor, or hide it, and go on to the next."""
        name = self.order[self.table.cursor]
        if name in self.fixed:
            self.show_error(_("«{column}» is always shown.").format(column=self.titles[name]), "columns")
            return
        self.clear_errors()
        self.shown ^= {name}
        self._show()
        self.table.action_move(1)

    def action_shift(self, rows: int) -> None:
        """Move the column under the cursor up or down."""
        here = self.table.cursor
        there = here + rows
        if here < len(self.fixed) or not len(self.fixed) <= there < len(self.order):
            return
        self.order[here], self.order[there] = self.order[there], self.order[here]
        self._show()
        self.table.move_to(there)

    def action_sort(self) -> None:
        """Sort by the column under the cursor; again: from its end; once more: as the built-in views."""
        name = self.order[self.table.cursor]
        if self.by != name:
            self.by, self.backwards = name, False
        elif not self.backwards:
            self.backwards = True
        else:
            self.by, self.backwards = "", False
        self._show()

    def action_save(self) -> None:
        """Submit what is shown and how it is sorted."""
        shown = tuple(name for name in self.order if name in self.shown and name not in self.fixed)
        if not shown:
            self.show_error(_("At least one column is shown."), "columns")
            return
        self.submit(Arranged(shown, self.by, self.backwards))

    def _show(self) -> None:
        sorts = _("▼ from the highest") if self.backwards else _("▲ from the lowest")
        rows = []
        for name in self.order:
            shown = name in self.shown
            mark = Cell("[x]" if shown else "[ ]", "accent" if shown else "dim")
            cells = (mark, self.titles[name], Cell(sorts if name == self.by else "", "accent"))
            rows.append(Row(name, cells, "" if shown else "dim"))
        self.table.set_source(ListSource(rows), self.table.cursor_key)
