"""What the rules need to know of the desk, read from a connection: who knows which client, who is away.

Building bricks of queries and commands, which check who asks.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from leadconsole.curation import rules
from leadconsole.curation.rules import Row
from leadconsole.team.facts import Calendars
from leadconsole.team.rules import employed


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may know clients."""

    login: str
    name: str
    role: str
    lines: tuple[int, ...]
    started: str | None
    ended: str | None

    def here(self, day: str) -> bool:
        """Whether this person works here on an ISO day."""
        return employed(self.started, self.ended, day)

    @property
    def gains(self) -> bool:
        """Whether this person's role may get a client to cover."""
        return self.role in rules.GAINS


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from the first to the last day, both included; `kind` is empty for one that is only asked."""

    login: str
    first: str
    last: str
    kind: str = ""
    note: str | None = None


class Levels:
    """Every row of the matrix, ready to be asked for a day."""

    def __init__(self, connection: sqlite3.Connection, client: str = "") -> None:
        """Read all rows, or those of one client."""
        self.people = people_of(connection)
        self._rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in connection.execute(
            "SELECT client, login, since, level, until FROM curation" + (" WHERE client = ?" if client else ""),
            (client,) if client else (),
        ):
            one = Row(*row)
            self._rows[one.client][one.login].append(one)

    def rows(self, client: str, login: str) -> list[Row]:
        """All rows of one cell by their first day."""
        return sorted(self._rows.get(client, {}).get(login, ()), key=lambda row: row.since)

    def clients(self) -> Iterable[str]:
        """The clients of whom anything is known."""
        return self._rows.keys()

    def on(self, client: str, day: str) -> dict[str, Row]:
        """Who has which level of a client on a day, by login; who doesn't work here then counts nowhere."""
        held = {}
        for login, rows in self._rows.get(client, {}).items():
            if self.people[login].here(day) and (row := rules.row_on(rows, day)) is not None:
                held[login] = row
        return held

    def covering(self, client: str, day: str) -> dict[str, str]:
        """The level of everybody who covers a client on a day, present or not."""
        return {login: row.level for login, row in self.on(client, day).items() if row.level in rules.COVERS}

    def stretches(self, client: str) -> dict[str, list[rules.Stretch]]:
        """When each person held which level of a client, within employment."""
        return {
            login: rules.stretches(rows, self.people[login].started, self.people[login].ended)
            for login, rows in self._rows.get(client, {}).items()
        }


def held_on(connection: sqlite3.Connection, day: str, people: Mapping[str, Person]) -> dict[str, dict[str, Row]]:
    """Who has which level on a day, by client and login, as `Levels.on` says it of one client; of all in one go."""
    here = {login for login, one in people.items() if one.here(day)}
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in map(
        Row._make,
        connection.execute(
            "SELECT client, login, since, level, until FROM curation WHERE since <= ? ORDER BY client, login, since",
            (day,),
        ),
    ):
        # The latest comes last, and one that has ended leaves nothing of those before it.
        if row.login in here and (row.until is None or day <= row.until):
            found[row.client][row.login] = row
        else:
            found[row.client].pop(row.login, None)
    return found


def people_of(connection: sqlite3.Connection) -> dict[str, Person]:
    """Everybody by login."""
    rows = connection.execute("SELECT login, name, role, lines, started, ended FROM person ORDER BY login")
    return {
        login: Person(login, name, role, tuple(int(line) for line in lines.split("+")), started, ended)
        for login, name, role, lines, started, ended in rows
    }


def absences(connection: sqlite3.Connection, first: str, last: str) -> list[Absence]:
    """The absences on record that share a day with a span, by person and day."""
    rows = connection.execute(
        "SELECT login, first, last, kind, note FROM absence WHERE last >= ? AND first <= ? ORDER BY login, first",
        (first, last),
    )
    return [Absence(*row) for row in rows]


def working_days(connection: sqlite3.Connection, first: str, last: str) -> list[str]:
    """The working days of the desk's calendar in a span, public holidays left out."""
    calendar = Calendars(connection).of(None)
    return [day for day in days(first, last) if calendar.is_working_day(date.fromisoformat(day))]


def days(first: str, last: str) -> Iterator[str]:
    """Every ISO day from one to another."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day.isoformat()
        day += timedelta(days=1)
