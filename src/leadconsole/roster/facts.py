"""What the rules need to know of a month, read from a connection; building bricks of queries and commands."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from typing import NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.period import Month
from leadconsole.roster.client_cover import client_cover
from leadconsole.roster.rules.month import MARGIN, Absence, Cell, DemandRow, MonthFacts, Person, ShiftType, Wish
from leadconsole.roster.rules.names import DEFAULTS, Rule, RuleName, Severity
from leadconsole.team import facts as team

ROSTER = "roster"
"""The subject of history that tells of a month as a whole: published, and what it was then."""
PUBLISH = "publish"


class Publication(NamedTuple):
    """When a month was published, by whom, and the shifts that everybody was told."""

    at: Instant
    by: str
    plan: dict[Cell, str]

    def as_values(self) -> dict[str, object]:
        """As history keeps it."""
        shifts: dict[str, dict[str, str]] = {}
        for (login, day), code in sorted(self.plan.items()):
            shifts.setdefault(login, {})[day] = code
        return {"at": self.at, "by": self.by, "shifts": shifts}


def month_facts(connection: sqlite3.Connection, month: Month) -> MonthFacts:
    """Everything about a month beside its shifts."""
    settings = team.settings(connection)
    first, last = month.first.isoformat(), month.last.isoformat()
    margin = timedelta(days=MARGIN)
    begin, end = (month.first - margin).isoformat(), (month.last + margin).isoformat()
    people = [
        Person(login, name, tuple(int(line) for line in lines.split("+")), minutes, zone, started, ended)
        for login, name, lines, minutes, zone, started, ended in connection.execute(
            "SELECT login, name, lines, weekly_minutes, timezone, started, ended FROM person"
            " WHERE (role NOT IN ('director', 'accountant')"
            "   AND coalesce(started, '') <= :last AND coalesce(ended, '9999') >= :first)"
            " OR login IN (SELECT login FROM shift WHERE date BETWEEN :first AND :last) ORDER BY name, login",
            {"first": first, "last": last},
        )
    ]
    absences: dict[str, list[Absence]] = {}
    for login, *absence in connection.execute(
        "SELECT login, first, last, kind FROM absence WHERE last >= ? AND first <= ? ORDER BY login, first",
        (begin, end),
    ):
        absences.setdefault(login, []).append(Absence(*absence))
    calendar = team.Calendars(connection).of(None)
    working = frozenset(day.isoformat() for day in month.dates() if calendar.is_working_day(day))
    return MonthFacts(
        month=month,
        timezone=settings.timezone,
        country=settings.country,
        types=shift_types(connection),
        people=tuple(people),
        absences={login: tuple(found) for login, found in absences.items()},
        demand=tuple(
            DemandRow(*row)
            for row in connection.execute("SELECT day, starts, ends, line, people FROM demand ORDER BY 1, 2, 3, 4")
        ),
        rules=rules(connection),
        own_limits=own_limits(connection),
        wishes={
            (login, day): Wish(shift, weight)
            for login, day, shift, weight in connection.execute(
                "SELECT login, date, shift, weight FROM wish WHERE date BETWEEN ? AND ?", (first, last)
            )
        },
        public_days=team.public_days(connection, settings.country),
        working_days=working,
        cover=client_cover(connection, sorted(working)),
    )


def shift_types(connection: sqlite3.Connection) -> dict[str, ShiftType]:
    """The kinds of shifts by code, in the order in which their day begins."""
    rows = connection.execute(
        "SELECT code, name, starts, ends, break_minutes FROM shift_type ORDER BY starts, ends, code"
    )
    return {row[0]: ShiftType(*row) for row in rows}


def rules(connection: sqlite3.Connection) -> dict[RuleName, Rule]:
    """How each rule is taken at this desk."""
    own = {
        RuleName(name): Rule(RuleName(name), Severity(severity), bound)
        for name, severity, bound in connection.execute("SELECT rule, severity, bound FROM roster_rule")
    }
    return {**DEFAULTS, **own}


def own_limits(connection: sqlite3.Connection) -> dict[str, dict[tuple[RuleName, str], int]]:
    """The limits that are somebody's own, by login."""
    found: dict[str, dict[tuple[RuleName, str], int]] = {}
    for login, name, shift, bound in connection.execute("SELECT login, rule, shift, bound FROM person_rule"):
        found.setdefault(login, {})[RuleName(name), shift] = bound
    return found


def plan(connection: sqlite3.Connection, month: Month, margin: int = MARGIN) -> dict[Cell, str]:
    """The shifts of a month and of so many days around it."""
    far = timedelta(days=margin)
    rows = connection.execute(
        "SELECT login, date, shift FROM shift WHERE date BETWEEN ? AND ? ORDER BY date, login",
        ((month.first - far).isoformat(), (month.last + far).isoformat()),
    )
    return {(login, day): code for login, day, code in rows}


def publication(connection: sqlite3.Connection, month: Month) -> Publication | None:
    """The last publication of a month that wasn't taken back; None is a draft."""
    return publications(connection, month)[0]


def published_months(connection: sqlite3.Connection, since: Month) -> list[Month]:
    """The months from one on that were ever published, in order."""
    rows = connection.execute(
        "SELECT DISTINCT key FROM event WHERE subject = ? AND key >= ? ORDER BY key", (ROSTER, str(since))
    )
    return [Month.parse(key) for (key,) in rows]


def publications(connection: sqlite3.Connection, month: Month) -> tuple[Publication | None, Publication | None]:
    """The publication of a month that holds, and the one before it."""
    row = connection.execute(
        "SELECT after, before FROM event WHERE subject = ? AND key = ? ORDER BY at DESC, seq DESC LIMIT 1",
        (ROSTER, str(month)),
    ).fetchone()
    after, before = row or (None, None)
    return _publication(after), _publication(before)


def _publication(packed: str | None) -> Publication | None:
    if packed is None:
        return None
    told = json.loads(packed)
    shifts = {(login, day): code for login, days in told["shifts"].items() for day, code in days.items()}
    return Publication(told["at"], told["by"], shifts)
