"""The lists of the Desk screen: their columns, a row of each, who is gone, what a filter finds."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.access import role_word
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.text import fold
from leadconsole.team import rules, words
from leadconsole.team.queries import Directory
from leadconsole.team.screen import access
from leadconsole.team.screen.week_words import week_words
from leadconsole.team.weeks import WEEKS

LISTS = (
    "people", "clients", "contacts", "absences", "subscriptions", WEEKS, "calendar_days", "norms", *access.LISTS,
    "settings",
)  # fmt: skip
"""The lists by the file behind them, in the order of the line on top."""

GONE, LEAVING, TOXIC, NOW, BROKEN = "–", "~", "!", "•", "!"


def visible(directory: Directory) -> tuple[str, ...]:
    """The lists that whoever asked for the directory may see."""
    return tuple(
        file for file in LISTS if file in directory.entries and (file != "subscriptions" or directory.shows_fees)
    )


def columns(file: str) -> list[Column]:
    """The columns of a list; the high `keep` goes first where there is little room."""
    if file in access.LISTS:
        return access.columns(file)
    sign = Column("sign", "", 1)
    return {
        "people": [
            sign, Column("name", _("Name"), 16, flex=3), Column("login", _("Login"), 10, flex=1),
            Column("role", _("Role"), 11), Column("lines", pgettext("column", "Lines"), 5),
            Column("hours", _("Hours"), 5, align="right", keep=1), Column("ended", _("Last day"), 11, keep=2),
        ],
        "clients": [
            sign, Column("name", pgettext("client", "Name"), 18, flex=3), Column("code", _("Code"), 10, flex=1),
            Column("policy", _("Policy"), 9, flex=1), Column("calendar", _("Calendar"), 9, keep=2),
            Column("status", _("Status"), 9), Column("ended", _("Last day"), 11, keep=1),
        ],
        "contacts": [
            sign, Column("client", _("Client"), 14, flex=2), Column("name", _("Name"), 16, flex=2),
            Column("phone", _("Phone"), 16), Column("email", _("E-mail"), 18, flex=2),
            Column("note", _("Note"), 8, flex=1, keep=1),
        ],
        "absences": [
            sign, Column("name", _("Name"), 14, flex=2), Column("from", pgettext("day", "From"), 11),
            Column("to", pgettext("day", "To"), 11), Column("kind", _("Kind"), 11),
            Column("days", pgettext("column", "Days"), 5, align="right"),
            Column("working", pgettext("column", "Working"), 8, align="right"),
            Column("note", _("Note"), 8, flex=1, keep=1),
        ],
        "subscriptions": [
            sign, Column("client", _("Client"), 18, flex=2), Column("fee", _("Fee a month"), 14, align="right"),
            Column("from", pgettext("day", "From"), 11), Column("to", pgettext("day", "To"), 11),
        ],
        WEEKS: [
            sign, Column("calendar", _("Calendar"), 12), Column("week", pgettext("column", "Open"), 30, flex=1),
            Column("timezone", _("Time zone"), 16, keep=1),
        ],
        "calendar_days": [
            sign, Column("date", _("Date"), 11), Column("weekday", "", 2),
            Column("calendar", _("Calendar"), 12, flex=1), Column("kind", _("Kind"), 14),
            Column("hours", pgettext("column", "Open"), 12),
        ],
        "norms": [
            sign, Column("policy", _("Policy"), 14, flex=1), Column("priority", _("Priority"), 10),
            Column("line", _("Line"), 10), Column("first", _("First reply"), 12, align="right"),
            Column("resolution", _("Resolution"), 12, align="right"),
        ],
        "settings": [
            sign, Column("key", _("Setting"), 24), Column("value", _("Value"), 20, flex=1),
            Column("default", "", 16, keep=1),
        ],
    }[file]  # fmt: skip


def row_of(entry: Entry, directory: Directory) -> Row:
    """An entry as a row of its list; who is gone is dim and has a sign of it."""
    sign, cells = _CELLS[entry.file](entry, directory)
    tone = ""
    if is_gone(entry, directory):
        sign, tone = GONE, "dim"
    elif access.is_broken(entry):
        sign = BROKEN
    signed = Cell(sign, tone or {BROKEN: "danger", LEAVING: "warning", NOW: "accent"}.get(sign, ""))
    return Row(entry.key, (signed, *cells), tone)


def is_gone(entry: Entry, directory: Directory) -> bool:
    """Whether it is over: somebody left, a contact's client did, a day is past."""
    if entry.file == "people":
        return rules.gone(entry["ended"], "", directory.today)
    if entry.file == "clients":
        return rules.gone(entry["ended"], entry["status"], directory.today)
    if entry.file == "contacts":
        client = directory.find("clients", (entry["client"],))
        return client is not None and is_gone(client, directory)
    if entry.file in ("absences", "subscriptions"):
        return rules.gone(entry["to"], "", directory.today)
    if entry.file == access.KEYS:
        return access.is_gone(entry)
    return entry.file == "calendar_days" and entry["date"] < directory.today


