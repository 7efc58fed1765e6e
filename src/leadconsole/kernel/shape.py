"""The shape of an interchange file: its columns, how a cell is read and written, what a row must satisfy.

A shape is pure: the importer feeds it cells of text, the dialogs feed it what was typed, both get the same
refusals. Values are what the tables store: text, whole numbers, Instants, ISO dates; None is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso, parse_date, parse_instant, time_zone
from leadconsole.kernel.text import clean_line, clean_text, is_login, spreadsheet_plain, spreadsheet_safe

Value = Any
LONGEST_LINE = 500
LONGEST_TEXT = 6_000_000
_WHOLE = "[+-]?[0-9]{1,18}"


class Reading(NamedTuple):
    """What is needed to read a cell: the desk's time zone."""

    timezone: str


class Sort(NamedTuple):
    """How a cell of one sort is read (raising Refused without a field) and written."""

    read: Callable[[str, Reading], Value]
    write: Callable[[Value, Reading], str]


class Column(NamedTuple):
    """One column: `name` in the file, `field` in the table; `refers` names the shape whose key it must be."""

    name: str
    sort: Sort
    required: bool = False
    key: bool = False
    default: Value = None
    stored_as: str | None = None
    refers: str | None = None

    @property
    def field(self) -> str:
        """The column of the table."""
        return self.stored_as or self.name


REFERRED = {"person": "login", "client": "code", "ticket": "number", "shift_type": "code"}
"""What a column may refer to, and by which key."""


def no_such(column: Column, key: Value) -> Refused:
    """The refusal of a row that names somebody or something that isn't there."""
    told = {
        "person": _("There is no person «{key}» at this desk."),
        "client": _("There is no client «{key}» at this desk."),
        "ticket": _("There is no ticket {key} at this desk."),
        "shift_type": _("There is no shift «{key}» at this desk; add it to the kinds of shifts first."),
    }[column.refers or ""]
    return Refused(told.format(key=str(key)[:60]), code="unknown", field=column.name)


