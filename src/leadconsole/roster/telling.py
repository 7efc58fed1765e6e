"""How a month of the roster is spoken of: its status, what is wrong with it, whom a publication touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import NP_, _, ngettext, pgettext
from leadconsole.kernel.period import Month
from leadconsole.roster import cures, words
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding, Report
from leadconsole.roster.rules.month import MonthFacts
from leadconsole.roster.rules.names import RuleName

STATUSES = {
    "draft": NP_("roster", "draft"),
    "published": NP_("roster", "published"),
    "changed": NP_("roster", "changed since it was published"),
}


def status_word(status: str) -> str:
    """The status of a month in words."""
    return pgettext("roster", STATUSES[status])


def sentence(facts: MonthFacts, checker: Checker, one: Finding) -> str:
    """What is wrong and what would cure it."""
    cure = cures.cure(checker, one)
    told = words.message(facts, one)
    return _("{finding}. Cure: {cure}").format(finding=told, cure=cure) if cure else told


class Repeated(NamedTuple):
    """A finding that is the same on several days."""

    days: str
    login: str
    rule: str
    told: str


def repeated(facts: MonthFacts, checker: Checker, findings: Iterable[Finding]) -> list[Repeated]:
    """Findings with their cures, those that say the same of several days in one."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in findings:
        key = one.login or "", words.rule(one.rule), sentence(facts, checker, one)
        found.setdefault(key, []).extend([one.day] if one.day else [])
    return [Repeated(words.spans(days), *key) for key, days in found.items()]


def folded(report: Report) -> Report:
    """The same report with the clients whom nobody on shift knows in one finding a day: its facts are all of them."""
    found: list[Finding] = []
    place: dict[str | None, int] = {}
    for one in report.findings:
        if one.rule is RuleName.CLIENT_UNCOVERED and one.day in place:
            first = found[place[one.day]]
            found[place[one.day]] = first._replace(facts=(*first.facts, *one.facts))
            continue
        if one.rule is RuleName.CLIENT_UNCOVERED:
            place[one.day] = len(found)
        found.append(one)
    return report._replace(findings=tuple(found))


def counted(report: Report) -> str:
    """How many findings there are."""
    if not report.findings:
        return _("Nothing is wrong with this month.")
    hard = ngettext("{n} hard finding", "{n} hard findings", report.hard).format(n=report.hard)
    soft = ngettext("{n} soft finding", "{n} soft findings", report.soft).format(n=report.soft)
    return f"{hard}, {soft}"


def drafts_told(months: Iterable[Month]) -> list[str]:
    """What to know of drafts beside a month that is filled."""
    told = _("{month} is a draft; its shifts count here as they stand now.")
    return [told.format(month=formats.month(one)) for one in months]


def told_people(before: RosterMonth, now: RosterMonth) -> dict[str, int]:
    """Whom a publication touches, and how many of their days it changes."""
    seen = {} if before.publication is None else before.publication.plan
    found: dict[str, int] = {}
    for login, day in sorted({*seen, *now.own}):
        if seen.get((login, day)) != now.own.get((login, day)):
            found[login] = found.get(login, 0) + 1
    return found
