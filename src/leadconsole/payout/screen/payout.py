"""The Payout screen: the statement of a month, what stands behind each figure, and what stands in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.messages import OpenSubject
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Line as TopLine
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.period import Month
from leadconsole.payout import looks, queries, rules, whatif
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Invoice
from leadconsole.payout.screen import behind, rows, texts
from leadconsole.payout.screen.behind import Behind
from leadconsole.payout.screen.chart import chart
from leadconsole.payout.screen.keys import PAYOUT_COMMANDS, no_right
from leadconsole.payout.screen.seen import Seen, see

REST_SECONDS = 0.12
SAY_SECONDS = 0.15
"""What takes longer than this is said."""


class PayoutScreen(ConsoleScreen):
    """A month's payout."""

    DEFAULT_CSS = Path(__file__).with_name("payout.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = PAYOUT_COMMANDS
    ACTIONS = "leadconsole.payout.screen.changes:Changes"
    PLACE = "leadconsole.payout.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        (rows.ABNORMAL, N_("below the guaranteed minimum, in the way of the close, or changed since it was passed on")),
        (rows.PASSED, N_("passed on to accounting, or closed")),
        (rows.WAITS, N_("not passed on yet")),
        ("▁ █ ·", N_("twelve months, each up to the best of them; a dot is nothing or a loss")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timezone = queries.timezone(desk)
        self.month = self.present_month()
        self.seen: Seen | None = None
        self.supposed: list[tuple[str, whatif.Change]] = []
        """What is only supposed: in words, and as a change of the count."""
        self.asides: tuple[rules.Line, ...] = ()
        self._why = ""
        self._following: Timer | None = None
        self._counting = False
        self._columns_of = ""
        self.items = Behind()
        """What stands behind the figure under the cursor."""
        self._items_of: tuple[str, Seen | None] = ("", None)
        self._looked = False
        """Whether this visit to the month has shown what stands in its way."""
        self._wanted: tuple[str, tuple[str, str] | None] | None = None
        """The figure, and the line behind it, that a pointer from elsewhere asks for."""

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield TopLine(id="months")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RowTable(rows.figure_columns(), id="figures")
                yield TextPane(id="chart")
            with Vertical(id="right"):
                yield TopLine(id="heading")
                yield RowTable([], id="behind")
                yield TextPane(id="told")

    @property
    def figures(self) -> RowTable:
        """The statement."""
        return self.query_one("#figures", RowTable)

    @property
    def behind(self) -> RowTable:
        """What stands behind the figure under the cursor."""
        return self.query_one("#behind", RowTable)

    @property
    def told(self) -> TextPane:
        """What is said beside a figure that has no lines."""
        return self.query_one("#told", TextPane)

    @property
    def counted(self) -> Counted | None:
        """The month, once it is counted and may be seen."""
        return self.seen.counted if self.seen else None

    @property
    def is_open(self) -> bool:
        """Whether the month is counted and not closed."""
        return self.counted is not None and self.counted.closing is None

    @property
    def row_key(self) -> str:
        """The figure under the cursor."""
        key = self.figures.cursor_key if self.is_mounted and self.query("#figures") else None
        return str(key or "")

    @property
    def behind_key(self) -> Hashable | None:
        """The row under the cursor of the right side, once the cursor is there: nobody changes what he doesn't see."""
        return self.behind.cursor_key if self.is_mounted and self.focused is self.behind else None

    @property
    def line(self) -> rules.Line | None:
        """The line under the cursor of the right side."""
        found = self.items.at(self.behind_key)
        return found if isinstance(found, rules.Line) else None

    @property
    def left_out(self) -> rules.Left | None:
        """The work under the cursor that was left out."""
        found = self.items.at(self.behind_key)
        return found if isinstance(found, rules.Left) else None

    @property
    def invoice(self) -> Invoice | None:
        """The invoice or act under the cursor."""
        found = self.items.at(self.behind_key)
        return found if isinstance(found, Invoice) else None

    def present_month(self) -> Month:
        """The month in which the desk is now."""
        return Month.at(self.desk.now(), self.timezone)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#chart", TextPane).can_focus = False
        self.figures.focus()
        self._count()

    # --- months ----------------------------------------------------------------------------------------------

    def do_payout_previous_month(self) -> None:
        """Show the month before."""
        self.show_month(self.month.previous)

    def do_payout_next_month(self) -> None:
        """Show the month after."""
        self.show_month(self.month.next)

    def show_month(self, month: Month) -> None:
        """Show another month; what was supposed belongs to the one before."""
        self.back()
        self.month, self.supposed, self.seen, self._looked = month, [], None, False
        self.reload()

    def show_line(self, month: Month, line: rules.Line | None) -> None:
        """Show a month and, of it, the line that another one points at."""
        if line is not None:
            self.want(str(line.section), (line.file, line.key))
        self.show_month(month)

    def want(self, figure: str, line: tuple[str, str] | None = None) -> None:
        """Go to a figure, and to a line behind it, once the month that is read next is there."""
        self._wanted = figure, line

    def on_screen_resume(self) -> None:
        """Coming back is another look."""
        super().on_screen_resume()
        if self._looked:
            self._looked = False
            self.reload()

    def reload(self) -> None:
        """Take the month again."""
        if self.is_mounted:
            self._count()

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        self._counting = True
        saying = self.set_timer(SAY_SECONDS, self._show_top)
        try:
            again = self.seen if self._looked else None
            self.seen, self._why = await asyncio.to_thread(see, self.desk, self.month, again), ""
        except Refused as refusal:
            self.seen, self._why = None, refusal.message
        finally:
            saying.stop()
            self._counting = False
        self._show()

    # --- showing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._show_top()
        seen = self.seen
        self.figures.empty = self._why
        shown = [] if seen is None else rows.figure_rows(seen.counted, seen.invoices, len(seen.news))
        self.figures.styles.height = len(shown) + 1 if shown else "1fr"
        self.figures.set_source(ListSource(shown), self.figures.cursor_key)
        self._show_wanted()
        self._show_behind()
        self.show_keys()
        self.call_after_refresh(self._show_chart)

    def _show_chart(self) -> None:
        pane = self.query_one("#chart", TextPane)
        pane.show(chart(self.seen.past if self.seen else (), pane.size.height))

    def on_text_pane_appeared(self) -> None:
        """The chart takes what room there is."""
        self.call_after_refresh(self._show_chart)

    def on_resize(self) -> None:
        """Another room, another chart."""
        self.call_after_refresh(self._show_chart)

    def _show_wanted(self) -> None:
        """Go where it was asked for, once its month is there."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.seen is not None:
            figure, line = wanted
            self.show_row(figure)
            place = None if line is None else self.items.index_of(line, 0)
            if place is not None:
                self.add_class("-opened")
                self.behind.move_to(place)
                self.behind.focus()

    def _show_top(self) -> None:
        """The month, its status and scheme."""
        pieces = texts.top(self.month, self.counted)
        if self._counting:
            pieces = [pieces[0], Piece("  " + _("counting…"), "accent")]
        self.query_one("#months", TopLine).show(pieces)

    def _show_behind(self) -> None:
        key, counted = self.row_key, self.counted
        supposing = bool(self.supposed) and counted is not None
        as_text = supposing or key in rows.TEXTS
        self.set_class(as_text, "-text")
        heading = self.query_one("#heading", TopLine)
        heading.show([Piece(" " + (_("What if") if supposing else self._heading(key)), "accent")])
        if supposing and counted is not None:
            other = whatif.settled(counted.statement, self.asides, [change for _said, change in self.supposed])
            self.told.show(texts.compared(counted, other, [said for said, _change in self.supposed]))
            return
        if as_text and counted is not None and self.seen is not None:
            if key == "close":
                self._look()
                since = texts.Since(self.seen.since, self.seen.news, self.timezone, self.desk.now())
                self.told.show(texts.checklist(counted, since, self.key_of))
            else:
                self.told.show(texts.text_of(key, counted, self.seen.past))
            return
        table = self.behind
        kind = key if key in ("left", "invoices") else "lines"
        if kind != self._columns_of:
            self._columns_of = kind
            table.set_columns(behind.columns(key))
        table.empty = self._empty(key)
        if self._items_of[0] != key or self._items_of[1] is not self.seen:
            self._items_of = key, self.seen
            self.items = Behind() if self.seen is None else behind.behind(self.seen, key, self.timezone)
        table.set_source(self.items, table.cursor_key)

    def _look(self) -> None:
        """Keep that what stands in the way of the close is looked at."""
        if not self._looked and self.desk.actor.may(Capability.CHANGE_PAYOUT):
            self._looked = True
            self.run_worker(self._keep_look(self.month), group="look", exclusive=True)

    async def _keep_look(self, month: Month) -> None:
        with suppress(Refused):  # a desk that can't be written is still read
            await asyncio.to_thread(looks.look, self.desk, month)

    def _heading(self, key: str) -> str:
        row = self.figures.cursor_row
        if row is None:
            return ""
        name, amount = (str(cell) for cell in (row.cells[1], row.cells[3]))
        if key == "reserve" and self.counted is not None:
            before, now = self.counted.reserve_before, self.counted.statement.figures.reserve
            return f"{name}  {formats.money(before)} → {formats.money(before + now)}"
        return name if key in rows.TEXTS else f"{name}  {amount}"

    def _empty(self, key: str) -> str:
        if key == "left":
            return _("Nothing was left out: every finished work counts.")
        if key == "invoices":
            return _("There is nothing to invoice in this month.")
        mine = no_right(self) is None and self.is_open
        if key in ("subscription", "salary", "outside", "adjustment") and mine:
            return _("Nothing yet. {key} writes something down.").format(key=self.key_of("payout.add"))
        if key in ("reserve", "bonus") and mine:
            return _("Nothing is set aside. {key} does it.").format(key=self.key_of("payout.split"))
        return _("Nothing stands behind this.")

    def show_row(self, key: str) -> None:
        """Put the cursor of the statement on a figure."""
        source = self.seen
        if source is not None:
            places = [row.key for row in rows.figure_rows(source.counted, source.invoices, 0)]
            if key in places:
                self.figures.move_to(places.index(key))
                self._show_behind()

    def suppose(self, supposed: tuple[str, whatif.Change], asides: tuple[rules.Line, ...]) -> None:
        """Show the month with one more thing supposed beside the real one."""
        self.supposed.append(supposed)
        self.asides = asides
        self.add_class("-opened")
        self._show_behind()
        self.told.focus()

    # --- the cursor --------------------------------------------------------------------------------------------

    def on_row_table_highlighted(self, event: RowTable.Highlighted | None = None) -> None:
        super().on_row_table_highlighted()
        if event is not None and event.table is self.figures:
            if self._following is not None:
                self._following.stop()
            self._following = self.set_timer(REST_SECONDS, self._show_behind)

    async def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: from a figure to its lines, from a line to where it comes from."""
        if event.table is self.figures:
            self._show_behind()
            self.add_class("-opened")
            (self.told if self.has_class("-text") else self.behind).focus()
            return
        assert isinstance(event.key, tuple)
        await self._open_source(*event.key)

    async def _open_source(self, file: str, key: str) -> None:
        if file == "tickets":
            if self.desk.actor.may(Capability.READ_QUEUE):
                self.post_message(OpenSubject("ticket", int(key)))
            else:
                self.console.say(_("Your role sees the figures, not the tickets."), "warning")
        elif file == behind.MONTH:
            self.show_month(Month.parse(key))
        elif self.counted is not None:
            await self.console.run_command("payout.open")
        else:
            self.console.say(_("Your role sees what is to be invoiced, not what it stands on."), "warning")

    def back(self) -> bool:
        """Esc: from what is supposed to the month as it is, from the lines to the figures."""
        if self.supposed:
            self.supposed = []
            self._show_behind()
            return True
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.figures.focus()
            return True
        return False

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a month that another screen asked for."""
        self.show_month(Month.parse(str(key)))

    # --- what others do --------------------------------------------------------------------------------------

    def others_wrote(self) -> bool:
        """Count again, once what is being counted is there."""
        if self._counting:
            return False
        self.reload()
        return True
