"""What the tickets ask of people today: those that somebody holds with what presses, and what was promised.

Everything is found by the partial indexes of open tickets, so a desk of any size answers at once.
"""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.tickets import queries, views
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.terms import SKIPPED, Happening

MOST = 100
"""So many of the tickets that somebody holds are looked at; nobody does more in a day."""


class Held(NamedTuple):
    """An open ticket with what may press beside its clocks."""

    row: QueueRow
    promised: Instant | None = None
    wait_until: Instant | None = None
    unanswered: bool = False
    """Whether the client wrote after the last reply."""


@query(Capability.READ_QUEUE)
def held(desk: Desk, most: int = MOST) -> list[Held]:
    """The open tickets of whoever asks in the order of the queue, and any with a promise or a wait that is over."""
    numbers = [row.number for row in queries.page(desk, "mine", limit=most)]
    beside = desk.reader.execute(
        f"SELECT number FROM ticket INDEXED BY ticket_held WHERE {views.OPEN} AND assignee = ?"
        " AND (promised IS NOT NULL OR wait_until <= ?) ORDER BY coalesce(promised, wait_until) LIMIT ?",
        (desk.actor.login, desk.now(), most),
    )
    return _told(desk, list(dict.fromkeys((*numbers, *(number for (number,) in beside)))))


@query(Capability.READ_QUEUE)
def promises(desk: Desk, until: Instant, most: int = MOST) -> list[Held]:
    """Open tickets of everybody whose promised moment comes before another one, the next first."""
    found = desk.reader.execute(
        f"SELECT number FROM ticket INDEXED BY ticket_open WHERE {views.OPEN} AND promised < ?"
        " ORDER BY promised, number LIMIT ?",
        (until, most),
    )
    told = _told(desk, [number for (number,) in found])
    return sorted(told, key=lambda one: (one.promised or 0, one.row.number))


@query(Capability.READ_QUEUE)
def passed_over(desk: Desk, since: Instant) -> set[int]:
    """The tickets that whoever asks has passed over since a moment, but for those on which the client wrote again."""
    gone: set[tuple[str, str]] = set()
    found: dict[int, Instant] = {}
    rows = desk.reader.execute(
        "SELECT key, seq, kind, value, at, recorded FROM event INDEXED BY event_steps"
        " WHERE actor = ? AND batch IS NOT NULL AND subject = 'ticket' ORDER BY id DESC",
        (desk.actor.login,),
    )
    for key, seq, kind, value, at, recorded in rows:
        if recorded < since:
            break
        if (key, str(seq)) in gone:
            continue
        if kind == Happening.UNDO:
            gone.add((key, value or ""))
        elif kind == SKIPPED:
            found.setdefault(int(key), at)
    return {number for number, at in found.items() if not _wrote_since(desk, number, at)}


def _wrote_since(desk: Desk, number: int, at: Instant) -> bool:
    question = "SELECT 1 FROM event WHERE subject = 'ticket' AND key = ? AND kind = 'message_in' AND at > ? LIMIT 1"
    return desk.reader.execute(question, (str(number), at)).fetchone() is not None


def _told(desk: Desk, numbers: list[int]) -> list[Held]:
    """The tickets of these numbers in the order of the queue, with what presses; three questions for all of them."""
    marks = ", ".join("?" * len(numbers))
    reader = desk.reader
    days = {
        number: (promised, wait)
        for number, promised, wait in reader.execute(
            f"SELECT number, promised, wait_until FROM ticket WHERE number IN ({marks})", numbers
        )
    }
    wrote = {
        int(key): (message or 0) > (reply or 0)
        for key, message, reply in reader.execute(
            "SELECT key, max(at) FILTER (WHERE kind = 'message_in'), max(at) FILTER (WHERE kind = 'reply') FROM event"
            f" WHERE subject = 'ticket' AND key IN ({marks}) AND kind IN ('message_in', 'reply') GROUP BY key",
            [str(number) for number in numbers],
        )
    }
    rows = sorted(queries.rows(desk, numbers), key=lambda row: row.place)
    return [Held(row, *days[row.number], unanswered=wrote.get(row.number, False)) for row in rows]
