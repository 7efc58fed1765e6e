"""Working time against outside cases, laws that must hold, changes of clocks and odd days."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadconsole.kernel import worktime
from leadconsole.kernel.clock import DAY, HOUR, MINUTE, Instant, instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.period import local_instant, time_zone
from leadconsole.kernel.worktime import (
    AROUND_THE_CLOCK,
    HORIZON,
    DayKind,
    DayRule,
    Hours,
    WorkCalendar,
    WorkingTime,
    due_over,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NINE_TO_SIX = (Hours(540, 780), Hours(840, 1080))
OFFICE = dict.fromkeys(range(5), NINE_TO_SIX)

Segments = list[tuple[Instant, Instant | None]]


def at(text: str) -> Instant:
    return instant(datetime.fromisoformat(text))


def office(timezone: str = "UTC", **kinds: Any) -> WorkCalendar:
    return WorkCalendar("office", timezone, OFFICE, **kinds)


def outside_calendar(name: str, row: dict[str, Any]) -> WorkCalendar:
    week = {WEEKDAYS.index(weekday): [Hours.parse(*pair) for pair in pairs] for weekday, pairs in row["week"].items()}
    assert not row["overrides"]
    days = {date.fromisoformat(day): DayRule(DayKind.OFF) for day in row["holidays"]}
    return WorkCalendar(name, row["tz"], week, days)


def running(start: Instant, end: Instant | None, pauses: list[list[str]]) -> Segments:
    """What is left of a stretch between its pauses."""
    segments: Segments = []
    for pause, resumed in pauses:
        segments.append((start, at(pause)))
        start = at(resumed)
    return [*segments, (start, end)]


def test_every_outside_case_comes_out(cases: Path) -> None:
    whole = json.loads((cases / "sla" / "sla_cases.json").read_text("utf-8"))
    calendars = {name: outside_calendar(name, row) for name, row in whole["calendars"].items()}
    seen = 0
    for case in whole["cases"]:
        calendar = calendars[case["calendar"]]
        if case["op"] == "due":
            segments = running(at(case["start"]), None, case["pauses"])
            found = due_over(calendar, segments, case["target_minutes"] * MINUTE)
            assert found == at(case["expect_due"]), case["id"]
        else:
            closed = running(at(case["from"]), at(case["to"]), case["pauses"])
            worked = sum(calendar.elapsed(start, end) for start, end in closed if end is not None)
            assert worked == case["expect_minutes"] * MINUTE, case["id"]
        seen += 1
    assert seen == 35


# --- laws -----------------------------------------------------------------------------------------

CALENDARS: dict[str, WorkingTime] = {
    "office": office("Europe/Moscow"),
    "new york": office("America/New_York"),
    "nights in kyiv": WorkCalendar("nights", "Europe/Kyiv", {n: [Hours(0, 210), Hours(1320, 1440)] for n in range(7)}),
    "one day a week": WorkCalendar("friday", "Asia/Kolkata", {4: [Hours(600, 601)]}),
    "always open in zone": WorkCalendar("open", "America/New_York", {n: [Hours(0, 1440)] for n in range(7)}),
    "around the clock": AROUND_THE_CLOCK,
}
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
moments = st.integers(at("2024-12-01T00:00:00+00:00"), at("2027-02-01T00:00:00+00:00"))
works = st.one_of(
    st.integers(1, 400 * HOUR), st.integers(1, 100).map(lambda n: n * 8 * HOUR), st.just(1), st.just(MINUTE)
)


@given(calendars, moments, works)
def test_work_is_used_up_when_it_is_due_and_not_earlier(cal: WorkingTime, start: Instant, work: int) -> None:
    due = cal.due(start, work)
    assume(due is not None)
    assert due is not None
    assert cal.elapsed(start, due) == work
    assert cal.elapsed(start, due - 1) == work - 1


@given(calendars, moments, works)
def test_at_risk_since_is_the_earliest_moment_with_so_little_left(cal: WorkingTime, end: Instant, work: int) -> None:
    since = cal.before(end, work)
    assume(since is not None)
    assert since is not None
    assert cal.elapsed(since, end) == work
    assert cal.elapsed(since - 1, end) == work + 1


@given(calendars, st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_elapsed_time_adds_up_and_never_exceeds_the_clock(cal: WorkingTime, three: list[Instant]) -> None:
    first, middle, last = three
    assert cal.elapsed(first, middle) + cal.elapsed(middle, last) == cal.elapsed(first, last)
    assert 0 <= cal.elapsed(first, last) <= last - first
    assert cal.elapsed(last, first) == 0


@given(calendars, moments, works, works)
def test_more_work_and_a_later_start_are_never_due_earlier(
    cal: WorkingTime, start: Instant, work: int, more: int
) -> None:
    due, with_more, later = cal.due(start, work), cal.due(start, work + more), cal.due(start + more, work)
    assume(due is not None and with_more is not None and later is not None)
    assert due is not None
    assert with_more is not None
    assert later is not None
    assert due < with_more
    assert due <= later


@given(calendars, moments)
def test_no_work_is_due_at_once_or_at_the_next_opening(cal: WorkingTime, start: Instant) -> None:
    due = cal.due(start, 0)
    assert due is not None
    assert due >= start
    assert (due == start) == cal.is_open(start)
    assert cal.is_open(due)
    assert cal.elapsed(start, due) == 0


@given(moments, works, st.lists(st.integers(1, 9 * DAY), max_size=6))
def test_pauses_put_off_what_is_due(start: Instant, work: int, steps: list[int]) -> None:
    cal = CALENDARS["office"]
    marks = [start]
    for step in steps:
        marks.append(marks[-1] + step)
    segments: Segments = list(zip(marks[::2], marks[1::2], strict=False))
    due = due_over(cal, segments, work)
    worked = sum(cal.elapsed(begin, min(end, due or end)) for begin, end in segments if end is not None)
    assert (worked == work) if due is not None else (worked < work)


def test_the_answer_doesnt_depend_on_what_was_asked_before() -> None:
    warm = office()
    warm.elapsed(at("1995-01-01T00:00:00Z"), at("2060-01-01T00:00:00Z"))
    start = at("2026-06-01T00:00:00Z")
    for work in (8 * HOUR, 2000 * HOUR, 43_000 * HOUR):
        assert warm.due(start, work) == office().due(start, work)
        assert warm.before(start, work) == office().before(start, work)
    assert warm.due(start, 43_000 * HOUR) is None


# --- boundaries of a day ---------------------------------------------------------------------------


def test_a_lunch_break_counts_nothing() -> None:
    cal = office()
    assert cal.elapsed(at("2026-10-05T12:30:00Z"), at("2026-10-05T14:30:00Z")) == HOUR
    assert cal.due(at("2026-10-05T12:30:00Z"), 30 * MINUTE) == at("2026-10-05T13:00:00Z")
    assert cal.due(at("2026-10-05T12:30:00Z"), 31 * MINUTE) == at("2026-10-05T14:01:00Z")
    assert cal.before(at("2026-10-05T14:00:00Z"), 0) == at("2026-10-05T13:00:00Z")


def test_the_closing_moment_is_closed_and_the_opening_moment_is_open() -> None:
    cal = office()
    assert cal.is_open(at("2026-10-05T09:00:00Z"))
    assert not cal.is_open(at("2026-10-05T18:00:00Z"))
    assert cal.due(at("2026-10-05T18:00:00Z"), 0) == at("2026-10-06T09:00:00Z")


def test_24_00_runs_into_the_next_day() -> None:
    cal = WorkCalendar("late", "Europe/Moscow", {0: [Hours.parse("20:00", "24:00")], 1: [Hours.parse("0:00", "4:00")]})
    assert cal.elapsed(at("2026-10-05T20:00:00+03:00"), at("2026-10-06T12:00:00+03:00")) == 8 * HOUR
    assert cal.is_open(at("2026-10-06T00:00:00+03:00"))


def test_a_year_ends_in_local_time() -> None:
    cal = WorkCalendar("open", "Asia/Vladivostok", {n: [Hours(0, 1440)] for n in range(7)})
    assert cal.elapsed(at("2026-12-31T13:59:00Z"), at("2026-12-31T14:01:00Z")) == 2 * MINUTE
    assert cal.due(at("2026-12-31T13:59:00Z"), 366 * DAY) == at("2028-01-01T13:59:00Z")


def test_overlapping_hours_count_once() -> None:
    cal = WorkCalendar("o", "UTC", {0: [Hours(600, 720), Hours(540, 660), Hours(720, 780)]})
    assert cal.day_hours(date(2026, 10, 5)) == (Hours(540, 780),)


def test_the_last_closing_may_lie_in_the_year_before() -> None:
    new_year = at("2027-01-01T08:00:00Z")
    assert office().before(new_year, 0) == at("2026-12-31T18:00:00Z")
    assert office().before(new_year, HOUR) == at("2026-12-31T17:00:00Z")
    assert office().before(new_year + 2 * HOUR, HOUR) == at("2026-12-31T18:00:00Z")


def test_a_calendar_that_never_opens_has_no_due_time() -> None:
    cal = WorkCalendar("closed", "UTC", {})
    start = at("2026-01-01T00:00:00Z")
    assert cal.due(start, 0) is None
    assert cal.due(start, MINUTE) is None
    assert cal.before(start, MINUTE) is None
    assert cal.elapsed(start, start + HORIZON) == 0
    assert due_over(cal, [(start, start + DAY), (start + 2 * DAY, None)], MINUTE) is None


def test_time_is_not_used_up_within_closed_stretches_only() -> None:
    start = at("2026-10-05T09:00:00Z")
    assert due_over(office(), [(start, start + HOUR)], 2 * HOUR) is None
    assert due_over(office(), [(start, start + HOUR)], HOUR) == start + HOUR
    assert due_over(office(), [], HOUR) is None


def test_negative_work_is_a_programming_error() -> None:
    for cal in (office(), AROUND_THE_CLOCK):
        with pytest.raises(ValueError, match="-1"):
            cal.due(0, -1)
        with pytest.raises(ValueError, match="-1"):
            cal.before(0, -1)


# --- dates that differ -----------------------------------------------------------------------------

SATURDAY, SUNDAY, MONDAY = date(2026, 10, 3), date(2026, 10, 4), date(2026, 10, 5)
WEEK = {0: NINE_TO_SIX, 1: (Hours(600, 660),), 5: (Hours(600, 720),)}


@pytest.mark.parametrize(
    ("day", "own", "country", "expected"),
    [
        (MONDAY, None, DayKind.OFF, ()),
        (MONDAY, None, DayKind.SHORT, NINE_TO_SIX),
        (SATURDAY, None, None, (Hours(600, 720),)),
        (SATURDAY, None, DayKind.WORK, NINE_TO_SIX),
        (SATURDAY, None, DayKind.SHORT, NINE_TO_SIX),
        (SUNDAY, None, DayKind.WORK, NINE_TO_SIX),
        (MONDAY, DayRule(DayKind.WORK), DayKind.OFF, NINE_TO_SIX),
        (MONDAY, DayRule(DayKind.OFF), None, ()),
        (SUNDAY, DayRule(DayKind.OFF), DayKind.WORK, ()),
        (SUNDAY, DayRule(DayKind.WORK), None, NINE_TO_SIX),
        (SUNDAY, DayRule(DayKind.WORK, (Hours(60, 120),)), None, (Hours(60, 120),)),
        (MONDAY, DayRule(DayKind.SHORT), None, (Hours(540, 780), Hours(840, 1020))),
        (MONDAY, DayRule(DayKind.SHORT), DayKind.OFF, (Hours(540, 780), Hours(840, 1020))),
        (SATURDAY, DayRule(DayKind.SHORT), DayKind.WORK, (Hours(540, 780), Hours(840, 1020))),
        (SATURDAY, DayRule(DayKind.SHORT), None, (Hours(600, 660),)),
        (MONDAY, DayRule(DayKind.SHORT, (Hours(540, 600),)), None, (Hours(540, 600),)),
        (date(2026, 10, 6), DayRule(DayKind.SHORT), None, ()),
        (date(2026, 10, 6), DayRule(DayKind.WORK), None, NINE_TO_SIX),
    ],
)
def test_the_hours_of_a_date(
    day: date, own: DayRule | None, country: DayKind | None, expected: tuple[Hours, ...]
) -> None:
    cal = WorkCalendar("w", "UTC", WEEK, {day: own} if own else None, {day: country} if country else None)
    assert cal.day_hours(day) == expected
    assert cal.is_working_day(day) == bool(expected)
    start = instant(datetime(day.year, day.month, day.day, tzinfo=UTC))
    assert cal.elapsed(start, start + DAY) == sum(one.closes - one.opens for one in expected) * MINUTE


def test_a_short_day_loses_its_last_hour_of_work_across_a_break() -> None:
    cal = WorkCalendar("w", "UTC", {0: [Hours(540, 780), Hours(840, 870)]}, {MONDAY: DayRule(DayKind.SHORT)})
    assert cal.day_hours(MONDAY) == (Hours(540, 750),)


def test_a_working_saturday_keeps_its_own_hours_where_monday_is_closed() -> None:
    cal = WorkCalendar("w", "UTC", {5: [Hours(600, 720)]}, None, {SATURDAY: DayKind.WORK})
    assert cal.day_hours(SATURDAY) == (Hours(600, 720),)


# --- changes of clocks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timezone", "day", "opens", "closes", "minutes"),
    [
        # New York, 8 March 2026: 02:00 becomes 03:00. 1 November 2026: 02:00 becomes 01:00.
        ("America/New_York", date(2026, 3, 8), 0, 1440, 23 * 60),
        ("America/New_York", date(2026, 11, 1), 0, 1440, 25 * 60),
        ("America/New_York", date(2026, 3, 8), 150, 195, 15),  # 02:30 never comes: from the change to 03:15
        ("America/New_York", date(2026, 3, 8), 90, 150, 30),
        ("America/New_York", date(2026, 3, 8), 125, 175, 0),
        ("America/New_York", date(2026, 11, 1), 0, 90, 90),  # the first 01:30
        ("America/New_York", date(2026, 11, 1), 60, 120, 120),
        ("Europe/Kyiv", date(2026, 3, 29), 0, 1440, 23 * 60),  # 03:00 becomes 04:00
        ("Europe/Kyiv", date(2026, 10, 25), 180, 240, 120),
        ("Africa/Cairo", date(2026, 4, 24), 0, 120, 60),  # 00:00 becomes 01:00
        ("Pacific/Apia", date(2011, 12, 30), 0, 1440, 0),  # a day that Samoa left out
    ],
)
def test_hours_on_a_day_when_clocks_change(timezone: str, day: date, opens: int, closes: int, minutes: int) -> None:
    cal = WorkCalendar("w", timezone, {}, {day: DayRule(DayKind.WORK, (Hours(opens, closes),))})
    noon = instant(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert cal.elapsed(noon - 3 * DAY, noon + 3 * DAY) == minutes * MINUTE


def test_due_keeps_local_hours_when_clocks_change() -> None:
    cal = office("Europe/Kyiv")
    # Friday 17:00 to Monday 10:00 local, over the night of 28 March.
    assert cal.due(at("2026-03-27T17:00:00+02:00"), 2 * HOUR) == at("2026-03-30T10:00:00+03:00")


# --- hours as people write them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        ("18:00", "09:00", "closes"),
        ("09:00", "09:00", "closes"),
        ("22:00", "24:01", "closes"),
        ("9", "18:00", "opens"),
        ("09:60", "18:00", "opens"),
        ("09:00", "6 pm", "closes"),
        ("-1:00", "18:00", "opens"),
        ("٠٩:00", "18:00", "opens"),
    ],
)
def test_hours_that_make_no_sense_are_refused(opens: str, closes: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        Hours.parse(opens, closes)
    assert refused.value.field == field


def test_a_calendar_in_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Refused, match="Europe/Msk"):
        WorkCalendar("w", "Europe/Msk", {})


@pytest.mark.parametrize(
    ("zone", "years"),
    [
        ("Europe/Moscow", (2010, 2011, 2014, 2026)),
        ("Europe/Kyiv", (1981, 2026)),
        ("America/Sao_Paulo", (2017, 2018)),  # clocks changed at midnight
        ("Asia/Gaza", (2040, 2054)),  # back again within a week
        ("Africa/Freetown", (1939,)),  # within four days
        ("Pacific/Apia", (2011,)),  # a day was left out
    ],
)
def test_the_days_of_a_year_begin_when_each_of_them_does(zone: str, years: tuple[int, ...]) -> None:
    for year in years:
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        begun = [local_instant(day, 0, time_zone(zone)) for day in days]
        assert worktime._midnights(days, time_zone(zone)) == begun
