"""The roster: kinds of shifts, demand, shifts, rules, wishes."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.execute(
        "CREATE TABLE shift_type ( code VARCHAR NOT NULL, name VARCHAR NOT NULL, starts INTEGER NOT NULL,"
        " ends INTEGER NOT NULL, break_minutes INTEGER NOT NULL, PRIMARY KEY (code),"
        " CONSTRAINT shift_type_code CHECK (length(code) > 0),"
        " CONSTRAINT shift_type_span CHECK (starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440),"
        " CONSTRAINT shift_type_break CHECK (break_minutes BETWEEN 0 AND 1439) )"
    )
    op.execute(
        "CREATE TABLE demand ( day VARCHAR NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,"
        " line INTEGER NOT NULL, people INTEGER NOT NULL, PRIMARY KEY (day, starts, ends, line),"
        " CONSTRAINT demand_line CHECK (line BETWEEN 0 AND 3),"
        " CONSTRAINT demand_span CHECK (starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440),"
        " CONSTRAINT demand_people CHECK (people >= 0) )"
    )
    op.execute(
        "CREATE TABLE shift ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, shift VARCHAR NOT NULL,"
        " PRIMARY KEY (login, date),"
        " FOREIGN KEY(login) REFERENCES person (login),"
        " FOREIGN KEY(shift) REFERENCES shift_type (code) )"
    )
    op.execute("CREATE INDEX shift_days ON shift (date, login, shift)")
    op.execute(
        "CREATE TABLE roster_rule ( rule VARCHAR NOT NULL, severity VARCHAR NOT NULL, bound INTEGER,"
        " PRIMARY KEY (rule),"
        " CONSTRAINT roster_rule_severity CHECK (severity IN ('hard', 'soft', 'off')) )"
    )
    op.execute(
        "CREATE TABLE wish ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, shift VARCHAR NOT NULL,"
        " weight INTEGER NOT NULL, PRIMARY KEY (login, date),"
        " CONSTRAINT wish_weight CHECK (weight <> 0),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute("CREATE INDEX wish_days ON wish (date)")
