"""The days of the month that are shown: its grid with the cursor, fewer days with more room, other months."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.grid_marks import At
from leadconsole.console.widgets.grid_rows import ListGrid
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.screen import board
from leadconsole.roster.screen.month_screen import MonthScreen


class DaysScreen(MonthScreen):
    """A month by days in a grid called `grid`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.zoom = board.MONTH
        self.around = ""
        """A day that is shown when zoomed in."""
        self.finding: tuple[int, Hashable] | None = None
        """The finding that was gone to last: its place then, and what names it."""
        self._wanted: Cell | None = None
        """The cell that another screen asked for before this one was there."""

    def show_day(self) -> None:
        """Show what is to be said of the day of the cursor."""
        raise NotImplementedError

    @property
    def grid(self) -> Grid:
        """The grid of the month."""
        return self.query_one("#grid", Grid)

    @property
    def at(self) -> Cell | None:
        """Person and day under the cursor."""
        if not self.is_mounted or not self.query("#grid"):
            return None
        at = self.grid.at
        return None if at is None else (str(at.row), str(at.column))

    @property
    def chosen(self) -> list[Cell]:
        """The cells that a command is about; of marks also those on days that aren't shown."""
        grid = self.grid
        if grid.range_from is not None or not grid.marks:
            return [(str(at.row), str(at.column)) for at in grid.chosen]
        facts = self.month.facts
        every = ((one.login, day) for one in facts.people for day in facts.days)
        return [cell for cell in every if At(*cell) in grid.marks]

    def board_of_days(self) -> ListGrid:
        """The month as a grid, with as much in a day as there is room for."""
        zoom = board.fitting(self.zoom, self.size.width)
        return board.board(self.month, self.checker, self.report, zoom, self.around)

    def look_at(self, login: str, day: str) -> None:
        """Show the days around one, the cursor on it."""
        self.around = day
        self.grid.set_source(self.board_of_days(), At(login, day))

    # --- months ------------------------------------------------------------------------------------------------

    def do_roster_zoom(self) -> None:
        """Month, fortnight, week."""
        at = self.grid.at
        self.zoom = board.ZOOMS[(board.ZOOMS.index(self.zoom) + 1) % len(board.ZOOMS)]
        self.around = str(at.column) if at is not None else ""
        self.grid.set_source(self.board_of_days(), at)
        self.show_day()

    def do_roster_next(self) -> None:
        """Show the next month; zoomed in, the days after these."""
        self._step_days(1)

    def do_roster_previous(self) -> None:
        """Show the month before; zoomed in, the days before these."""
        self._step_days(-1)

    def _step_days(self, step: int) -> None:
        days = self.month.facts.days
        shown = board.days_of(self.month, self.zoom, self.around)
        beyond = shown[-1] == days[-1] if step > 0 else shown[0] == days[0]
        if beyond or self.at is None:
            last = step < 0 and self.zoom != board.MONTH
            self.show_month(self.which.next if step > 0 else self.which.previous, last=last)
            return
        place = days.index(self.at[1]) + step * board.SPANS[self.zoom]
        self.look_at(self.at[0], days[max(0, min(place, len(days) - 1))])

    def show_month(self, which: Month, *, last: bool = False) -> None:
        """Show another month, the cursor on the same person, on its first day or its last."""
        at = self.at
        self.which = which
        self.take()
        self.around = self.month.facts.days[-1 if last else 0]
        self.finding = None
        self.grid.clear_marks()
        self.grid.set_source(self.board_of_days(), At(at[0], self.around) if at else None)
        self.show_again()

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Go to a cell: its login and its ISO day; or to a month."""
        if kind == "roster":
            self._wanted = ("", f"{key}-01")
        elif isinstance(key, tuple) and len(key) == 2:
            self._wanted = (str(key[0]), str(key[1]))
        if self.query("#grid"):
            self.go_to_wanted()

    def go_to_wanted(self) -> None:
        """Go to the cell that another screen has asked for, if one has."""
        if self._wanted is None:
            return
        (login, day), self._wanted = self._wanted, None
        which = Month.of(date.fromisoformat(day))
        if which != self.which:
            self.show_month(which)
        if login:
            self.look_at(login, day)
        self.grid.focus()
