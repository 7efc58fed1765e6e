"""Absences over a year: by person with the days that are left, where they overlap, and as a calendar file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from leadconsole.curation import allowance, facts, rules
from leadconsole.curation.board import Board
from leadconsole.curation.facts import Absence
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import moment
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line
from leadconsole.team import facts as team
from leadconsole.team.words import absence_kind

EVERYBODY = "-"
"""Instead of a login: all people."""


@dataclass(frozen=True, slots=True)
class PersonYear:
    """The absences of one person in a year, and the vacation days."""

    login: str
    name: str
    absences: tuple[Absence, ...]
    account: allowance.Account


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two people are away at once; `clients` have nobody else who covers them."""

    one: str
    other: str
    first: str
    last: str
    clients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of absences."""

    year: int
    country: str
    people: tuple[PersonYear, ...]
    overlaps: tuple[Overlap, ...]


@query(Capability.READ_DESK)
def year(desk: Desk, which: int) -> Year:
    """The absences of a year by person, and where two of them meet."""
    reader = desk.reader
    country = team.settings(reader).country
    begin, end = f"{which}-01-01", f"{which}-12-31"
    by_login: dict[str, list[Absence]] = defaultdict(list)
    for one in facts.absences(reader, begin, end):
        by_login[one.login].append(one)
    board = Board(reader)
    rows = []
    for person in sorted(board.levels.people.values(), key=lambda one: (one.name, one.login)):
        if not person.gains or (person.ended or end) < begin or (person.started or begin) > end:
            continue
        known = by_login.get(person.login, [])
        vacations = [
            allowance.Vacation(date.fromisoformat(one.first), date.fromisoformat(one.last))
            for one in known
            if one.kind == "vacation"
        ]
        rows.append(PersonYear(person.login, person.name, tuple(known), allowance.account(vacations, country, which)))
    return Year(which, country, tuple(rows), tuple(_overlaps(board, [one for row in rows for one in row.absences])))


def _overlaps(board: Board, absences: list[Absence]) -> list[Overlap]:
    found = []
    covered: dict[str, list[str]] = defaultdict(list)  # whom each person covers at any time: few of a thousand
    for code, _name, _toxic in board.active:
        for login, stretches in board.levels.stretches(code).items():
            if any(one.level in rules.COVERS for one in stretches):
                covered[login].append(code)
    ordered = sorted(absences, key=lambda one: (one.first, one.login))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.first > one.last:
                break
            if one.login == other.login:
                continue
            pair = sorted((one.login, other.login))
            codes = sorted({code for login in pair for code in covered[login]})
            alone = []
            for code in codes:
                cover = board.levels.covering(code, other.first).keys()
                if cover and cover <= set(pair):
                    alone.append(code)
            found.append(Overlap(pair[0], pair[1], other.first, min(one.last, other.last), tuple(alone)))
    return sorted(found, key=lambda one: (one.first, one.one, one.other))


@query(Capability.READ_DESK)
def calendar_file(desk: Desk, login: str = EVERYBODY) -> bytes:
    """The absences of a person, or of everybody, as an iCalendar file of all-day events.

    Each has a key that stays, so that a calendar that takes the file again updates them.
    """
    from icalendar import Calendar, Event

    known = facts.people_of(desk.reader)
    if login != EVERYBODY and login not in known:
        raise NotFound(_("There is no person «{key}» at this desk.").format(key=login[:60]), field="login")
    calendar = Calendar()
    calendar.add("prodid", "-//leadconsole//absences//EN")
    calendar.add("version", "2.0")
    stamp = moment(desk.now())
    for one in facts.absences(desk.reader, "0000-01-01", rules.FOREVER):
        if login in (EVERYBODY, one.login):
            event = Event()
            event.add("uid", f"absence-{one.login}-{one.first}@leadconsole")
            event.add("dtstamp", stamp)
            event.add("dtstart", date.fromisoformat(one.first))
            event.add("dtend", date.fromisoformat(one.last) + timedelta(days=1))  # the first day that is no part of it
            event.add("summary", f"{clean_line(known[one.login].name)}: {absence_kind(one.kind)}")
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())
