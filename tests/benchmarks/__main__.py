"""Measures the console beside a bare Textual app and a stock DataTable: `python -m tests.benchmarks`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from .bars import Bar, Verdict, lines, verdicts
from .desk import DEFAULT_NOW
from .desks import Cache, Import
from .scenes import console, hello, stock_table
from .steps import Figures, Program, measure, medians

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leadconsole-benchmarks"
IMPORT_BARS = (
    Bar("import, s", "seconds", 60),
    Bar("import, peak MB", "megabytes", 300),
)


def say(line: str = "") -> None:
    """Write one line for the person who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--tickets", type=int, nargs="*", default=[1_000, 1_000_000], help="sizes of desks")
    parser.add_argument("--runs", type=int, default=5, help="interleaved runs; medians are shown")
    parser.add_argument("--rest", type=float, default=10.0, help="seconds of idling")
    parser.add_argument("--import", dest="load", type=int, nargs="?", const=100_000, help="measure an import")
    parser.add_argument("--out", type=Path, help="write all figures as JSON here")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where desks are kept (%(default)s)")
    parser.add_argument("--fresh", action="store_true", help="make the desks again")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--now", type=datetime.fromisoformat, default=DEFAULT_NOW, help="ISO 8601 with offset")
    parser.add_argument("--live", action="store_true", help="don't freeze the program's clock at --now")
    parser.add_argument("--program", default="", help="the leadconsole to measure; else this Python's own")
    parser.add_argument("--screens", action="store_true", help="show the last screen of each program")
    return parser.parse_args()


def surroundings(given: argparse.Namespace) -> dict[str, str]:
    """The environment of every program: this one's without desk, language or config of the person."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEADCONSOLE_", "LC_"))}
    for name in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR", "LANGUAGE"):
        kept.pop(name, None)  # without .pyc files everything starts four times slower
    home = given.cache / "home"
    kept |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    if not given.live:
        kept["LEADCONSOLE_NOW"] = given.now.isoformat()
    return kept | {"LANG": "C.UTF-8"}


def own_program() -> list[str]:
    """The leadconsole installed beside this Python, else the module."""
    script = shutil.which("leadconsole", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "leadconsole"]


def measure_all(programs: list[Program], runs: int, screens: bool) -> dict[str, list[Figures]]:
    """Run every program in turn, as often as asked, after one start each that doesn't count."""
    found: dict[str, list[Figures]] = defaultdict(list)
    for program in programs:
        measure(Program(program.name, program.command, program.ready, (), program.environment))
    for number in range(1, runs + 1):
        for program in programs:
            begun = time.perf_counter()
            figures, screen = measure(program)
            found[program.name].append(figures)
            say(f"run {number} of {runs}: {program.name}, {time.perf_counter() - begun:.0f} s")
            if screens and number == runs:
                say(screen)
    return found


def judge_import(cost: Import) -> list[Verdict]:
    """How an import stands to its bars."""
    name = f"{cost.tickets:,} tickets"
    values = asdict(cost)
    return [Verdict(name, bar, values[bar.figure], None, None, values[bar.figure] <= bar.limit) for bar in IMPORT_BARS]


def silent(figures: Mapping[str, Figures]) -> list[str]:
    """Steps with keys that changed nothing: a sign that scenes.py names other keys than the screen."""
    return [
        f"{program}: {value:.0f} keys of {name.removesuffix('.silent')!r} changed nothing"
        for program, found in figures.items()
        for name, value in found.items()
        if name.endswith(".silent") and value
    ]


def main() -> None:
    """Make the desks, measure all programs, print how they stand to the bars, write the figures."""
    given = arguments()
    environment = surroundings(given)
    program = given.program.split() or own_program()
    given.cache.mkdir(parents=True, exist_ok=True)
    cache = Cache(given.cache, program, environment, given.seed, given.now)
    desks, programs = [], [hello(environment, given.rest), stock_table(environment, given.rest)]
    for tickets in sorted(given.tickets):
        say(f"desk of {tickets:,} tickets …")
        command = [*program, "--lang", "en", "--db", str(cache.database(tickets, fresh=given.fresh))]
        desks.append(f"{tickets:,} tickets")
        programs.append(console(desks[-1], command, environment, given.rest))
    runs = measure_all(programs, given.runs, given.screens)
    middle = {name: medians(figures) for name, figures in runs.items()}
    judged = list(verdicts(middle, desks))
    if given.load:
        say(f"import of {given.load:,} tickets …")
        judged += judge_import(cache.measure_import(given.load))
    say()
    for name, figures in middle.items():
        say(f"{name}: " + ", ".join(f"{figure} {value:,.1f}" for figure, value in figures.items()))
    say()
    for line in [*lines(judged), *silent(middle)]:
        say(line)
    if given.out:
        host = {"at": time.strftime("%FT%T%z"), "python": platform.python_version(), "cpus": os.cpu_count()}
        result = {"host": host, "runs": runs, "medians": middle, "bars": [asdict(one) for one in judged]}
        given.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
