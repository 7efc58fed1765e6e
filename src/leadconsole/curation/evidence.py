"""Which level the tickets speak for, as a pure decision with stated thresholds.

The lead of a client without one is whoever worked on most of its tickets (of equals the last in contact); a curator has
worked on `CURATES` of them or more, or on half of them with two at least; one ticket is a beginning. A lead that was
appointed is never proposed away, and nobody is proposed a lower level than he has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leadconsole.curation.rules import LEVELS

CURATES = 3
"""From so many tickets on somebody knows a client well enough to pick up an urgent task."""
HALF_OF = 2
"""Or from so many on, if they are half of the client's."""


class Seen(NamedTuple):
    """What one person has had to do with one client: so many of so many tickets, and when last."""

    login: str
    tickets: int
    of: int
    last: int


def proposed(seen: Sequence[Seen], held: Mapping[str, str]) -> dict[str, str]:
    """By login the level that the evidence speaks for, where it is higher than the one held."""
    has_lead = "lead" in held.values()
    first = max(seen, key=lambda one: (one.tickets, one.last, one.login), default=None)
    found = {}
    for one in seen:
        if one is first and not has_lead:
            level = "lead"
        elif one.tickets >= CURATES or (one.tickets >= HALF_OF and 2 * one.tickets >= one.of):
            level = "curator"
        else:
            level = "learning"
        now = held.get(one.login)
        if now is None or LEVELS.index(level) > LEVELS.index(now):
            found[one.login] = level
    return found
