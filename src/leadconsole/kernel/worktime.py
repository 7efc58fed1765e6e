"""Working time: how much of it lies between two moments, and when a given amount of it is used up.

A calendar of opening hours is laid out once per local quarter as sorted openings and closings with the time
worked before each; every question is then one or two bisections. Rules: interchange.md, sections 2 and 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from leadconsole.kernel.clock import DAY, MINUTE, Instant, moment
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.layout import Layout
from leadconsole.kernel.period import local_instant, time_zone

MINUTES_A_DAY = 24 * 60
SHORTER_BY = 60
"""Minutes that a short day without hours of its own ends earlier."""

QUARTERS, MONTHS = 4, 3
UNCHANGED_DAYS = 3
"""No zone has ever changed its clocks and changed them back within so few days (the shortest was four, in 1939)."""
HORIZON: Instant = 20 * 366 * DAY
"""How far a calendar is searched before the answer is that the moment never comes."""

_TIME_OF_DAY = r"([0-9]{1,2}):([0-9]{2})(?::00)?"
_SATURDAY = 5
_EPOCH = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)
_MIDNIGHT = time(fold=1)


class _Stretch(NamedTuple):
    opens: int
    closes: int


class Hours(_Stretch):
    """One stretch of opening hours in minutes of the local day, 0 to 1440 (24:00)."""

    __slots__ = ()

    def __new__(cls, opens: int, closes: int) -> Hours:
        """Hours that make sense, else Refused."""
        if not 0 <= opens < closes <= MINUTES_A_DAY:
            raise Refused(
                _(
                    "The closing time must be after the opening time of the same day;"
                    " midnight at the end of a day is 24:00"
                ),
                code="bad_hours",
                field="closes",
            )
        return super().__new__(cls, opens, closes)

    @classmethod
    def parse(cls, opens: str, closes: str) -> Hours:
        """The hours that `09:00` and `18:00` (up to `24:00`) name; anything else is Refused."""
        return cls(_minutes(opens, "opens"), _minutes(closes, "closes"))


class DayKind(StrEnum):
    """What makes a date differ from its weekday."""

    OFF = "off"
    WORK = "work"
    SHORT = "short"


class DayRule(NamedTuple):
    """What a calendar says about one date; `hours` of None follow from the kind."""

    kind: DayKind
    hours: tuple[Hours, ...] | None = None


class WorkingTime(Protocol):
    """What every calendar answers; all durations are working microseconds."""

    @property
    def name(self) -> str:
        """The calendar's name at the desk, empty for the one that is always there."""
        ...

    def elapsed(self, start: Instant, end: Instant) -> int:
        """The working time between two moments, 0 if the end isn't after the start."""
        ...

    def due(self, start: Instant, work: int) -> Instant | None:
        """The moment when `work` has been used up since `start`, or None if that is beyond `HORIZON`.

        Work that ends exactly at closing time is due at the closing moment. Without any work it is the start
        itself, or the next opening if that moment is closed.
        """
        ...

    def before(self, end: Instant, work: int) -> Instant | None:
        """The earliest moment from which at most `work` remains until `end`, or None beyond `HORIZON`."""
        ...

    def is_open(self, at: Instant) -> bool:
        """Whether work goes on at that moment; the closing moment itself is closed."""
        ...

    def day_hours(self, day: date) -> tuple[Hours, ...]:
        """The opening hours of a date in order, none if it is closed."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether a date has any opening hours."""
        ...


class AroundTheClock:
    """The calendar that never closes."""

    name: str = ""

    def elapsed(self, start: Instant, end: Instant) -> int:
        return max(0, end - start)

    def due(self, start: Instant, work: int) -> Instant | None:
        return start + _duration(work)

    def before(self, end: Instant, work: int) -> Instant | None:
        return end - _duration(work)

    def is_open(self, at: Instant) -> bool:
        return True

    def day_hours(self, day: date) -> tuple[Hours, ...]:
        return (Hours(0, MINUTES_A_DAY),)

    def is_working_day(self, day: date) -> bool:
        return True


