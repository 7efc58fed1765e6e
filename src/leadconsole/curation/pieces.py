"""How an absence of whoever leads a client can be bridged: who in which order, in the fewest pieces.

A piece goes from the first to the last working day on which it is needed and spans the days off between; the first and
the last one reach to the ends of the absence (interchange.md, `cover`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

MOST_WAYS = 4096
"""So many ways to bridge one absence are weighed against each other."""


class Piece(NamedTuple):
    """Somebody stands in from one day to another, both included."""

    login: str
    first: str
    last: str


class Away(NamedTuple):
    """An unbroken time in which a lead is away: its ends, and its working days with who could stand in on each."""

    first: str
    last: str
    days: Sequence[tuple[str, frozenset[str]]]


Way = tuple[Piece, ...]


def ways(absences: Sequence[Away]) -> list[Way]:
    """Every way to bridge these absences in the fewest pieces, by logins; days with nobody stay open."""
    parts = [found for one in absences for run in _runs(one) if (found := _ways_of(one, run))]
    made = [tuple(piece for part in chosen for piece in part) for chosen in _some(parts)]
    return sorted(made, key=logins) if made != [()] else []


def logins(way: Way) -> tuple[str, ...]:
    """Who stands in, piece by piece."""
    return tuple(piece.login for piece in way)


def _some(parts: Sequence[list[Way]]) -> Sequence[tuple[Way, ...]]:
    """All combinations, or where they are too many those of the first few of each part."""
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST_WAYS:
        parts = [part[: max(1, int(MOST_WAYS ** (1 / len(parts))))] for part in parts]
    return list(product(*parts))


def _runs(one: Away) -> list[tuple[int, int]]:
    """Stretches of working days on each of which somebody could stand in, as first and last place."""
    found: list[tuple[int, int]] = []
    for place, (_day, able) in enumerate(one.days):
        if able and found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        elif able:
            found.append((place, place))
    return found


def _ways_of(one: Away, run: tuple[int, int]) -> list[Way]:
    """The ways over one run: each piece reaches as far as its person is there, so no way has fewer."""
    begin, end = run
    fewest: dict[int, int] = {end + 1: 0}
    reach: dict[int, Mapping[str, int]] = {}
    ends: dict[str, int] = {}
    for place in range(end, begin - 1, -1):
        able = one.days[place][1]
        ends = {login: ends.get(login, place) for login in able}
        reach[place] = ends
        fewest[place] = 1 + min(fewest[last + 1] for last in ends.values())
    found: list[Way] = []
    _walk(one, run, begin, (), fewest, reach, found)
    return found


def _walk(
    one: Away,
    run: tuple[int, int],
    place: int,
    sofar: Way,
    fewest: Mapping[int, int],
    reach: Mapping[int, Mapping[str, int]],
    found: list[Way],
) -> None:
    if place > run[1]:
        found.append(sofar)
        return
    for login, last in sorted(reach[place].items()):
        if len(found) < MOST_WAYS and fewest[last + 1] == fewest[place] - 1:
            first_day = one.first if place == 0 else one.days[place][0]
            last_day = one.last if last == len(one.days) - 1 else one.days[last][0]
            _walk(one, run, last + 1, (*sofar, Piece(login, first_day, last_day)), fewest, reach, found)
