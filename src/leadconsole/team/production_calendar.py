"""Public holidays, working weekend days, short days and the hour norms of months, by country.

Russia is the production calendar of 2013 to 2027: holidays and transfers come from the library `holidays`,
what it lacks from `team/data/russia.py`. Ukraine is the library's, without short days, and has no public
holidays under martial law. A country of "" has none either. The norms take the days as one mapping, so a desk
that loads a new year puts its own rows over these: `{**country_days("RU", [2028]), **loaded}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from leadconsole.kernel.period import Month
from leadconsole.kernel.worktime import DayKind
from leadconsole.team.data import russia

COUNTRIES = ("RU", "UA")
"""The countries whose public holidays we know."""

KNOWN_YEARS: Mapping[str, range] = {"RU": range(2013, 2028), "UA": range(2013, 2028)}
"""The years whose calendar is published and checked; outside them only what the law fixes for every year."""

MARTIAL_LAW_SINCE = date(2022, 2, 24)
"""Ukraine: from this day holidays are working days (law 2136-IX, article 6)."""

_SATURDAY = 5
_DAYS_A_WEEK = 5


def country_days(country: str, years: Iterable[int], *, martial_law: bool = True) -> dict[date, DayKind]:
    """Every date of these years that differs from its weekday by the law of a country (RU, UA or "").

    `off` may fall on a weekend; `work` never falls on a weekday; `short` on a weekend is a working day as
    well. With `martial_law` False, Ukraine has its holidays after `MARTIAL_LAW_SINCE` too.
    """
    days: dict[date, DayKind] = {}
    for year in years:
        if country == "RU":
            days |= _russia(year)
        elif country == "UA":
            days |= _ukraine(year, martial_law)
        elif country:
            raise ValueError(f"no public holidays are known for {country!r}")
    return days


def short_days(days: Mapping[date, DayKind]) -> list[date]:
    """The dates of a mapping that are an hour shorter, in order."""
    return sorted(day for day, kind in days.items() if kind is DayKind.SHORT)


def is_work_day(day: date, days: Mapping[date, DayKind]) -> bool:
    """Whether a date is a working day of the five-day week as the country changes it."""
    kind = days.get(day)
    return day.weekday() < _SATURDAY if kind is None else kind is not DayKind.OFF


def work_days(month: Month, days: Mapping[date, DayKind]) -> list[date]:
    """The working days of a month, in order."""
    return [day for day in month.dates() if is_work_day(day, days)]


def hours_of_day(day: date, days: Mapping[date, DayKind], weekly_hours: int | Fraction = 40) -> Fraction:
    """The calendar hours of a date: a fifth of the week, an hour less on a short day, none on a day off."""
    if not is_work_day(day, days):
        return Fraction(0)
    return Fraction(weekly_hours) / _DAYS_A_WEEK - (days.get(day) is DayKind.SHORT)


def norm_hours(month: Month, days: Mapping[date, DayKind], weekly_hours: int | Fraction = 40) -> Fraction:
    """The published norm of working hours of a month, for a week of 40, 36 or 24 hours.

    Every week loses the same hour on a short day, so the norm at 20 hours is not half of that at 40. The
    roster's rule monthly_norm scales the norm at 40 instead (interchange.md, section 3).
    """
    return sum((hours_of_day(day, days, weekly_hours) for day in month.dates()), Fraction(0))


@lru_cache(maxsize=256)
def _russia(year: int) -> dict[date, DayKind]:
    """Russia's production calendar of one year."""
    from holidays import country_holidays

    published = country_holidays("RU", years=year)
    off = {*published, *map(date.fromisoformat, russia.TRANSFERRED_DAYS_OFF)}
    for first, last in russia.DAYS_OFF_BY_DECREE:
        off |= _span(date.fromisoformat(first), date.fromisoformat(last))
    days = dict.fromkeys(off, DayKind.OFF) | dict.fromkeys(published.weekend_workdays, DayKind.WORK)
    for text in russia.SHORT_DAYS.get(year, "").split():
        days[date.fromisoformat(f"{year}-{text}")] = DayKind.SHORT
    return {day: kind for day, kind in sorted(days.items()) if day.year == year}


@lru_cache(maxsize=256)
def _ukraine(year: int, martial_law: bool) -> dict[date, DayKind]:
    """Ukraine's days off of one year, with or without the rule that martial law suspends them."""
    from holidays import PUBLIC, WORKDAY, country_holidays

    published = country_holidays("UA", years=year, categories=PUBLIC)
    days = dict.fromkeys(published, DayKind.OFF) | dict.fromkeys(published.weekend_workdays, DayKind.WORK)
    if martial_law:
        return {day: kind for day, kind in sorted(days.items()) if day.year == year and day < MARTIAL_LAW_SINCE}
    # The library lists what martial law suspends as holidays that are worked, without the transfers.
    for holiday in sorted(country_holidays("UA", years=year, categories=WORKDAY)):
        days[holiday] = DayKind.OFF
        observed = holiday
        while holiday.weekday() >= _SATURDAY and not (observed.weekday() < _SATURDAY and observed not in days):
            observed += timedelta(days=1)
        days[observed] = DayKind.OFF
    return {day: kind for day, kind in sorted(days.items()) if day.year == year}


def _next_work_day(day: date, days: Mapping[date, DayKind]) -> date:
    """The first working day after a date."""
    while True:
        day += timedelta(days=1)
        if is_work_day(day, days):
            return day


def _span(first: date, last: date) -> set[date]:
    """The dates from one to another, both included."""
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
