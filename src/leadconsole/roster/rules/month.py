"""What is known of a month before anybody has a shift in it: people, kinds of shifts, demand, absences, wishes.

All times are whole minutes since 1970-01-01 UTC, so that nights over a change of clocks last as long as they do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.period import Month, local_instant, time_zone
from leadconsole.kernel.worktime import DayKind
from leadconsole.roster.rules.names import DEFAULTS, Rule, RuleName

ANY_LINE = 0
OFF, ANY = "off", "any"
"""What a wish names beside the code of a shift."""
MARGIN = 31
"""So many days before and after the month are looked at: rest and rows of days go over its ends."""
_SATURDAY = 5
_DAY_MINUTES = 24 * 60
_NIGHT_BEGINS, _NIGHT_ENDS = 22 * 60, 6 * 60

Cell = tuple[str, str]
"""A login and an ISO date."""
Plan = Mapping[Cell, str]
"""Which shift starts on a cell."""


class ShiftType(NamedTuple):
    """A kind of shift in minutes of the desk's local day; one that ends at or before it starts ends the next day."""

    code: str
    name: str
    starts: int
    ends: int
    break_minutes: int = 0

    @property
    def length(self) -> int:
        """Minutes on the wall clock, the break included."""
        return self.ends - self.starts + (0 if self.ends > self.starts else _DAY_MINUTES)

    @property
    def over_midnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.starts + self.length > _DAY_MINUTES


class Span(NamedTuple):
    """One shift of somebody in real time."""

    day: str
    code: str
    begin: int
    end: int


class Person(NamedTuple):
    """Somebody who may have shifts."""

    login: str
    name: str
    lines: tuple[int, ...]
    weekly_minutes: int = 2400
    timezone: str | None = None
    started: str | None = None
    ended: str | None = None


class Absence(NamedTuple):
    """Somebody is away from the first to the last day, both included."""

    first: str
    last: str
    kind: str


class DemandRow(NamedTuple):
    """So many people of a line (0: any) in these minutes of a kind of day, a weekday, or a date."""

    day: str
    starts: int
    ends: int
    line: int
    people: int


class Wish(NamedTuple):
    """What somebody wants (positive weight) or doesn't want on a date."""

    shift: str
    weight: int

    def met_by(self, code: str | None) -> bool:
        """Whether what it names is the case with this shift (None: none)."""
        if self.shift == OFF:
            return code is None
        return code is not None and self.shift in (ANY, code)


class Stretch(NamedTuple):
    """A stretch of constant need: people by line, in the order of `lines`."""

    day: str
    begin: int
    end: int
    lines: tuple[int, ...]
    needs: tuple[int, ...]


