"""Tables of the roster: kinds of shifts, how many people are wanted when, who works when, rules and wishes.

Keys are the interchange files' own (interchange.md, section 2). Times of day are minutes of the desk's local day,
dates ISO text, limits hundredths; an empty line of a demand (any line) is 0. Whether a month is published stands in
history (subject `roster`), not here.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel


class ShiftType(SQLModel, table=True):
    """A kind of shift; one that ends at or before it starts ends on the next day."""

    __tablename__ = "shift_type"
    __table_args__ = (
        CheckConstraint("length(code) > 0", name="shift_type_code"),
        CheckConstraint("starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440", name="shift_type_span"),
        CheckConstraint("break_minutes BETWEEN 0 AND 1439", name="shift_type_break"),
    )

    code: str = Field(primary_key=True)
    name: str
    starts: int
    ends: int
    break_minutes: int = 0


class Demand(SQLModel, table=True):
    """So many people of a line in these hours of such a day."""

    __table_args__ = (
        CheckConstraint("line BETWEEN 0 AND 3", name="demand_line"),
        CheckConstraint("starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440", name="demand_span"),
        CheckConstraint("people >= 0", name="demand_people"),
    )

    day: str = Field(primary_key=True)
    starts: int = Field(primary_key=True)
    ends: int = Field(primary_key=True)
    line: int = Field(primary_key=True, default=0)
    people: int


class Shift(SQLModel, table=True):
    """Somebody works a shift that starts on a date."""

    __table_args__ = (Index("shift_days", "date", "login", "shift"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    shift: str = Field(foreign_key="shift_type.code")


class RosterRule(SQLModel, table=True):
    """How a rule is taken at this desk; a missing row means its default."""

    __tablename__ = "roster_rule"
    __table_args__ = (CheckConstraint("severity IN ('hard', 'soft', 'off')", name="roster_rule_severity"),)

    rule: str = Field(primary_key=True)
    severity: str
    bound: int | None = None


class PersonRule(SQLModel, table=True):
    """A limit that is somebody's own, in whole days, weekends or shifts of a kind (empty where the rule has none)."""

    __tablename__ = "person_rule"
    __table_args__ = (CheckConstraint("bound >= 0", name="person_rule_bound"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    rule: str = Field(primary_key=True)
    shift: str = Field(primary_key=True, default="")
    bound: int


class Wish(SQLModel, table=True):
    """Somebody wants a shift, a day off or any shift on a date (positive weight), or doesn't (negative)."""

    __table_args__ = (
        CheckConstraint("weight <> 0", name="wish_weight"),
        Index("wish_days", "date"),
    )

    login: str = Field(primary_key=True, foreign_key="person.login")
    date: str = Field(primary_key=True)
    shift: str
    weight: int
