"""The Roster screen: a month of people by days, what is wrong with it while it is written, coverage below."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.grid_marks import At
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, _
from leadconsole.roster import cures, queries, words
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.screen import board, lines
from leadconsole.roster.screen.days_screen import DaysScreen
from leadconsole.roster.screen.findings import COLUMNS, FindingSource, key_of
from leadconsole.roster.screen.hours import hours_board
from leadconsole.roster.screen.keys import ROSTER_COMMANDS, no_right
from leadconsole.roster.screen.letters import FREE_KEYS, code_of, unknown_letter
from leadconsole.roster.telling import sentence

WIDE = 100
"""From so many columns on an hour has three, and the kinds of shifts are told with their hours."""
FINDINGS, HOURS, NOTHING = "findings", "hours", "nothing"
"""What stands below the month."""


class RosterScreen(DaysScreen):
    """Who works when."""

    DEFAULT_CSS = Path(__file__).with_name("roster.tcss").read_text(encoding="utf-8")
    SCOPED_CSS = False
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = ROSTER_COMMANDS
    ACTIONS = "leadconsole.roster.screen.around:Around"
    PLACE = "leadconsole.roster.screen.place"
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = (
        (board.BROKEN, N_("a shift that breaks a hard rule, too few people")),
        (board.WARNED, N_("a soft finding, such as a wish that isn't met")),
        (board.CHANGED, N_("changed since it was published")),
        (board.WISHED, N_("a wish; the line below says which")),
        ("*", N_("a holiday")),
        ("-", N_("a short day")),
        ("+", N_("a weekend that is worked")),
        ("136<168", N_("hours planned and their norm, farther apart than the rule allows; 136/168 within it")),
        ("=", N_("as many people as are wanted; +1, -1: more or fewer at the worst hour")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.writing = False
        self._past: Cell | None = None
        """The last day of a month on which a letter was just written."""
        self.pane = FINDINGS
        self._told_of: Instant | None = None
        """The publication whose changes were told last."""

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        yield Line(id="head")
        yield Grid(self.board_of_days(), empty=self._empty(), id="grid")
        yield Line(id="day")
        yield RowTable(
            COLUMNS,
            FindingSource(self.checker, self.report.findings),
            header=False,
            empty=self._all_well(),
            id="findings",
        )
        yield Grid(gap=0, id="hours")

    @property
    def table(self) -> RowTable:
        """The list of findings."""
        return self.query_one("#findings", RowTable)

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.focus()
        today = queries.today(self.desk)
        if today in self.month.facts.days:
            self.grid.move_to(self.grid.cursor, self.month.facts.days.index(today))
        self.go_to_wanted()
        self._show_rest()
        self._tell_news()

    def _empty(self) -> str:
        if not self.month.facts.people:
            return _("Nobody works here in this month.\nWrite people down on the Desk screen, or take another month.")
        return ""

    def _all_well(self) -> str:
        return _("Nothing is wrong with this month.") if self.month.facts.people and self.month.facts.types else ""

    def show_again(self) -> None:
        """Show the month as it stands now; only what looks different is painted."""
        self.grid.empty = self._empty()
        self.table.empty = self._all_well()
        self.grid.reload(self.board_of_days())
        self._show_findings()
        self._show_rest()
        self._tell_news()

    def _tell_news(self) -> None:
        """Tell this person what somebody else's publication has changed for them, once."""
        published = self.month.publication
        if published is None or published.at == self._told_of or published.by == self.desk.actor.login:
            return
        self._told_of = published.at
        if changes := queries.told(self.desk, self.which, self.desk.actor.login):
            self.console.say(lines.news(changes), "warning")

    def _show_findings(self) -> None:
        source = FindingSource(self.checker, self.report.findings)
        key, place = self.table.cursor_key, self.table.cursor
        self.table.set_source(source, key)
        if key is None or source.index_of(key, place) is None:
            self.table.move_to(place)  # it was cured: the next one stands there

    def _show_rest(self) -> None:
        wide = self.size.width >= WIDE
        self.query_one("#head", Line).show(*lines.head(self.month, self.report, writing=self.writing, wide=wide))
        self.show_day()
        self.show_keys()

    def show_day(self) -> None:
        at = self.at
        line = self.query_one("#day", Line)
        if self.table.has_focus and self.report.findings:
            one = self.report.findings[min(self.table.cursor, len(self.report.findings) - 1)]
            line.show([Piece(f" {sentence(self.month.facts, self.checker, one)}")])
        elif step := lines.next_step(self.month, self.key_of("roster.around")):
            line.show([Piece(f" {step}", "warning")])
        elif at is not None:
            told = board.cell_line(self.month, self.checker, *at)
            hours = board.hours_line(self.month, self.checker, at[1])
            line.show([*([Piece(f" {told} ·")] if told else []), Piece(f" {hours}", "dim")])
        else:
            line.show([])

        if self.pane == HOURS and at is not None:
            self.query_one("#hours", Grid).reload(hours_board(self.checker, at[1], 3 if self.size.width >= WIDE else 2))

    def on_resize(self) -> None:
        """Another width has room for other things."""
        if self.query("#head"):
            self.show_again()

    def on_grid_moved(self) -> None:
        super().on_grid_moved()
        self._past = None
        self.show_day()

    def on_row_table_highlighted(self) -> None:
        super().on_row_table_highlighted()
        self.show_day()

    def on_descendant_focus(self) -> None:
        self.show_day()

    # --- changing cells ----------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """While shifts are written, a letter is a shift; the app has mapped a Cyrillic letter to its place already."""
        if not self.writing or not self.grid.has_focus:
            return
        if event.key in FREE_KEYS:
            code = None
        else:
            found = code_of(event.character or "", list(self.month.facts.types))
            if found is None:
                if slip := unknown_letter(event.character or "", list(self.month.facts.types)):
                    event.stop()
                    self.console.say(slip, "warning")
                return
            code = found
        event.stop()
        if self.at == self._past:
            self.console.say(_("That was the last day of the month; go on with the arrows or Esc."))
            return
        cells = self.chosen if self.grid.marks or self.grid.range_from is not None else [self.at] if self.at else []
        many = len(cells) > 1
        if await self.put(dict.fromkeys(cells, code)) and not many:
            self._go_on()

    def _go_on(self) -> None:
        """To the next day, also where it isn't shown; a letter too many doesn't change the last one."""
        at, days = self.at, self.month.facts.days
        if at is None or at[1] == days[-1]:
            self._past = at
        elif self.grid.column + 1 < len(self.grid.source.columns):
            self.grid.action_side(1)
        else:
            self.look_at(at[0], days[days.index(at[1]) + 1])

    def do_roster_write(self) -> None:
        """Begin to write shifts, or end it."""
        self.writing = not self.writing
        self.grid.focus()
        self._show_rest()
        if self.writing:
            self.console.say(_("A letter sets its shift and goes on, Space frees the day, Esc ends writing."))

    async def do_roster_clear(self) -> None:
        """Free the chosen days."""
        cells = [cell for cell in self.chosen if self.checker.shift(*cell) is not None]
        if cells and await self.put(dict.fromkeys(cells, None)):
            self.grid.clear_marks()

    def do_roster_mark(self) -> None:
        """Mark the cell or the range."""
        self.grid.toggle_mark()

    def do_roster_mark_row(self) -> None:
        """Mark a person's month."""
        self.grid.toggle_row()

    def do_roster_range(self) -> None:
        """Begin a range or give it up."""
        self.grid.toggle_range()

    async def on_grid_opened(self, event: Grid.Opened) -> None:
        """Enter on a cell: choose its shift; on somebody's hours: go to the cell."""
        if event.grid is not self.grid:
            if self.at is not None and event.at is not None and event.at.row in self.month.facts.by_login:
                self.look_at(str(event.at.row), self.at[1])
                self.grid.focus()
            return
        await self.console.run_command("roster.choose" if no_right(self) is None else "roster.wish")

    # --- findings ----------------------------------------------------------------------------------------------

    def on_row_table_opened(self) -> None:
        """Enter on a finding: go to its cell."""
        self._jump(self.table.cursor)
        self.grid.focus()

    def do_roster_next_finding(self) -> None:
        """Go to the next finding."""
        self._step_finding(1)

    def do_roster_previous_finding(self) -> None:
        """Go to the finding before."""
        self._step_finding(-1)

    def _step_finding(self, step: int) -> None:
        findings = self.report.findings
        if self.finding is None:
            place = 0 if step > 0 else -1
        else:
            place, key = self.finding
            still = next((n for n, one in enumerate(findings) if key_of(one) == key), None)
            # One that was cured has left its place to the next.
            place = still + step if still is not None else place if step > 0 else place - 1
        self._jump(place % len(findings))

    def _jump(self, place: int) -> None:
        if not 0 <= place < len(self.report.findings):
            return
        one = self.report.findings[place]
        self.finding = (place, key_of(one))
        login, day = board.jump_of(self.month, one)
        self.around = day
        self.grid.set_source(self.board_of_days(), At(login, day))
        self.table.move_to(place)
        cure = cures.cure(self.checker, one)
        told = f"{words.rule(one.rule)}: {words.message(self.month.facts, one)}"
        self.console.say(told, "warning", cure)

    def do_roster_pane(self) -> None:
        """Show or hide the findings."""
        self._show_pane(NOTHING if self.pane == FINDINGS else FINDINGS)

    def do_roster_hours(self) -> None:
        """Show the day by hours, or the findings again."""
        self._show_pane(FINDINGS if self.pane == HOURS else HOURS)

    def _show_pane(self, pane: str) -> None:
        self.pane = pane
        self.set_class(pane != FINDINGS, "-no-findings")
        self.set_class(pane == HOURS, "-hours")
        self.grid.focus()
        self.show_day()

    def back(self) -> bool:
        """Esc: end writing, give up marks, go from the findings to the grid."""
        if self.writing:
            self.writing = False
            self._show_rest()
        elif self.grid.clear_marks():
            pass
        elif not self.grid.has_focus:
            self.grid.focus()
        elif self.pane == HOURS:
            self._show_pane(FINDINGS)
        else:
            return False
        return True
