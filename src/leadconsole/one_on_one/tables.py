"""Tables of 1-on-1s: criteria, plans, points, what was agreed, and what belongs to a meeting beside its points.

Keys of the first four are the interchange files' own (interchange.md, section 2). Days are ISO text, points are whole
hundredths, moments are Instants.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Criterion(SQLModel, table=True):
    """What matters in a person's work, from one day on, and how many points it gives at most."""

    __table_args__ = (
        CheckConstraint("most > 0", name="criterion_most"),
        CheckConstraint("last IS NULL OR last >= first", name="criterion_span"),
    )

    login: str = Field(primary_key=True, foreign_key="person.login")
    criterion: str = Field(primary_key=True)
    first: str = Field(primary_key=True)
    last: str | None = None
    most: int
    position: int | None = None


class CriterionStep(SQLModel, table=True):
    """What a step of a criterion's scale looks like, in words."""

    __tablename__ = "criterion_step"
    __table_args__ = (CheckConstraint("points >= 0", name="step_points"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    criterion: str = Field(primary_key=True)
    first: str = Field(primary_key=True)
    points: int = Field(primary_key=True)
    text: str


class MeetingPlan(SQLModel, table=True):
    """How often a person is met: a rule of RFC 5545."""

    __tablename__ = "meeting_plan"

    login: str = Field(primary_key=True, foreign_key="person.login")
    rule: str


class MeetingMove(SQLModel, table=True):
    """A planned day that was moved to another one, or left out."""

    __tablename__ = "meeting_move"

    login: str = Field(primary_key=True, foreign_key="person.login")
    day: str = Field(primary_key=True)
    moved: str | None = None
    reason: str | None = None


class MeetingScore(SQLModel, table=True):
    """The points of one criterion at a meeting, with the reason."""

    __tablename__ = "meeting_score"
    __table_args__ = (CheckConstraint("points >= 0", name="score_points"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    points: int
    reason: str


class MeetingRecord(SQLModel, table=True):
    """What belongs to a meeting as a whole, frozen when it was saved: evidence and the person's own points as JSON."""

    __tablename__ = "meeting_record"
    __table_args__ = (CheckConstraint("held IN ('office', 'remote')", name="record_held"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    author: str
    saved: int
    held: str
    evidence: str
    own: str
    acknowledged: int | None = None
    remark: str | None = None


class MeetingCorrection(SQLModel, table=True):
    """What was added to a record afterwards; the record itself stays."""

    __tablename__ = "meeting_correction"

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    author: str
    at: int
    text: str


class MeetingAction(SQLModel, table=True):
    """What was agreed at a meeting: who does it, until when, and since when it is done."""

    __tablename__ = "meeting_action"

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    text: str = Field(primary_key=True)
    owner: str
    due: str | None = None
    done: str | None = None


class AgendaPoint(SQLModel, table=True):
    """What is to be talked about; it stays open until it was, whenever the meeting is."""

    __tablename__ = "agenda_point"

    login: str = Field(primary_key=True, foreign_key="person.login")
    number: int = Field(primary_key=True)
    author: str
    at: int
    text: str
    closed: str | None = None


class OwnPoint(SQLModel, table=True):
    """The points that a person gives to the own work before the next meeting."""

    __tablename__ = "own_point"
    __table_args__ = (CheckConstraint("points >= 0", name="own_points"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    criterion: str = Field(primary_key=True)
    points: int
    reason: str | None = None
    at: int


class PrivateNote(SQLModel, table=True):
    """What a lead writes down about a meeting for nobody else; no history keeps it."""

    __tablename__ = "private_note"

    author: str = Field(primary_key=True)
    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    text: str
    at: int


KEPT = (
    "criterion_step", "meeting_move", "meeting_record", "meeting_correction", "agenda_point", "own_point",
)  # fmt: skip
"""Tables that no interchange file has: they travel in history.jsonl."""
PRIVATE = ("private_note",)
"""Tables that travel only in a private export."""
