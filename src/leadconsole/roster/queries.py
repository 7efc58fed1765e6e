"""Reads of the roster: a month with what is wrong with it, what changed since it was published, who is on shift now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry, stored_entries
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month, local_date
from leadconsole.roster import calendar_file, facts
from leadconsole.roster.entries import BY_NAME, READING
from leadconsole.roster.facts import Publication
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Cell, MonthFacts, Span
from leadconsole.team import facts as team


class Change(NamedTuple):
    """A cell that isn't what was published: before and now, None for no shift."""

    login: str
    day: str
    before: str | None
    now: str | None


@dataclass(frozen=True)
class RosterMonth:
    """A month of the roster: what is known of it, its shifts with those around it, and its publication."""

    facts: MonthFacts
    plan: Mapping[Cell, str]
    publication: Publication | None

    def checker(self) -> Checker:
        """A check of the plan that can be kept in step with its cells."""
        return Checker(self.facts, self.plan)

    @property
    def own(self) -> dict[Cell, str]:
        """The shifts of the month itself."""
        first, last = self.facts.days[0], self.facts.days[-1]
        return {cell: code for cell, code in self.plan.items() if first <= cell[1] <= last}

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed since it was published, by person and day; nothing for a draft."""
        if self.publication is None:
            return ()
        before, now = self.publication.plan, self.own
        cells = sorted(cell for cell in {*before, *now} if before.get(cell) != now.get(cell))
        return tuple(Change(login, day, before.get((login, day)), now.get((login, day))) for login, day in cells)

    @property
    def status(self) -> str:
        """`draft`, `published`, or `changed` since it was published."""
        if self.publication is None:
            return "draft"
        return "changed" if self.changes else "published"


class OnShift(NamedTuple):
    """Somebody who is on a shift, and from when until when (instants)."""

    login: str
    code: str
    begin: int
    end: int


class PersonShift(NamedTuple):
    """A shift of somebody in a span of days."""

    login: str
    day: str
    code: str


@query(Capability.READ_ROSTER)
def month(desk: Desk, which: Month) -> RosterMonth:
    """A month of the roster as it stands."""
    reader = desk.reader
    return RosterMonth(facts.month_facts(reader, which), facts.plan(reader, which), facts.publication(reader, which))


@query(Capability.READ_ROSTER)
def told(desk: Desk, which: Month, login: str) -> tuple[Change, ...]:
    """What the last publication of a month changed for a person who knew another one before, by day."""
    now, before = facts.publications(desk.reader, which)
    if now is None or before is None:
        return ()
    days = sorted(day for who, day in {*now.plan, *before.plan} if who == login)
    seen = [Change(login, day, before.plan.get((login, day)), now.plan.get((login, day))) for day in days]
    return tuple(one for one in seen if one.before != one.now)


@query(Capability.READ_ROSTER)
def drafts_beside(desk: Desk, which: Month) -> tuple[Month, ...]:
    """The months before and after that have shifts and aren't published: rest and rows of days count on them."""
    beside = (which.previous, which.next)
    return tuple(
        one for one in beside if facts.publication(desk.reader, one) is None and facts.plan(desk.reader, one, margin=0)
    )


@query(Capability.READ_ROSTER)
def this_month(desk: Desk) -> Month:
    """The month that the desk's calendar shows now."""
    return Month.at(desk.now(), team.settings(desk.reader).timezone)


@query(Capability.READ_ROSTER)
def today(desk: Desk) -> str:
    """The desk's local day, ISO."""
    return team.today(desk.reader, desk.now()).isoformat()


@query(Capability.READ_ROSTER)
def last_event(desk: Desk) -> int:
    """The id of the newest event of history."""
    found: int = desk.reader.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
    return found


_STANDS_ON = (
    "shift", "shift_type", "demand", "roster_rule", "person_rule", "wish", "roster", "person", "absence", "curation",
    "client", "setting", "calendar_day", "calendar_hours",
)  # fmt: skip


