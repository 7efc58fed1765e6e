"""Tables of the payout: pay and costs as they are entered, and closed months as they were frozen.

Months are `2026-10`, days ISO text, money is minor units, moments are Instants. The lines of a closed month carry what
they were made of and a hash that continues the one of the line before (payout/chain.py).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Salary(SQLModel, table=True):
    """What somebody earns a month from a day on, until the day before the next row."""

    __table_args__ = (CheckConstraint("amount >= 0", name="salary_amount"),)

    login: str = Field(primary_key=True, foreign_key="person.login")
    first: str = Field(primary_key=True)
    amount: int


class Expense(SQLModel, table=True):
    """An outside resource paid from the department's share."""

    __table_args__ = (CheckConstraint("amount >= 0", name="expense_amount"),)

    month: str = Field(primary_key=True)
    description: str = Field(primary_key=True)
    amount: int
    client: str | None = Field(default=None, foreign_key="client.code")
    ticket: int | None = None


class Allocation(SQLModel, table=True):
    """What the lead sets aside of a month's profit; a negative reserve draws on what was set aside before."""

    __table_args__ = (
        CheckConstraint("kind IN ('reserve', 'bonus')", name="allocation_kind"),
        CheckConstraint("kind = 'reserve' OR amount >= 0", name="allocation_amount"),
    )

    month: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    login: str = Field(primary_key=True, default="")
    amount: int
    reason: str | None = None


class Adjustment(SQLModel, table=True):
    """A correction in an open month, with what it corrects."""

    month: str = Field(primary_key=True)
    description: str = Field(primary_key=True)
    amount: int
    corrects: str | None = None


class Decision(SQLModel, table=True):
    """What is going to be changed after an abnormal month, and by when."""

    __tablename__ = "payout_decision"

    month: str = Field(primary_key=True)
    change: str
    until: str


class PassedOn(SQLModel, table=True):
    """A line of a month that was passed on to accounting for its invoice or act."""

    __tablename__ = "passed_on"

    month: str = Field(primary_key=True)
    file: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    at: int


class ClosedMonth(SQLModel, table=True):
    """A month as it was frozen: scheme, figures and what was left out as JSON, chained to the month before."""

    __tablename__ = "closed_month"

    month: str = Field(primary_key=True)
    at: int
    actor: str
    frozen: str
    previous: str
    hash: str


class ClosedLine(SQLModel, table=True):
    """A line of a closed month."""

    __tablename__ = "closed_line"
    __table_args__ = (
        Index("closed_line_ticket", "ticket", sqlite_where=text("ticket IS NOT NULL")),
        Index("closed_line_source", "file", "key"),
    )

    month: str = Field(primary_key=True, foreign_key="closed_month.month")
    place: int = Field(primary_key=True)
    section: str
    who: str
    what: str
    amount: int
    file: str
    key: str
    base: int
    days: int
    of_days: int
    at: int | None = None
    ticket: int | None = None
    hash: str


KEPT = ("payout_decision", "passed_on", "closed_month", "closed_line")
"""What has no interchange file of its own; an export has its rows in history.jsonl."""
