"""Absences of people, and what clients pay a month."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
    op.execute(
        "CREATE TABLE absence ( login VARCHAR NOT NULL, first VARCHAR NOT NULL, last VARCHAR NOT NULL,"
        " kind VARCHAR NOT NULL, note VARCHAR, PRIMARY KEY (login, first),"
        " CONSTRAINT absence_kind CHECK (kind IN ('vacation', 'sick', 'study', 'other')),"
        " CONSTRAINT absence_span CHECK (last >= first),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute("CREATE INDEX absence_days ON absence (last, first)")
    op.execute(
        "CREATE TABLE subscription ( client VARCHAR NOT NULL, first VARCHAR NOT NULL, last VARCHAR,"
        " monthly_fee INTEGER NOT NULL, PRIMARY KEY (client, first),"
        " CONSTRAINT subscription_fee CHECK (monthly_fee >= 0),"
        " CONSTRAINT subscription_span CHECK (last IS NULL OR last >= first),"
        " FOREIGN KEY(client) REFERENCES client (code) )"
    )
