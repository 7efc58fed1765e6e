"""How many vacation days somebody has a year, and how many are left.

Law of Russia (Labour Code 115, 120, 125): 28 calendar days, public holidays in them not counted, one part of at least
14. Ukraine (law on vacations, 6 and 5): 24 calendar days, public holidays not counted, one part of at least 14 (12).
Without a country the days of Russia's law are taken as they come: every calendar day counts. A vacation over the turn
of a year counts in each year with its own days. A desk that counts otherwise sets the country to none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

DAYS = {"RU": 28, "UA": 24, "": 28}
LONG_PART = 14
HOLIDAYS = {
    "RU": {
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (1, 5),
        (1, 6),
        (1, 7),
        (1, 8),
        (2, 23),
        (3, 8),
        (5, 1),
        (5, 9),
        (6, 12),
        (11, 4),
    },
    "UA": set[tuple[int, int]](),
    "": set[tuple[int, int]](),
}
"""Public holidays that don't count as vacation days (Labour Code of Russia, 112); days off moved from weekends do.

In Ukraine none, as long as martial law has no holidays (law on labour relations under martial law, 6 and 12).
"""


class Vacation(NamedTuple):
    """One vacation, both ends included."""

    first: date
    last: date


class Account(NamedTuple):
    """The vacation days of one person in one year; `long_part` if a part of at least 14 days is among them."""

    allowed: int
    used: int
    long_part: bool

    @property
    def left(self) -> int:
        """Days that are left, negative if more were taken."""
        return self.allowed - self.used


def counted(one: Vacation, country: str, year: int | None = None) -> int:
    """The days of a vacation that count, in one year or all."""
    holidays: Collection[tuple[int, int]] = HOLIDAYS[country]
    days = (one.first + timedelta(days=n) for n in range((one.last - one.first).days + 1))
    return sum(year in (None, day.year) and (day.month, day.day) not in holidays for day in days)


def account(vacations: Iterable[Vacation], country: str, year: int) -> Account:
    """What one person has used of a year's days."""
    used, long_part = 0, False
    for one in vacations:
        days = counted(one, country, year)
        used += days
        long_part = long_part or (days > 0 and counted(one, country) >= LONG_PART)
    return Account(DAYS[country], used, long_part)
