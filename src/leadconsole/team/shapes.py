"""The interchange files of this slice (interchange.md, section 2), in the order in which they must be loaded."""

from __future__ import annotations

import re
from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import (
    DATE,
    LINE,
    LOGIN,
    PRICE,
    TEXT,
    ZONE,
    Column,
    Reading,
    Shape,
    Sort,
    choice,
    hours,
    whole,
)
from leadconsole.kernel.worktime import Hours
from leadconsole.team import rules

_TIME_OF_DAY = re.compile("([0-9]{1,2}):([0-5][0-9])(?::00)?")


def _minute_of_day(text: str, reading: Reading) -> int:
    found = _TIME_OF_DAY.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else None
    if minutes is None or minutes > 1440:
        raise Refused(_("«{text}» is no time of day; write 09:00 or 24:00.").format(text=text[:20]), code="bad_hours")
    return minutes


MINUTE_OF_DAY = Sort(_minute_of_day, lambda value, reading: f"{value // 60:02}:{value % 60:02}")
_NORM_MINUTES = whole(0, 10_000_000)


def _weekday_write(value: int, reading: Reading) -> str:
    return rules.WEEKDAYS[value]


_WEEKDAY_NAME = choice(*rules.WEEKDAYS)
WEEKDAY = Sort(lambda text, reading: rules.WEEKDAYS.index(_WEEKDAY_NAME.read(text, reading)), _weekday_write)
_LINE = whole(1, 3)
ANY_LINE = Sort(_LINE.read, lambda value, reading: str(value) if value else "")


def _open_hours(row: dict[str, Any]) -> None:
    Hours(row["opens"], row["closes"])


def _day_hours(row: dict[str, Any]) -> None:
    opens, closes = row["opens"], row["closes"]
    if (opens is None) != (closes is None):
        raise Refused(
            _("Give both opens and closes, or neither."),
            code="bad_hours",
            field="opens" if opens is None else "closes",
        )
    if opens is not None:
        if row["kind"] == "off":
            raise Refused(_("A day off has no opening hours."), code="bad_hours", field="opens")
        Hours(opens, closes)


SETTINGS = Shape(
    "settings",
    "setting",
    (Column("key", LINE, required=True, key=True), Column("value", LINE)),
    rules.setting,
)
PEOPLE = Shape(
    "people",
    "person",
    (
        Column("login", LOGIN, required=True, key=True),
        Column("name", LINE, required=True),
        Column("role", choice("lead", "specialist", "contractor", "director", "accountant"), required=True),
        Column("lines", Sort(rules.person_lines, lambda value, reading: str(value)), default="1"),
        Column("email", LINE),
        Column("timezone", ZONE),
        Column("weekly_hours", hours(168), default=2400, stored_as="weekly_minutes"),
        Column("started", DATE),
        Column("ended", DATE),
    ),
    rules.spans,
)
CLIENTS = Shape(
    "clients",
    "client",
    (
        Column("code", LINE, required=True, key=True),
        Column("name", LINE, required=True),
        Column("domains", LINE),
        Column("emails", LINE),
        Column("status", choice("active", "leaving", "left"), default="active"),
        Column("started", DATE),
        Column("ended", DATE),
        Column("policy", LINE),
        Column("calendar", LINE),
        Column("notes", TEXT),
        Column("toxic_since", DATE),
        Column("toxic_reason", LINE),
    ),
    rules.spans,
)
CONTACTS = Shape(
    "contacts",
    "contact",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("name", LINE, required=True, key=True),
        Column("email", LINE),
        Column("phone", LINE),
        Column("note", LINE),
    ),
)
CALENDARS = Shape(
    "calendars",
    "calendar_hours",
    (
        Column("calendar", LINE, required=True, key=True),
        Column("weekday", WEEKDAY, required=True, key=True),
        Column("opens", MINUTE_OF_DAY, required=True, key=True),
        Column("closes", MINUTE_OF_DAY, required=True),
        Column("timezone", ZONE),
    ),
    _open_hours,
)
CALENDAR_DAYS = Shape(
    "calendar_days",
    "calendar_day",
    (
        Column("calendar", LINE, required=True, key=True),
        Column("date", DATE, required=True, key=True),
        Column("kind", choice("off", "work", "short"), required=True),
        Column("opens", MINUTE_OF_DAY),
        Column("closes", MINUTE_OF_DAY),
    ),
    _day_hours,
)
NORMS = Shape(
    "norms",
    "norm",
    (
        Column("policy", LINE, required=True, key=True),
        Column("priority", choice("low", "normal", "high", "urgent"), required=True, key=True),
        Column("line", ANY_LINE, key=True, default=0),
        Column("first_reply_minutes", _NORM_MINUTES),
        Column("resolution_minutes", _NORM_MINUTES),
    ),
)
ABSENCES = Shape(
    "absences",
    "absence",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("from", DATE, required=True, key=True, stored_as="first"),
        Column("to", DATE, required=True, stored_as="last"),
        Column("kind", choice("vacation", "sick", "study", "other"), required=True),
        Column("note", LINE),
    ),
    rules.days,
)
SUBSCRIPTIONS = Shape(
    "subscriptions",
    "subscription",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("from", DATE, required=True, key=True, stored_as="first"),
        Column("to", DATE, stored_as="last"),
        Column("monthly_fee", PRICE, required=True),
    ),
    rules.days,
)

SHAPES = (SETTINGS, PEOPLE, CLIENTS, CONTACTS, CALENDARS, CALENDAR_DAYS, NORMS, ABSENCES, SUBSCRIPTIONS)
