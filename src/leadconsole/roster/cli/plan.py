"""`leadconsole roster show|check|publish`: the month as a table, what is wrong with it, and telling it to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.aligned import Column, aligned
from leadconsole.kernel.headless import Answer, Call
from leadconsole.kernel.i18n import _, ngettext, pgettext
from leadconsole.kernel.new_file import write_new
from leadconsole.kernel.period import Month, iso, parse_date
from leadconsole.roster import commands, cures, queries, table, words
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding, Report
from leadconsole.roster.rules.month import MonthFacts
from leadconsole.roster.rules.names import RuleName
from leadconsole.roster.telling import counted, sentence, status_word, told_people

_CLIENTS = 3
"""So many clients without cover on one day are told each in a row."""


def show(call: Call) -> Answer:
    """The month as a table."""
    which: Month = call.options.month
    shown = queries.month(call.sit(), which)
    checker = shown.checker()
    report = checker.report()
    if call.options.xlsx is not None:
        return _spreadsheet(call.options.xlsx, shown, report)
    data = {
        "month": str(which),
        "status": shown.status,
        "published": _published(shown),
        "people": [
            {
                "login": one.login,
                "name": one.name,
                "shifts": {
                    day: checker.shift(one.login, day) for day in shown.facts.days if checker.shift(one.login, day)
                },
                "absences": [
                    {"from": away.first, "to": away.last, "kind": away.kind}
                    for away in shown.facts.absences.get(one.login, ())
                    if away.last >= shown.facts.days[0] and away.first <= shown.facts.days[-1]
                ],
                "planned": hours_number(hours.planned),
                "norm": hours_number(hours.norm),
                "nights": hours.nights,
                "weekends": hours.weekends,
            }
            for one, hours in zip(shown.facts.people, report.hours, strict=True)
        ],
        "changes": [
            {"login": one.login, "date": one.day, "before": one.before, "now": one.now} for one in shown.changes
        ],
        "hard": report.hard,
        "soft": report.soft,
    }

    def lines(cells: int | None) -> Iterator[str]:
        yield f"{formats.month(which)} · {status_word(shown.status)}"
        yield from table.lines(shown, report)
        yield counted(report)

    return Answer(data, lines)


def _spreadsheet(path: Path, shown: RosterMonth, report: Report) -> Answer:
    from leadconsole.roster.workbook import workbook

    write_new(path, workbook(shown, report, status_word(shown.status)))
    told = _("{month} is written to {path}.").format(month=formats.month(shown.facts.month), path=path)
    return Answer({"month": str(shown.facts.month), "file": str(path)}, lambda cells: [told])


def ics(call: Call) -> Answer:
    """The published shifts of a person as an iCalendar file."""
    options = call.options
    data, count = queries.calendar(call.sit(), options.login)
    text = data.decode("utf-8")
    if options.into is not None:
        write_new(options.into, data)
        shifts = ngettext("{n} shift", "{n} shifts", count).format(n=count)
        told = _("{shifts} of {login} in {path}.").format(shifts=shifts, login=options.login, path=options.into)
        return Answer({"login": options.login, "file": str(options.into), "shifts": count}, lambda cells: [told])
    return Answer({"login": options.login, "shifts": count, "ics": text}, lambda cells: text.splitlines())


def check(call: Call) -> Answer:
    """What is wrong with the month, its hours and its coverage."""
    which: Month = call.options.month
    shown = queries.month(call.sit(), which)
    checker = shown.checker()
    report = checker.report()
    return Answer(
        checked(shown.facts, checker, report),
        lambda cells: finding_lines(shown.facts, checker, report, cells),
    )


def checked(facts: MonthFacts, checker: Checker, report: Report) -> dict[str, Any]:
    """The answer of `roster check` as scripts see it (interchange.md, section 3)."""
    return {
        "month": str(facts.month),
        "findings": [_finding(facts, checker, one) for one in report.findings],
        "hours": [
            {
                "login": one.login,
                "planned": hours_number(one.planned),
                "norm": hours_number(one.norm),
                "nights": one.nights,
                "weekends": one.weekends,
            }
            for one in report.hours
        ],
        "coverage": [
            {
                "date": one.day,
                "starts": words.clock(facts, one.begin),
                "ends": table.end_clock(facts, one.day, one.end),
                "line": one.line or None,
                "need": one.need,
                "have": one.have,
            }
            for one in report.coverage
        ],
        "client_gaps": [{"date": one.day, "client": one.client} for one in report.gaps],
    }


def _finding(facts: MonthFacts, checker: Checker, one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule.value,
        "severity": one.severity.value,
        "login": one.login,
        "date": one.day,
        "message": words.message(facts, one),
        "cure": cures.cure(checker, one),
    }


def finding_lines(facts: MonthFacts, checker: Checker, report: Report, cells: int | None) -> Iterator[str]:
    """The findings and hours as a person reads them."""
    yield formats.month(facts.month)
    columns = [Column(), Column(), Column(), Column(), Column(wraps=True)]
    yield from aligned(columns, list(_finding_rows(facts, checker, report)), cells)
    yield counted(report)
    yield ""
    titles = (_("Person"), _("Planned"), pgettext("hours", "Norm"), _("Nights"), _("Weekends"))
    figures = [
        [one.login, words.hours(one.planned), words.hours(one.norm), str(one.nights), str(one.weekends)]
        for one in report.hours
    ]
    yield from aligned([Column(titles[0]), *(Column(title, "right") for title in titles[1:])], figures, cells)


def _finding_rows(facts: MonthFacts, checker: Checker, report: Report) -> Iterator[list[str]]:
    """A row a finding; many clients without cover on one day are one row, or they would hide all else."""
    for (rule, day), group in groupby(report.findings, key=lambda one: (one.rule, one.day)):
        found = list(group)
        head = [
            words.severity(found[0].severity.value),
            formats.short_day(parse_date(day)) if day else "",
        ]
        if rule is RuleName.CLIENT_UNCOVERED and len(found) > _CLIENTS:
            names = [str(one.facts[0]) for one in found]
            told = ngettext("{n} client: {clients}…", "{n} clients: {clients}…", len(names)).format(
                n=len(names), clients=", ".join(names[:_CLIENTS])
            )
            yield [*head, "", words.rule(rule), told]
            continue
        for one in found:
            yield [*head, one.login or "", words.rule(rule), sentence(facts, checker, one)]


def publish(call: Call) -> Answer:
    """Publish the month, and say whose shifts are new or changed."""
    which: Month = call.options.month
    desk = call.sit()
    before = queries.month(desk, which)
    count = commands.publish(desk, which)
    shown = queries.month(desk, which)
    report = shown.checker().report()
    told = told_people(before, shown)
    data = {
        "month": str(which),
        "status": shown.status,
        "shifts": count,
        "told": [{"login": login, "changes": changes} for login, changes in told.items()],
        "hard": report.hard,
        "soft": report.soft,
    }

    def lines(cells: int | None) -> Iterator[str]:
        shifts = ngettext("{n} shift", "{n} shifts", count).format(n=count)
        yield _("{month} is published: {shifts}.").format(month=formats.month(which), shifts=shifts)
        for login, changes in told.items():
            told_of = ngettext("{n} new or changed shift", "{n} new or changed shifts", changes).format(n=changes)
            yield f"  {login}: {told_of}"
        if report.findings:
            yield counted(report)

    return Answer(data, lines)


def hours_number(minutes: int) -> float | int:
    """Minutes as hours: a whole number where they are whole."""
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 4)


def _published(shown: RosterMonth) -> dict[str, Any] | None:
    if shown.publication is None:
        return None
    return {"at": iso(shown.publication.at, shown.facts.timezone), "by": shown.publication.by}
