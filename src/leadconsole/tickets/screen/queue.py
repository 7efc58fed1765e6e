"""The queue screen: a view as a table, the ticket beside it, search, and others' changes within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen, More
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.console.widgets.views_line import ViewsLine
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import N_, _, ngettext
from leadconsole.tickets import queries, views
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen import tabs
from leadconsole.tickets.screen.keys import QUEUE_COMMANDS
from leadconsole.tickets.screen.source import QueueSource, columns
from leadconsole.tickets.views import NO_FILTER, Filter

if TYPE_CHECKING:
    from leadconsole.console.widgets.search_line import SearchLine
    from leadconsole.tickets.screen.filtering import Filtering
    from leadconsole.tickets.screen.triage import Triage

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
    PLACE = "leadconsole.tickets.screen.place"
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
        self.wanted = NO_FILTER
        self.filtering: Filtering | None = None
        self.counts: dict[str, int] = {}
        self.tabs = tabs.built_in()
        self.own = ""
        """The name of the own view that is shown, if one is."""
        self.source = QueueSource(desk, self.view)
        self._seen_version = desk.database.data_version()
        self._pane_wanted = True
        self._last_mark = 0
        self._quotes = False
        self._following: Timer | None = None

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield ViewsLine(id="views")
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
    def search(self) -> str:
        """The filter as it is written."""
        return self.wanted.text

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
        self.pane.show(ticket_blocks(told, self.timezone, self.desk.now(), self.wanted.words, quotes=self._quotes))

    # --- views ------------------------------------------------------------------------------------------------

    def do_queue_next_view(self) -> None:
        """Show the view to the right."""
        self._step_view(1)

    def do_queue_previous_view(self) -> None:
        """Show the view to the left."""
        self._step_view(-1)

    def _step_view(self, step: int) -> None:
        names = [tab.name for tab in self.tabs]
        shown = tabs.name_of(self.view, self.own)
        self.show_view(names[((names.index(shown) if shown in names else 0) + step) % len(names)])

    @work(exclusive=True, group="dialog")
    async def do_queue_view(self) -> None:
        """Choose a view from a list."""
        from leadconsole.console.dialogs.choice import Choice, Option

        options = [Option(tab.name, tab.title, note=tab.note(self.counts)) for tab in self.tabs]
        current = tabs.name_of(self.view, self.own)
        chosen = await self.app.push_screen_wait(Choice(_("Show which view?"), options, current=current))
        if chosen is not None:
            self.show_view(chosen)

    def show_view(self, name: str, keep: int | None = None) -> None:
        """Show another view, built-in or own, on the ticket `keep` if it is there."""
        tab = next((one for one in self.tabs if one.name == name), None)
        if tab is None:
            return
        if tab.own or self.own:
            self.wanted = tab.wanted
        self.view, self.own = tab.view, tab.own
        if self.marked:
            self.table.set_marks(set())  # what isn't seen any more shall not be changed
        self._take_source(keep)
        self._show_views()
        self._count()

    def _take_source(self, keep: int | None = None, source: QueueSource | None = None) -> None:
        self.source = source or QueueSource(self.desk, self.view, self.wanted)
        self.table.empty = self._empty()
        self.table.set_source(self.source, keep)
        self._refine()

    @work(exclusive=True, group="refine")
    async def _refine(self) -> None:
        source = self.source
        if not source.wanted:
            return
        news = await asyncio.to_thread(source.refine)
        if news and source is self.source:
            self.table.reload()

    @work(exclusive=True, group="counts")
    async def _count(self) -> None:
        self.counts, self.tabs = await asyncio.to_thread(tabs.counted, self.desk)
        if self.own and all(tab.own != self.own for tab in self.tabs):
            gone, self.own = self.own, ""
            self.console.say(_("The view «{name}» is gone; its filter stays until Esc.").format(name=gone), "warning")
        self._show_views()
        self.console.set_count("queue", self.counts["open"])

    def _show_views(self) -> None:
        """The line of views: as many around the shown one as fit."""
        shown = tabs.name_of(self.view, self.own)
        search = [Piece(f"/ {self.search} ", "accent")] if self.search else []
        self.query_one(ViewsLine).show_views(tabs.line(self.tabs, self.counts), shown, search)

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
        """Open the line in which a filter is typed."""
        if self.filtering is None:
            from leadconsole.tickets.screen.filtering import Filtering

            self.filtering = Filtering(self)
        await self.filtering.open()

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Another letter: look again."""
        self._typed(event.text)

    @work(exclusive=True, group="search")
    async def _typed(self, text: str) -> None:
        await asyncio.sleep(0)
        if self.filtering is not None:
            await self.filtering.typed(text)

    async def on_search_line_done(self) -> None:
        """Enter: keep the filter and go to the list."""
        if self.filtering is not None:
            await self.filtering.finish()

    def on_search_line_completing(self) -> None:
        """Tab: complete the word at the cursor."""
        if self.filtering is not None:
            self.filtering.complete()

    async def look_for(self, wanted: Filter) -> None:
        """Show what a filter leaves of the view; WrongFilter changes nothing."""
        if wanted == self.wanted:
            return
        source = QueueSource(self.desk, self.view, wanted)
        await asyncio.to_thread(source.begin)
        self.wanted = wanted
        self._take_source(source=source)
        self._show_views()

    # --- the pane ---------------------------------------------------------------------------------------------

    def do_queue_pane(self) -> None:
        """Show or hide the ticket beside the list."""
        if self.has_class("-opened"):
            self.back()
        else:
            self._pane_wanted = not self._pane_wanted
            self.set_class(not self._pane_wanted, "-list-only")

    def do_queue_quotes(self) -> None:
        """Unfold what messages quote, or fold it again."""
        self._quotes = not self._quotes
        self._follow()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: the ticket gets the keys; where there is no room beside the list it takes the list's place."""
        self.add_class("-opened")
        self.pane.focus()

    async def on_text_pane_entered(self) -> None:
        """Enter in the opened ticket: what belongs to it."""
        await self.console.run_command("ticket.related")

    def more_commands(self) -> Iterable[More]:
        """The macros, once a ticket is selected."""
        return cast("Triage", self.actions).palette_macros() if self.selected is not None else ()

    async def run_more(self, more_id: str) -> None:
        """Run a macro that was chosen in the palette."""
        await cast("Triage", self.actions).run_macro(more_id)

    # --- marks ------------------------------------------------------------------------------------------------

    @property
    def marked(self) -> list[int]:
        """The numbers of the marked tickets."""
        if not self.is_mounted or not self.query("#queue"):
            return []
        return sorted(cast("set[int]", self.table.marked))

    def do_queue_mark(self) -> None:
        """Mark the ticket and go on to the next."""
        self._last_mark = self.table.cursor
        self.table.toggle_mark()
        self.table.action_move(1)

    def do_queue_mark_range(self) -> None:
        """Mark everything between the last mark and the cursor."""
        first, last = sorted((self._last_mark, self.table.cursor))
        self._mark(first, last - first + 1)

    def do_queue_mark_all(self) -> None:
        """Mark every ticket of the view."""
        self._mark(0, queries.MOST_COUNTED)

    def _mark(self, first: int, many: int) -> None:
        numbers = queries.numbers(
            self.desk, self.view, search=self.wanted, newest=bool(self.wanted.words), offset=first, limit=many
        )
        self.table.set_marks(self.table.marked | set(numbers))

    def on_row_table_marked(self) -> None:
        """Say how many are marked."""
        if n := len(self.table.marked):
            told = ngettext("{n} ticket is marked.", "{n} tickets are marked.", n)
            self.console.say(told.format(n=n), hint=_("{key} unmarks").format(key=self.key_of("app.back")))

    def back(self) -> bool:
        """Esc: from the ticket to the list, from marks to none, from a search to the whole view."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.table.focus()
            return True
        if self.marked:
            self.table.set_marks(set())
            self.console.say(_("Nothing is marked."))
            return True
        if self.search or self.query("SearchLine"):
            keep = cast("int | None", self.table.cursor_key)
            self.wanted, self.own = NO_FILTER, ""
            self.query("SearchLine, #filter-help").remove()
            self.table.focus()
            self._take_source(keep)
            self._show_views()
            return True
        return False

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Open a ticket that another screen asked for: who does wants to read it, also where there is little room."""
        self.show_ticket(cast("int", key))
        if not self.pane.display:
            self.add_class("-opened")
            self.pane.focus()

    def show_ticket(self, number: int) -> None:
        """Go to a ticket in the list, in the first view that has it."""
        self.wanted, self.own = NO_FILTER, ""
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
        self._refine()
        self._count()
        self._follow()
