"""One write: a raw connection for the hot paths, a SQLModel session over it where objects pay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from leadconsole.kernel.clock import Instant

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session


class HeldConnection(sqlite3.Connection):
    """A connection whose BEGIN and COMMIT are said aloud; what SQLAlchemy commits by itself is nothing."""

    def commit(self) -> None:
        """Leave the transaction to `Database.write`."""

    def rollback(self) -> None:
        """Leave the transaction to `Database.write`."""


class Transaction:
    """What a command writes through; committed by `Database.write`, never by the command."""

    def __init__(self, sql: sqlite3.Connection, at: Instant, actor: str) -> None:
        self.sql = sql
        self.at = at
        self.actor = actor
        self.batch: int | None = None
        self.undoable = True
        """Whether this person's undo may take it back; an import is too much for one key."""
        self.recording = True
        """Whether changes go into history; not while an import brings the history of its rows with it."""
        self.touched: dict[str, set[str]] = {}
        self._engine: Engine | None = None
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """A SQLModel session on this very transaction; SQLModel is imported by its first use.

        No cursor may be open then: SQLite lets nobody add functions, as SQLAlchemy does, while a statement runs.
        """
        if self._session is None:
            from sqlalchemy import create_engine
            from sqlalchemy.pool import StaticPool
            from sqlmodel import Session

            from leadconsole.kernel.schema import import_tables

            import_tables()  # a row's foreign keys lead to tables of slices that this command may not know
            connection = self.sql
            self._engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            self._session = Session(self._engine, expire_on_commit=False)
        return self._session

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the work that is taken back alone if it fails."""
        self.sql.execute("SAVEPOINT part")
        batch = self.batch
        try:
            yield
        except BaseException:
            self.sql.execute("ROLLBACK TO part")
            self.batch = batch
            raise
        finally:
            self.sql.execute("RELEASE part")

    def flush(self) -> None:
        """Send what the session holds, then let the slices bring their caches in step with changed rows."""
        if self._session is not None:
            self._session.flush()
        if self.touched:
            from leadconsole.kernel.schema import consequences

            touched, self.touched = self.touched, {}
            for follow in consequences():
                follow(self, touched)

    def close(self) -> None:
        """Let the session go; the connection belongs to the database."""
        if self._session is not None:
            self._session.close()
            self._session = None
