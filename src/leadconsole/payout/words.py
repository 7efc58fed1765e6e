"""The words in which people are told of the payout: files and columns, sections, figures, reasons."""

from __future__ import annotations

from functools import partial
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.entries import FileWords
from leadconsole.kernel.i18n import N_, NP_, _, pgettext
from leadconsole.kernel.money import parse_minor
from leadconsole.kernel.period import Month, parse_date
from leadconsole.payout.rules import Line, Reason, SchemeKind, Section

_TITLES = {
    "salaries": N_("Salary"),
    "expenses": N_("Expense"),
    "allocations": N_("Set-aside"),
    "adjustments": N_("Adjustment"),
    "payout_decision": N_("Decision"),
    "passed_on": N_("Mark «passed on»"),
}
_COLUMNS = {
    "login": N_("Login"),
    "from": NP_("day", "From"),
    "amount": N_("Amount"),
    "month": N_("Month"),
    "description": N_("Description"),
    "client": N_("Client"),
    "ticket": N_("Ticket"),
    "kind": N_("Kind"),
    "reason": N_("Reason"),
    "corrects": N_("Corrects"),
    "change": N_("What will be changed"),
    "until": N_("By when"),
    "monthly_fee": N_("Fee a month"),
    "to": NP_("day", "To"),
}
_KINDS = {"reserve": N_("reserve"), "bonus": N_("bonus")}
_SECTIONS = {
    Section.SUBSCRIPTION: N_("Subscription fees"),
    Section.ONE_OFF: N_("One-off work accepted"),
    Section.SALARY: N_("Salaries"),
    Section.OUTSIDE: N_("Outside resources"),
    Section.ADJUSTMENT: N_("Adjustments"),
    Section.RESERVE: N_("Reserve"),
    Section.BONUS: N_("Bonuses"),
    Section.TOPUP: N_("Top-up to the minimum"),
}
_REASONS = {
    Reason.NOT_ACCEPTED: N_("resolved, not accepted"),
    Reason.ACCEPTED_LATER: N_("accepted in a later month"),
    Reason.NO_PRICE: N_("no price"),
}
_STATUSES = {"open": NP_("month", "open"), "closed": NP_("month", "closed")}
_SCHEMES = {SchemeKind.ENTREPRENEUR: N_("internal entrepreneur"), SchemeKind.PROBATION: N_("probation")}


def section(name: str) -> str:
    """A section of the statement in words."""
    return _(_SECTIONS[Section(name)])


def reason(name: str) -> str:
    """Why a work was left out."""
    return _(_REASONS[Reason(name)])


def status(name: str) -> str:
    """Whether a month is open or closed, in words."""
    return pgettext("month", _STATUSES[name])


def scheme(name: str) -> str:
    """How the lead is paid, in words."""
    return _(_SCHEMES[SchemeKind(name)])


def label(line: Line) -> str:
    """What a line is for, in the user's language where the data says nothing."""
    return line.label or section(line.section)


def month_name(name: str) -> str:
    """A month as people call it."""
    return formats.month(Month.parse(name))


def column(name: str) -> str:
    """A column as the label of a field."""
    if name in ("from", "to"):
        return pgettext("day", _COLUMNS[name])
    return _(_COLUMNS[name]) if name in _COLUMNS else name


def value(column_name: str, cell: str) -> str:
    """A cell in words; nothing is a dash."""
    if not cell:
        return "—"
    if column_name in ("from", "until"):
        return formats.day(parse_date(cell))
    if column_name == "month":
        return month_name(cell)
    if column_name == "amount":
        return formats.money(parse_minor(cell))
    return _(_KINDS[cell]) if column_name == "kind" and cell in _KINDS else cell


_SOURCES = {
    "subscription": N_("fee"),
    "salary": N_("salary"),
    "expense": N_("expense"),
    "allocation": N_("set-aside"),
    "adjustment": N_("adjustment"),
    "setting": N_("setting"),
    "ticket": N_("ticket"),
    "person": N_("person"),
    "payout_decision": N_("decision"),
}


def source(table: str) -> str:
    """What a row of a table is called in the middle of a sentence."""
    return _(_SOURCES[table])


def title(file: str) -> str:
    """What a row of a file is."""
    return _(_TITLES[file])


def named(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Expense October 2026, Hosting`."""
    parts = [str(part) for part in key]
    if file == "salaries":
        parts[1] = formats.day(parse_date(parts[1]))
    elif file == "allocations":
        parts = [month_name(parts[0]), value("kind", parts[1]), *parts[2:]]
    else:
        parts[0] = month_name(parts[0])
    return f"{_(_TITLES[file])} {', '.join(part for part in parts if part)}"


def file_words(file: str) -> FileWords:
    """How a file's rows are spoken of."""
    return FileWords(partial(named, file), column, value)
