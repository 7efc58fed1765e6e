"""Whom a substitution makes a deputy: on its days, and by itself not a day longer."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel.access import Capability, Role


def role_on(connection: sqlite3.Connection, login: str, role: Role, day: str) -> Role:
    """The role that somebody has on an ISO day: who stands in for an absent person is a deputy then."""
    if role not in (Role.SPECIALIST, Role.CONTRACTOR):
        return role
    stands_in = connection.execute(
        "SELECT 1 FROM substitution WHERE substitute = ? AND last >= ? AND first <= ? LIMIT 1", (login, day, day)
    ).fetchone()
    return role if stands_in is None else Role.DEPUTY


def also_on(connection: sqlite3.Connection, login: str, role: Role, day: str) -> frozenset[Capability]:
    """What a deputy may of an absent person's rights: who stands in for the team lead keeps the roster and people told.

    Who stands in for a specialist has the specialist's rights, which is nothing more (domain.md). Pay, points and
    settings are the lead's alone, whoever stands in.
    """
    if role is not Role.DEPUTY:
        return frozenset()
    for_the_lead = connection.execute(
        "SELECT 1 FROM substitution s JOIN person p ON p.login = s.absent"
        " WHERE s.substitute = ? AND s.last >= ? AND s.first <= ?"
        " AND (p.role = 'lead' OR p.login = (SELECT value FROM setting WHERE key = 'lead')) LIMIT 1",
        (login, day, day),
    ).fetchone()
    return frozenset() if for_the_lead is None else frozenset({Capability.CHANGE_ROSTER, Capability.ANNOUNCE})
