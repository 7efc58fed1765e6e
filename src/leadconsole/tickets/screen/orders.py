"""The orders of sorted views, kept at hand: to sort a view reads all of it, and people go to and fro between views."""

from __future__ import annotations

from array import array
from threading import Lock
from typing import NamedTuple, cast

from leadconsole.kernel.clock import SECOND, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.history import last_event
from leadconsole.tickets import queries
from leadconsole.tickets.views import Filter

STANDS = 20 * SECOND
"""So long an order is taken as it is while nobody writes: filters such as `due<2h` go with the time."""


_ONE = Lock()
"""The list and the counts ask for the same order at once; the second finds it sorted."""


class Order(NamedTuple):
    """The numbers of a view, sorted, as they were when `event` was the last thing that had happened."""

    numbers: array[int]
    counted: int
    """How many the view has; where that is too many to be shown one behind the last that is."""
    event: int
    at: Instant

    def stands(self, desk: Desk) -> bool:
        """Whether sorting again would bring the same."""
        return desk.now() - self.at < STANDS and self.event == last_event(desk)


def known(desk: Desk, view: str, wanted: Filter, sort: str) -> Order | None:
    """The last order of this view, fresh or not; None before it was sorted for the first time."""
    return cast("Order | None", desk.database.memo.get(_key(view, wanted, sort)))


def taken(desk: Desk, view: str, wanted: Filter, sort: str) -> Order:
    """The order of this view, sorted anew unless that brought the same; reads all of it and belongs in a thread."""
    with _ONE:
        order = known(desk, view, wanted, sort)
        if order is None or not order.stands(desk):
            event, now = last_event(desk), desk.now()  # first: what happens meanwhile makes the order an old one
            numbers = queries.numbers(desk, view, search=wanted, sort=sort, limit=queries.MOST_COUNTED + 1)
            order = Order(array("q", numbers[: queries.MOST_COUNTED]), len(numbers), event, now)
            desk.database.memo[_key(view, wanted, sort)] = order
    return order


def _key(view: str, wanted: Filter, sort: str) -> str:
    return f"order\0{view}\0{wanted.text}\0{sort}"
