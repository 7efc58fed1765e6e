"""A close that is killed at any moment has either happened or not: the month is open, or closed and whole."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from cli.desk_file import Shell
from desks import house
from intake.folders import load, write
from leadconsole.team import commands as team

WORKS = 1_500
"""So many accepted works that the close takes a while, and that its pages don't fit into one write."""
ROUNDS = int(os.environ.get("LEADCONSOLE_FAULT_ROUNDS", "12"))
"""So often it is killed; LEADCONSOLE_FAULT_ROUNDS=100 for a long run."""
CLOSER = """
import sys
from pathlib import Path
from leadconsole.kernel.clock import clock_from
from leadconsole.kernel.period import Month
from leadconsole.payout import commands
from leadconsole.team.seat import open_desk
desk = open_desk(Path(sys.argv[1]), clock_from(), "anna")
print("begins", flush=True)
while True:
    commands.close(desk, Month(2026, 2))
    print("closed", flush=True)
    commands.reopen(desk, Month(2026, 2), "again")
    print("open", flush=True)
"""


@pytest.fixture
def many(tmp_path: Path) -> Shell:
    """A February of many works, over since two days."""
    made = house(tmp_path / "desk.db", "2026-02-01T10:00:00+03:00")
    made.setting("lead", "anna")
    team.enter(made.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "1000"})
    rows = (f"{n},acme,Work {n},2026-02-02T10:00,{n}.01,2026-02-20T10:00\n" for n in range(1, WORKS + 1))
    load(made, write(tmp_path / "tickets.csv", f"number,client,subject,created,price,accepted\n{''.join(rows)}"))
    made.database.close()
    return Shell(tmp_path, made.database.path)


def test_a_close_that_is_killed_leaves_the_month_open_or_closed(many: Shell) -> None:
    chance = random.Random(20260302)
    found: Counter[str] = Counter()
    hashes = set()
    before, window = 0, 0.25
    for _round in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-c", CLOSER, str(many.desk)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=many.environment(),
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * window)
        process.send_signal(signal.SIGKILL)
        told, err = process.communicate()
        assert err == ""
        reported = len(told.splitlines())
        with closing(sqlite3.connect(many.desk)) as connection:
            state = connection.execute("SELECT hash FROM closed_month").fetchall()
            (lines,) = connection.execute("SELECT count(*) FROM closed_line").fetchone()
            events = connection.execute("SELECT kind FROM event WHERE subject = 'payout' ORDER BY id").fetchall()
        assert (len(state), lines) in ((0, 0), (1, WORKS + 1)), "never between"
        assert events[-1:] in ([], [("closed",)], [("reopened",)])
        assert (events[-1:] == [("closed",)]) == bool(state), "history tells of it together with the month"
        assert reported <= len(events) - before <= reported + 1, "what was reported is there"
        before = len(events)
        found["closed" if state else "open"] += 1
        window *= 0.8 if state else 1.4  # on a busy machine it takes longer until there is something to see
        hashes |= {one for (one,) in state}
        if state:
            again = many.run("payout", "reopen", "2026-02", "--reason", "the next round")
            assert again.status == 0, again.err
            before += 1
    assert set(found) == {"open", "closed"}, found
    assert len(hashes) == 1, "the same month has the same hash, whoever closes it how often"
    assert many.run("check", "--json").json["ok"]
