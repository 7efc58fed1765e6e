"""Who should take a ticket, as a pure decision: whoever works its line and has the least to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadconsole.kernel.i18n import ngettext

MOST = 3
"""How many people are suggested."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who works today: the lines worked and how many open tickets are held."""

    login: str
    lines: tuple[int, ...]
    open_tickets: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could take the ticket, and why in the user's language."""

    login: str
    because: str


def suggested(line: int, candidates: Iterable[Candidate]) -> tuple[Suggestion, ...]:
    """Up to `MOST` people of the line, the one with the fewest open tickets first, then by login."""
    of_line = sorted((one for one in candidates if line in one.lines), key=lambda one: (one.open_tickets, one.login))
    return tuple(
        Suggestion(
            one.login,
            ngettext("line {line}, {n} open ticket", "line {line}, {n} open tickets", one.open_tickets).format(
                line=line, n=one.open_tickets
            ),
        )
        for one in of_line[:MOST]
    )
