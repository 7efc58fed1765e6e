"""Measures sessions over the network: `python -m tests.benchmarks.remote bytes lag slow crowd`.

`bytes` and `lag` go through a real sshd and a proxy that counts and throttles; `crowd` starts the forced command in
ptys of its own, so that neither server nor clients of ssh use up the cores that the sessions are measured on.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # tests, as pytest has it

from remote import sshd

from ..terminal import Terminal
from . import crowd
from .line import Line

HERE = Path(__file__).parent
HELLO = HERE.parent / "hello.py"
MOVES, RATE = 200, 30
QUEUE, TO_VIEW_ALL, PANE = "2", "[", "i"


def say(line: str) -> None:
    """Write one line for the person who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def verdict(name: str, value: float, bar: float, unit: str = "") -> None:
    """A figure beside its bar."""
    say(f"{'met   ' if value <= bar else 'MISSED'} {name}: {value:,.2f}{unit} (bar {bar:,}{unit})")


def remote(server: sshd.Server, line: Line, *options: str) -> Terminal:
    """A session through the line."""
    through = sshd.Server(server.folder, server.desk, line.port, server.process)
    return Terminal([*through.client(sshd.logins(server.desk)[0], "-tt", *options)], dict(os.environ))


def measure_bytes(server: sshd.Server, options: Iterable[str]) -> None:
    """What a start and a move send over the wire, all of SSH included."""
    with Line(server.port) as line, remote(server, line, *options) as seen:
        ms = seen.wait_for("Today")
        seen.rest(1.5)
        verdict(f"start on the wire ({ms:,.0f} ms)", line.to_client / 1000, 40, " KB")
        seen.press(QUEUE, 0.5)
        seen.rest(1.0)
        seen.press(TO_VIEW_ALL, 0.5)
        if "│" in seen.text():
            seen.press(PANE, 0.3)
        seen.rest(1.0)
        before, written = line.to_client, 0
        for _ in range(MOVES):
            written += seen.press("down", 0.06).bytes
        seen.rest(0.5)
        verdict("a move on the wire, pane closed", (line.to_client - before) / MOVES, 1000, " bytes")
        say(f"       of them written by the program: {written / MOVES:,.0f}")
        before = line.to_client
        seen.rest(10)
        say(f"       ten seconds at rest: {line.to_client - before} bytes")


def measure_lag(server: sshd.Server, options: Iterable[str], delay: float, rate: float, bar: float) -> None:
    """How long after the last of 60 keys of a held Down the screen goes on."""
    lags = []
    with Line(server.port, delay / 2, rate) as line, remote(server, line, *options) as seen:
        ms = seen.wait_for("Today", timeout=120)
        seen.rest(3.0)
        seen.press(QUEUE, 1.0, patience=10)
        seen.rest(2.0)
        seen.press(TO_VIEW_ALL, 1.0, patience=10)
        if "│" in seen.text():
            seen.press(PANE, 0.5, patience=10)
        seen.rest(1.0)
        for _ in range(3):
            lags.append(held(seen, quiet=max(0.5, 8 * delay)))
            seen.press("g", max(0.5, 8 * delay), patience=10)
            seen.rest(1.0)
    say(f"       start {ms:,.0f} ms; lags {', '.join(f'{lag:.2f}' for lag in lags)} s")
    verdict(f"held Down, {1000 * delay:.0f} ms and {rate:,.0f} bytes/s", statistics.median(lags), bar, " s")


def held(seen: Terminal, quiet: float) -> float:
    """Seconds from the last key of a held Down to the last change; `quiet` is longer than the line ever pauses."""
    begun = sent = time.perf_counter()
    chunks = []
    for number in range(2 * RATE):
        due = begun + number / RATE
        while (left := due - time.perf_counter()) > 0:
            chunks += seen._collect(patience=left, quiet=left, limit=left)
        sent = seen._send("down")
    chunks += seen._collect(patience=quiet, quiet=quiet, limit=60.0)
    changes = [chunk.at for chunk in chunks if seen._show(chunk)]
    return max(0.0, changes[-1] - sent) if changes else 0.0


