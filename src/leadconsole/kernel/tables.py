"""The kernel's own tables: history, facts about the desk file, drafts of what people typed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Event(SQLModel, table=True):
    """One thing that happened; never changed or deleted (append-only by trigger)."""

    __table_args__ = (
        Index("event_story", "subject", "key", "at", "seq", unique=True),
        # Undo asks for the last steps of one person; what was imported can't be undone step by step.
        Index("event_steps", "actor", "id", sqlite_where=text("batch IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    key: str
    seq: int
    at: int
    recorded: int
    actor: str
    kind: str
    value: str | None = None
    text: str | None = None
    before: str | None = None
    after: str | None = None
    batch: int | None = None
    undoes: int | None = None


class DeskFact(SQLModel, table=True):
    """A fact about the file itself: whether its clock is frozen, the last ticket number given out."""

    __tablename__ = "desk_fact"

    name: str = Field(primary_key=True)
    value: str


class Draft(SQLModel, table=True):
    """What somebody typed and hasn't sent yet, so that a lost connection loses nothing."""

    __table_args__ = (CheckConstraint("length(key) > 0", name="draft_key"),)

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    text: str
    at: int


DDL = (
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
)
