"""What a new desk still needs before its queue works, in the order in which a lead does it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """One of the first steps of a desk."""

    CLIENTS = "clients"
    NORMS = "norms"
    POLICY = "policy"
    TICKETS = "tickets"


class Begun(NamedTuple):
    """What a desk has already."""

    clients: bool
    """Somebody to work for."""
    norms: bool
    """Targets of some policy."""
    promised: bool
    """Some client has the policy of such a norm; without that no clock runs."""
    tickets: bool


def next_step(begun: Begun) -> Step | None:
    """The first step that is really missing; None once there are tickets: then the queue speaks for itself."""
    if begun.tickets:
        return None
    if not begun.clients:
        return Step.CLIENTS
    if not begun.norms:
        return Step.NORMS
    return Step.TICKETS if begun.promised else Step.POLICY
