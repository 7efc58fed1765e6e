"""Which part of a month a search may change, and what of the month is left to others.

A fill sets empty cells: all of them, or some that were marked. Then cells that are empty and weren't marked can be
planned later, so what they may still mend stands in nobody's way, and somebody's hours are shared with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.month import ANY_LINE, Cell, MonthFacts, Plan
from leadconsole.roster.rules.names import RuleName


@dataclass(frozen=True)
class Part:
    """The cells that a search may change: empty ones, of `only` if that is given; or any from a day on (a repair)."""

    facts: MonthFacts
    plan: Plan
    repair_from: str | None = None
    only: frozenset[Cell] | None = None

    def fixed(self, login: str, day: str) -> bool:
        """Whether a cell stays as it is."""
        if self.repair_from is not None and day >= self.repair_from:
            return False
        if self.only is not None and (login, day) not in self.only:
            return True
        return (login, day) in self.plan or self.repair_from is not None

    @property
    def whole(self) -> bool:
        """Whether it is all of the month."""
        return self.only is None and (self.repair_from is None or self.repair_from <= self.facts.days[0])

    @cached_property
    def left(self) -> dict[str, tuple[str, ...]]:
        """By login the days that are left to plan later; nothing where the whole month is filled."""
        if self.only is None:
            return {}
        facts = self.facts
        found = {
            one.login: tuple(
                day
                for day in facts.days
                if (one.login, day) not in self.only
                and (one.login, day) not in self.plan
                and facts.available(one.login, day)
            )
            for one in facts.people
            if one.weekly_minutes
        }
        return {login: days for login, days in found.items() if days}

    def aim(self, login: str) -> int:
        """The minutes that somebody should work with this part: the norm, less what days left to plan should have.

        A day without a shift in a week that has one elsewhere is taken for a day off, not for one that is left.
        """
        facts, norm = self.facts, self.facts.norm_minutes(login)
        if login not in self.left or self.only is None:
            return norm
        begun = {_monday(day) for who, day in self.plan if who == login}
        later = [day for day in self.left[login] if _monday(day) not in begun]
        here = [day for day in facts.days if (login, day) in self.only and (login, day) not in self.plan]
        others, own = (
            sum(facts.calendar_minutes(date.fromisoformat(day)) for day in days if facts.available(login, day))
            for days in (later, here)
        )
        if not others:
            return norm
        planned = sum(
            facts.worked(day, code) for (who, day), code in self.plan.items() if self._inside(who, day, login)
        )
        return min(norm, planned) + max(0, norm - planned) * own // (own + others)

    def _inside(self, who: str, day: str, login: str) -> bool:
        return who == login and self.facts.days[0] <= day <= self.facts.days[-1]

    def mendable(self, line: int, begin: int, end: int, day: str) -> bool:
        """Whether somebody of a line could still be planned later into a stretch that begins on a day."""
        facts = self.facts
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        reaching = [
            one
            for one in (before, day)
            if any((span := facts.span(one, code)).begin < end and span.end > begin for code in facts.types)
        ]
        return any(
            one in days
            for login, days in self.left.items()
            if line == ANY_LINE or line in facts.by_login[login].lines
            for one in reaching
        )

    def coverable(self, knowing: Iterable[str], day: str) -> bool:
        """Whether somebody who knows a client could still be planned later on a day."""
        return any(day in self.left.get(login, ()) for login in knowing)

    def in_the_way(self, found: tuple[Finding, ...], before: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings that the search should have met: not those that stood before where it may change nothing."""
        stood = {_known(one) for one in before if not self._reaches(one)}
        return tuple(one for one in found if _known(one) not in stood and not self._later(one))

    def _reaches(self, one: Finding) -> bool:
        """Whether a finding lies where the search may change something that mends it."""
        if self.repair_from is not None:
            return one.day is None or _last_day(one) >= self.repair_from
        if self.only is None:
            return True
        if one.rule in (RuleName.UNDERSTAFFED, RuleName.CLIENT_UNCOVERED):
            return one.day in self._days
        return one.rule is RuleName.MONTHLY_NORM and one.login in {login for login, _day in self.only}

    @cached_property
    def _days(self) -> frozenset[str]:
        """The days of `only` and those after them, into which a night reaches."""
        days = {day for _login, day in self.only or ()}
        return frozenset(days | {(date.fromisoformat(day) + timedelta(days=1)).isoformat() for day in days})

    def _later(self, one: Finding) -> bool:
        """Whether days that are left may still mend a finding."""
        match one.rule, one.facts:
            case RuleName.UNDERSTAFFED, (int() as line, int() as begin, int() as end, *_figures):
                return self.mendable(line, begin, end, one.day or "")
            case RuleName.CLIENT_UNCOVERED, (str() as client, *_more):
                knowing = self.facts.cover.get(one.day or "", {}).get(client, frozenset())
                return self.coverable(knowing, one.day or "")
            case RuleName.MONTHLY_NORM, (int() as planned, int() as norm):
                return planned < norm and one.login in self.left
        return False


def _known(one: Finding) -> tuple[object, ...]:
    return one.rule, one.login, one.day, one.facts


def _last_day(one: Finding) -> str:
    """The last day that a finding is about."""
    if one.rule in (RuleName.WEEKLY_REST, RuleName.MAX_CONSECUTIVE):
        return str(one.facts[1])
    return one.day or ""


def _monday(day: str) -> date:
    when = date.fromisoformat(day)
    return when - timedelta(days=when.weekday())
