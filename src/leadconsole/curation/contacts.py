"""Who has had to do with whose tickets, read from history: how many of how many, and when last."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from leadconsole.kernel.clock import Instant

_TOUCHES = "'reply', 'note', 'status', 'time', 'accept', 'reopen', 'line', 'priority'"
_ALL = (
    "SELECT CAST(key AS INTEGER) AS number, actor AS login, max(at) AS at FROM event"
    f" WHERE subject = 'ticket' AND kind IN ({_TOUCHES}) GROUP BY key, actor"
)
# CROSS JOIN keeps the order: the other way round all events are read once a ticket.
_OF_CLIENT = (
    "SELECT w.number AS number, e.actor AS login, max(e.at) AS at FROM (SELECT number FROM ticket"
    " INDEXED BY ticket_of_client WHERE client = :client) w CROSS JOIN event e ON e.subject = 'ticket'"
    f" AND e.key = CAST(w.number AS TEXT) AND e.kind IN ({_TOUCHES}) GROUP BY w.number, e.actor"
)


@dataclass(frozen=True, slots=True)
class Contact:
    """How much one person has had to do with one client's tickets: how many of how many, and when last."""

    tickets: int
    of: int
    last: Instant

    @property
    def share(self) -> int:
        """The share of the client's tickets in whole percent."""
        return (200 * self.tickets + self.of) // (2 * self.of) if self.of else 0


def contacts_in(reader: sqlite3.Connection, client: str | None = None) -> dict[tuple[str, str], Contact]:
    """The contacts of everybody by (client, login), with every client or with one; reads the whole history of them."""
    events, tickets = (_ALL, "WHERE TRUE") if client is None else (_OF_CLIENT, "WHERE client = :client")
    rows = reader.execute(
        f"WITH touch AS ({events} UNION ALL SELECT number, assignee, coalesce(resolved_at, created) FROM ticket"
        f" {tickets} AND assignee IS NOT NULL)"
        " SELECT t.client, touch.login, count(DISTINCT t.number), max(touch.at) FROM touch"
        " JOIN ticket t ON t.number = touch.number JOIN person p ON p.login = touch.login"
        " GROUP BY t.client, touch.login",
        {"client": client},
    ).fetchall()
    sums = dict(
        reader.execute(f"SELECT client, count(*) FROM ticket {tickets} GROUP BY client", {"client": client}).fetchall()
    )
    return {(code, login): Contact(tickets, sums[code], last) for code, login, tickets, last in rows}
