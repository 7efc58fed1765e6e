"""Dates, durations, money and numbers in the three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadconsole.kernel import formats
from leadconsole.kernel.clock import DAY, HOUR, MINUTE, SECOND, instant
from leadconsole.kernel.i18n import LANGUAGES, use
from leadconsole.kernel.money import Money
from leadconsole.kernel.period import Month

MOSCOW = "Europe/Moscow"
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return instant(datetime(year, month, day, hour, minute, tzinfo=UTC))


def in_each_language(call: object, *arguments: object) -> list[str]:
    shown = []
    for code in LANGUAGES:
        use(code)
        shown.append(call(*arguments))  # type: ignore[operator]
    return shown


def test_days() -> None:
    when = date(2026, 10, 5)
    assert in_each_language(formats.day, when) == ["5 Oct 2026", "05.10.2026", "05.10.2026"]
    assert in_each_language(formats.short_day, when) == ["5 Oct", "05.10", "05.10"]
    assert in_each_language(formats.weekday, when) == ["Mo", "пн", "пн"]
    assert in_each_language(formats.weekday, date(2026, 10, 11)) == ["Su", "вс", "нд"]
    assert in_each_language(formats.month, Month(2026, 5)) == ["May 2026", "Май 2026", "Травень 2026"]


def test_a_moment_says_no_more_than_is_needed() -> None:
    now = at(2026, 10, 31, 9)
    assert formats.short(at(2026, 10, 31, 20, 59), MOSCOW, now) == "23:59"
    assert formats.short(at(2026, 10, 30, 20, 59), MOSCOW, now) == "30 Oct"
    assert formats.short(at(2026, 10, 30, 21, 0), MOSCOW, now) == "00:00", "already the 31st in Moscow"
    assert formats.short(at(2025, 12, 31, 20, 59), MOSCOW, now) == "31 Dec 2025"
    assert formats.short(at(2025, 12, 31, 21, 0), MOSCOW, now) == "1 Jan", "the new year began in Moscow"
    assert in_each_language(formats.exact, now, MOSCOW) == ["31 Oct 2026 12:00"] + 2 * ["31.10.2026 12:00"]


@pytest.mark.parametrize(
    ("microseconds", "expected"),
    [
        (0, "0:00"),
        (-35 * MINUTE, "-0:35"),
        (40 * MINUTE + 59 * SECOND, "0:40"),
        (-1, "-0:01"),
        (3 * HOUR + 10 * MINUTE, "3:10"),
        (100 * HOUR - 1, "99:59"),
        (100 * HOUR, "100h"),
        (-120 * HOUR - 59 * MINUTE, "-120h"),
    ],
)
def test_working_time(microseconds: int, expected: str) -> None:
    assert formats.working_time(microseconds) == expected


@pytest.mark.parametrize(
    ("microseconds", "expected"),
    [
        (-5, ["0m", "0 мин", "0 хв"]),
        (5 * MINUTE, ["5m", "5 мин", "5 хв"]),
        (HOUR - 1, ["59m", "59 мин", "59 хв"]),
        (3 * HOUR, ["3h", "3 ч", "3 год"]),
        (DAY - 1, ["23h", "23 ч", "23 год"]),
        (2 * DAY, ["2d", "2 дн.", "2 дн."]),
        (7 * DAY, ["1w", "1 нед.", "1 тиж."]),
        (364 * DAY, ["52w", "52 нед.", "52 тиж."]),
        (365 * DAY, ["1y", "1 г.", "1 р."]),
        (3650 * DAY, ["10y", "10 л.", "10 р."]),
    ],
)
def test_age(microseconds: int, expected: list[str]) -> None:
    assert in_each_language(formats.age, microseconds) == expected


def test_numbers() -> None:
    grouped = f"-1{NBSP}204{NBSP}500,05"
    assert in_each_language(formats.money, Money(-120450005, "RUB")) == ["-1,204,500.05", grouped, grouped]
    assert in_each_language(formats.money, 7) == ["0.07", "0,07", "0,07"]
    assert in_each_language(formats.integer, -1204) == ["-1,204", f"-1{NBSP}204", f"-1{NBSP}204"]
    assert in_each_language(formats.decimal, Decimal("1204.50")) == [
        "1,204.50",
        f"1{NBSP}204,50",
        f"1{NBSP}204,50",
    ]
    assert in_each_language(formats.decimal, Decimal("1E+3")) == ["1,000", f"1{NBSP}000", f"1{NBSP}000"]
    assert in_each_language(formats.percent, Decimal("95.5")) == ["95.5%", f"95,5{NBSP}%", f"95,5{NBSP}%"]
    assert in_each_language(formats.percent, 100) == ["100%", f"100{NBSP}%", f"100{NBSP}%"]
