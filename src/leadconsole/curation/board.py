"""Who is there for which client on which days, absences asked for and on record counted together."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from leadconsole.curation import facts, rules, words
from leadconsole.curation.facts import Absence, Levels
from leadconsole.curation.pieces import Away
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.team.facts import Calendars

LONGEST = 366
"""So many days can be asked for at once."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An unbroken time in which the lead of a client is away."""

    lead: str
    away: Away


@dataclass(frozen=True, slots=True)
class Standing:
    """One client over the asked days."""

    client: str
    lead: str | None
    """Who leads it on the first day."""
    present: int | None
    """The smallest number of people there on a working day; None without a working day."""
    uncovered: tuple[str, ...]
    gaps: tuple[Gap, ...]
    away: tuple[str, ...]
    """The asked-for absentees who cover it."""


class Board:
    """The levels, the absences on record and the desk's calendar, ready for questions about days."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.levels = Levels(connection)
        self.active = [
            (code, name, bool(toxic))
            for code, name, toxic in connection.execute(
                "SELECT code, name, toxic_since FROM client WHERE status = 'active' ORDER BY code"
            )
        ]
        self._recorded: dict[str, list[Absence]] = defaultdict(list)
        for one in facts.absences(connection, "0000-01-01", rules.FOREVER):
            self._recorded[one.login].append(one)
        self._calendar = Calendars(connection).of(None)
        self._working: dict[str, bool] = {}
        self._stretches: dict[str, dict[str, list[rules.Stretch]]] = {}

    def is_working_day(self, day: str) -> bool:
        """Whether the desk works on an ISO day."""
        known = self._working.get(day)
        if known is None:
            known = self._working[day] = self._calendar.is_working_day(date.fromisoformat(day))
        return known

    def refuse_nonsense(self, asked: Sequence[Absence]) -> None:
        """Refuse absences of nobody, that end before they start, that overlap, or that reach too far."""
        if not asked:
            raise Refused(_("Say who is away from when to when."), code="nothing_asked", field="absent")
        by_login: dict[str, list[Absence]] = defaultdict(list)
        for one in asked:
            if one.login not in self.levels.people:
                raise Refused(
                    _("There is no person «{key}» at this desk.").format(key=one.login[:60]),
                    code="unknown",
                    field="absent",
                )
            if one.last < one.first:
                raise Refused(
                    _("It ends ({ended}) before it starts ({started}).").format(
                        ended=words.day(one.last), started=words.day(one.first)
                    ),
                    code="bad_span",
                    field="absent",
                )
            for other in by_login[one.login]:
                if one.first <= other.last and other.first <= one.last:
                    raise Refused(
                        _(
                            "{login} is away from {first} to {last} already; absences of one person don't overlap."
                        ).format(login=one.login, first=words.day(other.first), last=words.day(other.last)),
                        code="overlap",
                        field="absent",
                    )
            by_login[one.login].append(one)
        first, last = min(one.first for one in asked), max(one.last for one in asked)
        if (date.fromisoformat(last) - date.fromisoformat(first)).days >= LONGEST:
            raise Refused(
                _("At most {n} days can be looked at together.").format(n=LONGEST), code="too_long", field="absent"
            )

    def standings(self, asked: Sequence[Absence], *, gaps: bool = True) -> list[Standing]:
        """Every active client that an asked-for absentee covers on a day of the absence, by code."""
        span = _Span(self, asked)
        found = []
        for code, _name, _toxic in self.active:
            held = self._held(code)
            away = sorted(
                {
                    one.login
                    for one in asked
                    for stretch in held.get(one.login, ())
                    if stretch.level in rules.COVERS and stretch.first <= one.last and one.first <= stretch.last
                }
            )
            if away:
                found.append(self._standing(code, held, span, tuple(away), gaps))
        return found

    def forgetting(self, asked: Sequence[Absence]) -> Self:
        """The same board as if the absences that were asked for weren't on record."""
        other = copy(self)
        other._recorded = defaultdict(list)
        for login, known in self._recorded.items():
            other._recorded[login] = [
                one
                for one in known
                if not any(two.login == login and two.first <= one.last and one.first <= two.last for two in asked)
            ]
        return other

    def _held(self, code: str) -> dict[str, list[rules.Stretch]]:
        known = self._stretches.get(code)
        if known is None:
            known = self._stretches[code] = self.levels.stretches(code)
        return known

    def _standing(
        self, code: str, held: Mapping[str, Sequence[rules.Stretch]], span: _Span, away: tuple[str, ...], gaps: bool
    ) -> Standing:
        covering = {login: [one for one in stretches if one.level in rules.COVERS] for login, stretches in held.items()}
        there: dict[str, frozenset[str]] = {}
        for day in span.working:
            there[day] = frozenset(
                login
                for login, stretches in covering.items()
                if any(one.first <= day <= one.last for one in stretches) and not span.away(login, day)
            )
        uncovered = tuple(day for day in span.working if not there[day])
        return Standing(
            code,
            _lead(covering, span.first),
            min((len(people) for people in there.values()), default=None),
            uncovered,
            tuple(_gaps(covering, span, there)) if gaps else (),
            away,
        )

    def recorded(self, login: str) -> Sequence[Absence]:
        """The absences on record of a person."""
        return self._recorded.get(login, ())


