"""What if: asks what shall be supposed and shows the month with it beside the real one; nothing is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor
from leadconsole.payout import queries, whatif
from leadconsole.payout.queries import Around
from leadconsole.payout.rules import Left

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen

Supposed = tuple[str, whatif.Change]


class Supposing:
    """The `do_…` method of what-if, and what the other methods need."""

    def __init__(self, screen: PayoutScreen) -> None:
        self.screen = screen
        self.console = screen.console
        self.desk = screen.desk

    async def do_payout_what_if(self) -> None:
        """Ask for one more thing to suppose."""
        options = [
            Option("leaves", _("A client leaves"), "l"),
            Option("comes", _("A client comes"), "c"),
            Option("fee", _("A client pays another fee"), "f"),
            Option("hire", _("A hire"), "h"),
            Option("contractor", _("A contractor instead of staff"), "s"),
            Option("rate", _("Another share"), "r"),
            Option("accepted", _("A ticket is accepted this month"), "a"),
        ]
        kind = await self.console.push_screen_wait(Choice(_("What if?"), options))
        if kind is None:
            return
        around = await asyncio.to_thread(queries.around, self.desk, self.screen.month)
        shown = self._fields(kind, around)
        if not shown:
            self.console.say(_("There is nobody and nothing to suppose this of."), "warning")
            return
        found: list[Supposed] = []

        async def submit(values: Values) -> None:
            if kind == "accepted":
                work = await asyncio.to_thread(queries.work, self.desk, values["ticket"])
                found.append(_accepted(work, values["amount"]))
            else:
                found.append(self._supposed(kind, values, around))

        label = next(one.label for one in options if one.value == kind)
        if await self.console.push_screen_wait(Form(label, shown, submit=submit)) is not None:
            self.screen.suppose(found[0], around.asides)

    def _fields(self, kind: str, around: Around) -> list[Field]:
        amount = Field("amount", _("Amount a month"), required=True, parse=_money)
        clients = [Option(code, name) for code, name in around.clients]
        people = [Option(login, name) for login, name, role in around.people if role == "specialist"]

        def pick(name: str, label: str, offered: list[Option[str]]) -> list[Field]:
            return [Field(name, label, "choice", offered[0].value, options=offered)] if offered else []

        if kind in ("leaves", "fee"):
            chosen = pick("client", _("Client"), clients)
            return [*chosen, amount] if chosen and kind == "fee" else chosen
        if kind == "contractor":
            chosen = pick("login", _("Instead of"), people)
            return [*chosen, amount] if chosen else []
        if kind == "accepted":
            excluded = self.screen.counted.excluded if self.screen.counted else ()
            number = self.screen.left_out or next(iter(excluded), None)
            told = _("Any ticket; «Left out» has those that are finished.")
            first = "" if number is None else str(number.ticket)
            price = Field("amount", _("Price"), hint=_("Empty: the price it has."), parse=_money_or_none)
            return [Field("ticket", _("Ticket"), "number", first, hint=told, required=True), price]
        if kind == "rate":
            return [Field("rate", _("Share in percent"), required=True, parse=_rate)]
        return [Field("name", _("Name"), value=_("new"), required=True), amount]

    def _supposed(self, kind: str, values: Values, around: Around) -> Supposed:
        amount: int = values.get("amount", 0)
        money = formats.money(amount)
        names = dict(around.clients)
        if kind == "leaves":
            client = values["client"]
            return _("{client} leaves").format(client=names[client]), whatif.client_leaves(client)
        if kind == "fee":
            client = values["client"]
            told = _("{client} pays {amount}").format(client=names[client], amount=money)
            return told, whatif.fee(client, names[client], amount)
        if kind == "comes":
            name = values["name"]
            told = _("{client} comes and pays {amount}").format(client=name, amount=money)
            return told, whatif.fee(f"+{name}", name, amount)
        if kind == "hire":
            rate = self.screen.counted.statement.scheme.share_rate if self.screen.counted else 0
            volume = whatif.volume_for(amount, rate)
            told = _("a hire at {amount}").format(amount=money)
            if volume is not None:
                told = _("a hire at {amount} needs {volume} of volume").format(
                    amount=money, volume=formats.money(volume)
                )
            return told, whatif.hire(values["name"], amount)
        if kind == "contractor":
            login = values["login"]
            name = next(name for who, name, _role in around.people if who == login)
            told = _("a contractor at {amount} instead of {name}").format(amount=money, name=name)
            return told, whatif.contractor_instead(login, name, amount)
        if kind == "rate":
            told = _("a share of {percent} %").format(percent=formats.money(values["rate"]))
            return told, whatif.share_rate(values["rate"])
        raise LookupError(kind)


def _accepted(work: Left, amount: int | None) -> Supposed:
    price = work.price if amount is None else amount
    if price is None:
        raise Refused(_("This work has no price yet; give one."), code="missing", field="amount")
    told = _("{work} is accepted").format(work=work.label)
    return told, whatif.accepted(work.ticket, work.client, work.subject, price)


def _money(text: str) -> int:
    minor = parse_minor(text)
    if minor < 0:
        raise Refused(_("A price can't be negative: {text}").format(text=text[:40]), code="negative")
    return minor


def _money_or_none(text: str) -> int | None:
    return _money(text) if text.strip() else None


def _rate(text: str) -> int:
    rate = parse_minor(text.removesuffix("%").strip())
    if not 0 <= rate <= 100_00:
        raise Refused(_("«{text}» is not a percentage from 0 to 100.").format(text=text[:40]), code="bad_number")
    return rate
