"""What the Payout screen reads of a month, in a thread."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.payout import looks, queries
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Invoice, Past, SetAside


class Seen(NamedTuple):
    """What was read of a month; `counted` is None for who sees the invoices alone."""

    counted: Counted | None
    invoices: tuple[Invoice, ...]
    past: tuple[Past, ...] = ()
    reserve: tuple[SetAside, ...] = ()
    """What earlier months have set aside or drawn."""
    since: looks.Look | None = None
    news: tuple[looks.News, ...] = ()
    """What others have changed since the last look."""


def see(desk: Desk, month: Month, again: Seen | None) -> Seen:
    """Everything that this person may see of a month; `again` is what the same visit has seen of it before."""
    if not desk.actor.may(Capability.READ_PAYOUT):
        return Seen(None, tuple(queries.invoices(desk, month)))
    counted = queries.statement(desk, month)
    since = None
    if desk.actor.may(Capability.CHANGE_PAYOUT) and counted.closing is None:
        since = again.since if again is not None else looks.last_look(desk, month)
    return Seen(
        counted,
        tuple(queries.invoices(desk, month, counted)),
        tuple(queries.behind(desk, month)),
        tuple(queries.set_asides(desk, month)),
        since,
        tuple(looks.news(desk, month, since)) if since else (),
    )
