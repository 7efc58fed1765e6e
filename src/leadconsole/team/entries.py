"""Rows of the desk's files as people see and edit them: every column as text, and what a row is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadconsole.kernel.shape import Reading, Shape
from leadconsole.team import words
from leadconsole.team.shapes import SHAPES

Cells = Mapping[str, str]
"""A row by column name of its file, empty where nothing is stored."""
BY_NAME = {shape.name: shape for shape in SHAPES}
_READING = Reading("UTC")
"""No column of this slice is read or written by the desk's zone."""


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


def cells_of(shape: Shape, row: Mapping[str, Any]) -> dict[str, str]:
    """A stored row as its dialog shows it; text is as it is stored, not made safe for a spreadsheet."""
    return {column.name: _cell(column.sort.write, row[column.field]) for column in shape.columns}


def _cell(write: Any, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(write(value, _READING))


def entry_name(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Norm std, high, any line`."""
    return words.named(file, key)
