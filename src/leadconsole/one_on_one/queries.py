"""Reads of 1-on-1s: nobody but the lead sees another person's points."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.one_on_one import evidence as tickets
from leadconsole.one_on_one import facts, rules
from leadconsole.one_on_one.evidence import Evidence
from leadconsole.one_on_one.rules import Criterion, Meeting, Standing, Verdict
from leadconsole.one_on_one.seat import require_sheet, today_of
from leadconsole.team import facts as team
from leadconsole.team.rules import employed


@dataclass(frozen=True, slots=True)
class Action:
    """What was agreed: at which meeting, what, who does it, until when, since when it is done."""

    date: str
    text: str
    owner: str
    due: str | None
    done: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda; `closed` is the day on which it was talked about."""

    number: int
    author: str
    at: Instant
    text: str
    closed: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person's sheet says: all series, the trend of the last, what is still to be done, the next meeting."""

    login: str
    name: str
    standing: Standing
    open_actions: tuple[Action, ...]
    next_meeting: date | None


@dataclass(frozen=True, slots=True)
class Glance:
    """One person of the team in a line; promises are open agreements that the lead owns."""

    login: str
    name: str
    last: Meeting | None
    percents: tuple[Fraction, ...]
    verdict: Verdict
    next_meeting: date | None
    has_plan: bool
    missed: int
    promises: int
    promises_late: int
    unread: int
    """Records that the person hasn't acknowledged."""
    points: int
    """Open points of the agenda."""
    has_sheet: bool
    """Whether criteria are in force today."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one person that the person and the lead share."""

    review: Review
    today: date
    role: str
    remote: bool
    criteria: tuple[Criterion, ...]
    """Those in force today."""
    steps: Mapping[str, tuple[tuple[int, str], ...]]
    own: Mapping[str, tuple[int, str]]
    """Points and reasons that the person gave before the next meeting."""
    actions: tuple[Action, ...]
    agenda: tuple[Point, ...]
    unread: tuple[str, ...]
    """Days of records that aren't acknowledged."""
    plan: str
    missed: tuple[date, ...]
    lead: str

    @property
    def open_points(self) -> tuple[Point, ...]:
        """What is still to be talked about."""
        return tuple(point for point in self.agenda if point.closed is None)


@dataclass(frozen=True, slots=True)
class Record:
    """One meeting as it was written down, with all that was added since."""

    login: str
    meeting: Meeting
    before: Meeting | None
    """The meeting before."""
    author: str
    held: str
    evidence: Evidence
    own: Mapping[str, tuple[int, str]]
    acknowledged: Instant | None
    remark: str
    corrections: tuple[tuple[str, Instant, str], ...]
    """Author, moment and text of each."""
    actions: tuple[Action, ...]
    talked: tuple[str, ...]
    """Points of the agenda that were talked about."""


@query(Capability.OWN_REVIEW)
def review(desk: Desk, login: str) -> Review:
    """Series, trend and verdict of a person; one's own sheet, or anybody's for the lead."""
    name = require_sheet(desk, login)
    return _review(desk.reader, login, name, facts.Diary(desk.reader, login), today_of(desk))


@query(Capability.LEAD_REVIEWS)
def team_at_a_glance(desk: Desk) -> list[Glance]:
    """Everybody who works here and can be met, by name; directors, accountants and the lead aren't."""
    reader, today = desk.reader, today_of(desk)
    calendars = team.Calendars(reader)
    iso = today.isoformat()
    unread = Counter(dict(reader.execute(_UNREAD.format(what="login, count(*)", who="GROUP BY login")).fetchall()))
    points = Counter(
        dict(reader.execute("SELECT login, count(*) FROM agenda_point WHERE closed IS NULL GROUP BY login").fetchall())
    )
    found = []
    for login, name, started, ended in reader.execute(
        "SELECT login, name, started, ended FROM person WHERE role IN ('specialist', 'contractor')"
        " AND login <> ? ORDER BY name, login",
        (calendars.settings.lead,),
    ).fetchall():
        if not employed(started, ended, iso):
            continue
        diary = facts.Diary(reader, login, calendars)
        told = _review(reader, login, name, diary, today)
        owed = [one for one in told.open_actions if facts.is_lead(reader, one.owner)]
        found.append(
            Glance(
                login,
                name,
                told.standing.last,
                tuple(meeting.percent for meeting in told.standing.meetings),
                told.standing.verdict,
                told.next_meeting,
                diary.has_plan,
                len(diary.missed(today)),
                len(owed),
                sum(one.due is not None and one.due < iso for one in owed),
                unread[login],
                points[login],
                bool(rules.in_force(facts.criteria(reader, login), iso)),
            )
        )
    return found


