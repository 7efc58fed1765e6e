"""What the keys of the Desk screen change: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Form, Values
from leadconsole.console.dialogs.stale import StaleDialog
from leadconsole.console.steps import Steps
from leadconsole.kernel.entries import NEW, Cells, Entry
from leadconsole.kernel.errors import Stale
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team import commands, rules, words
from leadconsole.team.entries import entry_name
from leadconsole.team.screen import access, forms, key_changes
from leadconsole.team.screen.card import calendar_use, policy_use
from leadconsole.team.weeks import WEEKS

if TYPE_CHECKING:
    from leadconsole.team.screen.desk import DeskScreen

_ADD = {
    "people": lambda: _("New person"),
    "clients": lambda: _("New client"),
    "contacts": lambda: _("New contact"),
    "absences": lambda: _("New absence"),
    "subscriptions": lambda: _("New fee"),
    WEEKS: lambda: _("New calendar"),
    "calendar_days": lambda: _("New day"),
    "norms": lambda: _("New norm"),
}


class Changes:
    """The `do_…` methods of the screen's commands that change something; they run as workers of the screen."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self.console = screen.console
        self.desk = screen.desk
        self.steps = Steps(screen, "desk")

    async def do_desk_add(self) -> None:
        """Ask for a new row of the list that is shown."""
        file, screen = self.screen.file, self.screen
        if file == access.KEYS:
            await key_changes.add(self)
            return
        cells = forms.start(file, screen.directory, screen.selected, screen.client)
        key = await self._ask(file, _ADD[file](), cells, NEW, f"desk.{file}")
        if key is not None:
            screen.open_row(file, key)
            self.steps.done(_("{name} is written down.").format(name=entry_name(file, key)))

    async def do_desk_change(self) -> None:
        """Ask what shall be different in the row under the cursor."""
        entry = self.screen.selected
        assert entry is not None  # the command's guard has seen to it
        name = entry_name(entry.file, entry.key)
        key = await self._ask(entry.file, name, entry.cells, entry.cells, f"desk.{entry.file}:{entry.key}")
        if key is not None:
            self.steps.done(_("{name} is changed.").format(name=name))

    async def do_desk_remove(self) -> None:
        """Say what it touches, then remove the row under the cursor."""
        entry = self.screen.selected
        assert entry is not None
        if entry.file == access.KEYS:
            await key_changes.remove(self, entry)
            return
        name = entry_name(entry.file, entry.key)

        async def remove(_yes: bool) -> None:
            if entry.file == WEEKS:
                await asyncio.to_thread(commands.remove_calendar, self.desk, entry["calendar"], entry.cells)
            else:
                await asyncio.to_thread(commands.remove, self.desk, entry.file, entry.key, entry.cells)

        dialog = Confirm(
            _("Remove this? {name}").format(name=name), touches=self._touches(entry), dangerous=True, submit=remove
        )
        if await self.console.push_screen_wait(dialog):
            self.steps.done(_("{name} is removed.").format(name=name))

    async def do_desk_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_desk_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()

    # --- how ----------------------------------------------------------------------------------------------------

    async def _ask(self, file: str, title: str, cells: Cells, basis: Cells, draft: str) -> tuple[object, ...] | None:
        """Show the form of a row until it is saved or given up; returns the key of what was saved.

        What somebody else changed meanwhile is shown beside what was seen and what is wanted, field by field.
        """
        fresh = basis is NEW
        shown = forms.fields(file, cells, self.screen.directory, fresh=fresh)
        seen = dict(basis)
        saved: list[tuple[object, ...]] = []

        async def submit(values: Values) -> None:
            typed = {**({} if fresh else {name: cells[name] for name in forms.keys(file)}), **values}
            while True:
                try:
                    if not (fresh and file == "subscriptions" and await self._follows(typed)):
                        await asyncio.to_thread(self._write, file, typed, NEW if fresh else seen)
                except Stale as stale:
                    if fresh or not await self._overwrites(stale, typed):
                        raise
                    seen[stale.field or ""] = stale.present
                else:
                    saved.append(commands.key_of(file, typed))
                    return

        dialog = Form(title, shown, submit=submit, drafts=self.console.drafts, draft_key=draft)
        await self.console.push_screen_wait(dialog)
        return saved[0] if saved else None

    def _write(self, file: str, cells: Cells, basis: Cells) -> None:
        if file == WEEKS:
            commands.set_week(self.desk, cells, basis)
        elif cells.get("until"):
            commands.enter_days(self.desk, cells, cells["until"])
        else:
            commands.enter(self.desk, file, cells, basis)

    async def _follows(self, typed: Cells) -> bool:
        """Offer to end the client's running fee the day before a new one, and write both; False if there is none.

        False also where the running one shall stay: the rule of fees then refuses the new one in its own words.
        """
        directory = self.screen.directory
        running = rules.running_fee(directory.entries["subscriptions"], typed["client"], typed["from"])
        if running is None:
            return False
        client = directory.find("clients", (typed["client"],))
        asked = Confirm(
            _("End the running fee on {day}?").format(day=words.value("to", rules.day_before(typed["from"]))),
            touches=[
                client["name"] if client else typed["client"],
                _("Now: {amount} since {day}").format(
                    amount=words.fee(running["monthly_fee"]), day=words.value("from", running["from"])
                ),
                _("Then: {amount} from {day}").format(
                    amount=typed["monthly_fee"], day=words.value("from", typed["from"])
                ),
                f"{self.steps.how_back()}.",
            ],
        )
        if not await self.console.push_screen_wait(asked):
            return False
        try:
            await asyncio.to_thread(commands.follow_fee, self.desk, typed, running)
        except Stale:
            self.screen.reload()  # so that the next try asks about what is there now
            raise
        return True

    async def _overwrites(self, stale: Stale, typed: Cells) -> bool:
        """Show a field in words as it was seen, as it is and as it is wanted; whether the wanted shall stand."""
        field = stale.field or ""
        told = Stale(
            stale.message,
            field=field,
            seen=words.value(field, stale.seen),
            present=words.value(field, stale.present),
        )
        self.screen.reload()
        answer = await self.console.push_screen_wait(StaleDialog(told, words.value(field, typed.get(field, ""))))
        return answer == "overwrite"

    def _touches(self, entry: Entry) -> list[str]:
        """What goes or changes with a row."""
        directory = self.screen.directory
        undo = f"{self.steps.how_back()}."
        if entry.file == WEEKS:
            name = entry["calendar"]
            days = sum(one["calendar"] == name for one in directory.entries["calendar_days"])
            own = name == directory.settings.calendar
            return [
                calendar_use(directory, name),
                _("Their norms run around the clock then, and due times of open tickets move.")
                if own
                else _("They go by the desk's calendar then, and due times of open tickets move."),
                ngettext("{n} day of its own goes, too.", "{n} days of its own go, too.", days).format(n=days),
                undo,
            ]
        if entry.file == "norms":
            told = _("Due times of their open tickets move, or go where no norm is left.")
            return [policy_use(directory, entry["policy"]), told, undo]
        if entry.file == "calendar_days":
            return [_("The calendar has its usual hours on that day; due times of open tickets move."), undo]
        if entry.file == "subscriptions":
            return [_("Months that aren't closed count it no more."), undo]
        if entry.file == "absences":
            return [_("The person is there on these days then."), undo]
        return [_("Tickets and what was said in them stay as they are."), undo]
