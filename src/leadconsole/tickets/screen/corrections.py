"""The keys that set other facts of a ticket: what it waits for, what was promised, its price, why it is rejected."""

from __future__ import annotations

import asyncio

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction
from leadconsole.team.queries import clients
from leadconsole.tickets import commands, days, queries, rules, steps, words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.rules import Status
from leadconsole.tickets.screen.asking import Asking


class Corrections(Asking):
    """The `do_…` methods of these keys."""

    async def do_ticket_wait(self) -> None:
        """Ask for whom it waits, then until when."""
        row = self.row()
        options = [
            Option("waiting_client", words.status("waiting_client"), "c"),
            Option("waiting_third_party", words.status("waiting_third_party"), "t"),
        ]
        status = await self.choose(_("For whom does {number} wait?").format(number=row.number), options, row.status)
        if status is None:
            return

        def until(typed: Typed) -> str:
            return self._day(typed.text, end_of_day=False)

        await self.ask(
            _("Until when does {number} wait?").format(number=row.number),
            lambda typed: commands.wait(self.desk, row.number, status, until(typed), typed.second or None),
            lambda typed: (
                lambda transaction, number: steps.wait(transaction, number, status, until(typed), typed.second or None)
            ),
            _("{number}: {status}.").format(number=row.number, status=words.status(status)),
            what=words.status(status),
            field="wait_until",
            lines=False,
            required=False,
            hint=_day_hint(),
            second=_("What for (may stay empty)"),
        )

    async def do_ticket_promise(self) -> None:
        """Ask for the day that was promised."""
        row = self.row()

        def cells(typed: Typed) -> dict[str, str | None]:
            return {"promised": self._day(typed.text, end_of_day=True)}

        await self.ask(
            _("By when was {number} promised?").format(number=row.number),
            lambda typed: commands.correct(self.desk, row.number, cells(typed)),
            lambda typed: lambda transaction, number: steps.correct(transaction, number, cells(typed), None),
            _("{number}: the promise is kept.").format(number=row.number),
            what=words.field("promised"),
            field="promised",
            lines=False,
            required=False,
            hint=_day_hint(),
        )

    async def do_ticket_price(self) -> None:
        """Ask for estimate, price and agreement of paid work."""
        row = self.row()
        seen = queries.cells(self.desk, row.number)
        fields = [
            Field("estimate_hours", _("Estimate, hours"), value=seen["estimate_hours"] or ""),
            Field("price", _("Price"), value=seen["price"] or "", hint=_("0 is a price; empty is none")),
            Field(
                "agreed", _("The client"), "choice", seen["agreed"] or "",
                options=[Option("", _("hasn't agreed yet")), Option(seen["agreed"] or "now", _("has agreed"))],
            ),
        ]  # fmt: skip
        await self._form(row, _("Estimate and price of {number}").format(number=row.number), fields, seen)

    async def do_ticket_edit(self) -> None:
        """Ask for the facts of the ticket anew."""
        row = self.row()
        seen = queries.cells(self.desk, row.number)
        known = [Option(code, name) for code, name, _status in clients(self.desk)]
        if row.client not in {option.value for option in known}:
            known.append(Option(row.client, row.client_name))
        fields = [
            Field("client", _("Client"), "choice", row.client, options=known),
            Field("subject", _("Subject"), value=seen["subject"] or "", required=True, max_length=500),
            Field("requester", _("Who asks"), value=seen["requester"] or ""),
            Field(
                "kind", _("Kind"), "choice", row.kind,
                options=[Option(one.value, words.kind(one.value)) for one in rules.Kind],
            ),
            Field("tags", _("Tags"), value=seen["tags"] or ""),
            Field("body", _("What it is about"), "lines", seen["body"] or ""),
        ]  # fmt: skip
        await self._form(row, _("Ticket {number}").format(number=row.number), fields, seen)

    async def do_ticket_reject(self) -> None:
        """Ask why it is closed without work."""
        row = self.row()
        options = [
            Option("spam", _("spam"), "s"),
            Option("duplicate", _("a duplicate of another ticket"), "d"),
            Option("not_ours", _("not our work"), "n"),
            Option("withdrawn", _("the client took it back"), "w"),
        ]
        code = await self.choose(_("Why is {number} rejected?").format(number=row.number), options, "spam")
        if code is None:
            return
        if code == "duplicate":
            typed = await self.console.push_screen_wait(Prompt(_("A duplicate of which ticket? Its number:")))
            if typed is None:
                return
            original = typed.text.strip().lstrip("#№")
            if not original.isdecimal() or not queries.holds(self.desk, "all", int(original)):
                self.console.say(_("There is no ticket {number}.").format(number=typed.text.strip()[:20]), "warning")
                return
            if int(original) in (self.queue.marked or [row.number]):
                self.console.say(_("A ticket is no duplicate of itself."), "warning")
                return
            code = f"duplicate of {original}"
        await self.set_value(
            row,
            row.status,
            lambda basis: commands.reject(self.desk, row.number, code, basis),
            lambda transaction, number: steps.reject(transaction, number, code, None),
            mine=words.status(Status.CLOSED_REJECTED),
            done=_("{number}: {status}.").format(number=row.number, status=words.status(Status.CLOSED_REJECTED)),
        )

    async def _form(self, row: QueueRow, title: str, fields: list[Field], seen: dict[str, str | None]) -> None:
        async def submit(values: Values) -> None:
            await asyncio.to_thread(commands.correct, self.desk, row.number, self._cells(values), seen)

        marked = self.queue.marked
        dialog = Form(self.titled(title), fields, submit=None if marked else submit)
        values = await self.console.push_screen_wait(dialog)
        if values is None:
            return
        if not marked:
            self.steps.done(_("{number}: corrected.").format(number=row.number))
            return
        # Of many tickets only what was changed in the form is meant.
        given = {field.id: field.value for field in fields}
        cells = {name: cell for name, cell in self._cells(values).items() if values[name] != given[name]}

        def step(transaction: Transaction, number: int) -> None:
            steps.correct(transaction, number, cells, None)

        await self.to_marked(step, ", ".join(words.field(name) for name in cells) or _("nothing"))

    def _cells(self, values: Values) -> dict[str, str | None]:
        cells: dict[str, str | None] = {name: str(value) for name, value in values.items()}
        if cells.get("agreed") == "now":
            cells["agreed"] = queries.now_cell(self.desk)
        return cells

    def _day(self, text: str, *, end_of_day: bool) -> str:
        return days.ahead(text, self.desk.now(), self.queue.timezone, end_of_day=end_of_day) if text.strip() else ""


def _day_hint() -> str:
    return _("A day: tomorrow, 3d, 25.11, 25.11 14:00; empty for none.")
