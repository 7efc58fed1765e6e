"""Reads of the desk's own facts: who works here, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import local_date
from leadconsole.team import facts
from leadconsole.team.rules import Settings, employed


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who can take tickets today."""

    login: str
    name: str
    role: str
    lines: tuple[int, ...]


@query(Capability.READ_DESK)
def desk_settings(desk: Desk) -> Settings:
    """The desk's settings."""
    return facts.settings(desk.reader)


@query(Capability.READ_DESK)
def workers(desk: Desk) -> list[Worker]:
    """Who works here today and takes tickets, by name."""
    today = local_date(desk.now(), facts.settings(desk.reader).timezone).isoformat()
    rows = desk.reader.execute(
        "SELECT login, name, role, lines, started, ended FROM person WHERE role NOT IN ('director', 'accountant')"
        " ORDER BY name, login"
    )
    return [
        Worker(login, name, role, tuple(int(line) for line in lines.split("+")))
        for login, name, role, lines, started, ended in rows
        if employed(started, ended, today)
    ]


@query(Capability.READ_DESK)
def clients(desk: Desk) -> list[tuple[str, str, str]]:
    """Code, name and status of every client who hasn't left, by name."""
    return desk.reader.execute(
        "SELECT code, name, status FROM client WHERE status <> 'left' ORDER BY name, code"
    ).fetchall()
