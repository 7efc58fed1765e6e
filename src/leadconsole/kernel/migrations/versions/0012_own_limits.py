"""Limits of the roster's rules that are a person's own."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        "CREATE TABLE person_rule ( login VARCHAR NOT NULL, rule VARCHAR NOT NULL, shift VARCHAR NOT NULL,"
        " bound INTEGER NOT NULL, PRIMARY KEY (login, rule, shift),"
        " CONSTRAINT person_rule_bound CHECK (bound >= 0),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
