"""The fields in which each row of the desk is written down or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import available_timezones

from leadconsole.console.asking import DATE_HINT, date_field, stored_choice
from leadconsole.console.dialogs.form import Field
from leadconsole.kernel.access import Role, role_word
from leadconsole.kernel.entries import Cells, Entry
from leadconsole.kernel.i18n import LANGUAGES, _, pgettext
from leadconsole.kernel.period import Month, parse_date
from leadconsole.team import rules, words
from leadconsole.team.queries import Directory
from leadconsole.team.screen.week_words import week_words
from leadconsole.team.weeks import WEEKS

_ROLES = tuple(role for role in Role if role is not Role.DEPUTY)
_LINES = ("1", "2", "3", "1+2", "2+3", "1+3", "1+2+3")
_PRIORITIES = ("urgent", "high", "normal", "low")
_ABSENCES = ("vacation", "sick", "study", "other")
_LONGEST = 500
_KEYS = {
    "people": ("login",), "clients": ("code",), "contacts": ("client", "name"), WEEKS: ("calendar",),
    "absences": ("login", "from"), "subscriptions": ("client", "from"),
    "calendar_days": ("calendar", "date", "until"), "norms": ("policy", "priority", "line"), "settings": ("key",),
}  # fmt: skip
NEW_CELLS: dict[str, dict[str, str]] = {
    "people": {"role": "specialist", "lines": "1", "weekly_hours": "40"},
    "clients": {"status": "active"},
    WEEKS: dict.fromkeys(rules.WEEKDAYS[:5], "09:00-13:00 14:00-18:00"),
    "absences": {"kind": "vacation"},
    "calendar_days": {"kind": "off"},
    "norms": {"priority": "normal"},
}
"""What a new row starts with."""


def fields(file: str, cells: Cells, directory: Directory, *, fresh: bool) -> list[Field]:
    """The fields of a row, filled; the key of one that is there already can't be changed."""
    made = {
        "people": _person, "clients": _client, "contacts": _contact, "absences": _absence, "subscriptions": _fee,
        WEEKS: _week, "calendar_days": _day, "norms": _norm, "settings": _setting,
    }[file](cells, directory)  # fmt: skip
    return [field for field in made if fresh or field.id not in _KEYS[file]]


def keys(file: str) -> tuple[str, ...]:
    """The columns that name a row."""
    return tuple(name for name in _KEYS[file] if name != "until")


def _person(cells: Cells, directory: Directory) -> list[Field]:
    return [
        _text("login", cells, required=True, hint=_("Small Latin letters and digits; it stays for good.")),
        _text("name", cells, required=True),
        _choice("role", cells, ((role.value, role_word(role)) for role in _ROLES)),
        _choice("lines", cells, ((lines, words.lines(lines)) for lines in _LINES)),
        _text("weekly_hours", cells),
        _text("email", cells),
        _choice("timezone", cells, _zones(_("the desk's"))),
        _date("started", cells),
        _date("ended", cells, hint=_("Who left stays in the history with a last day.")),
    ]


def _client(cells: Cells, directory: Directory) -> list[Field]:
    policies = [(policy, policy) for policy in _policies(directory)]
    return [
        _text("code", cells, required=True, hint=_("A short name for commands and files; it stays for good.")),
        _text("name", cells, required=True, label=pgettext("client", "Name")),
        _choice("status", cells, ((name, words.client_status(name)) for name in ("active", "leaving", "left"))),
        _choice("policy", cells, [("", _("none: no norms")), *policies]),
        _choice("calendar", cells, _calendars(directory, pgettext("calendar", "the desk's"))),
        _text("domains", cells, hint=_("Mail from these domains is theirs; a space between them.")),
        _text("emails", cells),
        _date("started", cells),
        _date("ended", cells),
        _date("toxic_since", cells),
        _text("toxic_reason", cells),
        Field("notes", words.column("notes"), "lines", cells.get("notes", "")),
    ]


def _absence(cells: Cells, directory: Directory) -> list[Field]:
    people = (
        (one["login"], one["name"])
        for one in directory.entries["people"]
        if not rules.gone(one["ended"], "", directory.today)
    )
    return [
        _choice("login", cells, people, label=_("Who")),
        _choice("kind", cells, ((kind, words.absence_kind(kind)) for kind in _ABSENCES)),
        _date("from", cells, required=True, hint=_(DATE_HINT)),
        _date("to", cells, required=True, hint=_("The last day away.")),
        _text("note", cells),
    ]


def _fee(cells: Cells, directory: Directory) -> list[Field]:
    clients = ((one["code"], one["name"]) for one in directory.entries["clients"])
    return [
        _choice("client", cells, clients),
        _text("monthly_fee", cells, required=True, hint=_("Without tax, such as 14 000 or 14000.50.")),
        _date("from", cells, required=True, hint=_("The first day that is paid for.")),
        _date("to", cells, hint=_("The last day that is paid for; empty until further notice.")),
    ]


def _contact(cells: Cells, directory: Directory) -> list[Field]:
    clients = ((one["code"], one["name"]) for one in directory.entries["clients"])
    return [
        _choice("client", cells, clients),
        _text("name", cells, required=True),
        _text("phone", cells),
        _text("email", cells),
        _text("note", cells),
    ]


