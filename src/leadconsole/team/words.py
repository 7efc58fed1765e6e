"""The words in which people are told of the desk: files and their columns, roles, statuses, days, settings."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.access import role_word
from leadconsole.kernel.i18n import N_, NP_, _, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.team.rules import WEEKDAYS

TITLES = {
    "settings": N_("Setting"),
    "people": N_("Person"),
    "clients": N_("Client"),
    "contacts": N_("Contact"),
    "weeks": N_("Calendar"),
    "calendar_days": N_("Day"),
    "norms": N_("Norm"),
    "absences": N_("Absence"),
    "subscriptions": N_("Subscription"),
}
_LISTS = {
    "people": NP_("list", "people"),
    "clients": NP_("list", "clients"),
    "contacts": NP_("list", "contacts"),
    "weeks": NP_("list", "calendars"),
    "calendar_days": NP_("list", "days"),
    "norms": NP_("list", "norms"),
    "absences": NP_("list", "absences"),
    "subscriptions": NP_("list", "subscriptions"),
    "settings": NP_("list", "settings"),
    "keys": NP_("list", "keys"),
    "refused": NP_("list", "refused"),
}
_COLUMNS = {
    "login": N_("Login"),
    "name": N_("Name"),
    "role": N_("Role"),
    "lines": N_("Lines of support"),
    "email": N_("E-mail"),
    "timezone": N_("Time zone"),
    "weekly_hours": N_("Hours a week"),
    "started": N_("First day"),
    "ended": N_("Last day"),
    "code": N_("Code"),
    "domains": N_("Mail domains"),
    "emails": N_("Mail addresses"),
    "status": N_("Status"),
    "policy": N_("Policy"),
    "calendar": N_("Calendar"),
    "notes": N_("Notes"),
    "toxic_since": N_("Toxic since"),
    "toxic_reason": N_("Toxic because"),
    "client": N_("Client"),
    "phone": N_("Phone"),
    "note": N_("Note"),
    "date": N_("Date"),
    "until": N_("Until"),
    "from": NP_("day", "From"),
    "to": NP_("day", "To"),
    "monthly_fee": N_("Fee a month"),
    "kind": N_("Kind"),
    "opens": N_("Opens"),
    "closes": N_("Closes"),
    "priority": N_("Priority"),
    "line": N_("Line"),
    "first_reply_minutes": N_("First reply, minutes"),
    "resolution_minutes": N_("Resolution, minutes"),
    "value": N_("Value"),
    "mon": NP_("weekday in full", "Monday"),
    "tue": NP_("weekday in full", "Tuesday"),
    "wed": NP_("weekday in full", "Wednesday"),
    "thu": NP_("weekday in full", "Thursday"),
    "fri": NP_("weekday in full", "Friday"),
    "sat": NP_("weekday in full", "Saturday"),
    "sun": NP_("weekday in full", "Sunday"),
}
_STATUSES = {
    "active": NP_("client", "active"),
    "leaving": NP_("client", "leaving"),
    "left": NP_("client", "left"),
}
_KINDS = {
    "off": NP_("day", "day off"),
    "work": NP_("day", "working day"),
    "short": NP_("day", "short day"),
}
_ABSENCES = {
    "vacation": N_("vacation"),
    "sick": N_("sick leave"),
    "study": N_("study leave"),
    "other": NP_("absence", "other"),
}
_PRIORITIES = {
    "low": NP_("priority", "low"),
    "normal": NP_("priority", "normal"),
    "high": NP_("priority", "high"),
    "urgent": NP_("priority", "urgent"),
}
_COUNTRIES = {"": NP_("country", "none"), "RU": N_("Russia"), "UA": N_("Ukraine")}
_LANGUAGES = {"": NP_("language", "the system's"), "en": "English", "ru": "Русский", "uk": "Українська"}
_PRORATION = {"daily": NP_("proration", "by the day"), "none": NP_("proration", "none")}
_SETTINGS = {
    "lead": (N_("Lead"), N_("Who leads the team; local use without --as is in this name.")),
    "currency": (N_("Currency"), N_("The currency of prices and pay, such as RUB.")),
    "timezone": (N_("Time zone"), N_("In which times are shown and calendars open, unless they have their own.")),
    "country": (N_("Country"), N_("Its public holidays close every calendar; a day of one's own wins.")),
    "calendar": (N_("Calendar"), N_("For clients without one of their own; without any, norms run around the clock.")),
    "language": (N_("Language"), N_("Of the interface, unless --lang or LEADCONSOLE_LANG says another.")),
    "share_rate": (N_("Share in percent"), N_("The lead's share of what the team brings in.")),
    "guaranteed_minimum": (N_("Guaranteed minimum"), N_("The least that the lead gets for a month.")),
    "probation_salary": (N_("Salary on probation"), N_("What the lead gets until the end of the probation.")),
    "probation_until": (N_("Probation until"), N_("The last day of the lead's probation.")),
    "proration": (N_("Broken months"), N_("Whether subscriptions count by the day in the month they begin or end.")),
    "repeat_days": (N_("Repeat within days"), N_("A request that comes again within so many days is a repeat.")),
    "at_risk_minutes": (N_("At risk, minutes"), N_("From so little working time left a ticket is at risk.")),
    "points_gap": (
        N_("Points apart, percent"),
        N_("From such a difference own points are talked about at the next 1-on-1; 0: never."),
    ),
    "stale_days": (N_("Stale after days"), N_("Knowledge of a client that wasn't used for so long is stale.")),
}


def list_title(file: str) -> str:
    """The name of a list of the Desk screen."""
    return pgettext("list", _LISTS[file])


def column(name: str) -> str:
    """A column as the label of a field."""
    if name in WEEKDAYS:
        return pgettext("weekday in full", _COLUMNS[name])
    if name in ("from", "to"):
        return pgettext("day", _COLUMNS[name])
    return _(_COLUMNS[name]) if name in _COLUMNS else name


def client_status(name: str) -> str:
    """The status of a client in words."""
    return pgettext("client", _STATUSES[name])


def day_kind(name: str) -> str:
    """The kind of a day in words."""
    return pgettext("day", _KINDS[name])


def absence_kind(name: str) -> str:
    """The kind of an absence in words."""
    return pgettext("absence", _ABSENCES[name]) if name == "other" else _(_ABSENCES[name])


def _kind(name: str) -> str:
    return day_kind(name) if name in _KINDS else absence_kind(name)


def priority(name: str) -> str:
    """A priority in words."""
    return pgettext("priority", _PRIORITIES[name])


def line(name: str) -> str:
    """The line of a norm in words; empty is any."""
    return _("line {line}").format(line=name) if name else _("any line")


def lines(name: str) -> str:
    """The lines of a person in words."""
    return _("line {line}").format(line=name) if "+" not in name else _("lines {lines}").format(lines=name)


def country(name: str) -> str:
    """A country in words."""
    return _(_COUNTRIES[name]) if name else pgettext("country", _COUNTRIES[name])


def language(name: str) -> str:
    """A language by its own name."""
    return _LANGUAGES[name] if name else pgettext("language", _LANGUAGES[name])


def proration(name: str) -> str:
    """A way to count broken months in words."""
    return pgettext("proration", _PRORATION[name])


def setting(name: str) -> str:
    """A setting in words."""
    return _(_SETTINGS[name][0])


def setting_meaning(name: str) -> str:
    """What a setting is for."""
    return _(_SETTINGS[name][1])


def setting_value(name: str, stored: str) -> str:
    """The value of a setting in words."""
    if name == "country":
        return country(stored)
    if name == "language":
        return language(stored)
    if name == "proration":
        return proration(stored)
    return stored or "—"


def _day(iso: str) -> str:
    return formats.day(parse_date(iso))


def fee(amount: str) -> str:
    """An amount as it stands in a cell, the way the language in use writes it."""
    from leadconsole.kernel.money import parse_minor  # the first frame does without

    return formats.money(parse_minor(amount)) if amount else "—"


_VALUES = {
    "role": role_word, "status": client_status, "kind": _kind, "priority": priority, "lines": lines,
    "started": _day, "ended": _day, "toxic_since": _day, "from": _day, "to": _day, "monthly_fee": fee,
}  # fmt: skip


def value(column_name: str, cell: str) -> str:
    """A cell in words; nothing is a dash."""
    if not cell:
        return "—"
    word = _VALUES.get(column_name)
    return cell if word is None else word(cell)


def named(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Norm std, high, any line`."""
    parts = [str(part) for part in key]
    if file == "norms":
        parts[1], parts[2] = priority(key[1]), line(str(key[2]) if key[2] else "")
    elif file in ("calendar_days", "absences", "subscriptions"):
        parts[1] = _day(key[1])
    elif file == "calendars":  # people know the week as a whole
        return f"{_(TITLES['weeks'])} {parts[0]}"
    elif file == "settings" and key[0] in _SETTINGS:
        parts = [f"«{setting(key[0])}»"]
    return f"{_(TITLES[file])} {', '.join(parts)}"
