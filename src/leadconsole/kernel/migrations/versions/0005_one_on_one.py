"""1-on-1s: criteria, plans, points, records, what was agreed, agenda, own points, private notes."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    op.execute(
        "CREATE TABLE criterion ( login VARCHAR NOT NULL, criterion VARCHAR NOT NULL, first VARCHAR NOT"
        " NULL, last VARCHAR, most INTEGER NOT NULL, position INTEGER, PRIMARY KEY (login, criterion,"
        " first), CONSTRAINT criterion_most CHECK (most > 0), CONSTRAINT criterion_span CHECK (last IS NULL"
        " OR last >= first), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE criterion_step ( login VARCHAR NOT NULL, criterion VARCHAR NOT NULL, first VARCHAR"
        " NOT NULL, points INTEGER NOT NULL, text VARCHAR NOT NULL, PRIMARY KEY (login, criterion, first,"
        " points), CONSTRAINT step_points CHECK (points >= 0), FOREIGN KEY(login) REFERENCES person (login)"
        " )"
    )
    op.execute(
        "CREATE TABLE meeting_plan ( login VARCHAR NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (login),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE meeting_move ( login VARCHAR NOT NULL, day VARCHAR NOT NULL, moved VARCHAR, reason"
        " VARCHAR, PRIMARY KEY (login, day), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE meeting_score ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, criterion VARCHAR NOT"
        " NULL, points INTEGER NOT NULL, reason VARCHAR NOT NULL, PRIMARY KEY (login, date, criterion),"
        " CONSTRAINT score_points CHECK (points >= 0), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE meeting_record ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, author VARCHAR NOT"
        " NULL, saved INTEGER NOT NULL, held VARCHAR NOT NULL, evidence VARCHAR NOT NULL, own VARCHAR NOT"
        " NULL, acknowledged INTEGER, remark VARCHAR, PRIMARY KEY (login, date), CONSTRAINT record_held"
        " CHECK (held IN ('office', 'remote')), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE meeting_correction ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, number INTEGER"
        " NOT NULL, author VARCHAR NOT NULL, at INTEGER NOT NULL, text VARCHAR NOT NULL, PRIMARY KEY"
        " (login, date, number), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE meeting_action ( login VARCHAR NOT NULL, date VARCHAR NOT NULL, text VARCHAR NOT"
        " NULL, owner VARCHAR NOT NULL, due VARCHAR, done VARCHAR, PRIMARY KEY (login, date, text), FOREIGN"
        " KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE agenda_point ( login VARCHAR NOT NULL, number INTEGER NOT NULL, author VARCHAR NOT"
        " NULL, at INTEGER NOT NULL, text VARCHAR NOT NULL, closed VARCHAR, PRIMARY KEY (login, number),"
        " FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE own_point ( login VARCHAR NOT NULL, criterion VARCHAR NOT NULL, points INTEGER NOT"
        " NULL, reason VARCHAR, at INTEGER NOT NULL, PRIMARY KEY (login, criterion), CONSTRAINT own_points"
        " CHECK (points >= 0), FOREIGN KEY(login) REFERENCES person (login) )"
    )
    op.execute(
        "CREATE TABLE private_note ( author VARCHAR NOT NULL, login VARCHAR NOT NULL, date VARCHAR NOT"
        " NULL, text VARCHAR NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (author, login, date), FOREIGN"
        " KEY(login) REFERENCES person (login) )"
    )
