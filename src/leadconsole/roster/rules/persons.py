"""What is wrong with the shifts of one person: rest, rows of days, absences, the monthly norm, wishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from leadconsole.roster.rules.finding import Finding, Hours
from leadconsole.roster.rules.month import MonthFacts, Span
from leadconsole.roster.rules.names import Rule, RuleName

Days = Mapping[str, str]
"""The code of the shift that starts on a date, of one person, in the month and around it."""


def findings(facts: MonthFacts, login: str, days: Days) -> list[Finding]:
    """Everything that is wrong with one person's month."""
    spans = sorted((facts.span(day, code) for day, code in days.items()), key=lambda one: (one.begin, one.end))
    found = [*_pairs(facts, login, spans), *_absent(facts, login, days), *_rest(facts, login, spans)]
    found += [*_rows(facts, login, days), *_blocks(facts, login, days), *_counts(facts, login, days)]
    return [*found, *_norm(facts, login, days), *_wishes(facts, login, days)]


def hours(facts: MonthFacts, login: str, days: Days) -> Hours:
    """Hours, nights and weekends of one person's month."""
    planned = nights = weekends = wishes = met = 0
    for day in facts.days:
        code = days.get(day)
        if code is not None:
            planned += facts.worked(day, code)
            nights += facts.is_night(login, code)
            weekends += not facts.is_work_day(date.fromisoformat(day))
        wish = facts.wishes.get((login, day))
        if wish is not None:
            wishes += 1
            met += wish.met_by(code) is (wish.weight > 0)
    return Hours(login, planned, facts.norm_minutes(login), nights, weekends, wishes, met)


def rest_week(facts: MonthFacts, login: str, monday: date) -> tuple[int, int]:
    """The first minute of a person's calendar week and the first after it, in the person's time zone."""
    zone = facts.by_login[login].timezone
    begin, end = monday, monday + timedelta(days=7)
    return facts.at(begin.isoformat(), 0, zone), facts.at(end.isoformat(), 0, zone)


def longest_rest(spans: Sequence[Span], begin: int, end: int) -> int:
    """The longest stretch without a shift between two minutes; spans are in order."""
    longest, free_since = 0, begin
    for span in spans:
        if span.end <= begin:
            continue
        if span.begin >= end:
            break
        longest = max(longest, span.begin - free_since)
        free_since = max(free_since, span.end)
    return max(longest, end - free_since)


def _on(facts: MonthFacts, name: RuleName) -> Rule | None:
    rule = facts.rules[name]
    return rule if rule.on else None


def _in_month(facts: MonthFacts, day: str) -> bool:
    return facts.days[0] <= day <= facts.days[-1]


def _pairs(facts: MonthFacts, login: str, spans: Sequence[Span]) -> Iterator[Finding]:
    double, row = _on(facts, RuleName.DOUBLE_BOOKED), _on(facts, RuleName.TWO_SHIFTS)
    for earlier, later in pairwise(spans):
        # What lies between the months is told in both, for either of them cures it.
        if not (_in_month(facts, later.day) or _in_month(facts, earlier.day)):
            continue
        between = later.begin - earlier.end
        told = (earlier.day, earlier.code, later.code, between)
        day = later.day if _in_month(facts, later.day) else earlier.day
        if between < 0 and double:
            yield Finding(RuleName.DOUBLE_BOOKED, double.severity, login, day, told)
        if row and between < row.minutes:
            yield Finding(RuleName.TWO_SHIFTS, row.severity, login, day, told)


def _absent(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    if rule := _on(facts, RuleName.ABSENT):
        for day in facts.days:
            code = days.get(day)
            if code is None:
                continue
            absence = facts.absence(login, day)
            if absence is not None:
                yield Finding(RuleName.ABSENT, rule.severity, login, day, (code, absence.kind))
            elif not facts.employed(login, day):
                yield Finding(RuleName.ABSENT, rule.severity, login, day, (code, ""))


def _rest(facts: MonthFacts, login: str, spans: Sequence[Span]) -> Iterator[Finding]:
    if rule := _on(facts, RuleName.WEEKLY_REST):
        for monday in facts.mondays:
            begin, end = rest_week(facts, login, monday)
            longest = longest_rest(spans, begin, end)
            if longest < rule.minutes:
                sunday = monday + timedelta(days=6)
                told = (monday.isoformat(), sunday.isoformat(), longest)
                yield Finding(RuleName.WEEKLY_REST, rule.severity, login, monday.isoformat(), told)


def _rows(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    if rule := _on(facts, RuleName.MAX_CONSECUTIVE):
        most = facts.limit(login, rule.name)
        run: list[str] = []
        for day in (*facts.around, ""):
            if day in days:
                run.append(day)
                continue
            here = [one for one in run if _in_month(facts, one)]
            if len(run) > most and here:
                # A row over the end of a month is told in both, as either can cut it: at the first day too many,
                # or where that lies in the next month, at the last one here.
                too_many = next((one for one in run[most:] if _in_month(facts, one)), here[-1])
                told = (run[0], run[-1], len(run))
                yield Finding(RuleName.MAX_CONSECUTIVE, rule.severity, login, too_many, told)
            run = []


def _blocks(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    """Too few days in a row, at work or off; what touches an end of the month or of employment isn't judged."""
    worked, off = _on(facts, RuleName.MIN_CONSECUTIVE), _on(facts, RuleName.MIN_DAYS_OFF)
    if not (worked or off):
        return
    first, last = facts.time_here(login)
    blocks = [(works, list(ones)) for works, ones in groupby(facts.days[first : last + 1], key=lambda day: day in days)]
    for works, ones in blocks[1:-1]:
        rule = worked if works else off
        if rule and len(ones) < (least := facts.limit(login, rule.name)):
            yield Finding(rule.name, rule.severity, login, ones[0], (ones[0], ones[-1], len(ones), least))


def _counts(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    """Too many weekends, too many shifts of a kind."""
    if rule := _on(facts, RuleName.MAX_WEEKENDS):
        most = facts.limit(login, rule.name)
        used = [[day for day in weekend if day in days] for weekend in facts.weekends]
        used = [weekend for weekend in used if weekend]
        if len(used) > most:
            yield Finding(rule.name, rule.severity, login, used[most][0], (len(used), most))
    if rule := _on(facts, RuleName.MAX_SHIFTS):
        for code, most in facts.most_shifts(login).items():
            had = [day for day in facts.days if days.get(day) == code]
            if len(had) > most:
                yield Finding(rule.name, rule.severity, login, had[most], (code, len(had), most))


def _norm(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    if rule := _on(facts, RuleName.MONTHLY_NORM):
        norm = facts.norm_minutes(login)
        planned = sum(facts.worked(day, days[day]) for day in facts.days if day in days)
        if abs(planned - norm) > rule.minutes:
            yield Finding(RuleName.MONTHLY_NORM, rule.severity, login, None, (planned, norm))


def _wishes(facts: MonthFacts, login: str, days: Days) -> Iterator[Finding]:
    if rule := _on(facts, RuleName.WISH):
        for day in facts.days:
            wish = facts.wishes.get((login, day))
            if wish is not None and wish.met_by(days.get(day)) is not (wish.weight > 0):
                yield Finding(RuleName.WISH, rule.severity, login, day, (wish.shift, wish.weight))
