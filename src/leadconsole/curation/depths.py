"""Whom to teach which client so that every one of them has so many who cover it (interchange.md, `cover --depth`).

A client that has k of N needs N − k more, and a pair gives one client one person: so many pairs are needed and are
enough. Which pairs is a choice: those who are learning first, then so that the numbers of clients that people cover
come out as even as can be (the sum of their squares is the smallest), then whoever has worked for the client most.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Thin(NamedTuple):
    """A client that too few cover: how many it lacks, who is learning it and who else could, with their tickets."""

    code: str
    lacks: int
    learners: tuple[str, ...]
    others: tuple[str, ...]
    tickets: Mapping[str, int]


class Chosen(NamedTuple):
    """A pair to add; `learner` if this person is learning the client already."""

    client: str
    login: str
    learner: bool


def pairs(clients: Sequence[Thin], covers: Mapping[str, int], told: Callable[[], None] = lambda: None) -> list[Chosen]:
    """The pairs to add, by client and login; `covers` is how many clients each person covers now.

    `told` is called now and then; what it raises ends the work.
    """
    work = _Work(clients, covers, told)
    work.balance()
    work.prefer_who_knows()
    found = [
        Chosen(one.code, login, login in one.learners)
        for number, one in enumerate(clients)
        for login in sorted(work.sure[number] | work.taken[number])
    ]
    return sorted(found)


class _Work:
    def __init__(self, clients: Sequence[Thin], covers: Mapping[str, int], told: Callable[[], None]) -> None:
        self.clients = clients
        self.load = defaultdict(int, covers)
        self.told = told
        self.sure: list[set[str]] = []
        self.pools: list[tuple[str, ...]] = []
        self.taken: list[set[str]] = []
        wants = []
        for one in clients:
            sure: tuple[str, ...] = ()
            pool = one.learners
            want = one.lacks
            if len(one.learners) < one.lacks:
                sure, pool = one.learners, one.others
                want = min(one.lacks - len(one.learners), len(one.others))
            if want == len(pool):
                sure, pool, want = (*sure, *pool), (), 0
            self.sure.append(set(sure))
            self.pools.append(pool)
            self.taken.append(set())
            wants.append(want)
            for login in sure:
                self.load[login] += 1
        for number, want in enumerate(wants):
            for _place in range(want):
                free = [login for login in self.pools[number] if login not in self.taken[number]]
                self._take(number, min(free, key=lambda login: self._rank(number, login)))
            told()

    def _rank(self, number: int, login: str) -> tuple[int, int, str]:
        return (self.load[login], -self.clients[number].tickets.get(login, 0), login)

    def _take(self, number: int, login: str) -> None:
        self.taken[number].add(login)
        self.load[login] += 1

    def _pass(self, number: int, giver: str, taker: str) -> None:
        self.taken[number].remove(giver)
        self.taken[number].add(taker)
        self.load[giver] -= 1
        self.load[taker] += 1

    def balance(self) -> None:
        """Pass pairs on, along chains where need be, as long as somebody who has more gets less of them."""
        holds: dict[str, set[int]] = defaultdict(set)
        for number, taken in enumerate(self.taken):
            for login in taken:
                holds[login].add(number)
        settled = False
        while not settled:
            settled = True
            for giver in sorted(holds, key=lambda login: (-self.load[login], login)):
                self.told()
                chain = self._chain(giver, holds)
                if chain:
                    for number, source, target in chain:
                        self._pass(number, source, target)
                        holds[source].discard(number)
                        holds[target].add(number)
                    settled = False
                    break

    def _chain(self, giver: str, holds: Mapping[str, set[int]]) -> list[tuple[int, str, str]]:
        """The moves by which one with fewer clients, by two at least, gets one more and the giver one less."""
        before: dict[str, tuple[int, str]] = {}
        queue = deque([giver])
        while queue:
            source = queue.popleft()
            for number in sorted(holds.get(source, ())):
                for target in self.pools[number]:
                    if target == giver or target in before or target in self.taken[number]:
                        continue
                    before[target] = (number, source)
                    if self.load[target] <= self.load[giver] - 2:
                        chain = []
                        while target != giver:
                            number, source = before[target]
                            chain.append((number, source, target))
                            target = source
                        return chain[::-1]
                    queue.append(target)
        return []

    def prefer_who_knows(self) -> None:
        """Exchange people of equal balance where somebody has worked for the client more."""
        changed = True
        while changed:
            changed = False
            for number, one in enumerate(self.clients):
                self.told()
                for login in sorted(self.pools[number], key=lambda who: -one.tickets.get(who, 0)):
                    if not one.tickets.get(login, 0):
                        break
                    if login not in self.taken[number] and self._exchange(number, login):
                        changed = True

    def _exchange(self, number: int, wanted: str) -> bool:
        tickets = self.clients[number].tickets
        for login in sorted(self.taken[number], key=lambda who: (tickets.get(who, 0), who)):
            gain = tickets.get(wanted, 0) - tickets.get(login, 0)
            if gain <= 0:
                return False
            if self.load[wanted] == self.load[login] - 1:
                self._pass(number, login, wanted)
                return True
            for other, taken in enumerate(self.taken):
                theirs = self.clients[other].tickets
                if (
                    wanted in taken
                    and login in self.pools[other]
                    and login not in taken
                    and theirs.get(wanted, 0) - theirs.get(login, 0) < gain
                ):
                    self._pass(number, login, wanted)
                    self._pass(other, wanted, login)
                    return True
        return False
