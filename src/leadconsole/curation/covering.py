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


class Search:
    """The steps that are left, and whether all questions were answered."""

    def __init__(self) -> None:
        self.left = 0
        self.proved = True

    def give(self, steps: int) -> None:
        """Begin another part of the work with so many steps."""
        self.left = steps

    def step(self) -> None:
        """Take one; OutOfSteps if there is none left."""
        self.left -= 1
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
        return None if self.over else self._open(self.used, 0)

    def _open(self, used: int, banned: int) -> Choice | None:
        self.search.step()
        left = self.count - used.bit_count()
        if left < 0:
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
            return self._one_of(_union(min(unmet, key=len)), unmet, used, banned)
        found = packed(self.clients, self.fixed, self.most, used, self.search)
        if not isinstance(found, frozenset):
            return found
        if left == 0:
            return None
        others = [[way & ~used for way in self.masks[number] if not way & banned] for number in found]
        return self._one_of(_union([way for ways in others for way in ways]), others, used, banned)

    def _one_of(self, people: int, wanting: Sequence[Sequence[int]], used: int, banned: int) -> Choice | None:
        """Open one of these people, the one who helps most first; each is left out once it was tried."""
        helps = [(-sum(any(way & person for way in ways) for ways in wanting), person) for person in _persons(people)]
        for _help, person in sorted(helps):
            found = self._open(used | person, banned)
            if found is not None:
                return found
            banned |= person
        return None


def packed(
    clients: Sequence[Client], fixed: Choice, most: int, allowed: int | None, search: Search
) -> Choice | frozenset[int]:
    """A choice in which nobody gains more than `most`, or the numbers of clients that can't be laid on those allowed.

    Every client that isn't fixed needs a way among the people allowed (None: all).
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
            return frozenset(one.number for one, _ways in _core(group, loads, most, search))
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
    """Lays the minutes of some clients on people, the heaviest first, and goes back where it must."""

    def __init__(
        self, group: Sequence[tuple[Client, list[Option]]], loads: dict[int, int], most: int, search: Search
    ) -> None:
        self.group = sorted(group, key=lambda pair: (-pair[0].minutes, len(pair[1]), pair[0].number))
        people = {person for _one, ways in group for way in ways for person in way}
        self.loads = {person: loads.get(person, 0) for person in people}
        self.most = most
        self.search = search
        self.chosen: Choice = {}
        self.rest = [0]
        for one, _ways in reversed(self.group):
            self.rest.append(self.rest[-1] + one.minutes)
        self.rest.reverse()
        kinds: dict[int, list[int]] = defaultdict(list)
        for place, (_one, ways) in enumerate(self.group):
            for way in ways:
                for person in way:
                    kinds[person].append(place if len(way) == 1 else -1 - person)
        self.kinds = {person: tuple(places) for person, places in kinds.items()}

    def done(self) -> bool:
        """Whether everything found its place; then `chosen` has it."""
        return self._from(0)

    def _from(self, place: int) -> bool:
        if place == len(self.group):
            return True
        one, ways = self.group[place]
        if not one.minutes:
            self.chosen |= {other.number: options[0] for other, options in self.group[place:]}
            return True
        loads, most = self.loads, self.most
        if self.rest[place] > sum(most - load for load in loads.values()):
            return False
        seen = set()
        for way in sorted(ways, key=lambda option: max(loads[person] for person in option)):
            people = set(way)
            if any(loads[person] + one.minutes > most for person in people):
                continue
            if len(way) == 1:
                sort = (loads[way[0]], self.kinds[way[0]])
                if sort in seen:  # the same to everything that is still to come
                    continue
                seen.add(sort)
            self.search.step()
            for person in people:
                loads[person] += one.minutes
            self.chosen[one.number] = way
            if self._from(place + 1):
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
