"""The list of who else is at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.messages import OpenSubject
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.kernel.presence import Here

if TYPE_CHECKING:
    from leadconsole.console.launch import DeskConsole


async def who_is_here(console: DeskConsole) -> None:
    """Ask whose ticket to go to; without one the list alone is the answer."""
    together = console.together
    others = together.others if together is not None else ()
    titles = {entry.id: _(entry.title) for entry in console.entries}
    now = console.desk.now()
    options = [
        Option(place, one.login, note=f"{_does(one, titles)} · {formats.age(now - one.since)}")
        for place, one in enumerate(others)
    ]
    chosen = await console.push_screen_wait(Choice(_("Who is here"), options))
    if chosen is not None and others[chosen].doing.ticket is not None:
        console.screen.post_message(OpenSubject("ticket", others[chosen].doing.ticket))


def _does(one: Here, titles: dict[str, str]) -> str:
    """What somebody does, in words."""
    if one.doing.ticket is None:
        return titles.get(one.doing.screen, one.doing.screen)
    told = _("writes on {number}") if one.doing.writing else _("looks at {number}")
    return told.format(number=one.doing.ticket)
