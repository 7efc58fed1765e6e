"""The dialog for a request that came by phone, chat or on a visit."""

from __future__ import annotations

import asyncio
from functools import partial

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.drafts import DraftStore
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.team.queries import clients, workers
from leadconsole.tickets import commands, rules, words


class NewTicket(Form):
    """Asks for a ticket; `number` is known once it is written down."""

    ABOUT_SELECTED = False
    number: int = 0


def new_ticket(desk: Desk, drafts: DraftStore) -> NewTicket | None:
    """The dialog at this desk, or None where there is no client to write a ticket for."""
    known = clients(desk)
    if not known:
        return None
    people = [Option("", _("nobody")), *(Option(one.login, one.name) for one in workers(desk))]
    fields = [
        Field("client", _("Client"), "choice", known[0][0], options=[Option(code, name) for code, name, _s in known]),
        Field("subject", _("Subject"), required=True, max_length=500),
        Field("requester", _("Who asks")),
        Field("body", _("What it is about"), "lines"),
        Field(
            "channel", _("How it came"), "choice", "phone",
            options=[Option(one.value, words.channel(one.value)) for one in rules.Channel if one != "import"],
        ),
        Field(
            "kind", _("Kind"), "choice", "incident",
            options=[Option(one.value, words.kind(one.value)) for one in rules.Kind],
        ),
        Field(
            "priority", _("Priority"), "choice", "normal",
            options=[Option(one.value, words.priority(one.value)) for one in rules.Priority],
        ),
        Field(
            "line", _("Line"), "choice", "1",
            options=[Option(str(line), _("line {line}").format(line=line)) for line in rules.LINES],
        ),
        Field("assignee", _("Who takes it"), "choice", "", options=people),
    ]  # fmt: skip

    async def submit(values: Values) -> None:
        cells = {name: str(value) for name, value in values.items()}
        dialog.number = await asyncio.to_thread(partial(commands.add, desk, cells, fill=dialog.ready_texts is not None))

    dialog = NewTicket(_("New ticket"), fields, submit=submit, drafts=drafts, draft_key="ticket.add")
    return dialog
