"""What the keys of the Payout screen change: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.steps import Steps
from leadconsole.kernel import formats
from leadconsole.kernel.entries import NEW, Cells
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.payout import commands, queries, words
from leadconsole.payout.screen import forms
from leadconsole.payout.screen.supposing import Supposing
from leadconsole.payout.shapes import SHAPES
from leadconsole.tickets import commands as tickets

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen

_OF_FIGURE = {"salary": "salaries", "outside": "expenses", "adjustment": "adjustments"}


class Changes(Supposing):
    """The `do_…` methods of the screen's commands that change something; they run as workers of the screen."""

    def __init__(self, screen: PayoutScreen) -> None:
        super().__init__(screen)
        self.steps = Steps(screen, "payout")

    async def do_payout_add(self) -> None:
        """Ask what to write down, then for its row."""
        screen = self.screen
        file = _OF_FIGURE.get(screen.row_key)
        if file is None:
            options = [
                Option("salaries", _("Salary"), "s"),
                Option("expenses", _("Expense"), "e"),
                Option("adjustments", _("Adjustment"), "a"),
                Option("split", _("Reserve and bonuses"), "b"),
            ]
            file = await self.console.push_screen_wait(Choice(_("Write down what?"), options))
        if file == "split":
            await self.do_payout_split()
        elif file is not None:
            cells = {"from": screen.month.first.isoformat()} if file == "salaries" else {}
            await self._row(file, cells, fresh=True)

    async def do_payout_change(self) -> None:
        """Ask what shall be different in the row under the cursor."""
        line = self.screen.line
        if line is None:
            return
        entry = await asyncio.to_thread(queries.entry, self.desk, line.file, line.key)
        if entry is None:
            self.console.say(_("This isn't there any more."), "warning")
        elif self.screen.counted is not None and self.screen.counted.closing is not None:
            told = ", ".join(f"{words.column(name)}: {words.value(name, cell)}" for name, cell in entry.cells.items())
            self.console.say(_("Closed: {told}").format(told=told), "warning")
        else:
            await self._row(line.file, entry.cells, fresh=False)

    async def do_payout_remove(self) -> None:
        """Ask, then remove the row under the cursor."""
        line = self.screen.line
        entry = None if line is None else await asyncio.to_thread(queries.entry, self.desk, line.file, line.key)
        if entry is None:
            self.console.say(_("This isn't there any more."), "warning")
            return
        name = words.named(entry.file, entry.key)

        async def remove(_yes: bool) -> None:
            await asyncio.to_thread(commands.remove, self.desk, entry.file, entry.key, entry.cells)

        touches = [_("Months that aren't closed count it no more."), f"{self.steps.how_back()}."]
        title = _("Remove this? {name}").format(name=name)
        dialog = Confirm(title, touches=touches, dangerous=True, submit=remove)
        if await self.console.push_screen_wait(dialog):
            self.steps.done(_("{name} is removed.").format(name=name))

    async def _row(self, file: str, cells: Cells, *, fresh: bool) -> None:
        """Show the form of a row; a row of a month belongs to the one that is shown."""
        around = await asyncio.to_thread(queries.around, self.desk, self.screen.month)
        shape = next(one for one in SHAPES if one.name == file)
        keys = {column.name for column in shape.columns if column.key}
        saved: list[str] = []

        async def submit(values: Values) -> None:
            typed = {**({} if fresh else {name: cells[name] for name in keys}), **values}
            if "month" in keys:
                typed.setdefault("month", str(self.screen.month))
            await asyncio.to_thread(commands.enter, self.desk, file, typed, NEW if fresh else cells)
            saved.append(words.named(file, commands.key_of(file, typed)))

        shown = forms.fields(file, cells, around, fresh=fresh)
        dialog = Form(words.title(file), shown, submit=submit, drafts=self.console.drafts, draft_key=f"payout.{file}")
        await self.console.push_screen_wait(dialog)
        if saved:
            told = _("{name} is written down.") if fresh else _("{name} is changed.")
            self.steps.done(told.format(name=saved[0]))

    async def do_payout_split(self) -> None:
        """Ask for reserve and bonuses."""
        month = self.screen.month
        around = await asyncio.to_thread(queries.around, self.desk, month)

        async def submit(values: Values) -> None:
            await asyncio.to_thread(commands.split, self.desk, month, forms.parts(values, around))

        dialog = Form(_("Reserve and bonuses"), forms.split_fields(around), submit=submit)
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("Reserve and bonuses are set; own pay is the rest."))

    # --- works that were left out, invoices ------------------------------------------------------------------

    async def do_payout_accept(self) -> None:
        """Ask, then record the acceptance."""
        one = self.screen.left_out
        if one is None:
            return

        async def accept(_yes: bool) -> None:
            await asyncio.to_thread(tickets.accept, self.desk, one.ticket)

        told = [one.label, _("It counts in the month of today."), f"{self.steps.how_back()}."]
        if await self.console.push_screen_wait(Confirm(_("Did the client accept it?"), touches=told, submit=accept)):
            self.steps.done(_("Ticket {number} is accepted.").format(number=one.ticket))

    async def do_payout_price(self) -> None:
        """Ask for the price."""
        one = self.screen.left_out
        if one is None:
            return

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(tickets.correct, self.desk, one.ticket, {"price": typed.text.strip()})

        title = _("What does {number} cost?").format(number=one.ticket)
        if await self.console.push_screen_wait(Prompt(title, label=one.label, field="price", submit=submit)):
            self.steps.done(_("The price of {number} is set.").format(number=one.ticket))

    async def do_payout_pass_on(self) -> None:
        """Mark the invoice under the cursor, or take its mark away."""
        one = self.screen.invoice
        if one is None:
            return
        on = one.passed_at is None
        await asyncio.to_thread(commands.pass_on, self.desk, self.screen.month, [(one.file, one.key)], on=on)
        told = _("{client} is passed on.") if on else _("{client} isn't passed on any more.")
        self.steps.done(told.format(client=one.client))

    async def do_payout_pass_all(self) -> None:
        """Mark everything that isn't passed on."""
        seen = self.screen.seen
        waiting = [(one.file, one.key) for one in (seen.invoices if seen else ()) if one.passed_at is None]
        n = await asyncio.to_thread(commands.pass_on, self.desk, self.screen.month, waiting)
        self.steps.done(ngettext("{n} invoice is passed on.", "{n} invoices are passed on.", n).format(n=n))

    # --- the month ---------------------------------------------------------------------------------------------

    async def do_payout_decide(self) -> None:
        """Ask what will be changed, and by when."""
        month = self.screen.month
        plan = self.screen.counted.decision if self.screen.counted else None

        async def submit(values: Values) -> None:
            await asyncio.to_thread(commands.decide, self.desk, month, values["change"], values["until"])

        shown = [
            Field("change", words.column("change"), "lines", plan.change if plan else "", required=True),
            Field(
                "until", words.column("until"), value=plan.until if plan else "", required=True,
                parse=lambda text: parse_date(text).isoformat(),
                hint=_("The month after shows it until it is closed itself."),
            ),
        ]  # fmt: skip
        title = _("Decision after {month}").format(month=formats.month(month))
        dialog = Form(title, shown, submit=submit, drafts=self.console.drafts, draft_key=f"payout.decision:{month}")
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("The decision is recorded."))

    async def do_payout_close(self) -> None:
        """Show the checklist; close where nothing is in the way."""
        month, counted = self.screen.month, self.screen.counted
        if counted is None:
            return
        if counted.blockers:
            self.screen.show_row("close")
            self.console.say(counted.blockers[0], "warning")
            return
        news = await asyncio.to_thread(queries.news, self.desk, month)

        async def close(_yes: bool) -> None:
            await asyncio.to_thread(commands.close, self.desk, month)

        pay = formats.money(counted.statement.figures.lead_pay)
        touches = [
            _("Own pay {amount}; lines, scheme and figures are frozen.").format(amount=pay),
            *(f"~ {told}" for told in counted.warnings),
            *news,
            _("Only the last closed month can be reopened, with a reason. Undo doesn't."),
        ]
        title = _("Close {month}?").format(month=formats.month(month))
        if await self.console.push_screen_wait(Confirm(title, touches=touches, dangerous=True, submit=close)):
            self.screen.reload()
            self.console.say(_("{month} is closed.").format(month=formats.month(month)), "good")

    async def do_payout_reopen(self) -> None:
        """Ask for the reason, then reopen."""
        month = self.screen.month

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(commands.reopen, self.desk, month, typed.text)

        title = _("Why is {month} reopened?").format(month=formats.month(month))
        hint = _("The reason stays with the month for good.")
        if await self.console.push_screen_wait(Prompt(title, hint=hint, field="reason", submit=submit)):
            self.screen.reload()
            self.console.say(_("{month} is open again.").format(month=formats.month(month)), "good")

    async def do_payout_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_payout_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
