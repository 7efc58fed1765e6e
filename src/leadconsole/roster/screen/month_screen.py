"""The month that is shown, kept in step with the file: what this person writes, and what others do meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from leadconsole.console.screen import ConsoleScreen
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.roster import commands, queries
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.telling import folded


class MonthScreen(ConsoleScreen):
    """A month with its check; the screen itself shows it (`show_month_again`)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.which = queries.this_month(desk)
        self.take()

    def take(self) -> None:
        """Read the month and check it."""
        self._seen_event = queries.last_event(self.desk)
        self.month = queries.month(self.desk, self.which)
        self.checker = self.month.checker()
        self.report = folded(self.checker.report())

    def show_again(self) -> None:
        """Show the month as it stands now."""
        raise NotImplementedError

    async def put(self, cells: Mapping[Cell, str | None]) -> bool:
        """Write shifts into cells and check again what they touch; False where that was refused."""
        basis = {cell: self.checker.shift(*cell) for cell in cells}
        checker = self.checker
        try:
            changed = await asyncio.to_thread(commands.set_shifts, self.desk, cells, basis)
        except Refused as refusal:
            self.reload()
            self.console.say(refusal.message, "warning")
            return False
        if checker is not self.checker or queries.last_event(self.desk) != self._seen_event + changed:
            self.reload()  # somebody else has written meanwhile
            return True
        for (login, day), code in cells.items():
            checker.set(login, day, code)
        self._seen_event += changed
        self.report = folded(checker.report())
        self.month = queries.RosterMonth(self.month.facts, checker.plan(), self.month.publication)
        self.show_again()
        return True

    def others_wrote(self) -> bool:
        """Where what the roster stands on was changed it is taken again, the cursor on the same cell."""
        if queries.roster_changed(self.desk, self._seen_event):
            self.reload()
        else:
            self._seen_event = queries.last_event(self.desk)
        return True

    def reload(self) -> None:
        """Take everything again."""
        if self.is_mounted:
            self.take()
            self.show_again()
