"""The Cover screen: who leads and who can cover each client, absences, what-if, and what grows out of them."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Vertical
from textual.widget import Widget

from leadconsole.console.registry import GRID_SCOPE, LIST_SCOPE, Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.views_line import ViewsLine, ViewTab
from leadconsole.curation.screen.absences import AbsencesView
from leadconsole.curation.screen.depth import DepthView
from leadconsole.curation.screen.handovers import HandoversView
from leadconsole.curation.screen.keys import COVER, COVER_COMMANDS
from leadconsole.curation.screen.learning import LearningView
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.matrix import MatrixView
from leadconsole.curation.screen.proposals import ProposalsView
from leadconsole.curation.screen.sheets import SheetsView
from leadconsole.curation.screen.view import View
from leadconsole.curation.screen.what_if import WhatIfView
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, _
from leadconsole.team import queries as team

if TYPE_CHECKING:
    from leadconsole.console.widgets.search_line import SearchLine


VIEWS: tuple[type[View], ...] = (
    MatrixView, WhatIfView, AbsencesView, SheetsView, HandoversView, DepthView, LearningView, ProposalsView,
)  # fmt: skip
"""The views in the order of the line on top."""


class CoverScreen(ConsoleScreen):
    """Who covers whom."""

    DEFAULT_CSS = Path(__file__).with_name("cover.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = COVER_COMMANDS
    VIEW_COMMANDS: ClassVar[tuple[Command, ...]] = tuple(command for view in VIEWS for command in view.COMMANDS)
    ACTIONS = "leadconsole.curation.screen.changes:Changes"
    PLACE = "leadconsole.curation.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        ("●", N_("leads the client")),
        ("○", N_("curates it: can pick up an urgent task")),
        ("◌", N_("is learning it, no cover yet")),
        ("·", N_("doesn't know it")),
        ("?", N_("stale: no contact for so long that it may be forgotten")),
        ("( )", N_("away on that day")),
        ("!", N_("thin: fewer than two people cover it")),
        ("▲", N_("a toxic client, never alone")),
        ("a…z", N_("in the year: v vacation, s sick leave, t study, o other; a capital: two are away in that week")),
        ("!", N_("in the year: two are away who are all the cover of a client")),
        ("■ □", N_("a step of a handover, done and to do")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timezone = team.desk_settings(desk).timezone
        self.views = {view.NAME: view(self) for view in VIEWS}
        self.view: View = self.views[VIEWS[0].NAME]

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield ViewsLine(id="views")
        with Vertical(id="stage"):
            yield self.view

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes of the view that is shown, those of the screen, and those of its list or grid."""
        own = dict.fromkeys(command.scope for command in self.view.COMMANDS)
        grid, table = self.view.query(Grid), self.view.query(RowTable)
        lists = (*((GRID_SCOPE,) if grid else ()), *((LIST_SCOPE,) if grid or table else ()))
        return (*own, COVER, *lists)

    def view_of(self, name: str) -> View:
        """A view by its name."""
        return self.views[name]

    @property
    def matrix(self) -> MatrixView:
        """The matrix."""
        view = self.views[MatrixView.NAME]
        assert isinstance(view, MatrixView)
        return view

    def on_mount(self) -> None:
        super().on_mount()
        self.view.focused().focus()
        self.show_views()
        self.view.refresh_view()
        self._peek()

    # --- views ------------------------------------------------------------------------------------------------

    def do_cover_next_view(self) -> None:
        """Show the view to the right."""
        self._step(1)

    def do_cover_previous_view(self) -> None:
        """Show the view to the left."""
        self._step(-1)

    def _step(self, step: int) -> None:
        names = list(self.views)
        self.show_view(names[(names.index(self.view.NAME) + step) % len(names)])

    @work(exclusive=True, group="dialog")
    async def do_cover_view(self) -> None:
        """Choose a view from a list."""
        from leadconsole.console.dialogs.choice import Choice, Option

        options = [Option(name, view.title(), note=view.told()[0]) for name, view in self.views.items()]
        chosen = await self.app.push_screen_wait(Choice(_("Show which view?"), options, current=self.view.NAME))
        if chosen is not None:
            self.show_view(chosen)

    @work(exclusive=True, group="view")
    async def show_view(self, name: str) -> None:
        """Show another view, read when it is first shown or somebody wrote since."""
        view = self.views[name]
        self.query("SearchLine").remove()
        if not view.is_attached:
            view.display = False
            await self.query_one("#stage").mount(view)
        self.view.display = False
        self.view = view
        view.display = True
        view.remove_class("-opened")
        view.focused().focus()
        self.show_views()
        self.show_lines()
        if not view.fresh:
            view.refresh_view()

    @work(exclusive=True, group="peek")
    async def _peek(self) -> None:
        """How much waits in views that weren't shown yet."""
        for view in self.views.values():
            if not view.fresh:
                view.peeked = await asyncio.to_thread(view.peek)
        self.show_views()

    def show_views(self) -> None:
        """The line of views, and what narrows the one that is shown."""
        tabs = [ViewTab(name, view.title(), *view.told()) for name, view in self.views.items()]
        told = " · ".join(self.view.narrowed())
        self.query_one(ViewsLine).show_views(tabs, self.view.NAME, [Piece(f"{told} ", "accent")] if told else [])

    def show_keys(self) -> None:
        if self.is_mounted:
            super().show_keys()

    # --- the filter -------------------------------------------------------------------------------------------

    async def do_cover_filter(self) -> None:
        """Open the line of the filter over the list."""
        from leadconsole.console.widgets.search_line import SearchLine

        if found := self.view.query(SearchLine):
            found.first().focus()
            return
        self.view.remove_class("-opened")
        line = SearchLine(self.view.part, _("parts of words"))
        await self.view.query_one(".main").mount(line, before=0)
        line.focus()

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Another letter: look again."""
        if event.text.strip() != self.view.part:
            self.view.look_for(event.text.strip())
            self.show_views()

    async def on_search_line_done(self) -> None:
        """Enter: keep the filter and go to the list."""
        await self.query("SearchLine").remove()
        self.view.focused().focus()
        if self.view.part:
            self.console.say("", hint=_("{key} clears").format(key=self.key_of("app.back")))

    # --- the text beside -----------------------------------------------------------------------------------------

    def do_cover_pane(self) -> None:
        """Show or hide the text beside the list."""
        self.view.toggle_pane()

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        self.view.follow_soon()

    def on_grid_moved(self) -> None:
        super().on_grid_moved()
        self.view.follow_soon()

    async def on_row_table_opened(self) -> None:
        """Enter: changes what is under the cursor where its text is in view already, else shows the text."""
        await self._open()

    async def on_grid_opened(self) -> None:
        """Enter, as in a list."""
        await self._open()

    async def _open(self) -> None:
        command = self.view.OPENS if self.view.pane.display else ""
        why = self.console.registry[command].why_disabled if command else None
        if command and (why is None or why(self) is None):
            await self.console.run_command(command)
        else:
            self.view.open_pane()

    def back(self) -> bool:
        """Esc: from the text to the list, from what narrows it to everything, from another view to the matrix."""
        if self.view.close_pane():
            return True
        if self.query("SearchLine") or self.view.part:
            self.query("SearchLine").remove()
            self.view.focused().focus()
            if self.view.part:
                self.view.look_for("")
        elif self.view.clear():
            self.view.focused().focus()
        elif self.view is not self.matrix:
            self.show_view(self.matrix.NAME)
        else:
            return False
        self.show_views()
        return True

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a client's row of the matrix, a handover sheet, a handover, or an absence in its year."""
        name = {"sheet-of": SheetsView.NAME, "handover": HandoversView.NAME, "absence": AbsencesView.NAME}.get(kind)
        view = self.views[name or MatrixView.NAME]
        if isinstance(view, AbsencesView) and isinstance(key, tuple):
            view.go_to(*key)
        elif isinstance(view, ListView):
            view.go_to(key)
        else:
            self.matrix.wanted_client, view.fresh = str(key), False
        self.show_view(view.NAME)

    # --- what others do --------------------------------------------------------------------------------------

    def others_wrote(self) -> bool:
        """What is shown is read again."""
        self.reload()
        return True

    def reload(self) -> None:
        """Read what is shown again; the other views when they are shown."""
        for view in self.views.values():
            view.fresh = False
        if self.is_mounted:
            self.view.refresh_view()
            self._peek()
