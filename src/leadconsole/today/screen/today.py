"""Today, the first screen: what needs a decision now, line by line; each opens its place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import work
from textual.containers import Container
from textual.widget import Widget

from leadconsole.console.messages import OpenSubject
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Line as TextLine
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource
from leadconsole.console.widgets.text_pane import Block, TextPane, block
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, _
from leadconsole.today import queries, words
from leadconsole.today.lines import Day, Line, Opens, Section
from leadconsole.today.screen import rows
from leadconsole.today.screen.keys import TODAY_COMMANDS

RESTS_PER_READING = 30
"""So many times as long as everything took to read is waited until it is read again because others wrote."""
LEAST_REST = 1.0
LONGEST_READING = 10.0
"""After so many seconds everything is read again although the last reading hasn't come to an end."""
MINUTE_SECONDS = 30.0
"""How often the time that is left is taken again."""


class TodayScreen(ConsoleScreen):
    """What is due today."""

    # Not CSS_PATH: Textual would parse every sheet a second time when the screen is made, before its first frame.
    DEFAULT_CSS = Path(__file__).with_name("today.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = TODAY_COMMANDS
    ACTIONS = "leadconsole.today.screen.actions:Actions"
    PLACE = "leadconsole.today.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        ("!", N_("overdue, broken, or nobody does it")),
        ("~", N_("at risk, or due soon")),
        ("→", N_("the client waits for an answer")),
        ("·", N_("nothing presses")),
        ("✓", N_("done")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.day = queries.opening(desk)
        self.source = ListSource(rows.rows(self.day))
        self.whole = False
        """Whether everything was read, not only what the first frame shows."""
        self._read_version = desk.database.data_version()
        self._stale = False
        """Whether others have written since everything was read."""
        self._rests_until = 0.0

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield TextLine(id="head")
        with Container(id="body"):
            yield RowTable(rows.columns(), self.source, empty=_("One moment…"), header=False, id="lines")
            why = TextPane(id="why")
            why.display = False  # it has nothing to say yet, and the first frame needn't wait for it
            yield why

    @property
    def table(self) -> RowTable:
        """The lines."""
        return self.query_one("#lines", RowTable)

    @property
    def why(self) -> TextPane:
        """Why the line under the cursor stands here."""
        return self.query_one("#why", TextPane)

    @property
    def selected(self) -> tuple[Section, Line | None] | None:
        """Section and line under the cursor."""
        if not self.is_mounted or not self.query("#lines"):
            return None
        return rows.line_at(self.day, self.table.cursor_key)

    def on_mount(self) -> None:
        super().on_mount()
        self.table.focus()
        self._show_head()
        self.set_interval(MINUTE_SECONDS, self._tick)
        self.when_painted(self._begin)

    def _begin(self) -> None:
        self.why.display = True
        self.reload()

    # --- reading ---------------------------------------------------------------------------------------------

    @work(exclusive=True, group="day")
    async def _read(self, *, whole: bool) -> None:
        began = monotonic()
        day = await asyncio.to_thread(queries.day if whole else self._tickets_again, self.desk)
        first = whole and not self.whole and self.table.cursor == 0
        if whole:
            self.whole, self._stale = True, False
            self._rests_until = monotonic() + max(LEAST_REST, RESTS_PER_READING * (monotonic() - began))
        self.day = day
        self.source.rows = rows.rows(day)
        # What came first of all was only the tickets: who hasn't moved yet shall see what stands above them now.
        self.table.reload(self.source.rows[0].key if first and self.source.rows else None)
        if not self.source.rows and (told := self._empty()) != self.table.empty:
            self.table.empty = told
            self.table.refresh()
        self._show_head()
        self._show_why()
        self.console.set_count("today", day.pressing)
        if day.open_tickets is not None:
            self.console.set_count("queue", day.open_tickets)

    def _tickets_again(self, desk: Desk) -> Day:
        return queries.again(desk, self.day)

    def reload(self) -> None:
        """Take everything again; the selected line stays where it is."""
        if self.is_mounted and self.is_current:
            self._read_version = self.desk.database.data_version()
            self._read(whole=True)

    def others_wrote(self) -> bool:
        """Tickets are taken again at once, the rest so that little time goes into it."""
        changed = self.desk.database.data_version() != self._read_version
        self._stale = self._stale or changed
        if self._stale and monotonic() >= self._rests_until:
            self._rests_until = monotonic() + LONGEST_READING
            self.reload()
        elif changed and self.whole:
            self._read_version = self.desk.database.data_version()
            self._read(whole=False)
        return not self._stale

    def _tick(self) -> None:
        """The time that is left has changed."""
        if self.is_current and self.whole:
            self._read(whole=False)

    def _show_head(self) -> None:
        if not self.day.head.day:
            return
        pieces = []
        for place, (text, tone) in enumerate(words.head(self.day.head, self.day.timezone)):
            pieces += [Piece(" " if not place else " · ", "dim"), Piece(text, tone)]
        self.query_one("#head", TextLine).show(pieces)

    def _empty(self) -> str:
        """What a day without a line says."""
        from leadconsole.today.screen import empty

        return empty.told(self.desk, self.day, self.key_of)

    # --- the line under the cursor -----------------------------------------------------------------------------

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        self._show_why()

    def _show_why(self) -> None:
        self.why.show(self._told())

    def _told(self) -> list[Block]:
        found = self.selected
        if found is None:
            return []
        section, line = found
        opens = section.opens if line is None else line.opens
        told = [] if line is None else [block(line.because)]
        return [*told, *([block(words.place(opens.kind), "dim")] if opens is not None else [])]

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: open the place of the line."""
        found = self.selected
        if found is None:
            return
        section, line = found
        opens: Opens | None = section.opens if line is None else line.opens
        if opens is not None:
            self.post_message(OpenSubject(opens.kind, opens.key))

    def do_today_reload(self) -> None:
        """Read everything again."""
        self.reload()
        self.console.say(_("Everything is read again."))
