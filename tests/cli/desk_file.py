"""Runs the program as people's scripts do: a process, its exit status, what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def run(self, *arguments: str, stdin: str | None = None, now: str | None = NOW, **environment: str) -> Told:
        """Run one command line against the desk."""
        told = subprocess.run(
            [sys.executable, "-m", "leadconsole", *arguments, "--db", str(self.desk)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, **({"LEADCONSOLE_NOW": now} if now else {}), **environment},
            timeout=120,
            check=False,
        )
        assert "Traceback" not in told.stderr, told.stderr
        return Told(told.returncode, told.stdout, told.stderr)
