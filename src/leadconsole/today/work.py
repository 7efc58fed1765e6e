"""The sections of Today that tickets make; read by the indexes of open tickets alone, so that the first frame has them.

Building bricks of queries, which check who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date, start_of_day
from leadconsole.tickets import agenda, queries, words
from leadconsole.tickets.agenda import Held
from leadconsole.tickets.rows import QueueRow
from leadconsole.today import rules
from leadconsole.today.lines import Line, Opens, Section, section
from leadconsole.today.rules import Moments, Rank

OWN = 15
"""So many of the own tickets are shown in the order to do them."""
NAMES = frozenset({"overdue", "at_risk", "unassigned", "tickets", "promises"})
"""The sections that are made here."""
FIRST = 30
"""So many of the own tickets are looked at for the first frame."""
GLANCE = 3
"""So many of each sort that a lead watches."""


def times_of(desk: Desk) -> Moments:
    """Now, and when the desk's local day ends."""
    zone = queries.timezone(desk)
    tomorrow = local_date(desk.now(), zone) + timedelta(days=1)
    return Moments(desk.now(), start_of_day(tomorrow, zone), zone)


def leads(desk: Desk) -> bool:
    """Whether this person watches the work of all."""
    return desk.actor.may(Capability.PLAN_COVER)


def sections(desk: Desk, *, counted: bool = True) -> Iterator[Section]:
    """What tickets ask of this person; without `counted` only what is shown is known, not how much there is."""
    times = times_of(desk)
    if leads(desk):
        yield _view(desk, "overdue", counted, times)
        yield _view(desk, "at_risk", counted, times)
        yield _view(desk, "unassigned", counted, times)
    yield from _own(desk, times, agenda.MOST if counted else FIRST)


def _own(desk: Desk, times: Moments, most: int) -> Iterator[Section]:
    held = agenda.held(desk, most)
    ordered = rules.in_order(held, times)
    mine = Opens("view", "mine")
    yield section("tickets", [_own_line(what, one, times) for what, one in ordered], OWN, opens=mine)
    promised = [one for one in held if one.promised is not None]
    promised.sort(key=lambda one: (one.promised or 0, one.row.number))
    yield section("promises", [promise(one, times) for one in promised], GLANCE, opens=mine)


def promise(one: Held, times: Moments) -> Line:
    """A ticket by what was promised for it."""
    broken = one.promised is not None and one.promised < times.now
    today = one.promised is not None and one.promised < times.day_ends
    what = Rank.BROKEN_PROMISE if broken else Rank.PROMISED_TODAY
    return _ticket(
        one.row,
        sign="!" if broken else "~" if today else "·",
        because=rules.because(what, one, times),
        when=rules.moment(one.promised, times),
        at=one.promised,
    )


def _own_line(what: Rank, one: Held, times: Moments) -> Line:
    row = one.row
    sign = {Rank.BROKEN_PROMISE: "!", Rank.PROMISED_TODAY: "~", Rank.UNANSWERED: "→"}.get(
        what, words.sign(row.state, row.paused)
    )
    if what in (Rank.BROKEN_PROMISE, Rank.PROMISED_TODAY):
        when, at = rules.moment(one.promised, times), one.promised
    else:
        when, at = _left(row), _due(row)
    return _ticket(row, sign=sign, because=rules.because(what, one, times), when=when, at=at)


def _view(desk: Desk, name: str, counted: bool, times: Moments) -> Section:
    rows = queries.page(desk, name, limit=GLANCE)
    total = queries.count(desk, name) if counted and len(rows) == GLANCE else len(rows)
    lines = [
        _ticket(row, sign=words.sign(row.state, row.paused), because=_watched(name, row), when=_left(row), at=_due(row))
        for row in rows
    ]
    return section(name, lines, total=total, opens=Opens("view", name))


def _watched(name: str, row: QueueRow) -> str:
    if name == "unassigned":
        told = rules.late(row) if row.state == "overdue" else rules.soon(row) if row.state == "at_risk" else ""
        return f"{_('Nobody has it.')} {told}".strip()
    told = rules.late(row) if name == "overdue" else rules.soon(row)
    return told if row.assignee else f"{told} {_('Nobody has it.')}"


def _ticket(row: QueueRow, *, sign: str, because: str, when: str, at: int | None) -> Line:
    """A line about a ticket."""
    return Line(
        row.subject,
        sign,
        because,
        when,
        number=row.number,
        client=row.client_name,
        who=row.assignee or "",
        at=at,
        opens=Opens("ticket", row.number),
    )


def _left(row: QueueRow) -> str:
    return "" if row.left is None else formats.working_time(row.left)


def _due(row: QueueRow) -> int | None:
    dues = [] if row.first_reply_at is not None else [row.first_reply_due]
    if row.status not in ("waiting_client", "waiting_third_party"):
        dues.append(row.resolution_due)
    return min((due for due in dues if due is not None), default=None)
