"""Rows that make lines: opened, written down, changed, removed; what is closed is corrected in an open month."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Form, Values
from leadconsole.console.messages import OpenSubject
from leadconsole.console.steps import Steps
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.entries import NEW, Cells, Entry
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.kernel.rows import named
from leadconsole.payout import commands, origins, queries, words
from leadconsole.payout.rules import Line
from leadconsole.payout.screen import forms, line_told
from leadconsole.payout.screen.supposing import Supposing
from leadconsole.team import commands as team
from leadconsole.team import queries as team_queries
from leadconsole.team.entries import entry_name
from leadconsole.team.rules import running_fee

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen

FEES = "subscriptions"
_OF_FIGURE = {"subscription": FEES, "salary": "salaries", "outside": "expenses", "adjustment": "adjustments"}


class Entering(Supposing):
    """The `do_…` methods about rows; they run as workers of the screen."""

    def __init__(self, screen: PayoutScreen) -> None:
        super().__init__(screen)
        self.steps = Steps(screen, "payout")

    # --- open ------------------------------------------------------------------------------------------------

    async def do_payout_open(self) -> None:
        """Show what stands behind the line under the cursor, and where one can go from there."""
        line, counted = self.screen.line, self.screen.counted
        if line is None or counted is None:
            return
        origin = await asyncio.to_thread(origins.origin, self.desk, line)
        told = line_told.about(line, origin, self.screen.timezone, self.desk.now())
        ways = self._ways(line, origin)
        title = f"{words.section(line.section)}: {words.label(line)}"
        way = await self.console.push_screen_wait(Choice(title, ways, told=told))
        if way == "change":
            await self.do_payout_change()
        elif way == "correct":
            await self._correct(line)
        elif way == "client":
            self.screen.post_message(OpenSubject("client", origin.client or ""))
        elif way == "ticket":
            self.screen.post_message(OpenSubject("ticket", origin.ticket or 0))
        elif way == "corrected" and origin.corrected is not None:
            self.screen.show_line(origin.corrected.month, origin.corrected.line)

    def _ways(self, line: Line, origin: origins.Origin) -> list[Option[str]]:
        """What can be done from a line."""
        may, ways = self.desk.actor.may, []
        if line.file in origins.TABLES and may(Capability.CHANGE_PAYOUT):
            if self.screen.is_open:
                ways.append(Option("change", _("Change it"), "e"))
            else:
                ways.append(Option("correct", _("Correct it by an adjustment in an open month"), "c"))
        if origin.corrected is not None:
            month = formats.month(origin.corrected.month)
            ways.append(Option("corrected", _("Show what it corrects in {month}").format(month=month), "s"))
        if origin.ticket is not None and may(Capability.READ_QUEUE):
            ways.append(Option("ticket", _("Open ticket {number}").format(number=origin.ticket), "t"))
        if origin.client is not None and may(Capability.READ_DESK):
            ways.append(Option("client", _("Open the client"), "o"))
        return [*ways, Option("", _("Back"), "b")]

    # --- write -----------------------------------------------------------------------------------------------

    async def do_payout_add(self) -> None:
        """Ask what to write down, then for its row; of a closed month, for an adjustment that corrects it."""
        screen = self.screen
        if not screen.is_open:
            await self._correct(screen.line)
            return
        file = _OF_FIGURE.get(screen.row_key)
        if file is None:
            options = [
                Option(FEES, _("Subscription fee"), "f"),
                Option("salaries", _("Salary"), "s"),
                Option("expenses", _("Expense"), "e"),
                Option("adjustments", _("Adjustment"), "a"),
                Option("split", _("Reserve and bonuses"), "b"),
            ]
            file = await self.console.push_screen_wait(Choice(_("Write down what?"), options))
        if file == "split":
            await self.do_payout_split()
        elif file is not None:
            cells = {"from": screen.month.first.isoformat()} if file in ("salaries", FEES) else {}
            await self._row(file, cells, screen.month, fresh=True)

    async def do_payout_split(self) -> None:
        """Ask for reserve and bonuses."""
        raise NotImplementedError

    async def _correct(self, line: Line | None) -> None:
        """Ask for the adjustment, in the first month that is open, that corrects a line of this one."""
        last = await asyncio.to_thread(queries.last_closed, self.desk)
        month = last.next if last is not None else self.screen.month
        cells = {"corrects": origins.pointer(self.screen.month, line)}
        if line is not None:
            cells["description"] = _("Correction: {label}").format(label=words.label(line))
        await self._row("adjustments", cells, month, fresh=True)

    async def do_payout_change(self) -> None:
        """Ask what shall be different in the row under the cursor."""
        entry = await self._entry()
        if entry is not None:
            await self._row(entry.file, entry.cells, self.screen.month, fresh=False)

    async def do_payout_remove(self) -> None:
        """Ask, then remove the row under the cursor."""
        entry = await self._entry()
        if entry is None:
            return
        name = _name(entry.file, entry.key)

        async def remove(_yes: bool) -> None:
            taken = team.remove if entry.file == FEES else commands.remove
            await asyncio.to_thread(taken, self.desk, entry.file, entry.key, entry.cells)

        touches = [_("Months that aren't closed count it no more."), f"{self.steps.how_back()}."]
        title = _("Remove this? {name}").format(name=name)
        dialog = Confirm(title, touches=touches, dangerous=True, submit=remove)
        if await self.console.push_screen_wait(dialog):
            self.steps.done(_("{name} is removed.").format(name=name))

    async def _entry(self) -> Entry | None:
        """The row of the line under the cursor, as it stands now."""
        line = self.screen.line
        if line is None:
            return None
        if line.file == FEES:
            found = await asyncio.to_thread(team_queries.subscriptions, self.desk)
            entry = next((one for one in found if named(one.key) == line.key), None)
        else:
            entry = await asyncio.to_thread(queries.entry, self.desk, line.file, line.key)
        if entry is None:
            self.console.say(_("This isn't there any more."), "warning")
        return entry

    async def _row(self, file: str, cells: Cells, month: Month, *, fresh: bool) -> None:
        """Show the form of a row; a row of a month belongs to the one that is named."""
        around = await asyncio.to_thread(queries.around, self.desk, month)
        keys = forms.keys(file)
        saved: list[str] = []

        async def submit(values: Values) -> None:
            typed = {**({} if fresh else {name: cells[name] for name in keys}), **values}
            if "month" in keys:
                typed.setdefault("month", str(month))
            await asyncio.to_thread(self._write, file, typed, NEW if fresh else cells)
            made = team.key_of if file == FEES else commands.key_of
            saved.append(_name(file, made(file, typed)))

        shown = forms.fields(file, cells, around, fresh=fresh)
        title = f"{_title(file)} · {formats.month(month)}" if "month" in keys else _title(file)
        draft = f"payout.{file}:{month}" if "month" in keys else f"payout.{file}"
        dialog = Form(title, shown, submit=submit, drafts=self.console.drafts, draft_key=draft)
        await self.console.push_screen_wait(dialog)
        if saved:
            told = _("{name} is written down.") if fresh else _("{name} is changed.")
            self.steps.done(told.format(name=saved[0]))

    def _write(self, file: str, cells: Cells, basis: Cells) -> None:
        """Write a row; a fee that follows another one of the client ends that the day before, in the same step."""
        if file != FEES:
            commands.enter(self.desk, file, cells, basis)
            return
        fees = team_queries.subscriptions(self.desk) if basis is NEW else []
        running = running_fee(fees, cells["client"], cells["from"])
        if running is None:
            team.enter(self.desk, file, cells, basis)
        else:
            team.follow_fee(self.desk, cells, running)


def _name(file: str, key: tuple[Any, ...]) -> str:
    return entry_name(file, key) if file == FEES else words.named(file, key)


def _title(file: str) -> str:
    return _("Subscription fee") if file == FEES else words.title(file)
