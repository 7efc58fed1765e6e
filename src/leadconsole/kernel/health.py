"""What is wrong with a desk file as a file: broken pages, rows without what they refer to, a history that gives way."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel.i18n import _

MOST = 100
"""So many findings of a sort say enough."""


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything that SQLite and the schema find wrong, in the user's language; empty for a sound file."""
    try:
        return [*broken_pages(connection, whole=True), *_dangling_rows(connection), *_missing_triggers(connection)]
    except sqlite3.DatabaseError as error:
        return [_("The file can't be read to its end: {reason}.").format(reason=error)]


def broken_pages(connection: sqlite3.Connection, *, whole: bool = False) -> list[str]:
    """What SQLite's own check finds; only the `whole` one compares the indexes with their tables."""
    check = "integrity_check" if whole else "quick_check"
    said = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({MOST})")]
    return [] if said == ["ok"] else said


def _dangling_rows(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST)
    return [
        _("A row of {table} ({row}) refers to something in {other} that isn't there.").format(
            table=table, row=row, other=other
        )
        for table, row, other, _constraint in rows
    ]


def _missing_triggers(connection: sqlite3.Connection) -> list[str]:
    """History is append-only, and search in step, by triggers; each must stand there word for word."""
    from leadconsole.kernel.schema import kept_statements

    kept = {
        name: " ".join(sql.split())
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    }
    found = []
    for statement in kept_statements():
        words = statement.split()
        if words[:2] == ["CREATE", "TRIGGER"] and kept.get(words[2]) != " ".join(words):
            found.append(_("The trigger {name} is missing or was changed.").format(name=words[2]))
    return found
