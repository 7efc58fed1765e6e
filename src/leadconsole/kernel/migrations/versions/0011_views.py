"""A person's own views keep their columns and their order."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add both; a view that was kept before has those of the built-in ones."""
    op.execute("ALTER TABLE saved_view ADD COLUMN columns VARCHAR DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE saved_view ADD COLUMN sort VARCHAR DEFAULT '' NOT NULL")
