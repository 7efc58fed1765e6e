"""How a view is looked at: which columns it has, and by which of them it is sorted."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.tickets.rules import NEVER

BUILT_IN = ("client", "priority", "subject", "line", "assignee", "status", "age", "left")
"""The columns of the built-in views, after sign and number, which every view has."""

ORDERS = {
    "number": "number",
    "client": "(SELECT folded(name) FROM client WHERE code = ticket.client)",
    "requester": "folded(requester)",
    "subject": "subject_key",
    "kind": "CASE kind WHEN 'incident' THEN 1 WHEN 'consultation' THEN 2 WHEN 'task' THEN 3 ELSE 4 END",
    "channel": "channel",
    "priority": "priority_order",
    "line": "line",
    "assignee": "assignee",
    "status": "CASE status WHEN 'new' THEN 1 WHEN 'open' THEN 2 WHEN 'waiting_client' THEN 3"
    " WHEN 'waiting_third_party' THEN 4 WHEN 'resolved' THEN 5 WHEN 'accepted' THEN 6 ELSE 7 END",
    "age": "-created",
    "left": f"nullif(urgency, {NEVER})",
    "promised": "promised",
    "wait": "wait_until",
    "estimate": "estimate_minutes",
    "price": "price",
    "tags": "folded(tags)",
    "handovers": "handovers",
    "reopens": "reopens",
}
"""Every column that there is, with what sorts by it; a ticket that has nothing there stands last."""

URGENCY = "urgency, priority_order, number"


class Look(NamedTuple):
    """Columns after sign and number (none: those of the built-in views), and the one that sorts.

    A minus before it turns it around; nothing is the order of the built-in views: what is due next first.
    """

    columns: tuple[str, ...] = ()
    sort: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns, left to right."""
        return self.columns or BUILT_IN

    @property
    def by(self) -> str:
        """The column that sorts, or nothing."""
        return self.sort.removeprefix("-")

    @property
    def backwards(self) -> bool:
        """Whether the highest comes first."""
        return self.sort.startswith("-")

    @property
    def kept(self) -> tuple[str, str]:
        """Columns and order as a desk keeps them; the built-in columns are kept as nothing."""
        return "" if self.shown == BUILT_IN else " ".join(self.columns), self.sort


STANDARD = Look()


def read(columns: str, sort: str) -> Look:
    """A look as it was kept; a column that isn't known (any more) is left out."""
    known = tuple(name for name in dict.fromkeys(columns.split()) if name in ORDERS and name != "number")
    return Look(known, sort if sort.removeprefix("-") in ORDERS else "")


def refuse_unknown(look: Look) -> None:
    """Refuse what `read` would leave out."""
    for name in (*look.columns, look.by):
        if name and name not in ORDERS:
            raise Refused(_("There is no column «{name}».").format(name=name[:40]), code="unknown_column")


def order(sort: str) -> str:
    """The ORDER BY of a sort: what has nothing there last, and among equals what is due next first."""
    by = ORDERS[sort.removeprefix("-")]
    return f"{by} IS NULL, {by}{' DESC' if sort.startswith('-') else ''}, {URGENCY}"