class Shape(NamedTuple):
    """One interchange file, the table behind it and the rule that a whole row must satisfy."""

    name: str
    table: str
    columns: Sequence[Column]
    rule: Callable[[dict[str, Value]], None] = lambda row: None

    @property
    def key(self) -> tuple[str, ...]:
        """The table's columns that name a row."""
        return tuple(column.field for column in self.columns if column.key)

    def read(self, cells: Mapping[str, str | None], reading: Reading) -> dict[str, Value]:
        """The values of a row by table column; columns that are absent from `cells` get their defaults."""
        return self.complete(self.read_given(cells, reading))

    def read_given(self, cells: Mapping[str, str | None], reading: Reading) -> dict[str, Value]:
        """The values of those columns that `cells` has; `complete` makes a row of them."""
        return {
            column.field: read_cell(column, cells[column.name], reading)
            for column in self.columns
            if column.name in cells
        }

    def complete(self, given: Mapping[str, Value], stored: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """The whole row: what was not given stays as it is stored, or gets its default; then the rule is asked."""
        row: dict[str, Value] = {}
        for column in self.columns:
            field = column.stored_as or column.name
            if field in given:
                row[field] = given[field]
            else:
                row[field] = stored[field] if stored is not None else _default(column)
        self.rule(row)
        return row

    def write(self, row: Mapping[str, Value], reading: Reading) -> list[str]:
        """The cells of a row in the order of the columns; text that a spreadsheet would run is made safe."""
        cells = []
        for column in self.columns:
            value = row[column.field]
            cells.append("" if value is None else column.sort.write(value, reading))
        return cells


def read_cell(column: Column, cell: str | None, reading: Reading) -> Value:
    """The value of one cell; an empty one is the default, and Refused where the column is required."""
    text = (cell or "").strip()
    if not text:
        return _default(column)
    try:
        value = column.sort.read(text, reading)
    except Refused as refusal:
        refusal.field = column.name
        raise
    # Of a cell of zero-width characters nothing is left.
    return _default(column) if value == "" else value


def _default(column: Column) -> Value:
    if column.required and column.default is None:
        raise Refused(_("{column} must be given.").format(column=column.name), code="missing", field=column.name)
    return column.default


def _line(text: str, reading: Reading) -> str:
    if len(text) > LONGEST_LINE:
        raise Refused(_("The text is longer than {limit} characters.").format(limit=LONGEST_LINE), code="too_long")
    return clean_line(spreadsheet_plain(text)).strip()


def _text(text: str, reading: Reading) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(_("The text is longer than {limit} characters.").format(limit=LONGEST_TEXT), code="too_long")
    # Stripped after cleaning too, so that what is stored is what its own export reads back as.
    return clean_text(spreadsheet_plain(text)).strip()


def _safe(value: str, reading: Reading) -> str:
    return spreadsheet_safe(value)


def _login(text: str, reading: Reading) -> str:
    if not is_login(text):
        raise Refused(
            _("«{text}» is no login: small Latin letters, digits, . _ and -, a letter first, at most 32.").format(
                text=text[:40]
            ),
            code="bad_login",
        )
    return text


def _zone(text: str, reading: Reading) -> str:
    time_zone(text)
    return text


def _minor(text: str) -> int:
    from leadconsole.kernel.money import parse_minor  # 2 ms that the first frame does without

    return parse_minor(text)


def _plain(minor: int) -> str:
    from leadconsole.kernel.money import plain

    return plain(minor)


def _price(text: str, reading: Reading) -> int:
    minor = _minor(text)
    if minor < 0:
        raise Refused(_("A price can't be negative: {text}").format(text=text[:40]), code="negative")
    return minor


LINE = Sort(_line, _safe)
TEXT = Sort(_text, _safe)
LOGIN = Sort(_login, _safe)
ZONE = Sort(_zone, _safe)
DATE = Sort(lambda text, reading: parse_date(text).isoformat(), lambda value, reading: str(value))
TIME = Sort(
    lambda text, reading: parse_instant(text, reading.timezone),
    lambda value, reading: iso(value, reading.timezone),
)
PRICE = Sort(_price, lambda value, reading: _plain(value))


def choice(*names: str) -> Sort:
    """A cell that is one of the names; case doesn't matter."""

    def read(text: str, reading: Reading) -> str:
        if text.lower() not in names:
            raise Refused(
                _("«{text}» is none of {names}.").format(text=text[:40], names=", ".join(names)),
                code="bad_choice",
            )
        return text.lower()

    return Sort(read, lambda value, reading: str(value))


def whole(least: int, most: int) -> Sort:
    """A cell that is a whole number within bounds."""

    def read(text: str, reading: Reading) -> int:
        number = int(text) if re.fullmatch(_WHOLE, text) else None
        if number is None or not least <= number <= most:
            raise Refused(
                _("«{text}» is not a whole number from {least} to {most}.").format(
                    text=text[:40], least=least, most=most
                ),
                code="bad_number",
            )
        return number

    return Sort(read, lambda value, reading: str(value))


def hours(most: int) -> Sort:
    """A cell in hours with at most two decimals, stored in minutes."""

    def read(text: str, reading: Reading) -> int:
        value = _minor(text)  # hundredths of an hour
        if not 0 <= value <= most * 100 or value * 60 % 100:
            raise Refused(
                _("«{text}» is not a number of hours from 0 to {most} in whole minutes.").format(
                    text=text[:40], most=most
                ),
                code="bad_number",
            )
        return value * 60 // 100

    def write(value: int, reading: Reading) -> str:
        exact = _plain(value * 100 // 60) if value % 60 else str(value // 60)
        return exact.rstrip("0").rstrip(".") if "." in exact else exact

    return Sort(read, write)