@dataclass(frozen=True)
class MonthFacts:
    """Everything that the rules ask of a month beside the shifts themselves."""

    month: Month
    timezone: str
    country: str
    types: Mapping[str, ShiftType]
    people: tuple[Person, ...]
    absences: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)
    demand: tuple[DemandRow, ...] = ()
    rules: Mapping[RuleName, Rule] = field(default_factory=lambda: DEFAULTS)
    own_limits: Mapping[str, Mapping[tuple[RuleName, str], int]] = field(default_factory=dict)
    """By login the limits of rules that are a person's own, in whole; the kind of shift for max_shifts, else empty."""
    wishes: Mapping[Cell, Wish] = field(default_factory=dict)
    public_days: Mapping[date, DayKind] = field(default_factory=dict)
    working_days: frozenset[str] = frozenset()
    """The working days of the desk's calendar in the month."""
    cover: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """By working day: who knows which active client at least as a curator."""

    @cached_property
    def days(self) -> tuple[str, ...]:
        """The dates of the month."""
        return tuple(day.isoformat() for day in self.month.dates())

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The dates that matter for its rules, with those around it."""
        first, count = self.month.first - timedelta(days=MARGIN), self.month.days + 2 * MARGIN
        return tuple((first + timedelta(days=n)).isoformat() for n in range(count))

    @cached_property
    def by_login(self) -> dict[str, Person]:
        """People by login."""
        return {one.login: one for one in self.people}

    @cached_property
    def _spans(self) -> dict[tuple[str, str], Span]:
        return {}

    def span(self, day: str, code: str) -> Span:
        """The real time of a shift that starts on a date; local times are the desk's."""
        found = self._spans.get((day, code))
        if found is None:
            kind = self.types[code]
            begin = self.at(day, kind.starts)
            found = self._spans[day, code] = Span(day, code, begin, self.at(day, kind.starts + kind.length))
        return found

    def at(self, day: str, minutes: int, timezone: str | None = None) -> int:
        """The minute when a clock on the wall (the desk's) shows so many minutes of a date."""
        zone = time_zone(timezone or self.timezone)
        return local_instant(date.fromisoformat(day), minutes, zone) // MINUTE

    def worked(self, day: str, code: str) -> int:
        """Minutes of work of a shift, without its break."""
        span = self.span(day, code)
        return max(0, span.end - span.begin - self.types[code].break_minutes)

    @cached_property
    def _east(self) -> dict[str, int]:
        noon = self.month.first.isoformat()
        return {
            one.login: 0 if one.timezone is None else self.at(noon, 0) - self.at(noon, 0, one.timezone)
            for one in self.people
        }

    def is_night(self, login: str, code: str) -> bool:
        """Whether at least half of a shift lies between 22:00 and 06:00 where the person lives."""
        kind = self.types[code]
        begin = (kind.starts + self._east[login]) % _DAY_MINUTES
        end = begin + kind.length
        night = sum(
            max(0, min(end, closes) - max(begin, opens))
            for opens, closes in (
                (0, _NIGHT_ENDS),
                (_NIGHT_BEGINS, _DAY_MINUTES + _NIGHT_ENDS),
                (_DAY_MINUTES + _NIGHT_BEGINS, 2 * _DAY_MINUTES + _NIGHT_ENDS),
            )
        )
        return 2 * night >= kind.length

    def limit(self, login: str, name: RuleName) -> int:
        """The limit in whole days or weekends of a rule that counts them: the person's own, else the house's."""
        own = self.own_limits.get(login, {}).get((name, ""))
        return (self.rules[name].limit or 0) // 100 if own is None else own

    def most_shifts(self, login: str) -> dict[str, int]:
        """How many shifts of which kinds a person may have in a month, where that is limited."""
        own = self.own_limits.get(login, {})
        return {code: most for (name, code), most in own.items() if name is RuleName.MAX_SHIFTS}

    def time_here(self, login: str) -> tuple[int, int]:
        """The first and last day of the month, as places in `days`, on which a person is employed; (0, -1) for none."""
        places = [place for place, day in enumerate(self.days) if self.employed(login, day)]
        return (places[0], places[-1]) if places else (0, -1)

    @cached_property
    def weekends(self) -> tuple[tuple[str, ...], ...]:
        """The Saturdays with their Sundays, as far as they lie in the month."""
        found: dict[int, list[str]] = {}
        for day in self.month.dates():
            if day.weekday() >= _SATURDAY:
                found.setdefault(day.toordinal() - day.weekday(), []).append(day.isoformat())
        return tuple(tuple(days) for days in found.values())

    def absence(self, login: str, day: str) -> Absence | None:
        """The absence of a person on a date."""
        return next((one for one in self.absences.get(login, ()) if one.first <= day <= one.last), None)

    def employed(self, login: str, day: str) -> bool:
        """Whether a person works here on a date; whoever isn't known doesn't."""
        one = self.by_login.get(login)
        if one is None:
            return False
        return (one.started is None or one.started <= day) and (one.ended is None or day <= one.ended)

    def available(self, login: str, day: str) -> bool:
        """Whether a person works here and isn't away."""
        return self.employed(login, day) and self.absence(login, day) is None

    def is_work_day(self, day: date) -> bool:
        """Whether a date is a working day of the production calendar."""
        kind = self.public_days.get(day)
        return day.weekday() < _SATURDAY if kind is None else kind is not DayKind.OFF

    def calendar_minutes(self, day: date) -> int:
        """The minutes of a date by the production calendar of a week of 40 hours."""
        if not self.is_work_day(day):
            return 0
        return 480 - (60 if self.public_days.get(day) is DayKind.SHORT else 0)

    def norm_minutes(self, login: str) -> int:
        """The norm of a person for the month: the calendar's hours by the person's week, days here and not away."""
        one = self.by_login[login]
        whole = sum(self.calendar_minutes(day) for day in self.month.dates() if self.available(login, day.isoformat()))
        return (whole * one.weekly_minutes + 1200) // 2400

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches of constant need that begin on a day of the month, in order."""
        from leadconsole.roster.rules.demand import stretches

        return stretches(self)

    @cached_property
    def stretches_of(self) -> dict[str, tuple[Stretch, ...]]:
        """The same by the day on which they begin."""
        found: dict[str, list[Stretch]] = {}
        for one in self.stretches:
            found.setdefault(one.day, []).append(one)
        return {day: tuple(ones) for day, ones in found.items()}

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The Mondays of the calendar weeks that have a day in the month."""
        first = self.month.first - timedelta(days=self.month.first.weekday())
        return tuple(
            first + timedelta(days=7 * n) for n in range(6) if first + timedelta(days=7 * n) <= self.month.last
        )