@query(Capability.READ_ROSTER)
def roster_changed(desk: Desk, since: int) -> bool:
    """Whether anything that a roster stands on has an event newer than that."""
    marks = ", ".join(f"'{name}'" for name in _STANDS_ON)
    row = desk.reader.execute(
        f"SELECT 1 FROM event WHERE id > ? AND +subject IN ({marks}) LIMIT 1", (since,)
    ).fetchone()
    return row is not None


@query(Capability.READ_ROSTER)
def entries(desk: Desk, file: str) -> list[Entry]:
    """The rows of a file of this slice by key."""
    return stored_entries(desk.reader, BY_NAME[file], READING)


@query(Capability.READ_ROSTER)
def on_shift_now(desk: Desk) -> tuple[OnShift, ...]:
    """Who is on a shift at this moment and not away, by when it ends; empty where no roster is kept."""
    reader = desk.reader
    settings = team.settings(reader)
    now = desk.now() // MINUTE
    today = local_date(desk.now(), settings.timezone)
    yesterday = today - timedelta(days=1)
    rows = reader.execute(
        "SELECT s.login, s.date, s.shift FROM shift s JOIN person p ON p.login = s.login WHERE s.date IN (?, ?)"
        " AND coalesce(p.started, '') <= s.date AND coalesce(p.ended, '9999') >= s.date"
        " AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.login = s.login AND s.date BETWEEN a.first AND a.last)",
        (yesterday.isoformat(), today.isoformat()),
    ).fetchall()
    clock = MonthFacts(Month.of(today), settings.timezone, settings.country, facts.shift_types(reader), ())
    found = []
    for login, day, code in rows:
        span: Span = clock.span(day, code)
        if span.begin <= now < span.end:
            found.append(OnShift(login, code, span.begin * MINUTE, span.end * MINUTE))
    return tuple(sorted(found, key=lambda one: (one.end, one.login)))


@query(Capability.READ_ROSTER)
def has_roster(desk: Desk, day: date) -> bool:
    """Whether anybody has a shift in the month of a day: only then nobody on shift means something."""
    which = Month.of(day)
    row = desk.reader.execute(
        "SELECT 1 FROM shift WHERE date BETWEEN ? AND ? LIMIT 1", (which.first.isoformat(), which.last.isoformat())
    ).fetchone()
    return row is not None


@query(Capability.READ_ROSTER)
def shifts_in(desk: Desk, first: str, last: str, login: str | None = None) -> tuple[PersonShift, ...]:
    """The shifts that start from one ISO day to another, of everybody or of one person: what an absence would break."""
    rows = desk.reader.execute(
        "SELECT login, date, shift FROM shift WHERE date BETWEEN ? AND ? AND coalesce(?, login) = login"
        " ORDER BY date, login",
        (first, last, login),
    )
    return tuple(PersonShift(*row) for row in rows)


@query(Capability.READ_ROSTER)
def calendar(desk: Desk, login: str) -> tuple[bytes, int]:
    """The shifts that a person was told, from last month on, as an iCalendar file, and how many they are.

    What was changed since in the plan comes with the next publication; a kind of shift that is gone is left out.
    """
    reader = desk.reader
    if reader.execute("SELECT 1 FROM person WHERE login = ?", (login,)).fetchone() is None:
        raise NotFound(_("There is no person «{login}» at this desk.").format(login=login[:40]), field="login")
    settings = team.settings(reader)
    since = Month.at(desk.now(), settings.timezone).previous
    clock = MonthFacts(since, settings.timezone, settings.country, facts.shift_types(reader), ())
    told: dict[str, str] = {}
    for month in facts.published_months(reader, since):
        publication = facts.publication(reader, month)
        if publication is not None:
            told |= {day: code for (who, day), code in publication.plan.items() if who == login and code in clock.types}
    events = []
    for day, code in sorted(told.items()):
        span = clock.span(day, code)
        name = clock.types[code].name
        events.append(calendar_file.Event(login, day, code, name, span.begin * MINUTE, span.end * MINUTE))
    return calendar_file.calendar(login, events, desk.now()), len(events)
