"""Reads of the matrix: who knows whom on a day, what people carry, what speaks for a level, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadconsole.curation import facts, keeping, rules, work
from leadconsole.curation.contacts import Contact
from leadconsole.curation.facts import Absence, Levels, Person
from leadconsole.curation.rules import Row
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import DAY, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import local_date
from leadconsole.team import facts as team
from leadconsole.tickets import views


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client in the matrix; `monthly_fee` in minor units, None where there is none or it isn't to be seen."""

    code: str
    name: str
    status: str
    toxic: bool
    lead: str | None
    cover: tuple[str, ...]
    """Who covers it (curator or lead, employed that day), by login; their number is the depth."""
    away: tuple[str, ...]
    """Those of `cover` who are away that day."""
    open_tickets: int
    monthly_fee: int | None

    @property
    def depth(self) -> int:
        """How many people cover it."""
        return len(self.cover)

    @property
    def active(self) -> bool:
        """Whether it counts for cover."""
        return self.status == "active"

    @property
    def thin(self) -> bool:
        """Whether one absence leaves it without cover."""
        return self.depth < rules.SAFE_DEPTH

    @property
    def risk(self) -> tuple[bool, int, bool, int, int]:
        """What is at stake, greatest first: who counts, present cover, toxic, depth, the fee."""
        present = min(len(self.cover) - len(self.away), rules.SAFE_DEPTH)
        return (not self.active, present, not self.toxic, min(self.depth, rules.SAFE_DEPTH), -(self.monthly_fee or 0))


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A person in the matrix: how many clients are led, curated and learnt, and the open tickets."""

    login: str
    name: str
    role: str
    leads: int
    curates: int
    learns: int
    open_tickets: int
    away: Absence | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Clients × people on a day; a cell that isn't there is empty."""

    day: str
    today: str
    people: tuple[PersonColumn, ...]
    clients: tuple[ClientRow, ...]
    cells: Mapping[tuple[str, str], Row]
    """By (client, login)."""
    stale_days: int

    def level(self, client: str, login: str) -> str | None:
        """The level of a cell."""
        row = self.cells.get((client, login))
        return None if row is None else row.level


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the history of tickets says of all cells; may take a moment on a big desk."""

    contacts: Mapping[tuple[str, str], Contact]
    minutes: Mapping[str, float]
    """Working minutes a week by login."""
    client_minutes: Mapping[str, float]
    """Working minutes a week by client."""
    fresh_since: Instant
    """A last contact before this moment is stale."""

    def stale(self, client: str, login: str) -> bool:
        """Whether what a person knows of a client wasn't used for so long that it is stale."""
        contact = self.contacts.get((client, login))
        return contact is None or contact.last < self.fresh_since


@dataclass(frozen=True, slots=True)
class CellStory:
    """One cell: its rows by first day, the level today, the contact, and working minutes a week in it."""

    client: str
    login: str
    rows: tuple[Row, ...]
    held: Row | None
    contact: Contact | None
    minutes_per_week: float
    stale: bool


@query(Capability.READ_DESK)
def today(desk: Desk) -> str:
    """The desk's local day, ISO."""
    return team.today(desk.reader, desk.now()).isoformat()


@query(Capability.READ_DESK)
def matrix(desk: Desk, day: str = "") -> Matrix:
    """The matrix on a day (today): clients that haven't left by then and people who work then, each by name."""
    reader = desk.reader
    settings = team.settings(reader)
    now = local_date(desk.now(), settings.timezone).isoformat()
    day = day or now
    everybody = facts.people_of(reader)
    levels = facts.held_on(reader, day, everybody)
    away: dict[str, Absence] = {}
    for absence in facts.absences(reader, day, day):
        away.setdefault(absence.login, absence)
    opened = dict(
        reader.execute(f"SELECT client, count(*) FROM ticket INDEXED BY ticket_open WHERE {views.OPEN} GROUP BY client")
    )
    held = dict(
        reader.execute(
            f"SELECT assignee, count(*) FROM ticket INDEXED BY ticket_held WHERE {views.OPEN}"
            " AND assignee IS NOT NULL GROUP BY assignee"
        )
    )
    fees = fees_on(desk, day) if desk.actor.may(Capability.READ_FEES) else {}
    cells: dict[tuple[str, str], Row] = {}
    counts: dict[str, dict[str, int]] = {}
    clients = []
    for code, name, known_as, started, ended, toxic in reader.execute(
        "SELECT code, name, status, started, ended, toxic_since FROM client ORDER BY name, code"
    ).fetchall():
        status = rules.status_on(known_as, started, ended, day, now)
        if status == "left":
            continue
        known = levels.get(code, {})
        cells.update(((code, login), row) for login, row in known.items())
        if status == "active":
            for login, row in known.items():
                sums = counts.setdefault(login, {})
                sums[row.level] = sums.get(row.level, 0) + 1
        cover = tuple(sorted(login for login, row in known.items() if row.level in rules.COVERS))
        lead = next((login for login in cover if known[login].level == "lead"), None)
        clients.append(
            ClientRow(
                code, name, status, bool(toxic and toxic <= day), lead, cover,
                tuple(login for login in cover if login in away), opened.get(code, 0), fees.get(code),
            )
        )  # fmt: skip
    people = sorted(
        (one for one in everybody.values() if one.here(day) and (one.gains or one.login in counts)),
        key=lambda one: (one.name, one.login),
    )
    return Matrix(
        day,
        now,
        tuple(_column(one, counts.get(one.login, {}), held.get(one.login, 0), away.get(one.login)) for one in people),
        tuple(clients),
        cells,
        settings.stale_days,
    )


def _column(one: Person, counts: Mapping[str, int], held: int, away: Absence | None) -> PersonColumn:
    return PersonColumn(
        one.login, one.name, one.role, counts.get("lead", 0), counts.get("curator", 0), counts.get("learning", 0),
        held, away,
    )  # fmt: skip


@query(Capability.READ_FEES)
def fees_on(desk: Desk, day: str) -> dict[str, int]:
    """What each client pays a month on a day, in minor units."""
    return dict(
        desk.reader.execute(
            "SELECT client, monthly_fee FROM subscription WHERE first <= ? AND (last IS NULL OR last >= ?)", (day, day)
        )
    )


@query(Capability.READ_DESK)
def evidence(desk: Desk) -> Evidence:
    """What the history of tickets says of every cell; ask for it off the screen's loop."""
    load = keeping.load(desk)
    return Evidence(
        keeping.contacts(desk),
        {login: work.weekly(minutes) for login, minutes in load.people.items()},
        {client: work.weekly(minutes) for client, minutes in load.clients.items()},
        desk.now() - team.settings(desk.reader).stale_days * DAY,
    )


@query(Capability.READ_DESK)
def cell(desk: Desk, client: str, login: str, day: str = "") -> CellStory:
    """What is known of one cell, at once at any size of the desk."""
    reader = desk.reader
    held = Levels(reader)
    on = held.on(client, day or today(desk)).get(login)
    contact = keeping.contact(desk, client, login)
    fresh = desk.now() - team.settings(reader).stale_days * DAY
    minutes = work.cell_minutes(desk, client, login)
    return CellStory(
        client,
        login,
        tuple(held.rows(client, login)),
        on,
        contact,
        work.weekly(minutes),
        on is not None and (contact is None or contact.last < fresh),
    )
