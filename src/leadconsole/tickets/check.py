"""Proof of the caches: every derived value is computed again from history and compared."""

from __future__ import annotations

from dataclasses import dataclass

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.text import subject_key
from leadconsole.tickets import caches
from leadconsole.tickets.caches import DERIVED, Clockwork, derived, folds


@dataclass(frozen=True, slots=True)
class Difference:
    """A cached value that isn't what the history makes of it."""

    ticket: int
    field: str
    stored: str
    computed: str


@query(Capability.CHECK)
def differences(desk: Desk) -> list[Difference]:
    """All cached values of tickets that differ from what their history makes."""
    reader = desk.reader
    reader.execute("BEGIN")  # one snapshot: what others write meanwhile is no difference
    try:
        return [*_caches(desk), *_repeats(desk), *_texts(desk)]
    finally:
        reader.execute("COMMIT")


def _caches(desk: Desk) -> list[Difference]:
    reader = desk.reader
    found = []
    for one in folds(reader, Clockwork(reader)):
        stored = reader.execute(f"SELECT {', '.join(DERIVED)} FROM ticket WHERE number = ?", (one.number,)).fetchone()
        for name, kept, made in zip(DERIVED, stored, derived(one.standing), strict=True):
            if kept != made:
                found.append(Difference(one.number, name, str(kept), str(made)))
    return found


def _repeats(desk: Desk) -> list[Difference]:
    reader = desk.reader
    stored = dict(reader.execute("SELECT number, repeat_of FROM ticket"))
    changed = caches.changed_repeats(reader, Clockwork(reader))
    return [Difference(number, "repeat_of", str(stored[number]), str(made)) for made, number in changed]


def _texts(desk: Desk) -> list[Difference]:
    found = []
    takes = {other for (other,) in desk.reader.execute("SELECT other FROM ticket_link WHERE kind = 'merged'")}
    for number, subject, kept_key, body, requester, name, code, kept in desk.reader.execute(
        "SELECT t.number, t.subject, t.subject_key, t.body, t.requester, c.name, c.code, x.text FROM ticket t"
        " JOIN client c ON c.code = t.client LEFT JOIN ticket_text x ON x.number = t.number"
    ):
        key = subject_key(subject)
        if key != kept_key:
            found.append(Difference(number, "subject_key", kept_key, key))
        merged = caches.merged_numbers(desk.reader, number) if number in takes else ()
        made = caches.search_text(number, subject, body, requester, name, code, merged)
        if made != kept:
            found.append(Difference(number, "search", str(kept)[:80], made[:80]))
    return found
