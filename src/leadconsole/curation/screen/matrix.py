"""The matrix of clients and people: one sign a cell, what each carries below, the evidence beside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.grid_marks import NO_MARKS, At
from leadconsole.curation import queries, words
from leadconsole.curation.queries import ClientRow, Evidence, Matrix, PersonColumn
from leadconsole.curation.screen.cell_card import card
from leadconsole.curation.screen.matrix_keys import MATRIX, MATRIX_COMMANDS
from leadconsole.curation.screen.matrix_rows import ORDERS, MatrixGrid, Wanted
from leadconsole.curation.screen.view import Blocks, View
from leadconsole.kernel.i18n import NP_, _


class MatrixView(View):
    """Clients × people on a day."""

    NAME = MATRIX
    TITLE = NP_("view", "Matrix")
    COMMANDS: ClassVar[tuple[Command, ...]] = MATRIX_COMMANDS
    OPENS = "matrix.level"

    day = ""
    """The day that is shown; empty is today."""
    wanted_client = ""
    """The client that another screen asked for."""
    shown: MatrixGrid | None = None
    _wanted = Wanted()
    _evidence: Evidence | None = None

    def main(self) -> Iterable[Widget]:
        yield Grid(id="matrix")

    @property
    def grid(self) -> Grid:
        """The grid of cells."""
        return self.query_one("#matrix", Grid)

    def focused(self) -> Widget:
        return self.grid

    # --- reading ----------------------------------------------------------------------------------------------

    def read(self) -> Matrix:
        """The matrix of the day that is shown."""
        return queries.matrix(self.desk, self.day)

    def take(self, answer: Matrix) -> None:
        """Show the levels at once; the evidence comes after."""
        self._show(MatrixGrid(answer, self._evidence, self._wanted))
        if self.wanted_client:
            self._go_to_client()
        self._weigh()

    @work(exclusive=True, group="evidence")
    async def _weigh(self) -> None:
        self._evidence = await asyncio.to_thread(queries.evidence, self.desk)
        if self.shown is not None:
            self._show(replace(self.shown, evidence=self._evidence))
            self.cover.show_views()

    def _show(self, shown: MatrixGrid) -> None:
        first = self.shown is None
        self.shown = shown
        self.grid.empty = self._empty()
        if first:
            self.grid.set_source(shown)
        else:
            self.grid.reload(shown)

    def _go_to_client(self) -> None:
        if self.shown is not None and self.shown.client(self.wanted_client) is None:
            self.want(Wanted(order=self._wanted.order))
        if self.shown is not None and (place := self.shown.index_of(self.wanted_client)) is not None:
            self.grid.move_to(place, self.grid.column)
        self.wanted_client = ""

    def _empty(self) -> str:
        shown = self.shown
        if shown is None:
            return ""
        if not shown.matrix.clients:
            told = _("There are no clients yet.\n{key} opens the desk, where people and clients are written down.")
            return told.format(key=self.cover.key_of("app.screen-7"))
        if not shown.matrix.people:
            told = _("Nobody works here yet.\n{key} opens the desk, where people are written down.")
            return told.format(key=self.cover.key_of("app.screen-7"))
        return _("No client is like this.\nEsc shows all of them again.")

    # --- what is there ----------------------------------------------------------------------------------------

    @property
    def client(self) -> ClientRow | None:
        """The client of the row under the cursor."""
        at = self._at
        return None if at is None or self.shown is None else self.shown.client(at.row)

    @property
    def person(self) -> PersonColumn | None:
        """The person of the column under the cursor."""
        at = self._at
        return None if at is None or self.shown is None else self.shown.person(at.column)

    @property
    def _at(self) -> At | None:
        return self.grid.at if self.is_mounted and self.query("#matrix") else None

    @property
    def level(self) -> str | None:
        """The level of the cell under the cursor."""
        if self.shown is None or self.client is None or self.person is None:
            return None
        return self.shown.matrix.level(self.client.code, self.person.login)

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The cells a command is about: (client, login)."""
        return [(str(at.row), str(at.column)) for at in self.grid.chosen]

    @property
    def away(self) -> list[str]:
        """The people who are marked to be away, else the one of the column."""
        marked = [one.login for one in self.shown.matrix.people] if self.shown is not None else []
        marked = [login for login in marked if login in self.grid.marks.columns]
        return marked or ([self.person.login] if self.person is not None else [])

    def card(self) -> Blocks | None:
        client, person, shown = self.client, self.person, self.shown
        if client is None or person is None or shown is None:
            return None
        return lambda: card(self.desk, shown, client, person, self.cover.timezone)

    def note(self) -> tuple[str, str]:
        if self.shown is None:
            return "", ""
        thin = sum(one.active and one.thin for one in self.shown.matrix.clients)
        return (f"!{thin}", "warning") if thin else ("", "")

    # --- what narrows -----------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """What is asked of the matrix."""
        return self._wanted

    def want(self, wanted: Wanted) -> None:
        """Ask for something else; the cursor stays on its cell if that is still there."""
        self._wanted = wanted
        self.part = wanted.part
        if self.shown is not None:
            self._show(replace(self.shown, wanted=wanted))
            self.follow_soon()
        self.cover.show_views()
        self.cover.show_keys()

    def look_for(self, part: str) -> None:
        self.want(replace(self._wanted, part=part))

    def narrowed(self) -> list[str]:
        wanted = self._wanted
        told = [_("as of {day}").format(day=words.day(self.day))] if self.day else []
        told += [f"/ {wanted.part}"] if wanted.part else []
        told += [wanted.login] if wanted.login else []
        told += [_("thin")] if wanted.thin else []
        told += [_("stale")] if wanted.stale else []
        return [*told, _(ORDERS[wanted.order])]

    def clear(self) -> bool:
        if self.grid.clear_marks():
            return True
        if self._wanted != Wanted(order=self._wanted.order):
            self.want(Wanted(order=self._wanted.order))
            return True
        if self.day:
            self.show_day("")
            return True
        return False

    def show_day(self, day: str) -> None:
        """Show the matrix as of a day; empty is today."""
        self.day = day
        self.grid.set_marks(NO_MARKS)
        self.refresh_view()
