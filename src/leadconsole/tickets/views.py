"""Views: the built-in ones as SQL conditions that partial indexes know by heart, and what a filter leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leadconsole.kernel.i18n import NP_, pgettext
from leadconsole.tickets.looks import STANDARD, Look

if TYPE_CHECKING:
    from leadconsole.tickets.filters import Term

OPEN = "status IN ('new', 'open', 'waiting_client', 'waiting_third_party')"
WAITING = "status IN ('waiting_client', 'waiting_third_party')"
FINISHED = "status IN ('resolved', 'accepted', 'closed_rejected')"


class View(NamedTuple):
    """A view by name; the condition may use :now, :horizon (nothing later can be at risk) and :me."""

    name: str
    title: str
    condition: str
    indexed_by: str


class Filter(NamedTuple):
    """A filter as `filters.read` has read it: its conditions, the words to look for, and how it is written."""

    text: str
    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.words)


NO_FILTER = Filter("")


class OwnView(NamedTuple):
    """A person's own view: a filter over a built-in one, and how it is looked at."""

    name: str
    view: str
    filter: str
    look: Look = STANDARD


VIEWS = (
    View("open", NP_("view", "open"), OPEN, "ticket_open"),
    View("mine", NP_("view", "mine"), f"{OPEN} AND assignee = :me", "ticket_held"),
    View("unassigned", NP_("view", "unassigned"), f"{OPEN} AND assignee IS NULL", "ticket_held"),
    View("overdue", NP_("view", "overdue"), f"{OPEN} AND urgency < :now", "ticket_open"),
    View(
        "at_risk",
        NP_("view", "at risk"),
        f"{OPEN} AND urgency >= :now AND urgency <= :horizon AND risk_at <= :now",
        "ticket_open",
    ),
    View("waiting", NP_("view", "waiting"), WAITING, "ticket_waiting"),
    View("to_accept", NP_("view", "to accept"), "status = 'resolved'", "ticket_resolved"),
    View("repeats", NP_("view", "repeats"), "repeat_of IS NOT NULL", "ticket_repeats"),
    View("all", NP_("view", "all"), "TRUE", "ticket_all"),
)

EVERYTHING = "all"
BY_NAME = {view.name: view for view in VIEWS}


def title(view: View) -> str:
    """The name of a view in the user's language."""
    return pgettext("view", view.title)
