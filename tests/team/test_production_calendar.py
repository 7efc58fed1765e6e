"""Russia's production calendar against the published one; Ukraine with and without martial law."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from leadconsole.kernel.period import Month
from leadconsole.kernel.worktime import DayKind
from leadconsole.team.production_calendar import (
    KNOWN_YEARS,
    country_days,
    hours_of_day,
    is_work_day,
    norm_hours,
    short_days,
    work_days,
)

PUBLISHED_YEARS = range(2013, 2027)
HOURS_2027 = (120, 151, 176, 175, 152, 167, 176, 176, 176, 168, 159, 176)


@pytest.fixture(scope="module")
def published(cases: Path) -> dict[str, Any]:
    text = (cases / "calendar" / "ru_production_calendar_2013_2026.json").read_text("utf-8")
    whole: dict[str, Any] = json.loads(text, parse_float=Fraction)
    years: dict[str, Any] = whole.get("years", whole)
    return years


def dates(texts: list[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize("year", PUBLISHED_YEARS)
def test_the_days_of_russia_are_the_published_ones(published: dict[str, Any], year: int) -> None:
    days, expected = country_days("RU", [year]), published[str(year)]
    off = [day for day, kind in days.items() if kind is DayKind.OFF and day.weekday() < 5]
    weekend_work = [day for day in days if day.weekday() >= 5 and is_work_day(day, days)]
    assert sorted(off) == dates(expected["weekday_days_off"])
    assert sorted(weekend_work) == dates(expected["working_weekend_days"])
    assert short_days(days) == dates(expected["short_days"])
    assert {day.year for day in days} == {year}


@pytest.mark.parametrize("year", PUBLISHED_YEARS)
def test_the_month_norms_of_russia_are_the_published_ones(published: dict[str, Any], year: int) -> None:
    days = country_days("RU", [year])
    for row in published[str(year)]["months"]:
        month = Month(year, row["month"])
        assert len(work_days(month, days)) == row["work_days"], month
        for weekly in (40, 36, 24):
            assert norm_hours(month, days, weekly) == row[f"hours{weekly}"], (month, weekly)


def test_2027_has_the_hours_that_xmlcalendar_publishes() -> None:
    days = country_days("RU", [2027])
    assert [norm_hours(Month(2027, n), days) for n in range(1, 13)] == [*map(Fraction, HOURS_2027)]
    assert days[date(2027, 2, 20)] is DayKind.SHORT
    assert is_work_day(date(2027, 2, 20), days)


def test_every_known_year_of_russia_has_short_days() -> None:
    seen = Counter(day.year for day in short_days(country_days("RU", KNOWN_YEARS["RU"])))
    assert set(seen) == set(KNOWN_YEARS["RU"])


def test_a_loaded_row_wins_over_the_built_in_day() -> None:
    loaded = {
        date(2026, 10, 5): DayKind.OFF,
        date(2026, 10, 10): DayKind.WORK,
        date(2026, 10, 30): DayKind.SHORT,
    }
    october = Month(2026, 10)
    days = country_days("RU", [2026])
    assert norm_hours(october, days) == 176
    assert norm_hours(october, {**days, **loaded}) == 175
    assert hours_of_day(date(2026, 10, 30), loaded, 36) == Fraction(31, 5)


def test_the_answer_of_one_caller_is_not_the_answer_of_the_next() -> None:
    country_days("RU", [2026]).clear()
    assert country_days("RU", [2026])[date(2026, 1, 9)] is DayKind.OFF


def test_a_desk_without_a_country_has_plain_five_day_weeks() -> None:
    assert country_days("", [2026]) == {}
    assert norm_hours(Month(2026, 1), {}) == 22 * 8


def test_an_unknown_country_is_not_taken_for_one_without_holidays() -> None:
    with pytest.raises(ValueError, match="XX"):
        country_days("XX", [2026])


def test_ukraine_has_no_holidays_under_martial_law() -> None:
    assert country_days("UA", range(2023, 2028)) == {}
    assert max(country_days("UA", [2022])) < date(2022, 2, 24)
    assert country_days("UA", [2021])[date(2021, 8, 24)] is DayKind.OFF
    assert country_days("UA", [2021])[date(2021, 8, 28)] is DayKind.WORK


def test_ukraine_has_its_holidays_back_where_the_setting_says_so() -> None:
    days = country_days("UA", [2026], martial_law=False)
    # Independence Day; Easter is a Sunday and gives its Monday.
    assert {date(2026, 8, 24), date(2026, 4, 12), date(2026, 4, 13), date(2026, 12, 25)} <= set(days)
    assert norm_hours(Month(2026, 8), days) == 20 * 8
    before = country_days("UA", [2021], martial_law=False)
    assert before == country_days("UA", [2021])


def test_ukrainian_holidays_on_a_weekend_give_the_next_working_day() -> None:
    days = country_days("UA", [2033], martial_law=False)
    # 2033: Easter on 24 April; 1 and 8 May are Sundays.
    off = [day for day in days if day.weekday() < 5]
    assert {date(2033, 4, 25), date(2033, 5, 2), date(2033, 5, 9)} <= set(off)
