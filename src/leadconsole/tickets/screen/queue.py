"""The queue screen: a view as a table, the ticket beside it, search, and others' changes within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.screen import More
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.console.widgets.views_line import ViewsLine
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.history import last_event
from leadconsole.kernel.i18n import _
from leadconsole.tickets import queries, views
from leadconsole.tickets.looks import STANDARD
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen import tabs
from leadconsole.tickets.screen.columns import columns, unseen_order
from leadconsole.tickets.screen.keys import QUEUE_COMMANDS, QUEUE_LEGEND
from leadconsole.tickets.screen.marking import Marking
from leadconsole.tickets.screen.source import QueueSource, SortedSource
from leadconsole.tickets.views import NO_FILTER, Filter

if TYPE_CHECKING:
    from leadconsole.console.widgets.search_line import SearchLine
    from leadconsole.tickets.screen.filtering import Filtering
    from leadconsole.tickets.screen.triage import Triage

MINUTE_SECONDS = 30.0
"""How often the time that is left is taken again."""
REST_SECONDS = 0.12
"""How long the cursor rests before the pane follows."""


class QueueScreen(Marking):
    """The ticket queue."""

    # Not CSS_PATH: Textual would parse every sheet a second time when the screen is made, before its first frame.
    DEFAULT_CSS = Path(__file__).with_name("queue.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = QUEUE_COMMANDS
    ACTIONS = "leadconsole.tickets.screen.triage:Triage"
    PLACE = "leadconsole.tickets.screen.place"
    READS_UNSEEN = True  # the tabs tell how many tickets are open
    LEGEND = QUEUE_LEGEND

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
        self.look = STANDARD
        self.source = QueueSource(desk, self.view)
        self.seen_event = last_event(desk)
        self._pane_wanted = True
        self._quotes = False
        self._following: Timer | None = None

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield ViewsLine(id="views")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                self._list = RowTable(columns(queries.highest(self.desk)), self.source, id="queue")
                self._list.empty = "" if self._list.count else self._empty()
                yield self._list
            yield TextPane(id="pane")

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
        if self._list is None or not self._list.is_attached:
            return None
        return self.source.rows.get(cast("int", self._list.cursor_key or 0))

    @property
    def in_view(self) -> int | None:
        """The ticket that is read here, for the others at the desk to see."""
        read = self._list is not None and (self.pane.display or self.app.screen is not self)  # or in a dialog
        return cast("int | None", self.table.cursor_key) if read else None

    def others_moved(self, tickets: frozenset[int]) -> None:
        """Show the signs of the others, where their tickets are in the list."""
        self.table.replace_rows(self.source.lines(tickets))
        if self.table.cursor_key in tickets:
            self.follow()

    def on_mount(self) -> None:
        super().on_mount()
        self.table.focus()
        self._show_views()
        self.set_interval(MINUTE_SECONDS, self.reload)
        self.when_painted(self._count)

    # --- following the cursor --------------------------------------------------------------------------------

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(REST_SECONDS, self.follow)

    def on_text_pane_appeared(self) -> None:
        """The pane has come into view: show the ticket under the cursor, once the list is painted."""
        self.when_painted(self.follow)

    def follow(self) -> None:
        """Show the ticket under the cursor in the pane, if that is there."""
        if self.pane.display and self.pane.size.width:
            self._read_ticket()

    @work(exclusive=True, group="ticket")
    async def _read_ticket(self) -> None:
        number = self.table.cursor_key
        if number is None:
            self.pane.show([])
            return
        from leadconsole.tickets.screen.pane import laid_out

        words, cells = self.wanted.words, self.pane.size.width
        try:  # all of it off the loop: a ticket may have thousands of entries
            read = partial(laid_out, self.desk, cast("int", number), words, cells, quotes=self._quotes)
            self.pane.show(await asyncio.to_thread(read))
        except NotFound:
            self.pane.show([])

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

    def show_view(self, name: str, keep: int | None = None) -> None:
        """Show another view, built-in or own, on the ticket `keep` if it is there."""
        tab = next((one for one in self.tabs if one.name == name), None)
        if tab is None:
            return
        if tab.own or self.own:
            self.wanted = tab.wanted
        self.view, self.own, self.look = tab.view, tab.own, tab.look
        if self.marked:
            self.table.set_marks(set())  # what isn't seen any more shall not be changed
        source = self._source_of(self.wanted) if self.look.sort else None
        if source is None or source.at_hand:
            self._take_source(keep, source)
        else:
            self._look_again(keep)
        self._show_views()
        self.call_after_refresh(self._count)

    def _source_of(self, wanted: Filter) -> QueueSource:
        """The rows of the shown view under a filter; words that aren't the view's own find the newest first."""
        own = next((tab.wanted for tab in self.tabs if tab.own == self.own), NO_FILTER)
        if self.look.sort and (wanted == own or not wanted.words):
            return SortedSource(self.desk, self.view, wanted, self.look)
        return QueueSource(self.desk, self.view, wanted, self.look)

    @work(exclusive=True, group="search")
    async def _look_again(self, keep: int | None) -> None:
        """Take the rows of a view that has to be sorted first, or whose columns have changed."""
        source = self._source_of(self.wanted)
        await asyncio.to_thread(source.begin)
        if (source.view, source.wanted, source.look) == (self.view, self.wanted, self.look):
            self._take_source(keep, source)

    def _take_source(self, keep: int | None = None, source: QueueSource | None = None) -> None:
        self.source = source or self._source_of(self.wanted)
        self._fit_columns()
        self.table.set_source(self.source, keep)
        self._tell_if_empty()
        self.show_keys()
        self._refine()

    def _fit_columns(self) -> None:
        wanted = columns(queries.highest(self.desk), self.look)
        if wanted != self.table.columns:
            self.table.set_columns(wanted)

    @work(exclusive=True, group="refine")
    async def _refine(self) -> None:
        source = self.source
        if not (source.wanted or source.look.sort):
            return
        news = await asyncio.to_thread(source.refine)
        if news and source is self.source:
            self.table.reload()

    @work(exclusive=True, group="counts")
    async def _count(self) -> None:
        self.counts, self.tabs = await asyncio.to_thread(tabs.counted, self.desk)
        look = next((tab.look for tab in self.tabs if tab.own == self.own), None)
        if look is None:
            gone, self.own, look = self.own, "", STANDARD
            self.console.say(_("The view «{name}» is gone; its filter stays until Esc.").format(name=gone), "warning")
        if look != self.look:
            self.look = look
            self._look_again(cast("int | None", self.table.cursor_key))
        self._show_views()
        self.console.set_count("queue", self.counts["open"])

    def _show_views(self) -> None:
        """The line of views: as many around the shown one as fit."""
        shown = tabs.name_of(self.view, self.own)
        beside = [Piece(f"{unseen} ", "dim")] if (unseen := unseen_order(self.look)) else []
        if self.search:
            beside.append(Piece(f"/ {self.search} ", "accent"))
        for line in self.query(ViewsLine):  # none, where the last counts come after the screen has been left
            line.show_views(tabs.line(self.tabs, self.counts), shown, beside)

    def _empty(self) -> str:
        """What an empty list says: what is going on, and what to do next."""
        from leadconsole.tickets.screen import empty

        if self.search:
            return empty.searched(self.search, self.key_of)
        return empty.first_steps(queries.begun(self.desk), self.desk.actor, self.key_of)

    def keys_changed(self) -> None:
        """An empty list names keys."""
        super().keys_changed()
        self._tell_if_empty()

    def _tell_if_empty(self) -> None:
        if not self.table.count:
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
        source = self._source_of(wanted)
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
        self.follow()

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
            self.wanted, self.own, self.look = NO_FILTER, "", STANDARD
            self.query("SearchLine, #filter-help").remove()
            self.table.focus()
            self._take_source(keep)
            self._show_views()
            return True
        return False

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a view, or open a ticket: who asks for it wants to read it, also where there is little room."""
        (self.show_view if kind == "view" else self.show_ticket)(cast("Any", key))
        if kind != "view" and not self.pane.display:
            self.add_class("-opened")
            self.pane.focus()

    def show_ticket(self, number: int) -> None:
        """Go to a ticket in the list, in the first view that has it."""
        self.wanted, self.own = NO_FILTER, ""
        names = [self.view, *(view.name for view in views.VIEWS)]
        view = next((name for name in names if queries.holds(self.desk, name, number)), views.EVERYTHING)
        self.show_view(view, number)

    # --- what others do --------------------------------------------------------------------------------------

    def others_wrote(self) -> bool:
        """Take list, counts and ticket again, on the same ticket; a draft that somebody types is no reason to."""
        from leadconsole.tickets.screen import news

        news.take_up(self)
        return True

    def reload(self) -> None:
        """Take everything again; the selected ticket stays where it is."""
        if not self.is_mounted:
            return
        self.seen_event = last_event(self.desk)
        self._fit_columns()
        self.table.reload()
        self._tell_if_empty()
        self._refine()
        self._count()
        self.follow()
