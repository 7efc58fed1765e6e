"""Sorted views: an order is shown at once where it is known, and brought up to date behind that."""

from __future__ import annotations

from pathlib import Path

from desks import House, house
from leadconsole.tickets import commands, filters
from leadconsole.tickets.looks import Look
from leadconsole.tickets.screen import orders, tabs
from leadconsole.tickets.screen.source import SortedSource
from tickets.screen.houses import queue_house
from tickets.screen.seat import seated


def priced(made: House) -> House:
    """Three tickets with prices."""
    for price in ("3", "100", "20"):
        made.ticket(price=price, kind="task")
    return made


def test_an_order_is_taken_anew_once_somebody_has_written(tmp_path: Path) -> None:
    made = priced(house(tmp_path / "desk.db"))
    desk, wanted = made.desk(), filters.read("price>0")
    assert orders.known(desk, "open", wanted, "price") is None
    first = orders.taken(desk, "open", wanted, "price")
    assert first.numbers.tolist() == [1, 3, 2]
    assert orders.taken(desk, "open", wanted, "price") is first
    assert orders.known(desk, "open", wanted, "-price") is None
    commands.correct(made.again_beside().desk(), 1, {"price": "50"})
    assert orders.known(desk, "open", wanted, "price") is first
    assert orders.taken(desk, "open", wanted, "price").numbers.tolist() == [3, 1, 2]


def test_what_goes_with_the_time_is_sorted_again_after_a_while(tmp_path: Path) -> None:
    made = priced(house(tmp_path / "desk.db"))
    desk, wanted = made.desk(), filters.read("age>10m")
    assert orders.taken(desk, "open", wanted, "price").counted == 0
    made.wait(11)
    assert orders.taken(desk, "open", wanted, "price").numbers.tolist() == [1, 3, 2]


def test_a_sorted_source_shows_the_known_order_and_refines_it(tmp_path: Path) -> None:
    made = priced(house(tmp_path / "desk.db"))
    desk, wanted, look = made.desk(), filters.read("price>0"), Look(sort="-price")
    assert not SortedSource(desk, "open", wanted, look).at_hand
    commands.save_view(desk, "Dear", "open", "price>0", look)
    counts, _tabs = tabs.counted(desk)
    assert counts[tabs.name_of("open", "Dear")] == 3
    source = SortedSource(desk, "open", wanted, look)
    assert source.at_hand
    assert [row.key for row in source.load(0, 9)] == [2, 3, 1]
    assert source.index_of(1, 0) == 2
    assert not source.refine()
    commands.correct(made.again_beside().desk(), 3, {"price": "1"})
    assert source.refine()
    assert [row.key for row in source.load(0, 9)] == [2, 1, 3]
    assert source.index_of(1, 0) == 1
    assert source.index_of(99, 0) is None


async def test_a_sorted_view_without_a_filter_follows_what_others_write(tmp_path: Path) -> None:
    made = queue_house(tmp_path / "desk.db")
    commands.save_view(made.desk(), "By price", "open", "", Look(("client", "price"), "-price"))
    async with seated(made, size=(120, 40)) as seat:
        await seat.press("left_square_bracket")
        assert seat.queue.own == "By price"
        number = seat.queue.source.numbers(0, 9)[-1]
        commands.correct(made.again_beside().desk(), number, {"price": "99999"})
        await seat.until("99,999.00")
        assert seat.queue.source.numbers(0, 1) == [number]
