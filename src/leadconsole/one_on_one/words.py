"""The words in which 1-on-1s are told of: files and columns, verdicts and why they are what they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.entries import FileWords
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.one_on_one.rules import READY_AVERAGE, READY_LEAST, Standing, Verdict, falls_strictly

TITLES = {
    "criterion": N_("Criterion"),
    "criterion_step": N_("Step of a criterion"),
    "meeting_plan": N_("Plan of meetings"),
    "meeting_move": N_("Moved meeting"),
    "meeting_score": N_("Points"),
    "meeting_record": N_("Meeting"),
    "meeting_correction": N_("Correction"),
    "meeting_action": N_("Agreement"),
    "agenda_point": N_("Point of the agenda"),
    "own_point": N_("Own points"),
}
_COLUMNS = {
    "login": N_("Login"),
    "criterion": N_("Criterion"),
    "from": NP_("day", "From"),
    "until": N_("Until"),
    "max": N_("At most"),
    "position": N_("Place"),
    "rule": N_("Rule"),
    "date": N_("Date"),
    "points": N_("Points"),
    "reason": N_("Reason"),
    "text": N_("What"),
    "owner": N_("Who does it"),
    "due": N_("Due"),
    "done": N_("Done"),
}
_DAYS = frozenset({"from", "until", "date", "due", "done"})
_VERDICTS = {
    Verdict.TOO_EARLY: NP_("verdict", "too early to tell"),
    Verdict.WORSENING: NP_("verdict", "worsening: a decision is due"),
    Verdict.READY_TO_END: NP_("verdict", "time to end the control"),
    Verdict.IMPROVING: NP_("verdict", "improving"),
    Verdict.WATCH: NP_("verdict", "worth watching"),
    Verdict.STEADY: NP_("verdict", "steady"),
}
_SHORT = {
    Verdict.TOO_EARLY: NP_("verdict", "too early"),
    Verdict.WORSENING: NP_("verdict", "worsening"),
    Verdict.READY_TO_END: NP_("verdict", "can end"),
    Verdict.IMPROVING: NP_("verdict", "improving"),
    Verdict.WATCH: NP_("verdict", "watch"),
    Verdict.STEADY: NP_("verdict", "steady"),
}
RARE = 1_000_000
_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONDAY = date(2024, 1, 1)
_SIMPLE_PLAN = re.compile(
    r"(?:DTSTART:[0-9]{8} RRULE:)?FREQ=WEEKLY(?:;INTERVAL=([0-9]+))?;BYDAY=([A-Z]{2}(?:,[A-Z]{2})*)"
)


def column(name: str) -> str:
    """A column as the label of a field."""
    return pgettext("day", _COLUMNS[name]) if name == "from" else _(_COLUMNS[name])


def value(column_name: str, cell: str) -> str:
    """A cell in words; nothing is a dash."""
    if not cell:
        return "—"
    return formats.day(parse_date(cell)) if column_name in _DAYS else cell


def named(table: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Criterion lida, Requests on time, 1 Oct 2026`."""
    parts = [str(part) for part in key]
    if table in ("criterion", "criterion_step"):
        parts = [parts[0], parts[1], formats.day(parse_date(parts[2]))]
    elif table not in ("meeting_plan", "agenda_point", "own_point"):
        parts[1] = formats.day(parse_date(parts[1]))
    return f"{_(TITLES[table])} {', '.join(parts)}"


def row_words(table: str) -> FileWords:
    """How the rows of a table are spoken of."""
    return FileWords(partial(named, table), column, value)


def points(hundredths: int) -> str:
    """Points as the language writes them: `12`, `12,5`."""
    exact = Decimal(hundredths) / 100
    return formats.decimal(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize())


