"""The best choice of substitutes, exactly (interchange.md, `cover`).

Least of all comes the largest number of minutes that one substitute gains, then the number of different substitutes,
then the logins in order: clients by code, for each the logins of its pieces, compared as words are. Clients that share
nobody are decided apart. The search counts its steps, not time, so that it always answers the same; where a question
takes more steps than it is given, which needs a desk made for it, `proved` is False and the best that was found stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

from leadconsole.curation.covering import Choice as Chosen
from leadconsole.curation.covering import Client, Covering, Option, Search, mask_of, packed, people_of
from leadconsole.curation.flows import least_bound

STEPS = 36_000
"""Steps for the largest gain, and again for the number of people, and for the logins."""
STEPS_A_TRY = 300
STEPS_A_COUNT = 12_000
STEPS_A_CLIENT = 900
"""Steps to find out whether one client could go to an earlier login."""
_ROUNDS = 300
_SHAKES, _MOVED = 40, 6


class Need(NamedTuple):
    """A client to be covered: its minutes, and the logins of each way to cover it."""

    code: str
    minutes: int
    options: Sequence[tuple[str, ...]]


class Choice(NamedTuple):
    """Which option each need gets, and whether it is proved that nothing better can be."""

    options: tuple[int, ...]
    proved: bool


def choose(needs: Sequence[Need]) -> Choice:
    """The option of every need, in the order of `needs`; each has at least one."""
    order = sorted({login for need in needs for option in need.options for login in option})
    place = {login: number for number, login in enumerate(order)}
    clients = [
        Client(
            number,
            need.code,
            need.minutes,
            tuple(sorted({tuple(place[login] for login in option) for option in need.options})),
        )
        for number, need in enumerate(needs)
    ]
    search = Search()
    groups = [_Group(members, search) for members in _apart(clients)]
    most = max((group.least for group in groups), default=0)
    search.give(STEPS)
    for group in sorted(groups, key=lambda one: -one.upper):
        group.lower(most)
        most = max(most, group.upper)
    chosen: Chosen = {}
    fewest = [group.fewest(most) for group in _told(search, groups)]
    search.give(STEPS)
    for group, best in zip(groups, fewest, strict=True):
        chosen |= group.in_order(best, most)
    indexes = []
    for need, client in zip(needs, clients, strict=True):
        wanted = tuple(order[person] for person in chosen[client.number])
        indexes.append(next(at for at, option in enumerate(need.options) if tuple(option) == wanted))
    return Choice(tuple(indexes), search.proved)


def _told(search: Search, groups: Sequence[_Group]) -> Sequence[_Group]:
    search.give(STEPS)
    return groups


def _apart(clients: Sequence[Client]) -> list[list[Client]]:
    """Clients in groups that share nobody."""
    parent: dict[int, int] = {}

    def root(person: int) -> int:
        while parent.setdefault(person, person) != person:
            person = parent[person]
        return person

    for client in clients:
        first, *others = people_of(client)
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[int, list[Client]] = defaultdict(list)
    for client in clients:
        groups[root(client.options[0][0])].append(client)
    return list(groups.values())


class _Group:
    """Clients that compete for the same people."""

    def __init__(self, clients: Sequence[Client], search: Search) -> None:
        self.clients = sorted(clients, key=lambda one: (one.code, one.number))
        self.search = search
        self.by_weight = sorted(self.clients, key=lambda one: (-one.minutes, len(one.options), one.code))
        self.best = self._greedy()
        self.least = _least(self.clients)
        self.upper = _heaviest(self.clients, self.best)

    # --- the largest gain --------------------------------------------------------------------------------------------

    def lower(self, most: int) -> None:
        """Make the largest gain as small as can be, or at least no larger than that of another group."""
        enough = max(self.least, most)
        self._shake(enough)
        while self.upper > enough:
            better: Chosen | frozenset[int] = frozenset()
            with self.search.part(STEPS // 2):
                better = packed(self.clients, {}, self.upper - 1, None, self.search)
            if isinstance(better, frozenset):
                return
            self.best, self.upper = better, _heaviest(self.clients, better)

    def _shake(self, enough: int) -> None:
        """Try other beginnings: some clients of the heaviest go elsewhere, then all is improved again."""
        random = Random(len(self.clients))
        for _try in range(_SHAKES):
            if self.upper <= enough:
                return
            chosen = dict(self.best)
            loads = _loads(self.clients, chosen)
            for one in random.sample(self.clients, min(_MOVED, len(self.clients))):
                option = random.choice(one.options)
                for person in set(chosen[one.number]):
                    loads[person] -= one.minutes
                for person in set(option):
                    loads[person] += one.minutes
                chosen[one.number] = option
            self._improved(chosen, loads)
            if (heaviest := max(loads.values())) < self.upper:
                self.best, self.upper = chosen, heaviest

    def _greedy(self) -> Chosen:
        """A good choice by weight, improved by single moves and swaps."""
        loads: dict[int, int] = defaultdict(int)
        chosen: Chosen = {}
        for one in self.by_weight:
            option = min(one.options, key=lambda way: (max(loads[person] for person in way), way))
            chosen[one.number] = option
            for person in set(option):
                loads[person] += one.minutes
        self._improved(chosen, loads)
        return chosen

    def _improved(self, chosen: Chosen, loads: dict[int, int]) -> None:
        for _round in range(_ROUNDS):
            if not _improve(self.by_weight, chosen, loads):
                return

    # --- the number of people, then their logins ------------------------------------------------------------------

    def fewest(self, most: int) -> Chosen:
        """A choice under the bound on minutes with the fewest people."""
        single = all(len(way) == 1 for one in self.clients for way in one.options)
        total = sum(one.minutes for one in self.clients)
        least = max(1, -(-total // most)) if single and most else 1
        for best in (self.best, self._earning(most)):
            closed = self._closed(best, most)
            if _count(closed) < _count(self.best):
                self.best = closed
        for count in range(least, _count(self.best)):
            with self.search.part(STEPS_A_COUNT):
                found = Covering(self.clients, {}, most, count, self.search).found()
                if found is not None:
                    return found
        return self.best

    def _earning(self, most: int) -> Chosen:
        """A choice made by leaving out people one by one, those first who earn least by the prices."""
        best = self.best
        allowed = 0
        earners = Covering(self.clients, {}, most, _count(self.best), self.search).earners()
        for person in earners:
            allowed |= 1 << person
        for person in earners:
            with self.search.part(STEPS_A_TRY, try_only=True):
                found = packed(self.clients, {}, most, allowed & ~(1 << person), self.search)
                if not isinstance(found, frozenset):
                    best, allowed = found, allowed & ~(1 << person)
        return best

    def _closed(self, best: Chosen, most: int) -> Chosen:
        """A choice with as many people left out as can be one by one, the least loaded first."""
        tried = 0
        while True:
            used = 0
            loads: dict[int, int] = defaultdict(int)
            for one in self.clients:
                used |= mask_of(best[one.number])
                for person in set(best[one.number]):
                    loads[person] += one.minutes
            left = sorted((person for person in loads if not tried >> person & 1), key=lambda one: (loads[one], one))
            if not left:
                return best
            tried |= 1 << left[0]
            with self.search.part(STEPS_A_TRY, try_only=True):
                found = packed(self.clients, {}, most, used & ~(1 << left[0]), self.search)
                if not isinstance(found, frozenset):
                    best = found

    def in_order(self, best: Chosen, most: int) -> Chosen:
        """Of all choices as good as this one the one whose logins come first."""
        count = _count(best)
        fixed: Chosen = {}
        for one in self.clients:
            for option in one.options:
                if option >= best[one.number]:
                    break
                if self.search.left <= 0:
                    self.search.proved = False
                    return best
                asked = {**fixed, one.number: option}
                with self.search.part(STEPS_A_CLIENT):
                    found = Covering(self.clients, asked, most, count, self.search).found()
                    if found is not None:
                        best = found
                        break
            fixed[one.number] = best[one.number]
        return best


def _least(clients: Sequence[Client]) -> int:
    """What somebody gains at least, whatever the plan."""
    least = max(one.minutes for one in clients)
    forced: dict[int, int] = defaultdict(int)
    free: list[tuple[int, tuple[int, ...]]] = []
    for one in clients:
        always = set.intersection(*(set(option) for option in one.options))
        for person in always:
            forced[person] += one.minutes
        if not always and all(len(option) == 1 for option in one.options):
            free.append((one.minutes, people_of(one)))
    least = max([least, *forced.values()])
    total = sum(one.minutes for one in clients)
    return least_bound(free, forced, least, max(least, total)) if free else least


def _improve(by_weight: Sequence[Client], chosen: Chosen, loads: dict[int, int]) -> bool:
    """One change by which the heaviest gets less; False if there is none."""
    top = max(loads.values(), default=0)
    heavy = {person for person, load in loads.items() if load == top}
    for one in by_weight:
        now = chosen[one.number]
        if not one.minutes or not heavy & set(now):
            continue
        for option in one.options:
            if option != now and _moved(loads, ((one, now, option),), top):
                chosen[one.number] = option
                return True
        for other in by_weight:
            theirs = chosen[other.number]
            fits = other.minutes < one.minutes and theirs in one.options and now in other.options
            if fits and _moved(loads, ((one, now, theirs), (other, theirs, now)), top):
                chosen[one.number], chosen[other.number] = theirs, now
                return True
    return False


def _moved(loads: dict[int, int], moves: Iterable[tuple[Client, Option, Option]], top: int) -> bool:
    """Make these moves if everybody they touch stays below the top; else nothing."""
    change: dict[int, int] = defaultdict(int)
    for one, now, then in moves:
        for person in set(now):
            change[person] -= one.minutes
        for person in set(then):
            change[person] += one.minutes
    if any(loads[person] + more >= top for person, more in change.items()):
        return False
    for person, more in change.items():
        loads[person] += more
    return True


def _loads(clients: Sequence[Client], chosen: Chosen) -> dict[int, int]:
    loads: dict[int, int] = defaultdict(int)
    for one in clients:
        for person in set(chosen[one.number]):
            loads[person] += one.minutes
    return loads


def _heaviest(clients: Sequence[Client], chosen: Chosen) -> int:
    return max(_loads(clients, chosen).values(), default=0)


def _count(chosen: Chosen) -> int:
    return len({person for option in chosen.values() for person in option})