@query(Capability.OWN_REVIEW)
def sheet(desk: Desk, login: str) -> Sheet:
    """Everything of one person that the person and the lead share."""
    name = require_sheet(desk, login)
    reader, today = desk.reader, today_of(desk)
    diary = facts.Diary(reader, login)
    plan = facts.plan(reader, login)
    role, zone = reader.execute("SELECT role, timezone FROM person WHERE login = ?", (login,)).fetchone()
    settings = team.settings(reader)
    criteria = rules.in_force(facts.criteria(reader, login), today.isoformat())
    return Sheet(
        _review(reader, login, name, diary, today),
        today,
        role,
        zone is not None and zone != settings.timezone,
        criteria,
        facts.steps(reader, login, criteria),
        {
            criterion: (points, reason or "")
            for criterion, points, reason in reader.execute(
                "SELECT criterion, points, reason FROM own_point WHERE login = ?", (login,)
            )
        },
        _actions(reader, login),
        tuple(
            Point(*row)
            for row in reader.execute(
                "SELECT number, author, at, text, closed FROM agenda_point WHERE login = ?"
                " ORDER BY closed IS NOT NULL, closed DESC, number",
                (login,),
            )
        ),
        tuple(
            day for (day,) in reader.execute(_UNREAD.format(what="date", who="AND login = ? ORDER BY date"), (login,))
        ),
        "" if plan is None else plan.text,
        tuple(diary.missed(today)),
        settings.lead,
    )


@query(Capability.OWN_REVIEW)
def record(desk: Desk, login: str, day: str) -> Record:
    """One meeting with its evidence, own points, acknowledgement and corrections."""
    require_sheet(desk, login)
    reader = desk.reader
    meetings = facts.meetings(reader, login)
    place = next((place for place, one in enumerate(meetings) if one.day == day), None)
    if place is None:
        raise NotFound(_("There was no meeting with {login} on {day}.").format(login=login, day=day), field="date")
    kept = reader.execute(
        "SELECT author, held, evidence, own, acknowledged, remark FROM meeting_record WHERE login = ? AND date = ?",
        (login, day),
    ).fetchone() or ("", "office", "", "[]", None, None)
    author, held, seen, own, acknowledged, remark = kept
    return Record(
        login,
        meetings[place],
        meetings[place - 1] if place else None,
        author,
        held,
        tickets.thawed(seen),
        {one["criterion"]: (one["points"], one["reason"] or "") for one in json.loads(own)},
        acknowledged,
        remark or "",
        tuple(
            reader.execute(
                "SELECT author, at, text FROM meeting_correction WHERE login = ? AND date = ? ORDER BY number",
                (login, day),
            ).fetchall()
        ),
        tuple(one for one in _actions(reader, login) if one.date == day),
        tuple(
            text
            for (text,) in reader.execute(
                "SELECT text FROM agenda_point WHERE login = ? AND closed = ? ORDER BY number", (login, day)
            )
        ),
    )


@query(Capability.OWN_REVIEW)
def evidence(desk: Desk, login: str) -> Evidence:
    """What the person's tickets say since the last meeting."""
    require_sheet(desk, login)
    last = desk.reader.execute("SELECT max(date) FROM meeting_score WHERE login = ?", (login,)).fetchone()[0]
    return tickets.gather(desk.reader, login, last, today_of(desk), desk.now())


@query(Capability.LEAD_REVIEWS)
def private_note(desk: Desk, login: str, day: str) -> str:
    """One's own private note about a meeting; another lead's is never read."""
    row = desk.reader.execute(
        "SELECT text FROM private_note WHERE author = ? AND login = ? AND date = ?", (desk.actor.login, login, day)
    ).fetchone()
    return row[0] if row else ""


_UNREAD = "SELECT {what} FROM meeting_record WHERE acknowledged IS NULL {who}"


def _review(reader: sqlite3.Connection, login: str, name: str, diary: facts.Diary, today: date) -> Review:
    actions = tuple(one for one in _actions(reader, login) if one.done is None)
    standing = rules.standing_of(facts.meetings(reader, login))
    return Review(login, name, standing, actions, diary.next(today))


def _actions(reader: sqlite3.Connection, login: str) -> tuple[Action, ...]:
    """Open agreements by their due day, then what is done, the newest first."""
    rows = reader.execute(
        "SELECT date, text, owner, due, done FROM meeting_action WHERE login = ?"
        " ORDER BY done IS NOT NULL, done DESC, due IS NULL, due, date, text",
        (login,),
    )
    return tuple(Action(*row) for row in rows)