def measure_crowd(desk: Path, many: int, seconds: float, notes: float) -> None:
    """Thirty sessions at once beside one alone, before and after, in the same run."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LEADCONSOLE_", "LC_"))
    } | {
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22",
    }  # fmt: skip
    logins = sshd.logins(desk)

    def command(login: str) -> list[str]:
        return [sshd.program(), "connect", login, "--db", str(desk)]

    chance = random.Random(7)

    bare = crowd.start([sys.executable, str(HELLO)], environment)
    crowd.settle([bare], 3)
    hello = crowd.megabytes([bare])[0]
    crowd.end([bare])

    def alone() -> list[float]:
        one = [crowd.start(command(logins[0]), environment)]
        crowd.settle(one, 4)
        os.write(one[0].fd, QUEUE.encode())
        crowd.settle(one, 2)
        crowd.work(one, seconds, chance, notes)
        say(f"       alone: median {crowd.median(one):.1f} ms, p95 {crowd.late(one):.1f} ms, {crowd.counted(one)}")
        crowd.end(one)
        return one[0].answers

    before = alone()
    everybody = []
    for number in range(many):
        everybody.append(crowd.start(command(logins[number % len(logins)]), environment))
        crowd.settle(everybody, 0.7)
    crowd.settle(everybody, 5)
    for one in everybody:
        os.write(one.fd, QUEUE.encode())
    crowd.settle(everybody, 4)
    used = crowd.work(everybody, seconds, chance, notes)
    told = crowd.median(everybody)
    sizes = crowd.megabytes(everybody)
    say(
        f"       {many} sessions: median {told:.1f} ms, p95 {crowd.late(everybody):.1f} ms, "
        f"{crowd.counted(everybody)}, {sum(one.ended for one in everybody)} ended, "
        f"{100 * used / seconds:.0f} % of one core, load {os.getloadavg()[0]:.1f}"
    )
    crowd.end(everybody)
    after = alone()
    verdict(f"{many} sessions beside one", told / statistics.median(before + after), 1.5, " times")
    verdict(f"memory per session beside a bare app ({hello:.0f} MB)", statistics.median(sizes) / hello, 2.8, " times")
    checked = subprocess.run([sshd.program(), "check", "--db", str(desk)], capture_output=True, text=True, check=False)
    say(f"       check: {checked.stdout.strip()}")


def main() -> None:
    """Measure what was asked for, and print how it stands to its bars."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.remote", description=__doc__)
    parser.add_argument("what", nargs="*", default=["bytes", "lag", "crowd"], help="bytes, lag, slow, crowd")
    parser.add_argument("--desk", type=Path, help="a desk to copy for the measurement; else a demo is made")
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--notes", type=float, default=0.05, help="the share of keys that begin a note")
    parser.add_argument("--compression", action="store_true", help="as ssh -C")
    given = parser.parse_args()
    if why := sshd.missing():
        raise SystemExit(why)
    options = ("-C",) if given.compression else ()
    with tempfile.TemporaryDirectory() as folder:
        desk = given.desk
        if desk is None:
            desk = Path(folder) / "demo.db"
            subprocess.run([sshd.program(), "demo", "--into", str(desk)], check=True, capture_output=True)
        if {"bytes", "lag", "slow"} & set(given.what):
            server = sshd.start(Path(folder), desk=desk)
            try:
                if "bytes" in given.what:
                    measure_bytes(server, options)
                if "lag" in given.what:
                    measure_lag(server, options, 0.08, 125_000, 0.15)
                if "slow" in given.what:
                    measure_lag(server, options, 0.3, 2_000, 4.0)
            finally:
                server.stop()
        if "crowd" in given.what:
            own = Path(folder) / "crowd.db"
            shutil.copy(desk, own)
            measure_crowd(own, given.sessions, given.seconds, given.notes)


if __name__ == "__main__":
    main()
