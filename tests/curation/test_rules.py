"""What holds on a day: the latest row begun by it, if it hasn't ended; two leads clash, who left counts nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.curation import rules
from leadconsole.curation.rules import Clash, Row, Stretch


def row(since: str, level: str = "curator", until: str | None = None, login: str = "lida") -> Row:
    return Row("acme", login, since, level, until)


@pytest.mark.parametrize(
    ("rows", "day", "level"),
    [
        ([], "2026-03-02", None),
        ([row("2026-03-02")], "2026-03-01", None),
        ([row("2026-03-02")], "2026-03-02", "curator"),
        ([row("2026-03-02", until="2026-03-05")], "2026-03-05", "curator"),
        ([row("2026-03-02", until="2026-03-05")], "2026-03-06", None),
        ([row("2026-01-01"), row("2026-03-02", "lead")], "2026-03-01", "curator"),
        ([row("2026-01-01"), row("2026-03-02", "lead")], "2026-03-02", "lead"),
        # The latest row that has begun counts even where it has ended and an earlier one hasn't.
        ([row("2026-01-01"), row("2026-03-02", "lead", "2026-03-05")], "2026-03-06", None),
    ],
)
def test_the_latest_row_begun_by_a_day_holds_if_it_has_not_ended(rows: list[Row], day: str, level: str | None) -> None:
    for order in (rows, rows[::-1]):
        held = rules.row_on(order, day)
        assert (held.level if held else None) == level


def test_stretches_end_where_the_next_row_begins_and_with_employment() -> None:
    rows = [row("2026-03-10", "lead", "2026-04-01"), row("2026-01-01", "learning"), row("2026-02-01")]
    assert rules.stretches(rows) == [
        Stretch("2026-01-01", "2026-01-31", "learning"),
        Stretch("2026-02-01", "2026-03-09", "curator"),
        Stretch("2026-03-10", "2026-04-01", "lead"),
    ]
    assert rules.stretches(rows, "2026-02-10", "2026-03-15") == [
        Stretch("2026-02-10", "2026-03-09", "curator"),
        Stretch("2026-03-10", "2026-03-15", "lead"),
    ]
    assert rules.stretches([row("2026-01-01")], ended="2025-12-31") == []


def test_two_who_lead_at_once_clash_and_those_one_after_the_other_do_not() -> None:
    lida = [Stretch("2026-01-01", "2026-03-01", "lead")]
    oleg = [Stretch("2026-03-01", rules.FOREVER, "lead")]
    assert rules.clashes({"lida": lida, "oleg": oleg}) == [Clash("lida", "oleg", "2026-03-01", "2026-03-01")]
    assert rules.clashes({"lida": lida, "oleg": [Stretch("2026-03-02", rules.FOREVER, "lead")]}) == []
    assert rules.clashes({"lida": lida, "oleg": [Stretch("2026-02-01", "2026-02-02", "curator")]}) == []


DAYS = [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(12)]
day = st.sampled_from(DAYS)
some_rows = st.lists(
    st.tuples(st.sampled_from("ab"), day, st.sampled_from(rules.LEVELS), st.none() | day).filter(
        lambda one: one[3] is None or one[3] >= one[1]
    ),
    unique_by=lambda one: one[:2],
    max_size=8,
)


@given(some_rows, st.none() | day)
def test_stretches_and_clashes_say_the_same_as_asking_day_by_day(
    given_rows: list[tuple[str, str, str, str | None]], ended: str | None
) -> None:
    held = {
        login: [Row("acme", login, since, level, until) for name, since, level, until in given_rows if name == login]
        for login in "ab"
    }
    made = {login: rules.stretches(rows, None, ended) for login, rows in held.items()}
    both = set()
    for one in DAYS:
        leading = []
        for login, rows in held.items():
            asked = rules.row_on(rows, one) if ended is None or one <= ended else None
            found = [stretch.level for stretch in made[login] if stretch.first <= one <= stretch.last]
            assert found == ([asked.level] if asked else [])
            if asked and asked.level == "lead":
                leading.append(login)
        if len(leading) > 1:
            both.add(one)
    clashing = {one for clash in rules.clashes(made) for one in DAYS if clash.first <= one <= clash.last}
    assert clashing == both


@pytest.mark.parametrize(
    ("status", "started", "ended", "day", "found"),
    [
        ("active", None, None, "2026-02-01", "active"),
        ("left", None, "2026-02-15", "2026-02-01", "active"),
        ("left", None, "2026-02-15", "2026-02-16", "left"),
        ("left", None, "2026-02-15", "2026-03-02", "left"),
        ("left", None, None, "2026-02-01", "left"),
        ("active", "2026-02-10", None, "2026-02-09", "left"),
        ("active", "2026-05-01", None, "2026-03-02", "active"),
        ("leaving", None, "2026-03-31", "2026-04-01", "left"),
        ("leaving", None, "2026-03-31", "2026-03-31", "leaving"),
    ],
)
def test_a_client_of_another_day_is_what_its_dates_say(
    status: str, started: str | None, ended: str | None, day: str, found: str
) -> None:
    assert rules.status_on(status, started, ended, day, "2026-03-02") == found
