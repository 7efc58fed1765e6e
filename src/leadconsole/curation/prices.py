"""A bound on the number of people from below: every client gets a price, every person earns the best load of prices.

Whatever the prices are, no cover has fewer people than the sum of all prices less what each person earns above one:
the clients' wish to be covered by somebody is only paid for instead of required (Lagrange's relaxation). Prices are
raised where nobody wants a client and lowered where several do, until the bound says enough or stops rising.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

ROUNDS = 60
_FEW, _USUAL = 4, 250
"""So often prices are changed: `ROUNDS` times for the usual number of ways, less often for more of them."""
_WEIGHED = 8
"""Of so many clients a person's best load is found exactly, of more a bound on it."""
_EXACT = 1e-6
"""What a sum of so many prices may be wrong by."""


class Item(NamedTuple):
    """A client that a person could take: its number and its minutes."""

    number: int
    minutes: int


Prices = dict[int, float]


class Bound:
    """The prices of some clients, and what each person gains above 1 by taking the best of them."""

    def __init__(
        self, able: Mapping[int, Sequence[Item]], room: Mapping[int, int], clients: Sequence[int], prices: Prices
    ) -> None:
        """`able` has by person the clients in question, `room` how many minutes that person may still get."""
        self.able = able
        self.room = room
        self.clients = clients
        self.prices = {number: prices.get(number, 0.4) for number in clients}
        self.gain: dict[int, float] = {}
        self.total = 0.0
        self._wanted: dict[int, int] = {}
        self._earn(frozenset())

    def exceeds(self, count: int, used: frozenset[int]) -> bool:
        """Whether so many people are too few, those in `used` being there in any case; prices are changed for it."""
        best, keep = self.least(used), dict(self.prices)
        size = sum(len(items) for items in self.able.values())
        for turn in range(max(_FEW, ROUNDS * _USUAL // max(size, _USUAL))):
            if best > count + _EXACT:
                return True
            slope = {number: 1 - self._wanted.get(number, 0) for number in self.clients}
            length = sum(step * step for step in slope.values())
            if not length:
                break
            reach = max(count + 1.01 - self.least(used), 0.05) / length * (0.95**turn)
            for number, step in slope.items():
                self.prices[number] = max(0.0, self.prices[number] + reach * step)
            self._earn(used)
            if self.least(used) > best:
                best, keep = self.least(used), dict(self.prices)
        self.prices = keep
        self._earn(used)
        return best > count + _EXACT

    def least(self, used: frozenset[int]) -> float:
        """The bound with these people there and everybody else free to be."""
        return self.total + sum(
            1 - gain if person in used else min(0.0, 1 - gain) for person, gain in self.gain.items()
        )

    def too_many(self, count: int, used: int, banned: int) -> bool:
        """Whether so many people are too few with some there and others left out, both as bits."""
        least = self.total
        for person, gain in self.gain.items():
            if used >> person & 1 or (gain > 1 and not banned >> person & 1):
                least += 1 - gain
        return least > count + _EXACT

    def _earn(self, used: frozenset[int]) -> None:
        self.total = sum(self.prices.values())
        self._wanted = {}
        for person, items in self.able.items():
            gain, taken = _best(
                [(self.prices[one.number], one.minutes, one.number) for one in items], self.room[person]
            )
            self.gain[person] = gain
            if gain > 1 or person in used:
                for number in taken:
                    self._wanted[number] = self._wanted.get(number, 0) + 1


def _cut(worth: Sequence[tuple[float, int, int]], room: int) -> tuple[float, tuple[int, ...]]:
    """At least what can be earned: the last client may be cut; worth the most for its minutes comes first."""
    earned, left = 0.0, room
    taken: list[int] = []
    for price, minutes, number in worth:
        if minutes > left:
            return earned + price * left / minutes, tuple(taken)
        earned, left = earned + price, left - minutes
        taken.append(number)
    return earned, tuple(taken)


def _best(items: Sequence[tuple[float, int, int]], room: int) -> tuple[float, tuple[int, ...]]:
    """The most that can be earned with these (price, minutes, number) within the room, and by which."""
    worth = [one for one in items if one[0] > 0 and one[1] <= room]
    if sum(minutes for _price, minutes, _number in worth) <= room:
        return sum(price for price, _minutes, _number in worth), tuple(number for _price, _minutes, number in worth)
    worth.sort(key=lambda one: (one[1] == 0, one[0] / one[1] if one[1] else one[0]), reverse=True)
    if len(worth) > _WEIGHED:
        return _cut(worth, room)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]

    def further(place: int, left: int, earned: float, taken: tuple[int, ...]) -> None:
        if earned > best[0][0]:
            best[0] = (earned, taken)
        most, space = earned, left
        for price, minutes, _number in worth[place:]:
            if minutes > space:
                most += price * space / minutes
                break
            most, space = most + price, space - minutes
        if place == len(worth) or most <= best[0][0] + 1e-12:
            return
        price, minutes, number = worth[place]
        if minutes <= left:
            further(place + 1, left - minutes, earned + price, (*taken, number))
        further(place + 1, left, earned, taken)

    further(0, room, 0.0, ())
    return best[0]
