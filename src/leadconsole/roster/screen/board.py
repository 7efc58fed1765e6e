"""The month as a grid: people by days with hours beside them, coverage and clients below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.grid_rows import GridColumn, GridRow, ListGrid
from leadconsole.console.widgets.rows import Cell
from leadconsole.kernel import formats
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.i18n import _, pgettext
from leadconsole.kernel.text import shorten, width
from leadconsole.roster import table, words
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Covered, Finding, Hours, Report
from leadconsole.roster.rules.month import MonthFacts
from leadconsole.roster.rules.names import Rule, RuleName, Severity
from leadconsole.roster.telling import sentence
from leadconsole.team.words import absence_kind

MONTH, FORTNIGHT, WEEK = "month", "fortnight", "week"
ZOOMS = (MONTH, FORTNIGHT, WEEK)
SPANS = {FORTNIGHT: 14, WEEK: 7}
"""Days that are shown zoomed in."""
ROOMY = "roomy"
"""The month on a screen so wide that a day has room for have and need."""
ROOMY_FROM = 186
_WIDTHS = {MONTH: 2, ROOMY: 4, FORTNIGHT: 3, WEEK: 7}
BROKEN, WARNED, CHANGED, WISHED = "!", "~", "'", "°"
_SATURDAY = 5


def fitting(zoom: str, cells: int) -> str:
    """How a zoom is shown in so many columns."""
    return ROOMY if zoom == MONTH and cells >= ROOMY_FROM else zoom


def days_of(month: RosterMonth, zoom: str, around: str) -> tuple[str, ...]:
    """The days that are shown: all, or a week or fortnight from the Monday before a day, always whole."""
    days = month.facts.days
    if zoom in (MONTH, ROOMY):
        return days
    place = days.index(around) if around in days else 0
    first = max(0, min(place - date.fromisoformat(days[place]).weekday(), len(days) - SPANS[zoom]))
    return days[first : first + SPANS[zoom]]


def board(month: RosterMonth, checker: Checker, report: Report, zoom: str, around: str) -> ListGrid:
    """The grid of a month as it stands in the checker."""
    days = days_of(month, zoom, around)
    told = _cells_with_findings(report)
    changed = _changed(month, checker)
    facts = month.facts
    rows = [
        (
            GridRow(one.login, _heads(one.name, hours, facts.rules[RuleName.MONTHLY_NORM])),
            [_cell(month, checker, one.login, day, told, changed, zoom) for day in days],
        )
        for one, hours in zip(facts.people, report.hours, strict=True)
    ]
    feet, cells = _feet(month, report, days, zoom)
    marks = any(_special(month, day) for day in days)
    columns = [
        GridColumn(day, _titles(month, day, zoom, marks=marks), _WIDTHS[zoom], tuple(row[place] for row in cells))
        for place, day in enumerate(days)
    ]
    heads = (
        Column("name", _("Person"), 8, flex=1),
        Column("hours", _("Hours"), 7, align="right"),
        Column("nights", pgettext("short: nights", "N"), 2, align="right", keep=2),
        Column("weekends", pgettext("short: weekends", "W"), 2, align="right", keep=1),
    )
    return ListGrid(heads, columns, rows, feet)


def _special(month: RosterMonth, day: str) -> str:
    """`*` for a day off that is no weekend, `-` for a short day, `+` for a weekend that is worked."""
    facts, when = month.facts, date.fromisoformat(day)
    weekend = when.weekday() >= _SATURDAY
    if not facts.is_work_day(when):
        return "" if weekend else "*"
    return "+" if weekend else table.day_mark(facts, when)


def _titles(month: RosterMonth, day: str, zoom: str, *, marks: bool) -> tuple[str | Cell, ...]:
    facts, when = month.facts, date.fromisoformat(day)
    tone = "" if facts.is_work_day(when) else "danger"
    number = formats.short_day(when) if zoom == WEEK else str(when.day)
    titles = [Cell(formats.weekday(when), tone), Cell(number, tone)]
    if marks:
        titles.append(Cell(_special(month, day), tone))
    return tuple(titles)


def _heads(name: str, hours: Hours, norm: Rule) -> tuple[str | Cell, ...]:
    """Name and figures; `136<168` is farther below the norm than the rule of the desk allows."""
    over = hours.planned - hours.norm
    apart = norm.on and abs(over) > norm.minutes
    sign = "/" if not apart else ">" if over > 0 else "<"
    worked = f"{hours.planned // 60}{sign}{hours.norm // 60}"  # whole hours: the finding has them exactly
    return name, Cell(worked, "warning" if apart else ""), str(hours.nights or ""), str(hours.weekends or "")


def _cells_with_findings(report: Report) -> dict[tuple[str, str], Severity]:
    found: dict[tuple[str, str], Severity] = {}
    for one in report.findings:
        if one.login is not None and one.day is not None and found.get((one.login, one.day)) is not Severity.HARD:
            found[one.login, one.day] = one.severity
    return found


def _changed(month: RosterMonth, checker: Checker) -> Mapping[tuple[str, str], str | None]:
    if month.publication is None:
        return {}
    before, now = month.publication.plan, checker.plan()
    days = {*month.facts.days}
    return {cell: before.get(cell) for cell in {*before, *now} if cell[1] in days and before.get(cell) != now.get(cell)}


def _cell(
    month: RosterMonth,
    checker: Checker,
    login: str,
    day: str,
    told: Mapping[tuple[str, str], Severity],
    changed: Mapping[tuple[str, str], str | None],
    zoom: str,
) -> Cell:
    facts = month.facts
    code = checker.shift(login, day)
    away = facts.absence(login, day)
    severity = told.get((login, day))
    if code is None:
        if (login, day) in changed:
            return Cell(f"{table.FREE}{CHANGED}", "accent")
        if away is not None:
            return Cell(_away(facts, away.kind, zoom), "dim")
        if not facts.employed(login, day):
            return Cell("", "dim")
        wished = WISHED if (login, day) in facts.wishes else ""
        return Cell(table.FREE + (WARNED if severity else wished), "warning" if severity else "dim")
    if severity is Severity.HARD or away is not None:
        return Cell(_shift(facts, code, BROKEN, zoom), "danger")
    if (login, day) in changed:
        return Cell(_shift(facts, code, CHANGED, zoom), "accent")
    if severity is not None:
        return Cell(_shift(facts, code, WARNED, zoom), "warning")
    return Cell(_shift(facts, code, WISHED if (login, day) in facts.wishes else "", zoom))


def _away(facts: MonthFacts, kind: str, zoom: str) -> str:
    """An absence: its name where there is room, else its letter, told from a shift that is called alike."""
    if zoom == WEEK:
        return absence_kind(kind)
    letter = table.absence_letter(kind).strip("()")
    alike = any(code.casefold() == letter.casefold() for code in facts.types)
    return f"{letter})" if alike else letter


def _shift(facts: MonthFacts, code: str, sign: str, zoom: str) -> str:
    """A shift with its sign: its code, in a week with its hours as far as there is room."""
    room = _WIDTHS[zoom] - len(sign)
    if zoom == WEEK:
        kind = facts.types[code]
        hours = f"{kind.starts // 60:02}-{(kind.starts + kind.length) // 60 % 24:02}"
        for text in (f"{code} {hours}", f"{code}{hours}", f"{code} {hours[:2]}"):
            if width(text) <= room:
                return text + sign
    return shorten(code, room) + sign


def _feet(
    month: RosterMonth, report: Report, days: Sequence[str], zoom: str
) -> tuple[list[str | Cell], list[list[str | Cell]]]:
    worst: dict[int, dict[str, Covered]] = {}
    for one in report.coverage:
        of_line = worst.setdefault(one.line, {})
        if one.day not in of_line or one.have - one.need < of_line[one.day].have - of_line[one.day].need:
            of_line[one.day] = one
    feet: list[str | Cell] = []
    cells: list[list[str | Cell]] = []
    for number in sorted(worst, key=lambda line: line or 9):
        feet.append(words.line(number))
        cells.append([_staffed(worst[number].get(day), zoom) for day in days])
    if month.facts.cover:
        gaps: dict[str, int] = {}
        for gap in report.gaps:
            gaps[gap.day] = gaps.get(gap.day, 0) + 1
        feet.append(_("clients uncovered"))
        cells.append([Cell(str(min(gaps[day], 99)), "warning") if day in gaps else "" for day in days])
    return feet, cells


def _staffed(one: Covered | None, zoom: str) -> str | Cell:
    if one is None:
        return ""
    if zoom != MONTH:
        short = BROKEN if one.have < one.need else ""
        return Cell(f"{one.have}/{one.need}{short}"[: _WIDTHS[zoom]], "danger" if short else "dim")
    apart = one.have - one.need
    return Cell(f"{apart:+}"[:2], "danger" if apart < 0 else "dim") if apart else Cell("=", "dim")


def cell_line(month: RosterMonth, checker: Checker, login: str, day: str) -> str:
    """What is to be said of a cell: what is wrong with it, why somebody is away, what is wished."""
    facts = month.facts
    told = [
        f"{BROKEN if one.severity is Severity.HARD else WARNED} {sentence(facts, checker, one)}"
        for one in checker.person(login)[0]
        if one.day == day
    ]
    code, zone = checker.shift(login, day), facts.by_login[login].timezone
    if code is not None and zone not in (None, facts.timezone):
        span = facts.span(day, code)
        begin, end = (formats.time_of_day(one * MINUTE, zone) for one in (span.begin, span.end))
        told.append(_("{code} is {begin}–{end} there").format(code=code, begin=begin, end=end))
    away, wish = facts.absence(login, day), facts.wishes.get((login, day))
    if away is not None:
        told.append(absence_kind(away.kind))
    if wish is not None:
        wanted = (
            _("wants {shift} (weight {weight})") if wish.weight > 0 else _("doesn't want {shift} (weight {weight})")
        )
        told.append(wanted.format(shift=words.wished(wish.shift), weight=abs(wish.weight)))
    return "; ".join(told)


def hours_line(month: RosterMonth, checker: Checker, day: str) -> str:
    """The coverage of a day by line and hour, in one line; `1/2!` is one of two who are wanted."""
    facts = month.facts
    spans: dict[int, list[Covered]] = {}
    for one in checker.day(day)[1]:
        of_line = spans.setdefault(one.line, [])
        last = of_line[-1] if of_line else None
        if last is not None and (last.end, last.need, last.have) == (one.begin, one.need, one.have):
            of_line[-1] = last._replace(end=one.end)
        else:
            of_line.append(one)
    told = []
    for number, parts in sorted(spans.items(), key=lambda item: item[0] or 9):
        figures = ", ".join(
            f"{words.clock(facts, one.begin)}–{table.end_clock(facts, day, one.end)}"
            f" {one.have}/{one.need}{BROKEN if one.have < one.need else ''}"
            for one in parts
        )
        told.append(f"{words.line(number)} {figures}")
    return f"{words.date_title(day)}: {'; '.join(told) or '—'}"


def jump_of(month: RosterMonth, one: Finding) -> tuple[str, str]:
    """The cell that a finding is about; what concerns a day or a month has its first person or day."""
    facts = month.facts
    login = one.login or (facts.people[0].login if facts.people else "")
    day = one.day or facts.days[0]
    if one.rule is RuleName.WEEKLY_REST and day < facts.days[0]:
        day = facts.days[0]
    return login, min(max(day, facts.days[0]), facts.days[-1])
