"""Corrections of facts, waiting and rejection, and one step done to many tickets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from desks import House, at, house
from leadconsole.kernel import history
from leadconsole.kernel.errors import NotAllowed, Refused, Stale
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import commands, days, queries, steps


@pytest.fixture
def made(tmp_path: Path) -> House:
    """Six tickets of one client with a norm."""
    made = house(tmp_path / "desk.db")
    made.norm(60, 480)
    made.client("bolt")
    for place in range(6):
        made.ticket(f"Matter {place}")
    return made


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"price": "12 345,60"}, "price", 1234560),
        ({"price": "0"}, "price", 0),
        ({"estimate_hours": "1.5"}, "estimate_minutes", 90),
        ({"promised": "2026-03-05"}, "promised", at("2026-03-05T00:00:00+03:00")),
        ({"tags": "vip  urgent"}, "tags", "vip  urgent"),
        ({"subject": "Another matter"}, "subject_key", "another matter"),
        ({"client": "bolt"}, "client", "bolt"),
        ({"kind": "task"}, "kind", "task"),
    ],
)
def test_a_correction_is_kept_taken_back_and_done_again(
    made: House, cells: dict[str, str | None], column: str, value: object
) -> None:
    before = made.snapshot()
    commands.correct(made.desk(), 1, cells)
    assert made.value(1, column) == value
    after = made.snapshot()
    assert made.differences() == []
    history.undo(made.desk())
    assert made.snapshot() == before
    history.redo(made.desk())
    assert made.snapshot() == after
    history.undo(made.desk())
    assert made.snapshot() == before
    assert made.differences() == []


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"promised": "2026-03-01"}, "promised"),
        ({"wait_until": "2026-03-02T09:59"}, "wait_until"),
        ({"price": "-1"}, "price"),
        ({"price": "much"}, "price"),
        ({"client": "nobody"}, "client"),
        ({"kind": "joke"}, "kind"),
        ({"status": "open"}, "status"),
        ({"subject": ""}, "subject"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(made: House, cells: dict[str, str | None], field: str) -> None:
    before = made.snapshot()
    with pytest.raises(Refused) as refusal:
        commands.correct(made.desk(), 1, cells)
    assert refusal.value.field == field
    assert made.snapshot() == before


def test_a_correction_that_changes_nothing_is_no_step(made: House) -> None:
    with pytest.raises(Refused, match="Nothing was changed"):
        commands.correct(made.desk(), 1, {"subject": "Matter 0"})


def test_a_rejected_ticket_has_no_price(made: House) -> None:
    commands.reject(made.desk(), 1, "spam")
    with pytest.raises(Refused, match="rejected work has no price"):
        commands.correct(made.desk(), 1, {"price": "100"})


def test_a_stale_correction_is_refused_with_both_values(made: House) -> None:
    seen = queries.cells(made.desk(), 1)
    commands.correct(made.desk("lida"), 1, {"price": "100", "tags": "vip"})
    with pytest.raises(Stale) as refusal:
        commands.correct(made.desk(), 1, {"price": "200"}, seen)
    assert (refusal.value.field, refusal.value.seen, refusal.value.present) == ("price", "—", "10000")
    commands.correct(made.desk(), 1, {"subject": "What nobody else touched"}, seen)
    assert made.value(1, "price") == 10000


def test_an_undo_over_anothers_later_correction_is_refused(made: House) -> None:
    commands.correct(made.desk(), 1, {"price": "100"})
    commands.correct(made.desk("lida"), 1, {"price": "200"})
    with pytest.raises(Refused, match="corrected again since"):
        history.undo(made.desk())
    assert made.value(1, "price") == 20000


def test_waiting_stops_the_clock_and_keeps_its_day(made: House) -> None:
    commands.wait(made.desk(), 1, "waiting_client", "2026-03-10", "the act")
    assert (made.value(1, "status"), made.value(1, "resolution_due")) == ("waiting_client", None)
    assert made.value(1, "wait_until") == at("2026-03-10T00:00:00+03:00")
    with pytest.raises(Refused):
        commands.wait(made.desk(), 2, "waiting_client", "2026-03-01")
    assert made.value(2, "status") == "new", "all or nothing"
    history.undo(made.desk())
    assert (made.value(1, "status"), made.value(1, "wait_until")) == ("new", None)


def test_a_rejection_keeps_why(made: House) -> None:
    commands.reject(made.desk(), 2, "duplicate of 1")
    assert (made.value(2, "status"), made.value(2, "resolution_code")) == ("closed_rejected", "duplicate of 1")


def test_one_step_to_many_is_one_undo_step(made: House) -> None:
    commands.accept(made.desk("lida"), 3)
    before = made.snapshot()
    step = partial(steps.set_status, status="accepted", text=None, basis=None)
    assert commands.many(made.desk(), [1, 2, 3, 99], step, dry_run=True).done == (1, 2)
    assert made.snapshot() == before
    result = commands.many(made.desk(), [1, 2, 3, 99, 1], step)
    assert result.done == (1, 2)
    assert [number for number, _why in result.refused] == [3, 99]
    assert [made.value(number, "status") for number in (1, 2, 3, 4)] == ["accepted", "accepted", "accepted", "new"]
    history.undo(made.desk())
    assert made.snapshot() == before
    assert made.differences() == []


def test_a_step_that_fails_half_way_leaves_nothing_of_itself(made: House) -> None:
    def half(transaction: Transaction, number: int) -> None:
        steps.set_priority(transaction, number, "high", None)
        if number == 2:
            raise Refused("not this one")

    assert commands.many(made.desk(), [2, 1], half).done == (1,)
    assert (made.value(1, "priority"), made.value(2, "priority")) == ("high", "normal")
    history.undo(made.desk())
    assert made.value(1, "priority") == "normal"
    assert made.differences() == []


def test_bulk_has_its_limits(made: House) -> None:
    with pytest.raises(Refused, match="At most"):
        commands.many(made.desk(), range(20_000), steps.present)
    made.person("dora", "director")
    with pytest.raises(NotAllowed):
        commands.many(made.desk("dora"), [1], steps.present)


NOW = at("2026-03-02T10:00:00+03:00")


@pytest.mark.parametrize(
    ("text", "end", "time"),
    [
        ("tomorrow", False, "2026-03-03T00:00:00+03:00"),
        ("Завтра", True, "2026-03-03T23:59:00+03:00"),
        ("3d", False, "2026-03-05T00:00:00+03:00"),
        ("2 нед", False, "2026-03-16T00:00:00+03:00"),
        ("25.11", True, "2026-11-25T23:59:00+03:00"),
        ("01.03", False, "2027-03-01T00:00:00+03:00"),
        ("29.02", False, "2028-02-29T00:00:00+03:00"),
        ("05.03 14:30", True, "2026-03-05T14:30:00+03:00"),
        ("2026-03-09", False, "2026-03-09T00:00:00+03:00"),
        ("2026-03-09T12:00+02:00", False, "2026-03-09T12:00:00+02:00"),
    ],
)
def test_days_as_people_type_them(text: str, end: bool, time: str) -> None:
    assert at(days.ahead(text, NOW, "Europe/Moscow", end_of_day=end)) == at(time)


@pytest.mark.parametrize("text", ["soon", "31.02", "99d d", "2026-13-01", "25:00"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(Refused):
        days.ahead(text, NOW, "Europe/Moscow", end_of_day=False)
