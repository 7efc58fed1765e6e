"""Reads of one ticket: its timeline, who held it, what one should know of the client."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.tickets import caches, fillings, queries, rules, splitting, views
from leadconsole.tickets.caches import Folded, folds
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.rules import Entry, Span


class Moment(NamedTuple):
    """One entry of the timeline; `undone` ones count nowhere."""

    at: Instant
    actor: str | None
    kind: str
    value: str | None
    text: str | None
    undone: bool = False
    seq: int = 0
    ticket: int | None = None
    """The ticket that it was said on, if that one was merged into this."""
    moved_to: int | None = None
    """The ticket to which it was split off."""


class Related(NamedTuple):
    """A ticket that belongs to this one; `how`: merged_into, merged, split_from, split_off, related."""

    number: int
    how: str
    subject: str
    status: str
    client: str


class Held(NamedTuple):
    """How long somebody held the ticket on a line while its resolution clock ran, in working microseconds."""

    who: str | None
    line: int
    worked: int


class ClientFacts(NamedTuple):
    """What one should know of the client when taking its ticket."""

    code: str
    name: str
    status: str
    policy: str | None
    calendar: str | None
    notes: str | None
    toxic_since: str | None
    toxic_reason: str | None
    open_tickets: int
    contacts: tuple[tuple[str, str | None, str | None, str | None], ...] = ()


class Earlier(NamedTuple):
    """Another ticket of the same client."""

    number: int
    subject: str
    status: str
    created: Instant


class TicketStory(NamedTuple):
    """A ticket with all that belongs to it."""

    row: QueueRow
    body: str | None
    channel: str | None
    tags: str | None
    estimate_minutes: int | None
    spent_minutes: int
    client: ClientFacts
    timeline: tuple[Moment, ...]
    held: tuple[Held, ...]
    first_reply_target: int | None = None
    resolution_target: int | None = None
    earlier: tuple[Earlier, ...] = ()
    wait_until: Instant | None = None
    promised: Instant | None = None
    agreed: Instant | None = None
    resolution_code: str | None = None
    related: tuple[Related, ...] = ()


@query(Capability.READ_QUEUE)
def ticket(desk: Desk, number: int) -> TicketStory:
    """A ticket with its timeline, holders, client and norms."""
    row = queries.row(desk, number)
    reader = desk.reader
    clockwork = queries.clockwork_of(desk.database.memo, reader)
    body, channel, tags, estimate, spent, wait_until, promised, agreed, code = reader.execute(
        "SELECT body, channel, tags, estimate_minutes, spent_minutes, wait_until, promised, agreed, resolution_code"
        " FROM ticket WHERE number = ?",
        (number,),
    ).fetchone()
    folded = next(folds(reader, clockwork, [number]))
    client = _client(desk, row.client)
    calendar = clockwork.calendars.of(client.calendar)
    target = clockwork.target(client.policy, row.priority, row.line)
    earlier = reader.execute(
        "SELECT number, subject, status, created FROM ticket WHERE client = ? AND created <= ? AND number <> ?"
        " ORDER BY created DESC LIMIT 5",
        (row.client, row.created, number),
    ).fetchall()
    return TicketStory(
        row,
        body,
        channel,
        tags,
        estimate,
        spent,
        client,
        _timeline(desk, number, folded),
        held(folded.standing.spans, calendar, desk.now()),
        target.first_reply,
        target.resolution,
        tuple(Earlier(*one) for one in earlier),
        wait_until,
        promised,
        agreed,
        code,
        related(desk, number),
    )


_HOW = {
    ("merged", True): "merged_into",
    ("merged", False): "merged",
    ("split", True): "split_from",
    ("split", False): "split_off",
}
_FIRST = ("merged_into", "merged", "split_from", "split_off", "related")


@query(Capability.READ_QUEUE)
def related(desk: Desk, number: int) -> tuple[Related, ...]:
    """The tickets that belong to this one, each once: the closest first, then by number."""
    rows = desk.reader.execute(
        "SELECT l.kind, l.ticket = :number, t.number, t.subject, t.status, t.client FROM ticket_link l"
        " JOIN ticket t ON t.number = CASE l.ticket WHEN :number THEN l.other ELSE l.ticket END"
        " WHERE l.ticket = :number OR l.other = :number",
        {"number": number},
    )
    told = [Related(other, _HOW.get((kind, bool(ours)), kind), *facts) for kind, ours, other, *facts in rows]
    told.sort(key=lambda one: (_FIRST.index(one.how), one.number))
    return tuple({one.number: one for one in reversed(told)}.values())[::-1]


@query(Capability.READ_QUEUE)
def filling(desk: Desk, number: int) -> dict[str, str]:
    """What the placeholders of a text become for a ticket."""
    return fillings.of_ticket(desk.reader, number, desk.actor.login, desk.now())


@query(Capability.READ_QUEUE)
def parts(desk: Desk, number: int) -> list[splitting.Part]:
    """What can be split off a ticket."""
    return splitting.parts(desk.reader, number)


def _client(desk: Desk, code: str) -> ClientFacts:
    reader = desk.reader
    code, name, status, policy, calendar, notes, toxic_since, toxic_reason = reader.execute(
        "SELECT code, name, status, policy, calendar, notes, toxic_since, toxic_reason FROM client WHERE code = ?",
        (code,),
    ).fetchone()
    waiting: int = reader.execute(
        f"SELECT count(*) FROM ticket INDEXED BY ticket_of_client WHERE client = ? AND {views.OPEN}", (code,)
    ).fetchone()[0]
    contacts = reader.execute(
        "SELECT name, email, phone, note FROM contact WHERE client = ? ORDER BY name LIMIT 20", (code,)
    ).fetchall()
    return ClientFacts(code, name, status, policy, calendar, notes, toxic_since, toxic_reason, waiting, tuple(contacts))


def _timeline(desk: Desk, number: int, folded: Folded) -> tuple[Moment, ...]:
    """Everything that happened, oldest first; what only the columns tell (minimal history) stands among it."""
    told = [
        *_moments(desk, number),
        *(Moment(entry.at, None, entry.kind, entry.value, None) for entry in rules.minimal_history(folded.start)),
    ]
    for merged in caches.merged_numbers(desk.reader, number):
        told += _said_on(desk, merged)
    return tuple(sorted(told, key=lambda one: (one.at, one.seq)))


def _moments(desk: Desk, number: int) -> list[Moment]:
    """The events of one ticket: undone ones and those that were split off are told as such."""
    rows = desk.reader.execute(
        "SELECT at, seq, actor, kind, value, text, after FROM event"
        " WHERE subject = 'ticket' AND key = ? AND kind <> 'created' ORDER BY at, seq",
        (str(number),),
    ).fetchall()
    gone = rules.undone([Entry(at, seq, kind, value) for at, seq, _actor, kind, value, _text, _after in rows])
    away = splitting.moved((row[3], row[4], row[6]) for row in rows if row[:2] not in gone)
    return [
        Moment(at, _author(actor, kind, after), kind, value, text, (at, seq) in gone, seq, moved_to=away.get((at, seq)))
        for at, seq, actor, kind, value, text, after in rows
    ]


def _author(actor: str, kind: str, after: str | None) -> str | None:
    """Who said it: of what was split off another ticket, who had said it there."""
    if after and kind in splitting.SAID:
        return json.loads(after).get("actor") or None
    return actor or None


def _said_on(desk: Desk, number: int) -> list[Moment]:
    """What was said on a ticket that was merged, its request first."""
    body, requester, created = desk.reader.execute(
        "SELECT body, requester, created FROM ticket WHERE number = ?", (number,)
    ).fetchone()
    said = [one._replace(ticket=number) for one in _moments(desk, number) if one.kind in splitting.SAID]
    if body:
        said.append(Moment(created, requester, rules.Happening.MESSAGE_IN, None, body, ticket=number))
    return said


def held(spans: Sequence[Span], calendar: WorkingTime, now: Instant) -> tuple[Held, ...]:
    """Working time by holder and line, in the order in which they first held the ticket."""
    sums: dict[tuple[str | None, int], int] = {}
    for span in spans:
        key = (span.who, span.line)
        sums[key] = sums.get(key, 0) + calendar.elapsed(span.start, now if span.end is None else span.end)
    return tuple(Held(who, line, worked) for (who, line), worked in sums.items())
