"""Writes around one meeting: saved in one step with its evidence, acknowledged by the person, then read-only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.rows import drop, put
from leadconsole.kernel.shape import LINE, TEXT, Column, Reading, read_cell
from leadconsole.kernel.text import clean_text
from leadconsole.kernel.transaction import Transaction
from leadconsole.one_on_one import evidence, facts, keeping, rules, words
from leadconsole.one_on_one.rules import Criterion
from leadconsole.one_on_one.seat import require_sheet, today_of
from leadconsole.one_on_one.shapes import ACTIONS, POINTS
from leadconsole.one_on_one.tables import (
    AgendaPoint,
    MeetingCorrection,
    MeetingRecord,
    MeetingScore,
    OwnPoint,
)
from leadconsole.team import facts as team

READING = Reading("UTC")
_TEXT = Column("text", TEXT, required=True)
_LINE = Column("text", LINE, required=True)
_REASON = Column("reason", TEXT, required=True)
_OWN_REASON = Column("reason", TEXT)


class Given(NamedTuple):
    """What was typed for one criterion."""

    points: str
    reason: str


class Held(NamedTuple):
    """A meeting as it was typed; `sheet` are names and maxima of the criteria that were shown, in their order."""

    day: str
    sheet: Sequence[tuple[str, int]]
    given: Mapping[str, Given]
    held: str = "office"
    talked: Sequence[int] = ()
    """The numbers of the agenda points that were talked about."""
    agreed: Sequence[Mapping[str, str]] = ()
    """New agreements: text, owner, due."""
    note: str = ""
    """For nobody but the lead."""


@command(Capability.LEAD_REVIEWS)
def save(desk: Desk, login: str, meeting: Held, *, again: bool = False) -> str:
    """Record a meeting in one step; returns its day.

    Refused: a day to come, a second meeting on a day, criteria that aren't those shown, points over the maximum, a
    missing reason. The field of a refusal is `date`, or `points_N` and `reason_N` with the place of the criterion.
    `again` changes a record that isn't acknowledged yet; its evidence and own points stay what they were.
    """
    require_sheet(desk, login)
    with desk.write() as transaction:
        day = _day(desk, transaction, login, meeting.day, again=again)
        sheet = rules.in_force(facts.criteria(transaction.sql, login), day)
        _refuse_other_sheet(meeting.sheet, sheet)
        scores = _scores(sheet, meeting.given)
        record = None if again else _record(desk, transaction, login, day, meeting.held)
        for criterion, (points, reason) in zip(sheet, scores, strict=True):
            values = {"login": login, "date": day, "criterion": criterion.name, "points": points, "reason": reason}
            put(transaction, MeetingScore, values)
        if record is not None:
            _differ(transaction, login, sheet, [points for points, _reason in scores], record["own"])
        for number in meeting.talked:
            _close(transaction, login, number, day)
        for place, cells in enumerate(meeting.agreed):
            _agree(transaction, login, day, cells, f"agreed_{place}")
        _keep_note(transaction, login, day, meeting.note)
        return day


@command(Capability.OWN_REVIEW)
def acknowledge(desk: Desk, day: str, remark: str = "") -> None:
    """Say that one has read the own record of a day, with a remark if there is one; it is read-only from then on."""
    login = desk.actor.login
    with desk.write() as transaction:
        transaction.undoable = False  # a word that was given stays given
        keeping.refuse_acknowledged(transaction.sql, login, day)
        if not _is_held(transaction, login, day):
            raise NotFound(_("There was no meeting with {login} on {day}.").format(login=login, day=day), field="date")
        present = transaction.sql.execute(
            "SELECT author FROM meeting_record WHERE login = ? AND date = ?", (login, day)
        ).fetchone()
        values: dict[str, Any] = {"login": login, "date": day}
        if present is None:  # an imported meeting has points alone
            nothing = evidence.frozen(evidence.NOTHING)
            values |= {"author": "", "saved": transaction.at, "held": "office", "evidence": nothing, "own": "[]"}
        said = clean_text(remark).strip() or None
        put(transaction, MeetingRecord, {**values, "acknowledged": transaction.at, "remark": said})


@command(Capability.OWN_REVIEW)
def correct(desk: Desk, login: str, day: str, text: str) -> None:
    """Add a correction to a record; lead and person may, and what was written before stays."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        if not _is_held(transaction, login, day):
            raise NotFound(_("There was no meeting with {login} on {day}.").format(login=login, day=day), field="date")
        said = read_cell(_TEXT, text, READING)
        number = transaction.sql.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM meeting_correction WHERE login = ? AND date = ?", (login, day)
        ).fetchone()[0]
        values = {"login": login, "date": day, "number": number, "author": desk.actor.login, "at": transaction.at}
        put(transaction, MeetingCorrection, {**values, "text": said})


