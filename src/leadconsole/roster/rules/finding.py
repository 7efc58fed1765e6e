"""What a check of a plan answers: findings, hours, coverage, clients whom nobody covers."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.roster.rules.names import RuleName, Severity


class Finding(NamedTuple):
    """One thing that is wrong; `login` is None for what concerns a day, `day` for what concerns the whole month.

    `facts` are the figures of the sentence, by the rule:
    double_booked, two_shifts_in_a_row: other day, other code, code, minutes between (negative: overlap);
    absent: code, kind of absence (empty: not employed); weekly_rest: Monday, Sunday, longest rest in minutes;
    max_consecutive: first day, last day, days; min_consecutive, min_days_off: these and the limit;
    max_weekends: weekends, limit;
    max_shifts: code, shifts, limit; monthly_norm: planned and norm in minutes;
    understaffed, overstaffed: line, begin, end, need, have; client_uncovered: client; wish: shift, weight.
    """

    rule: RuleName
    severity: Severity
    login: str | None
    day: str | None
    facts: tuple[int | str, ...]


class Hours(NamedTuple):
    """Planned minutes of somebody and the norm; nights and shifts on weekends and holidays, for fairness."""

    login: str
    planned: int
    norm: int
    nights: int
    weekends: int
    wishes: int
    wishes_met: int


class Covered(NamedTuple):
    """How one line of a stretch is staffed: the fewest and the most people at any moment of it."""

    day: str
    begin: int
    end: int
    line: int
    need: int
    have: int
    most: int


class Gap(NamedTuple):
    """A working day on which nobody on shift knows an active client."""

    day: str
    client: str


class Report(NamedTuple):
    """Everything that a check says of a month."""

    findings: tuple[Finding, ...]
    hours: tuple[Hours, ...]
    coverage: tuple[Covered, ...]
    gaps: tuple[Gap, ...]

    @property
    def hard(self) -> int:
        """How many findings forbid the plan."""
        return sum(one.severity is Severity.HARD for one in self.findings)

    @property
    def soft(self) -> int:
        """How many findings warn."""
        return len(self.findings) - self.hard
