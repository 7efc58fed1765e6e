"""A calendar's week as people write it: one cell of opening hours per weekday, a lunch break by two stretches."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import Column, Reading, read_cell
from leadconsole.kernel.worktime import Hours
from leadconsole.team.rules import WEEKDAYS
from leadconsole.team.shapes import CALENDARS, MINUTE_OF_DAY

WEEKS = "weeks"
"""What a calendar as a whole is called where files are named; its file is calendars.csv, a row per stretch."""
_CALENDAR, _TIMEZONE = CALENDARS.columns[0], CALENDARS.columns[-1]
_STRETCH = re.compile(r"([0-9]{1,2}(?::[0-9]{2})?)\s*[-–—]\s*([0-9]{1,2}(?::[0-9]{2})?)")
_BETWEEN = re.compile(r"[\s,;+]*")
_ANY = Reading("UTC")

Row = dict[str, Any]


def hours(text: str, weekday: str) -> tuple[Hours, ...]:
    """The stretches that `9-13 14:00-18:00` names, in order; an empty text is a closed day."""
    rest, found = text, []
    while rest := rest[_BETWEEN.match(rest).end() :]:  # type: ignore[union-attr]  # it matches nothing, too
        stretch = _STRETCH.match(rest)
        if stretch is None:
            raise Refused(
                _("«{text}» are no opening hours; write 09:00-18:00, or 09:00-13:00 14:00-18:00 with a break.").format(
                    text=text[:40]
                ),
                code="bad_hours",
                field=weekday,
            )
        found.append(_stretch(stretch[1], stretch[2], weekday))
        rest = rest[stretch.end() :]
    found.sort()
    if any(later.opens <= earlier.closes for earlier, later in pairwise(found)):
        raise Refused(_("These hours touch or overlap; write them as one."), code="bad_hours", field=weekday)
    return tuple(found)


def _stretch(opens: str, closes: str, weekday: str) -> Hours:
    try:
        return Hours(*(read_cell(Column(weekday, MINUTE_OF_DAY), _full(part), _ANY) for part in (opens, closes)))
    except Refused as refusal:
        refusal.field = weekday
        raise


def _full(part: str) -> str:
    return part if ":" in part else f"{part}:00"


def text_of(stretches: list[Hours] | tuple[Hours, ...]) -> str:
    """Opening hours as `hours` reads them: `09:00-13:00 14:00-18:00`."""
    return " ".join(f"{_time(one.opens)}-{_time(one.closes)}" for one in stretches)


def _time(minutes: int) -> str:
    return MINUTE_OF_DAY.write(minutes, _ANY)


def calendar_name(cells: Mapping[str, str | None], reading: Reading) -> str:
    """The name of the calendar that cells are about; Refused without one."""
    name: str = read_cell(_CALENDAR, cells.get("calendar"), reading)
    return name


def rows_of(cells: Mapping[str, str | None], reading: Reading) -> list[Row]:
    """The rows of calendars.csv that a week makes; Refused where it never opens."""
    name = calendar_name(cells, reading)
    zone = read_cell(_TIMEZONE, cells.get("timezone"), reading)
    rows = [
        {"calendar": name, "weekday": place, "opens": one.opens, "closes": one.closes, "timezone": zone}
        for place, weekday in enumerate(WEEKDAYS)
        for one in hours(cells.get(weekday) or "", weekday)
    ]
    if not rows:
        raise Refused(
            _("A calendar is open on one day at least; around the clock is 00:00-24:00."),
            code="bad_hours",
            field=WEEKDAYS[0],
        )
    return rows


def cells_of(name: str, rows: list[Row]) -> dict[str, str]:
    """The rows of one calendar as its dialog shows them."""
    week: dict[int, list[Hours]] = defaultdict(list)
    for row in rows:
        week[row["weekday"]].append(Hours(row["opens"], row["closes"]))
    zone = next((row["timezone"] for row in rows if row["timezone"]), "")
    return {
        "calendar": name,
        "timezone": zone,
        **{weekday: text_of(sorted(week[place])) for place, weekday in enumerate(WEEKDAYS)},
    }


def stored(connection: sqlite3.Connection, name: str) -> list[Row]:
    """The rows of a calendar, none if there is no such calendar."""
    return [row for row in every(connection) if row["calendar"] == name]


def every(connection: sqlite3.Connection) -> list[Row]:
    """The opening hours of all calendars by name, weekday and opening."""
    names = ("calendar", "weekday", "opens", "closes", "timezone")
    found = connection.execute(f"SELECT {', '.join(names)} FROM calendar_hours ORDER BY 1, 2, 3").fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def key(row: Mapping[str, Any]) -> tuple[str, int, int]:
    """The primary key of one stretch."""
    return (row["calendar"], row["weekday"], row["opens"])
