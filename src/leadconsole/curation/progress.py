"""How far things have come: handovers of leading, learning tasks, substitutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from leadconsole.curation import rules
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.team import facts as team


@dataclass(frozen=True, slots=True)
class Handover:
    """Leading a client passes from one person to another; `state` is running, late, done or cancelled.

    Late is one that has taken effect although steps are missing.
    """

    client: str
    client_name: str
    begun: str
    giver: str
    taker: str
    effective: str
    steps: Mapping[str, str | None]
    """By step the day on which it was done."""
    state: str
    days_left: int
    """Days until it takes effect, negative afterwards."""

    @property
    def done_steps(self) -> int:
        """How many steps are done."""
        return sum(day is not None for day in self.steps.values())


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody learns a client by a day; `state` is open, late, done or dropped."""

    client: str
    client_name: str
    login: str
    since: str
    due: str
    done: str | None
    dropped: str | None
    because: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """Somebody stands in for an absent lead; `state` is planned, running or over."""

    client: str
    client_name: str
    absent: str
    substitute: str
    first: str
    last: str
    acknowledged: Instant | None
    state: str


@query(Capability.READ_DESK)
def handovers(desk: Desk, login: str = "") -> tuple[Handover, ...]:
    """Every handover, or those of a person: what runs first, by the day on which it takes effect."""
    today = _today(desk)
    steps = ", ".join(f"h.{step}" for step in rules.STEPS)
    rows = desk.reader.execute(
        f"SELECT h.client, c.name, h.begun, h.giver, h.taker, h.effective, h.cancelled, {steps} FROM lead_handover h"
        " JOIN client c ON c.code = h.client WHERE :login IN ('', h.giver, h.taker)"
        " ORDER BY h.done IS NOT NULL OR h.cancelled IS NOT NULL, h.effective, h.client",
        {"login": login},
    )
    found = []
    for client, name, begun, giver, taker, effective, cancelled, *days in rows:
        done = dict(zip(rules.STEPS, days, strict=True))
        if cancelled:
            state = "cancelled"
        elif done["done"]:
            state = "done"
        else:
            state = "late" if effective <= today else "running"
        left = (date.fromisoformat(effective) - date.fromisoformat(today)).days
        found.append(Handover(client, name, begun, giver, taker, effective, done, state, left))
    return tuple(found)


@query(Capability.READ_DESK)
def tasks(desk: Desk, login: str = "") -> tuple[Task, ...]:
    """Every learning task, or those of a person: what is under way first, by its due day."""
    today = _today(desk)
    rows = desk.reader.execute(
        "SELECT t.client, c.name, t.login, t.since, t.due, t.done, t.dropped, t.because FROM learning_task t"
        " JOIN client c ON c.code = t.client WHERE :login IN ('', t.login)"
        " ORDER BY t.done IS NOT NULL OR t.dropped IS NOT NULL, t.due, t.client, t.login",
        {"login": login},
    )
    found = []
    for client, name, who, since, due, done, dropped, because in rows:
        state = "done" if done else "dropped" if dropped else "late" if due < today else "open"
        found.append(Task(client, name, who, since, due, done, dropped, because, state))
    return tuple(found)


@query(Capability.READ_DESK)
def substitutions(desk: Desk, day: str = "", login: str = "") -> tuple[Substitution, ...]:
    """Substitutions by first day: all, those that run on a day, or those that a person has a part in."""
    today = _today(desk)
    rows = desk.reader.execute(
        "SELECT s.client, c.name, s.absent, s.substitute, s.first, s.last, s.acknowledged FROM substitution s"
        " JOIN client c ON c.code = s.client WHERE :login IN ('', s.absent, s.substitute)"
        " AND (:day = '' OR (s.first <= :day AND s.last >= :day)) ORDER BY s.first, s.client",
        {"login": login, "day": day},
    )
    return tuple(
        Substitution(client, name, absent, substitute, first, last, acknowledged, _state(first, last, today))
        for client, name, absent, substitute, first, last, acknowledged in rows
    )


def _state(first: str, last: str, today: str) -> str:
    return "planned" if today < first else "over" if last < today else "running"


def _today(desk: Desk) -> str:
    return team.today(desk.reader, desk.now()).isoformat()
