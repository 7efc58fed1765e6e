"""Whom a substitution makes a deputy: on its days, and by itself not a day longer."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel.access import Role


def role_on(connection: sqlite3.Connection, login: str, role: Role, day: str) -> Role:
    """The role that somebody has on an ISO day: who stands in for an absent person is a deputy then."""
    if role not in (Role.SPECIALIST, Role.CONTRACTOR):
        return role
    stands_in = connection.execute(
        "SELECT 1 FROM substitution WHERE substitute = ? AND last >= ? AND first <= ? LIMIT 1", (login, day, day)
    ).fetchone()
    return role if stands_in is None else Role.DEPUTY
