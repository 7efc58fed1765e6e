"""A calendar's week in words: days with the same hours told together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from leadconsole.kernel import formats
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _
from leadconsole.team.rules import WEEKDAYS
from leadconsole.team.weeks import hours, text_of

_MONDAY = date(2024, 1, 1)
_ALL_DAY = "00:00-24:00"


def week_words(entry: Entry) -> list[str]:
    """The week as few sentences: `Mo–Fr 09:00–13:00, 14:00–18:00`, `Sa, Su closed`."""
    told = []
    place = 0
    for text, days in groupby(text_of(hours(entry[weekday], weekday)) for weekday in WEEKDAYS):
        count = len(list(days))
        told.append(f"{_days(place, count)} {_hours(text)}")
        place += count
    return told


def _days(first: int, count: int) -> str:
    names = [formats.weekday(_MONDAY + timedelta(days=place)) for place in (first, first + count - 1)]
    if count == 1:
        return names[0]
    return f"{names[0]}, {names[1]}" if count == 2 else f"{names[0]}–{names[1]}"


def _hours(text: str) -> str:
    if not text:
        return _("closed")
    if text == _ALL_DAY:
        return _("around the clock")
    return ", ".join(stretch.replace("-", "–") for stretch in text.split())


def week_hours(entry: Entry) -> str:
    """How many hours of a week the calendar is open: `40`, `42:30`."""
    minutes = sum(one.closes - one.opens for weekday in WEEKDAYS for one in hours(entry[weekday], weekday))
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)
