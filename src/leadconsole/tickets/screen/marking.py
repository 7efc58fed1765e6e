"""Marks in the queue: one ticket, a range, the whole view; the triage keys then work on all that are marked."""

from __future__ import annotations

from typing import cast

from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.tickets import queries
from leadconsole.tickets.screen.source import QueueSource


class Marking(ConsoleScreen):
    """The part of the queue's screen that keeps marks."""

    source: QueueSource
    _list: RowTable | None = None
    """Kept, for the guards of all commands ask it at each move."""
    _last_mark = 0

    @property
    def table(self) -> RowTable:
        """The list of tickets."""
        assert self._list is not None
        return self._list

    @property
    def marked(self) -> list[int]:
        """The numbers of the marked tickets."""
        if self._list is None or not self._list.is_attached:
            return []
        return sorted(cast("set[int]", self._list.marked))

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
        self.table.set_marks(self.table.marked | set(self.source.numbers(first, many)))

    def on_row_table_marked(self) -> None:
        """Say how many are marked."""
        if n := len(self.table.marked):
            told = ngettext("{n} ticket is marked.", "{n} tickets are marked.", n)
            self.console.say(told.format(n=n), hint=_("{key} unmarks").format(key=self.key_of("app.back")))
