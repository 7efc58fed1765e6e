"""What can be done on the screen of norms and hand-overs by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.period import EARLIEST_YEAR

if TYPE_CHECKING:
    from leadconsole.tickets.screen.norms import NormsScreen


def _not_begun(screen: NormsScreen) -> str | None:
    if screen.month >= screen.present_month():
        return _("{month} is the last month that has begun.").format(month=formats.month(screen.month))
    return None


def _no_earlier(screen: NormsScreen) -> str | None:
    return _("There is no earlier month.") if screen.month.previous.year < EARLIEST_YEAR else None


def _one_list(screen: NormsScreen) -> str | None:
    if screen.view != HANDOVERS:
        return _("Norms have one list: the tickets that missed theirs. s shows the hand-overs.")
    return None


NORMS = "norms"
HANDOVERS = "handovers"

NORMS_COMMANDS = (
    Command(
        "norms.switch", N_("Norms or hand-overs"), "s", NORMS, also=("tab",), priority=1, label=N_("norms/hand-overs"),
        tooltip=N_("Shows the shares inside the norm, or the ledger of who gave tickets to whom."),
    ),
    Command(
        "norms.previous-month", N_("Month before"), "[", NORMS, also=("left",), why_disabled=_no_earlier, priority=2,
        label=N_("month before"), tooltip=N_("Shows the same figures of the month before."),
    ),
    Command(
        "norms.next-month", N_("Month after"), "]", NORMS, also=("right",), why_disabled=_not_begun, priority=3,
        label=N_("month after"), tooltip=N_("Shows the same figures of the month after."),
    ),
    Command(
        "norms.figure", N_("Next figure"), "f", NORMS, why_disabled=_one_list, priority=4, label=N_("figure"),
        tooltip=N_("Lists the tickets behind another figure: all hand-overs, given, taken, returned, time held."),
    ),
)  # fmt: skip
