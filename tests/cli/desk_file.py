"""Runs the program as people's scripts do: a process, its exit status, what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desks import house

NOW = "2026-03-02T12:00:00+03:00"


@dataclass(frozen=True)
class Told:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object that it must be."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """A folder to work in, with the desk that the commands are about."""

    folder: Path
    desk: Path

    def run(self, *arguments: str, stdin: str | bytes | None = None, now: str | None = NOW, **environment: str) -> Told:
        """Run one command line against the desk."""
        told = subprocess.run(
            self.line(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(now, **environment),
            timeout=120,
            check=False,
        )
        out, err = told.stdout.decode(errors="surrogateescape"), told.stderr.decode(errors="surrogateescape")
        assert "Traceback" not in err, err
        return Told(told.returncode, out, err)

    def line(self, *arguments: str) -> list[str]:
        """A command line against the desk."""
        return [sys.executable, "-m", "leadconsole", *arguments, "--db", str(self.desk)]

    def environment(self, now: str | None = NOW, **more: str) -> dict[str, str]:
        """The environment of a process with its clock at `now` (None: the machine's)."""
        return {**os.environ, **({"LEADCONSOLE_NOW": now} if now else {}), **more}

    def tickets(self) -> int:
        """How many tickets there are."""
        total: int = self.run("queue", "--view", "all", "--json").json["total"]
        return total


def desk_shell(folder: Path) -> Shell:
    """The desk of tests/desks.py with three tickets, on a Monday noon."""
    made = house(folder / "desk.db", "2026-03-02T10:00:00+03:00")
    made.setting("lead", "anna")
    made.norm(60, 480)
    made.ticket("The printer is silent")
    made.ticket("Слишком долго проводится", priority="high", assignee="lida")
    made.ticket("Paid work", kind="task", price="14000")
    made.database.close()
    return Shell(folder, made.database.path)
