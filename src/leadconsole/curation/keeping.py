"""What the history of tickets says of everybody, kept between questions: a write is followed client by client.

Reading a million tickets takes seconds, and somebody writes every minute. What is kept knows the last event that it
has seen; the tickets that were touched since lead to their clients, and only these are read again. Where that is no
saving, because much was written or people, calendars or settings changed, everything is.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from typing import NamedTuple

from leadconsole.curation import work
from leadconsole.curation.contacts import Contact, contacts_in
from leadconsole.curation.work import Load, Spans
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.desk import Desk
from leadconsole.team import facts as team
from leadconsole.tickets import ledger
from leadconsole.tickets.queries import clockwork_of

_MOST_EVENTS, _MOST_CLIENTS = 2_000, 12
"""So much may have happened for reading single clients."""
_QUARTER = 15 * MINUTE


class Mark(NamedTuple):
    """How far history was read."""

    event: int
    ticket: int
    revision: str


_NOTHING = Mark(-1, -1, "")


def contacts(desk: Desk) -> Mapping[tuple[str, str], Contact]:
    """The contact of every person with every client by (client, login), over all history."""
    known = _known(desk)
    with known.lock:
        known.read_contacts(desk.reader)
        return known.contacts


def load(desk: Desk) -> Load:
    """The working minutes of everybody; read as a whole once in a quarter of an hour."""
    known = _known(desk)
    with known.lock:
        known.read_load(desk)
        return known.load


def contact(desk: Desk, client: str, login: str) -> Contact | None:
    """One person's contact with one client, without reading those of all others for it."""
    known = _known(desk)
    cells = contacts_in(desk.reader, client) if known.contacts_seen == _NOTHING else contacts(desk)
    return cells.get((client, login))


class _Known:
    """What was read, and how far; whoever asks holds the lock. Its mappings are replaced, never changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.contacts: Mapping[tuple[str, str], Contact] = {}
        self.contacts_seen = _NOTHING
        self.load = Load({}, {}, {})
        self._load_seen = _NOTHING
        self._quarter = -1
        self._spans: dict[str, Spans] = {}

    def read_contacts(self, reader: sqlite3.Connection) -> None:
        """Bring the contacts up to date."""
        now = _mark(reader)
        if now == self.contacts_seen:
            return
        clients = _touched(reader, self.contacts_seen, now)
        if clients is None:
            self.contacts = contacts_in(reader)
        else:
            fresh = {cell: one for cell, one in self.contacts.items() if cell[0] not in clients}
            for client in sorted(clients):
                fresh |= contacts_in(reader, client)
            self.contacts = fresh
        self.contacts_seen = now

    def read_load(self, desk: Desk) -> None:
        """Bring the minutes up to date."""
        reader, end = desk.reader, desk.now()
        now, quarter = _mark(reader), end // _QUARTER
        if now == self._load_seen and quarter == self._quarter:
            return
        clockwork = clockwork_of(desk.database.memo, reader)
        clients = _touched(reader, self._load_seen, now) if quarter == self._quarter else None
        if clients is None:
            numbers = ledger.in_work(reader, end - work.WINDOW, end)
            self._spans = work.spans(reader, clockwork, numbers, end)
            self.load = work.summed(reader, clockwork, self._spans)
        else:
            numbers = work.in_work(reader, sorted(clients), end - work.WINDOW, end)
            fresh = work.spans(reader, clockwork, numbers, end)
            people = {who for client in clients for _first, _last, who in self._spans.get(client, [])}
            people |= {who for spans in fresh.values() for _first, _last, who in spans}
            self._spans = {client: held for client, held in self._spans.items() if client not in clients} | fresh
            self.load = work.summed(reader, clockwork, self._spans, self.load, clients, people)
        self._load_seen, self._quarter = now, quarter


def _known(desk: Desk) -> _Known:
    known = desk.database.memo.setdefault("curation work", _Known())
    assert isinstance(known, _Known)
    return known


def _mark(reader: sqlite3.Connection) -> Mark:
    event, ticket = reader.execute(
        "SELECT coalesce((SELECT max(id) FROM event), 0), coalesce((SELECT max(number) FROM ticket), 0)"
    ).fetchone()
    return Mark(event, ticket, team.revision(reader))


def _touched(reader: sqlite3.Connection, seen: Mark, now: Mark) -> frozenset[str] | None:
    """The clients whose tickets were touched between two marks; None where everything has to be read."""
    if seen == _NOTHING or now.revision != seen.revision or not 0 <= now.event - seen.event <= _MOST_EVENTS:
        return None
    numbers = [
        int(key)
        for (key,) in reader.execute(
            "SELECT DISTINCT key FROM event WHERE id > ? AND id <= ? AND subject = 'ticket'", (seen.event, now.event)
        )
    ]
    if now.ticket > max(seen.ticket, *numbers, 0):  # written without an event: an import into an empty desk
        return None
    found: set[str] = set()
    for number in numbers:
        found.update(
            client
            for (client,) in reader.execute(
                "SELECT client FROM ticket WHERE number = :number"
                # Where it was moved from and to, and of one that was taken back, whose it was.
                " UNION SELECT json_extract(before, '$.client') FROM event WHERE subject = 'ticket' AND key = :key"
                " UNION SELECT json_extract(after, '$.client') FROM event WHERE subject = 'ticket' AND key = :key",
                {"number": number, "key": str(number)},
            )
            if client is not None
        )
        if len(found) > _MOST_CLIENTS:
            return None
    return frozenset(found)
