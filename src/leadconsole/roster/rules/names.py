"""The names of the roster's rules, their default severity and limit (interchange.md, section 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class RuleName(StrEnum):
    """One rule of a roster."""

    DOUBLE_BOOKED = "double_booked"
    ABSENT = "absent"
    TWO_SHIFTS = "two_shifts_in_a_row"
    WEEKLY_REST = "weekly_rest"
    MAX_CONSECUTIVE = "max_consecutive"
    MIN_CONSECUTIVE = "min_consecutive"
    MIN_DAYS_OFF = "min_days_off"
    MAX_WEEKENDS = "max_weekends"
    MAX_SHIFTS = "max_shifts"
    MONTHLY_NORM = "monthly_norm"
    UNDERSTAFFED = "understaffed"
    OVERSTAFFED = "overstaffed"
    CLIENT_UNCOVERED = "client_uncovered"
    WISH = "wish"


class Severity(StrEnum):
    """Whether a rule forbids, warns, or is silent."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


class Rule(NamedTuple):
    """How a rule is taken: severity, and the limit in hundredths of hours, or of a count for the rules of `COUNTED`."""

    name: RuleName
    severity: Severity
    limit: int | None = None

    @property
    def on(self) -> bool:
        """Whether it is asked at all."""
        return self.severity is not Severity.OFF

    @property
    def minutes(self) -> int:
        """The limit of a rule in hours, in minutes."""
        return (self.limit or 0) * 60 // 100


DEFAULTS: dict[RuleName, Rule] = {
    rule.name: rule
    for rule in (
        Rule(RuleName.DOUBLE_BOOKED, Severity.HARD),
        Rule(RuleName.ABSENT, Severity.HARD),
        Rule(RuleName.TWO_SHIFTS, Severity.HARD, 11_00),
        Rule(RuleName.WEEKLY_REST, Severity.HARD, 42_00),
        Rule(RuleName.MAX_CONSECUTIVE, Severity.HARD, 6_00),
        Rule(RuleName.MIN_CONSECUTIVE, Severity.OFF, 2_00),
        Rule(RuleName.MIN_DAYS_OFF, Severity.OFF, 2_00),
        Rule(RuleName.MAX_WEEKENDS, Severity.OFF, 2_00),
        Rule(RuleName.MAX_SHIFTS, Severity.HARD),
        Rule(RuleName.MONTHLY_NORM, Severity.SOFT, 8_00),
        Rule(RuleName.UNDERSTAFFED, Severity.HARD),
        Rule(RuleName.OVERSTAFFED, Severity.SOFT),
        Rule(RuleName.CLIENT_UNCOVERED, Severity.SOFT),
        Rule(RuleName.WISH, Severity.SOFT),
    )
}

COUNTED = (RuleName.MAX_CONSECUTIVE, RuleName.MIN_CONSECUTIVE, RuleName.MIN_DAYS_OFF, RuleName.MAX_WEEKENDS)
"""Rules whose limit is a count of days or weekends, not hours."""
PERSONAL = (*COUNTED, RuleName.MAX_SHIFTS)
"""Rules whose limit may be somebody's own; so many shifts of a kind in a month are nobody's unless a person's."""
