"""The words of a ticket's life: its statuses, kinds, priorities, channels, and what can happen to it."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The life of a ticket (domain.md): resolved is the specialist's word, accepted the client's."""

    NEW = "new"
    OPEN = "open"
    WAITING_CLIENT = "waiting_client"
    WAITING_THIRD_PARTY = "waiting_third_party"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"
    CLOSED_REJECTED = "closed_rejected"


class Kind(StrEnum):
    """What sort of request it is; a task is paid work."""

    INCIDENT = "incident"
    CONSULTATION = "consultation"
    TASK = "task"
    PROJECT = "project"


class Priority(StrEnum):
    """How pressing, most pressing last as people write it; PRIORITY_ORDER sorts."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Channel(StrEnum):
    """How the request came in."""

    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    VISIT = "visit"
    IMPORT = "import"


class Happening(StrEnum):
    """The kinds of ticket events that interchange.md names."""

    MESSAGE_IN = "message_in"
    REPLY = "reply"
    NOTE = "note"
    STATUS = "status"
    ASSIGN = "assign"
    LINE = "line"
    PRIORITY = "priority"
    TIME = "time"
    ACCEPT = "accept"
    REOPEN = "reopen"
    UNDO = "undo"


SKIPPED = "skipped"
"""A happening of this desk alone: whoever was served a ticket passed it over."""
LINES = (1, 2, 3)
PRIORITY_ORDER = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}
WAITING = frozenset({Status.WAITING_CLIENT, Status.WAITING_THIRD_PARTY})
SOLVED = frozenset({Status.RESOLVED, Status.ACCEPTED})
FINISHED = SOLVED | {Status.CLOSED_REJECTED}
