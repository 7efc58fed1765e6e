"""Who else looks at a ticket or writes on it: a sign in the row, a sentence on the ticket and in its dialogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.kernel.presence import Here, at_tickets

WRITES, LOOKS = "✎", "◉"


def signs(desk: Desk) -> Mapping[int, str]:
    """What stands before the subject of each ticket that somebody else has in view."""
    return {number: f"{WRITES if who[0].doing.writing else LOOKS} " for number, who in at_tickets(desk).items()}


def blocks(desk: Desk, number: int) -> list[Block]:
    """The lines on the ticket that name them."""
    return [
        block(f"{WRITES if one.doing.writing else LOOKS} {sentence(one)}", "warning" if one.doing.writing else "accent")
        for one in at_tickets(desk).get(number, ())
    ]


def beside(desk: Desk, number: int) -> str:
    """What the title of a dialog adds while others write on the ticket, too; nothing while nobody does."""
    writing = sorted({one.login for one in at_tickets(desk).get(number, ()) if one.doing.writing})
    return f" · {WRITES} {_names(writing)}" if writing else ""


def sentence(one: Here) -> str:
    """What one of them does."""
    told = _("{login} is writing on this ticket") if one.doing.writing else _("{login} is looking at this ticket")
    return told.format(login=one.login)


def _names(logins: Sequence[str]) -> str:
    return _("{names} also write here").format(names=", ".join(logins))