class _Span:
    """The days that were asked for, and who is away on them."""

    def __init__(self, board: Board, asked: Sequence[Absence]) -> None:
        self.first, self.last = min(one.first for one in asked), max(one.last for one in asked)
        self.asked_days = sorted({day for one in asked for day in facts.days(one.first, one.last)})
        every = list(facts.days(self.first, self.last))
        self.all_working = [day for day in every if board.is_working_day(day)]
        wanted = set(self.asked_days)
        self.working = [day for day in self.all_working if day in wanted]
        self.days = wanted
        self._away: dict[str, set[str]] = defaultdict(set)
        for one in asked:
            self._away[one.login].update(facts.days(one.first, one.last))
        for login in board.levels.people:
            for one in board.recorded(login):
                if one.first <= self.last and self.first <= one.last:
                    self._away[login].update(facts.days(max(one.first, self.first), min(one.last, self.last)))

    def away(self, login: str, day: str) -> bool:
        """Whether somebody is away on a day."""
        return day in self._away.get(login, ())


def _lead(covering: Mapping[str, Iterable[rules.Stretch]], day: str) -> str | None:
    return next(
        (
            login
            for login, stretches in sorted(covering.items())
            if any(one.level == "lead" and one.first <= day <= one.last for one in stretches)
        ),
        None,
    )


def _gaps(
    covering: Mapping[str, Sequence[rules.Stretch]], span: _Span, there: Mapping[str, frozenset[str]]
) -> Iterable[Gap]:
    """The times in which whoever leads a client on them is away, each with its working days."""
    run: list[str] = []
    leading = ""
    for day in [*span.all_working, ""]:
        lead = _lead(covering, day) if day and day in span.days else None
        gone = lead if lead is not None and span.away(lead, day) else ""
        if run and gone != leading:
            yield _gap(covering, span, there, leading, run)
            run = []
        if gone:
            run.append(day)
        leading = gone or ""


def _gap(
    covering: Mapping[str, Sequence[rules.Stretch]],
    span: _Span,
    there: Mapping[str, frozenset[str]],
    lead: str,
    run: Sequence[str],
) -> Gap:
    def reached(day: str, step: int) -> str:
        """The last day on this side that is no working day and on which the same lead is away."""
        while True:
            beside = (date.fromisoformat(day) + timedelta(days=step)).isoformat()
            if (
                beside not in span.days
                or beside in there
                or _lead(covering, beside) != lead
                or not span.away(lead, beside)
            ):
                return day
            day = beside

    days = [(day, there[day] - {lead}) for day in run]
    return Gap(lead, Away(reached(run[0], -1), reached(run[-1], 1), days))
