"""Solves the staff-rostering instances with our auto-fill: `python -m tests.benchmarks.roster --seconds 60 1 4`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker

from .instances import BEST_KNOWN, HOURS, as_month, judged, read

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "roster"


def main() -> None:
    """Solve each instance in turn, each in a process of its own, and print the objective as the format counts it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.roster", description=__doc__)
    parser.add_argument("instances", type=int, nargs="*", default=[1, 4])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cases", type=Path, default=CASES)
    given = parser.parse_args()
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
