"""Columns and order of own views: what is kept of them, and what each order sorts by."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from leadconsole.kernel import history
from leadconsole.kernel.errors import Refused
from leadconsole.tickets import commands, looks, queries
from leadconsole.tickets.looks import Look
from leadconsole.tickets.views import OwnView


@pytest.fixture(scope="module")
def sorted_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Four tickets that stand in another order by each of their columns."""
    made = house(tmp_path_factory.mktemp("looks") / "desk.db")
    made.client("zeta", name="ёлка")
    made.client("beta", name="Жук")
    made.ticket("b", "zeta", price="20", kind="project", requester="Яна", tags="vip", assignee="oleg", line="2")
    made.wait(5)
    made.ticket("Re: A", "beta", priority="urgent", requester="анна", assignee="lida", channel="phone")
    made.wait(5)
    made.ticket("d", "acme", price="3", kind="task", promised="2026-03-05", estimate_hours="2", line="3")
    made.wait(5)
    made.ticket("c", "acme", price="100", priority="low", promised="2026-03-04")
    commands.set_status(made.desk(), 4, "open")
    commands.wait(made.desk(), 3, "waiting_client", "2026-03-09")
    commands.set_status(made.desk(), 2, "resolved")
    commands.reopen(made.desk(), 2, "still broken")
    commands.assign(made.desk(), 1, "lida")
    return made


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("number", [1, 2, 3, 4]),
        ("-number", [4, 3, 2, 1]),
        ("client", [3, 4, 1, 2]),
        ("requester", [2, 1, 3, 4]),
        ("-requester", [1, 2, 3, 4]),
        ("subject", [2, 1, 4, 3]),
        ("kind", [2, 4, 3, 1]),
        ("channel", [2, 1, 3, 4]),
        ("priority", [2, 1, 3, 4]),
        ("-priority", [4, 1, 3, 2]),
        ("line", [2, 4, 1, 3]),
        ("assignee", [2, 1, 3, 4]),
        ("status", [1, 2, 4, 3]),
        ("age", [4, 3, 2, 1]),
        ("-age", [1, 2, 3, 4]),
        ("left", [2, 1, 3, 4]),
        ("promised", [4, 3, 2, 1]),
        ("wait", [3, 2, 1, 4]),
        ("estimate", [3, 2, 1, 4]),
        ("price", [3, 1, 4, 2]),
        ("-price", [4, 1, 3, 2]),
        ("tags", [1, 2, 3, 4]),
        ("-handovers", [1, 2, 3, 4]),
        ("-reopens", [2, 1, 3, 4]),
    ],
)
def test_a_column_sorts_and_what_has_nothing_there_stands_last(
    sorted_house: House, sort: str, wanted: list[int]
) -> None:
    assert queries.numbers(sorted_house.desk(), "all", sort=sort) == wanted


def test_every_column_sorts_both_ways_with_a_filter_and_a_search(sorted_house: House) -> None:
    desk = sorted_house.desk()
    for name in looks.ORDERS:
        for sort in (name, f"-{name}"):
            assert sorted(queries.numbers(desk, "open", sort=sort)) == [1, 2, 3, 4]
    assert queries.numbers(desk, "all", search="acme", sort="price") == [3, 4]


def test_rows_come_in_the_order_of_their_numbers(sorted_house: House) -> None:
    rows = queries.rows(sorted_house.desk(), [3, 99, 1])
    assert [(row.number, row.estimate_minutes, row.tags) for row in rows] == [(3, 120, None), (1, None, "vip")]


def test_a_look_is_kept_with_its_view_and_comes_back_by_undo(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    desk = made.desk()
    look = Look(("subject", "price"), "-price")
    commands.save_view(desk, "Paid work", "open", "price>0")
    commands.save_view(desk, "Paid work", "open", "price>0", look)
    assert queries.own_views(desk) == [OwnView("Paid work", "open", "price>0", look)]
    history.undo(desk)
    assert queries.own_views(desk) == [OwnView("Paid work", "open", "price>0")]
    history.redo(desk)
    assert queries.own_views(desk)[0].look == look
    for wrong in (Look(("subject", "colour")), Look((), "-colour")):
        with pytest.raises(Refused, match="There is no column «colour»"):
            commands.save_view(desk, "Paid work", "open", "", wrong)


def test_an_unknown_column_of_a_newer_program_is_left_out() -> None:
    assert looks.read("subject colour price subject number", "-colour") == Look(("subject", "price"), "")
    assert Look(looks.BUILT_IN).kept == ("", "")
