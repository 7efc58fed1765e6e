"""Asks for several of a list, and for a line of text that belongs to them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.console.drafts import DraftChange, DraftStore
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource, Row
from leadconsole.kernel.i18n import _


class Pick(NamedTuple):
    """One thing that can be picked: what names it, and what is shown of it."""

    value: Hashable
    note: str
    label: str


class Picked(NamedTuple):
    """What was picked, in the order of the list, and what was typed."""

    values: tuple[Hashable, ...]
    text: str


class Picks(Dialog[Picked]):
    """A list whose rows are picked with Space, and a line below; the field ids of refusals are `parts` and `field`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("space,v", "pick", show=False),
        Binding("V", "pick_all", show=False),
    ]

    def __init__(
        self,
        title: str,
        picks: Sequence[Pick],
        *,
        label: str,
        field: str,
        hint: str = "",
        note_width: int = 16,
        submit: Submit[Picked] | None = None,
        drafts: DraftStore | None = None,
        draft_key: str = "",
    ) -> None:
        super().__init__(title, submit=submit)
        self.picks = list(picks)
        self.label, self.field, self.hint = label, field, hint
        self._note_width = note_width
        self._drafts = drafts if draft_key else None
        self._draft_key = draft_key
        self._text = (self._drafts.get(draft_key) if self._drafts else None) or ""

    def compose_body(self) -> Iterable[Widget]:
        if self.hint:
            yield plain(self.hint, classes="hint")
        columns = [Column("note", "", self._note_width), Column("label", "", 16, flex=1)]
        yield RowTable(columns, header=False, id="field-parts")
        yield plain("", id="error-parts", classes="error")
        yield plain(self.label, classes="label")
        yield Input(self._text, id=f"field-{self.field}", compact=True, select_on_focus=False)
        yield plain("", id=f"error-{self.field}", classes="error")

    def on_mount(self) -> None:
        rows = [Row(place, (pick.note, pick.label)) for place, pick in enumerate(self.picks)]
        self.table.set_source(ListSource(rows))
        self.table.focus()

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    def keys(self) -> str:
        return _("Space: pick   V: all or none   Tab: to the line below   Ctrl+S: save   Esc: cancel")

    def fit(self, room: int) -> None:
        super().fit(room)
        self.table.styles.height = max(2, min(len(self.picks), room - 5 - bool(self.hint)))

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter goes on to the line below."""
        event.stop()
        self.focus_next()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_pick(self) -> None:
        """Pick the row under the cursor, or put it back, and go on to the next."""
        self.table.toggle_mark()
        self.table.action_move(1)

    def action_pick_all(self) -> None:
        """Pick all, or none if all are."""
        every: set[Hashable] = set(range(len(self.picks)))
        self.table.set_marks(set() if self.table.marked == every else every)

    def action_save(self) -> None:
        """Submit what is picked and typed."""
        values = tuple(pick.value for place, pick in enumerate(self.picks) if place in self.table.marked)
        self.submit(Picked(values, self.query_one(f"#field-{self.field}", Input).value))

    def draft_change(self) -> DraftChange | None:
        text = self.query_one(f"#field-{self.field}", Input).value
        return DraftChange(self._draft_key, text if text.strip() else None)

    def submitted(self) -> None:
        if self._drafts is not None:
            self._drafts.drop(self._draft_key)
