"""A plan of meetings as a form: every so many weeks on which days, or any rule of RFC 5545."""

from __future__ import annotations

import re
from datetime import date, timedelta

from leadconsole.console.dialogs.form import Field, Values
from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import fold

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONDAY = date(2024, 1, 1)
_SIMPLE = re.compile(
    r"(?:DTSTART:(?P<start>[0-9]{8}) RRULE:)?FREQ=WEEKLY(?:;INTERVAL=(?P<weeks>[0-9]+))?;BYDAY=(?P<days>[A-Z,]+)"
)


def fields(plan: str) -> tuple[Field, ...]:
    """The fields of a plan; a rule that is no simple one stands as it is written."""
    found = _SIMPLE.fullmatch(plan)
    weeks, days, start = ("1", "", "")
    if found is not None:
        weeks, start = found["weeks"] or "1", found["start"] or ""
        days = ", ".join(_name(CODES.index(code)) for code in found["days"].split(",") if code in CODES)
    if start:
        start = f"{start[:4]}-{start[4:6]}-{start[6:]}"
    named = ", ".join(_name(place) for place in range(5))
    return (
        Field("days", _("On these days"), value=days, hint=_("one or several of {days}").format(days=named)),
        Field("weeks", _("Every … weeks"), value=weeks, hint=_("1: every week, 2: every second")),
        Field("start", _("Counted from"), value=start, hint=_("a day; empty: from the first meeting")),
        Field(
            "rule", _("Or a rule"), value="" if found else plan, hint=_("RFC 5545, such as FREQ=MONTHLY;BYDAY=1TU")
        ),
    )  # fmt: skip


def rule_of(values: Values, start: str) -> str:
    """The rule that was typed; nothing where nothing was, which ends the plan."""
    if rule := str(values["rule"]).strip():
        return rule
    names = [fold(name) for name in re.split(r"[\s,;+]+", str(values["days"])) if name]
    if not names:
        return ""
    known = {fold(_name(place)): code for place, code in enumerate(CODES)} | {fold(code): code for code in CODES}
    if wrong := [name for name in names if name not in known]:
        raise Refused(
            _("«{text}» is no day of the week; write such as {days}.").format(text=wrong[0][:20], days=_name(1)),
            code="bad_day",
            field="days",
        )
    weeks = str(values["weeks"]).strip() or "1"
    if not weeks.isdecimal() or not 1 <= int(weeks) <= 52:
        raise Refused(_("Every 1 to 52 weeks."), code="bad_number", field="weeks")
    days = ",".join(code for code in CODES if code in {known[name] for name in names})
    rule = f"FREQ=WEEKLY;INTERVAL={int(weeks)};BYDAY={days}" if int(weeks) > 1 else f"FREQ=WEEKLY;BYDAY={days}"
    return f"DTSTART:{start.replace('-', '')} RRULE:{rule}" if start else rule


def _name(place: int) -> str:
    return formats.weekday(_MONDAY + timedelta(days=place))
