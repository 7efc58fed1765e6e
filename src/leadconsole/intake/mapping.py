"""A mapping: a TOML file that says how the columns of another desk's CSV become ours (mappings/README.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Items
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso, parse_instant, time_zone
from leadconsole.kernel.shape import TIME
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.shapes import TICKETS

SHIPPED = Path(__file__).with_name("mappings")
_SLOT = re.compile(r"\{([^{}]+)\}")
_NO_CODE = re.compile(r"[^a-z0-9._-]+")
_LONGEST_CODE = 32

_TICKET_FIELDS = {column.name for column in TICKETS.columns}
_TICKET_TIMES = {column.name for column in TICKETS.columns if column.sort is TIME}
_CELL_KEYS = {"column", "constant", "template", "map", "default", "digits", "code"}


@dataclass(frozen=True)
class CellRule:
    """How one cell is made: from a column, a constant or a template, then by a table of values."""

    column: str | None = None
    constant: str | None = None
    template: str | None = None
    values: Items[str, str] = field(default_factory=dict)
    default: str | None = None
    digits: bool = False
    code: bool = False

    def columns(self) -> set[str]:
        """The columns of the source that it reads."""
        named = {self.column} if self.column else set()
        return named | set(_SLOT.findall(self.template or ""))

    def make(self, cells: Items[str, str]) -> str:
        """The cell for one row of the source."""
        if self.column is not None:
            cell = cells.get(self.column, "").strip()
        elif self.template is not None:
            cell = _SLOT.sub(lambda slot: cells.get(slot[1], "").strip(), self.template)
        else:
            cell = self.constant or ""
        if self.digits:
            cell = "".join(letter for letter in cell if letter.isdigit())
        if self.values:
            cell = self.values.get(cell, cell if self.default is None else self.default)
        elif not cell and self.default is not None:
            cell = self.default
        return code_of(cell) if self.code else cell


@dataclass(frozen=True)
class EventRule:
    """What an activity of the source is here; `again` is what comes before it where the ticket is in that status."""

    kind: str
    value: CellRule | None = None
    text: CellRule | None = None
    again: str | None = None


@dataclass(frozen=True)
class Flag:
    """A tag for tickets on which one time lies before another that it can't precede."""

    tag: str
    earlier: str
    later: str


@dataclass(frozen=True)
class FileMapping:
    """A mapping as it was read; `activities` is empty where a row of the source is a whole ticket."""

    name: str
    zone: str
    times: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    settings: Items[str, str]
    ticket: Items[str, CellRule]
    client_name: CellRule
    people: Items[str, CellRule]
    person_role: str
    event_at: CellRule | None
    event_actor: CellRule | None
    activity: str | None
    activities: Items[str, tuple[EventRule, ...]]
    otherwise: str | None
    flags: tuple[Flag, ...]

    def needed(self) -> set[str]:
        """The columns that the source must have."""
        rules = [*self.ticket.values(), self.client_name, *self.people.values()]
        rules += [rule for rule in (self.event_at, self.event_actor) if rule is not None]
        for events in self.activities.values():
            rules += [rule for event in events for rule in (event.value, event.text) if rule is not None]
        named = {column for rule in rules for column in rule.columns()}
        return named | ({self.activity} if self.activity else set())

    def time(self, cell: str) -> str:
        """A time of the source as ISO with an offset; what none of the forms fits is left for the shape to refuse."""
        text = cell.strip()
        if not text:
            return ""
        for form in self.times:
            try:
                when = datetime.strptime(text, form)
            except ValueError:
                continue
            return when.isoformat() if when.tzinfo else iso(parse_instant(when.isoformat(), self.zone), self.zone)
        return text


@lru_cache(maxsize=65_536)
def code_of(text: str) -> str:
    """A login or client code made of free text: small Latin letters, digits, dots and dashes, a letter first."""
    from unicodedata import combining, normalize

    plain = "".join(letter for letter in normalize("NFKD", text.strip().lower()) if not combining(letter))
    code = _NO_CODE.sub("-", plain.translate(_LATIN)).strip("-._")
    if code and not code[0].isalpha():
        code = f"n{code}"
    if len(code) > _LONGEST_CODE:
        # Cut codes must not fall together: what is cut off is told by a checksum.
        from zlib import crc32

        code = f"{code[: _LONGEST_CODE - 9]}-{crc32(code.encode()):08x}"
    return code


_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэіїєґ", "abvgdeziyklmnoprstufhyeiieg", strict=True)),
        "ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": "",
        "'": "", "ʼ": "",
    }
)  # fmt: skip