def _week(cells: Cells, directory: Directory) -> list[Field]:
    days = [_text(weekday, cells) for weekday in rules.WEEKDAYS]
    return [
        _text("calendar", cells, required=True),
        *days[:-1],
        _text("sun", cells, hint=_("09:00-18:00, with a break 09:00-13:00 14:00-18:00; empty is closed.")),
        _choice("timezone", cells, _zones(_("the desk's"))),
    ]


def _day(cells: Cells, directory: Directory) -> list[Field]:
    calendars = _calendars(directory, "")[1:]
    if country := directory.settings.country:
        told = _("{country}: for all calendars").format(country=words.country(country))
        calendars.append((country, told))
    return [
        _choice("calendar", cells, calendars),
        _date("date", cells, required=True, hint=_(DATE_HINT)),
        _date("until", cells, hint=_("For several days in a row; empty is one day.")),
        _choice("kind", cells, ((kind, words.day_kind(kind)) for kind in ("off", "work", "short"))),
        _text("opens", cells),
        _text(
            "closes", cells,
            hint=_("Without hours a working day has Monday's, and a short day ends an hour earlier."),
        ),
    ]  # fmt: skip


def _norm(cells: Cells, directory: Directory) -> list[Field]:
    return [
        _text("policy", cells, required=True),
        _choice("priority", cells, ((name, words.priority(name)) for name in _PRIORITIES)),
        _choice("line", cells, ((line, words.line(line)) for line in ("", "1", "2", "3"))),
        _minutes("first_reply_minutes", cells),
        _minutes("resolution_minutes", cells, hint=_("Working time, as 240 or 4:00; empty is no norm.")),
    ]


def _setting(cells: Cells, directory: Directory) -> list[Field]:
    key = cells["key"]
    default = words.setting_value(key, rules.SETTINGS[key][1])
    people = [(one["login"], one["name"]) for one in directory.entries["people"]]
    offered: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
        "lead": lambda: [("", "—"), *people],
        "timezone": lambda: _zones(default),
        "country": lambda: [(name, words.country(name)) for name in ("", *rules.COUNTRIES)],
        "calendar": lambda: _calendars(directory, _("around the clock")),
        "language": lambda: [(name, words.language(name)) for name in ("", *LANGUAGES)],
        "proration": lambda: [(name, words.proration(name)) for name in ("daily", "none")],
    }
    hint = words.setting_meaning(key)
    if key in offered:
        found = _choice("value", cells, offered[key](), hint=hint)
        if key == "proration" and not cells["value"]:
            return [Field("value", found.label, "choice", "daily", hint=hint, options=found.options)]
        return [found]
    return [_text("value", cells, hint=hint + " " + _("Empty: {default}.").format(default=default))]


def _text(name: str, cells: Cells, *, required: bool = False, hint: str = "", label: str = "") -> Field:
    return Field(
        name,
        label or words.column(name),
        value=cells.get(name, ""),
        required=required,
        hint=hint,
        max_length=_LONGEST,
    )


def _date(name: str, cells: Cells, *, required: bool = False, hint: str = "") -> Field:
    return date_field(name, words.column(name), cells.get(name, ""), required=required, hint=hint)


def _minutes(name: str, cells: Cells, hint: str = "") -> Field:
    value = cells.get(name, "")
    return Field(name, words.column(name), value=value, hint=hint, parse=rules.working_minutes, max_length=20)


def _choice(name: str, cells: Cells, offered: Iterable[tuple[str, str]], hint: str = "", label: str = "") -> Field:
    return stored_choice(name, label or words.column(name), cells.get(name, ""), offered, hint)


def _zones(without: str) -> list[tuple[str, str]]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("", without), ("UTC", "UTC"), *((zone, zone) for zone in zones)]


def _calendars(directory: Directory, without: str) -> list[tuple[str, str]]:
    weeks = ((one["calendar"], f"{one['calendar']}: {'; '.join(week_words(one))}") for one in directory.entries[WEEKS])
    return [("", without), *weeks]


def _policies(directory: Directory) -> Sequence[str]:
    named = {one["policy"] for file in ("norms", "clients") for one in directory.entries[file]}
    return sorted(named - {""})


def start(file: str, directory: Directory, beside: Entry | None, client: str) -> dict[str, str]:
    """What a new row starts with: what most are, and what the row under the cursor says."""
    cells = dict(NEW_CELLS.get(file, {}))
    if file == "contacts" and (code := client or (beside["client"] if beside else "")):
        cells["client"] = code
    elif file == "absences":
        cells["login"] = beside["login"] if beside else directory.entries["people"][0]["login"]
    elif file == "subscriptions":
        cells["client"] = beside["client"] if beside else directory.entries["clients"][0]["code"]
        cells["from"] = Month.of(parse_date(directory.today)).next.first.isoformat()
    elif file == "calendar_days":
        cells["calendar"] = beside["calendar"] if beside else directory.settings.calendar
    elif file == "norms" and beside:
        cells["policy"] = beside["policy"]
    return cells
