"""The queue screen: a view as a table, the ticket beside it, search, and others' changes within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import N_, _, ngettext
from leadconsole.kernel.text import width
from leadconsole.tickets import queries, views
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen.keys import QUEUE_COMMANDS
from leadconsole.tickets.screen.source import QueueSource, columns

if TYPE_CHECKING:
    from leadconsole.tickets.screen.search import SearchLine

WATCH_SECONDS = 0.5
"""How often others' commits are asked for: a PRAGMA that reads one number."""
MINUTE_SECONDS = 30.0
"""How often the time that is left is taken again."""
REST_SECONDS = 0.12
"""How long the cursor rests before the pane follows."""


class QueueScreen(ConsoleScreen):
    """The ticket queue."""

    # Not CSS_PATH: Textual would parse every sheet a second time when the screen is made, before its first frame.
    DEFAULT_CSS = Path(__file__).with_name("queue.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = QUEUE_COMMANDS
    ACTIONS = "leadconsole.tickets.screen.triage:Triage"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        ("!", N_("overdue")),
        ("~", N_("at risk: little working time is left")),
        ("‖", N_("the clock stands still: the ticket waits")),
        ("·", N_("in time, or without a norm")),
        ("✓", N_("finished, every norm was met")),
        ("✗", N_("finished, a norm was missed")),
        ("⇑ ↑ ↓", N_("priority: urgent, high, low")),
        ("→ ↩ ✎", N_("message of the client, reply, note")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timezone = queries.timezone(desk)
        self.view = views.VIEWS[0].name
        self.search = ""
        self.counts: dict[str, int] = {}
        self.source = QueueSource(desk, self.view)
        self._seen_version = desk.database.data_version()
        self._pane_wanted = True
        self._following: Timer | None = None

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield Line(id="views")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RowTable(columns(queries.highest(self.desk)), self.source, empty=self._empty(), id="queue")
            yield TextPane(id="pane")

    @property
    def table(self) -> RowTable:
        """The list of tickets."""
        return self.query_one("#queue", RowTable)

    @property
    def pane(self) -> TextPane:
        """The ticket as text."""
        return self.query_one("#pane", TextPane)

    @property
    def selected(self) -> QueueRow | None:
        """The ticket under the cursor as it was read for the list."""
        if not self.is_mounted or not self.query("#queue"):
            return None
        return self.source.rows.get(cast("int", self.table.cursor_key or 0))

    def on_mount(self) -> None:
        super().on_mount()
        self.table.focus()
        self._show_views()
        self.set_interval(WATCH_SECONDS, self._watch)
        self.set_interval(MINUTE_SECONDS, self.reload)
        self.call_after_refresh(self._count)

    def on_resize(self, event: events.Resize) -> None:
        self._show_views()

    # --- following the cursor --------------------------------------------------------------------------------

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(REST_SECONDS, self._follow)

    def on_text_pane_appeared(self) -> None:
        """The pane has come into view: show the ticket under the cursor."""
        self._follow()

    def _follow(self) -> None:
        if self.pane.display and self.pane.size.width:
            self._read_ticket()

    @work(exclusive=True, group="ticket")
    async def _read_ticket(self) -> None:
        from leadconsole.tickets import story
        from leadconsole.tickets.screen.pane import ticket_blocks

        number = self.table.cursor_key
        if number is None:
            self.pane.show([])
            return
        try:
            told = await asyncio.to_thread(story.ticket, self.desk, cast("int", number))
        except NotFound:
            self.pane.show([])
            return
        self.pane.show(ticket_blocks(told, self.timezone, self.desk.now()))

    # --- views ------------------------------------------------------------------------------------------------

    def do_queue_next_view(self) -> None:
        """Show the view to the right."""
        self._step_view(1)

    def do_queue_previous_view(self) -> None:
        """Show the view to the left."""
        self._step_view(-1)

    def _step_view(self, step: int) -> None:
        names = [view.name for view in views.VIEWS]
        self.show_view(names[(names.index(self.view) + step) % len(names)])

    @work(exclusive=True, group="dialog")
    async def do_queue_view(self) -> None:
        """Choose a view from a list."""
        from leadconsole.console.dialogs.choice import Choice, Option

        options = [
            Option(view.name, views.title(view), note=str(self.counts.get(view.name, ""))) for view in views.VIEWS
        ]
        chosen = await self.app.push_screen_wait(Choice(_("Show which view?"), options, current=self.view))
        if chosen is not None:
            self.show_view(chosen)

    def show_view(self, name: str, keep: int | None = None) -> None:
        """Show another view, on the ticket `keep` if it is there."""
        self.view = name
        self._take_source(keep)
        self._show_views()
        self._count()

    def _take_source(self, keep: int | None = None) -> None:
        self.source = QueueSource(self.desk, self.view, self.search)
        self.table.empty = self._empty()
        self.table.set_source(self.source, keep)

    @work(exclusive=True, group="counts")
    async def _count(self) -> None:
        self.counts = await asyncio.to_thread(queries.counts, self.desk)
        self._show_views()
        self.console.set_count("queue", self.counts["open"])

    def _show_views(self) -> None:
        """The line of views: as many around the shown one as fit."""
        pieces = []
        for view in views.VIEWS:
            count = self.counts.get(view.name)
            text = f" {views.title(view)}{'' if count is None else f' {count}'} "
            tone = "chosen" if view.name == self.view else self._tone_of(view.name, count)
            pieces.append(Piece(text, tone))
        shown = [view.name for view in views.VIEWS].index(self.view)
        search = [Piece(f"/ {self.search} ", "accent")] if self.search else []
        room = self.size.width - sum(width(piece.text) for piece in search) - 2
        while len(pieces) > 1 and sum(width(piece.text) for piece in pieces) > room:
            if shown > len(pieces) // 2:
                pieces.pop(0)
                shown -= 1
            else:
                pieces.pop()
        self.query_one("#views", Line).show(pieces, search)

    def _tone_of(self, name: str, count: int | None) -> str:
        if not count:
            return "dim"
        return {"overdue": "danger", "at_risk": "warning"}.get(name, "")

    def _empty(self) -> str:
        """What an empty list says: what is going on, and what to do next."""
        from leadconsole.tickets.screen import empty

        if self.search:
            return empty.searched(self.search, self.key_of)
        return empty.first_steps(queries.begun(self.desk), self.desk.actor, self.key_of)

    def keys_changed(self) -> None:
        """An empty list names keys."""
        super().keys_changed()
        self.table.empty = self._empty()
        self.table.refresh()

    # --- search -----------------------------------------------------------------------------------------------

    async def do_queue_search(self) -> None:
        """Open the search line over the list."""
        from leadconsole.tickets.screen.search import SearchLine

        if found := self.query(SearchLine):
            found.first().focus()
            return
        line = SearchLine(self.search)
        await self.query_one("#left").mount(line, before="#queue")
        line.focus()

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Another letter: look again."""
        self._look_for(event.text)

    @work(exclusive=True, group="search")
    async def _look_for(self, text: str) -> None:
        await asyncio.sleep(0)
        if text.strip() != self.search:
            self.search = text.strip()
            self._take_source()
            self._show_views()

    async def on_search_line_done(self) -> None:
        """Enter: keep the search and go to the list."""
        await self._close_search()

    async def _close_search(self) -> None:
        from leadconsole.tickets.screen.search import SearchLine

        await self.query(SearchLine).remove()
        self.table.focus()
        if self.search:
            self.console.say(
                ngettext(
                    "{n} ticket found, the newest first.", "{n} tickets found, the newest first.", self.table.count
                ).format(n=self.table.count),
                hint=_("{key} clears").format(key=self.key_of("app.back")),
            )

    # --- the pane ---------------------------------------------------------------------------------------------

    def do_queue_pane(self) -> None:
        """Show or hide the ticket beside the list."""
        if self.has_class("-opened"):
            self.back()
        else:
            self._pane_wanted = not self._pane_wanted
            self.set_class(not self._pane_wanted, "-list-only")

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: the ticket gets the keys; where there is no room beside the list it takes the list's place."""
        self.add_class("-opened")
        self.pane.focus()

    def back(self) -> bool:
        """Esc: from the ticket to the list, from a search to the whole view."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.table.focus()
            return True
        if self.search or self.query("SearchLine"):
            keep = cast("int | None", self.table.cursor_key)
            self.search = ""
            self.query("SearchLine").remove()
            self.table.focus()
            self._take_source(keep)
            self._show_views()
            return True
        return False

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a ticket that another screen asked for, in the first view that has it."""
        number = cast("int", key)
        self.search = ""
        names = [self.view, *(view.name for view in views.VIEWS)]
        view = next((name for name in names if queries.holds(self.desk, name, number)), views.EVERYTHING)
        self.show_view(view, number)

    # --- what others do --------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Has anybody committed since? Then take list, counts and ticket again, on the same ticket."""
        version = self.desk.database.data_version()
        if version != self._seen_version:
            self._seen_version = version
            self.reload()

    def reload(self) -> None:
        """Take everything again; the selected ticket stays where it is."""
        if not self.is_mounted:
            return
        if (wanted := columns(queries.highest(self.desk))) != self.table.columns:
            self.table.set_columns(wanted)
        if not self.table.count:
            self.table.empty = self._empty()
            self.table.refresh()
        self.table.reload()
        self._count()
        self._follow()
