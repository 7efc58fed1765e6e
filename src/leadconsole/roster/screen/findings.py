"""The findings of a month as rows; only those that are seen are put into words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.period import parse_date
from leadconsole.roster import words
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.names import RuleName, Severity
from leadconsole.roster.telling import sentence

COLUMNS = (
    Column("severity", "", 1),
    Column("day", "", 6),
    Column("login", "", 9),
    Column("rule", "", 20, keep=1),
    Column("message", "", 20, flex=1),
)


class FindingSource:
    """Where the rows of the list come from."""

    threaded = False

    page = 16
    """A sentence with its cure costs a check of some people, so few are made at a time."""

    def __init__(self, checker: Checker, findings: Sequence[Finding] = ()) -> None:
        self._checker = checker
        self.findings = findings

    @property
    def count(self) -> int:
        return len(self.findings)

    def load(self, first: int, size: int) -> Sequence[Row]:
        return [self._row(one) for one in self.findings[first : first + size]]

    def index_of(self, key: Hashable, near: int) -> int | None:
        return next((place for place, one in enumerate(self.findings) if key_of(one) == key), None)

    def _row(self, one: Finding) -> Row:
        hard = one.severity is Severity.HARD
        day = formats.short_day(parse_date(one.day)) if one.day else ""
        cells = (
            Cell("!" if hard else "~", "danger" if hard else "warning"),
            day,
            one.login or "",
            words.rule(one.rule),
            sentence(self._checker.facts, self._checker, one),
        )
        return Row(key_of(one), cells)


def key_of(one: Finding) -> Hashable:
    """What names a finding: its rule, person, day, and what it is about, not how bad it is."""
    about = () if one.rule in (RuleName.MONTHLY_NORM, RuleName.CLIENT_UNCOVERED) else one.facts[:2]
    return one.rule, one.login, one.day, about
