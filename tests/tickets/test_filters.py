"""The filter language: what is read, where it is wrong, how it goes on, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import House, house
from leadconsole.kernel import history
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.errors import Refused
from leadconsole.tickets import commands, filters, queries
from leadconsole.tickets.filters import WrongFilter
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.views import Filter, OwnView


def told(wanted: Filter) -> list[tuple[object, ...]]:
    """The terms without their places, then the words."""
    terms: list[tuple[object, ...]] = [
        (("-" if term.negated else "") + (term.field.name if term.field else ""), term.sign, *term.values)
        for term in wanted.terms
    ]
    return [*terms, *((word,) for word in wanted.words)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("   ", []),
        ("printer silent", [("printer",), ("silent",)]),
        ('"printer is silent"', [("printer is silent",)]),
        ("client:acme", [("client", "=", "acme")]),
        ("client=acme", [("client", "=", "acme")]),
        ('client:"ООО Ромашка",acme', [("client", "=", "ООО Ромашка", "acme")]),
        ("клиент:acme Статус:new", [("client", "=", "acme"), ("status", "=", "new")]),
        ("status:waiting,res", [("status", "=", "waiting", "resolved")]),
        ("due<2h price>0 text", [("due", "<", "2h"), ("price", ">", "0"), ("text",)]),
        ("due<=2h", [("due", "<=", "2h")]),
        ("priority>=high priority:>=high", [("priority", ">=", "high"), ("priority", ">=", "high")]),
        ("-tag:vip -draft", [("-tag", "=", "vip"), ("-", "", "draft")]),
        ("- -", [("-",), ("-",)]),
        ("12:30", [("12:30",)]),
        ('"http://x" "a:b"', [("http://x",), ("a:b",)]),
        ('client:"unclosed quote', [("client", "=", "unclosed quote")]),
    ],
)
def test_reading(text: str, read: list[tuple[object, ...]]) -> None:
    assert told(filters.read(text)) == read


@pytest.mark.parametrize(
    ("text", "wrong", "says"),
    [
        ("printer stauts:open", "stauts", "perhaps status"),
        ("http://x", "http", "in quotes"),
        ("a client:", "client:", "needs a value"),
        ("status:opne", "opne", "none of"),
        ("client<acme", "client<acme", "no more or less"),
        ("x " * 60, "x " * 10, "at most 50"),
    ],
)
def test_what_is_wrong_and_where(text: str, wrong: str, says: str) -> None:
    with pytest.raises(WrongFilter, match=says) as refusal:
        filters.read(text)
    assert text[refusal.value.start : refusal.value.end] == wrong


@pytest.mark.parametrize("text", ["client:", "printer status:", "status:op,", "status:wai", "due<", "-client:"])
def test_what_is_still_being_typed_asks_for_nothing(text: str) -> None:
    assert not [term for term in filters.read(text, typing=True).terms if term.field and "" in term.values]


@given(st.text(alphabet='acl:ient=<>-" ,0d2h', max_size=40))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    places = []
    try:
        filters.read(text)
    except WrongFilter as refusal:
        places.append((refusal.start, refusal.end))
    assert all(0 <= start < end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("cl", ["client:"]),
        ("print -cli", ["client:"]),
        ("стат", ["status:"]),
        ("client:", ["acme", "bolt"]),
        ("client:ol", ["bolt"]),
        ("assignee:", ["me", "none", "lida", "oleg"]),
        ("status:new,res", ["resolved"]),
        ("due<", []),
        ("priority:>=ur", ["urgent"]),
        ('"cl', []),
        ("", []),
    ],
)
def test_completions(text: str, offered: list[str]) -> None:
    assert [word for _at, word in filters.completions(text, len(text), ["lida", "oleg"], ["acme", "bolt"])] == offered


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A desk with tickets that differ in everything that can be asked for."""
    made = house(tmp_path_factory.mktemp("filters") / "desk.db", "2026-03-02T10:00:00+03:00")
    made.norm(60, 480)
    made.norm(30, 120, priority="urgent")
    made.client("bolt", policy="std", name="ООО «Ёлка»")
    made.client("cargo")
    one = made.ticket("The printer is silent", assignee="lida", tags="vip print", requester="Ольга Ёжикова")
    two = made.ticket("No ink", client="bolt", priority="urgent", price="1500")
    three = made.ticket("Касса не печатает", client="bolt", line="2", kind="task", price="0", channel="phone")
    four = made.ticket("Invoice", client="cargo", assignee="oleg")
    five = made.ticket("Old letter", assignee="anna", priority="low")
    commands.set_status(made.desk(), two, "waiting_client")
    commands.assign(made.desk(), three, "lida")
    commands.assign(made.desk(), three, "oleg")
    commands.set_status(made.desk(), four, "resolved")
    commands.reopen(made.desk(), four, "again")
    made.wait(60 * 24 * 3)
    commands.set_status(made.desk(), five, "resolved")
    made.ticket("Fresh one", client="cargo", priority="high")
    assert one == 1
    return made


