"""Kills, crowds and full disks: what was reported is there, what failed has changed nothing."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.desk_file import NOW, Shell
from desks import as_nobody
from leadconsole.kernel.database import SCHEMA_VERSION

SECONDS = float(os.environ.get("LEADCONSOLE_FAULT_SECONDS", "4"))
"""How long the crowd writes; LEADCONSOLE_FAULT_SECONDS=20 is the full length."""

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


def writer(shell: Shell, word: str, count: int) -> subprocess.Popen[str]:
    """A process that writes notes and reports each once it is safe."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(shell.desk), word, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LEADCONSOLE_NOW": NOW},
    )


def notes(shell: Shell) -> set[str]:
    """The notes that are there."""
    told = shell.run("ticket", "show", "1", "--json").json
    return {one["text"] for one in told["timeline"]}


def test_a_kill_at_any_moment_loses_nothing_that_was_reported(shell: Shell) -> None:
    chance = random.Random(20260302)
    reported: set[str] = set()
    rounds = 0
    while len(reported) < 200:
        rounds += 1
        process = writer(shell, f"round{rounds}", 200)
        assert process.stdout is not None
        wanted = chance.randrange(1, 45)
        for line in process.stdout:
            reported.add(line.strip())
            wanted -= 1
            if wanted == 0:
                time.sleep(chance.random() * 0.004)
                process.send_signal(signal.SIGKILL)
                break
        reported |= {line.strip() for line in process.stdout}
        process.wait()
        process.stdout.close()
    assert rounds > 4
    assert reported <= notes(shell)
    assert shell.run("check", "--json").json["ok"] is True


def test_eight_writers_at_once_see_no_lock_and_lose_nothing(shell: Shell) -> None:
    crowd = [writer(shell, f"writer{number}", 1_000_000) for number in range(8)]
    time.sleep(SECONDS)
    reported: set[str] = set()
    for process in crowd:
        process.send_signal(signal.SIGKILL)
    for process in crowd:
        out, err = process.communicate()
        assert "locked" not in err
        assert "Traceback" not in err, err
        lines = out.splitlines()
        assert lines, "every writer must have had its turn"
        # The last line may have been cut by the kill.
        reported |= set(lines if out.endswith("\n") else lines[:-1])
    assert reported <= notes(shell)
    assert shell.run("check", "--json").json["ok"] is True


def test_a_full_disk_is_told_and_changes_nothing(shell: Shell) -> None:
    before = shell.run("ticket", "show", "1", "--json").json
    size = shell.desk.stat().st_size

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 8, size // 8))

    told = subprocess.run(
        [sys.executable, "-m", "leadconsole", "ticket", "note", "1", "-", "--db", str(shell.desk)],
        input="x" * 400_000,
        capture_output=True,
        text=True,
        env={**os.environ, "LEADCONSOLE_NOW": NOW},
        preexec_fn=no_room,
        check=False,
    )
    assert told.returncode == 3, told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert shell.run("ticket", "show", "1", "--json").json == before
    assert shell.run("check", "--json").json["ok"] is True


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database\n" * 50, b"SQLite format 3\x00" + b"\x07" * 4000]
)
def test_a_file_that_is_no_database(shell: Shell, content: bytes) -> None:
    letter = shell.folder / "letter.db"
    letter.write_bytes(content)
    for arguments in (["queue"], ["ticket", "note", "1", "x"], ["import", str(shell.folder)], ["check"]):
        told = Shell(shell.folder, letter).run(*arguments)
        assert told.status in (1, 3)
        assert len(told.err.strip().splitlines()) == 1
    assert letter.read_bytes() == content
    assert sorted(path.name for path in shell.folder.glob("letter*")) == ["letter.db"]


def test_another_programs_database_stays_as_it_is(shell: Shell) -> None:
    other = shell.folder / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()
    before = other.read_bytes()
    told = Shell(shell.folder, other).run("import", str(shell.folder), "--json")
    assert (told.status, told.json["error"]["code"]) == (3, "not_a_desk")
    assert other.read_bytes() == before


def test_a_newer_desk_and_missing_places(shell: Shell) -> None:
    with sqlite3.connect(shell.desk) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    assert shell.run("queue", "--json").json["error"]["code"] == "newer_database"
    assert shell.run("queue").status == 3
    nowhere = Shell(shell.folder, shell.folder / "no" / "such" / "desk.db")
    (shell.folder / "clients.csv").write_text("code,name\nacme,Acme\n")
    assert nowhere.run("queue").status == 3
    told = nowhere.run("import", "clients.csv", "--json")
    assert (told.status, told.json["error"]["code"]) == (3, "missing_folder")
    assert Shell(shell.folder, shell.folder).run("queue").status == 3
    link = shell.folder / "link.db"
    link.symlink_to("gone.db")
    assert Shell(shell.folder, link).run("import", "clients.csv").status == 3


def test_a_read_only_desk_says_so(shell: Shell) -> None:
    shell.desk.chmod(0o400)
    told = shell.run("ticket", "note", "1", "x", "--json")
    assert (told.status, told.json["error"]["code"]) == (3, "read_only")
    assert len(told.err.strip().splitlines()) == 1


def test_a_folder_of_somebody_else_says_so(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for parent in tmp_path.parents:
        if parent.name.startswith("pytest"):
            parent.chmod(0o755)
    tmp_path.chmod(0o755)

    def work() -> None:
        from leadconsole.kernel.clock import SystemClock
        from leadconsole.kernel.database import open_database
        from leadconsole.kernel.errors import Unusable

        with pytest.raises(Unusable):
            open_database(closed / "desk.db", SystemClock(), create=True)

    as_nobody(work)
