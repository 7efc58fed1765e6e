"""Months of a roster for tests, in few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from leadconsole.kernel.period import Month
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.month import Cell, DemandRow, MonthFacts, Person, ShiftType
from leadconsole.roster.rules.names import DEFAULTS, RuleName, Severity
from leadconsole.team.production_calendar import country_days

MARCH = Month(2026, 3)
TYPES = {
    one.code: one
    for one in (
        ShiftType("D", "Day", 9 * 60, 18 * 60, 60),
        ShiftType("E", "Evening", 13 * 60, 22 * 60, 60),
        ShiftType("N", "Night", 21 * 60, 9 * 60, 60),
        ShiftType("L", "Long", 8 * 60, 8 * 60),
    )
}


def facts(*people: str, month: Month = MARCH, timezone: str = "Europe/Moscow", **more: Any) -> MonthFacts:
    """A month of people who work on line 1; Russia's calendar."""
    made = more.pop("persons", tuple(Person(login, login.title(), (1,)) for login in people))
    return MonthFacts(
        month=month,
        timezone=timezone,
        country=more.pop("country", "RU"),
        types=more.pop("types", TYPES),
        people=made,
        public_days=more.pop("public_days", country_days("RU", [month.year])),
        **more,
    )


def demand(*rows: tuple[str, int, int, int, int]) -> tuple[DemandRow, ...]:
    """Rows of demand with hours instead of minutes."""
    return tuple(DemandRow(day, starts * 60, ends * 60, line, people) for day, starts, ends, line, people in rows)


def days(login: str, code: str, first: str, count: int = 1, step: int = 1) -> dict[Cell, str]:
    """The same shift on several days."""
    begin = date.fromisoformat(first)
    return {(login, (begin + timedelta(days=n * step)).isoformat()): code for n in range(count)}


def found(facts: MonthFacts, plan: Mapping[Cell, str], rule: RuleName) -> list[Finding]:
    """The findings of one rule."""
    return [one for one in Checker(facts, plan).report().findings if one.rule is rule]


def only(*names: RuleName, **limits: int) -> dict[RuleName, Any]:
    """All rules off but these."""
    wanted: Iterable[RuleName] = names
    return {
        name: rule._replace(limit=limits.get(name.value, rule.limit))
        if name in wanted
        else rule._replace(severity=Severity.OFF)
        for name, rule in DEFAULTS.items()
    }
