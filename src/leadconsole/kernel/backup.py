"""A copy of a desk that is worth having, and putting one in the place of the present desk.

A backup is read in one snapshot while others go on writing. A restore writes into the present file in one
transaction, so that a kill at any moment leaves the old desk or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Clock, moment
from leadconsole.kernel.database import _MAGIC, _identity, _refuse_foreign, told
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused, Unusable
from leadconsole.kernel.health import broken_pages
from leadconsole.kernel.host_files import refuse_shut
from leadconsole.kernel.i18n import _

PATIENCE = 2.0
"""Seconds in which others may let go of the desk before a restore is refused."""

_COMPANIONS = ("-wal", "-shm", "-journal")


@query(Capability.CHECK)
def backup(desk: Desk, target: Path) -> Path:
    """Write the desk as it is at this moment to a new file of the owner's (0600), checked and safely on the disk."""
    with new_file(target):
        _copy(desk.reader, target)
        with told(target), closing(sqlite3.connect(target, isolation_level=None)) as connection:
            _require_sound(target, connection)
    return target


def restore(source: Path, path: Path, clock: Clock) -> Path | None:
    """Put the desk of `source` in the place of the one at `path`; return where the present one was kept, if any.

    Refused while somebody has the desk open, as far as SQLite can tell. Unusable when `source` isn't a whole desk of
    a schema that this program knows; nothing is changed then. Who may do this is for the caller to know: there may
    be no readable desk to ask.
    """
    path = path.resolve()  # a link stays a link
    if not source.is_file():
        raise Unusable(_("There is no file {path}.").format(path=source), code="missing", file=str(source))
    if path.exists() and source.samefile(path):
        raise Refused(_("{path} is the desk itself.").format(path=source), code="same_file", file=str(source))
    if not path.parent.is_dir():
        raise Unusable(
            _("The folder {folder} does not exist. Create it, or give another file with --db.").format(
                folder=path.parent
            ),
            code="missing_folder",
        )
    _refuse_read_only(path)
    _refuse_other_program(path)
    fresh = _free_name(path, "restoring", clock)
    with new_file(fresh):
        with told(source), closing(_opened_source(source)) as connection:
            _require_desk(source, connection)
            _require_sound(source, connection)
            _copy(connection, fresh)
        with told(fresh), closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        kept = None
        if path.exists():
            kept = _replace(path, fresh, _free_name(path, "before-restore", clock))
            fresh.unlink()
        else:
            _drop_companions(path)
            os.replace(fresh, path)
        _drop_companions(fresh)
        _settle(path.parent)
    return kept


@contextmanager
def new_file(path: Path) -> Iterator[None]:
    """A file that wasn't there, for its owner only; taken away again when what happens inside fails."""
    refuse_shut()
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise Refused(
            _("{path} exists already and stays as it is; give another name.").format(path=path),
            code="exists",
            file=str(path),
        ) from None
    except OSError as error:
        raise Refused(
            _("{path} can't be written ({reason}).").format(path=path, reason=error.strerror),
            code="unwritable",
            file=str(path),
        ) from error
    try:
        yield
    except BaseException:
        for suffix in ("", *_COMPANIONS):
            with suppress(OSError):
                Path(f"{path}{suffix}").unlink()
        raise


def _copy(source: sqlite3.Connection, target: Path) -> None:
    """The whole database in one snapshot, as one file that needs no companions, on the disk."""
    with told(target), closing(sqlite3.connect(target, isolation_level=None)) as connection:
        source.backup(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
    _to_disk(target)
    _settle(target.absolute().parent)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk too, where the system lets us."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _require_sound(path: Path, connection: sqlite3.Connection) -> None:
    if broken := broken_pages(connection):
        raise Unusable(
            _("{path} is damaged ({reason}). Nothing was changed.").format(path=path, reason=broken[0]),
            code="damaged",
            file=str(path),
        )


def _refuse_read_only(path: Path) -> None:
    closed = path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222)
    if closed or not os.access(path.parent, os.W_OK):
        raise Unusable(
            _("{path} can only be read: nothing was changed. Check the permissions of the file and its folder.").format(
                path=path
            ),
            code="read_only",
        )


def _refuse_other_program(path: Path) -> None:
    """Only what is ours, or nothing that can be read any more, is replaced."""
    if not path.exists():
        return
    if not path.is_file():
        raise Unusable(_("{path} is not a file.").format(path=path), code="not_a_database")
    try:
        application, _version, objects = _identity(path)
    except sqlite3.DatabaseError:
        return
    if objects:
        _refuse_foreign(path, application, 0)


def _opened_source(source: Path) -> sqlite3.Connection:
    """A reading connection; a desk in WAL mode that lies where nothing can be written is read as it is."""
    uri = source.absolute().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        if Path(f"{source}-wal").exists():
            raise
        connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_desk(source: Path, connection: sqlite3.Connection) -> None:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    _refuse_foreign(source, application, version)
    if version < 1:
        raise Unusable(_("{path} is an empty desk file.").format(path=source), code="not_a_desk", file=str(source))


def _replace(path: Path, fresh: Path, kept: Path) -> Path:
    """Keep the present desk as `kept`, then write the new one over it."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) not in (b"", _MAGIC):  # merely opening it might lose the log beside it
            return _put_aside(path, fresh, kept)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        # In WAL mode everybody who has read or written holds a shared lock; only alone is it ours for good.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        # It gets its name when it is whole: a kill meanwhile must leave nothing that looks like a kept desk.
        partial = kept.with_name(f"{kept.name}.partial")
        partial.unlink(missing_ok=True)
        with new_file(partial):
            _copy(connection, partial)
            os.rename(partial, kept)
            _settle(kept.parent)
            with closing(sqlite3.connect(fresh)) as source:
                source.backup(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return kept
    except (sqlite3.DatabaseError, Unusable) as error:
        said = str(error.__cause__ or error)
        if "locked" in said:
            raise Refused(
                _("Somebody has the desk {path} open. Close it everywhere, then restore.").format(path=path),
                code="desk_in_use",
            ) from error
        if "malformed" not in said and "not a database" not in said:
            with told(path):
                raise
    finally:
        connection.close()
    return _put_aside(path, fresh, kept)


def _put_aside(path: Path, fresh: Path, kept: Path) -> Path:
    """The present file can't be read as a database: keep its bytes, then put the new one in its place."""
    for suffix in ("", *_COMPANIONS):
        present = Path(f"{path}{suffix}")
        if present.exists():
            with new_file(Path(f"{kept}{suffix}")):
                shutil.copyfile(present, f"{kept}{suffix}")
    placed = path.with_name(f"{fresh.name}.placed")
    with new_file(placed):
        shutil.copyfile(fresh, placed)
        _to_disk(placed)
        # A log that stays behind would be played into the new file.
        _drop_companions(path)
        os.replace(placed, path)
    return kept


def _drop_companions(path: Path) -> None:
    for suffix in _COMPANIONS:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _free_name(path: Path, word: str, clock: Clock) -> Path:
    """A name beside the desk that nothing has yet."""
    stamp = moment(clock.now()).strftime("%Y%m%dT%H%M%SZ")
    for count in range(1000):
        suffix = f"-{count}" if count else ""
        name = path.with_name(f"{path.stem}.{word}-{stamp}{suffix}{path.suffix}")
        if not name.exists():
            return name
    raise Refused(_("There is no free name for a copy of {path}.").format(path=path), code="exists")
