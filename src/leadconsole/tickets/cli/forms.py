"""A ticket as JSON: the stable keys of interchange.md, section 3."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leadconsole.dispatch.rules import Suggestion
from leadconsole.kernel.clock import MINUTE, Instant
from leadconsole.kernel.money import plain
from leadconsole.kernel.period import iso
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.story import Moment, TicketStory


def row(one: QueueRow, timezone: str) -> dict[str, Any]:
    """A line of the queue."""
    return {
        "number": one.number,
        "client": one.client,
        "requester": one.requester,
        "subject": one.subject,
        "kind": one.kind,
        "priority": one.priority,
        "line": one.line,
        "status": one.status,
        "assignee": one.assignee,
        "created": iso(one.created, timezone),
        "first_reply_due": _time(one.first_reply_due, timezone),
        "first_reply_at": _time(one.first_reply_at, timezone),
        "resolution_due": _time(one.resolution_due, timezone),
        "resolved_at": _time(one.resolved_at, timezone),
        "accepted_at": _time(one.accepted_at, timezone),
        "paused": one.paused,
        "state": one.state,
        "handovers": one.handovers,
        "returns": one.returns,
        "pingpongs": one.pingpongs,
        "line_pushbacks": one.line_pushbacks,
        "reopens": one.reopens,
        "repeat_of": one.repeat_of,
        "price": None if one.price is None else plain(one.price),
        "version": one.version,
    }


def story(one: TicketStory, suggestions: Iterable[Suggestion], timezone: str) -> dict[str, Any]:
    """A ticket with its text, timeline, holders and who could take it."""
    return row(one.row, timezone) | {
        "body": one.body,
        "channel": one.channel,
        "tags": one.tags,
        "spent_minutes": one.spent_minutes,
        "timeline": [_moment(moment, timezone) for moment in one.timeline],
        "related": [{"number": other.number, "how": other.how, "subject": other.subject} for other in one.related],
        "held": [{"who": held.who, "line": held.line, "minutes": minutes(held.worked)} for held in one.held],
        "suggested": [
            {
                "login": person.login,
                "because": person.because,
                **({} if person.beside is None else {"beside": person.beside}),
            }
            for person in suggestions
        ],
    }


def minutes(microseconds: int) -> int | float:
    """Minutes of a stretch of time: whole where it is, else with two decimals."""
    hundredths = (microseconds * 200 + MINUTE) // (2 * MINUTE)
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def _time(at: Instant | None, timezone: str) -> str | None:
    return None if at is None else iso(at, timezone)


def _moment(one: Moment, timezone: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "at": iso(one.at, timezone),
        "actor": one.actor,
        "kind": one.kind,
        "value": one.value,
        "text": one.text,
        "seq": one.seq,
    }
    if one.ticket is not None:
        told["ticket"] = one.ticket
    if one.moved_to is not None:
        told["moved_to"] = one.moved_to
    return told | {"undone": True} if one.undone else told
