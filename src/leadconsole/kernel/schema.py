"""Collects the tables and restorers of the slices; makes new desk files and upgrades older ones."""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from leadconsole.kernel import database
from leadconsole.kernel.clock import Clock, moment
from leadconsole.kernel.database import APPLICATION_ID, BUSY_SECONDS, told
from leadconsole.kernel.errors import Unusable
from leadconsole.kernel.i18n import _

if TYPE_CHECKING:
    from leadconsole.kernel.access import Capability, Role
    from leadconsole.kernel.history import Restorer
    from leadconsole.kernel.rows import RowRule
    from leadconsole.kernel.shape import Shape
    from leadconsole.kernel.transaction import Transaction

    Consequence = Callable[[Transaction, dict[str, set[str]]], None]

# The kernel knows slices by name only: each adds its tables and tells how its changes are taken back.
SLICES = ("team", "tickets", "curation", "roster", "one_on_one", "payout", "remote")

# Those that may give somebody another role for a day, by their module `roles`.
_ROLES = ("curation",)

_KEPT = Path(__file__).with_name("schema.sql")
MIGRATIONS = Path(__file__).with_name("migrations")
_HEADING = "-- Made of the slices' tables by: python -m leadconsole.kernel.schema"
_BETWEEN = ";\n\n"  # a trigger has semicolons of its own, but no statement has an empty line


def import_tables() -> list[ModuleType]:
    """The modules with the tables of the kernel and of every slice."""
    names = ["leadconsole.kernel.tables", *(f"leadconsole.{name}.tables" for name in SLICES)]
    return [importlib.import_module(name) for name in names]


def restorers() -> dict[str, Restorer]:
    """How a change of each subject is taken back, collected from the slices' commands."""
    from leadconsole.kernel import announcement

    found: dict[str, Restorer] = {announcement.SUBJECT: announcement.take_back}
    for name in SLICES:
        found |= importlib.import_module(f"leadconsole.{name}.commands").RESTORERS
    return found


def consequences() -> list[Consequence]:
    """What the slices do before a commit when rows of these tables were touched: {table: keys}."""
    return [
        follow for name in SLICES for follow in importlib.import_module(f"leadconsole.{name}.commands").CONSEQUENCES
    ]


@cache
def row_rules() -> dict[str, list[RowRule]]:
    """What the slices want of changed rows beside the other rows, by table."""
    found: dict[str, list[RowRule]] = {}
    for name in SLICES:
        for table, rules in importlib.import_module(f"leadconsole.{name}.commands").ROW_RULES.items():
            found.setdefault(table, []).extend(rules)
    return found


def role_on(connection: sqlite3.Connection, login: str, role: Role, day: str) -> Role:
    """The role that a person has on an ISO day, as the slices see it."""
    for name in _ROLES:
        role = importlib.import_module(f"leadconsole.{name}.roles").role_on(connection, login, role, day)
    return role


def also_on(connection: sqlite3.Connection, login: str, role: Role, day: str) -> frozenset[Capability]:
    """The rights that a person has on an ISO day beside those of the role."""
    return frozenset().union(
        *(importlib.import_module(f"leadconsole.{name}.roles").also_on(connection, login, role, day) for name in _ROLES)
    )


def shapes() -> dict[str, Shape]:
    """The interchange files of all slices by name, in the order in which they must be loaded."""
    return {
        shape.name: shape for name in SLICES for shape in importlib.import_module(f"leadconsole.{name}.shapes").SHAPES
    }


def kept_tables(*, private: bool) -> list[str]:
    """The tables that no interchange file has and that history.jsonl carries, those for their owner's eyes if asked."""
    modules = [importlib.import_module(f"leadconsole.{name}.tables") for name in SLICES]
    kept = [table for module in modules for table in getattr(module, "KEPT", ())]
    return kept + [table for module in modules for table in getattr(module, "PRIVATE", ()) if private]


def private_tables() -> list[str]:
    """Those of them that are for their owner's eyes."""
    modules = [importlib.import_module(f"leadconsole.{name}.tables") for name in SLICES]
    return [table for module in modules for table in getattr(module, "PRIVATE", ())]


def create(path: Path, clock: Clock) -> None:
    """Make all tables in an empty file; one transaction, so an interrupted one leaves an empty file."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            for statement in kept_statements():
                connection.execute(statement)
            if getattr(clock, "frozen", False):
                connection.execute("INSERT INTO desk_fact VALUES ('frozen', '1')")
            _mark(connection, database.SCHEMA_VERSION)
        connection.execute("COMMIT")
    finally:
        connection.close()


def kept_statements() -> list[str]:
    """The DDL of the present schema as kept in schema.sql, so that a new desk needs no import of SQLModel."""
    _heading, *ddl = _KEPT.read_text(encoding="utf-8").rstrip().removesuffix(";").split(_BETWEEN)
    return ddl


def keep_statements() -> None:
    """Write schema.sql anew after a change of tables: `python -m leadconsole.kernel.schema`."""
    _KEPT.write_text(_BETWEEN.join((_HEADING, *statements())) + ";\n", encoding="utf-8")


def statements() -> list[str]:
    """The DDL that the slices' tables make, tables first, in an order that holds."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable
    from sqlmodel import SQLModel

    modules = import_tables()
    dialect = sqlite.dialect()
    ddl: list[str] = []
    for table in SQLModel.metadata.sorted_tables:
        ddl.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        ordered = sorted(table.indexes, key=lambda index: str(index.name))
        ddl.extend(str(CreateIndex(index).compile(dialect=dialect)) for index in ordered)
    for module in modules:
        ddl.extend(getattr(module, "DDL", ()))
    return ddl


def _mark(connection: sqlite3.Connection, version: int) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def copy_of(path: Path, clock: Clock, version: int) -> Path:
    """Copy the desk beside itself before a migration; 0600, never over an existing file."""
    stamp = moment(clock.now()).strftime("%Y%m%dT%H%M%SZ")
    for count in range(1000):
        suffix = f"-{count}" if count else ""
        target = path.with_name(f"{path.stem}.schema{version}-{stamp}{suffix}{path.suffix}")
        try:
            handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise Unusable(
                _("No copy of {path} could be made before its update ({reason}). Nothing was changed.").format(
                    path=path, reason=error.strerror
                ),
                code="no_copy",
            ) from error
        os.close(handle)
        return target
    raise Unusable(_("No free name for a copy of {path}. Nothing was changed.").format(path=path), code="no_copy")


def upgrade(path: Path, clock: Clock) -> None:
    """Bring an older file to the present schema by Alembic, all steps in one transaction, after a copy."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    from leadconsole.kernel.transaction import HeldConnection

    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=HeldConnection)
    try:
        with told(path):
            connection.execute("BEGIN IMMEDIATE")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version >= database.SCHEMA_VERSION:  # another process was faster
                connection.execute("ROLLBACK")
                return
            target = copy_of(path, clock, version)
            try:
                _fill_copy(path, target)
            except (OSError, sqlite3.Error):
                target.unlink(missing_ok=True)
                raise
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            with engine.connect() as bound:
                config.attributes["connection"] = bound
                config.attributes["from_version"] = version
                command.upgrade(config, "head")
            _mark(connection, database.SCHEMA_VERSION)
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.close()


def _fill_copy(path: Path, target: Path) -> None:
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    with target.open("rb") as file:
        os.fsync(file.fileno())
    os.chmod(target, 0o600)


if __name__ == "__main__":
    keep_statements()
