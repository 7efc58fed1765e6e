"""Months, and the dates and moments that files and people write."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.clock import DAY, HOUR, Instant, instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.period import (
    Month,
    iso,
    local_date,
    parse_date,
    parse_instant,
    start_of_day,
    time_zone,
)

MOSCOW = "Europe/Moscow"
NEW_YORK = "America/New_York"


def at(text: str) -> Instant:
    return instant(datetime.fromisoformat(text))


def test_a_month_knows_its_days_and_neighbours() -> None:
    february = Month.parse(" 2028-02 ")
    assert (february.first, february.last, february.days) == (date(2028, 2, 1), date(2028, 2, 29), 29)
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)
    assert Month(2026, 3).plus(-27) == Month(2023, 12)
    assert str(Month(2026, 3)) == "2026-03"
    assert Month(2025, 12) < Month(2026, 1)
    assert [*february.dates()][-1] == february.last
    assert Month.of(date(2026, 10, 31)) == Month(2026, 10)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-1", "10.2026", "0026-10", "9999-01", "２０２６-10"]
)
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="2026-10") as refused:
        Month.parse(text, field="month")
    assert refused.value.field == "month"


def test_a_month_begins_and_ends_in_the_zones_local_time() -> None:
    begin, end = Month(2026, 10).bounds(MOSCOW)
    assert (begin, end) == (at("2026-10-01T00:00:00+03:00"), at("2026-11-01T00:00:00+03:00"))
    assert Month.at(end, MOSCOW) == Month(2026, 11)
    assert Month.at(end - 1, MOSCOW) == Month(2026, 10)
    begin, end = Month(2026, 3).bounds(NEW_YORK)
    assert end - begin == 31 * DAY - HOUR


def test_a_day_whose_midnight_is_skipped_begins_at_the_change() -> None:
    assert start_of_day(date(2017, 10, 1), "America/Asuncion") == at("2017-10-01T01:00:00-03:00")
    # 23:30 became 00:30.
    assert start_of_day(date(1919, 3, 31), "America/Toronto") == at("1919-03-31T04:30:00Z")


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        (None, None, 31),
        (date(2026, 10, 31), None, 1),
        (None, date(2026, 10, 1), 1),
        (date(2026, 10, 10), date(2026, 10, 19), 10),
        (date(2025, 1, 1), date(2027, 1, 1), 31),
        (date(2026, 11, 1), None, 0),
        (None, date(2026, 9, 30), 0),
        (date(2026, 10, 20), date(2026, 10, 10), 0),
    ],
)
def test_days_of_a_row_that_lie_in_the_month(begin: date | None, end: date | None, days: int) -> None:
    assert Month(2026, 10).overlap_days(begin, end) == days


@pytest.mark.parametrize("text", ["2026-10-31", "31.10.2026", " 2026-10-31 "])
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert parse_date(text) == date(2026, 10, 31)


def test_a_dotted_date_needs_no_zeros() -> None:
    assert parse_date("1.2.2026") == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/10/2026",
        "2026-02-29",
        "31.11.2026",
        "2026-10-31T12:00",
        "10-31-2026",
        "20261031",
        "31.10.26",
        "0202-10-31",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match=r"2026-10-31 or 31\.10\.2026") as refused:
        parse_date(text, field="from")
    assert refused.value.field == "from"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-31T12:00:00+03:00", "2026-10-31T12:00:00+03:00"),
        ("2026-10-31T12:00:00Z", "2026-10-31T12:00:00+00:00"),
        ("2026-10-31 12:00:00 UTC", "2026-10-31T12:00:00+00:00"),
        ("2026-10-31T12:00:00-0330", "2026-10-31T12:00:00-03:30"),
        ("2026-10-31T12:00+05", "2026-10-31T12:00:00+05:00"),
        ("2026-10-31T12:00:00", "2026-10-31T12:00:00+03:00"),
        ("2026-10-31 12:00", "2026-10-31T12:00:00+03:00"),
        ("2026-10-31", "2026-10-31T00:00:00+03:00"),
        ("31.10.2026", "2026-10-31T00:00:00+03:00"),
        ("31.10.2026 9:05", "2026-10-31T09:05:00+03:00"),
        ("31.10.2026 12:00:07", "2026-10-31T12:00:07+03:00"),
        ("2026-10-31T12:00:00.5", "2026-10-31T12:00:00.500000+03:00"),
        ("2026-10-31T12:00:00,1234567Z", "2026-10-31T12:00:00.123456+00:00"),
        ("2026-12-31T24:00", "2027-01-01T00:00:00+03:00"),
    ],
)
def test_a_moment_is_read_as_files_write_it(text: str, expected: str) -> None:
    assert parse_instant(text, MOSCOW) == at(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12:00",
        "yesterday",
        "2026-10-31T25:00",
        "2026-10-31T24:01",
        "2026-10-31T12:60",
        "2026-10-31T12:00:60",
        "2026-10-31T12:00+25:00",
        "2026-10-31T12:00+03:75",
        "2026-02-30T12:00",
        "1026-10-31T12:00",
        "2026-10-31T12:00:00+03:00 or so",
        "1793437200",
    ],
)
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="2026-10-31T12:00:00") as refused:
        parse_instant(text, MOSCOW, field="created")
    assert refused.value.field == "created"


def test_local_times_that_never_come_or_come_twice_are_decided() -> None:
    assert parse_instant("2026-03-08T02:30", NEW_YORK) == at("2026-03-08T07:30:00Z")
    assert parse_instant("2026-11-01T01:30", NEW_YORK) == at("2026-11-01T05:30:00Z")


@given(
    st.integers(at("1990-01-01T00:00:00Z"), at("2090-01-01T00:00:00Z")),
    st.sampled_from([MOSCOW, NEW_YORK, "Europe/Kyiv", "Asia/Kathmandu"]),
)
def test_what_is_written_is_read_back_even_when_clocks_change(when: Instant, timezone: str) -> None:
    assert parse_instant(iso(when, timezone), "UTC") == when
    begin = start_of_day(local_date(when, timezone), timezone)
    assert begin <= when < begin + 25 * HOUR


def test_fractions_are_written_only_where_there_are_any() -> None:
    assert iso(at("2026-10-31T09:00:00Z"), MOSCOW) == "2026-10-31T12:00:00+03:00"
    assert iso(at("2026-10-31T09:00:00Z") + 1, MOSCOW) == "2026-10-31T12:00:00.000001+03:00"


@pytest.mark.parametrize("name", ["", "Europe/Msk", "../etc/passwd", "/etc/passwd", "Europe", "Europe/\0"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="Europe/Moscow"):
        time_zone(name, field="timezone")
