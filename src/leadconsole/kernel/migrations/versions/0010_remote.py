"""The public keys by which people come in over the network."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        "CREATE TABLE ssh_key ( fingerprint VARCHAR NOT NULL, login VARCHAR NOT NULL, type VARCHAR NOT NULL,"
        " base64 VARCHAR NOT NULL, added INTEGER NOT NULL, PRIMARY KEY (fingerprint),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute("CREATE INDEX ix_ssh_key_login ON ssh_key (login)")
