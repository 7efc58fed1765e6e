"""Who leads, curates or learns a client on a day, as pure decisions (domain.md, interchange.md curation.csv).

Dates are ISO text, which sorts; both ends of a span are inclusive and a missing end is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

LEVELS = ("learning", "curator", "lead")
"""Lowest first: learning < curator < lead."""
COVERS = frozenset({"curator", "lead"})
"""The levels at which somebody can pick up an urgent task."""
GAINS = frozenset({"lead", "specialist", "contractor"})
"""The roles whose people may gain a client."""
STEPS = ("introduction", "access", "open_work", "quirks", "done")
"""The steps of a handover of leading (domain.md), in their order."""
SAFE_DEPTH = 2
"""With so many people who cover it a client survives any one absence (interchange.md, `cover --depth`)."""
FOREVER = "9999-12-31"


class Row(NamedTuple):
    """One row of curation.csv."""

    client: str
    login: str
    since: str
    level: str
    until: str | None = None


class Stretch(NamedTuple):
    """A level that holds from one day to another, both included."""

    first: str
    last: str
    level: str


def day_before(day: str) -> str:
    """The ISO day before another."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The ISO day after another."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def status_on(status: str, started: str | None, ended: str | None, day: str, today: str) -> str:
    """What a client was or will be on a day, as far as its dates tell: today what its status says."""
    if day == today:
        return status
    if (started is not None and started > day) or (ended is not None and ended < day):
        return "left"
    return "active" if status == "left" and ended is not None else status


def row_on(rows: Iterable[Row], day: str) -> Row | None:
    """The row of one client and person that holds on a day: the latest begun by it, if it hasn't ended."""
    latest = max((row for row in rows if row.since <= day), key=lambda row: row.since, default=None)
    return latest if latest is not None and (latest.until is None or day <= latest.until) else None


def stretches(rows: Iterable[Row], started: str | None = None, ended: str | None = None) -> list[Stretch]:
    """When one person held which level of one client, in order; who isn't employed counts nowhere."""
    ordered = sorted(rows, key=lambda row: row.since)
    found = []
    for place, row in enumerate(ordered):
        last = row.until or FOREVER
        if place + 1 < len(ordered):
            last = min(last, day_before(ordered[place + 1].since))
        first = max(row.since, started or row.since)
        last = min(last, ended or last)
        if first <= last:
            found.append(Stretch(first, last, row.level))
    return found


class Clash(NamedTuple):
    """Two people lead one client from one day to another."""

    one: str
    other: str
    first: str
    last: str


def clashes(leading: Mapping[str, Sequence[Stretch]]) -> list[Clash]:
    """Where two people lead the same client at once; `leading` has each person's stretches."""
    spans = sorted(
        (stretch.first, stretch.last, login)
        for login, held in leading.items()
        for stretch in held
        if stretch.level == "lead"
    )
    found = []
    for place, (first, last, login) in enumerate(spans):
        for other_first, other_last, other in spans[place + 1 :]:
            if other_first > last:
                break
            if other != login:
                found.append(Clash(login, other, max(first, other_first), min(last, other_last)))
    return found
