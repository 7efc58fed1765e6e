"""Months of made-up teams of our own kind: lines, absences, wishes, nights, clients; each size and seed its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from leadconsole.kernel.period import Month
from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence, Cell, DemandRow, MonthFacts, Person, ShiftType, Wish
from leadconsole.roster.rules.names import DEFAULTS, RuleName, Severity
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
KINDS = ("plain", "no-clients", "no-wishes", "tight", "own-limits", "published")


def month(size: int, seed: int | None = None, kind: str = "plain") -> tuple[MonthFacts, dict[Cell, str]]:
    """A made-up team of one of the kinds, and what stands in its plan already."""
    facts = team(size, seed)
    plan: dict[Cell, str] = {}
    logins = [one.login for one in facts.people]
    random = Random(f"{size} {seed} {kind}")
    if kind == "no-clients":
        facts = replace(facts, cover={})
    elif kind == "no-wishes":
        facts = replace(facts, wishes={})
    elif kind == "tight":
        facts = replace(facts, demand=(*facts.demand, DemandRow("workday", 9 * 60, 18 * 60, 0, max(1, size // 3))))
    elif kind == "own-limits":
        strict = (RuleName.MIN_CONSECUTIVE, RuleName.MIN_DAYS_OFF, RuleName.MAX_WEEKENDS)
        rules = DEFAULTS | {name: DEFAULTS[name]._replace(severity=Severity.HARD) for name in strict}
        limits = {
            login: {
                (RuleName.MAX_CONSECUTIVE, ""): random.choice((4, 5)),
                (RuleName.MAX_SHIFTS, "N"): random.choice((2, 5)),
            }
            for login in random.sample(logins, size // 2)
        }
        facts = replace(facts, rules=rules, own_limits=dict(limits))
    elif kind == "published":
        for place, login in enumerate(random.sample(logins, size // 3)):
            days = [day for number, day in enumerate(facts.days) if number % 7 < 5 and facts.available(login, day)]
            plan |= {(login, day): "MD"[place % 2] for day in days}
    return facts, plan


def team(size: int, seed: int | None = None) -> MonthFacts:
    """A month of a team around the clock, as large as its demand allows."""
    random = Random(size if seed is None else f"{size} {seed}")
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


def searched(
    facts: MonthFacts, given: dict[Cell, str], seconds: float, marks: tuple[float, ...], workers: int = 2
) -> Told:
    """Fill the empty part of a month; every plan is checked as the program checks it."""
    made = filling(facts, given)
    running = Running(made.problem, seconds, workers=workers)
    legal = None
    at: dict[float, tuple[int | None, int | None]] = {}
    best: int | None = None
    bound: int | None = None
    plan = given
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
