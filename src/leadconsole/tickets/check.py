"""Proof of the caches: every derived value is computed again from history and compared."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.text import subject_key
from leadconsole.tickets import caches, texts
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
    reader = desk.reader
    found = []
    for number, subject, kept_key in reader.execute("SELECT number, subject, subject_key FROM ticket"):
        if (key := subject_key(subject)) != kept_key:
            found.append(Difference(number, "subject_key", kept_key, key))
    proven = 0
    for number, made in texts.of_tickets(reader):
        kept = texts.stored(reader, number)
        proven += len(kept)
        if made != kept:
            told = next((one, other) for one, other in zip_longest(kept, made, fillvalue="") if one != other)
            found.append(Difference(number, "search", told[0][-80:], told[1][-80:]))
    if proven != (pages := reader.execute("SELECT count(*) FROM ticket_text").fetchone()[0]):
        found.append(Difference(0, "search", str(pages), str(proven)))
    return found
