"""Which ticket comes next for a person, and why: the own ones first, then those of nobody; a pure decision.

Of the own ones the order of the day decides (rules.py). Of those that nobody has, what presses comes first, then who is
nearest to the client (dispatch: who leads it, stands in, curates it, else the line), then the order of the queue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from leadconsole.dispatch.rules import Nearness
from leadconsole.kernel.i18n import _
from leadconsole.tickets.agenda import Held
from leadconsole.tickets.rows import QueueRow
from leadconsole.today import rules
from leadconsole.today.rules import Moments


class Next(NamedTuple):
    """The ticket that comes next; `mine` if this person has it already."""

    row: QueueRow
    because: str
    mine: bool


def following(
    held: Iterable[Held],
    free: Iterable[QueueRow],
    near: Mapping[str, Nearness],
    lines: Collection[int],
    passed: Collection[int],
    times: Moments,
) -> Next | None:
    """The next ticket of somebody who works these lines and has passed over some; None when nothing is left."""
    for what, one in rules.in_order(held, times):
        if one.row.number not in passed:
            return Next(one.row, rules.because(what, one, times), True)
    left = [row for row in free if row.line in lines and row.number not in passed and row.paused is None]
    if not left:
        return None
    best = min(left, key=lambda row: (not _presses(row), near[row.client], row.place))
    return Next(best, _because(best, near[best.client]), False)


def _presses(row: QueueRow) -> bool:
    return row.state in ("overdue", "at_risk")


def _because(row: QueueRow, near: Nearness) -> str:
    told = {
        Nearness.LEADS: _("You lead this client."),
        Nearness.STANDS_IN: _("You stand in for whoever leads this client."),
        Nearness.CURATES_ALONE: _("You curate this client, and whoever leads it is away."),
        Nearness.CURATES: _("You curate this client; who leads it hasn't taken it."),
        Nearness.NOBODY_NEARER: _("It is on your line, and nobody who knows the client is here."),
        Nearness.LED_BY_OTHER: _("It is on your line, and whoever knows the client hasn't taken it."),
        Nearness.TOXIC: _("It is on your line; the client is toxic: work on it together with the lead."),
    }[near]
    if not _presses(row):
        return told
    return f"{rules.late(row) if row.state == 'overdue' else rules.soon(row)} {told}"
