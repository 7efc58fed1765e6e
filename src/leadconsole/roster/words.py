"""The words of the roster: rules, findings and what would cure them, files and their columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.roster.law import source
from leadconsole.roster.rules.demand import WEEKDAYS
from leadconsole.roster.rules.finding import Finding
from leadconsole.roster.rules.month import ANY, OFF, MonthFacts
from leadconsole.roster.rules.names import RuleName
from leadconsole.team import words as team

RULES: dict[RuleName, str] = {
    RuleName.DOUBLE_BOOKED: N_("two shifts at once"),
    RuleName.ABSENT: N_("shift while away"),
    RuleName.TWO_SHIFTS: N_("two shifts in a row"),
    RuleName.WEEKLY_REST: N_("weekly rest"),
    RuleName.MAX_CONSECUTIVE: N_("too many days in a row"),
    RuleName.MIN_CONSECUTIVE: N_("too few days in a row"),
    RuleName.MIN_DAYS_OFF: N_("too few days off in a row"),
    RuleName.MAX_WEEKENDS: N_("too many weekends"),
    RuleName.MAX_SHIFTS: N_("too many shifts of a kind"),
    RuleName.MONTHLY_NORM: N_("monthly norm"),
    RuleName.UNDERSTAFFED: N_("too few people"),
    RuleName.OVERSTAFFED: N_("too many people"),
    RuleName.CLIENT_UNCOVERED: N_("client without cover"),
    RuleName.WISH: N_("wish"),
}
_SEVERITIES = {"hard": NP_("severity", "hard"), "soft": NP_("severity", "soft"), "off": NP_("severity", "off")}
_TITLES = {
    "shift_types": N_("Kind of shift"),
    "demand": N_("Demand"),
    "shifts": N_("Shift"),
    "roster_rules": N_("Rule"),
    "person_rules": N_("Own limit"),
    "wishes": N_("Wish"),
}
_COLUMNS = {
    "starts": N_("Starts"),
    "ends": N_("Ends"),
    "break_minutes": N_("Break, minutes"),
    "day": N_("Day"),
    "people": N_("People"),
    "shift": N_("Shift"),
    "rule": N_("Rule"),
    "severity": N_("Severity"),
    "limit": N_("Limit"),
    "weight": N_("Weight"),
}
_NAMED = 3
"""So many clients of a day are named."""
_DAYS = {"workday": N_("working days"), "weekend": N_("weekends"), "holiday": N_("holidays")}


def title(file: str) -> str:
    """What one row of a file is."""
    return _(_TITLES[file])


def rule(name: str) -> str:
    """A rule in a few words."""
    return _(RULES[RuleName(name)])


def severity(name: str) -> str:
    """A severity in one word."""
    return pgettext("severity", _SEVERITIES[name])


def kind_of_day(name: str) -> str:
    """The day of a demand: a weekday, a kind of day, a date."""
    if name in _DAYS:
        return _(_DAYS[name])
    return team.column(name) if name in WEEKDAYS else _day(name)


def wished(shift: str) -> str:
    """What a wish names."""
    return {OFF: _("a day off"), ANY: _("any shift")}.get(shift, shift)


def wish(shift: str, weight: int) -> str:
    """A wish in words."""
    told = _("wants {shift} (weight {weight})") if weight > 0 else _("doesn't want {shift} (weight {weight})")
    return told.format(shift=wished(shift), weight=abs(weight))


def line(number: int) -> str:
    """A line of a demand; 0 is any."""
    return team.line(str(number) if number else "")


def column(name: str) -> str:
    """A column as the label of a field."""
    return _(_COLUMNS[name]) if name in _COLUMNS else team.column(name)


def value(column_name: str, cell: str) -> str:
    """A cell in words; nothing is a dash."""
    if not cell:
        return "—"
    if column_name == "rule":
        return rule(cell)
    if column_name == "severity":
        return severity(cell)
    if column_name == "day":
        return kind_of_day(cell)
    return _day(cell) if column_name == "date" else cell


def named(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Shift lida, 2 Nov 2026`."""
    parts = [str(part) for part in key]
    if file in ("shifts", "wishes"):
        parts[1] = _day(key[1])
    elif file == "roster_rules":
        parts = [f"«{rule(key[0])}»"]
    elif file == "person_rules":
        parts = [key[0], f"«{rule(key[1])}»", *([key[2]] if key[2] else [])]
    elif file == "demand":
        parts = [kind_of_day(key[0]), f"{wall(key[1])}–{wall(key[2])}", line(key[3])]
    return f"{_(_TITLES[file])} {', '.join(parts)}"


