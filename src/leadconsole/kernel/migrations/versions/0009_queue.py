"""The search looks through everything that was said on a ticket, in pages; its index knows no places."""

from __future__ import annotations

from typing import Any

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the search anew from the tickets and their history."""
    for name in ("ticket_text_added", "ticket_text_removed", "ticket_text_changed"):
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE ticket_search")
    op.execute("DROP TABLE ticket_text")
    op.execute("CREATE TABLE ticket_text ( id INTEGER NOT NULL, text VARCHAR NOT NULL, PRIMARY KEY (id) )")
    op.execute(
        "CREATE VIRTUAL TABLE ticket_search USING fts5(text, content='ticket_text', content_rowid='id',"
        " tokenize='trigram', detail='none')"
    )
    op.execute(
        "CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN"
        " INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN"
        " INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text); END"
    )
    op.execute(
        "CREATE TRIGGER ticket_text_changed AFTER UPDATE ON ticket_text BEGIN"
        " INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text);"
        " INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END"
    )
    _fill()


def _fill() -> None:
    from leadconsole.tickets import texts

    connection: Any = op.get_bind().connection.driver_connection
    numbers = [number for (number,) in connection.execute("SELECT number FROM ticket ORDER BY number")]
    texts.load(connection, numbers, lambda count: None, bulk=True)
