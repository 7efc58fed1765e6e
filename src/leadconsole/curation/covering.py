"""Whether so many people are enough, with nobody above a bound: an exhaustive search that cuts what can't be.

People are numbers in the order of their logins, sets of people are bits. A search opens one person after another: while
some client has nobody, one of those who could take it; when the minutes of some clients don't fit on those who are
open, one of the others who could take them. Whoever was tried at a branch is left out of the next ones, so that no set
of people comes twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from leadconsole.curation.prices import Bound, Item, Prices

Option = tuple[int, ...]
"""The people of one way to cover a client, piece by piece."""
Choice = dict[int, Option]
"""The option of each client, by its number."""


class Client(NamedTuple):
    """A client to be covered: its minutes, and the ways to cover it in the order of logins."""

    number: int
    code: str
    minutes: int
    options: tuple[Option, ...]


def people_of(client: Client) -> tuple[int, ...]:
    """Everybody who may take a part in covering it."""
    return tuple(sorted({person for option in client.options for person in option}))


class OutOfSteps(Exception):
    """The search has taken all the steps that it was given."""


_WAYS_A_STEP = 60
"""What looking at so many ways costs, beside the step itself; a bound looks at each `_BOUND` times."""
_BOUND = 4


class Search:
    """The steps that are left, and whether all questions were answered."""

    def __init__(self) -> None:
        self.left = 0
        self.proved = True
        self.prices: Prices = {}
        """By client what the last bound made of it: a good beginning for the next one."""

    def give(self, steps: int) -> None:
        """Begin another part of the work with so many steps."""
        self.left = steps

    def step(self, size: int = 0) -> None:
        """Take one, or more of them for looking at so many ways; OutOfSteps if there is none left."""
        self.left -= 1 + size // _WAYS_A_STEP
        if self.left < 0:
            raise OutOfSteps

    @contextmanager
    def part(self, steps: int, *, try_only: bool = False) -> Iterator[None]:
        """One question with at most so many steps; unanswered, it leaves the plan unproved, but for a mere try."""
        behind = max(0, self.left - steps)
        self.left -= behind
        try:
            yield
        except OutOfSteps:
            self.left = 0
            self.proved = self.proved and try_only
        finally:
            self.left += behind


class Covering:
    """One question: can these clients be covered by at most `count` people, some choices being fixed?"""

    def __init__(self, clients: Sequence[Client], fixed: Choice, most: int, count: int, search: Search) -> None:
        self.clients = clients
        self.fixed = fixed
        self.most = most
        self.count = count
        self.search = search
        loads: dict[int, int] = defaultdict(int)
        self.used = 0
        for one in clients:
            for person in set(fixed.get(one.number, ())):
                loads[person] += one.minutes
                self.used |= 1 << person
        self.over = any(load > most for load in loads.values())
        self.loads = loads
        self.masks = {
            one.number: [
                mask_of(option)
                for option in one.options
                if all(loads[person] + one.minutes <= most for person in option)
            ]
            for one in clients
            if one.number not in fixed
        }

    def found(self) -> Choice | None:
        """Such a choice, None if there is none; OutOfSteps if that takes too long."""
        if self.over or not all(self.masks.values()):
            return None
        self.bound = self._bound()
        self.search.step(_BOUND * sum(len(items) for items in self.bound.able.values()))
        if self.bound.exceeds(self.count, frozenset(place_of(person) for person in _persons(self.used))):
            self.search.prices |= self.bound.prices
            return None
        self.search.prices |= self.bound.prices
        return self._open(self.used, 0)

    def earners(self) -> list[int]:
        """The people who could be used, who earns least by the prices first."""
        bound = self._bound()
        bound.exceeds(self.count, frozenset())
        self.search.prices |= bound.prices
        return sorted(bound.gain, key=lambda person: (bound.gain[person], -person))

    def _bound(self) -> Bound:
        minutes = {one.number: one.minutes for one in self.clients}
        able: dict[int, list[Item]] = {place_of(person): [] for person in _persons(self.used)}
        for number, ways in self.masks.items():
            for person in _persons(_union(ways)):
                able.setdefault(place_of(person), []).append(Item(number, minutes[number]))
        room = {person: self.most - self.loads.get(person, 0) for person in able}
        return Bound(able, room, list(self.masks), self.search.prices)

    def _open(self, used: int, banned: int) -> Choice | None:
        self.search.step()
        left = self.count - used.bit_count()
        if left < 0 or self.bound.too_many(self.count, used, banned):
            return None
        unmet = []
        for ways in self.masks.values():
            fits = [way & ~used for way in ways if not way & banned]
            if not fits:
                return None
            if 0 not in fits:
                unmet.append(fits)
        if unmet:
            if _needed(unmet, left) > left:
                return None
            return self._one_of(_union(min(unmet, key=len)), used, banned)
        found = packed(self.clients, self.fixed, self.most, used, self.search, why=True)
        if not isinstance(found, frozenset):
            return found
        if left == 0:
            return None
        others = [way & ~used for number in found for way in self.masks[number] if not way & banned]
        return self._one_of(_union(others), used, banned)

    def _one_of(self, people: int, used: int, banned: int) -> Choice | None:
        """Open one of these people, the one who earns most first; each is left out once it was tried."""
        gain = self.bound.gain
        for person in sorted(_persons(people), key=lambda one: (-gain[place_of(one)], one)):
            found = self._open(used | person, banned)
            if found is not None:
                return found
            banned |= person
        return None


def packed(
    clients: Sequence[Client],
    fixed: Choice,
    most: int,
    allowed: int | None,
    search: Search,
    *,
    why: bool = False,
) -> Choice | frozenset[int]:
    """A choice in which nobody gains more than `most`, or the numbers of clients that can't be laid on those allowed.

    Every client that isn't fixed needs a way among the people allowed (None: all). With `why` those that can't are few.
    """
    loads: dict[int, int] = defaultdict(int)
    free: list[tuple[Client, list[Option]]] = []
    for one in clients:
        if one.number in fixed:
            for person in set(fixed[one.number]):
                loads[person] += one.minutes
        else:
            ways = [way for way in one.options if allowed is None or not mask_of(way) & ~allowed]
            if not ways:
                return frozenset((one.number,))
            free.append((one, ways))
    chosen = dict(fixed)
    for group in _sharing(free):
        work = _Packing(group, loads, most, search)
        if not work.done():
            few = _core(group, loads, most, search) if why else group
            return frozenset(one.number for one, _ways in few)
        chosen |= work.chosen
    return chosen


def _sharing(free: Sequence[tuple[Client, list[Option]]]) -> list[list[tuple[Client, list[Option]]]]:
    """Clients in groups that share nobody of those allowed."""
    groups: list[tuple[int, list[tuple[Client, list[Option]]]]] = []
    for pair in free:
        mask = _union([mask_of(way) for way in pair[1]])
        members = [pair]
        rest = []
        for people, group in groups:
            if people & mask:
                mask |= people
                members += group
            else:
                rest.append((people, group))
        groups = [*rest, (mask, members)]
    return [group for _people, group in groups]


def _core(
    group: Sequence[tuple[Client, list[Option]]], loads: dict[int, int], most: int, search: Search
) -> list[tuple[Client, list[Option]]]:
    """A few of these clients that don't fit even alone: the heaviest that do it, found by halving."""
    rest = sorted(group, key=lambda pair: (-pair[0].minutes, len(pair[1]), pair[0].number))
    core: list[tuple[Client, list[Option]]] = []
    while _Packing(core, loads, most, search).done():
        low, high = 0, len(rest) - 1
        while low < high:
            middle = (low + high) // 2
            if _Packing([*core, *rest[: middle + 1]], loads, most, search).done():
                low = middle + 1
            else:
                high = middle
        core.append(rest[low])
        rest = rest[:low]
    return core


