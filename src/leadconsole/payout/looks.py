"""What others have changed of a month since somebody's last look at it."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from leadconsole.kernel import drafts
from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.history import EVENT_COLUMNS, Event, read_event
from leadconsole.kernel.period import Month

MOST = 30
"""So many changes are told; who has more to read reads the statement."""
_OF_MONTH = ("expense", "allocation", "adjustment", "payout_decision")
_DATED = ("subscription", "salary")
_SETTINGS = ("share_rate", "guaranteed_minimum", "probation_salary", "probation_until", "proration", "lead")


class Look(NamedTuple):
    """When a month was looked at, and the last event of history that stood there then."""

    at: Instant
    event: int


class News(NamedTuple):
    """A change by somebody else: of which row, and its figure before and after where it has one."""

    at: Instant
    actor: str
    table: str
    key: str
    kind: str
    before: Any
    after: Any


@query(Capability.CHANGE_PAYOUT)
def last_look(desk: Desk, month: Month) -> Look | None:
    """When this person has last looked at what stands in the way of a month's close."""
    kept = drafts.draft(desk, _key(month))
    if not kept:
        return None
    at, _space, event = kept.partition(" ")
    return Look(int(at), int(event))


@command(Capability.CHANGE_PAYOUT)
def look(desk: Desk, month: Month) -> None:
    """Keep that this person looks at it now."""
    last = desk.reader.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
    known = last_look(desk, month)
    if known is None or known.event != last:
        drafts.keep(desk, _key(month), f"{desk.now()} {last}")


@query(Capability.READ_PAYOUT)
def news(desk: Desk, month: Month, since: Look) -> list[News]:
    """What others have changed of the inputs of a month since a look, newest first."""
    rows = desk.reader.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE id > :since AND actor <> :me AND ("
        f" subject IN ({_marks(_DATED)})"
        f" OR (subject IN ({_marks(_OF_MONTH)}) AND substr(key, 1, 7) = :month)"
        f" OR (subject = 'setting' AND key IN ({_marks(_SETTINGS)}))"
        " OR (subject = 'person' AND (before ->> '$.ended' IS NOT after ->> '$.ended'"
        " OR before ->> '$.started' IS NOT after ->> '$.started' OR before ->> '$.role' IS NOT after ->> '$.role'))"
        " OR (subject = 'ticket' AND (kind IN ('accept', 'reopen') OR (kind = 'status' AND value = 'accepted')"
        " OR (kind IN ('changed', 'undo') AND before ->> '$.price' IS NOT after ->> '$.price')))"
        f") ORDER BY id DESC LIMIT {MOST}",
        {"since": since.event, "me": desk.actor.login, "month": str(month)},
    )
    return [_news(desk.reader, read_event(row)) for row in rows]


def _news(reader: sqlite3.Connection, event: Event) -> News:
    name = {"subscription": "monthly_fee", "setting": "value", "ticket": "price", "payout_decision": "until"}.get(
        event.subject, "amount"
    )
    before, after = (None if row is None else row.get(name) for row in (event.before, event.after))
    if event.subject == "ticket" and event.kind in ("accept", "status", "reopen"):
        found = reader.execute("SELECT price FROM ticket WHERE number = ?", (int(event.key),)).fetchone()
        before, after = None, found[0] if found else None
    return News(event.recorded, event.actor, event.subject, event.key, event.kind, before, after)


def _marks(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _key(month: Month) -> str:
    return f"payout.look:{month}"
