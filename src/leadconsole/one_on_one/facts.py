"""What the rules need to know of 1-on-1s, read from a connection: criteria, points, plans, what was agreed.

Building bricks of queries and commands, which check who asks.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from leadconsole.kernel.worktime import AROUND_THE_CLOCK, DayKind
from leadconsole.one_on_one import rules
from leadconsole.one_on_one.plan import Plan, days_of, read_plan
from leadconsole.one_on_one.rules import Criterion, Meeting
from leadconsole.team import facts as team
from leadconsole.team.rules import employed

HORIZON = timedelta(days=400)
"""How far ahead the next meeting is looked for."""


def criteria(connection: sqlite3.Connection, login: str) -> list[Criterion]:
    """Every criterion that a person has or had."""
    rows = connection.execute(
        "SELECT criterion, most, first, last, position FROM criterion WHERE login = ?", (login,)
    ).fetchall()
    return [Criterion(*row) for row in rows]


def meetings(connection: sqlite3.Connection, login: str) -> tuple[Meeting, ...]:
    """A person's meetings, oldest first."""
    scores: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for day, criterion, points, reason in connection.execute(
        "SELECT date, criterion, points, reason FROM meeting_score WHERE login = ?", (login,)
    ):
        scores[day].append((criterion, points, reason))
    return rules.meetings_of(criteria(connection, login), scores)


def plan(connection: sqlite3.Connection, login: str) -> Plan | None:
    """The rule by which a person is met, if there is one."""
    row = connection.execute("SELECT rule FROM meeting_plan WHERE login = ?", (login,)).fetchone()
    return None if row is None else read_plan(row[0])


class Diary:
    """The planned days of one person: the rule, less absences, holidays and days off, with what was moved."""

    def __init__(self, connection: sqlite3.Connection, login: str, calendars: team.Calendars | None = None) -> None:
        calendars = calendars or team.Calendars(connection)
        self._plan = plan(connection, login)
        self.moves: dict[date, date | None] = {
            date.fromisoformat(day): date.fromisoformat(moved) if moved else None
            for day, moved in connection.execute("SELECT day, moved FROM meeting_move WHERE login = ?", (login,))
        }
        self.held = [
            date.fromisoformat(day)
            for (day,) in connection.execute(
                "SELECT DISTINCT date FROM meeting_score WHERE login = ? ORDER BY date", (login,)
            )
        ]
        begun = connection.execute("SELECT min(first) FROM criterion WHERE login = ?", (login,)).fetchone()[0]
        self.begun = self.held[0] if self.held else date.fromisoformat(begun) if begun else None
        self._here: tuple[str | None, str | None] = connection.execute(
            "SELECT started, ended FROM person WHERE login = ?", (login,)
        ).fetchone() or (None, None)
        self._calendar = calendars.of(None)
        self._public = team.public_days(connection, calendars.settings.country)
        # Without the lead there is no meeting either.
        self._away = connection.execute(
            "SELECT first, last FROM absence WHERE login IN (?, ?)", (login, calendars.settings.lead)
        ).fetchall()

    @property
    def has_plan(self) -> bool:
        """Whether there is a rule."""
        return self._plan is not None

    def planned(self, first: date, last: date) -> list[date]:
        """The days on which a meeting is due, moved ones where they were moved to."""
        if self._plan is None:
            return []
        laid = days_of(self._plan, self.begun or first, first, last)
        days = {day for day in laid if day not in self.moves and self._meets(day)}
        days |= {moved for moved in self.moves.values() if moved is not None and first <= moved <= last}
        return sorted(days)

    def next(self, today: date) -> date | None:
        """The next planned day on which no meeting was held yet, today included."""
        held = set(self.held)
        return next((day for day in self.planned(today, today + HORIZON) if day not in held), None)

    def missed(self, today: date, *, since: date | None = None) -> list[date]:
        """Planned days that are past without a meeting; one that was held nearest to a day counts for it."""
        first = self.begun if since is None else since
        if first is None:
            return []
        days = self.planned(first, today - timedelta(days=1))
        for held in self.held:
            near = min(days, key=lambda day: abs(day - held), default=None)
            if near is not None and self._counts_for(held, near, days):
                days.remove(near)
        return days

    def _counts_for(self, held: date, day: date, days: list[date]) -> bool:
        """A meeting makes good for a day if it lies nearer to it than half the way to the neighbour, a week at most."""
        others = [abs(other - day) for other in days if other != day]
        gap = min([*others, timedelta(days=14)])
        return held == day or abs(held - day) * 2 <= gap

    def _meets(self, day: date) -> bool:
        iso = day.isoformat()
        if not employed(*self._here, iso) or any(first <= iso <= last for first, last in self._away):
            return False
        if self._calendar is AROUND_THE_CLOCK:  # it never closes, but nobody meets on a holiday
            return self._public.get(day) is not DayKind.OFF
        return self._calendar.is_working_day(day)


def steps(
    connection: sqlite3.Connection, login: str, sheet: Iterable[Criterion]
) -> dict[str, tuple[tuple[int, str], ...]]:
    """The words for the steps of each criterion's scale, lowest first."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for criterion in sheet:
        rows = connection.execute(
            "SELECT points, text FROM criterion_step WHERE login = ? AND criterion = ? AND first = ? ORDER BY points",
            (login, criterion.name, criterion.first),
        ).fetchall()
        if rows:
            found[criterion.name] = tuple((points, text) for points, text in rows)
    return found


def is_lead(connection: sqlite3.Connection, owner: str) -> bool:
    """Whether what somebody owns is a promise of the lead: the lead's login, somebody of that role, or the word."""
    if owner == "lead":
        return True
    row = connection.execute("SELECT role FROM person WHERE login = ?", (owner,)).fetchone()
    return row is not None and row[0] == "lead"
