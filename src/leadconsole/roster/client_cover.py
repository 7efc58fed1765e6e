"""Which people cover which active client on a day: the one place where the roster asks the curation slice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from leadconsole.curation.facts import Levels


def client_cover(connection: sqlite3.Connection, days: Iterable[str]) -> dict[str, dict[str, frozenset[str]]]:
    """By day: who knows which active client at least as a curator; a desk that keeps no matrix has no such question."""
    levels = Levels(connection)
    if not list(levels.clients()):
        return {}
    clients = [
        (code, started or "", ended or "9999")
        for code, started, ended in connection.execute(
            "SELECT code, started, ended FROM client WHERE status = 'active' ORDER BY code"
        )
    ]
    return {
        day: {code: frozenset(levels.covering(code, day)) for code, first, last in clients if first <= day <= last}
        for day in days
    }
