"""Rows of interchange files as people see and edit them: every column as text, and what a row is called."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from leadconsole.kernel.shape import REFERRED, Reading, Shape, no_such

Cells = Mapping[str, str]
"""A row by column name of its file, empty where nothing is stored."""
NEW: Cells = {}
"""The basis of a row that wasn't there when somebody decided to add it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file as it was read: what a dialog shows, and the basis of what it changes."""

    file: str
    key: tuple[Any, ...]
    cells: Cells
    stored: bool = True
    """False for a setting that has its default."""

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


class FileWords(NamedTuple):
    """How the slice of a file speaks of its rows: what a row of a key is called, a column's label, a cell in words."""

    row: Callable[[tuple[Any, ...]], str]
    column: Callable[[str], str]
    value: Callable[[str, str], str]


def cells_of(shape: Shape, row: Mapping[str, Any], reading: Reading) -> dict[str, str]:
    """A stored row as its dialog shows it; text is as it is stored, not made safe for a spreadsheet."""
    return {column.name: _cell(column.sort.write, row[column.field], reading) for column in shape.columns}


def _cell(write: Any, value: Any, reading: Reading) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(write(value, reading))


def stored_row(connection: sqlite3.Connection, shape: Shape, key: tuple[Any, ...]) -> dict[str, Any] | None:
    """The values of the row of that key by table column, None if it isn't there."""
    fields = [column.field for column in shape.columns]
    where = " AND ".join(f"{name} = ?" for name in shape.key)
    row = connection.execute(f"SELECT {', '.join(fields)} FROM {shape.table} WHERE {where}", key).fetchone()
    return None if row is None else dict(zip(fields, row, strict=True))


def stored_entries(connection: sqlite3.Connection, shape: Shape, reading: Reading) -> list[Entry]:
    """Every row of a file by key."""
    fields = [column.field for column in shape.columns]
    rows = connection.execute(f"SELECT {', '.join(fields)} FROM {shape.table} ORDER BY {', '.join(shape.key)}")
    found = []
    for row in rows:
        values = dict(zip(fields, row, strict=True))
        found.append(Entry(shape.name, tuple(values[field] for field in shape.key), cells_of(shape, values, reading)))
    return found


def key_of(shape: Shape, cells: Mapping[str, str | None], reading: Reading) -> tuple[Any, ...]:
    """The key of the row that cells name; Refused where a part of it is missing or can't be read."""
    given = shape.read_given({column.name: cells.get(column.name) for column in shape.columns if column.key}, reading)
    return tuple(given[column.field] for column in shape.columns if column.key)


def refuse_unknown(connection: sqlite3.Connection, shape: Shape, values: Mapping[str, Any]) -> None:
    """Refuse a row that names a person, client or ticket that isn't there."""
    for column in shape.columns:
        key = values[column.field]
        if column.refers is None or key in (None, ""):
            continue
        question = f"SELECT 1 FROM {column.refers} WHERE {REFERRED[column.refers]} = ?"
        if connection.execute(question, (key,)).fetchone() is None:
            raise no_such(column, key)
