"""Measures what-if, depth plan and painting on 1,000 clients × 50 people: `python -m tests.benchmarks.cover`."""

from __future__ import annotations

import argparse
import asyncio
import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from leadconsole.curation import queries
from leadconsole.curation.deepening import depth_plan
from leadconsole.curation.facts import Absence
from leadconsole.curation.whatif import what_if
from leadconsole.intake.commands import import_paths
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import FrozenClock, instant
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk

from .painting import painting

NOW = datetime(2026, 10, 28, 9, tzinfo=UTC)
Answer = TypeVar("Answer")
SMALL = (10, 20, 200)
"""People, clients and tickets of the desk that the large one is compared with."""
PAINTED, MOVED = 1.5, 1.15
"""Times the small desk: the same cost but for what two runs of the same differ by."""
LIMITS = {"what-if, s": 1.0, "depth plan, s": 5.0}


def main() -> None:
    """Make the desk, ask both questions several times, print the medians beside their limits."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cover", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--tickets", type=int, default=10_000, help="of the last 13 weeks")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = made(Path(folder) / "large", given.people, given.clients, given.tickets, Random(given.seed))
        rows = list(measured(desk, given.people, given.runs, Random(given.seed)))
        small = made(Path(folder) / "small", *SMALL, Random(given.seed))
        painted = asyncio.run(painting({"small": small, "large": desk}, given.runs))
        for one in (small, desk):
            one.database.close()
    for name, seconds, said in rows:
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"  limit {limit:g}  {'met' if seconds <= limit else 'MISSED'}"
        sys.stdout.write(f"{name:<24} {seconds:>7.3f}{verdict}  {said}\n")
    for step, milliseconds in painted["large"].items():
        ratio, limit = milliseconds / painted["small"][step], PAINTED if step == "painted" else MOVED
        verdict = "met" if ratio <= limit else "MISSED"
        sys.stdout.write(f"{step + ', ms of processor':<24} {milliseconds:>7.1f}  ")
        sys.stdout.write(f"{ratio:.2f} × {SMALL[0]} × {SMALL[1]}, limit {limit:g} {verdict}\n")


def measured(desk: Desk, people: int, runs: int, random: Random) -> Iterator[tuple[str, float, str]]:
    """What was asked, the median of the seconds it took, and what came out."""
    asked = []
    for _run in range(runs):
        first = date(2026, 11, 2)
        logins = random.sample(range(people), 3)
        asked.append([Absence(f"p{n:02}", first.isoformat(), (first + timedelta(27)).isoformat()) for n in logins])
    answers = [timed(lambda absences=absences: what_if(desk, absences)) for absences in asked]  # type: ignore[misc]
    proved = sum(answer.proved for _seconds, answer in answers)
    clients = statistics.median(len(answer.clients) for _seconds, answer in answers)
    yield "what-if, s", statistics.median(seconds for seconds, _a in answers), f"{clients:g} clients, {proved} proved"
    for depth in (2, 4):
        seconds, plan = timed(lambda depth=depth: depth_plan(desk, depth))  # type: ignore[misc]
        yield "depth plan, s", seconds, f"depth {depth}, {plan.missing} pairs"
    seconds, matrix = timed(lambda: queries.matrix(desk))
    yield "matrix, s", seconds, f"{len(matrix.cells)} cells"
    seconds, _evidence = timed(lambda: queries.evidence(desk))
    yield "evidence, s", seconds, ""


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """What the work took of the processor, and what it gave: on a busy machine the clock on the wall says little."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def made(folder: Path, people: int, clients: int, tickets: int, random: Random) -> Desk:
    """A desk on which every client has a lead and one to three curators, and work that goes to them."""
    folder.mkdir()
    logins = [f"p{n:02}" for n in range(people)]
    cover = {f"c{n:04}": random.sample(logins, random.randint(2, 4)) for n in range(clients)}
    busy = [code for code in cover for _share in range(min(40, int(random.paretovariate(1.2))))]
    write(folder / "people.csv", "login,name,role", ([login, login, "specialist"] for login in logins))
    write(folder / "clients.csv", "code,name", ([code, code] for code in cover))
    write(
        folder / "curation.csv",
        "client,login,since,level",
        (
            [code, login, "2026-01-01", "lead" if place == 0 else "curator"]
            for code, known in cover.items()
            for place, login in enumerate(known)
        ),
    )
    hours = ((day, opens, closes) for day in ("mon", "tue", "wed", "thu", "fri") for opens, closes in HOURS)
    write(folder / "calendars.csv", "calendar,weekday,opens,closes", (["office", *one] for one in hours))
    write(folder / "settings.csv", "key,value", [["calendar", "office"], ["timezone", "Europe/Moscow"]])
    rows = []
    for number in range(1, tickets + 1):
        code = random.choice(busy)
        created = NOW - timedelta(minutes=random.randrange(60, 91 * 1440))
        resolved = created + timedelta(minutes=int(random.paretovariate(1.1) * 40))
        who = random.choice(cover[code][:2])
        done = resolved < NOW
        rows.append([
            str(number), code, "work", created.isoformat(), "accepted" if done else "open", who,
            resolved.isoformat() if done else "",
        ])  # fmt: skip
    write(folder / "tickets.csv", "number,client,subject,created,status,assignee,resolved", rows)
    clock = FrozenClock(instant(NOW))
    desk = Desk(open_database(folder / "desk.db", clock, create=True), clock, Actor("p00", Role.LEAD))
    import_paths(desk, [path for path in folder.iterdir() if path.suffix == ".csv"])
    return desk


HOURS = (("09:00", "13:00"), ("14:00", "18:00"))


def write(path: Path, head: str, rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(head + "\n")
        csv.writer(file).writerows(rows)


if __name__ == "__main__":
    main()
