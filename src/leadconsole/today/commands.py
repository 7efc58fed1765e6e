"""Writes of Today: the next ticket is taken, or passed over with a reason."""

from __future__ import annotations

from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused, Stale
from leadconsole.kernel.i18n import _
from leadconsole.tickets import steps
from leadconsole.tickets.steps import Basis
from leadconsole.today.queries import upcoming
from leadconsole.today.serving import Next

TRIES = 20
"""So many people may take the same ticket at the same moment; each then gets another one."""


@command(Capability.TRIAGE)
def serve(desk: Desk) -> Next:
    """Give this person the next ticket and let work on it begin; Refused when nothing is left."""
    for _try in range(TRIES):
        found = upcoming(desk)
        if found is None:
            break
        try:
            _take(desk, found)
        except Stale:
            continue  # somebody was faster
        return found
    raise Refused(
        _("Nothing is left for you: no ticket of yours waits, and none of your lines is free."), code="nothing"
    )


def _take(desk: Desk, found: Next) -> None:
    """Assign it where nobody has it, and open it where it is new, both in one step; nothing is written otherwise."""
    row = found.row
    if found.mine and row.status != "new":
        return
    with desk.write() as transaction:
        if not found.mine:
            steps.assign(transaction, row.number, desk.actor.login, Basis(row.version, row.assignee))
        if steps.present(transaction, row.number).status == "new":
            steps.set_status(transaction, row.number, "open", None, None)


@command(Capability.TRIAGE)
def skip(desk: Desk, number: int, reason: str) -> None:
    """Pass a ticket over for today; the reason stays in its history, and what was only just taken is free again."""
    with desk.write() as transaction:
        steps.skip(transaction, number, reason)
