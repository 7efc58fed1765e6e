"""What an empty Today says: the first steps of a new desk, or that nothing waits."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.tickets.queries import begun
from leadconsole.tickets.screen.empty import first_steps
from leadconsole.today.lines import Day

KeyOf = Callable[[str], str]
"""The key that a command has for this user, as people read it."""


def told(desk: Desk, day: Day, key_of: KeyOf) -> str:
    """What to do next."""
    queue = key_of("app.screen-2") if desk.actor.may(Capability.READ_QUEUE) else ""
    if not day.begun:
        # The keys of the queue work there alone, a digit away.
        return first_steps(begun(desk), desk.actor, lambda command_id: f"{queue} c")
    if desk.actor.may(Capability.TRIAGE):
        return _("Nothing waits for you.\n{key} opens the queue; there may be something for others.").format(key=queue)
    return _("Nothing waits for you.")
