"""Reads of Today: at once what tickets ask, then everything; what is imported for the rest waits until it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import local_date, start_of_day
from leadconsole.tickets import agenda, queries
from leadconsole.today import work
from leadconsole.today.lines import Day, Head, Section
from leadconsole.today.rules import Moments

if TYPE_CHECKING:
    from leadconsole.today.serving import Next

_ORDER = (
    "acknowledge", "overdue", "promised", "at_risk", "unassigned", "tickets", "promises", "thin", "away", "stands_in",
    "meetings", "one_on_one", "approvals", "roster", "to_accept", "invoices", "payout", "norms", "learning",
)  # fmt: skip
"""What presses comes first; a specialist and a lead see the same order of what each has."""


FREE = 300
"""So many of the tickets that nobody has are looked at, in the order of the queue."""


@query(Capability.READ_TODAY)
def opening(desk: Desk) -> Day:
    """What tickets ask of this person, without counts: for the first frame, at any size of the desk."""
    if not desk.actor.may(Capability.READ_QUEUE):
        return Day(desk.now(), "UTC", Head(""), ())
    times = work.times_of(desk)
    head = Head(local_date(times.now, times.timezone).isoformat())
    return Day(times.now, times.timezone, head, _shown(work.sections(desk, counted=False)))


@query(Capability.READ_TODAY)
def day(desk: Desk) -> Day:
    """Everything that needs a decision of this person now; ask for it off the screen's loop."""
    from leadconsole.team.facts import settings
    from leadconsole.today import own

    may_work = desk.actor.may(Capability.READ_QUEUE)
    times = work.times_of(desk) if may_work else Moments(desk.now(), desk.now(), settings(desk.reader).timezone)
    head = own.head(desk, times)
    has_tickets = queries.begun(desk).tickets if may_work else True
    total = queries.count(desk, "open") if may_work else None
    return Day(times.now, times.timezone, head, _shown(_everything(desk, times)), has_tickets, total)


@query(Capability.READ_TODAY)
def again(desk: Desk, known: Day) -> Day:
    """A day with what tickets ask taken anew, cheap enough for every commit of others; all else as it was known."""
    if not desk.actor.may(Capability.READ_QUEUE):
        return known
    kept = (one for one in known.sections if one.name not in work.NAMES)
    total = queries.count(desk, "open")
    return known._replace(now=desk.now(), sections=_shown(chain(work.sections(desk), kept)), open_tickets=total)


@query(Capability.READ_QUEUE)
def upcoming(desk: Desk) -> Next | None:
    """The ticket that comes next for whoever asks, None when nothing is left."""
    from leadconsole.dispatch.queries import nearnesses
    from leadconsole.team.queries import workers
    from leadconsole.today import serving

    times = work.times_of(desk)
    day_begins = start_of_day(local_date(times.now, times.timezone), times.timezone)
    free = queries.page(desk, "unassigned", limit=FREE)
    lines = next((one.lines for one in workers(desk) if one.login == desk.actor.login), (1, 2, 3))
    return serving.following(
        agenda.held(desk),
        free,
        nearnesses(desk, {row.client for row in free}),
        lines,
        agenda.passed_over(desk, day_begins),
        times,
    )


def _everything(desk: Desk, times: Moments) -> Iterator[Section]:
    if desk.actor.may(Capability.READ_QUEUE):
        from leadconsole.today import own

        yield from work.sections(desk)
        yield from own.sections(desk, times)
    if work.leads(desk):
        from leadconsole.today import watch

        yield from watch.sections(desk, times)
    if desk.actor.may(Capability.READ_PAYOUT):
        from leadconsole.today import money

        yield from money.sections(desk)


def _shown(found: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that have something, in the order of the day."""
    return tuple(sorted((one for one in found if one.lines), key=lambda one: _ORDER.index(one.name)))