def percent(exact: Fraction) -> str:
    """A percent with at most one decimal."""
    tenths = round(exact * 10)
    return formats.percent(Decimal(tenths // 10) if tenths % 10 == 0 else Decimal(tenths) / 10)


def verdict(which: Verdict) -> str:
    """A verdict in words."""
    return pgettext("verdict", _VERDICTS[which])


def short_verdict(which: Verdict) -> str:
    """A verdict in one or two words, for a narrow column."""
    return pgettext("verdict", _SHORT[which])


def plan(text: str) -> str:
    """A plan of meetings in words where it is a simple one, else as it is written."""
    found = _SIMPLE_PLAN.fullmatch(text)
    if found is None:
        return text
    days = ", ".join(formats.weekday(_MONDAY + timedelta(_DAY_CODES.index(code))) for code in found[2].split(","))
    every = int(found[1] or 1)
    if every == 1:
        return _("every week: {days}").format(days=days)
    return ngettext("every {n} week: {days}", "every {n} weeks: {days}", every).format(n=every, days=days)


def signed(exact: Fraction) -> str:
    """A difference with its sign and at most one decimal."""
    tenths = round(exact * 10)
    told = formats.decimal(Decimal(abs(tenths)) / 10 if tenths % 10 else Decimal(abs(tenths) // 10))
    return ("−" if tenths < 0 else "+") + told


def chance(share: Fraction) -> str:
    """How often chance alone does it: `once in 6`."""
    times = int(1 / share) if share else RARE
    if times < 2:
        return _("more often than not")
    if times >= RARE:
        return _("less than once in a million times")
    return ngettext("once in {n} time", "once in {n} times", times).format(n=formats.integer(times))


def because(standing: Standing) -> str:
    """Why the verdict is what it is, with its strength, in one or two sentences."""
    percents = [meeting.percent for meeting in standing.meetings]
    strength = standing.trend
    which = standing.verdict
    if which is Verdict.TOO_EARLY:
        count = ngettext(
            "{n} meeting by these criteria says nothing yet.", "{n} meetings by these criteria say nothing yet.",
            strength.n,
        ).format(n=strength.n)  # fmt: skip
        return count + " " + _("A trend needs four, a warning three that fall.")
    if which is Verdict.WATCH:
        return _("The last three fall ({figures}); chance alone does this once in six.").format(
            figures=_arrow(percents[-3:])
        )
    if which is Verdict.READY_TO_END:
        return _("The last four average {average}, none is below {least}: the control by this sheet can end.").format(
            average=percent(sum(percents[-4:], Fraction(0)) / 4), least=percent(Fraction(READY_LEAST))
        )
    if which is Verdict.STEADY:
        return _("Neither rising nor falling by more than chance does; the last four average {average}.").format(
            average=percent(sum(percents[-4:], Fraction(0)) / 4)
        )
    share = strength.falling if which is Verdict.WORSENING else strength.rising
    told = {"figures": _arrow([percents[0], percents[-1]]), "n": strength.n, "chance": chance(share or Fraction(0))}
    if which is Verdict.IMPROVING:
        return ngettext(
            "Rising over {n} meeting ({figures}); chance alone does this {chance}. The control can be loosened step by"
            " step; it ends at {ready}.",
            "Rising over {n} meetings ({figures}); chance alone does this {chance}. The control can be loosened step by"
            " step; it ends at {ready}.",
            strength.n,
        ).format(**told, ready=percent(Fraction(READY_AVERAGE)))
    falls = ngettext(
        "Falling over {n} meeting ({figures}); chance alone does this {chance}.",
        "Falling over {n} meetings ({figures}); chance alone does this {chance}.",
        strength.n,
    ).format(**told)
    if falls_strictly(percents[-3:]):
        falls += " " + _("The last three fall: {figures}.").format(figures=_arrow(percents[-3:]))
    return falls + " " + _("A decision is due, with the evidence at hand.")


def strength(standing: Standing) -> str:
    """How often chance alone makes such a trend, in few words; nothing where there is no trend."""
    told = standing.trend
    if told.n < 3 or told.rising is None or told.falling is None:
        return ""
    share = min(told.rising, told.falling)
    direction = _("rising") if told.rising < told.falling else _("falling")
    return _("{direction}, by chance {chance}").format(direction=direction, chance=chance(share))


def _arrow(percents: list[Fraction]) -> str:
    return " → ".join(percent(one) for one in percents)
