"""Reads of the desk's own facts: who works here, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry, stored_entries
from leadconsole.kernel.period import local_date
from leadconsole.kernel.text import fold
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.team import facts, weeks
from leadconsole.team.entries import BY_NAME, READING
from leadconsole.team.rules import PAY_SETTINGS, SETTINGS, Settings, employed


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who can take tickets today."""

    login: str
    name: str
    role: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that a lead enters about the desk, by file in the order in which people look for it."""

    entries: Mapping[str, tuple[Entry, ...]]
    settings: Settings
    today: str
    """The desk's local day, ISO."""
    revision: str
    by_key: Mapping[tuple[str, object], Entry]
    office: WorkingTime
    """The calendar of the desk: what a working day is."""
    shows_fees: bool
    """Whether whoever asked may see what clients pay."""

    def find(self, file: str, key: object) -> Entry | None:
        """One row by its key."""
        return self.by_key.get((file, key))


@query(Capability.READ_DESK)
def desk_settings(desk: Desk) -> Settings:
    """The desk's settings."""
    return facts.settings(desk.reader)


@query(Capability.READ_DESK)
def workers(desk: Desk) -> list[Worker]:
    """Who works here today and takes tickets, by name."""
    today = facts.today(desk.reader, desk.now()).isoformat()
    rows = desk.reader.execute(
        "SELECT login, name, role, lines, started, ended FROM person WHERE role NOT IN ('director', 'accountant')"
        " ORDER BY name, login"
    )
    return [
        Worker(login, name, role, tuple(int(line) for line in lines.split("+")))
        for login, name, role, lines, started, ended in rows
        if employed(started, ended, today)
    ]


@query(Capability.READ_DESK)
def clients(desk: Desk) -> list[tuple[str, str, str]]:
    """Code, name and status of every client who hasn't left, by name."""
    return desk.reader.execute(
        "SELECT code, name, status FROM client WHERE status <> 'left' ORDER BY name, code"
    ).fetchall()


@query(Capability.READ_DESK)
def desk_revision(desk: Desk) -> str:
    """A word that changes whenever something in the directory does."""
    return facts.revision(desk.reader)


@query(Capability.READ_FEES)
def subscriptions(desk: Desk) -> list[Entry]:
    """What clients pay a month and have paid, by client and first day."""
    return stored_entries(desk.reader, BY_NAME["subscriptions"], READING)


@query(Capability.READ_DESK)
def directory(desk: Desk) -> Directory:
    """Everything as it is now; of the fees only what whoever asks may see."""
    settings = facts.settings(desk.reader)
    revision = facts.revision(desk.reader)
    shown = ("people", "clients", "contacts", "calendar_days", "norms", "absences")
    entries = {name: stored_entries(desk.reader, BY_NAME[name], READING) for name in shown}
    shows_fees = desk.actor.may(Capability.READ_FEES)
    entries["subscriptions"] = subscriptions(desk) if shows_fees else []
    entries["people"].sort(key=lambda one: (fold(one["name"]), one.key))
    entries["clients"].sort(key=lambda one: (fold(one["name"]), one.key))
    names = {one["code"]: fold(one["name"]) for one in entries["clients"]}
    entries["contacts"].sort(key=lambda one: (names[one["client"]], fold(one["name"]), one.key))
    people = {one["login"]: fold(one["name"]) for one in entries["people"]}
    entries["absences"].sort(key=lambda one: (one["from"], people[one["login"]]))
    entries["subscriptions"].sort(key=lambda one: one["from"], reverse=True)
    entries["subscriptions"].sort(key=lambda one: (names[one["client"]], one["client"]))
    entries["calendar_days"].sort(key=lambda one: (one["date"], one.key))
    entries["norms"].sort(key=lambda one: (fold(one["policy"]), -_PRESSING.index(one["priority"]), one.key))
    entries[weeks.WEEKS] = [
        Entry(weeks.WEEKS, (name,), weeks.cells_of(name, list(rows)))
        for name, rows in groupby(weeks.every(desk.reader), key=lambda row: str(row["calendar"]))
    ]
    values = dict(desk.reader.execute("SELECT key, value FROM setting"))
    entries["settings"] = [
        Entry("settings", (key,), {"key": key, "value": values.get(key, "")}, stored=bool(values.get(key)))
        for key in SETTINGS
        if key not in PAY_SETTINGS or desk.actor.may(Capability.READ_PAYOUT)
    ]
    today = local_date(desk.now(), settings.timezone).isoformat()
    by_key: dict[tuple[str, object], Entry] = {(one.file, one.key): one for found in entries.values() for one in found}
    listed = {name: tuple(found) for name, found in entries.items()}
    office = facts.Calendars(desk.reader).of(None)
    return Directory(listed, settings, today, revision, by_key, office, shows_fees)


_PRESSING = ("low", "normal", "high", "urgent")
