"""Somebody fell ill: who could take a shift, best first."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.roster.rules.check import Checker


class Replacement(NamedTuple):
    """Somebody who could take a shift: minutes above (or below) the own norm then, and whether it breaks a wish."""

    login: str
    over_norm: int
    against_wish: bool


def replacements(checker: Checker, login: str, day: str) -> tuple[Replacement, ...]:
    """Who could take a shift of somebody on a day without breaking a hard rule, the least loaded first."""
    facts = checker.facts
    code = checker.shift(login, day)
    if code is None:
        return ()
    lines = set(facts.by_login[login].lines)
    found = []
    for one in facts.people:
        free = one.login != login and checker.shift(one.login, day) is None and facts.available(one.login, day)
        if not free or lines.isdisjoint(one.lines) or not checker.fits(one.login, day, code):
            continue
        hours = checker.person(one.login)[1]
        wish = facts.wishes.get((one.login, day))
        against = wish is not None and wish.met_by(code) is not (wish.weight > 0)
        found.append(Replacement(one.login, hours.planned + facts.worked(day, code) - hours.norm, against))
    return tuple(sorted(found, key=lambda one: (one.against_wish, one.over_norm, one.login)))
