"""Days as people type them for what lies ahead: tomorrow, 3d, 25.11, 25.11 14:00."""

from __future__ import annotations

import re
from datetime import date, timedelta

from leadconsole.kernel.clock import Instant, moment
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date, local_instant, parse_date, parse_instant, time_zone

WORDS = {
    **dict.fromkeys(("today", "сегодня", "сьогодні"), 0),
    **dict.fromkeys(("tomorrow", "завтра"), 1),
    **dict.fromkeys(("yesterday", "вчера", "вчора"), -1),
}
_AFTER = re.compile(r"(\d{1,3})\s*(d|д|дн|w|н|нед|т|тиж)")
_WEEKS = frozenset({"w", "н", "нед", "т", "тиж"})
_SHORT = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\s+\d{1,2}:\d{2})?")
LAST_MINUTE = 23 * 60 + 59


def ahead(text: str, now: Instant, timezone: str, *, end_of_day: bool) -> str:
    """The ISO time that a person means by a day to come; a day alone is its beginning, or its last minute.

    Refused for what is no day. Day and month alone mean the next such day.
    """
    told = text.strip().lower()
    today = local_date(now, timezone)
    if told in WORDS:
        return _iso(today + timedelta(WORDS[told]), timezone, end_of_day)
    if found := _AFTER.fullmatch(told):
        days = int(found[1]) * (7 if found[2] in _WEEKS else 1)
        return _iso(today + timedelta(days), timezone, end_of_day)
    if found := _SHORT.fullmatch(told):
        told = f"{_next(int(found[1]), int(found[2]), today):%d.%m.%Y}{found[3] or ''}"
    if ":" in told:
        return moment(parse_instant(told, timezone)).isoformat()
    return _iso(parse_date(told), timezone, end_of_day)


def _next(day: int, month: int, today: date) -> date:
    """The next such day from today on; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise Refused(_("«{text}» is not a date; write it such as 2026-10-31 or 31.10.2026").format(text=f"{day}.{month}"))


def _iso(day: date, timezone: str, end_of_day: bool) -> str:
    at = local_instant(day, LAST_MINUTE if end_of_day else 0, time_zone(timezone))
    return moment(at).isoformat()
