"""Months of made-up teams of our own kind: lines, absences, wishes, nights, clients; the same for the same size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from leadconsole.kernel.period import Month
from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence, Cell, DemandRow, MonthFacts, Person, ShiftType, Wish
from leadconsole.team.production_calendar import country_days, is_work_day

MONTH = Month(2026, 12)
TYPES = {
    one.code: one
    for one in (
        ShiftType("M", "Morning", 8 * 60, 17 * 60, 60),
        ShiftType("D", "Day", 9 * 60, 18 * 60, 60),
        ShiftType("E", "Evening", 13 * 60, 22 * 60, 60),
        ShiftType("N", "Night", 21 * 60, 9 * 60, 60),
    )
}
_LINES = ((1,), (1,), (1, 2), (2,), (2, 3), (1, 2))


def team(size: int) -> MonthFacts:
    """A month of a team around the clock, as large as its demand allows."""
    random = Random(size)
    public = country_days("RU", [MONTH.year])
    days = [day.isoformat() for day in MONTH.dates()]
    people = tuple(
        Person(
            f"p{number:02}", f"P{number:02}", _LINES[number % len(_LINES)], 1200 if number % 11 == 10 else 2400,
            "Asia/Yekaterinburg" if number % 7 == 6 else None,
            started="2026-12-14" if number == 8 else None,
        )
        for number in range(size)
    )  # fmt: skip
    absences, wishes = {}, {}
    for one in people:
        if random.random() < 0.3:
            first = MONTH.first + timedelta(days=random.randrange(-5, 28))
            last = first + timedelta(days=random.choice((2, 4, 13)))
            absences[one.login] = (Absence(first.isoformat(), last.isoformat(), "vacation"),)
        for _wish in range(random.randrange(4)):
            what = random.choice(("off", "off", "any", *TYPES))
            wishes[one.login, random.choice(days)] = Wish(what, random.choice((5, 3, 2, 1, -2, -4)))
    part = size / 12
    rows = (
        ("workday", 9, 18, 1, 2), ("workday", 9, 18, 2, 1), ("workday", 18, 22, 1, 1), ("weekend", 9, 22, 0, 1),
        ("holiday", 9, 22, 0, 1),
    )  # fmt: skip
    demand = [
        DemandRow(day, begin * 60, end * 60, line, max(1, round(people * part)))
        for day, begin, end, line, people in rows
    ]
    demand += [DemandRow(day, 22 * 60, 9 * 60, 0, max(1, size // 20)) for day in ("workday", "weekend", "holiday")]
    clients = {
        f"client{number:03}": frozenset(one.login for one in random.sample(people, 3)) for number in range(4 * size)
    }
    working = frozenset(day for day in days if is_work_day(date.fromisoformat(day), public))
    return MonthFacts(
        month=MONTH,
        timezone="Europe/Moscow",
        country="RU",
        types=TYPES,
        people=people,
        absences=absences,
        demand=tuple(demand),
        wishes=wishes,
        public_days=public,
        working_days=working,
        cover=dict.fromkeys(working, clients),
    )


@dataclass(frozen=True)
class Told:
    """How a search went: seconds until the first plan without a hard finding, cost and bound by the seconds asked."""

    legal: float | None
    hard: int
    at: dict[float, tuple[int | None, int | None]]
    proven: bool


def searched(facts: MonthFacts, seconds: float, marks: tuple[float, ...], workers: int = 2) -> Told:
    """Fill an empty month; every plan is checked as the program checks it."""
    made = filling(facts, {})
    running = Running(made.problem, seconds, workers=workers)
    legal, plan = None, {}
    at: dict[float, tuple[int | None, int | None]] = {}
    best: int | None = None
    bound: int | None = None
    empty: dict[Cell, str] = {}
    plan = empty
    for step in running.steps():
        for mark in marks:
            if step.seconds > mark:
                at.setdefault(mark, (best, bound))
        best = step.best if step.best is not None else best
        bound = step.bound if step.bound is not None else bound
        if step.plan is not None:
            plan = made.plan_of(step.plan)
            if legal is None and not Checker(facts, plan).report().hard:
                legal = step.seconds
    for mark in marks:
        at.setdefault(mark, (best, bound))
    return Told(legal, Checker(facts, plan).report().hard, at, running.last.proven)
