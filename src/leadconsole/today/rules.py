"""In which order a person does the own tickets, and why each stands where it does; pure decisions.

The order of the queue decides inside a rank (the running clock that is due next, then priority, then number); what
nobody measures, a promise or a client without an answer, comes before tickets that have time.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _
from leadconsole.tickets import words
from leadconsole.tickets.agenda import Held
from leadconsole.tickets.rows import QueueRow


class Rank(IntEnum):
    """What presses about a ticket, most pressing first."""

    OVERDUE = 0
    BROKEN_PROMISE = 1
    AT_RISK = 2
    PROMISED_TODAY = 3
    UNANSWERED = 4
    WAIT_OVER = 5
    RUNNING = 6
    NO_NORM = 7
    PARKED = 8
    """Waits for somebody else: nothing to do today."""


class Moments(NamedTuple):
    """Now, when the local day ends, and in which time zone it is told."""

    now: Instant
    day_ends: Instant
    timezone: str


def rank(held: Held, times: Moments) -> Rank:
    """What presses most about a ticket."""
    row, promised = held.row, held.promised
    if row.state == "overdue":
        return Rank.OVERDUE
    if promised is not None and promised < times.now:
        return Rank.BROKEN_PROMISE
    if row.state == "at_risk":
        return Rank.AT_RISK
    if promised is not None and promised < times.day_ends:
        return Rank.PROMISED_TODAY
    if held.unanswered:
        return Rank.UNANSWERED
    if row.paused:
        over = held.wait_until is not None and held.wait_until <= times.now
        return Rank.WAIT_OVER if over else Rank.PARKED
    return Rank.RUNNING if row.left is not None else Rank.NO_NORM


def in_order(held: Iterable[Held], times: Moments) -> list[tuple[Rank, Held]]:
    """The tickets in the order to do them; parked ones are left out."""
    ranked = [(rank(one, times), one) for one in held]
    return sorted((pair for pair in ranked if pair[0] != Rank.PARKED), key=_place)


def _place(pair: tuple[Rank, Held]) -> tuple[int, int, tuple[int, int, int]]:
    what, one = pair
    by_promise = what in (Rank.BROKEN_PROMISE, Rank.PROMISED_TODAY)
    return what, (one.promised or 0) if by_promise else 0, one.row.place


def because(what: Rank, held: Held, times: Moments) -> str:
    """Why a ticket stands where it does, in one sentence."""
    row = held.row
    if what == Rank.OVERDUE:
        return late(row)
    if what == Rank.AT_RISK:
        return soon(row)
    if what == Rank.BROKEN_PROMISE:
        return _("Promised for {when}; that has passed.").format(when=moment(held.promised, times))
    if what == Rank.PROMISED_TODAY:
        return _("Promised for {when}.").format(when=moment(held.promised, times))
    if what == Rank.UNANSWERED:
        return _("The client wrote after the last reply and waits for an answer.")
    if what == Rank.WAIT_OVER:
        return _("It waited until {when}; now it goes on.").format(when=moment(held.wait_until, times))
    if what == Rank.PARKED:
        return _("It waits: {status}.").format(status=words.status(row.status))
    if row.left is None:
        return _("No norm runs; priority {priority}.").format(priority=words.priority(row.priority))
    left = formats.working_time(row.left)
    if row.first_reply_at is None:
        return _("{left} of working time until the first reply is due.").format(left=left)
    return _("{left} of working time left.").format(left=left)


def late(row: QueueRow) -> str:
    """By how much an overdue ticket is late, and with what."""
    left = formats.working_time(row.left or 0).removeprefix("-")
    if _reply_runs(row):
        return _("Overdue by {time} of working time: nobody has replied yet.").format(time=left)
    return _("Overdue by {time} of working time: it should be resolved.").format(time=left)


def soon(row: QueueRow) -> str:
    """How much time a ticket at risk has, and until what."""
    left = formats.working_time(row.left or 0)
    if _reply_runs(row):
        return _("At risk: {time} of working time until the first reply is due.").format(time=left)
    return _("At risk: {time} of working time until the norm is missed.").format(time=left)


def _reply_runs(row: QueueRow) -> bool:
    """Whether it is the first reply that is due next."""
    due = row.first_reply_due
    return row.first_reply_at is None and due is not None and due == row.place[0]


def moment(at: Instant | None, times: Moments) -> str:
    """A moment as it is told from now."""
    return "" if at is None else formats.short(at, times.timezone, times.now)
