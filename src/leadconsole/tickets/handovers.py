"""Who handed tickets to whom, and how long each held them: what the ledger of a month is made of.

Pure decisions; the rules are domain.md («Bounce») and interchange.md, section 3 (handovers, returns). A holder is a
person by login or a line of support by number: the same questions are asked of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.tickets.rules import FINISHED, SOLVED, Calendar, Entry, Happening, Span, Start, Status

Holder = int | str
"""A line of support, or a login."""


class Transfer(NamedTuple):
    """One hand-over from person to person, or from line to line; `back` if the taker had held it earlier."""

    at: Instant
    giver: Holder
    taker: Holder
    back: bool
    entry: Entry
    """The event that did it."""


class Passed(NamedTuple):
    """A hand-over of a ticket as the ledger tells it: who recorded it, and the reason that was given."""

    number: int
    transfer: Transfer
    actor: str | None
    reason: str | None


class Holding(NamedTuple):
    """How long a holder held a ticket while its resolution clock ran, in working microseconds."""

    of: Holder
    number: int
    worked: int


@dataclass(slots=True)
class Account:
    """What a holder gave, took and gave back, and for how long tickets were held (working microseconds)."""

    of: Holder
    given: int = 0
    taken: int = 0
    returned: int = 0
    worked: int = 0


def transfers(start: Start, history: Sequence[Entry]) -> list[Transfer]:
    """The hand-overs in a full history (rules.full_history), people's and lines' together, in the order they came.

    Nobody in between and repeats are skipped, the first assignment is none. A finished ticket isn't work that is
    handed to anybody: who gets it then becomes its holder, but that is no hand-over.
    """
    found: list[Transfer] = []
    people: list[Holder] = [start.assignee] if start.assignee else []
    lines: list[Holder] = [start.line]
    status = Status.OPEN.value if start.status in SOLVED else start.status
    for entry in history:
        if entry.kind == Happening.ASSIGN:
            _pass_on(found, people, entry.value or None, start, entry, status)
        elif entry.kind == Happening.LINE and entry.value:
            _pass_on(found, lines, int(entry.value), start, entry, status)
        elif entry.kind == Happening.STATUS and entry.value:
            status = entry.value
        elif entry.kind == Happening.ACCEPT:
            status = Status.ACCEPTED
        elif entry.kind == Happening.REOPEN:
            status = entry.value or Status.OPEN
    return found


def _pass_on(
    found: list[Transfer], holders: list[Holder], to: Holder | None, start: Start, entry: Entry, status: str
) -> None:
    """Lengthen a chain of holders; the new link is a hand-over while the ticket is in work."""
    if to is None or (holders and holders[-1] == to):
        return
    if holders and status not in FINISHED:
        found.append(Transfer(max(entry.at, start.created), holders[-1], to, to in holders, entry))
    holders.append(to)


def holdings(number: int, spans: Iterable[Span], begin: Instant, end: Instant, calendar: Calendar) -> list[Holding]:
    """The working time between two moments in which each person and each line held the ticket."""
    sums: dict[Holder, int] = {}
    for span in spans:
        first = max(span.start, begin)
        last = end if span.end is None else min(span.end, end)
        if first < last:
            worked = calendar.elapsed(first, last)
            for holder in (span.line, span.who):
                if holder is not None:
                    sums[holder] = sums.get(holder, 0) + worked
    return [Holding(holder, number, worked) for holder, worked in sums.items() if worked]


def accounts(passed: Iterable[Transfer], held: Iterable[Holding]) -> tuple[Account, ...]:
    """The account of every line, then of every person, that gave, took or held anything; each by name."""
    found: dict[Holder, Account] = {}

    def of(holder: Holder) -> Account:
        account = found.get(holder)
        if account is None:
            account = found[holder] = Account(holder)
        return account

    for transfer in passed:
        giver = of(transfer.giver)
        giver.given += 1
        giver.returned += transfer.back
        of(transfer.taker).taken += 1
    for holding in held:
        of(holding.of).worked += holding.worked
    return tuple(found[holder] for holder in sorted(found, key=lambda one: (isinstance(one, str), one)))
