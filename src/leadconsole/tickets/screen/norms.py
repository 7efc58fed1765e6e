"""The screen of norms: shares inside the norm and the ledger of hand-overs by month, and the tickets behind both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.messages import OpenSubject
from leadconsole.console.others import BEHIND
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, NP_, _, pgettext
from leadconsole.kernel.period import Month
from leadconsole.tickets import norms
from leadconsole.tickets.ledger import ledger
from leadconsole.tickets.norms import NormShares, norm_shares
from leadconsole.tickets.screen.behind import Figures
from leadconsole.tickets.screen.ledger_rows import FIGURES, LedgerFigures
from leadconsole.tickets.screen.norm_rows import TREND_MONTHS, NormFigures
from leadconsole.tickets.screen.norms_keys import HANDOVERS, NORMS, NORMS_COMMANDS

VIEWS = {NORMS: NP_("view", "norms"), HANDOVERS: NP_("view", "hand-overs")}
REST_SECONDS = 0.12
"""How long the cursor rests before the tickets behind its row are listed, and a month before it is counted."""
SAY_SECONDS = 0.15
"""What takes longer than this is said."""
KEPT = 4
"""So many figures are kept to come back to; a month of a large desk takes megabytes."""
SHARE_OF_TIME = 10
"""Others' changes make the figures be counted again, for at most one part in so many of the time."""


class Superseded(Exception):
    """Somebody wants to see something else by now; what is being counted is not needed any more."""


