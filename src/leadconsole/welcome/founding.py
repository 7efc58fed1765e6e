"""Makes the first desk in the user's data folder: all of it or nothing, and never over another one.

The desk is built in a folder of its own beside its place and moved there when it is whole, so that whatever stops
the work (a refusal, the person, a full disk) leaves no desk behind.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from leadconsole.intake.report import Asked, ImportReport, Watcher
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.database import open_database, told
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.welcome.rules import Answers


def found_empty(path: Path, clock: Clock, answers: Answers) -> None:
    """Make a desk at `path` with its lead, settings and hours, and nothing else."""
    from leadconsole.team.commands import found

    with _new_desk(path, clock, answers) as desk:
        found(desk, answers.lead, answers.settings, answers.hours)


def found_from_files(
    path: Path,
    clock: Clock,
    answers: Answers,
    source: Path,
    *,
    progress: Watcher | None = None,
    cancelled: Asked | None = None,
) -> tuple[ImportReport, str]:
    """Make a desk at `path` of a folder or a file; returns the report and who leads.

    What the files say goes before the answers: the desk of another machine keeps its lead, settings and hours.
    Raises what `import_paths` raises; there is no desk then.
    """
    from leadconsole.intake.commands import import_paths
    from leadconsole.team.commands import found

    with _new_desk(path, clock, answers) as desk:
        try:
            report = import_paths(desk, [source], timezone=answers.timezone, progress=progress, cancelled=cancelled)
        except OSError as error:
            raise Refused(
                _("{path} can't be read: {reason}.").format(path=source, reason=error.strerror or error),
                code="unreadable",
                file=str(source),
            ) from error
        return report, found(desk, answers.lead, answers.settings, answers.hours)


@contextmanager
def _new_desk(path: Path, clock: Clock, answers: Answers) -> Iterator[Desk]:
    """An empty desk to fill, with the lead seated; it takes its place at `path` when nothing went wrong."""
    _refuse_present(path)
    home = path.parent
    made = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".first-run-", dir=home) as folder:
            building = Path(folder) / path.name
            database = open_database(building, clock, create=True)
            try:
                yield Desk(database, clock, Actor(answers.login, Role.LEAD))
            finally:
                database.close()
            _put_in_place(building, path)
    except OSError as error:
        _take_away(made)
        raise Refused(
            _("{path} can't be written ({reason}).").format(path=path, reason=error.strerror or error),
            code="unwritable",
            file=str(path),
        ) from error
    except BaseException:
        _take_away(made)
        raise


def _take_away(made: Sequence[Path]) -> None:
    """The folders that were made for this go again, unless somebody has put something into them."""
    with suppress(OSError):
        for folder in made:
            folder.rmdir()


def _put_in_place(building: Path, path: Path) -> None:
    with told(path), closing(sqlite3.connect(building, isolation_level=None)) as connection:
        # What stands in the log belongs into the file: only the file is moved.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        os.link(building, path)
    except FileExistsError:
        _refuse_present(path)
        raise
    except OSError:  # a file system without links
        _refuse_present(path)
        os.rename(building, path)


def _refuse_present(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise Refused(
            _("{path} was made by somebody else meanwhile and stays as it is; start leadconsole again.").format(
                path=path
            ),
            code="exists",
            file=str(path),
        )
