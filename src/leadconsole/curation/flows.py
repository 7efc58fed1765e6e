"""The smallest largest load if work could be cut at will: a bound that no plan can be better than."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Work = tuple[int, tuple[int, ...]]
"""An amount, and the people any of whom may take any part of it."""


def least_bound(works: Sequence[Work], forced: Mapping[int, int], low: int, high: int) -> int:
    """The smallest bound from `low` to `high` under which all work finds room beside what people have already."""
    while low < high:
        middle = (low + high) // 2
        if fits(works, forced, middle):
            high = middle
        else:
            low = middle + 1
    return low


def fits(works: Sequence[Work], forced: Mapping[int, int], most: int) -> bool:
    """Whether all work finds room with nobody above `most`: a flow along augmenting paths."""
    people = sorted({person for _amount, able in works for person in able})
    room = {person: most - forced.get(person, 0) for person in people}
    if any(left < 0 for left in room.values()):
        return False
    laid: list[dict[int, int]] = [defaultdict(int) for _one in works]
    on_person: dict[int, set[int]] = defaultdict(set)
    for number, (amount, _able) in enumerate(works):
        left = amount
        while left:
            moved = _lay(number, left, works, room, laid, on_person)
            if not moved:
                return False
            left -= moved
    return True


def _lay(
    number: int,
    left: int,
    works: Sequence[Work],
    room: dict[int, int],
    laid: list[dict[int, int]],
    on_person: dict[int, set[int]],
) -> int:
    """Lay some of a work on people, moving others' work aside where that makes room; how much it was."""
    before: dict[int, tuple[int, int] | None] = dict.fromkeys(works[number][1])
    queue = list(before)
    end = next((person for person in queue if room[person]), None)
    for person in queue:
        if end is not None:
            break
        for other in sorted(on_person[person]):
            for target in works[other][1]:
                if target not in before:
                    before[target] = (person, other)
                    queue.append(target)
                    if room[target] and end is None:
                        end = target
    if end is None:
        return 0
    path: list[tuple[int, int, int]] = []
    amount, at = min(left, room[end]), end
    while (step := before[at]) is not None:
        source, other = step
        path.append((other, source, at))
        amount = min(amount, laid[other][source])
        at = source
    for other, source, target in path:
        laid[other][source] -= amount
        laid[other][target] += amount
        on_person[target].add(other)
        if not laid[other][source]:
            on_person[source].discard(other)
    laid[number][at] += amount
    on_person[at].add(number)
    room[end] -= amount
    return amount