AROUND_THE_CLOCK = AroundTheClock()


class WorkCalendar:
    """Opening hours by weekday in one time zone, with the dates that differ.

    `week` maps 0 (Monday) to 6 to hours; `days` are the calendar's own dates and win over `country_days`, the
    public holidays and working weekend days. It doesn't change once made, so threads may share it.
    """

    def __init__(
        self,
        name: str,
        timezone: str,
        week: Mapping[int, Iterable[Hours]],
        days: Mapping[date, DayRule] | None = None,
        country_days: Mapping[date, DayKind] | None = None,
    ) -> None:
        self.name = name
        self.timezone = timezone
        self._zone = time_zone(timezone)
        self._week = tuple(_merged(week.get(weekday, ())) for weekday in range(7))
        self._days = days or {}
        self._country_days = country_days or {}
        self._layout: Layout | None = None

    def day_hours(self, day: date) -> tuple[Hours, ...]:
        """The opening hours of a date in order, none if it is closed."""
        rule = self._days.get(day)
        if rule is None:
            return self._public_hours(day)
        if rule.kind is DayKind.OFF:
            return ()
        if rule.hours is not None:
            return _merged(rule.hours)
        if rule.kind is DayKind.WORK:
            return self._week[0] or self._week[day.weekday()]
        return _shortened(self._public_hours(day) or self._week[day.weekday()] or self._week[0])

    def is_working_day(self, day: date) -> bool:
        """Whether a date has any opening hours."""
        return bool(self.day_hours(day))

    def is_open(self, at: Instant) -> bool:
        """Whether work goes on at that moment; the closing moment itself is closed."""
        return self._laid_out(at, at).next_open(at) == at

    def elapsed(self, start: Instant, end: Instant) -> int:
        """The working time between two moments, 0 if the end isn't after the start."""
        if end <= start:
            return 0
        layout = self._laid_out(start, end)
        return layout.worked(end) - layout.worked(start)

    def due(self, start: Instant, work: int) -> Instant | None:
        """The moment when `work` has been used up since `start`, see `WorkingTime.due`."""
        _duration(work)
        limit = start + HORIZON
        layout = self._laid_out(start, start)
        while True:
            found = layout.reached(layout.worked(start) + work) if work else layout.next_open(start)
            if found is not None or layout.end > limit:
                return found if found is not None and found <= limit else None
            layout = self._laid_out(start, layout.end)

    def before(self, end: Instant, work: int) -> Instant | None:
        """The earliest moment from which at most `work` remains until `end`, see `WorkingTime.before`."""
        _duration(work)
        limit = end - HORIZON
        layout = self._laid_out(end, end)
        while True:
            target = layout.worked(end) - work
            # With nothing worked by then in the layout, the moment is a closing in some year before it.
            found = layout.reached(target) if target > 0 else None
            if found is not None or layout.start < limit:
                return found if found is not None and found >= limit else None
            layout = self._laid_out(layout.start - 1, end)

    def _public_hours(self, day: date) -> tuple[Hours, ...]:
        """The hours of the weekday as the country changes them; its short days are for hour norms only."""
        own = self._week[day.weekday()]
        kind = self._country_days.get(day)
        if kind is DayKind.OFF:
            return ()
        if kind is not None and day.weekday() >= _SATURDAY:
            return self._week[0] or own
        return own

    def _laid_out(self, first: Instant, last: Instant) -> Layout:
        """A layout that reaches over both moments; whole local quarters are added to it as they are needed."""
        layout = self._layout
        if layout is None:
            here = moment(first).astimezone(self._zone)
            layout = self._quarter(here.year * QUARTERS + (here.month - 1) // MONTHS)
        while first < layout.start:
            layout = self._quarter(layout.first - 1).joined(layout)
        while last >= layout.end:
            layout = layout.joined(self._quarter(layout.last + 1))
        # One assignment of a value that never changes: a thread sees the old layout or the new one.
        self._layout = layout
        return layout

    def _quarter(self, number: int) -> Layout:
        """One local quarter laid out; they are numbered through the years."""
        first_day = _first_day(number)
        days = [first_day + timedelta(days=n) for n in range((_first_day(number + 1) - first_day).days + 1)]
        midnights = _midnights(days, self._zone)
        stretches: list[tuple[Instant, Instant]] = []
        for day, (begin, end) in zip(days, pairwise(midnights), strict=False):
            for hours in self.day_hours(day):
                if end - begin == DAY:
                    first, last = begin + hours.opens * MINUTE, begin + hours.closes * MINUTE
                else:
                    first = local_instant(day, hours.opens, self._zone)
                    last = local_instant(day, hours.closes, self._zone)
                stretches.append((first, last))
        return Layout.of(number, midnights[0], midnights[-1], stretches)


def _first_day(quarter: int) -> date:
    return date(quarter // QUARTERS, quarter % QUARTERS * MONTHS + 1, 1)


def _midnights(days: Sequence[date], zone: ZoneInfo) -> list[Instant]:
    """The moments at which consecutive days begin; only near a change of clocks each is asked for by itself."""
    midnights = [local_instant(days[0], 0, zone)]
    before = _offset(days[0], zone)
    for place in range(1, len(days), UNCHANGED_DAYS):
        some = days[place : place + UNCHANGED_DAYS]
        offset = _offset(some[-1], zone)
        if offset == before:
            begin = (some[0].toordinal() - _EPOCH) * DAY - offset // _MICROSECOND
            midnights += range(begin, begin + len(some) * DAY, DAY)
        else:
            midnights += [local_instant(day, 0, zone) for day in some]
        before = offset
    return midnights


def _offset(day: date, zone: ZoneInfo) -> timedelta:
    """How far a zone is from UTC once a day has begun for good: after a change of clocks at midnight."""
    return datetime.combine(day, _MIDNIGHT, zone).utcoffset() or timedelta()


def due_over(calendar: WorkingTime, segments: Iterable[tuple[Instant, Instant | None]], work: int) -> Instant | None:
    """The moment when `work` is used up over stretches in which a clock runs; the last may be open.

    Stretches are in order and don't overlap. None if the closed ones don't hold so much and none is open.
    """
    left = work
    for start, end in segments:
        due = calendar.due(start, left)
        if end is None or (due is not None and due <= end):
            return due
        left -= calendar.elapsed(start, end)
    return None


def _duration(work: int) -> int:
    """The amount of work itself; a negative one is a programming error."""
    if work < 0:
        raise ValueError(f"{work} µs of work")
    return work


def _minutes(text: str, field: str) -> int:
    """Minutes of the day of `09:00`."""
    found = re.fullmatch(_TIME_OF_DAY, text.strip())
    if found is None or int(found[2]) > 59:
        raise Refused(
            _("«{text}» is not a time of day; write it such as 09:00, up to 24:00").format(text=text[:40]),
            code="bad_hours",
            field=field,
        )
    return int(found[1]) * 60 + int(found[2])


def _merged(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """The hours of a day in order, with those that touch or overlap made one."""
    merged: list[Hours] = []
    for one in sorted(hours):
        if merged and one.opens <= merged[-1].closes:
            merged[-1] = Hours(merged[-1].opens, max(merged[-1].closes, one.closes))
        else:
            merged.append(one)
    return tuple(merged)


def _shortened(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """The hours of a day with the last `SHORTER_BY` minutes of work taken off."""
    left = SHORTER_BY
    kept = list(hours)
    while kept and left:
        last = kept.pop()
        if last.closes - last.opens > left:
            kept.append(Hours(last.opens, last.closes - left))
            left = 0
        else:
            left -= last.closes - last.opens
    return tuple(kept)
