"""The 1-on-1 screen: the team at a glance, and each person's sheet with its trend, records, agenda and agreements."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource, Row
from leadconsole.console.widgets.text_pane import Block, TextPane
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.text import width
from leadconsole.one_on_one import queries, words
from leadconsole.one_on_one.mirror import Mirror, mirror
from leadconsole.one_on_one.queries import Glance, Record, Sheet
from leadconsole.one_on_one.rules import Meeting
from leadconsole.one_on_one.screen import lists, pages
from leadconsole.one_on_one.screen.keys import REVIEW_COMMANDS
from leadconsole.one_on_one.screen.lists import OVERVIEW, PERSON, TEAM
from leadconsole.one_on_one.seat import today_of

REST_SECONDS = 0.12
"""How long the cursor rests before the details follow."""


class ReviewScreen(ConsoleScreen):
    """What the lead and each person agree on about the person's work."""

    DEFAULT_CSS = Path(__file__).with_name("review.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS
    ACTIONS = "leadconsole.one_on_one.screen.actions:ReviewActions"
    PLACE = "leadconsole.one_on_one.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        (lists.LATE, N_("overdue, or a decision is due")),
        ("~", N_("worth watching, or a meeting was missed")),
        (lists.UNREAD, N_("not acknowledged yet")),
        (f"{lists.OPEN} {lists.DONE}", N_("open, done")),
        (lists.SMALL, N_("stands on too little")),
        ("▁ █", N_("the sums of the last series, lowest to highest")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.leads = desk.actor.may(Capability.LEAD_REVIEWS)
        self.person = "" if self.leads else desk.actor.login
        """Whose sheet is opened; empty while the team is shown."""
        self.list = TEAM[0] if self.leads else PERSON[0]
        self.team: Sequence[Glance] = ()
        self.mirror: Mirror | None = None
        self.sheet: Sheet | None = None
        """The sheet of the person who is opened or stands under the cursor."""
        self.meetings: Sequence[Meeting] = ()
        self.record: Record | None = None
        """The record under the cursor."""
        self.source = ListSource()
        self._card_wanted = True
        self._following: Timer | None = None
        self._keep: Hashable | None = None
        """The row to go to once the list is read."""

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield Line(id="lists")
        yield Line(id="trend")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RowTable(lists.columns(self.list), self.source, empty=_("One moment…"), id="rows")
            yield TextPane(id="card")

    @property
    def table(self) -> RowTable:
        """The list that is shown."""
        return self.query_one("#rows", RowTable)

    @property
    def card(self) -> TextPane:
        """The details as text."""
        return self.query_one("#card", TextPane)

    @property
    def whose(self) -> str:
        """The login of the person that a command is about; empty for nobody."""
        if self.person or self.list != "team" or not self.is_mounted:
            return self.person
        key = self.table.cursor_key
        return key if isinstance(key, str) else ""

    @property
    def record_day(self) -> str:
        """The day of the record under the cursor; empty elsewhere."""
        if not self.person or self.list != "meetings" or not self.is_mounted:
            return ""
        key = self.table.cursor_key
        return key if isinstance(key, str) and key != OVERVIEW else ""

    def on_mount(self) -> None:
        super().on_mount()
        self.table.focus()
        self._load(self.person, self.list)

    def on_resize(self, event: events.Resize) -> None:
        self._show_heads()

    # --- reading ---------------------------------------------------------------------------------------------

    def reload(self, keep: Hashable | None = None) -> None:
        """Take everything again; the selected row stays where it is."""
        if self.is_mounted:
            # Another reading may come before this one is done; the row that was asked for is still wanted then.
            self._keep = self._keep if keep is None else keep
            self._load(self.person, self.list)

    @work(exclusive=True, group="load")
    async def _load(self, person: str, name: str) -> None:
        """Read what a list shows, then show it, unless another one is wanted by then."""

        def read() -> tuple[Sequence[Glance], Mirror | None, Sheet | None, Sequence[Meeting]]:
            if person:
                sheet = queries.sheet(self.desk, person)
                return self.team, self.mirror, sheet, sheet.review.standing.all_meetings
            if name == "mirror":
                return self.team, mirror(self.desk), None, ()
            return queries.team_at_a_glance(self.desk), self.mirror, self.sheet, ()

        self.team, self.mirror, self.sheet, self.meetings = await asyncio.to_thread(read)
        if (person, name) != (self.person, self.list):
            return
        self.source = ListSource(self._rows())
        key, self._keep = self.table.cursor_key if self._keep is None else self._keep, None
        self.table.empty = lists.empty_text(name, lead=self.leads)
        self.table.set_source(self.source, key)
        self._show_heads()
        self.show_keys()
        self._follow()

    def _rows(self) -> list[Row]:
        if self.person:
            return [] if self.sheet is None else lists.person_rows(self.list, self.sheet, self.meetings)
        if self.list == "mirror":
            return [] if self.mirror is None else lists.mirror_rows(self.mirror)
        return lists.team_rows(self.team, today_of(self.desk).isoformat())

    # --- following the cursor --------------------------------------------------------------------------------

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        self.record = None
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(REST_SECONDS, self._follow)

    def on_text_pane_appeared(self) -> None:
        """The details have come into view: show those of the row under the cursor."""
        self._follow()

    def _follow(self) -> None:
        self._read_card(self.person, self.list, self.table.cursor_key)

    @work(exclusive=True, group="card")
    async def _read_card(self, person: str, name: str, key: Hashable | None) -> None:
        """Read what the row under the cursor is about; the guards of keys ask for it too."""
        day = self.record_day

        def read() -> tuple[Sheet | None, Record | None, list[Block]]:
            if not person:
                if name == "mirror":
                    return None, None, [] if self.mirror is None else pages.mirror_page(self.mirror)
                if not isinstance(key, str):
                    return None, None, []
                sheet = queries.sheet(self.desk, key)
                return sheet, None, pages.overview(sheet)
            sheet = self.sheet or queries.sheet(self.desk, person)
            if day:
                record = queries.record(self.desk, person, day)
                note = queries.private_note(self.desk, person, day) if self.leads else ""
                return sheet, record, pages.record_page(record, note)
            if name == "criteria" and isinstance(key, str):
                return sheet, None, pages.criterion_page(sheet, key)
            return sheet, None, pages.overview(sheet)

        self.sheet, self.record, blocks = await asyncio.to_thread(read)
        self.card.show(blocks)
        self._show_heads()
        self.show_keys()

    # --- lists ------------------------------------------------------------------------------------------------

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that the line on top offers."""
        return PERSON if self.person else TEAM

    def do_review_next_list(self) -> None:
        """Show the list to the right."""
        self._step_list(1)

    def do_review_previous_list(self) -> None:
        """Show the list to the left."""
        self._step_list(-1)

    def _step_list(self, step: int) -> None:
        self.show_list(self.lists[(self.lists.index(self.list) + step) % len(self.lists)])

    def show_list(self, name: str, keep: Hashable | None = None) -> None:
        """Show another list from its start, or on the row `keep`."""
        self.remove_class("-opened")
        self.list, self.record, self._keep = name, None, None
        self.source = ListSource()
        self.table.empty = _("One moment…")
        self.table.set_columns(lists.columns(name))
        self.table.set_source(self.source)
        self.table.focus()
        self._show_heads()
        self.reload(keep)

    def show_person(self, login: str, name: str = "meetings", keep: Hashable | None = None) -> None:
        """Open the sheet of a person."""
        if login != self.person:
            self.sheet = None
        self.person = login
        self.show_list(name, keep)

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show the sheet that another screen asked for."""
        self.show_person(str(key))

    def _show_heads(self) -> None:
        """The line of lists, and under it the trend of the person."""
        if not self.is_mounted or not self.query("#lists"):
            return
        pieces = []
        for name in self.lists:
            count = f" {lists.count_of(name, self.sheet)}" if self.person and self.sheet else ""
            pieces.append(Piece(f" {lists.title(name)}{count} ", "chosen" if name == self.list else ""))
        whose = [Piece(f"{self.sheet.review.name} ", "accent")] if self.person and self.sheet else []
        self.query_one("#lists", Line).show(pieces, whose if self.size.width > 60 or self.person else [])
        self.query_one("#trend", Line).show(*self._trend())

    def _trend(self) -> tuple[list[Piece], list[Piece]]:
        if self.sheet is None or not (self.person or self.list == "team"):
            return [], []
        standing = self.sheet.review.standing
        if not standing.meetings:
            return [Piece(f" {self.sheet.review.name}: " + _("no meetings by these criteria yet"), "dim")], []
        first, last = standing.meetings[0], standing.meetings[-1]
        told = words.points(last.total)
        if last is not first:
            told = f"{words.points(first.total)} → {told}"
        left = [
            Piece(f" {self.sheet.review.name}  " if not self.person else " "),
            Piece(lists.trend_blocks([one.percent for one in standing.meetings]), "accent"),
            Piece(f"  {told} / {words.points(last.most)}  "),
            Piece(words.verdict(standing.verdict), lists.TONES.get(standing.verdict, "bold")),
        ]
        strength = words.strength(standing)
        room = self.size.width - sum(width(piece.text) for piece in left) - 2
        return left, [Piece(f"{strength} ", "dim")] if strength and width(strength) <= room else []

    # --- opening and going back ------------------------------------------------------------------------------

    def do_review_pane(self) -> None:
        """Show or hide the details beside the list."""
        if self.has_class("-opened"):
            self.back()
        else:
            self._card_wanted = not self._card_wanted
            self.set_class(not self._card_wanted, "-list-only")

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Enter: from the team to a person; in a person's lists to the details."""
        if not self.person and self.list == "team":
            self.show_person(str(event.key))
        else:
            self.add_class("-opened")
            self.card.focus()

    def back(self) -> bool:
        """Esc: from the details to the list, from a person to the team, from the mirror to the team."""
        if self.has_class("-opened") or self.card.has_focus:
            self.remove_class("-opened")
            self.table.focus()
        elif self.person and self.leads:
            login, self.person = self.person, ""
            self.show_list(TEAM[0], login)
        elif self.list not in (TEAM[0], PERSON[0]):
            self.show_list(self.lists[0])
        else:
            return False
        return True

    # --- what others do --------------------------------------------------------------------------------------

    def others_wrote(self) -> bool:
        """Take what is shown again, on the same row."""
        self.reload()
        return True
