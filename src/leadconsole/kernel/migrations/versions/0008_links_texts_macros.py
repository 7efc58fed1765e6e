"""Tickets that belong together, texts that are written often, and several changes under one name."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables."""
    op.execute(
        "CREATE TABLE canned_text ( owner VARCHAR NOT NULL, name VARCHAR NOT NULL, text VARCHAR NOT NULL,"
        " PRIMARY KEY (owner, name), CONSTRAINT canned_text_name CHECK (length(name) > 0) )"
    )
    op.execute(
        "CREATE TABLE macro ( owner VARCHAR NOT NULL, name VARCHAR NOT NULL, assign VARCHAR, line INTEGER,"
        " reason VARCHAR, priority VARCHAR, status VARCHAR, wait VARCHAR, tags VARCHAR, minutes INTEGER,"
        " note VARCHAR, reply VARCHAR, PRIMARY KEY (owner, name),"
        " CONSTRAINT macro_name CHECK (length(name) > 0),"
        " CONSTRAINT macro_line CHECK (line BETWEEN 1 AND 3) )"
    )
    op.execute(
        "CREATE TABLE ticket_link ( ticket INTEGER NOT NULL, other INTEGER NOT NULL, kind VARCHAR NOT NULL,"
        " PRIMARY KEY (ticket, other),"
        " CONSTRAINT ticket_link_kind CHECK (kind IN ('related', 'merged', 'split')),"
        " CONSTRAINT ticket_link_two CHECK (ticket <> other),"
        " FOREIGN KEY(ticket) REFERENCES ticket (number),"
        " FOREIGN KEY(other) REFERENCES ticket (number) )"
    )
    op.execute("CREATE INDEX ticket_link_other ON ticket_link (other)")
    op.execute("CREATE UNIQUE INDEX ticket_link_merged ON ticket_link (ticket) WHERE kind = 'merged'")