def hours(minutes: int) -> str:
    """Hours with as many decimals as they have: `152`, `7.5`."""
    from decimal import Decimal

    whole, rest = divmod(abs(minutes), 60)
    told = formats.decimal(Decimal(whole) + (Decimal(rest * 100 // 60) / 100).normalize() if rest else Decimal(whole))
    return f"-{told}" if minutes < 0 else told


def message(facts: MonthFacts, one: Finding) -> str:
    """What is wrong, in one sentence with the law behind it."""
    told = _told(facts, one)
    law = source(facts.country, one.rule, one.day or facts.days[0])
    return f"{told} ({law})" if law else told


def _told(facts: MonthFacts, one: Finding) -> str:
    match one.rule, one.facts:
        case RuleName.DOUBLE_BOOKED, (str() as day, str() as earlier, str() as later, int() as between):
            return _("{later} begins {n} h before {earlier} of {day} ends").format(
                later=later, earlier=earlier, day=_short(day), n=hours(-between)
            )
        case RuleName.ABSENT, (str() as code, str() as kind):
            if kind:
                return _("{code} during {absence}").format(code=code, absence=team.absence_kind(kind))
            return _("{code} outside the time of employment").format(code=code)
        case RuleName.TWO_SHIFTS, (str() as day, str() as earlier, str() as later, int() as between):
            return _("{n} h between {earlier} of {day} and {later}, at least {limit}").format(
                n=hours(between), earlier=earlier, day=_short(day), later=later, limit=_limit(facts, one)
            )
        case RuleName.WEEKLY_REST, (str() as monday, str() as sunday, int() as longest):
            return _("{first}–{last}: longest rest {n} h of {limit}").format(
                first=_short(monday), last=_short(sunday), n=hours(longest), limit=_limit(facts, one)
            )
        case RuleName.MAX_CONSECUTIVE, (str() as first, str() as last, int() as days):
            return ngettext(
                "{n} day in a row, {first}–{last}, at most {limit}",
                "{n} days in a row, {first}–{last}, at most {limit}",
                days,
            ).format(n=days, first=_short(first), last=_short(last), limit=facts.limit(one.login or "", one.rule))
        case RuleName.MIN_CONSECUTIVE, (str() as first, str() as last, int() as days, int() as limit):
            return ngettext(
                "{n} day in a row, {first}–{last}, at least {limit}",
                "{n} days in a row, {first}–{last}, at least {limit}",
                days,
            ).format(n=days, first=_short(first), last=_short(last), limit=limit)
        case RuleName.MIN_DAYS_OFF, (str() as first, str() as last, int() as days, int() as limit):
            return ngettext(
                "{n} day off, {first}–{last}, at least {limit} in a row",
                "{n} days off, {first}–{last}, at least {limit} in a row",
                days,
            ).format(n=days, first=_short(first), last=_short(last), limit=limit)
        case RuleName.MAX_WEEKENDS, (int() as weekends, int() as limit):
            return ngettext(
                "shifts on {n} weekend, at most {limit}", "shifts on {n} weekends, at most {limit}", weekends
            ).format(n=weekends, limit=limit)
        case RuleName.MAX_SHIFTS, (str() as code, int() as shifts, int() as limit):
            return ngettext("{n} shift {code}, at most {limit}", "{n} shifts {code}, at most {limit}", shifts).format(
                n=shifts, code=code, limit=limit
            )
        case RuleName.MONTHLY_NORM, (int() as planned, int() as norm):
            return _("{planned} h planned, the norm is {norm}").format(planned=hours(planned), norm=hours(norm))
        case (
            RuleName.UNDERSTAFFED | RuleName.OVERSTAFFED,
            (int() as number, int() as begin, int() as end, int() as need, int() as have),
        ):
            return _("{line}, {begin}–{end}: {have} of {need}").format(
                line=line(number), begin=clock(facts, begin), end=clock(facts, end), have=have, need=need
            )
        case RuleName.CLIENT_UNCOVERED, (str() as client,):
            return _("{client}: nobody on shift knows this client").format(client=client)
        case RuleName.CLIENT_UNCOVERED, clients:
            told = ngettext(
                "{n} client whom nobody on shift knows: {names}",
                "{n} clients whom nobody on shift knows: {names}",
                len(clients),
            )
            names = ", ".join(str(client) for client in clients[:_NAMED])
            return told.format(n=len(clients), names=names if len(clients) <= _NAMED else f"{names}…")
        case RuleName.WISH, (str() as shift, int() as weight):
            told = _("wanted {shift} (weight {weight})") if weight > 0 else _("didn't want {shift} (weight {weight})")
            return told.format(shift=wished(shift), weight=abs(weight))
    raise ValueError(one)


def _limit(facts: MonthFacts, one: Finding) -> str:
    return hours(facts.rules[one.rule].minutes)


def date_title(iso: str) -> str:
    """A day as a title: `Mo 2 Mar`."""
    when = parse_date(iso)
    return f"{formats.weekday(when)} {formats.short_day(when)}"


def clock(facts: MonthFacts, minute: int) -> str:
    """A minute on the desk's clock; the end of a day is 24:00 where it ends something."""
    return formats.time_of_day(minute * MINUTE, facts.timezone)


def wall(minutes: int) -> str:
    """Minutes of a day as a clock shows them: `09:00`, `24:00`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day(iso: str) -> str:
    return formats.day(parse_date(iso))


def _short(iso: str) -> str:
    return formats.short_day(parse_date(iso))


def spans(days: Iterable[str]) -> str:
    """ISO days in order with those that follow each other as one: `2 Nov–6 Nov, 9 Nov`."""
    runs: list[list[str]] = []
    for day in days:
        if runs and parse_date(day) - parse_date(runs[-1][-1]) == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_short(run[0]) if len(run) == 1 else f"{_short(run[0])}–{_short(run[-1])}" for run in runs)
