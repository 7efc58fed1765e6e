"""The auto-fill on outside instances and on teams of our own kind.

`python -m tests.benchmarks.roster --seconds 60 1 4 5 6 7` solves the staff-rostering instances as months of ours,
`python -m tests.benchmarks.roster --teams 12 50` says when a legal plan is there and how near it is to the best.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker

from .instances import BEST_KNOWN, HOURS, as_month, judged, read
from .teams import searched, team

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "roster"


def main() -> None:
    """Print what the auto-fill makes of what is asked for, one after another."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.roster", description=__doc__)
    parser.add_argument("instances", type=int, nargs="*")
    parser.add_argument("--teams", type=int, nargs="*", default=[])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cases", type=Path, default=CASES)
    given = parser.parse_args()
    if given.teams:
        _teams(given)
    if given.instances or not given.teams:
        _instances(given)


def _teams(given: argparse.Namespace) -> None:
    marks = (5.0, 30.0)
    sys.stdout.write(
        f"{'people':>8} {'legal after':>12} {'at 5 s':>9} {'at 30 s':>9} {'end':>9} {'bound':>9} {'30 s apart':>10}\n"
    )
    for size in given.teams:
        told = searched(team(size), given.seconds, (*marks, given.seconds), given.workers)
        (early, _low), (later, _lower), (best, bound) = (told.at[mark] for mark in (*marks, given.seconds))
        legal = "no" if told.legal is None else f"{told.legal:.1f} s"
        apart = f"{100 * (later - best) / best:.1f} %" if later and best else ""
        sys.stdout.write(
            f"{size:>8} {legal:>12} {early or '':>9} {later or '':>9} {best or '':>9} {bound or '':>9} {apart:>10}\n"
        )
        sys.stdout.flush()


def _instances(given: argparse.Namespace) -> None:
    given.instances = given.instances or [1, 4]
    sys.stdout.write(
        f"{'instance':>8} {'ours':>7} {'best known':>10} {'apart':>7} {'bound':>7} {'seconds':>7}  broken\n"
    )
    for number in given.instances:
        instance = read(given.cases / f"Instance{number}.txt")
        month = as_month(instance)
        made = filling(month.facts, {}, points=month.points)
        running = Running(made.problem, given.seconds, workers=given.workers)
        list(running.steps())
        best, known = running.best, BEST_KNOWN.get(number)
        if best is None or best.plan is None:
            sys.stdout.write(f"{number:>8} no plan\n")
            continue
        plan = made.plan_of(best.plan)
        total, wrong = judged(instance, month.assignment(instance, plan))
        hard = Checker(month.facts, plan).report().hard
        bound = "" if running.last.bound is None else -(-running.last.bound // HOURS)
        apart = f"{100 * (total - known) / known:.1f} %" if known else ""
        sys.stdout.write(
            f"{number:>8} {total:>7} {known or '':>10} {apart:>7} {bound:>7}"
            f" {running.last.seconds:>7.1f}  {len(wrong)} + {hard}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