def shown(directory: Directory, file: str, *, part: str = "", with_gone: bool = True, client: str = "") -> list[Entry]:
    """The entries of a list that a filter and the choices of the person leave, those that are over at the end."""
    parts = fold(part).split()
    found = [
        (is_gone(entry, directory), entry)
        for entry in directory.entries[file]
        if not (client and file == "contacts" and entry["client"] != client)
    ]
    left = [
        (gone, entry)
        for gone, entry in found
        if not (gone and not with_gone) and all(one in _text(entry, directory) for one in parts)
    ]
    return [entry for gone, entry in left if not gone] + [entry for gone, entry in left if gone]


def empty_text(directory: Directory, file: str, part: str, client: str, *, may_add: bool) -> str:
    """What an empty list says: why it is, and what to do next."""
    if part:
        return _("Nothing here has «{text}».\nEsc clears the filter, ] shows the next list.").format(text=part)
    if directory.entries[file] and not client:
        if file in ("absences", "subscriptions", "calendar_days"):
            return _("What is in this list is past.\nh shows it.")
        return _("Who is in this list has left.\nh shows them.")
    told = {
        "people": _("Nobody is written down yet."),
        "clients": _("There are no clients yet."),
        "contacts": _("There are no contacts yet."),
        "absences": _("Nobody is away, and nobody will be."),
        "subscriptions": _("No client pays by the month yet."),
        WEEKS: _("There is no calendar yet: norms run around the clock."),
        "calendar_days": _("No day differs from its weekday, public holidays apart."),
        "norms": _("There are no norms yet: no ticket is ever due."),
        access.KEYS: _("Nobody comes in over the network yet."),
        access.REFUSED: _("Nothing was refused so far."),
    }.get(file, "")
    return told + ("\n" + _("c adds the first.") if may_add else "")


def _text(entry: Entry, directory: Directory) -> str:
    """What a filter looks through: what is stored and what is shown."""
    cells = (cell.text if isinstance(cell, Cell) else cell for cell in row_of(entry, directory).cells[1:])
    return fold(" ".join((*entry.cells.values(), *cells)))


def _person(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    hours = "" if entry["weekly_hours"] == "0" else entry["weekly_hours"]
    return "", (entry["name"], entry["login"], role_word(entry["role"]), entry["lines"], hours, _day(entry["ended"]))


def _client(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    sign = TOXIC if entry["toxic_since"] else LEAVING if entry["status"] == "leaving" else ""
    status = words.client_status(entry["status"])
    return sign, (
        entry["name"], entry["code"], entry["policy"], entry["calendar"], status, _day(entry["ended"]),
    )  # fmt: skip


def _contact(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    client = directory.find("clients", (entry["client"],))
    name = entry["client"] if client is None else client["name"]
    return "", (name, entry["name"], entry["phone"], entry["email"], entry["note"])


def _absence(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    days, working = absent_days(entry, directory)
    return NOW if entry["from"] <= directory.today <= entry["to"] else "", (
        person_name(directory, entry["login"]), _day(entry["from"]), _day(entry["to"]),
        words.absence_kind(entry["kind"]), str(days), str(working), entry["note"],
    )  # fmt: skip


def _fee(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    client = directory.find("clients", (entry["client"],))
    name = entry["client"] if client is None else client["name"]
    return "", (name, words.fee(entry["monthly_fee"]), _day(entry["from"]), _day(entry["to"]))


def person_name(directory: Directory, login: str) -> str:
    """The name of who has a login."""
    who = directory.find("people", (login,))
    return login if who is None else who["name"]


def absent_days(entry: Entry, directory: Directory) -> tuple[int, int]:
    """How long an absence is: in days, and in working days of the desk's calendar."""
    days = rules.span_days(entry["from"], entry["to"])
    return len(days), sum(map(directory.office.is_working_day, days))


def _week(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    return "", (entry["calendar"], "; ".join(week_words(entry)), entry["timezone"])


def _calendar_day(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    when = parse_date(entry["date"])
    hours = f"{entry['opens']}–{entry['closes']}" if entry["opens"] else ""
    return "", (
        formats.day(when), formats.weekday(when), entry["calendar"], words.day_kind(entry["kind"]), hours,
    )  # fmt: skip


def _norm(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    return "", (
        entry["policy"], words.priority(entry["priority"]), words.line(entry["line"]),
        time(entry["first_reply_minutes"]), time(entry["resolution_minutes"]),
    )  # fmt: skip


def _setting(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    key = entry["key"]
    told = words.setting_value(key, entry["value"] or rules.SETTINGS[key][1])
    return "", (words.setting(key), told, "" if entry.stored else _("default"))


def _access(entry: Entry, directory: Directory) -> tuple[str, Sequence[str]]:
    return "", access.cells(entry)


_CELLS = {
    "people": _person, "clients": _client, "contacts": _contact, "absences": _absence, "subscriptions": _fee,
    WEEKS: _week, "calendar_days": _calendar_day, "norms": _norm, "settings": _setting,
    access.KEYS: _access, access.REFUSED: _access,
}  # fmt: skip


def time(minutes: str) -> str:
    """Working minutes of a norm in hours and minutes; nothing is a dash."""
    return formats.working_time(int(minutes) * MINUTE) if minutes else "—"


def _day(text: str) -> str:
    return formats.day(parse_date(text)) if text else ""
