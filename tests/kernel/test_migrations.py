"""Every older schema comes up to the present one, after a copy, in one step or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from desks import MONDAY, at, house, schema_of
from leadconsole.kernel import database, schema
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import APPLICATION_ID, SCHEMA_VERSION, open_database
from leadconsole.kernel.errors import Unusable

SCHEMAS = Path(__file__).with_name("schemas")
CLOCK = FrozenClock(at(MONDAY))
NEXT = SCHEMA_VERSION + 1
SECOND = f'''"""One more schema, for the test only."""

from alembic import op

revision = "{NEXT:04}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade():
    op.execute("ALTER TABLE client ADD COLUMN colour TEXT")
    op.execute("UPDATE client SET colour = 'red'")
'''
BROKEN = SECOND.replace("UPDATE client", "UPDATE nothing")


def made_of(script: Path, path: Path, version: int) -> None:
    """A desk of an older schema, as it was frozen when it was the present one."""
    _heading, *statements = script.read_text(encoding="utf-8").rstrip().removesuffix(";").split(";\n\n")
    with sqlite3.connect(path, isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO client (code, name, status) VALUES ('acme', 'Acme', 'active')")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("INSERT INTO desk_fact VALUES ('frozen', '1')")
    connection.close()


@pytest.mark.parametrize("script", sorted(SCHEMAS.glob("*.sql")), ids=lambda script: script.stem)
def test_every_older_schema_becomes_the_present_one(tmp_path: Path, script: Path) -> None:
    made_of(script, tmp_path / "old.db", int(script.stem))
    open_database(tmp_path / "old.db", CLOCK).close()
    open_database(tmp_path / "new.db", CLOCK, create=True).close()
    assert schema_of(tmp_path / "old.db") == schema_of(tmp_path / "new.db")


def test_the_present_schema_is_frozen_too() -> None:
    assert (SCHEMAS / f"{SCHEMA_VERSION}.sql").exists()
    kept = (SCHEMAS / f"{SCHEMA_VERSION}.sql").read_text(encoding="utf-8")
    present = Path(schema.__file__).with_name("schema.sql").read_text(encoding="utf-8")
    assert kept == present, "a published schema never changes: add a revision"


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations with room for one more revision, which is the present schema then."""
    folder = tmp_path / "migrations 100%"
    shutil.copytree(schema.MIGRATIONS, folder)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    return folder / "versions" / f"{NEXT:04}_test.py"


def test_an_older_desk_is_copied_and_then_upgraded(tmp_path: Path, next_schema: Path) -> None:
    made_of(SCHEMAS / "1.sql", tmp_path / "desk.db", 1)
    next_schema.write_text(SECOND)
    opened = open_database(tmp_path / "desk.db", CLOCK)
    assert opened.reader.execute("SELECT colour FROM client").fetchone() == ("red",)
    assert opened.reader.execute("PRAGMA user_version").fetchone() == (NEXT,)
    assert opened.reader.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'alembic%'").fetchone() == (0,)
    (copy,) = tmp_path.glob("desk.schema1-*.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT name FROM client").fetchone() == ("Acme",)
    opened.close()
    open_database(tmp_path / "desk.db", CLOCK).close()
    assert len(list(tmp_path.glob("desk.schema1-*.db"))) == 1, "a desk that is up to date needs no copy"


def test_a_failing_upgrade_changes_nothing(tmp_path: Path, next_schema: Path) -> None:
    made_of(SCHEMAS / "1.sql", tmp_path / "desk.db", 1)
    before = schema_of(tmp_path / "desk.db")
    next_schema.write_text(BROKEN)
    with pytest.raises(Exception, match="nothing"):
        open_database(tmp_path / "desk.db", CLOCK)
    assert schema_of(tmp_path / "desk.db") == before
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_newer_desk_is_refused_in_plain_words(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.database.close()
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(Unusable, match="newer leadconsole"):
        open_database(tmp_path / "desk.db", CLOCK)
    assert (tmp_path / "desk.db").read_bytes() == before
