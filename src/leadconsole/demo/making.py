"""Makes a demo desk: deterministic for a moment and a language, in one transaction, without SQLModel."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path

from leadconsole.demo.absences import absences_of
from leadconsole.demo.cast import cast_of
from leadconsole.demo.firms import firm_of
from leadconsole.demo.parts import Scene, parts, stream
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date
from leadconsole.team.rules import settings_of


def make_demo(path: Path, clock: Clock, language: str) -> dict[str, int]:
    """Write a demo desk to a new file and say how much of what it has; a failure leaves no file.

    Refused if the file exists. Everything on it lies relative to the clock's moment.
    """
    if path.exists() or path.is_symlink():
        raise Refused(
            _("{path} exists already and stays as it is; give another name.").format(path=path),
            code="exists",
            file=str(path),
        )
    # Nearly all that is made stays until it is written: looking for garbage would only take a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _made(path, clock, language)
    except BaseException:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{path}{suffix}").unlink()
        raise
    finally:
        if collecting:
            gc.enable()


def _made(path: Path, clock: Clock, language: str) -> dict[str, int]:
    firm = firm_of(language)
    lead = firm.people[0][0]
    database = open_database(path, clock, create=True)
    try:
        with database.write(clock, lead) as transaction:
            sql = transaction.sql
            settings = {**firm.settings, "lead": lead, "language": language, "calendar": "office"}
            sql.executemany("INSERT INTO setting (key, value) VALUES (?, ?)", settings.items())
            known, cast = settings_of(settings), cast_of(firm)
            today = local_date(transaction.at, known.timezone)
            away = absences_of(cast, firm, today, stream("absences", language))
            scene = Scene(sql, transaction.at, language, firm, cast, known, away)
            for fill in parts():
                fill(scene)
            return {
                name: sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for name, table in (("people", "person"), ("clients", "client"), ("tickets", "ticket"))
            }
    finally:
        database.close()
