"""Tables of the desk: who works here, for whom, in which hours and to which norms.

Keys are the interchange files' own (interchange.md, section 2). Dates are ISO text, hours are minutes of the
local day, weekly hours are minutes, an empty line of a norm (any line) is 0.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """One setting of the desk; a missing row means the default of rules.SETTINGS."""

    key: str = Field(primary_key=True)
    value: str


class Person(SQLModel, table=True):
    """Somebody who works for the desk; who left stays for history."""

    __table_args__ = (
        CheckConstraint("role IN ('lead', 'specialist', 'contractor', 'director', 'accountant')", name="person_role"),
        CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name="person_week"),
        CheckConstraint("ended IS NULL OR started IS NULL OR ended >= started", name="person_span"),
    )

    login: str = Field(primary_key=True)
    name: str
    role: str
    lines: str = "1"
    email: str | None = None
    timezone: str | None = None
    weekly_minutes: int = 2400
    started: str | None = None
    ended: str | None = None


class Client(SQLModel, table=True):
    """A firm that is supported; who left stays for history."""

    __table_args__ = (
        CheckConstraint("status IN ('active', 'leaving', 'left')", name="client_status"),
        CheckConstraint("ended IS NULL OR started IS NULL OR ended >= started", name="client_span"),
    )

    code: str = Field(primary_key=True)
    name: str
    domains: str | None = None
    emails: str | None = None
    status: str = "active"
    started: str | None = None
    ended: str | None = None
    policy: str | None = None
    calendar: str | None = None
    notes: str | None = None
    toxic_since: str | None = None
    toxic_reason: str | None = None


class Contact(SQLModel, table=True):
    """A person at a client."""

    client: str = Field(primary_key=True, foreign_key="client.code")
    name: str = Field(primary_key=True)
    email: str | None = None
    phone: str | None = None
    note: str | None = None


class CalendarHours(SQLModel, table=True):
    """One open stretch of a weekday (0 is Monday); several a day make a lunch break."""

    __tablename__ = "calendar_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="hours_weekday"),
        CheckConstraint("opens >= 0 AND opens < closes AND closes <= 1440", name="hours_span"),
    )

    calendar: str = Field(primary_key=True)
    weekday: int = Field(primary_key=True)
    opens: int = Field(primary_key=True)
    closes: int
    timezone: str | None = None


class CalendarDay(SQLModel, table=True):
    """A date on which a calendar differs; a calendar named as a country is its production calendar."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("kind IN ('off', 'work', 'short')", name="day_kind"),
        CheckConstraint(
            "(opens IS NULL) = (closes IS NULL) AND (opens IS NULL OR (opens < closes AND closes <= 1440))",
            name="day_span",
        ),
    )

    calendar: str = Field(primary_key=True)
    date: str = Field(primary_key=True)
    kind: str
    opens: int | None = None
    closes: int | None = None


class PublicDay(SQLModel, table=True):
    """A cache of the country's production calendar, so that reading needs no library."""

    __tablename__ = "public_day"
    __table_args__ = (CheckConstraint("kind IN ('off', 'work', 'short')", name="public_kind"),)

    country: str = Field(primary_key=True)
    date: str = Field(primary_key=True)
    kind: str


class Norm(SQLModel, table=True):
    """Targets in working minutes; line 0 stands for any line, a row for the line wins."""

    __table_args__ = (
        CheckConstraint("priority IN ('low', 'normal', 'high', 'urgent')", name="norm_priority"),
        CheckConstraint("line BETWEEN 0 AND 3", name="norm_line"),
        CheckConstraint("first_reply_minutes >= 0 AND resolution_minutes >= 0", name="norm_minutes"),
        Index("norm_of_policy", "policy"),
    )

    policy: str = Field(primary_key=True)
    priority: str = Field(primary_key=True)
    line: int = Field(primary_key=True, default=0)
    first_reply_minutes: int | None = None
    resolution_minutes: int | None = None


class Absence(SQLModel, table=True):
    """Somebody is away from the first to the last day, both included."""

    __table_args__ = (
        CheckConstraint("kind IN ('vacation', 'sick', 'study', 'other')", name="absence_kind"),
        CheckConstraint("last >= first", name="absence_span"),
        Index("absence_days", "last", "first"),
    )

    login: str = Field(primary_key=True, foreign_key="person.login")
    first: str = Field(primary_key=True)
    last: str
    kind: str
    note: str | None = None


class Subscription(SQLModel, table=True):
    """What a client pays a month from one day on, in minor units; without a last day until further notice."""

    __table_args__ = (
        CheckConstraint("monthly_fee >= 0", name="subscription_fee"),
        CheckConstraint("last IS NULL OR last >= first", name="subscription_span"),
    )

    client: str = Field(primary_key=True, foreign_key="client.code")
    first: str = Field(primary_key=True)
    last: str | None = None
    monthly_fee: int