def shipped() -> list[str]:
    """The names of the mappings that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def read_mapping(wanted: str | Path) -> FileMapping:
    """The mapping of a file, or a shipped one by its name; WrongUsage says where it is wrong."""
    path = SHIPPED / f"{wanted}.toml" if str(wanted) in shipped() else Path(wanted)
    try:
        with path.open("rb") as file:
            document = tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(
            _("There is no mapping «{name}»: it is neither a file nor one of {shipped}.").format(
                name=wanted, shipped=", ".join(shipped())
            ),
            field="--map",
        ) from error
    return _Document(path, document).mapping()


def _wrong(path: Path, reason: str) -> WrongUsage:
    return WrongUsage(
        _("The mapping {path} can't be used: {reason}.").format(path=path, reason=reason), file=str(path), field="--map"
    )


class _Document:
    """A mapping file being read; every refusal names the place."""

    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path = path
        self.document = document

    def mapping(self) -> FileMapping:
        """The whole of it."""
        self._only("the file", self.document, {"source", "settings", "ticket", "clients", "people", "events", "flag"})
        source, ticket = self._table("source"), self._table("ticket")
        self._only("source", source, {"timezone", "times", "encoding", "delimiter"})
        self._only("ticket", ticket, _TICKET_FIELDS)
        for name in ("number", "client", "subject", "created"):
            if name not in ticket:
                raise _wrong(self.path, _("[ticket] must say where «{name}» comes from").format(name=name))
        zone = str(source.get("timezone", "UTC"))
        people = self._table("people")
        clients = self._table("clients")
        self._only("clients", clients, {"name"})
        self._only("people", people, {"role", "name", "login"})
        events = self._table("events")
        self._only("events", events, {"at", "actor", "activity", "otherwise", "is"})
        if events and not {"at", "activity", "is"} <= events.keys():
            raise _wrong(self.path, _("[events] needs at, activity and [events.is]"))
        try:
            time_zone(zone)
        except Refused as refusal:
            raise _wrong(self.path, refusal.message) from refusal
        return FileMapping(
            self.path.stem,
            zone,
            tuple(str(form) for form in source.get("times", [])),
            source.get("encoding"),
            source.get("delimiter"),
            {key: str(value) for key, value in self._table("settings").items()},
            {name: self._cell(f"ticket.{name}", value) for name, value in ticket.items()},
            self._cell("clients.name", clients.get("name", ticket["client"])),
            {name: self._cell(f"people.{name}", people[name]) for name in ("login", "name") if name in people},
            str(people.get("role", "specialist")),
            self._cell("events.at", events["at"]) if events else None,
            self._cell("events.actor", events["actor"]) if "actor" in events else None,
            str(events["activity"]) if events else None,
            {name: self._events(name, told) for name, told in events.get("is", {}).items()},
            events.get("otherwise"),
            tuple(self._flag(one) for one in self.document.get("flag", [])),
        )

    def _table(self, name: str) -> dict[str, Any]:
        table = self.document.get(name, {})
        if not isinstance(table, dict):
            raise _wrong(self.path, _("[{name}] must be a table").format(name=name))
        return table

    def _only(self, place: str, table: Items[str, Any], known: set[str]) -> None:
        if unknown := sorted(table.keys() - known):
            raise _wrong(
                self.path,
                _("{place} has «{key}», which isn't known; known are {known}").format(
                    place=place, key=unknown[0], known=", ".join(sorted(known))
                ),
            )

    def _cell(self, place: str, told: Any) -> CellRule:
        if isinstance(told, str):
            return CellRule(column=told)
        if not isinstance(told, dict) or not {"column", "constant", "template"} & told.keys():
            raise _wrong(
                self.path, _("{place} must be a column's name or have column, constant or template").format(place=place)
            )
        self._only(place, told, _CELL_KEYS)
        values = {str(key): str(value) for key, value in told.get("map", {}).items()}
        return CellRule(
            told.get("column"),
            None if "constant" not in told else str(told["constant"]),
            told.get("template"),
            values,
            None if "default" not in told else str(told["default"]),
            bool(told.get("digits", False)),
            bool(told.get("code", False)),
        )

    def _events(self, activity: str, told: Any) -> tuple[EventRule, ...]:
        rules = []
        for one in told if isinstance(told, list) else [told]:
            place = f"events.is.{activity}"
            if not isinstance(one, dict) or one.get("kind") not in set(Happening):
                raise _wrong(
                    self.path,
                    _("{place} must have a kind that is one of {kinds}").format(
                        place=place, kinds=", ".join(Happening)
                    ),
                )
            self._only(place, one, {"kind", "value", "text", "again"})
            rules.append(
                EventRule(
                    one["kind"],
                    self._constant_or_cell(place, one.get("value")),
                    self._constant_or_cell(place, one.get("text")),
                    one.get("again"),
                )
            )
        return tuple(rules)

    def _constant_or_cell(self, place: str, told: Any) -> CellRule | None:
        if told is None:
            return None
        return CellRule(constant=told) if isinstance(told, str) else self._cell(place, told)

    def _flag(self, told: Any) -> Flag:
        try:
            earlier, later = told["before"]
            flag = Flag(str(told["tag"]), earlier, later)
        except (KeyError, TypeError, ValueError) as error:
            raise _wrong(self.path, _("[[flag]] needs a tag and before = [time, time]")) from error
        if not {flag.earlier, flag.later} <= _TICKET_TIMES:
            raise _wrong(
                self.path,
                _("[[flag]] compares two of {times}").format(times=", ".join(sorted(_TICKET_TIMES))),
            )
        return flag
