"""What the keys of the Payout screen change: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

import asyncio

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel import formats, host_files
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.payout import commands, exporting, queries, words
from leadconsole.payout.screen import forms, news
from leadconsole.payout.screen.entering import Entering
from leadconsole.tickets import commands as tickets


class Changes(Entering):
    """The `do_…` methods of the screen's commands that change something; they run as workers of the screen."""

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
        on = one.waits
        await asyncio.to_thread(commands.pass_on, self.desk, self.screen.month, [(one.file, one.key)], on=on)
        told = _("{client} is passed on.") if on else _("{client} isn't passed on any more.")
        self.steps.done(told.format(client=one.client))

    async def do_payout_pass_all(self) -> None:
        """Mark everything that isn't passed on."""
        seen = self.screen.seen
        waiting = [(one.file, one.key) for one in (seen.invoices if seen else ()) if one.waits]
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

        async def close(_yes: bool) -> None:
            await asyncio.to_thread(commands.close, self.desk, month)

        pay = formats.money(counted.statement.figures.lead_pay)
        touches = [
            _("Own pay {amount}; lines, scheme and figures are frozen.").format(amount=pay),
            *(f"~ {told}" for told in counted.warnings),
            *(f"{one.actor}: {news.told(one)}" for one in (self.screen.seen.news if self.screen.seen else ())),
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

    async def do_payout_export(self) -> None:
        """Ask for a name, and write the month into a new file by its ending."""
        month = self.screen.month

        async def submit(values: Values) -> None:
            path = host_files.named(values["file"])
            await asyncio.to_thread(exporting.write, self.desk, month, path, values["encoding"])

        hint = _(".xlsx has the statement with its formulas and what to invoice, .csv what to invoice, .md the"
                 " statement, .journal the money for hledger. A file that is there stays.")  # fmt: skip
        encodings = [Option("utf-8", "UTF-8"), Option("cp1251", "Windows-1251")]
        fields = [
            Field("file", _("File"), value=f"{month}.xlsx", hint=hint, required=True),
            Field("encoding", _("Encoding of a .csv"), "choice", "utf-8", options=encodings),
        ]
        title = _("Write {month} into which file?").format(month=formats.month(month))
        values = await self.console.push_screen_wait(Form(title, fields, submit=submit))
        if values is not None:
            self.console.say(_("It is in {path}.").format(path=values["file"].strip()), "good")

    async def do_payout_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_payout_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
