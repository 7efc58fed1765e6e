"""A row of the table `ticket`, read as a line of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadconsole.kernel.clock import Instant
from leadconsole.tickets import rules
from leadconsole.tickets.caches import Clockwork
from leadconsole.tickets.rows import QueueRow

FIELDS = (
    "t.number, t.client, c.name, t.requester, t.subject, t.kind, t.priority, t.line, t.status, t.assignee, t.created,"
    " t.first_reply_due, t.first_reply_at, t.resolution_due, t.resolved_at, t.accepted_at, t.handovers, t.returns,"
    " t.pingpongs, t.line_pushbacks, t.reopens, t.repeat_of, t.price, t.version, t.urgency, t.priority_order,"
    " t.risk_at, t.verdict, t.resolution_left, t.channel, t.estimate_minutes, t.promised, t.wait_until, t.tags,"
    " c.calendar"
)
"""What is read of a ticket `t` and its client `c`, in the order in which `row_of` takes it."""


def row_of(row: Sequence[Any], clockwork: Clockwork, now: Instant) -> QueueRow:
    """The line of a ticket at a moment, from the columns of FIELDS."""
    (number, client, name, requester, subject, kind, priority, line, status, assignee, created, reply_due, reply_at,
     due, resolved_at, accepted_at, handovers, returns, pingpongs, pushbacks, reopens, repeat_of, price, version,
     urgency, priority_order, risk_at, verdict, resolution_left, channel, estimate, promised, wait_until, tags,
     calendar_name) = row  # fmt: skip
    calendar = clockwork.calendars.of(calendar_name)
    paused = status if status in rules.WAITING else None
    if paused and due is None and resolution_left is not None:
        due = calendar.due(now, resolution_left)
    left: int | None = None
    if urgency != rules.NEVER:
        left = calendar.elapsed(now, urgency) if urgency >= now else -calendar.elapsed(urgency, now)
    elif paused:
        left = resolution_left
    return QueueRow(
        number, client, name, requester, subject, kind, priority, line, status, assignee, created, reply_due, reply_at,
        due, resolved_at, accepted_at, paused, rules.state_at(now, status, verdict, urgency, risk_at), handovers,
        returns, pingpongs, pushbacks, reopens, repeat_of, price, version, channel, estimate, promised, wait_until,
        tags, left, (urgency, priority_order, number),
    )  # fmt: skip
