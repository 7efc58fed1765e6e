"""Why nobody else can take a stretch that is short of people: who is away, who works then, whom a rule keeps free."""

from __future__ import annotations

from leadconsole.kernel.i18n import N_, _
from leadconsole.roster import words
from leadconsole.roster.rules import persons
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.names import RuleName, Severity

AWAY, BUSY = "away", "busy"
_WORDS = {AWAY: N_("away"), BUSY: N_("on another shift")}
_NAMES = 4


def hindrances(checker: Checker, one: Finding) -> dict[str, list[str]]:
    """What keeps everybody of the line from a stretch (understaffed only): away, busy or the name of a hard rule.

    Somebody whom nothing keeps isn't there: a shift of theirs would cure it.
    """
    if one.rule is not RuleName.UNDERSTAFFED:
        return {}
    facts = checker.facts
    line, begin, end, day = int(one.facts[0]), int(one.facts[1]), int(one.facts[2]), one.day or ""
    codes = [code for code in facts.types if (span := facts.span(day, code)).begin < end and span.end > begin]
    found: dict[str, list[str]] = {}
    for person in facts.people:
        if line and line not in person.lines:
            continue
        present = checker.shift(person.login, day)
        if not facts.available(person.login, day):
            found.setdefault(AWAY, []).append(person.login)
        elif present is not None:
            if present not in codes:
                found.setdefault(BUSY, []).append(person.login)
        else:
            broken = [_broken(checker, person.login, day, code) for code in codes]
            for rule in min(broken, key=len, default=()):
                found.setdefault(rule.value, []).append(person.login)
    return found


def _broken(checker: Checker, login: str, day: str, code: str) -> tuple[RuleName, ...]:
    """The hard rules that a shift on a free cell would newly break."""
    own = checker.days_of(login)
    before = _hard(checker, login, own)
    after = _hard(checker, login, {**own, day: code})
    return tuple(dict.fromkeys(rule for rule in after if after.count(rule) > before.count(rule)))


def _hard(checker: Checker, login: str, days: persons.Days) -> list[RuleName]:
    return [
        one.rule
        for one in persons.findings(checker.facts, login, days)
        if one.severity is Severity.HARD and one.rule is not RuleName.MONTHLY_NORM
    ]


def told(checker: Checker, one: Finding) -> str:
    """The same in a few words; empty where nothing stands in the way."""
    parts = []
    for reason, logins in hindrances(checker, one).items():
        name = _(_WORDS[reason]) if reason in _WORDS else words.rule(reason)
        more = "…" if len(logins) > _NAMES else ""
        parts.append(f"{name} ({', '.join(logins[:_NAMES])}{more})")
    return "; ".join(parts)
