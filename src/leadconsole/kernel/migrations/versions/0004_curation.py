"""Who leads and who can cover whom: levels, substitutions, client sheets, learning tasks, handovers of leading."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.execute(
        "CREATE TABLE client_sheet ( client VARCHAR NOT NULL, access VARCHAR, quirks VARCHAR, PRIMARY KEY"
        " (client), FOREIGN KEY(client) REFERENCES client (code) )"
    )
    op.execute(
        "CREATE TABLE curation ( client VARCHAR NOT NULL, login VARCHAR NOT NULL, since VARCHAR NOT NULL,"
        " level VARCHAR NOT NULL, until VARCHAR, PRIMARY KEY (client, login, since), CONSTRAINT"
        " curation_level CHECK (level IN ('learning', 'curator', 'lead')), CONSTRAINT curation_span CHECK"
        " (until IS NULL OR until >= since), FOREIGN KEY(client) REFERENCES client (code), FOREIGN KEY(login)"
        " REFERENCES person (login) )"
    )
    op.execute("CREATE INDEX curation_of_person ON curation (login, client)")
    op.execute(
        "CREATE TABLE lead_handover ( client VARCHAR NOT NULL, begun VARCHAR NOT NULL, giver VARCHAR NOT"
        " NULL, taker VARCHAR NOT NULL, effective VARCHAR NOT NULL, introduction VARCHAR, access VARCHAR,"
        " open_work VARCHAR, quirks VARCHAR, done VARCHAR, cancelled VARCHAR, PRIMARY KEY (client, begun),"
        " CONSTRAINT handover_span CHECK (effective >= begun), CONSTRAINT handover_to_other CHECK (giver <>"
        " taker), FOREIGN KEY(client) REFERENCES client (code), FOREIGN KEY(giver) REFERENCES person (login),"
        " FOREIGN KEY(taker) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE learning_task ( client VARCHAR NOT NULL, login VARCHAR NOT NULL, since VARCHAR NOT"
        " NULL, due VARCHAR NOT NULL, done VARCHAR, dropped VARCHAR, because VARCHAR, PRIMARY KEY (client,"
        " login, since), CONSTRAINT learning_span CHECK (due >= since), CONSTRAINT learning_end CHECK (done"
        " IS NULL OR dropped IS NULL), FOREIGN KEY(client) REFERENCES client (code), FOREIGN KEY(login)"
        " REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE substitution ( client VARCHAR NOT NULL, absent VARCHAR NOT NULL, first VARCHAR NOT"
        " NULL, last VARCHAR NOT NULL, substitute VARCHAR NOT NULL, acknowledged INTEGER, PRIMARY KEY"
        " (client, absent, first), CONSTRAINT substitution_span CHECK (last >= first), CONSTRAINT"
        " substitution_of_other CHECK (substitute <> absent), FOREIGN KEY(client) REFERENCES client (code),"
        " FOREIGN KEY(absent) REFERENCES person (login), FOREIGN KEY(substitute) REFERENCES person (login) )"
    )
    op.execute("CREATE INDEX substitution_days ON substitution (substitute, last, first)")
