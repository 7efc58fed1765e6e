"""What the queue shows of a ticket in a line."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.clock import Instant


class QueueRow(NamedTuple):
    """A ticket as a line of a view; `left` is working time until the next due moment (negative: late)."""

    number: int
    client: str
    client_name: str
    requester: str | None
    subject: str
    kind: str
    priority: str
    line: int
    status: str
    assignee: str | None
    created: Instant
    first_reply_due: Instant | None
    first_reply_at: Instant | None
    resolution_due: Instant | None
    resolved_at: Instant | None
    accepted_at: Instant | None
    paused: str | None
    state: str | None
    handovers: int
    returns: int
    pingpongs: int
    line_pushbacks: int
    reopens: int
    repeat_of: int | None
    price: int | None
    version: int
    channel: str | None
    estimate_minutes: int | None
    promised: Instant | None
    wait_until: Instant | None
    tags: str | None
    left: int | None
    place: tuple[int, int, int]
    """Urgency, priority, number: where the row stands in the order, and what the next page starts from."""
