"""The kept DDL is what the tables make, and a desk made of it is a desk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from leadconsole.kernel import schema
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import SCHEMA_VERSION, open_database


def test_kept_ddl_is_what_the_tables_make() -> None:
    assert schema.kept_statements() == schema.statements(), "run: python -m leadconsole.kernel.schema"


def test_no_statement_holds_what_stands_between_statements() -> None:
    assert not [statement for statement in schema.statements() if ";\n\n" in statement]


def test_new_desk_has_every_kept_object(tmp_path: Path) -> None:
    open_database(tmp_path / "desk.db", FrozenClock(0), create=True).close()
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert {"event", "ticket", "ticket_search", "event_stays", "ticket_open", "person"} <= made


def test_new_desk_is_made_without_sqlmodel(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from leadconsole.kernel.clock import SystemClock;"
        "from leadconsole.kernel.database import open_database;"
        "open_database(Path(sys.argv[1]), SystemClock(), create=True).close();"
        "sys.exit(bool({'sqlmodel', 'sqlalchemy'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "desk.db")], check=False).returncode == 0
