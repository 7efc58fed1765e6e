"""Times one edited cell of a big month: `python -m tests.benchmarks.roster.editing --people 50 --clients 300`.

Processor time, not the clock on the wall: the machine may have other work. The whole month made anew stands beside.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from leadconsole.kernel.period import Month
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import DemandRow, MonthFacts, Person, ShiftType
from leadconsole.roster.screen import board
from leadconsole.roster.screen.findings import FindingSource
from leadconsole.roster.telling import folded

MARCH = Month(2026, 3)
VISIBLE = 16
_TYPES = {
    one.code: one
    for one in (
        ShiftType("D", "Day", 540, 1080, 60), ShiftType("E", "Evening", 780, 1320, 60),
        ShiftType("N", "Night", 1260, 540, 60),
    )
}  # fmt: skip


def big_month(people: int, clients: int, seed: int = 7) -> tuple[MonthFacts, dict[tuple[str, str], str]]:
    """A month of so many people, five days of seven at work, whose clients are each known to three of them."""
    dice = random.Random(seed)
    days = [day.isoformat() for day in MARCH.dates()]
    working = frozenset(day for day in days if date.fromisoformat(day).weekday() < 5)
    team = tuple(Person(f"p{n:02}", f"Person {n}", (n % 3 + 1,)) for n in range(people))
    knowing = {f"c{n:03}": frozenset(one.login for one in dice.sample(team, min(3, len(team)))) for n in range(clients)}
    demand = tuple(
        DemandRow(day, starts * 60, ends * 60, line, max(1, people * share // 100))
        for day, starts, ends, line, share in (
            ("workday", 9, 18, 1, 16), ("workday", 9, 18, 2, 12), ("workday", 18, 22, 1, 6), ("workday", 0, 24, 3, 4),
            ("weekend", 9, 18, 0, 10),
        )
    )  # fmt: skip
    facts = MonthFacts(
        MARCH, "Europe/Moscow", "RU", _TYPES, team, demand=demand, working_days=working,
        cover=dict.fromkeys(sorted(working), knowing),
    )  # fmt: skip
    plan = {
        (one.login, day): dice.choice("DDEN")
        for row, one in enumerate(team)
        for place, day in enumerate(days)
        if (place + row) % 7 < 5
    }
    return facts, plan


class Editing:
    """Somebody who sets one cell after the other."""

    def __init__(self, facts: MonthFacts, plan: dict[tuple[str, str], str]) -> None:
        self.facts = facts
        self.checker = Checker(facts, plan)
        self.month = RosterMonth(facts, plan, None)
        self.dice = random.Random(3)
        self.checker.report()

    def edit(self) -> None:
        """Set some cell."""
        login = self.dice.choice(self.facts.people).login
        self.checker.set(login, self.dice.choice(self.facts.days), self.dice.choice(["D", "E", "N", None]))

    def check(self) -> None:
        """Make the findings of the whole month again."""
        self.checker.report()

    def show(self) -> None:
        """The findings, the grid, and the rows of the list that are seen."""
        report = folded(self.checker.report())
        board.board(self.month, self.checker, report, board.MONTH, "")
        FindingSource(self.checker, report.findings).load(0, VISIBLE)

    def anew(self) -> None:
        """Check a month that nobody has checked before."""
        Checker(self.facts, self.checker.plan()).report()


def milliseconds(one: Editing, work: Callable[[], None], times: int) -> list[float]:
    """What the work costs after each of so many edits, in processor time."""
    found = []
    for _edit in range(times):
        one.edit()
        begin = time.process_time()
        work()
        found.append((time.process_time() - begin) * 1000)
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.roster.editing", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--edits", type=int, default=60)
    given = parser.parse_args()
    one = Editing(*big_month(given.people, given.clients))
    sys.stdout.write(f"{given.people} people, {given.clients} clients, {MARCH}; ms of processor time an edit\n")
    sys.stdout.write(f"{'':28} {'least':>7} {'median':>7} {'most':>7}\n")
    for title, work in (
        ("check after an edited cell", one.check),
        ("check, grid and list", one.show),
        ("whole month checked anew", one.anew),
    ):
        figures = milliseconds(one, work, given.edits)
        told = f"{min(figures):>7.1f} {statistics.median(figures):>7.1f} {max(figures):>7.1f}"
        sys.stdout.write(f"{title:28} {told}\n")


if __name__ == "__main__":
    main()
