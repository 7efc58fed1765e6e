"""Kills and crowds: what was reported is there, once; what was cut off has left the desk as it was."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from cli.desk_file import Shell

SECONDS = float(os.environ.get("LEADCONSOLE_FAULT_SECONDS", "4"))
"""How long the crowd writes; LEADCONSOLE_FAULT_SECONDS=20 is the full length."""

WRITES = 200
WRITER = """
import sys
from pathlib import Path
from leadconsole.kernel.clock import clock_from
from leadconsole.team.seat import open_desk
from leadconsole.tickets import commands
desk = open_desk(Path(sys.argv[1]), clock_from(), "anna")
word, count = sys.argv[2], int(sys.argv[3])
for place in range(count):
    commands.note(desk, 1, f"{word} {place}")
    print(f"{word} {place}", flush=True)
"""
RESTORER = """
import sys
from pathlib import Path
from leadconsole.kernel import backup
from leadconsole.kernel.clock import clock_from
print("begins", flush=True)
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), clock_from())
"""


def started(shell: Shell, program: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that runs a program on the desk."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=shell.environment(),
    )


def notes(shell: Shell) -> list[str]:
    """The notes that are there."""
    return [one["text"] for one in shell.run("ticket", "show", "1", "--json").json["timeline"]]


def is_clean(shell: Shell) -> bool:
    """What `leadconsole check` says."""
    clean: bool = shell.run("check", "--json").json["ok"]
    return clean


def test_a_kill_at_any_moment_loses_nothing_that_was_reported(shell: Shell) -> None:
    chance = random.Random(20260302)
    reported: list[str] = []
    rounds = 0
    while len(reported) < WRITES:
        rounds += 1
        process = started(shell, WRITER, str(shell.desk), f"round{rounds}", str(WRITES))
        assert process.stdout is not None
        wanted = chance.randrange(1, 45)
        for line in process.stdout:
            reported.append(line.strip())
            wanted -= 1
            if wanted == 0:
                time.sleep(chance.random() * 0.004)
                process.send_signal(signal.SIGKILL)
                break
        rest, err = process.communicate()
        assert err == ""
        reported += rest.splitlines()
    assert rounds > 4
    there = notes(shell)
    assert set(reported) <= set(there)
    assert len(there) == len(set(there)) <= len(reported) + rounds
    assert is_clean(shell)


def test_eight_writers_at_once_see_no_lock_and_lose_nothing(shell: Shell) -> None:
    crowd = [started(shell, WRITER, str(shell.desk), f"writer{number}", "1000000") for number in range(8)]
    # Eight interpreters start slowly on few cores; the time counts from when all of them write.
    with closing(sqlite3.connect(f"file:{shell.desk}?mode=ro", uri=True)) as connection:
        question = "SELECT count(DISTINCT substr(text, 1, 7)) FROM event WHERE text LIKE 'writer%'"
        until = time.monotonic() + 60
        while connection.execute(question).fetchone()[0] < len(crowd) and time.monotonic() < until:
            time.sleep(0.05)
    time.sleep(SECONDS)
    for process in crowd:
        process.send_signal(signal.SIGKILL)
    reported: list[str] = []
    for process in crowd:
        out, err = process.communicate()
        assert err == ""
        lines = out.splitlines()
        assert lines, "every writer must have had its turn"
        # The last line may have been cut by the kill.
        reported += lines if out.endswith("\n") else lines[:-1]
    there = notes(shell)
    assert set(reported) <= set(there)
    assert len(there) == len(set(there)) <= len(reported) + len(crowd)
    assert is_clean(shell)


def test_commands_at_once_are_all_done(shell: Shell) -> None:
    """As scripts call it: processes that open, write and close beside each other, and some that only read."""
    lines = [shell.line("ticket", "note", "1", f"note {place}") for place in range(16)]
    lines += [shell.line("queue", "--json"), shell.line("check")] * 2
    crowd = [
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=shell.environment())
        for line in lines
    ]
    for process in crowd:
        _out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
    assert sorted(notes(shell)) == sorted(f"note {place}" for place in range(16))
    assert is_clean(shell)


def test_a_restore_that_is_killed_leaves_the_old_desk_or_the_new_one(shell: Shell) -> None:
    chance = random.Random(20260303)
    copy = shell.folder / "copy.db"
    assert shell.run("ticket", "note", "1", "-", stdin="x" * 400_000).status == 0
    assert shell.run("backup", str(copy)).status == 0
    shell.run("ticket", "note", "1", "later")
    for _round in range(8):
        process = started(shell, RESTORER, str(copy), str(shell.desk))
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        time.sleep(chance.random() * 0.12)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        there = notes(shell)
        assert there[0] == "x" * 400_000
        assert there[1:] in ([], ["later"])
        assert is_clean(shell)
        if len(there) == 1:
            kept = [Shell(shell.folder, path) for path in shell.folder.glob("desk.before-restore-*.db")]
            assert any(notes(one)[1:] == ["later"] for one in kept), "what was there is kept"
            shell.run("ticket", "note", "1", "later")


def test_an_import_that_is_killed_has_taken_all_or_nothing(shell: Shell) -> None:
    """Killed while it reads, and the moment that it begins to write."""
    rows = [f"{number},acme,Subject {number},2026-03-01T10:00" for number in range(100, 5100)]
    path = shell.folder / "tickets.csv"
    path.write_text("\n".join(["number,client,subject,created", *rows]))
    chance = random.Random(20260304)
    seen = []
    for attempt in range(5):
        process = subprocess.Popen(
            shell.line("import", str(path)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=shell.environment()
        )
        log = Path(f"{shell.desk}-wal")
        size = log.stat().st_size if log.exists() else 0
        deadline = time.monotonic() + 0.2 + (chance.random() if attempt else 0)
        while time.monotonic() < deadline and not (log.exists() and log.stat().st_size > size):
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.append(shell.tickets())
    assert set(seen) <= {3, 5003}
    assert seen[0] == 3
    assert is_clean(shell)
    assert shell.run("import", str(path)).status == 0
    assert shell.tickets() == 5003
    assert is_clean(shell)
