"""People keep views of their own: a filter over a built-in view, by name."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        "CREATE TABLE saved_view ( owner VARCHAR NOT NULL, name VARCHAR NOT NULL, view VARCHAR NOT NULL,"
        " filter VARCHAR NOT NULL, PRIMARY KEY (owner, name),"
        " CONSTRAINT saved_view_name CHECK (length(name) > 0) )"
    )