def found(made: House, text: str, view: str = "all") -> list[int]:
    """The numbers that a filter leaves of a view."""
    wanted = filters.read(text)
    rows = queries.page(made.desk(), view, search=wanted, limit=0)
    assert queries.count(made.desk(), view, search=wanted) == len(rows)
    assert all(queries.holds(made.desk(), view, row.number, search=wanted) for row in rows)
    return sorted(row.number for row in rows)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("client:acme", [1, 5]),
        ("client:елка", [2, 3]),
        ("client:acme,cargo", [1, 4, 5, 6]),
        ("-client:acme", [2, 3, 4, 6]),
        ("client:nobody", []),
        ("assignee:lida", [1]),
        ("assignee:me", [5]),
        ("assignee:none", [2, 6]),
        ("-assignee:none", [1, 3, 4, 5]),
        ("status:waiting", [2]),
        ("status:unfinished", [1, 2, 3, 4, 6]),
        ("status:resolved,waiting_client", [2, 5]),
        ("line:2", [3]),
        ("line:1,2 kind:task", [3]),
        ("priority:urgent", [2]),
        ("priority>=high", [2, 6]),
        ("priority<normal", [5]),
        ("channel:phone", [3]),
        ("channel:none", [1, 2, 4, 5, 6]),
        ("price>0", [2]),
        ("price:none", [1, 4, 5, 6]),
        ("price<=1500", [2, 3]),
        ("is:paid", [2]),
        ("is:mine status:resolved", []),
        ("is:unassigned", [2, 6]),
        ("is:overdue", [1, 2, 3]),
        ("due<0", [1, 2, 3]),
        ("due:none", [4, 5, 6]),
        ("age<1h", [6]),
        ("age>2d", [1, 2, 3, 4, 5]),
        ("created:today", [6]),
        ("created<2026-03-03", [1, 2, 3, 4, 5]),
        ("created>=02.03.2026 created<=2026-03-02", [1, 2, 3, 4, 5]),
        ("created:1d", [6]),
        ("resolved:today", [5]),
        ("resolved:none", [1, 2, 3, 4, 6]),
        ("tag:vip", [1]),
        ("tag:vi", []),
        ("requester:ежик", [1]),
        ("reopens>0", [4]),
        ("handovers>=1", [3]),
        ("number:3", [3]),
        ("number>4", [5, 6]),
        ("printer", [1]),
        ("-printer client:acme", [5]),
        ("печата line:2", [3]),
        ('"no ink"', [2]),
    ],
)
def test_what_a_filter_finds(desk: House, text: str, numbers: list[int]) -> None:
    assert found(desk, text) == numbers


def test_time_left_is_working_time_as_the_column_shows_it(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db", "2026-03-02T17:00:00+03:00")
    made.norm(None, 120)
    made.ticket()
    made.client("night")
    assert found(made, "due<=2h") == [1]
    assert found(made, "due<119m") == [], "an hour is left today, the other one tomorrow"
    assert found(made, "due:tomorrow") == [1]
    assert found(made, "due<1d") == [1]
    assert found(made, "due<2026-03-03") == []


def test_time_left_goes_by_the_calendar_of_each_client(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db", "2026-03-02T17:00:00+03:00")
    made.norm(None, 120)
    made.ticket()
    for name, opens, closes in (("all", "00:00", "24:00"), ("late", "09:00", "18:30")):
        made.office_hours(name, opens, closes)
        made.client(name[0], calendar=name, policy="std")
        made.ticket(client=name[0])
    desk = made.desk()
    apart = set()
    for _step in range(6):
        rows = {row.number: row.left for row in queries.page(desk, "all") if row.left is not None}
        assert len(rows) == 3
        apart.add(len({*rows.values()}))
        for minutes in (1, 30, 59, 60, 61, 90, 119, 120, 121, 180, 600, 900):
            for sign, holds in (("<", int.__lt__), ("<=", int.__le__), (">", int.__gt__), (">=", int.__ge__)):
                wanted = sorted(number for number, one in rows.items() if holds(one, minutes * MINUTE))
                assert found(made, f"due{sign}{minutes}m") == wanted, (minutes, sign, rows)
        made.wait(30)
    assert apart == {1, 2, 3}


@pytest.mark.parametrize("text", ["due<soon", "price>many", "created:yesteryear", "age<3", "number:x", "reopens>x"])
def test_a_value_that_makes_no_sense_is_pointed_at(desk: House, text: str) -> None:
    with pytest.raises(WrongFilter) as refusal:
        found(desk, f"printer {text}")
    assert (refusal.value.start, refusal.value.end) == (8, 8 + len(text))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("client:acme", lambda row: row.client == "acme"),
        ("status:unfinished", lambda row: row.status in ("new", "open", "waiting_client")),
        ("price>=0", lambda row: row.price is not None),
    ],
)
def test_a_filter_narrows_every_view(desk: House, text: str, holds: Callable[[QueueRow], bool]) -> None:
    for view in ("open", "mine", "unassigned", "overdue", "waiting", "to_accept", "repeats", "all"):
        rows = queries.page(desk.desk(), view, limit=0)
        assert found(desk, text, view) == sorted(row.number for row in rows if holds(row))


def test_own_views_are_kept_replaced_forgotten_and_personal(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    commands.save_view(made.desk(), "  Paid   work ", "open", "price>0")
    assert queries.own_views(made.desk()) == [OwnView("Paid work", "open", "price>0")]
    assert queries.own_views(made.desk("lida")) == []
    commands.save_view(made.desk(), "Paid work", "all", "price>0 client:acme")
    assert queries.own_views(made.desk()) == [OwnView("Paid work", "all", "price>0 client:acme")]
    history.undo(made.desk())
    assert queries.own_views(made.desk()) == [OwnView("Paid work", "open", "price>0")]
    commands.forget_view(made.desk(), "Paid work")
    assert queries.own_views(made.desk()) == []
    history.undo(made.desk())
    assert len(queries.own_views(made.desk())) == 1
    for name, view, text in (("", "open", "x"), ("x" * 30, "open", "x"), ("x", "nowhere", "x"), ("x", "open", "y:1")):
        with pytest.raises(Refused):
            commands.save_view(made.desk(), name, view, text)
