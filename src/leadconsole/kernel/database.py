"""The SQLite file: opening it with every fault told in one sentence, reading, writing, watching.

WAL, synchronous=FULL, foreign keys on, BEGIN IMMEDIATE for every write (design.md, section 3).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from leadconsole.kernel.clock import NOW_VARIABLE, Clock
from leadconsole.kernel.errors import Unusable
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import HeldConnection, Transaction

APPLICATION_ID = 0x4C434F4E  # "LCON"
SCHEMA_VERSION = 12
BUSY_SECONDS = 30.0
WRITE_CACHE_KIB = 65_536
"""How many KiB of changed pages a write may hold; small writes take only what they touch."""
LONG_JOURNAL = 16 << 20
"""Bytes of the write-ahead journal after which it is brought back into the file; SQLite keeps it at four by itself."""

_MAGIC = b"SQLite format 3\x00"


def default_path(environment: dict[str, str] | None = None) -> Path:
    """The desk that is opened when --db isn't given: LEADCONSOLE_DB, else the user's data folder."""
    named = (environment if environment is not None else dict(os.environ)).get("LEADCONSOLE_DB")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_data_path("leadconsole") / "desk.db"


class Database:
    """An opened desk file; one object a process, used from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._frozen: bool | None = None
        # What queries keep between calls, by the name of the query's subject; they know when it is out of date.
        self.memo: dict[str, object] = {}

    @property
    def reader(self) -> sqlite3.Connection:
        """The read-only connection of the calling thread."""
        connection: sqlite3.Connection | None = getattr(self._threads, "reader", None)
        if connection is None:
            connection = self._connect("ro")
            connection.execute("PRAGMA query_only = ON")
            self._threads.reader = connection
            self._opened.append(connection)
        return connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        with told(self.path):
            connection = sqlite3.connect(
                f"file:{quote(str(self.path.absolute()))}?mode={mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                factory=HeldConnection,
            )
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            # Without this an INSERT OR REPLACE would slip past the triggers that keep history.
            connection.execute("PRAGMA recursive_triggers = ON")
            return connection

    @contextmanager
    def write(self, clock: Clock, actor: str) -> Iterator[Transaction]:
        """One transaction begun IMMEDIATE; an exception inside leaves the file as it was."""
        self._refuse_frozen(clock)
        connection = self._connect("rw")
        # A long transaction that overflows its cache writes the same pages again and again.
        connection.execute(f"PRAGMA cache_size = -{WRITE_CACHE_KIB}")
        try:
            with told(self.path):
                connection.execute("BEGIN IMMEDIATE")
                transaction = Transaction(connection, clock.now(), actor)
                try:
                    yield transaction
                    transaction.flush()
                    connection.execute("COMMIT")
                    self._shorten_journal(connection)
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
                finally:
                    transaction.close()
        finally:
            connection.close()

    def _shorten_journal(self, connection: sqlite3.Connection) -> None:
        """Bring a long journal back into the file: whoever opens the desk first would read all of it again."""
        try:
            if Path(f"{self.path}-wal").stat().st_size <= LONG_JOURNAL:
                return
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (OSError, sqlite3.Error):
            return  # what was to be written is safe; the next long write tries again

    def _refuse_frozen(self, clock: Clock) -> None:
        """With a frozen clock only a desk that was made under one may be written (interchange.md, section 1)."""
        if not getattr(clock, "frozen", False):
            return
        if self._frozen is None:
            row = self.reader.execute("SELECT value FROM desk_fact WHERE name = 'frozen'").fetchone()
            self._frozen = row is not None
        if not self._frozen:
            raise Unusable(
                _(
                    "{variable} is set, but the desk {path} lives in real time: it can be read, not changed. "
                    "Unset the variable, or make a desk under it."
                ).format(variable=NOW_VARIABLE, path=self.path),
                code="frozen_clock",
                field=NOW_VARIABLE,
            )

    def data_version(self) -> int:
        """A number that changes when another connection has committed (PRAGMA data_version)."""
        row = self.reader.execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close all reading connections."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._threads = threading.local()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into one plain sentence (exit status 3)."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        if str(error) == "interrupted":  # somebody stopped the work; nothing is wrong with the file
            raise
        raise Unusable(_sentence(path, str(error)), code=_code(str(error))) from error


def _code(said: str) -> str:
    for part, code in (
        ("full", "disk_full"),
        ("readonly", "read_only"),
        ("not a database", "not_a_database"),
        ("malformed", "damaged"),
        ("locked", "busy"),
    ):
        if part in said:
            return code
    return Unusable.default_code


