"""Writes of 1-on-1s, each row with its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.rows import Outcome, RowRule
from leadconsole.kernel.shape import Reading
from leadconsole.one_on_one import keeping, words
from leadconsole.one_on_one.shapes import SHAPES

BY_NAME = {shape.name: shape for shape in SHAPES}
READING = Reading("UTC")
"""No column of this slice is read or written by the desk's zone."""
RESTORERS = {table: entering.restorer(words.row_words(table)) for table in words.TITLES}
ROW_RULES: dict[str, tuple[RowRule, ...]] = {
    "criterion": (keeping.criterion,),
    "meeting_score": (keeping.score,),
    "meeting_record": (keeping.record,),
}
CONSEQUENCES = ()


@command(Capability.LEAD_REVIEWS)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of a file of this slice from cells as people type them; `basis` as for the desk's own."""
    shape = BY_NAME[file]
    with desk.write() as transaction:
        return entering.enter(transaction, shape, words.row_words(shape.table), cells, basis, READING)


@command(Capability.LEAD_REVIEWS)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take away a row of a file of this slice, unless a record that was acknowledged stands on it."""
    shape = BY_NAME[file]
    with desk.write() as transaction:
        entering.remove(transaction, shape, words.row_words(shape.table), key, basis, READING)
