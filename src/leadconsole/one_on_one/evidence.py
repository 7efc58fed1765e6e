"""The evidence beside a meeting: a person's tickets since the last one, counted and named, frozen with the record."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from typing import Any, NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import start_of_day
from leadconsole.team import facts as team
from leadconsole.tickets.views import FINISHED, OPEN

FIRST_DAYS = 14
"""How far back the evidence of a first meeting looks."""
LATE, RETURNED, REPEATED = "late", "returned", "repeated"
MOST = 60
"""So many tickets are named at most; the counts count all."""


class Item(NamedTuple):
    """One ticket that is worth a word, and why: late, returned or repeated."""

    number: int
    client: str
    subject: str
    what: str


class Evidence(NamedTuple):
    """What a person's tickets say since a day; counts are tickets."""

    since: str
    solved: int = 0
    held: int = 0
    late: int = 0
    returned: int = 0
    repeated: int = 0
    items: tuple[Item, ...] = ()


NOTHING = Evidence("")


def frozen(evidence: Evidence) -> str:
    """The evidence as its record keeps it."""
    told = {**evidence._asdict(), "items": [item._asdict() for item in evidence.items]}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def thawed(text: str) -> Evidence:
    """The evidence of a record; nothing where none was kept, as after an import."""
    try:
        told: dict[str, Any] = json.loads(text)
        return Evidence(**{**told, "items": tuple(Item(**item) for item in told["items"])})
    except (ValueError, TypeError, KeyError):
        return NOTHING


def in_words(evidence: Evidence) -> str:
    """The counts of the evidence in one line."""
    return _("Since {day}: {solved} solved, {late} late, {returned} returned, {repeated} repeated; {held} held").format(
        day=formats.short_day(date.fromisoformat(evidence.since)),
        solved=evidence.solved,
        late=evidence.late,
        returned=evidence.returned,
        repeated=evidence.repeated,
        held=evidence.held,
    )


def gather(
    connection: sqlite3.Connection, login: str, last: str | None, today: date, now: Instant, *, until: Instant = 1 << 62
) -> Evidence:
    """The evidence since the meeting of a day, or of the last two weeks where there was none."""
    zone = team.settings(connection).timezone
    begin = date.fromisoformat(last) if last else today - timedelta(days=FIRST_DAYS)
    row = connection.execute(
        "SELECT saved FROM meeting_record WHERE login = ? AND date = ?", (login, begin.isoformat())
    ).fetchone()
    # What was solved on the day of a meeting without a record was talked about at it.
    since = row[0] if row else start_of_day(begin + timedelta(days=1 if last else 0), zone)
    items: list[Item] = []
    counts = {LATE: 0, RETURNED: 0, REPEATED: 0}

    def take(ticket: tuple[int, str, str], what: str) -> None:
        counts[what] += 1
        items.append(Item(*ticket, what))

    columns = "t.number, c.name, t.subject"
    held = connection.execute(
        f"SELECT {columns}, t.urgency < ?, t.returns + t.reopens FROM ticket t JOIN client c ON c.code = t.client"
        f" WHERE t.{OPEN} AND t.assignee = ? ORDER BY t.urgency, t.number",
        (now, login),
    ).fetchall()
    solved = connection.execute(
        f"SELECT {columns}, t.verdict = 'missed', t.returns + t.reopens FROM ticket t JOIN client c"
        f" ON c.code = t.client WHERE t.{FINISHED} AND t.resolved_at >= ? AND t.resolved_at < ? AND t.assignee = ?"
        " ORDER BY t.resolved_at",
        (since, until, login),
    ).fetchall()
    for *ticket, late, back in (*held, *solved):
        if late:
            take(tuple(ticket), LATE)
        if back:
            take(tuple(ticket), RETURNED)
    for ticket in connection.execute(
        f"SELECT {columns} FROM ticket t JOIN ticket before ON before.number = t.repeat_of JOIN client c"
        " ON c.code = t.client WHERE t.repeat_of IS NOT NULL AND t.created >= ? AND before.assignee = ?"
        " ORDER BY t.number",
        (since, login),
    ).fetchall():
        take(ticket, REPEATED)
    return Evidence(
        begin.isoformat(), len(solved), len(held), counts[LATE], counts[RETURNED], counts[REPEATED], tuple(items[:MOST])
    )