def _sentence(path: Path, said: str) -> str:
    code = _code(said)
    if code == "disk_full":
        text = _("The disk is full: nothing was written to {path}. Free some space and try again.")
    elif code == "read_only":
        text = _("{path} can only be read: nothing was changed. Check the permissions of the file and its folder.")
    elif code == "not_a_database":
        text = _("{path} is not a leadconsole desk. Nothing was changed; give another file with --db.")
    elif code == "damaged":
        text = _("{path} is damaged. Nothing was changed; take the last copy with leadconsole restore.")
    elif code == "busy":
        text = _("{path} is being written by somebody else for too long. Try again in a moment.")
    else:
        text = _("{path} can't be used ({reason}). Nothing was changed.")
    return text.format(path=path, reason=said)


def open_database(path: Path, clock: Clock, *, create: bool = False) -> Database:
    """Open a desk file, bringing an older one up to date after a copy; with `create`, make a missing one."""
    folder = path.absolute().parent
    try:
        if not path.exists():
            _refuse_missing(path, folder, create)
            _create(path, clock)
        else:
            _refuse_unreadable(path, folder)
    except OSError as error:  # a folder that may not be entered, a name that is too long
        raise Unusable(_sentence(path, error.strerror or str(error)), code="unreadable") from error
    with told(path):
        application, version, tables = _identity(path)
    if version == 0 and application == 0 and tables == 0:
        if not create:
            raise _no_desk(path)
        _create(path, clock)
        return Database(path)
    _refuse_foreign(path, application, version)
    if version < SCHEMA_VERSION:
        from leadconsole.kernel.schema import upgrade

        upgrade(path, clock)
    return Database(path)


def _identity(path: Path) -> tuple[int, int, int]:
    """Application, schema version and number of objects; looked up without leaving a file beside another's database."""
    log = Path(f"{path.resolve()}-wal")
    more = log.exists() and log.stat().st_size > 0  # the file alone isn't the whole database
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro{'' if more else '&immutable=1'}", uri=True, timeout=BUSY_SECONDS
    )
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    finally:
        connection.close()
    return application, version, tables


def _no_desk(path: Path) -> Unusable:
    return Unusable(
        _("There is no desk at {path} yet. Make one with leadconsole import, or look at leadconsole demo.").format(
            path=path
        ),
        code="no_desk",
    )


def _refuse_missing(path: Path, folder: Path, create: bool) -> None:
    if path.is_symlink():
        raise Unusable(_("{path} is a link to a file that isn't there.").format(path=path), code="missing")
    if not create:
        raise _no_desk(path)
    if not folder.is_dir():
        raise Unusable(
            _("The folder {folder} does not exist. Create it, or give another file with --db.").format(folder=folder),
            code="missing_folder",
        )
    if not os.access(folder, os.W_OK):
        raise Unusable(_("The folder {folder} can only be read.").format(folder=folder), code="read_only")


def _refuse_unreadable(path: Path, folder: Path) -> None:
    if not path.is_file():
        raise Unusable(_("{path} is not a file.").format(path=path), code="not_a_database")
    if not os.access(path, os.R_OK):
        raise Unusable(_("{path} may not be read by you. Check its permissions.").format(path=path), code="unreadable")
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise Unusable(_sentence(path, error.strerror or str(error))) from error
    if magic and magic != _MAGIC:
        raise Unusable(_sentence(path, "not a database"), code="not_a_database")
    # Root may write anything, yet a file without any write bit was closed on purpose.
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222 or not os.access(folder, os.W_OK):
        raise Unusable(_sentence(path, "readonly"), code="read_only")


def _refuse_foreign(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise Unusable(
            _("{path} is a database of another program. Nothing was changed; give another file with --db.").format(
                path=path
            ),
            code="not_a_desk",
        )
    if version > SCHEMA_VERSION:
        raise Unusable(
            _(
                "{path} was written by a newer leadconsole (schema {version}, this one knows {known}). "
                "Nothing was changed; please update the program."
            ).format(path=path, version=version, known=SCHEMA_VERSION),
            code="newer_database",
        )


def _create(path: Path, clock: Clock) -> None:
    """Make an empty desk, readable by its owner only; a failure leaves no file behind."""
    from leadconsole.kernel.schema import create

    made = not path.exists()
    with told(path):
        try:
            if made:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            create(path, clock)
        except FileExistsError:
            return  # another process was faster
        except OSError as error:
            raise Unusable(_sentence(path, error.strerror or str(error)), code="missing") from error
        except BaseException:
            if made:
                for suffix in ("", "-wal", "-shm", "-journal"):
                    with suppress(OSError):
                        Path(f"{path}{suffix}").unlink()
            raise
