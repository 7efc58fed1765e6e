"""Who is counted for which line: everybody once, as many needs met as can be (a matching)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from leadconsole.roster.rules.month import ANY_LINE, Span, Stretch

LineSet = tuple[int, ...]


class Staffing(NamedTuple):
    """How a stretch is staffed, by line in the order of its lines: the fewest and the most people at any moment."""

    least: tuple[int, ...]
    most: tuple[int, ...]


def staffing(stretch: Stretch, present: Iterable[tuple[Span, LineSet]]) -> Staffing:
    """The staffing of a stretch by those whose shifts touch it."""
    touching = [(span, lines) for span, lines in present if span.begin < stretch.end and span.end > stretch.begin]
    cuts = {stretch.begin, stretch.end}
    for span, _lines in touching:
        cuts |= {max(span.begin, stretch.begin), min(span.end, stretch.end)}
    ordered = sorted(cuts)
    least: list[int] | None = None
    most = [0] * len(stretch.lines)
    for begin in ordered[:-1]:
        sets = sorted(lines for span, lines in touching if span.begin <= begin < span.end)
        have = counted(stretch.lines, stretch.needs, tuple(sets))
        least = list(have) if least is None else [min(pair) for pair in zip(least, have, strict=True)]
        most = [max(pair) for pair in zip(most, have, strict=True)]
    return Staffing(tuple(least or ()), tuple(most))


@lru_cache(maxsize=100_000)
def counted(lines: tuple[int, ...], needs: tuple[int, ...], people: tuple[LineSet, ...]) -> tuple[int, ...]:
    """How many people count for each line: needs first, those of earlier lines before others, then who is left over.

    Who is left over counts for the first of the own lines that is wanted at all; who has none of them for nothing.
    """
    slots = [place for place, need in enumerate(needs) for _one in range(min(need, len(people)))]
    fits = [tuple(place for place, line in enumerate(lines) if line == ANY_LINE or line in own) for own in people]
    taken: dict[int, int] = {}  # slot by person
    have = [0] * len(lines)
    held: dict[int, int] = {}  # person by slot
    for slot, place in enumerate(slots):
        if _seat(slot, slots, fits, taken, held, set()):
            have[place] += 1
    for person, places in enumerate(fits):
        if person not in taken and places:
            have[places[0]] += 1
    return tuple(have)


def _seat(
    slot: int,
    slots: Sequence[int],
    fits: Sequence[tuple[int, ...]],
    taken: dict[int, int],
    held: dict[int, int],
    tried: set[int],
) -> bool:
    """Find somebody for a slot, moving others where that helps."""
    for person, places in enumerate(fits):
        if slots[slot] not in places or person in tried:
            continue
        tried.add(person)
        if person not in taken or _seat(taken[person], slots, fits, taken, held, tried):
            taken[person] = slot
            held[slot] = person
            return True
    return False
