"""The auto-fill on outside instances and on teams of our own kind.

`python -m tests.benchmarks.roster --seconds 60 1 4 5 6 7` solves the staff-rostering instances as months of ours,
`python -m tests.benchmarks.roster --teams 12 50` says when a legal plan is there and how near it is to the best.

`--seeds 1 2 3` makes other teams of the same sizes, `--kinds` teams of other kinds: without clients or wishes, with
tight demand, own limits, a part published (`all` for all of them). `--best` is a file of the best costs known of each
team, from which "30 s apart" counts, and which runs that find better ones write on: a short run is then measured
against the long ones before it. `--seconds 120 --best FILE` once, then `--seconds 30 --best FILE`.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import product
from pathlib import Path

from leadconsole.roster.fill.month import filling
from leadconsole.roster.fill.process import Running
from leadconsole.roster.rules.check import Checker

from .instances import BEST_KNOWN, HOURS, as_month, judged, read
from .teams import KINDS, month, searched

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "roster"


def main() -> None:
    """Print what the auto-fill makes of what is asked for, one after another."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.roster", description=__doc__)
    parser.add_argument("instances", type=int, nargs="*")
    parser.add_argument("--teams", type=int, nargs="*", default=[])
    parser.add_argument("--seeds", type=int, nargs="*", default=[])
    parser.add_argument("--kinds", nargs="*", choices=[*KINDS, "all"], default=["plain"])
    parser.add_argument("--best", type=Path)
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
    known: dict[str, int] = json.loads(given.best.read_text()) if given.best and given.best.exists() else {}
    kinds = KINDS if "all" in given.kinds else given.kinds
    sys.stdout.write(
        f"{'team':>18} {'legal after':>12} {'at 5 s':>9} {'at 30 s':>9} {'end':>9} {'bound':>9} {'30 s apart':>10}\n"
    )
    for size, seed, kind in product(given.teams, given.seeds or [None], kinds):
        name = f"{size} {kind}" + ("" if seed is None else f" {seed}")
        facts, plan = month(size, seed, kind)
        told = searched(facts, plan, given.seconds, (*marks, given.seconds), given.workers)
        (early, _low), (later, _lower), (end, bound) = (told.at[mark] for mark in (*marks, given.seconds))
        if end is not None:
            known[name] = min(end, known.get(name, end))
        legal = "no" if told.legal is None else f"{told.legal:.1f} s"
        apart = f"{100 * (later - known[name]) / known[name]:.1f} %" if later and known[name] else ""
        sys.stdout.write(
            f"{name:>18} {legal:>12} {early or '':>9} {later or '':>9} {end or '':>9} {bound or '':>9} {apart:>10}\n"
        )
        sys.stdout.flush()
        if given.best:
            given.best.write_text(json.dumps(known, indent=1) + "\n")


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
