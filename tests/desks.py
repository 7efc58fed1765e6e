"""Small desks for tests: a real file, a clock that is moved by hand, people, clients, norms and hours in few lines."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import MINUTE, FrozenClock, Instant, instant
from leadconsole.kernel.database import Database, open_database
from leadconsole.kernel.desk import Desk
from leadconsole.team import commands as team
from leadconsole.tickets import check
from leadconsole.tickets import commands as tickets

MONDAY = "2026-03-02T10:00:00+03:00"
"""A working Monday morning in Moscow; no public holiday is near."""


def at(text: str) -> Instant:
    """The instant of an ISO time with an offset."""
    return instant(datetime.fromisoformat(text))


@dataclass
class House:
    """A desk file with its clock, and the people who sit down at it."""

    database: Database
    clock: FrozenClock
    people: dict[str, Role]

    def desk(self, login: str = "anna") -> Desk:
        """The desk with that person seated."""
        return Desk(self.database, self.clock, Actor(login, self.people.get(login, Role.SPECIALIST)))

    def wait(self, minutes: int) -> None:
        """Let so many minutes pass."""
        self.clock.at += minutes * MINUTE

    def person(self, login: str, role: str = "specialist", **cells: str) -> None:
        """Enter a person."""
        team.enter(self.desk(), "people", {"login": login, "name": login.title(), "role": role, **cells})
        self.people[login] = Role(role)

    def client(self, code: str, **cells: str) -> None:
        """Enter a client."""
        team.enter(self.desk(), "clients", {"code": code, "name": code.title(), **cells})

    def setting(self, key: str, value: str) -> None:
        """Enter a setting."""
        team.enter(self.desk(), "settings", {"key": key, "value": value})

    def norm(self, first: int | None, resolution: int | None, priority: str = "normal", line: str = "") -> None:
        """Enter a norm of the policy `std` in working minutes."""
        cells = {
            "policy": "std",
            "priority": priority,
            "line": line,
            "first_reply_minutes": "" if first is None else str(first),
            "resolution_minutes": "" if resolution is None else str(resolution),
        }
        team.enter(self.desk(), "norms", cells)

    def office_hours(self, name: str = "office", opens: str = "09:00", closes: str = "18:00") -> None:
        """Enter a calendar of five working days without a break."""
        for day in ("mon", "tue", "wed", "thu", "fri"):
            team.enter(self.desk(), "calendars", {"calendar": name, "weekday": day, "opens": opens, "closes": closes})

    def ticket(self, subject: str = "The printer is silent", client: str = "acme", **cells: str) -> int:
        """Write a ticket down as Anna."""
        return tickets.add(self.desk(), {"client": client, "subject": subject, **cells})

    def value(self, number: int, column: str) -> object:
        """One column of a ticket as it stands in the file."""
        found = self.database.reader.execute(f"SELECT {column} FROM ticket WHERE number = ?", (number,)).fetchone()
        return found[0]

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything in the file but history and counters, for comparison; versions of tickets left out."""
        reader = self.database.reader
        tables = (
            "setting", "person", "client", "contact", "calendar_hours", "calendar_day", "norm", "absence",
            "subscription", "ticket_text", "curation", "substitution", "client_sheet", "learning_task", "lead_handover",
        )  # fmt: skip
        seen = {name: reader.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables}
        columns = [row[1] for row in reader.execute("PRAGMA table_info(ticket)") if row[1] != "version"]
        seen["ticket"] = reader.execute(f"SELECT {', '.join(columns)} FROM ticket ORDER BY number").fetchall()
        return seen

    def differences(self) -> Sequence[object]:
        """What `leadconsole check` finds."""
        return check.differences(self.desk())

    def again_beside(self) -> House:
        """The same file opened a second time, as another process would."""
        return House(open_database(self.database.path, self.clock), self.clock, self.people)

    def again(self) -> House:
        """The same file, closed and opened anew."""
        self.database.close()
        return House(open_database(self.database.path, self.clock), self.clock, self.people)

    def closed(self) -> House:
        """The same house with its file closed and whole: a model to be copied."""
        self.database.close()
        with closing(sqlite3.connect(self.database.path)) as last:
            last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self

    def copied(self, path: Path) -> House:
        """A copy of a closed house, with a clock of its own at the same moment."""
        shutil.copy(self.database.path, path)
        clock = FrozenClock(self.clock.at)
        return House(open_database(path, clock), clock, dict(self.people))


def empty_house(path: Path, now: str = MONDAY) -> House:
    """A new desk file with nothing in it; Anna leads."""
    clock = FrozenClock(at(now))
    return House(open_database(path, clock, create=True), clock, {"anna": Role.LEAD})


def house(path: Path, now: str = MONDAY) -> House:
    """A desk with Anna who leads, Lida and Oleg, the client `acme` of policy `std`, office hours and no norms."""
    made = empty_house(path, now)
    made.person("anna", "lead")
    made.person("lida")
    made.person("oleg")
    made.office_hours()
    made.setting("calendar", "office")
    made.client("acme", policy="std")
    return made


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    """Type, name and normalised text of every object of a database file."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
    connection.close()
    return sorted((sort, name, " ".join((sql or "").replace('"', "").split())) for sort, name, sql in rows)


def as_nobody(work: Callable[[], None]) -> None:
    """Run in a child without root's power to ignore permissions; its failure is the test's failure."""
    if os.geteuid() != 0:
        work()
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "see the traceback of the child above"
