"""Months, and reading and writing of dates and moments as interchange.md has them."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_offset
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadconsole.kernel.clock import SECOND, Instant, instant, moment
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""What a desk can write about; a year outside is a slip of the hand or of an export."""

_ISO_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_DOTTED_DATE = r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"
_TIME = (
    r"(?:(?:T|t| +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r" ?(?P<offset>Z|z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_MONTH = r"([0-9]{4})-([0-9]{2})"
_DATES = (_ISO_DATE, _DOTTED_DATE)
_MOMENTS = (_ISO_DATE + _TIME, _DOTTED_DATE + _TIME)


class Month(NamedTuple):
    """One month of one year."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str, *, field: str | None = None) -> Month:
        """The month that `2026-10` names; anything else is Refused."""
        found = re.fullmatch(_MONTH, text.strip())
        if found is not None:
            year, month = int(found[1]), int(found[2])
            if EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12:
                return cls(year, month)
        raise Refused(
            _("«{text}» is not a month; write it such as 2026-10").format(text=text[:40]),
            code="bad_month",
            field=field,
        )

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def at(cls, when: Instant, timezone: str) -> Month:
        """The month in which a moment lies where the clock shows this zone's time."""
        return cls.of(local_date(when, timezone))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return monthrange(self.year, self.month)[1]

    @property
    def next(self) -> Month:
        """The month after."""
        return self.plus(1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return self.plus(-1)

    def plus(self, months: int) -> Month:
        """The month that many months later, or earlier if negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def dates(self) -> Iterator[date]:
        """Its days in order."""
        return (date(self.year, self.month, day) for day in range(1, self.days + 1))

    def bounds(self, timezone: str) -> tuple[Instant, Instant]:
        """The moment it begins and the moment the next one does, in a zone's local time."""
        return start_of_day(self.first, timezone), start_of_day(self.next.first, timezone)

    def overlap_days(self, begin: date | None, end: date | None) -> int:
        """How many of its days lie from `begin` to `end`, both inclusive; None is open."""
        first = self.first if begin is None else max(self.first, begin)
        last = self.last if end is None else min(self.last, end)
        return max(0, (last - first).days + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def time_zone(name: str, *, field: str | None = None) -> ZoneInfo:
    """The time zone of that IANA name, such as Europe/Moscow; an unknown one is Refused."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(
            _("There is no time zone «{name}»; write it such as Europe/Moscow").format(name=name[:40]),
            code="bad_timezone",
            field=field,
        ) from None


def local_date(when: Instant, timezone: str) -> date:
    """The day that the calendar on the wall shows at that moment in that zone."""
    return moment(when).astimezone(time_zone(timezone)).date()


def start_of_day(day: date, timezone: str) -> Instant:
    """The moment a day begins in that zone."""
    return local_instant(day, 0, time_zone(timezone))


def local_instant(day: date, minutes: int, zone: ZoneInfo) -> Instant:
    """The moment when the wall clock of a zone shows so many minutes of a day.

    Of a time that comes twice it is the first. A time that a change of clocks skips is the moment of the
    change, so that hours around it stay in order and count only the time that passes.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    aware = wall.replace(tzinfo=zone)
    at, later = instant(aware), instant(aware.replace(fold=1))
    if at <= later:  # only a skipped time is later by the offset before the change than by the one after it (PEP 495)
        return at
    # The change lies between the readings by the offset after it and by the one before it, on a whole second.
    around = range(later, at + 1, SECOND)
    after = aware.replace(fold=1).utcoffset()
    return around[bisect_left(around, True, key=lambda at: moment(at).astimezone(zone).utcoffset() == after)]


def parse_date(text: str, *, field: str | None = None) -> date:
    """The day of `2026-10-31` or `31.10.2026`; anything else is Refused."""
    for pattern in _DATES:
        if (found := re.fullmatch(pattern, text.strip())) and (day := _day(found)):
            return day
    raise Refused(
        _("«{text}» is not a date; write it such as 2026-10-31 or 31.10.2026").format(text=text[:40]),
        code="bad_date",
        field=field,
    )


def parse_instant(text: str, timezone: str, *, field: str | None = None) -> Instant:
    """The moment of an ISO 8601 time or of `31.10.2026 12:00`; the zone holds where no offset is written.

    A date alone is its midnight. A local time that a change of clocks skips is read by the offset before the
    change, and one that comes twice is the first (PEP 495, fold 0). Finer than a microsecond is cut off.
    """
    for pattern in _MOMENTS:  # compiled when the first is read: the console starts without
        if (found := re.fullmatch(pattern, text.strip())) and (when := _moment(found, timezone)):
            return instant(when)
    raise Refused(
        _("«{text}» is not a time; write it such as 2026-10-31T12:00:00+03:00 or 31.10.2026 12:00").format(
            text=text[:40]
        ),
        code="bad_time",
        field=field,
    )


def iso(when: Instant, timezone: str) -> str:
    """ISO 8601 with the zone's offset; microseconds only where there are any."""
    return moment(when).astimezone(time_zone(timezone)).isoformat()


def _day(found: re.Match[str]) -> date | None:
    """The day that was matched, if there is such a day."""
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _moment(found: re.Match[str], timezone: str) -> datetime | None:
    """The aware time that was matched, if there is such a time; 24:00 is the next midnight."""
    day = _day(found)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    microsecond = int((found["fraction"] or "")[:6].ljust(6, "0"))
    if day is not None and hour == 24 and minute == second == microsecond == 0:
        day, hour = day + timedelta(days=1), 0
    try:
        zone = _offset(found["offset"]) if found["offset"] else time_zone(timezone)
        return None if day is None else datetime.combine(day, time(hour, minute, second, microsecond), zone)
    except ValueError:
        return None


def _offset(text: str) -> tzinfo:
    """The fixed offset that `Z`, `+03`, `+0300` or `+03:00` writes; ValueError past a day."""
    if text in ("Z", "z", "UTC"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if minutes > 59:
        raise ValueError(text)
    size = timedelta(hours=hours, minutes=minutes)
    return fixed_offset(-size if text[0] == "-" else size)