class _Packing:
    """Lays the minutes of some clients on people, always one who has the fewest left that can take it, and goes back
    where it must."""

    def __init__(
        self, group: Sequence[tuple[Client, list[Option]]], loads: dict[int, int], most: int, search: Search
    ) -> None:
        self.group = sorted(group, key=lambda pair: (-pair[0].minutes, len(pair[1]), pair[0].number))
        self.ways = [[(way, tuple(set(way))) for way in ways] for _one, ways in self.group]
        people = {person for ways in self.ways for _way, ones in ways for person in ones}
        self.loads = {person: loads.get(person, 0) for person in people}
        self.most = most
        self.search = search
        self.chosen: Choice = {}
        kinds: dict[int, list[int]] = defaultdict(list)
        for place, ways in enumerate(self.ways):
            for way, ones in ways:
                for person in ones:
                    kinds[person].append(place if len(way) == 1 else -1 - person)
        self.kinds = {person: tuple(places) for person, places in kinds.items()}

    def done(self) -> bool:
        """Whether everything found its place; then `chosen` has it."""
        weight = sum(one.minutes for one, _ways in self.group)
        return self._lay(list(range(len(self.group))), weight)

    def _lay(self, left: list[int], weight: int) -> bool:
        loads, most = self.loads, self.most
        if weight > sum(most - load for load in loads.values()):
            return False
        place, able = -1, None
        size = 0
        for number in left:
            size += len(self.ways[number])
            minutes = self.group[number][0].minutes
            fits = [pair for pair in self.ways[number] if all(loads[one] + minutes <= most for one in pair[1])]
            if able is None or len(fits) < len(able):
                place, able = number, fits
                if len(fits) < 2:
                    break
        if able is None:
            return True
        one = self.group[place][0]
        rest = [number for number in left if number != place]
        seen = set()
        for way, people in sorted(able, key=lambda pair: max(loads[person] for person in pair[1])):
            if len(way) == 1:
                sort = (loads[way[0]], self.kinds[way[0]])
                if sort in seen:  # the same to everything that is still to come
                    continue
                seen.add(sort)
            self.search.step(size)
            for person in people:
                loads[person] += one.minutes
            self.chosen[one.number] = way
            if self._lay(rest, weight - one.minutes):
                return True
            for person in people:
                loads[person] -= one.minutes
        return False


def mask_of(option: Option) -> int:
    """The people of a way as bits."""
    mask = 0
    for person in option:
        mask |= 1 << person
    return mask


def _union(masks: Sequence[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def place_of(person: int) -> int:
    """The number of a person that is a single bit."""
    return person.bit_length() - 1


def _persons(mask: int) -> Iterator[int]:
    while mask:
        person = mask & -mask
        yield person
        mask ^= person


def _needed(unmet: Sequence[Sequence[int]], most: int) -> int:
    """How many more people are needed at least: clients that share nobody, and how many clients one can serve."""
    taken, apart = 0, 0
    helps: dict[int, int] = defaultdict(int)
    for ways in sorted(unmet, key=len):
        people = _union(ways)
        if not people & taken:
            taken |= people
            apart += 1
        for person in _persons(people):
            helps[person] += 1
    if apart > most:
        return apart
    reached = 0
    for count, help_ in enumerate(sorted(helps.values(), reverse=True), 1):
        reached += help_
        if reached >= len(unmet):
            return max(apart, count)
    return max(apart, most + 1)