@command(Capability.OWN_REVIEW)
def give_own(desk: Desk, given: Mapping[str, Given]) -> int:
    """Give oneself points before the next meeting; empty takes them back. Returns for how many criteria there are."""
    login = desk.actor.login
    today = today_of(desk).isoformat()
    with desk.write() as transaction:
        sheet = rules.in_force(facts.criteria(transaction.sql, login), today)
        stored = {
            name for (name,) in transaction.sql.execute("SELECT criterion FROM own_point WHERE login = ?", (login,))
        }
        count = 0
        for place, criterion in enumerate(sheet):
            one = given.get(criterion.name, Given("", ""))
            if one.points.strip():
                points = _points(criterion, one.points, place)
                values = {"login": login, "criterion": criterion.name, "points": points, "at": transaction.at}
                reason = read_cell(_OWN_REASON, one.reason, READING)
                put(transaction, OwnPoint, {**values, "reason": reason})
                count += 1
            elif criterion.name in stored:
                drop(transaction, OwnPoint, (login, criterion.name))
        return count


@command(Capability.OWN_REVIEW)
def add_point(desk: Desk, login: str, text: str) -> None:
    """Put a point on the agenda of a person; lead and person may."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        _add_point(transaction, login, read_cell(_LINE, text, READING))


@command(Capability.OWN_REVIEW)
def close_point(desk: Desk, login: str, number: int) -> None:
    """Say that a point of the agenda was talked about."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        _close(transaction, login, number, today_of(desk).isoformat())


@command(Capability.LEAD_REVIEWS)
def agree(desk: Desk, login: str, cells: Mapping[str, str]) -> None:
    """Write down an agreement outside of a meeting: text, owner, due; what a person lacks has the lead as its owner."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        _agree(transaction, login, today_of(desk).isoformat(), cells, "")


@command(Capability.OWN_REVIEW)
def finish(desk: Desk, login: str, day: str, text: str, *, done: bool = True) -> None:
    """Say that an agreement is done, or that it isn't; its owner and the lead may."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        row = transaction.sql.execute(
            "SELECT owner FROM meeting_action WHERE login = ? AND date = ? AND text = ?", (login, day, text)
        ).fetchone()
        if row is None:
            raise NotFound(_("This agreement isn't there any more."), field="text")
        if row[0] != desk.actor.login and not desk.actor.may(Capability.LEAD_REVIEWS):
            raise NotAllowed(_("Only {owner} or the lead says that this is done.").format(owner=row[0]))
        cells = {"login": login, "date": day, "text": text, "done": today_of(desk).isoformat() if done else ""}
        entering.enter(transaction, ACTIONS, words.row_words(ACTIONS.table), cells, None, READING)


@command(Capability.LEAD_REVIEWS)
def keep_note(desk: Desk, login: str, day: str, text: str) -> None:
    """Keep a private note about a meeting; nobody else sees it, and no history keeps what it said."""
    require_sheet(desk, login)
    with desk.write() as transaction:
        _keep_note(transaction, login, day, text, drop_empty=True)


def _day(desk: Desk, transaction: Transaction, login: str, text: str, *, again: bool) -> str:
    """The day of a meeting that may be written down."""
    day = parse_date(text, field="date")
    if day > today_of(desk):
        raise Refused(_("A meeting is written down when it was held, not before."), code="future", field="date")
    iso = day.isoformat()
    if again:
        keeping.refuse_acknowledged(transaction.sql, login, iso)
    elif _is_held(transaction, login, iso):
        raise Refused(
            _("There is a meeting with {login} on {day} already; it has one record.").format(login=login, day=iso),
            code="two_meetings",
            field="date",
        )
    return iso


def _is_held(transaction: Transaction, login: str, day: str) -> bool:
    question = "SELECT 1 FROM meeting_score WHERE login = ? AND date = ?"
    return transaction.sql.execute(question, (login, day)).fetchone() is not None


def _refuse_other_sheet(shown: Sequence[tuple[str, int]], sheet: Sequence[Criterion]) -> None:
    present = [(criterion.name, criterion.most) for criterion in sheet]
    if not present:
        raise Refused(_("There are no criteria on that day; write down the sheet first."), code="no_criteria")
    if sorted(shown) != sorted(present):
        changed = sorted({name for name, _most in set(shown) ^ set(present)})
        raise Refused(
            _("The criteria of that day aren't those shown here: {names}. What was typed stays.").format(
                names=", ".join(changed)
            ),
            code="criteria_changed",
        )


