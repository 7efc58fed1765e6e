"""Messages and notes of one ticket become a ticket of their own, which has waited since the first of them came.

History isn't rewritten: what is split off stays where it was written, told as moved, and stands in the new ticket with
its time and its author.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import LINE, Reading
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import caches, linking, rules, steps, texts
from leadconsole.tickets.births import CREATED, TICKET, born, next_number
from leadconsole.tickets.rules import Entry, Happening
from leadconsole.tickets.shapes import TICKETS

SAID = frozenset({Happening.MESSAGE_IN.value, Happening.REPLY.value, Happening.NOTE.value})
"""What can be split off: what somebody said."""
Place = tuple[Instant, int]
"""When something was said, and its seq: what names an event within its ticket."""
BODY: Place = (0, -1)
"""The place of the text of the request itself, which is no event."""


class Part(NamedTuple):
    """Something that was said on a ticket."""

    place: Place
    at: Instant
    kind: str
    actor: str | None
    text: str | None


def moved(rows: Iterable[tuple[str, str | None, str | None]]) -> dict[Place, int]:
    """By place, the ticket to which it was moved: of (kind, value, after) of the events of a ticket that count."""
    return {
        (at, seq): int(value or 0)
        for kind, value, after in rows
        if kind == linking.SPLIT_OFF and after
        for at, seq in json.loads(after)["moved"]
    }


def parts(sql: sqlite3.Connection, number: int) -> list[Part]:
    """What can be split off a ticket, oldest first."""
    row = sql.execute("SELECT created, requester, body FROM ticket WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    created, requester, body = row
    events = sql.execute(
        "SELECT at, seq, kind, coalesce(after ->> '$.actor', actor), text, value, after FROM event"
        " WHERE subject = 'ticket' AND key = ? ORDER BY at, seq",
        (str(number),),
    ).fetchall()
    gone = rules.undone([Entry(at, seq, kind, value) for at, seq, kind, _actor, _text, value, _after in events])
    counted = [one for one in events if one[:2] not in gone]
    away = moved((kind, value, after) for _at, _seq, kind, _actor, _text, value, after in counted)
    said = [
        Part((at, seq), at, kind, actor or None, text)
        for at, seq, kind, actor, text, _value, _after in counted
        if kind in SAID and (at, seq) not in away
    ]
    first = [Part(BODY, created, Happening.MESSAGE_IN.value, requester, body)] if body else []
    return [*first, *said]


def split(transaction: Transaction, number: int, places: Collection[Place], subject: str) -> int:
    """Make a new ticket of the same client from these parts; return its number."""
    steps.present(transaction, number)
    chosen = _chosen(parts(transaction.sql, number), set(places))
    reading = Reading("UTC")
    row = _row(transaction, number, LINE.read(steps.required(subject, "subject").strip(), reading), chosen)
    new: int = row["number"]
    born(transaction, row)
    record(transaction, TICKET, str(new), CREATED, after=row)
    for part in chosen:
        if part.place != BODY:
            said_by = {"actor": part.actor, "ticket": number, "seq": part.place[1]}
            record(transaction, TICKET, str(new), part.kind, at=part.at, text=part.text, after=said_by)
    caches.rebuild(transaction.sql, [new])
    texts.rebuild(transaction.sql, [new])
    if chosen[0].place == BODY:
        steps.correct(transaction, number, {"body": ""}, None)
    away = [part.place for part in chosen if part.place != BODY]
    record(transaction, TICKET, str(number), linking.SPLIT_OFF, value=str(new), after={"moved": away})
    texts.rebuild(transaction.sql, [number])
    linking.put_link(transaction, new, number, linking.SPLIT)
    linking.tell(transaction, new, linking.SPLIT_FROM, number)
    return new


def _chosen(found: list[Part], places: set[Place]) -> list[Part]:
    if not places:
        raise Refused(_("Choose what is to become a ticket of its own."), code="missing", field="parts")
    if places - {part.place for part in found}:
        raise NotFound(
            _("A part of that can't be split off any more; it was moved or taken back meanwhile."), field="parts"
        )
    if len(places) == len(found):
        raise Refused(
            _("That is all that was said: something must stay. Correct the ticket instead."),
            code="everything",
            field="parts",
        )
    return [part for part in found if part.place in places]


def _row(transaction: Transaction, number: int, subject: str, chosen: list[Part]) -> dict[str, Any]:
    """The new ticket: what the old one is like, and the clock since the first of its parts."""
    source = transaction.sql.execute(
        "SELECT client, requester, kind, channel, priority, line, assignee, created FROM ticket WHERE number = ?",
        (number,),
    ).fetchone()
    client, requester, kind, channel, priority, line, assignee, created = source
    if assignee is not None:
        try:
            steps.require_worker(transaction, assignee)
        except Refused:  # who left gets no new ticket
            assignee = None
    return TICKETS.complete(
        {
            "number": next_number(transaction),
            "client": client,
            "subject": subject,
            # A split must not give the client's question a younger clock.
            "created": max(created, min(part.at for part in chosen)),
            "requester": requester,
            "body": chosen[0].text if chosen[0].place == BODY else None,
            "kind": kind,
            "channel": channel,
            "start_priority": priority,
            "start_line": line,
            "start_assignee": assignee,
        }
    )
