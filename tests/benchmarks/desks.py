"""Desks that a measurement opens: made once by generator and import, kept in a cache folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .desk import write_desk
from .processes import peak_megabytes
from .ticket_stream import Size


@dataclass(frozen=True, slots=True)
class Import:
    """What loading an interchange folder cost."""

    tickets: int
    seconds: float
    megabytes: float
    database_megabytes: float


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of desks and the program that loads them."""

    folder: Path
    program: Sequence[str]
    environment: Mapping[str, str]
    seed: int
    now: datetime

    def database(self, tickets: int, *, fresh: bool = False) -> Path:
        """The database of a desk of so many tickets; made if there is none or `fresh` is asked for."""
        home = self.folder / f"desk-{tickets}-{self.seed}-{self.now:%Y%m%dT%H%M%S}"
        if fresh or not (home / "desk.db").exists():
            making = home.with_suffix(".making")  # a stopped import must not look like a desk
            shutil.rmtree(making, ignore_errors=True)
            self._load(tickets, making)
            shutil.rmtree(home, ignore_errors=True)
            making.rename(home)
        return home / "desk.db"

    def measure_import(self, tickets: int) -> Import:
        """Load a folder of so many tickets into a new database, which is thrown away; what it cost."""
        making = self.folder / f"import-{tickets}.making"
        shutil.rmtree(making, ignore_errors=True)
        try:
            return self._load(tickets, making)
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def _load(self, tickets: int, home: Path) -> Import:
        csv, database = home / "csv", home / "desk.db"
        write_desk(csv, Size(tickets, self.seed, self.now))
        command = [*self.program, "--db", str(database), "import", str(csv)]
        seconds, megabytes = run(command, self.environment)
        keep_views(database)
        shutil.rmtree(csv)
        return Import(tickets, seconds, megabytes, database.stat().st_size / 2**20)


def keep_views(database: Path) -> None:
    """Give the lead two own views of the same tickets in different orders: switching between them changes the sort."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT OR REPLACE INTO saved_view (owner, name, view, filter, sort) VALUES ('anna', ?, 'open', ?, ?)",
            [(f"by {sort}", "status:open", sort) for sort in ("age", "client")],
        )


def run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run a command to its end; seconds and peak megabytes (sampled); RuntimeError if it fails."""
    begun = time.perf_counter()
    peak = 0.0
    with subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        os.set_blocking(process.stderr.fileno(), False)
        said = b""
        try:
            while process.poll() is None:
                peak = max(peak, peak_megabytes(process.pid))
                said += process.stderr.read() or b""
                time.sleep(0.02)
        except KeyboardInterrupt:
            process.kill()  # in a session of its own it doesn't hear Ctrl+C
            raise
        seconds = time.perf_counter() - begun
        said += process.stderr.read() or b""
    if process.returncode:
        words = said.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {words}")
    return seconds, peak