def _scores(sheet: Sequence[Criterion], given: Mapping[str, Given]) -> list[tuple[int, str]]:
    scores = []
    for place, criterion in enumerate(sheet):
        one = given.get(criterion.name, Given("", ""))
        points = _points(criterion, one.points, place)
        try:
            reason = read_cell(_REASON, one.reason, READING)
        except Refused as refusal:
            told = _("Say why: «{criterion}» has points without a reason.").format(criterion=criterion.name)
            raise Refused(told, code=refusal.code, field=f"reason_{place}") from None
        scores.append((points, reason))
    return scores


def _points(criterion: Criterion, text: str, place: int) -> int:
    field = f"points_{place}"
    if not text.strip():
        told = _("Give points for «{criterion}», 0 to {most}.")
        told = told.format(criterion=criterion.name, most=words.points(criterion.most))
        raise Refused(told, code="missing", field=field)
    try:
        points: int = POINTS.read(text.strip(), READING)
        rules.refuse_points(criterion.name, points, (criterion,), "")
    except Refused as refusal:
        refusal.field = field
        raise
    return points


def _record(desk: Desk, transaction: Transaction, login: str, day: str, held: str) -> dict[str, Any]:
    """Freeze what belongs to the meeting: evidence, and the own points that the person gave before."""
    sql = transaction.sql
    last = sql.execute("SELECT max(date) FROM meeting_score WHERE login = ? AND date < ?", (login, day)).fetchone()[0]
    own = [
        {"criterion": criterion, "points": points, "reason": reason}
        for criterion, points, reason in sql.execute(
            "SELECT criterion, points, reason FROM own_point WHERE login = ? ORDER BY criterion", (login,)
        ).fetchall()
    ]
    seen = evidence.gather(sql, login, last, date.fromisoformat(day), transaction.at)
    values = {
        "login": login,
        "date": day,
        "author": desk.actor.login,
        "saved": transaction.at,
        "held": held if held in ("office", "remote") else "office",
        "evidence": evidence.frozen(seen),
        "own": json.dumps(own, ensure_ascii=False),
        "acknowledged": None,
        "remark": None,
    }
    put(transaction, MeetingRecord, values)
    for one in own:
        drop(transaction, OwnPoint, (login, one["criterion"]))
    return values


def _differ(transaction: Transaction, login: str, sheet: Sequence[Criterion], given: Sequence[int], own: str) -> None:
    """Put on the agenda where the person sees the own work quite differently (setting points_gap)."""
    gap = team.settings(transaction.sql).points_gap
    mine = {one["criterion"]: one["points"] for one in json.loads(own)}
    for criterion, points in zip(sheet, given, strict=True):
        other = mine.get(criterion.name)
        if other is not None and rules.is_far(points, other, criterion.most, gap):
            _add_point(
                transaction,
                login,
                _("{criterion}: {points} against {own} of one's own, talk about why").format(
                    criterion=criterion.name, points=words.points(points), own=words.points(other)
                ),
            )


def _add_point(transaction: Transaction, login: str, text: str) -> None:
    number = transaction.sql.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM agenda_point WHERE login = ?", (login,)
    ).fetchone()[0]
    values = {"login": login, "number": number, "author": transaction.actor, "at": transaction.at, "text": text}
    put(transaction, AgendaPoint, {**values, "closed": None})


def _close(transaction: Transaction, login: str, number: int, day: str) -> None:
    row = transaction.sql.execute(
        "SELECT closed FROM agenda_point WHERE login = ? AND number = ?", (login, number)
    ).fetchone()
    if row is None:
        raise NotFound(_("This point of the agenda isn't there any more."))
    if row[0] is None:
        put(transaction, AgendaPoint, {"login": login, "number": number, "closed": day})


def _agree(transaction: Transaction, login: str, day: str, cells: Mapping[str, str], field: str) -> None:
    given = {"login": login, "date": day, **{name: cells.get(name, "") for name in ("text", "owner", "due")}}
    known = transaction.sql.execute(
        "SELECT 1 FROM meeting_action WHERE login = ? AND date = ? AND text = ?", (login, day, given["text"].strip())
    ).fetchone()
    try:
        if known is not None:
            raise Refused(_("This was agreed on that day already."), code="exists", field="text")
        entering.enter(transaction, ACTIONS, words.row_words(ACTIONS.table), given, None, READING)
    except Refused as refusal:
        refusal.field = field or refusal.field
        raise


def _keep_note(transaction: Transaction, login: str, day: str, text: str, *, drop_empty: bool = False) -> None:
    said = clean_text(text).strip()
    key = (transaction.actor, login, day)
    if said:
        transaction.sql.execute(
            "INSERT INTO private_note VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (author, login, date) DO UPDATE SET text = excluded.text, at = excluded.at",
            (*key, said, transaction.at),
        )
    elif drop_empty:
        transaction.sql.execute("DELETE FROM private_note WHERE author = ? AND login = ? AND date = ?", key)
