"""Tables of the curation matrix and of what grows out of it: substitutions, sheets, learning, handovers.

Keys are the interchange files' own. Dates are ISO text, both ends inclusive; an empty last day means until further
notice. What holds on a day is derived from these rows (rules.py), nothing is stored that time alone would change.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel


class Curation(SQLModel, table=True):
    """How well a person knows a client from a day on; the latest row begun by a day holds on it."""

    __table_args__ = (
        CheckConstraint("level IN ('learning', 'curator', 'lead')", name="curation_level"),
        CheckConstraint("until IS NULL OR until >= since", name="curation_span"),
        Index("curation_of_person", "login", "client"),
    )

    client: str = Field(primary_key=True, foreign_key="client.code")
    login: str = Field(primary_key=True, foreign_key="person.login")
    since: str = Field(primary_key=True)
    level: str
    until: str | None = None


class Substitution(SQLModel, table=True):
    """Somebody appointed to lead a client while the one who leads it is away; ends by itself on its last day."""

    __table_args__ = (
        CheckConstraint("last >= first", name="substitution_span"),
        CheckConstraint("substitute <> absent", name="substitution_of_other"),
        Index("substitution_days", "substitute", "last", "first"),
    )

    client: str = Field(primary_key=True, foreign_key="client.code")
    absent: str = Field(primary_key=True, foreign_key="person.login")
    first: str = Field(primary_key=True)
    last: str
    substitute: str = Field(foreign_key="person.login")
    acknowledged: int | None = None


class ClientSheet(SQLModel, table=True):
    """What whoever takes a client over must know and no other table tells: systems and access, history and quirks."""

    __tablename__ = "client_sheet"

    client: str = Field(primary_key=True, foreign_key="client.code")
    access: str | None = None
    quirks: str | None = None


class LearningTask(SQLModel, table=True):
    """Somebody is to learn a client by a day; done or dropped on a day, else under way."""

    __tablename__ = "learning_task"
    __table_args__ = (
        CheckConstraint("due >= since", name="learning_span"),
        CheckConstraint("done IS NULL OR dropped IS NULL", name="learning_end"),
    )

    client: str = Field(primary_key=True, foreign_key="client.code")
    login: str = Field(primary_key=True, foreign_key="person.login")
    since: str = Field(primary_key=True)
    due: str
    done: str | None = None
    dropped: str | None = None
    because: str | None = None


class LeadHandover(SQLModel, table=True):
    """Leading a client passes from one person to another on a day; each step has the day on which it was done."""

    __tablename__ = "lead_handover"
    __table_args__ = (
        CheckConstraint("effective >= begun", name="handover_span"),
        CheckConstraint("giver <> taker", name="handover_to_other"),
    )

    client: str = Field(primary_key=True, foreign_key="client.code")
    begun: str = Field(primary_key=True)
    giver: str = Field(foreign_key="person.login")
    taker: str = Field(foreign_key="person.login")
    effective: str
    introduction: str | None = None
    access: str | None = None
    open_work: str | None = None
    quirks: str | None = None
    done: str | None = None
    cancelled: str | None = None
