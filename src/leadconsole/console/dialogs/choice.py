"""Asks for one of several: by letter, by number, by typing a part of the name, or with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from leadconsole.console.dialogs.base import AROUND, Dialog, Submit, plain
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import fold

Value = TypeVar("Value")

NUMBERED = 9
_TAKEN = "jkgGq/?:"


@dataclass(frozen=True)
class Option(Generic[Value]):
    """One thing to choose."""

    value: Value
    label: str
    shortcut: str = ""
    """A letter that chooses it at once; with shortcuts there is no filter until `/` is pressed."""
    note: str = ""
    """What helps to decide, on the right: load, absence, count."""
    disabled: str = ""
    """Why it can't be chosen, or nothing."""
    tone: str = ""


class FilterInput(Input):
    """The line in which a part of a name is typed; in an empty one, digits choose."""

    def on_key(self, event: events.Key) -> None:
        dialog = self.screen
        number = _number(event.character) if not self.value else 0
        if number and isinstance(dialog, Choice) and dialog.choose_number(number):
            event.prevent_default()
            event.stop()


def _number(character: str | None) -> int:
    return int(character) if character and character in "123456789" else 0


class Choice(Dialog[Value]):
    """A list to choose from; the result is the option's value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("enter", "choose", show=False),
        Binding("slash", "filter", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option[Value]],
        *,
        current: Value | None = None,
        submit: Submit[Value] | None = None,
        typed: Callable[[str], Option[Value] | None] | None = None,
        told: Sequence[str] = (),
    ) -> None:
        """`typed` makes an option of what is typed, such as a number; digits are text then and choose no row.

        `told` are lines that stand above the options.
        """
        super().__init__(title, submit=submit)
        self.told = tuple(told)
        self.typed = typed
        self.options = list(options)
        self.by_letter = {option.shortcut: option for option in self.options if option.shortcut}
        if taken := [letter for letter in self.by_letter if letter in _TAKEN]:
            raise ValueError(f"{taken[0]} moves the list and can't choose")
        self.current = current
        self._found = self.options
        self._room = AROUND

    def compose_body(self) -> Iterable[Widget]:
        for told in self.told:
            yield plain(told or " ", classes="told")
        line = FilterInput(id="filter", compact=True, placeholder=_("type a part of the name"), select_on_focus=False)
        line.display = not self.by_letter
        yield line
        notes = any(option.note or option.disabled for option in self.options)
        columns = [Column("key", "", 1), Column("label", "", 16, flex=3)]
        if notes:
            columns.append(Column("note", "", 12, flex=2))
        yield RowTable(columns, header=False, empty=_("Nothing here has this in its name"), id="options")
        yield plain("", id="error-choice", classes="error")

    def on_mount(self) -> None:
        self._show("")
        table = self.query_one(RowTable)
        for index, option in enumerate(self.options):
            if option.value == self.current and self.current is not None:
                table.move_to(index)
        (table if self.by_letter else self.query_one("#filter")).focus()

    def keys(self) -> str:
        if self.by_letter:
            return _("letter or Enter: choose   ↑↓: move   /: filter   Esc: cancel")
        if self.typed:
            return _("Enter: choose   ↑↓: move   type a number or a word   Esc: cancel")
        return _("1-9 or Enter: choose   ↑↓: move   Esc: cancel")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_choose()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        event.stop()
        self.action_choose()

    def on_key(self, event: events.Key) -> None:
        """A shortcut chooses; the app has mapped a Cyrillic letter to its place already."""
        if self.query_one("#filter").has_focus or not event.character:
            return
        option = self.by_letter.get(event.character)
        if option is not None:
            event.stop()
            self._choose(option)
        elif (number := _number(event.character)) and self.choose_number(number):
            event.stop()

    def choose_number(self, number: int) -> bool:
        """Choose the visible option with this number, if there is one."""
        if number > len(self._found) or self.by_letter or self.typed:
            return False
        self._choose(self._found[number - 1])
        return True

    def action_move(self, rows: int) -> None:
        """Move in the list while the filter keeps the focus."""
        self.query_one(RowTable).action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a page while the filter keeps the focus."""
        self.query_one(RowTable).action_page(pages)

    def action_filter(self) -> None:
        """Show the filter line."""
        line = self.query_one("#filter")
        line.display = True
        line.focus()

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        if self._found:
            self._choose(self._found[self.query_one(RowTable).cursor])

    def _choose(self, option: Option[Value]) -> None:
        if option.disabled:
            self.show_error(option.disabled, "choice")
        else:
            self.submit(option.value)

    def _show(self, part: str) -> None:
        words = fold(part).split()
        self._found = [
            option for option in self.options if all(word in fold(f"{option.label} {option.note}") for word in words)
        ]
        if self.typed and (made := self.typed(part.strip())):
            self._found = [made, *(option for option in self._found if option.value != made.value)]
        numbered = not self.by_letter and not part and not self.typed
        rows = [
            Row(
                index,
                (
                    Cell(option.shortcut or (str(index + 1) if numbered and index < NUMBERED else ""), "accent"),
                    option.label,
                    option.disabled or option.note,
                ),
                "dim" if option.disabled else option.tone,
            )
            for index, option in enumerate(self._found)
        ]
        self.query_one(RowTable).set_source(ListSource(rows))
        self._size_list()

    def fit(self, room: int) -> None:
        super().fit(room)
        self._room = room
        self._size_list()

    def _size_list(self) -> None:
        filter_line, error = int(self.query_one("#filter").display), 1
        room = self._room - filter_line - error - len(self.told)
        self.query_one(RowTable).styles.height = max(2, min(len(self._found), room))
