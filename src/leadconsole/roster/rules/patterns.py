"""What is written into many cells at once: a pattern that repeats, the week before again, two people swapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Cell, MonthFacts

LONGEST = 62
"""Days of a pattern at most: two months."""
FREE_SIGNS = "-·0"
_TURNS = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})")  # the key of the slash sends a full stop on a Russian layout

Pattern = tuple[str | None, ...]
"""Shifts of days in a row, None for a free day; it begins anew after its end."""


def pattern(text: str, codes: Sequence[str], usual: str) -> Pattern:
    """A pattern as people write it: `2/2`, `D 5/2`, `D 2/2 N 2/2`, `DDNN----`.

    `usual` is meant where no shift is named. Refused, with the codes that there are, for anything else.
    """
    found: list[str | None] = []
    named: str | None = None
    pending = False
    for word in text.replace(",", " ").split():
        turns = _TURNS.fullmatch(word)
        if turns:
            found += [named or usual] * int(turns[1]) + [None] * int(turns[2])
            pending = False
            continue
        if pending:
            found.append(named)
        pending = False
        letters = _letters(word, codes)
        if len(letters) == 1 and letters[0] is not None:
            named, pending = letters[0], True
        else:
            found += letters
    if pending:
        found.append(named)
    if not found or len(found) > LONGEST or all(code is None for code in found):
        raise _unreadable(text, codes)
    return tuple(found)


def _letters(word: str, codes: Sequence[str]) -> list[str | None]:
    """The shifts that a word names one after the other, the longest code first."""
    known = sorted(codes, key=len, reverse=True)
    found: list[str | None] = []
    left = word
    while left:
        code = next((one for one in known if left.casefold().startswith(one.casefold())), None)
        if code is None and left[0] not in FREE_SIGNS:
            raise _unreadable(word, codes)
        found.append(code)
        left = left[len(code or left[0]) :]
    return found


def _unreadable(text: str, codes: Sequence[str]) -> Refused:
    return Refused(
        _(
            "«{text}» is no pattern: write 2/2, {code} 5/2, or letters such as {code}{code}--; the shifts are {codes}."
        ).format(text=text[:40], code=next(iter(codes), "D"), codes=", ".join(codes)),
        code="bad_pattern",
        field="text",
    )


def repeated(facts: MonthFacts, logins: Iterable[str], days: Sequence[str], what: Pattern) -> dict[Cell, str | None]:
    """The pattern from the first of these days on; it goes on counting on days away, which stay as they are."""
    return {
        (login, day): what[place % len(what)]
        for login in logins
        for place, day in enumerate(days)
        if facts.available(login, day)
    }


def week_of(facts: MonthFacts, day: str) -> tuple[str, ...]:
    """The days of the month in the calendar week of a day."""
    when = date.fromisoformat(day)
    monday = when - timedelta(days=when.weekday())
    days = {(monday + timedelta(days=n)).isoformat() for n in range(7)}
    return tuple(one for one in facts.days if one in days)


def week_again(checker: Checker, logins: Iterable[str], day: str) -> dict[Cell, str | None]:
    """The shifts of the week before for the week of a day; days away stay as they are."""
    facts = checker.facts
    return {
        (login, one): checker.shift(login, (date.fromisoformat(one) - timedelta(days=7)).isoformat())
        for login in logins
        for one in week_of(facts, day)
        if facts.available(login, one)
    }


def swapped(checker: Checker, login: str, other: str, days: Iterable[str]) -> dict[Cell, str | None]:
    """The shifts of two people on these days, each the other's."""
    cells: dict[Cell, str | None] = {}
    for day in days:
        cells[login, day] = checker.shift(other, day)
        cells[other, day] = checker.shift(login, day)
    return cells
