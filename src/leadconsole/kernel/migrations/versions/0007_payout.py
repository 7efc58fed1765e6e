"""Salaries, outside costs, set-asides and adjustments; closed months with their lines; what invoices are made of."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables, and the indexes by which a month finds its works."""
    op.execute(
        "CREATE TABLE adjustment ( month VARCHAR NOT NULL, description VARCHAR NOT NULL, amount INTEGER NOT"
        " NULL, corrects VARCHAR, PRIMARY KEY (month, description) )"
    )
    op.execute(
        "CREATE TABLE allocation ( month VARCHAR NOT NULL, kind VARCHAR NOT NULL, login VARCHAR NOT NULL,"
        " amount INTEGER NOT NULL, reason VARCHAR, PRIMARY KEY (month, kind, login), CONSTRAINT"
        " allocation_kind CHECK (kind IN ('reserve', 'bonus')), CONSTRAINT allocation_amount CHECK (kind ="
        " 'reserve' OR amount >= 0) )"
    )
    op.execute(
        "CREATE TABLE closed_month ( month VARCHAR NOT NULL, at INTEGER NOT NULL, actor VARCHAR NOT NULL,"
        " frozen VARCHAR NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL, PRIMARY KEY (month) )"
    )
    op.execute(
        'CREATE TABLE passed_on ( month VARCHAR NOT NULL, file VARCHAR NOT NULL, "key" VARCHAR NOT NULL, at'
        ' INTEGER NOT NULL, PRIMARY KEY (month, file, "key") )'
    )
    op.execute(
        "CREATE TABLE payout_decision ( month VARCHAR NOT NULL, change VARCHAR NOT NULL, until VARCHAR NOT"
        " NULL, PRIMARY KEY (month) )"
    )
    op.execute(
        "CREATE TABLE closed_line ( month VARCHAR NOT NULL, place INTEGER NOT NULL, section VARCHAR NOT"
        " NULL, who VARCHAR NOT NULL, what VARCHAR NOT NULL, amount INTEGER NOT NULL, file VARCHAR NOT NULL,"
        ' "key" VARCHAR NOT NULL, base INTEGER NOT NULL, days INTEGER NOT NULL, of_days INTEGER NOT NULL, at'
        " INTEGER, ticket INTEGER, hash VARCHAR NOT NULL, PRIMARY KEY (month, place), FOREIGN KEY(month)"
        " REFERENCES closed_month (month) )"
    )
    op.execute('CREATE INDEX closed_line_source ON closed_line (file, "key")')
    op.execute("CREATE INDEX closed_line_ticket ON closed_line (ticket) WHERE ticket IS NOT NULL")
    op.execute(
        "CREATE TABLE expense ( month VARCHAR NOT NULL, description VARCHAR NOT NULL, amount INTEGER NOT"
        " NULL, client VARCHAR, ticket INTEGER, PRIMARY KEY (month, description), CONSTRAINT expense_amount"
        " CHECK (amount >= 0), FOREIGN KEY(client) REFERENCES client (code) )"
    )
    op.execute(
        "CREATE TABLE salary ( login VARCHAR NOT NULL, first VARCHAR NOT NULL, amount INTEGER NOT NULL,"
        " PRIMARY KEY (login, first), CONSTRAINT salary_amount CHECK (amount >= 0), FOREIGN KEY(login)"
        " REFERENCES person (login) )"
    )
    op.execute(
        "CREATE INDEX ticket_accepted ON ticket (accepted_at, price, client) WHERE accepted_at IS NOT NULL"
        " AND price IS NOT NULL"
    )
    op.execute(
        "CREATE INDEX ticket_left_out ON ticket (resolved_at, accepted_at, price) WHERE status IN"
        " ('resolved', 'accepted') AND (kind IN ('task', 'project') OR price IS NOT NULL)"
    )
