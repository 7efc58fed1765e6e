"""Dates, durations, money and numbers as the language in use writes them, for screens and aligned text.

Machine-readable output doesn't come through here: JSON and interchange files have their own forms (interchange.md).
Russian and Ukrainian write days as 31.10.2026; English writes 31 Oct 2026, which nobody can misread.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from leadconsole.kernel.clock import DAY, HOUR, MINUTE, Instant, moment
from leadconsole.kernel.i18n import language, ngettext, pgettext
from leadconsole.kernel.period import Month, time_zone

if TYPE_CHECKING:
    from decimal import Decimal

    from leadconsole.kernel.money import Money

LONG_HOURS = 100
"""From so many hours of working time on, the minutes say nothing any more."""

# A space that doesn't break: a sum stays on one line.
_GROUP_SEPARATORS = {"en": ",", "ru": "\u00a0", "uk": "\u00a0"}
_DECIMAL_SEPARATORS = {"en": ".", "ru": ",", "uk": ","}
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(when: date) -> str:
    """A day with its year: `31.10.2026`, `31 Oct 2026`."""
    return f"{when.day} {_ENGLISH_MONTHS[when.month - 1]} {when.year}" if _in_words() else f"{when:%d.%m.%Y}"


def short_day(when: date) -> str:
    """A day whose year goes without saying: `31.10`, `31 Oct`."""
    return f"{when.day} {_ENGLISH_MONTHS[when.month - 1]}" if _in_words() else f"{when:%d.%m}"


def weekday(when: date) -> str:
    """The short name of the day of the week: `Su`, `вс`, `нд`."""
    return _short_weekdays()[when.weekday()]


def month(which: Month) -> str:
    """A month with its year, as a title: `October 2026`, `Октябрь 2026`."""
    return f"{_months()[which.month - 1]} {which.year}"


def time_of_day(at: Instant, timezone: str) -> str:
    """Hours and minutes on a clock in that zone: `09:05`."""
    return f"{_local(at, timezone):%H:%M}"


def exact(at: Instant, timezone: str) -> str:
    """Day and time in full, as the detail of a ticket has them: `31.10.2026 14:20`."""
    return f"{day(_local(at, timezone).date())} {time_of_day(at, timezone)}"


def short(at: Instant, timezone: str, now: Instant) -> str:
    """As much of a moment as tells it from `now`: `14:20` today, `31.10` this year, else `31.10.2025`."""
    then, today = _local(at, timezone).date(), _local(now, timezone).date()
    if then == today:
        return time_of_day(at, timezone)
    return short_day(then) if then.year == today.year else day(then)


def working_time(microseconds: int) -> str:
    """A stretch of working time in hours and minutes: `-0:35`, `3:10`, from 100 hours on `120h`.

    Rounded down, so that time left is never overstated and the first second of being late shows as `-0:01`.
    """
    minutes = microseconds // MINUTE
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if hours >= LONG_HOURS:
        return sign + pgettext("duration", "{n}h").format(n=hours)
    return f"{sign}{hours}:{rest:02}"


def age(microseconds: int) -> str:
    """How long ago, in its largest whole unit: `5m`, `3h`, `2d`, `5w`, `3y`."""
    passed = max(0, microseconds)
    if passed < HOUR:
        return pgettext("age", "{n}m").format(n=passed // MINUTE)
    if passed < DAY:
        return pgettext("age", "{n}h").format(n=passed // HOUR)
    days = passed // DAY
    if days < 7:
        return pgettext("age", "{n}d").format(n=days)
    if days < 365:
        return pgettext("age", "{n}w").format(n=days // 7)
    return ngettext("{n}y", "{n}y", days // 365).format(n=days // 365)


def money(amount: Money | int) -> str:
    """An amount (or its minor units) with thousands apart, no currency: `14 000,00`, `14,000.00`."""
    from leadconsole.kernel.money import Money  # 2 ms that the first frame does without

    exact_amount = Money(amount, "") if isinstance(amount, int) else amount
    return exact_amount.grouped(_DECIMAL_SEPARATORS[language()], _GROUP_SEPARATORS[language()])


def sheet_money(minor: int) -> str:
    """An amount as a spreadsheet in this language reads it from a list for people: `14000,00`, `14000.00`."""
    from leadconsole.kernel.money import plain

    return plain(minor).replace(".", _DECIMAL_SEPARATORS[language()])


def sheet_day(when: date) -> str:
    """A day as such a spreadsheet reads it: `31.10.2026`, `2026-10-31`."""
    return when.isoformat() if _in_words() else day(when)


def integer(number: int) -> str:
    """A whole number with thousands apart: `1 204`, `1,204`."""
    return f"{number:,}".replace(",", _GROUP_SEPARATORS[language()])


def decimal(number: Decimal) -> str:
    """A number with the decimals that it has: `95,5`, `95.5`."""
    whole, point, decimals = f"{number:,f}".partition(".")
    grouped = whole.replace(",", _GROUP_SEPARATORS[language()])
    return grouped + _DECIMAL_SEPARATORS[language()] + decimals if point else grouped


def percent(number: Decimal | int) -> str:
    """A share in percent: `95,5 %`, `95.5%`."""
    gap = "" if _in_words() else "\u00a0"
    from decimal import Decimal

    return f"{decimal(Decimal(number))}{gap}%"


def _local(at: Instant, timezone: str) -> datetime:
    return moment(at).astimezone(time_zone(timezone))


def _in_words() -> bool:
    return language() == "en"


def _months() -> tuple[str, ...]:
    return (
        pgettext("month", "January"),
        pgettext("month", "February"),
        pgettext("month", "March"),
        pgettext("month", "April"),
        pgettext("month", "May"),
        pgettext("month", "June"),
        pgettext("month", "July"),
        pgettext("month", "August"),
        pgettext("month", "September"),
        pgettext("month", "October"),
        pgettext("month", "November"),
        pgettext("month", "December"),
    )


def _short_weekdays() -> tuple[str, ...]:
    return (
        pgettext("weekday", "Mo"),
        pgettext("weekday", "Tu"),
        pgettext("weekday", "We"),
        pgettext("weekday", "Th"),
        pgettext("weekday", "Fr"),
        pgettext("weekday", "Sa"),
        pgettext("weekday", "Su"),
    )
