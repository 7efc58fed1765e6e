"""The words in which people are told of a ticket: statuses, priorities, kinds, what happened."""

from __future__ import annotations

from leadconsole.kernel.i18n import N_, NP_, _, pgettext

_STATUS = {
    "new": NP_("status", "new"),
    "open": NP_("status", "open"),
    "waiting_client": NP_("status", "waiting for the client"),
    "waiting_third_party": NP_("status", "waiting for others"),
    "resolved": NP_("status", "resolved"),
    "accepted": NP_("status", "accepted"),
    "closed_rejected": NP_("status", "rejected"),
}
_STATUS_SHORT = {
    "new": NP_("status, 9 letters", "new"),
    "open": NP_("status, 9 letters", "open"),
    "waiting_client": NP_("status, 9 letters", "wait cl."),
    "waiting_third_party": NP_("status, 9 letters", "wait 3rd"),
    "resolved": NP_("status, 9 letters", "resolved"),
    "accepted": NP_("status, 9 letters", "accepted"),
    "closed_rejected": NP_("status, 9 letters", "rejected"),
}
_PRIORITY = {
    "low": NP_("priority", "low"),
    "normal": NP_("priority", "normal"),
    "high": NP_("priority", "high"),
    "urgent": NP_("priority", "urgent"),
}
_KIND = {
    "incident": N_("incident"),
    "consultation": N_("consultation"),
    "task": N_("task"),
    "project": N_("project"),
}
_CHANNEL = {
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "chat": N_("chat"),
    "visit": N_("visit"),
    "import": N_("imported"),
}
_HAPPENED = {
    "message_in": N_("message of the client"),
    "reply": N_("reply"),
    "note": N_("note"),
    "status": N_("change of status"),
    "assign": N_("assignment"),
    "line": N_("change of line"),
    "priority": N_("change of priority"),
    "time": N_("time worked"),
    "accept": N_("acceptance"),
    "reopen": N_("reopening"),
    "undo": N_("undo"),
    "created": N_("creation"),
    "changed": N_("correction"),
    "skipped": N_("passing over"),
    "linked": N_("link"),
    "unlinked": N_("end of a link"),
    "merged_into": N_("merged into another ticket"),
    "takes_in": N_("merged with another ticket"),
    "released": N_("taken out of another ticket"),
    "lets_go": N_("another ticket was taken out"),
    "split_off": N_("split"),
    "split_from": N_("split from another ticket"),
}
_RELATED = {
    "merged_into": N_("goes on there"),
    "merged": N_("merged into this"),
    "split_from": N_("was one with this"),
    "split_off": N_("split off"),
    "related": N_("related"),
    "repeats": N_("repeated by this"),
    "earlier": N_("earlier"),
}
_FIELD = {
    "status": N_("the status"),
    "assignee": N_("the assignee"),
    "line": N_("the line"),
    "priority": N_("the priority"),
    "client": N_("the client"),
    "subject": N_("the subject"),
    "requester": N_("who asked"),
    "body": N_("the text"),
    "kind": N_("the kind"),
    "channel": N_("the channel"),
    "estimate_hours": N_("the estimate"),
    "price": N_("the price"),
    "agreed": N_("the agreement"),
    "promised": N_("the promise"),
    "wait_until": N_("the day it waits for"),
    "resolution_code": N_("the outcome"),
    "tags": N_("the tags"),
}


def status(name: str) -> str:
    """A status in words."""
    return pgettext("status", _STATUS[name]) if name in _STATUS else name


def status_short(name: str) -> str:
    """A status in at most nine letters, for a column."""
    return pgettext("status, 9 letters", _STATUS_SHORT[name]) if name in _STATUS_SHORT else name


def priority(name: str) -> str:
    """A priority in words."""
    return pgettext("priority", _PRIORITY[name]) if name in _PRIORITY else name


def kind(name: str) -> str:
    """A kind of ticket in words."""
    return _(_KIND[name]) if name in _KIND else name


def channel(name: str) -> str:
    """How a request came in, in words."""
    return _(_CHANNEL[name]) if name in _CHANNEL else name


def happened(name: str) -> str:
    """What an event was, in words."""
    return _(_HAPPENED[name]) if name in _HAPPENED else name


def related(how: str) -> str:
    """How another ticket belongs to this one, in two or three words."""
    return _(_RELATED[how])


def field(name: str) -> str:
    """What a command sets, in words."""
    return _(_FIELD[name]) if name in _FIELD else name


def value(field_name: str, stored: object) -> str:
    """A value of a field in words; nobody and nothing is a dash."""
    if stored is None or stored == "":
        return "—"
    if field_name == "status":
        return status(str(stored))
    if field_name == "priority":
        return priority(str(stored))
    return str(stored)


SIGNS = {"overdue": "!", "at_risk": "~", "met": "✓", "missed": "✗"}
PAUSED = "‖"
NOTHING = "·"


def sign(state: str | None, paused: str | None) -> str:
    """The sign in front of a ticket: overdue, at risk, paused, met, missed, or nothing special."""
    if state in ("overdue", "at_risk"):
        return SIGNS[state]
    if paused:
        return PAUSED
    return SIGNS.get(state or "", NOTHING)
