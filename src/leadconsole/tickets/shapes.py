"""The interchange files of tickets (interchange.md, section 2): tickets.csv and ticket_events.csv."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import (
    LINE,
    LOGIN,
    PRICE,
    TEXT,
    TIME,
    Column,
    Reading,
    Shape,
    choice,
    hours,
    whole,
)
from leadconsole.tickets import rules

STATUS = choice(*(status.value for status in rules.Status))
PRIORITY = choice(*(priority.value for priority in rules.Priority))
KIND = choice(*(kind.value for kind in rules.Kind))
CHANNEL = choice(*(channel.value for channel in rules.Channel))
SUPPORT_LINE = whole(1, 3)
NUMBER = whole(1, 10**15)


def _status_of_times(row: dict[str, Any]) -> None:
    """Without a status the times speak: an accepted ticket is accepted, a resolved one resolved."""
    if row["start_accepted"] is not None and row["start_accepted"] < row["created"]:
        raise Refused(
            _("A ticket can't be accepted before it was created."), code="accepted_before_created", field="accepted"
        )
    if row["start_status"] is None:
        if row["start_accepted"] is not None:
            row["start_status"] = rules.Status.ACCEPTED.value
        elif row["start_resolved"] is not None:
            row["start_status"] = rules.Status.RESOLVED.value
        else:
            row["start_status"] = rules.Status.NEW.value


TICKETS = Shape(
    "tickets",
    "ticket",
    (
        Column("number", NUMBER, required=True, key=True),
        Column("client", LINE, required=True, refers="client"),
        Column("subject", LINE, required=True),
        Column("created", TIME, required=True),
        Column("requester", LINE),
        Column("body", TEXT),
        Column("kind", KIND, default="incident"),
        Column("priority", PRIORITY, default="normal", stored_as="start_priority"),
        Column("line", SUPPORT_LINE, default=1, stored_as="start_line"),
        Column("status", STATUS, stored_as="start_status"),
        Column("assignee", LOGIN, stored_as="start_assignee", refers="person"),
        Column("channel", CHANNEL),
        Column("estimate_hours", hours(100_000), stored_as="estimate_minutes"),
        Column("price", PRICE),
        Column("agreed", TIME),
        Column("first_reply", TIME, stored_as="start_first_reply"),
        Column("resolved", TIME, stored_as="start_resolved"),
        Column("accepted", TIME, stored_as="start_accepted"),
        Column("promised", TIME),
        Column("wait_until", TIME),
        Column("resolution_code", LINE),
        Column("tags", LINE),
    ),
    _status_of_times,
)

_VALUE_OF = {
    "status": STATUS,
    "assign": LOGIN,
    "line": SUPPORT_LINE,
    "priority": PRIORITY,
    "time": whole(0, 1_000_000),
    "reopen": STATUS,
    "undo": NUMBER,
}
_MUST_HAVE_VALUE = frozenset({"status", "line", "priority", "time", "undo"})
_NO_ZONE = Reading("UTC")


def _event_value(row: dict[str, Any]) -> None:
    """The value fits the kind: a status, a login (empty: nobody), a line, a priority, minutes, an undone seq."""
    kind, value = row["kind"], row["value"]
    if value is None:
        if kind in _MUST_HAVE_VALUE:
            raise Refused(
                _("An event of the kind {kind} needs a value.").format(kind=kind),
                code="missing",
                field="value",
            )
        return
    if kind not in _VALUE_OF:
        row["value"] = None
        return
    try:
        row["value"] = str(_VALUE_OF[kind].read(value, _NO_ZONE))
    except Refused as refusal:
        refusal.field = "value"
        raise


TICKET_EVENTS = Shape(
    "ticket_events",
    "event",
    (
        Column("ticket", NUMBER, required=True, key=True, stored_as="key", refers="ticket"),
        Column("at", TIME, required=True, key=True),
        Column("seq", whole(0, 10**12), required=True, key=True),
        Column("actor", LINE),
        Column("kind", choice(*(kind.value for kind in rules.Happening)), required=True),
        Column("value", LINE),
        Column("text", TEXT),
    ),
    _event_value,
)

SHAPES = (TICKETS, TICKET_EVENTS)
