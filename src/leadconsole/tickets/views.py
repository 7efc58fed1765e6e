"""The built-in views of the queue as SQL conditions that its partial indexes know by heart."""

from __future__ import annotations

from dataclasses import dataclass

from leadconsole.kernel.i18n import N_

OPEN = "status IN ('new', 'open', 'waiting_client', 'waiting_third_party')"
WAITING = "status IN ('waiting_client', 'waiting_third_party')"
FINISHED = "status IN ('resolved', 'accepted', 'closed_rejected')"


@dataclass(frozen=True, slots=True)
class View:
    """A view by name; the condition may use :now, :horizon (nothing later can be at risk) and :me."""

    name: str
    title: str
    condition: str
    index: str


VIEWS = (
    View("open", N_("open"), OPEN, "ticket_open"),
    View("mine", N_("mine"), f"{OPEN} AND assignee = :me", "ticket_held"),
    View("unassigned", N_("unassigned"), f"{OPEN} AND assignee IS NULL", "ticket_held"),
    View("overdue", N_("overdue"), f"{OPEN} AND urgency < :now", "ticket_open"),
    View(
        "at_risk",
        N_("at risk"),
        f"{OPEN} AND urgency >= :now AND urgency <= :horizon AND risk_at <= :now",
        "ticket_open",
    ),
    View("waiting", N_("waiting"), WAITING, "ticket_waiting"),
    View("to_accept", N_("to accept"), "status = 'resolved'", "ticket_resolved"),
    View("repeats", N_("repeats"), "repeat_of IS NOT NULL", "ticket_repeats"),
    View("all", N_("all"), "TRUE", "ticket_all"),
)

BY_NAME = {view.name: view for view in VIEWS}
