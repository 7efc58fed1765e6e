"""What would cure a finding, found by trying it on the plan."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.roster import hindrances, words
from leadconsole.roster.rules import persons
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.names import RuleName

MOST = 3
ASKED = 12
"""So many of the least loaded are asked whether a shift would be lawful for them."""


def cure(checker: Checker, one: Finding) -> str:
    """One sentence on what would cure the finding; empty where only the lead can know."""
    facts = one.facts
    match one.rule:
        case RuleName.DOUBLE_BOOKED | RuleName.TWO_SHIFTS | RuleName.ABSENT:
            return _("free {day}").format(day=_day(one.day or ""))
        case RuleName.WEEKLY_REST:
            freed = _freeing(checker, one)
            if freed:
                return _("free {day}").format(day=_day(freed))
            return _("free two days that follow each other")
        case RuleName.MIN_CONSECUTIVE:
            return _("a shift on {day} too").format(day=_day(_next(str(facts[1]))))
        case RuleName.MIN_DAYS_OFF:
            return _("free {day} too").format(day=_day(_next(str(facts[1]))))
        case RuleName.MAX_CONSECUTIVE | RuleName.MAX_WEEKENDS | RuleName.MAX_SHIFTS:
            return _("free {day}").format(day=_day(one.day or ""))
        case RuleName.MONTHLY_NORM:
            more = int(facts[1]) - int(facts[0])
            told = words.hours(abs(more))
            return _("{n} h more").format(n=told) if more > 0 else _("{n} h less").format(n=told)
        case RuleName.UNDERSTAFFED:
            lacking = int(facts[3]) - int(facts[4])
            names = ", ".join(able(checker, one))
            told = ngettext("{n} more person", "{n} more people", lacking).format(n=lacking)
            if names:
                return _("{people}, such as {names}").format(people=told, names=names)
            why = hindrances.told(checker, one)
            return _("{people}; in the way: {reasons}").format(people=told, reasons=why) if why else told
        case RuleName.OVERSTAFFED:
            extra = int(facts[4]) - int(facts[3])
            return ngettext("{n} person fewer", "{n} people fewer", extra).format(n=extra)
        case RuleName.CLIENT_UNCOVERED:
            return _covering(checker, one)
    return ""


def _freeing(checker: Checker, one: Finding) -> str | None:
    """The day of the week whose shift alone stands between the plan and a lawful rest."""
    assert one.login is not None
    facts = checker.facts
    monday = date.fromisoformat(str(one.facts[0]))
    begin, end = persons.rest_week(facts, one.login, monday)
    days = checker.days_of(one.login)
    for far in range(-1, 7):
        day = (monday + timedelta(days=far)).isoformat()
        if day not in days:
            continue
        left = sorted(facts.span(other, code) for other, code in days.items() if other != day)
        left.sort(key=lambda span: (span.begin, span.end))
        if persons.longest_rest(left, begin, end) >= facts.rules[RuleName.WEEKLY_REST].minutes:
            return day
    return None


def _covering(checker: Checker, one: Finding) -> str:
    """Whose shift covers the clients of a finding, who covers most first."""
    day = one.day or ""
    cover = checker.facts.cover.get(day, {})
    left = {str(client) for client in one.facts if cover.get(str(client))}
    if not left:
        return _("somebody who learns to know it")
    names: list[str] = []
    while left and len(names) < MOST:
        knows: dict[str, int] = {}
        for client in left:
            for login in cover[client]:
                if checker.facts.available(login, day):
                    knows[login] = knows.get(login, 0) + 1
        if not knows:
            break
        best = min(knows, key=lambda login: (-knows[login], login))
        names.append(best)
        left = {client for client in left if best not in cover[client]}
    if not names:
        return _("somebody who knows it and isn't away")
    return _("a shift for {names}").format(names=", ".join(names))


def able(checker: Checker, one: Finding) -> list[str]:
    """Some who are free when a stretch is short, work its line, and would break no hard rule by a shift."""
    facts = checker.facts
    line, begin, end, day = int(one.facts[0]), int(one.facts[1]), int(one.facts[2]), one.day or ""
    codes = [code for code in facts.types if (span := facts.span(day, code)).begin < end and span.end > begin]
    free = [
        person.login
        for person in facts.people
        if (not line or line in person.lines)
        and checker.shift(person.login, day) is None
        and facts.available(person.login, day)
    ]
    free.sort(key=lambda login: (checker.person(login)[1].planned - checker.person(login)[1].norm, login))
    fitting = (login for login in free[:ASKED] if any(checker.fits(login, day, code) for code in codes))
    return list(islice(fitting, MOST))


def _next(iso: str) -> str:
    return (parse_date(iso) + timedelta(days=1)).isoformat()


def _day(iso: str) -> str:
    return formats.short_day(parse_date(iso))