class NormsScreen(ConsoleScreen):
    """Norms and hand-overs."""

    DEFAULT_CSS = Path(__file__).with_name("norms.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = NORMS_COMMANDS
    PLACE = "leadconsole.tickets.screen.norms_place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        ("≈", N_("fewer than 20 tickets: too few to judge")),
        ("▁ █", N_("share inside the norm, from 50 % and less to 100 %; · no tickets")),
        ("→ ↩", N_("given to somebody, given back to somebody who had it before")),
        ("←", N_("taken from somebody")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timezone = norms.timezone(desk)
        self.view = NORMS
        self.figure = next(iter(FIGURES))
        self.month = self.present_month()
        self._counted: dict[tuple[str, Month], Figures] = {}
        self._shares: dict[Month, NormShares] = {}
        self._counting: tuple[str, Month] | None = None
        self._shown: Figures | None = None
        self._shown_of: tuple[str, Month] | None = None
        self._listed: tuple[object, ...] = ()
        self._whose: Hashable | None = None
        self._following: Timer | None = None
        self._rests_until = 0.0

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield Line(id="months")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RowTable([], id="figures")
            with Vertical(id="right"):
                yield Line(id="heading")
                yield RowTable([], id="behind")

    @property
    def figures(self) -> RowTable:
        """The table of figures."""
        return self.query_one("#figures", RowTable)

    @property
    def behind(self) -> RowTable:
        """The tickets behind the figure under the cursor."""
        return self.query_one("#behind", RowTable)

    def present_month(self) -> Month:
        """The month in which the desk is now."""
        return Month.at(self.desk.now(), self.timezone)

    def on_mount(self) -> None:
        super().on_mount()
        self.figures.focus()
        self.show_figures()

    def on_unmount(self) -> None:
        self._counting = None

    # --- months and views ------------------------------------------------------------------------------------

    def do_norms_previous_month(self) -> None:
        """Show the month before."""
        self._show_month(self.month.previous)

    def do_norms_next_month(self) -> None:
        """Show the month after."""
        self._show_month(self.month.next)

    def do_norms_switch(self) -> None:
        """Show the other view."""
        self.back()
        self.view = HANDOVERS if self.view == NORMS else NORMS
        self.show_figures()

    def do_norms_figure(self) -> None:
        """List the tickets behind the next figure."""
        names = list(FIGURES)
        self.figure = names[(names.index(self.figure) + 1) % len(names)]
        self._list_behind()

    def _show_month(self, month: Month) -> None:
        self.month = month
        self.show_figures(rest=REST_SECONDS)

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show the norms of a month that another screen asked for."""
        self.go(NORMS, Month.parse(str(key)))

    def go(self, view: str, month: Month, row: Hashable | None = None) -> None:
        """Show a view of a month, the cursor on a row if it is there."""
        self.view = view
        if row is not None:
            self._whose = row
        self._show_month(month)

    # --- counting ----------------------------------------------------------------------------------------------

    def show_figures(self, *, rest: float = 0.0) -> None:
        """Show the figures of the month, counted after a rest if they aren't known yet."""
        if known := self._counted.get((self.view, self.month)):
            self._counting = None
            self.workers.cancel_group(self, "count")
            self._show_line()
            self._show(known)
        else:
            self._show_line()
            self._count(rest)

    @work(exclusive=True, group="count")
    async def _count(self, rest: float = 0.0) -> None:
        wanted = self._counting = (self.view, self.month)

        def told(_count: int) -> None:
            if self._counting != wanted:
                raise Superseded

        saying = self.set_timer(rest + SAY_SECONDS, self._say_counting)
        try:
            await asyncio.sleep(rest)
            began = time.monotonic()
            counted = await asyncio.to_thread(self._count_figures, *wanted, self._shares, told)
        except Superseded:
            return
        except Exception:
            self._counting = None
            self._show_line()
            raise
        finally:
            saying.stop()
        self._counting = None
        ended = time.monotonic()
        self._rests_until = ended + SHARE_OF_TIME * (ended - began)
        self._counted[wanted] = counted
        while len(self._counted) > KEPT:
            self._counted.pop(next(iter(self._counted)))
        self._show_line()
        self._show(counted)

    def _count_figures(
        self, view: str, month: Month, shares: dict[Month, NormShares], told: Callable[[int], None]
    ) -> Figures:
        """What a view shows of a month; runs in a thread."""
        if view == HANDOVERS:
            return LedgerFigures(self.desk, month, ledger(self.desk, month, told), self.timezone)
        months = [month.plus(place - TREND_MONTHS + 1) for place in range(TREND_MONTHS)]
        for one in months:
            if one not in shares:
                shares[one] = norm_shares(self.desk, one)
                told(0)
        missed = norms.missed(self.desk, month) if self._sees_tickets() else ()
        return NormFigures(month, [shares[one] for one in months], missed)

    def _sees_tickets(self) -> bool:
        return self.desk.actor.may(Capability.READ_QUEUE)

    def _show(self, figures: Figures) -> None:
        if figures is self._shown:
            return
        self._shown, self._shown_of = figures, (self.view, self.month)
        table = self.figures
        if figures.columns != table.columns:
            table.set_columns(figures.columns)
        table.empty = figures.empty()
        table.set_source(ListSource(figures.rows()), self._whose)
        self._list_behind()

    def _say_counting(self) -> None:
        """It takes a while: say so, and show no figures of another month meanwhile."""
        self._show_line()
        if self._shown_of != self._counting:
            self._shown = self._shown_of = None
            self.figures.empty = _("Counting {month}…").format(month=formats.month(self.month))
            self.figures.set_source(ListSource())
            self._list_behind()

    def _show_line(self) -> None:
        """The line on top: the views, the month, and whether it is being counted."""
        pieces = [
            Piece(f" {pgettext('view', title)} ", "chosen" if name == self.view else "dim")
            for name, title in VIEWS.items()
        ]
        pieces += [Piece("  "), Piece(f"[ {formats.month(self.month)} ]", "bold")]
        counting = [Piece(_("counting…") + " ", "accent")] if self._counting else []
        self.query_one("#months", Line).show(pieces, counting)

    # --- the tickets behind ------------------------------------------------------------------------------------

    def on_row_table_highlighted(self, event: RowTable.Highlighted | None = None) -> None:
        super().on_row_table_highlighted()
        if event is not None and event.table is self.figures and event.key is not None:
            self._whose = event.key
            if self._following is not None:
                self._following.stop()
            self._following = self.set_timer(REST_SECONDS, self._list_behind)

    def _list_behind(self) -> None:
        """List what stands behind the figure under the cursor."""
        shown, key = self._shown, self.figures.cursor_key
        heading = self.query_one("#heading", Line)
        table = self.behind
        if shown is None or key is None or not self._sees_tickets():
            heading.show([])
            table.empty = "" if self._sees_tickets() else _why_no_tickets()
            table.set_source(ListSource())
            return
        heading.show([Piece(f" {shown.heading(key, self.figure)}", "accent")])
        columns = list(shown.behind_columns(self.figure))
        if columns != table.columns:
            table.set_columns(columns)
        table.empty = _("No tickets stand behind this.")
        table.set_source(shown.behind(key, self.figure), table.cursor_key if self._same_list(key) else None)

    def _same_list(self, key: Hashable) -> bool:
        """Whether the list is about the same figure as before, so that its cursor should stay."""
        before, self._listed = self._listed, (self.view, self.month, self.figure, key)
        return before == self._listed

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: from a figure to its tickets, from a ticket to the queue."""
        if event.table is self.behind:
            assert isinstance(event.key, tuple)
            self.post_message(OpenSubject("ticket", event.key[0]))
        elif not self._sees_tickets():
            self.console.say(_why_no_tickets(), "warning")
        else:
            self._list_behind()
            if self.behind.count:
                self.add_class("-opened")
                self.behind.focus()
            else:
                self.console.say(_("No tickets stand behind this."), "warning")

    def back(self) -> bool:
        """Esc: from the tickets to the figures."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.figures.focus()
            return True
        return False

    # --- what others do --------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._counted:
            self.seen_version = BEHIND

    def others_wrote(self) -> bool:
        """Count again, as far as there is time for it."""
        if self._counting is not None or time.monotonic() < self._rests_until:
            return False
        self._counted, self._shares = {}, {}
        self._count()
        return True


def _why_no_tickets() -> str:
    return _("Your role sees the figures, not the tickets.")
