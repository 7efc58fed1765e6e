"""What rules need to know of the desk, read from a connection: settings, calendars, norms.

These are building bricks of queries and commands, which check who asks; a command reads through its own
transaction and so sees what it has just written.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.period import local_date
from leadconsole.kernel.worktime import AROUND_THE_CLOCK, DayKind, DayRule, Hours, WorkCalendar, WorkingTime
from leadconsole.team.rules import Settings, settings_of


def settings(connection: sqlite3.Connection) -> Settings:
    """The desk's settings."""
    return settings_of(dict(connection.execute("SELECT key, value FROM setting")))


def today(connection: sqlite3.Connection, now: Instant) -> date:
    """The desk's local day at a moment."""
    return local_date(now, settings(connection).timezone)


def revision(connection: sqlite3.Connection) -> str:
    """A word that changes whenever settings, calendars, norms, people or clients do."""
    row = connection.execute("SELECT value FROM desk_fact WHERE name = 'revision'").fetchone()
    return row[0] if row else "0"


class Calendars:
    """The working calendars of the desk by name; made once for a revision of the desk."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.settings = settings(connection)
        self.revision = revision(connection)
        country = public_days(connection, self.settings.country)
        weeks: dict[str, dict[int, list[Hours]]] = defaultdict(lambda: defaultdict(list))
        zones: dict[str, str] = {}
        for name, weekday, opens, closes, zone in connection.execute(
            "SELECT calendar, weekday, opens, closes, timezone FROM calendar_hours"
        ):
            weeks[name][weekday].append(Hours(opens, closes))
            if zone:
                zones.setdefault(name, zone)
        days: dict[str, dict[date, DayRule]] = defaultdict(dict)
        for name, day, kind, opens, closes in connection.execute(
            "SELECT calendar, date, kind, opens, closes FROM calendar_day"
        ):
            hours = None if opens is None else (Hours(opens, closes),)
            days[name][date.fromisoformat(day)] = DayRule(DayKind(kind), hours)
        self._by_name: dict[str, WorkingTime] = {
            name: WorkCalendar(name, zones.get(name, self.settings.timezone), week, days[name], country)
            for name, week in weeks.items()
        }

    def of(self, name: str | None) -> WorkingTime:
        """The calendar of a client, else the desk's, else around the clock."""
        for wanted in (name, self.settings.calendar):
            if wanted and wanted in self._by_name:
                return self._by_name[wanted]
        return AROUND_THE_CLOCK

    def known(self) -> set[str]:
        """The names of the calendars that have opening hours."""
        return set(self._by_name)

    def all(self) -> list[WorkingTime]:
        """Every calendar that some ticket may run on."""
        return [AROUND_THE_CLOCK, *self._by_name.values()]


def public_days(connection: sqlite3.Connection, country: str) -> dict[date, DayKind]:
    """The country's days; rows of calendar_days.csv whose calendar is the country win over the built-in ones."""
    if not country:
        return {}
    rows = connection.execute(
        "SELECT date, kind FROM public_day WHERE country = :country"
        " UNION ALL SELECT date, kind FROM calendar_day WHERE calendar = :country",
        {"country": country},
    )
    return {date.fromisoformat(day): DayKind(kind) for day, kind in rows}


def norms(connection: sqlite3.Connection) -> dict[tuple[str, str, int], tuple[int | None, int | None]]:
    """Targets in working minutes by (policy, priority, line); line 0 is any line."""
    return {
        (policy, priority, line): (first, resolution)
        for policy, priority, line, first, resolution in connection.execute(
            "SELECT policy, priority, line, first_reply_minutes, resolution_minutes FROM norm"
        )
    }
