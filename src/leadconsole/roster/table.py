"""A month of the roster as a table of text: people by days, hours, coverage; what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from leadconsole.kernel import formats
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.i18n import NP_, _, pgettext
from leadconsole.kernel.text import pad, width
from leadconsole.roster import words
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.finding import Covered, Report
from leadconsole.roster.rules.month import MonthFacts

FREE = "·"
ABSENCES = {
    "vacation": NP_("letter of an absence", "v"),
    "sick": NP_("letter of an absence", "s"),
    "study": NP_("letter of an absence", "l"),
    "other": NP_("letter of an absence", "x"),
}
_MARKS = {"off": "*", "short": "-", "work": ""}


def absence_letter(kind: str) -> str:
    """The letter of an absence, in brackets so that no shift looks like it."""
    return f"({pgettext('letter of an absence', ABSENCES[kind])})"


def cell(shown: RosterMonth, login: str, day: str) -> str:
    """What a cell shows: a shift, an absence, both, not employed, or nothing."""
    code = shown.plan.get((login, day))
    away = shown.facts.absence(login, day)
    if away is not None:
        return f"{code or ''}{absence_letter(away.kind)}"
    if code is not None:
        return code
    return FREE if shown.facts.employed(login, day) else ""


def day_mark(facts: MonthFacts, day: date) -> str:
    """`*` for a day off, `-` for a short day, nothing for a working day."""
    if not facts.is_work_day(day):
        return _MARKS["off"]
    return _MARKS["short"] if facts.calendar_minutes(day) < 480 else ""


def lines(shown: RosterMonth, report: Report) -> Iterator[str]:
    """The table: a line a person, then a line of coverage for each line of support."""
    facts = shown.facts
    days = [date.fromisoformat(day) for day in facts.days]
    heads = [f"{day.day}{day_mark(facts, day)}" for day in days]
    body = [[cell(shown, one.login, day) for day in facts.days] for one in facts.people]
    cover = list(coverage(report, facts))
    names = [one.login for one in facts.people] + [title for title, _row in cover]
    left = max((width(name) for name in names), default=0)
    weekdays = [formats.weekday(day) for day in days]
    sizes = [
        max(width(row[place]) for row in [heads, weekdays, *body, *(row for _title, row in cover)])
        for place in range(len(days))
    ]
    titles = (_("Hours"), _("Nights"), _("Weekends"))

    def line(name: str, cells: list[str], more: str = "") -> str:
        joined = " ".join(pad(one, size, "right") for one, size in zip(cells, sizes, strict=True))
        return f"{pad(name, left)} {joined}  {more}".rstrip()

    figures = [
        (f"{words.hours(one.planned)}/{words.hours(one.norm)}", str(one.nights), str(one.weekends))
        for one in report.hours
    ]
    tails = [max(width(one[place]) for one in (titles, *figures)) for place in range(len(titles))]

    def tail(cells: Sequence[str]) -> str:
        return "  ".join(pad(one, size, "right") for one, size in zip(cells, tails, strict=True))

    yield line("", weekdays)
    yield line("", heads, tail(titles))
    for one, row, worked in zip(facts.people, body, figures, strict=True):
        yield line(one.login, row, tail(worked))
    for title, row in cover:
        yield line(title, row)


def coverage(report: Report, facts: MonthFacts) -> Iterator[tuple[str, list[str]]]:
    """By line of a demand: the worst stretch of each day as have/need, with ! where it is short."""
    worst: dict[int, dict[str, Covered]] = {}
    for one in report.coverage:
        days = worst.setdefault(one.line, {})
        if one.day not in days or one.have - one.need < days[one.day].have - days[one.day].need:
            days[one.day] = one
    for number in sorted(worst, key=lambda line: line or 9):
        row = []
        for day in facts.days:
            found = worst[number].get(day)
            short = "!" if found and found.have < found.need else ""
            row.append(f"{found.have}/{found.need}{short}" if found else "")
        yield words.line(number), row


def end_clock(facts: MonthFacts, day: str, minute: int) -> str:
    """When a stretch of a day ends; at midnight it is 24:00."""
    told = formats.time_of_day(minute * MINUTE, facts.timezone)
    return "24:00" if told == "00:00" and minute > facts.at(day, 0) else told
