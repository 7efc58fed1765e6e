"""Which events of a ticket count, and in which order they act: undone ones don't, columns stand for a short history.

Pure decisions; the rules are interchange.md, section 2 (ticket_events.csv).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.tickets.terms import SOLVED, Happening, Priority, Status


class Start(NamedTuple):
    """The values from which the events run: the columns of tickets.csv."""

    created: Instant
    status: str = Status.NEW
    assignee: str | None = None
    line: int = 1
    priority: str = Priority.NORMAL
    first_reply: Instant | None = None
    resolved: Instant | None = None
    accepted: Instant | None = None


class Entry(NamedTuple):
    """One event of a ticket's history."""

    at: Instant
    seq: int
    kind: str
    value: str | None = None


def undone(entries: Iterable[Entry]) -> set[tuple[Instant, int]]:
    """The (at, seq) of entries that don't count: the undone ones and the undos themselves.

    The newest undo always holds; an undo that is itself undone (a redo) does nothing. A seq that stands in a file
    several times means the last entry before the undo that carries it, or where there is none, the last of all.
    """
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.seq))
    by_seq: dict[str, list[Entry]] = {}
    for entry in ordered:
        by_seq.setdefault(str(entry.seq), []).append(entry)
    gone: set[tuple[Instant, int]] = set()
    for entry in reversed(ordered):
        if entry.kind != Happening.UNDO:
            continue
        place = (entry.at, entry.seq)
        if place not in gone:
            meant = [one for one in by_seq.get(entry.value or "", ()) if one is not entry]
            earlier = [one for one in meant if (one.at, one.seq) < place]
            if meant:
                target = (earlier or meant)[-1]
                gone.add((target.at, target.seq))
        gone.add(place)
    return gone


def effective(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that count, in the order in which they act."""
    gone = undone(entries) if any(entry.kind == Happening.UNDO for entry in entries) else frozenset()
    return sorted(
        (entry for entry in entries if (entry.at, entry.seq) not in gone),
        key=lambda entry: (entry.at, entry.seq),
    )


def minimal_history(start: Start) -> list[Entry]:
    """The entries that the columns of a ticket stand for: its first reply, resolution and acceptance."""
    entries = []
    if start.first_reply is not None:
        entries.append(Entry(max(start.first_reply, start.created), 0, Happening.REPLY))
    if start.status in SOLVED:
        resolved = next(at for at in (start.resolved, start.accepted, start.created) if at is not None)
        entries.append(Entry(resolved, 0, Happening.STATUS, Status.RESOLVED))
        if start.status == Status.ACCEPTED:
            accepted = resolved if start.accepted is None else start.accepted
            entries.append(Entry(max(accepted, resolved), 0, Happening.ACCEPT))
    return entries


def full_history(start: Start, entries: Sequence[Entry]) -> list[Entry]:
    """The minimal history and the effective entries together, in the order in which they act."""
    given = minimal_history(start)
    counted = effective(entries)
    return sorted([*given, *counted], key=lambda entry: (entry.at, entry.seq)) if given else counted
