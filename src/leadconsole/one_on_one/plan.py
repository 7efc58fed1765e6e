"""The rule by which meetings are planned: a recurrence of RFC 5545, as far as days go.

A rule may bring its first day with it (`DTSTART:20261103 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`); else the days are
counted from the one that the caller gives. The library that lays days out is imported when it is needed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import EARLIEST_YEAR, LATEST_YEAR

LONGEST = 300
_WHOLE = re.compile(
    r"(?:DTSTART(?:;VALUE=DATE)?:(?P<start>[0-9]{8})(?:T[0-9]{6}Z?)?[\s;]+)?(?:RRULE:)?(?P<rule>[A-Z]+=.*)", re.DOTALL
)
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_LISTS = {
    # part: one value of it, the least and the most
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NOT_WITH = {
    "BYMONTHDAY": {"WEEKLY"},
    "BYYEARDAY": {"DAILY", "WEEKLY", "MONTHLY"},
    "BYWEEKNO": {"DAILY", "WEEKLY", "MONTHLY"},
}
_KNOWN = ("FREQ", "INTERVAL", "BYDAY", *_LISTS, "WKST", "UNTIL")
MOST_BETWEEN = 520


class Plan(NamedTuple):
    """A rule that was read: what it counts from, if it says so, and its parts as they are written."""

    start: date | None
    rule: str

    @property
    def text(self) -> str:
        """The plan as it is kept."""
        return f"DTSTART:{self.start:%Y%m%d} RRULE:{self.rule}" if self.start else self.rule


def read_plan(text: str) -> Plan:
    """The plan that a text names; Refused for what is no rule of whole days, or one with an end by count."""
    found = _WHOLE.fullmatch(text.strip().upper())
    if found is None or len(text) > LONGEST:
        raise _no_rule(text)
    parts: dict[str, str] = {}
    for part in found["rule"].rstrip(";").split(";"):
        name, is_told, value = part.strip().partition("=")
        if not is_told or not value or name in parts:
            raise _no_rule(text)
        parts[name] = value.strip()
    if unknown := [name for name in parts if name not in _KNOWN]:
        raise Refused(
            _("«{part}» has no place in a rule for meetings; known are {known}.").format(
                part=unknown[0][:40], known=", ".join(_KNOWN)
            ),
            code="bad_rule",
            field="rule",
        )
    _refuse_parts(text, parts)
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_date(parts['UNTIL'][:8], text):%Y%m%d}"
    start = _date(found["start"], text) if found["start"] else None
    return Plan(start, ";".join(f"{name}={value}" for name, value in parts.items()))


def _refuse_parts(text: str, parts: dict[str, str]) -> None:
    often = parts.get("FREQ", "")
    if often not in _FREQUENCIES:
        raise Refused(_("A rule says how often: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."), code="bad_rule", field="rule")
    if not _number(parts.get("INTERVAL", "1"), 1, MOST_BETWEEN):
        raise _no_rule(text)
    numbered = often in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts
    day = rf"(?:[+-]?(?:[1-9]|[1-4][0-9]|5[0-3]))?{_DAY}" if numbered else _DAY
    if "BYDAY" in parts and not re.fullmatch(rf"{day}(?:,{day})*", parts["BYDAY"]):
        raise _no_rule(text)
    if not re.fullmatch(_DAY, parts.get("WKST", "MO")):
        raise _no_rule(text)
    for name, (least, most) in _LISTS.items():
        if name not in parts:
            continue
        values = parts[name].split(",")
        if often in _NOT_WITH.get(name, ()) or not all(_number(value, least, most) for value in values):
            raise _no_rule(text)
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        raise _no_rule(text)
    if "UNTIL" in parts and not re.fullmatch("[0-9]{8}(?:T[0-9]{6}Z?)?", parts["UNTIL"]):
        raise _no_rule(text)


def _number(text: str, least: int, most: int) -> bool:
    return re.fullmatch("[+-]?[0-9]{1,3}", text) is not None and least <= int(text) <= most and int(text) != 0


def _date(text: str, rule: str) -> date:
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _no_rule(rule) from None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise _no_rule(rule)
    return found


def _no_rule(text: str) -> Refused:
    return Refused(
        _("«{text}» is no rule for meetings; write it such as FREQ=WEEKLY;BYDAY=TU,TH.").format(text=text[:60]),
        code="bad_rule",
        field="rule",
    )


def days_of(plan: Plan, counted_from: date, first: date, last: date) -> list[date]:
    """The days of a plan between two days, both included."""
    from dateutil.rrule import rrulestr

    begin = plan.start or counted_from
    parts = dict(part.split("=") for part in plan.rule.split(";"))
    until = parts.pop("UNTIL", None)
    end = last if until is None else min(last, date.fromisoformat(until))
    if end < max(begin, first):
        return []
    # With an end it isn't searched for thousands of years for a day that never comes, such as a 30 February.
    bounded = ";".join(f"{name}={value}" for name, value in {**parts, "UNTIL": f"{end:%Y%m%d}"}.items())
    rule = rrulestr(bounded, dtstart=datetime.combine(begin, time()))
    begins, ends = datetime.combine(first, time()), datetime.combine(end, time())
    return [found.date() for found in rule.between(begins, ends, inc=True)]
