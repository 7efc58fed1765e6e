"""Checks a plan of a month; after the change of a cell only what the cell touches is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from leadconsole.roster.rules import persons
from leadconsole.roster.rules.finding import Covered, Finding, Gap, Hours, Report
from leadconsole.roster.rules.month import Cell, MonthFacts, Plan, Span
from leadconsole.roster.rules.names import RuleName, Severity
from leadconsole.roster.rules.staffing import staffing


class Checker:
    """The findings of a plan, kept in step with its cells."""

    def __init__(self, facts: MonthFacts, plan: Plan) -> None:
        self.facts = facts
        self._by_person: dict[str, dict[str, str]] = {one.login: {} for one in facts.people}
        self._by_day: dict[str, dict[str, str]] = {}
        for (login, day), code in plan.items():
            if login in self._by_person:
                self._by_person[login][day] = code
                self._by_day.setdefault(day, {})[login] = code
        self._of_person: dict[str, tuple[list[Finding], Hours]] = {}
        self._of_day: dict[str, tuple[list[Finding], list[Covered], list[Gap]]] = {}
        self._fits: dict[str, dict[tuple[str, str], bool]] = {}

    def shift(self, login: str, day: str) -> str | None:
        """The code of the shift on a cell."""
        return self._by_person[login].get(day)

    def days_of(self, login: str) -> Mapping[str, str]:
        """The shifts of a person by date, with those around the month."""
        return self._by_person[login]

    def on(self, day: str) -> Mapping[str, str]:
        """Who has a shift that starts on a date."""
        return self._by_day.get(day, {})

    def plan(self) -> dict[Cell, str]:
        """The cells that have a shift."""
        return {(login, day): code for login, days in self._by_person.items() for day, code in days.items()}

    def set(self, login: str, day: str, code: str | None) -> None:
        """Give a cell a shift, or none."""
        days = self._by_person[login]
        if days.get(day) == code:
            return
        if code is None:
            del days[day], self._by_day[day][login]
        else:
            days[day] = code
            self._by_day.setdefault(day, {})[login] = code
        self._of_person.pop(login, None)
        self._fits.pop(login, None)
        # A shift reaches into the next day at most; a stretch may begin on the day before.
        around = date.fromisoformat(day)
        for far in (-1, 0, 1):
            self._of_day.pop((around + timedelta(days=far)).isoformat(), None)

    def person(self, login: str) -> tuple[list[Finding], Hours]:
        """What is wrong with a person's month, and its hours."""
        found = self._of_person.get(login)
        if found is None:
            days = self._by_person[login]
            found = persons.findings(self.facts, login, days), persons.hours(self.facts, login, days)
            self._of_person[login] = found
        return found

    def fits(self, login: str, day: str, code: str) -> bool:
        """Whether a shift on a cell adds no hard finding to the person's month."""
        known = self._fits.setdefault(login, {})
        if (day, code) not in known:
            after = persons.findings(self.facts, login, {**self._by_person[login], day: code})
            known[day, code] = _hard(after) <= _hard(self.person(login)[0])
        return known[day, code]

    def day(self, day: str) -> tuple[list[Finding], list[Covered], list[Gap]]:
        """What is wrong with a day of the month, its coverage and the clients whom nobody covers."""
        found = self._of_day.get(day)
        if found is None:
            coverage = self._coverage(day)
            gaps = self._gaps(day)
            found = self._of_day[day] = [*self._staffed(coverage), *self._uncovered(gaps)], coverage, gaps
        return found

    def report(self) -> Report:
        """Everything, findings by day, person and rule."""
        found: list[Finding] = []
        hours, coverage, gaps = [], [], []
        for one in self.facts.people:
            wrong, worked = self.person(one.login)
            found += wrong
            hours.append(worked)
        for day in self.facts.days:
            wrong, covered, uncovered = self.day(day)
            found += wrong
            coverage += covered
            gaps += uncovered
        return Report(tuple(sorted(found, key=in_order)), tuple(hours), tuple(coverage), tuple(gaps))

    def _coverage(self, day: str) -> list[Covered]:
        stretches = self.facts.stretches_of.get(day, ())
        if not stretches:
            return []
        present = self.present(day)
        found: list[Covered] = []
        last: dict[int, int] = {}
        for stretch in stretches:
            least, most = staffing(stretch, present)
            for line, need, have, top in zip(stretch.lines, stretch.needs, least, most, strict=True):
                # A line's need goes on where only another line's changes: one stretch, and one finding.
                before = found[last[line]] if line in last else None
                if before is not None and before.end == stretch.begin and before.need == need:
                    found[last[line]] = before._replace(
                        end=stretch.end, have=min(before.have, have), most=max(before.most, top)
                    )
                    continue
                last[line] = len(found)
                found.append(Covered(day, stretch.begin, stretch.end, line, need, have, top))
        return found

    def present(self, day: str) -> list[tuple[Span, tuple[int, ...]]]:
        """Who is on a shift that may touch a stretch of the day; who is away isn't, whatever the plan says."""
        facts = self.facts
        middle = date.fromisoformat(day)
        around = [(middle + timedelta(days=far)).isoformat() for far in (-1, 0, 1)]
        return [
            (facts.span(one, code), facts.by_login[login].lines)
            for one in around
            for login, code in self.on(one).items()
            if facts.available(login, one)
        ]

    def _staffed(self, coverage: list[Covered]) -> list[Finding]:
        found = []
        under, over = self.facts.rules[RuleName.UNDERSTAFFED], self.facts.rules[RuleName.OVERSTAFFED]
        for one in coverage:
            told: tuple[int | str, ...] = (one.line, one.begin, one.end, one.need)
            if under.on and one.have < one.need:
                found.append(Finding(under.name, under.severity, None, one.day, (*told, one.have)))
            if over.on and one.most > one.need:
                found.append(Finding(over.name, over.severity, None, one.day, (*told, one.most)))
        return found

    def _gaps(self, day: str) -> list[Gap]:
        cover = self.facts.cover.get(day)
        if cover is None:
            return []
        present = {login for login in self.on(day) if self.facts.available(login, day)}
        return [Gap(day, client) for client, knowing in cover.items() if knowing.isdisjoint(present)]

    def _uncovered(self, gaps: list[Gap]) -> list[Finding]:
        rule = self.facts.rules[RuleName.CLIENT_UNCOVERED]
        return [Finding(rule.name, rule.severity, None, one.day, (one.client,)) for one in gaps] if rule.on else []


def _hard(findings: list[Finding]) -> int:
    return sum(one.severity is Severity.HARD for one in findings)


_ORDER = {name: place for place, name in enumerate(RuleName)}


def in_order(finding: Finding) -> tuple[Any, ...]:
    """Findings of the whole month come last; else by day, hard ones first, by rule and person."""
    return (
        finding.day or "9999",
        finding.severity.value,
        _ORDER[finding.rule],
        finding.login or "",
        tuple(str(fact) for fact in finding.facts),
    )
