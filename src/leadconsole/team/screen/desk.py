"""The Desk screen: people, clients, absences, fees, calendars and norms as lists, the facts of a row beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource, Row
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.console.widgets.views_line import ViewsLine, ViewTab
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import N_, _, ngettext
from leadconsole.team import words
from leadconsole.team.screen import access, lists
from leadconsole.team.screen.keys import DESK_COMMANDS, no_right
from leadconsole.team.screen.lists import LISTS
from leadconsole.team.weeks import WEEKS

if TYPE_CHECKING:
    from leadconsole.console.widgets.search_line import SearchLine

REST_SECONDS = 0.12
"""How long the cursor rests before the facts follow."""

_FILES = {"person": "people", "client": "clients", "calendar": WEEKS}
"""The kinds of subject that other screens may open here, and their lists."""


class DeskScreen(ConsoleScreen):
    """What a lead enters about the desk."""

    DEFAULT_CSS = Path(__file__).with_name("desk.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = DESK_COMMANDS
    ACTIONS = "leadconsole.team.screen.changes:Changes"
    PLACE = "leadconsole.team.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        (lists.GONE, N_("left, or past")),
        (lists.LEAVING, N_("a client who is leaving")),
        (lists.TOXIC, N_("a toxic client, never alone")),
        (lists.NOW, N_("away now")),
        (lists.BROKEN, N_("a stored key that is none any more")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.directory = access.directory(desk)
        self.file = LISTS[0]
        self.part = ""
        self.client = ""
        """The code of the client whose contacts are shown, else all are."""
        self.with_gone = True
        self.source = ListSource(self._rows())
        self._card_wanted = True
        self._following: Timer | None = None

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield ViewsLine(id="lists")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RowTable(lists.columns(self.file), self.source, empty=self._empty(), id="rows")
            yield TextPane(id="card")

    @property
    def table(self) -> RowTable:
        """The list that is shown."""
        return self.query_one("#rows", RowTable)

    @property
    def card(self) -> TextPane:
        """The facts of a row as text."""
        return self.query_one("#card", TextPane)

    @property
    def selected(self) -> Entry | None:
        """The row under the cursor as it was read for the list."""
        if not self.is_mounted or not self.query("#rows"):
            return None
        return self.directory.find(self.file, self.table.cursor_key)

    @property
    def calendars(self) -> list[str]:
        """The names of what a day may belong to: calendars, and the country where there is one."""
        country = self.directory.settings.country
        return [*(one["calendar"] for one in self.directory.entries[WEEKS]), *([country] if country else [])]

    def on_mount(self) -> None:
        super().on_mount()
        self.table.focus()
        self._show_lists()

    def _entries(self, file: str) -> list[Entry]:
        return lists.shown(self.directory, file, part=self.part, with_gone=self.with_gone, client=self.client)

    def _rows(self) -> list[Row]:
        return [lists.row_of(entry, self.directory) for entry in self._entries(self.file)]

    def _take_rows(self, keep: Hashable | None = None) -> None:
        """Show other rows, the cursor on the row `keep` if it is there."""
        self.source = ListSource(self._rows())
        self.table.set_source(self.source, keep)
        self._show_rest()

    def _show_rest(self) -> None:
        self.table.empty = self._empty()
        self._show_lists()
        self.show_keys()
        self._follow()

    # --- following the cursor --------------------------------------------------------------------------------

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(REST_SECONDS, self._follow)

    def on_text_pane_appeared(self) -> None:
        """The facts have come into view: show those of the row under the cursor."""
        self._follow()

    def _follow(self) -> None:
        if self.card.display and self.card.size.width:
            self._read_card()

    @work(exclusive=True, group="card")
    async def _read_card(self) -> None:
        from leadconsole.team.screen.card import card

        entry = self.selected
        blocks = [] if entry is None else await asyncio.to_thread(card, self.desk, entry, self.directory)
        self.card.show(blocks)

    # --- lists ------------------------------------------------------------------------------------------------

    def do_desk_next_list(self) -> None:
        """Show the list to the right."""
        self._step_list(1)

    def do_desk_previous_list(self) -> None:
        """Show the list to the left."""
        self._step_list(-1)

    def _step_list(self, step: int) -> None:
        shown = lists.visible(self.directory)
        self.show_list(shown[(shown.index(self.file) + step) % len(shown)])

    @work(exclusive=True, group="dialog")
    async def do_desk_list(self) -> None:
        """Choose a list from a list."""
        from leadconsole.console.dialogs.choice import Choice, Option

        options = [
            Option(file, words.list_title(file), note=str(self._count(file))) for file in lists.visible(self.directory)
        ]
        chosen = await self.app.push_screen_wait(Choice(_("Show which list?"), options, current=self.file))
        if chosen is not None:
            self.show_list(chosen)

    def show_list(self, file: str, keep: Hashable | None = None, client: str = "") -> None:
        """Show another list from its start or on the row `keep`; the filter stays behind with the old one."""
        self.remove_class("-opened")
        self.query("SearchLine").remove()
        self.file, self.part, self.client = file, "", client
        self.table.set_columns(lists.columns(file))
        self._take_rows(keep)
        self.table.focus()

    def do_desk_contacts(self) -> None:
        """Show the contacts of the client under the cursor, or go from there to all contacts."""
        entry = self.selected
        assert entry is not None  # the command's guard has seen to it
        if self.file == "clients":
            self.show_list("contacts", client=entry["code"])
        else:
            self.show_list("contacts", entry.key, "" if self.client else entry["client"])

    def do_desk_hide_left(self) -> None:
        """Show those who left, or don't."""
        keep = self.table.cursor_key
        self.with_gone = not self.with_gone
        self._take_rows(keep)
        shown = (
            _("Who left and what is past is shown again.")
            if self.with_gone
            else _("Who left and what is past is hidden; h shows it again.")
        )
        self.console.say(shown)

    def _count(self, file: str) -> int:
        """How many of a list are still there."""
        return sum(not lists.is_gone(entry, self.directory) for entry in self.directory.entries[file])

    def _show_lists(self) -> None:
        """The line of lists: as many around the shown one as fit, and what narrows it."""
        tabs = [
            ViewTab(file, words.list_title(file), "" if file == "settings" else str(self._count(file)))
            for file in lists.visible(self.directory)
        ]
        told = [f"/ {self.part}"] if self.part else []
        if self.client:
            told.insert(0, _("of {client}").format(client=self.client))
        self.query_one(ViewsLine).show_views(tabs, self.file, [Piece(f"{' '.join(told)} ", "accent")] if told else [])

    def _empty(self) -> str:
        """What an empty list says."""
        may_add = no_right(self) is None and self.file != access.REFUSED
        return lists.empty_text(self.directory, self.file, self.part, self.client, may_add=may_add)

    # --- the filter -------------------------------------------------------------------------------------------

    async def do_desk_filter(self) -> None:
        """Open the line of the filter over the list."""
        from leadconsole.console.widgets.search_line import SearchLine

        if found := self.query(SearchLine):
            found.first().focus()
            return
        self.remove_class("-opened")
        line = SearchLine(self.part, _("parts of words"))
        await self.query_one("#left").mount(line, before="#rows")
        line.focus()

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Another letter: look again."""
        if event.text.strip() != self.part:
            self.part = event.text.strip()
            self._take_rows()

    async def on_search_line_done(self) -> None:
        """Enter: keep the filter and go to the list."""
        await self.query("SearchLine").remove()
        self.table.focus()
        if self.part:
            found = ngettext("{n} row found.", "{n} rows found.", self.table.count).format(n=self.table.count)
            self.console.say(found, hint=_("{key} clears").format(key=self.key_of("app.back")))

    # --- the facts --------------------------------------------------------------------------------------------

    def do_desk_pane(self) -> None:
        """Show or hide the facts beside the list."""
        if self.has_class("-opened"):
            self.back()
        else:
            self._card_wanted = not self._card_wanted
            self.set_class(not self._card_wanted, "-list-only")

    async def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: changes the row where its facts are in view already, else shows them."""
        if self.card.display and no_right(self) is None:
            await self.console.run_command("desk.change")
        else:
            self.add_class("-opened")
            self.card.focus()

    def back(self) -> bool:
        """Esc: from the facts to the list, from a filter to the whole list, from a client's contacts to the clients."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.table.focus()
        elif self.part or self.query("SearchLine"):
            keep = self.table.cursor_key
            self.part = ""
            self.query("SearchLine").remove()
            self.table.focus()
            self._take_rows(keep)
        elif self.client:
            self.show_list("clients", (self.client,))
        else:
            return False
        return True

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a person, client or calendar that another screen asked for."""
        self.open_row(_FILES[kind], key if isinstance(key, tuple) else (key,))

    def open_row(self, file: str, key: tuple[object, ...]) -> None:
        """Show a row that may be new, whatever narrowed the list before."""
        self.directory = access.directory(self.desk)
        entry = self.directory.find(file, key)
        if entry is not None and lists.is_gone(entry, self.directory):
            self.with_gone = True
        keeps = self.client if file == "contacts" and entry is not None and entry["client"] == self.client else ""
        self.show_list(file, key, keeps)

    # --- what others do --------------------------------------------------------------------------------------

    def others_wrote(self) -> bool:
        """Take what is shown again, on the same row."""
        if access.revision(self.desk) != self.directory.revision:
            self.reload()
        else:
            self._follow()  # the open tickets may be others
        return True

    def reload(self) -> None:
        """Take everything again; the selected row stays where it is, or the cursor does if it is gone."""
        if self.is_mounted:
            self.directory = access.directory(self.desk)
            self.source.rows = self._rows()
            self.table.reload()
            self._show_rest()
