"""Writes of 1-on-1s, each row with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.rows import Outcome, RowRule, put
from leadconsole.kernel.shape import LINE, Column, Reading, read_cell
from leadconsole.one_on_one import facts, keeping, sheets, words
from leadconsole.one_on_one.rules import written
from leadconsole.one_on_one.seat import require_sheet, today_of
from leadconsole.one_on_one.shapes import POINTS, SHAPES
from leadconsole.one_on_one.tables import MeetingMove

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


class Wanted(NamedTuple):
    """A criterion as a new sheet shall have it; `steps` are points and what they look like."""

    name: str
    most: str
    steps: Sequence[tuple[str, str]] = ()


@command(Capability.LEAD_REVIEWS)
def set_sheet(desk: Desk, login: str, wanted: Sequence[Wanted], since: str = "") -> str:
    """Give a person these criteria from a day on (today); what was before ends the day before and stays readable.

    A change of names or maxima starts a new series; words of steps alone don't. Refused for a day on which, or after
    which, a meeting was held. The field of a refusal is `name_N`, `max_N` or `steps_N` with the place, or `from`.
    """
    require_sheet(desk, login)
    first = parse_date(since, field="from").isoformat() if since.strip() else today_of(desk).isoformat()
    with desk.write() as transaction:
        sheets.replace(transaction, login, [_read_wanted(place, one) for place, one in enumerate(wanted)], first)
        return first


@command(Capability.LEAD_REVIEWS)
def move_meeting(desk: Desk, login: str, day: str, moved: str = "", reason: str = "") -> None:
    """Move a planned meeting to another day, or leave it out (no day); open points and agreements stay open."""
    require_sheet(desk, login)
    planned = parse_date(day, field="date")
    new = parse_date(moved, field="moved") if moved.strip() else None
    if new is not None and new < today_of(desk):
        raise Refused(_("A meeting is moved to a day to come."), code="past", field="moved")
    with desk.write() as transaction:
        diary = facts.Diary(transaction.sql, login)
        origin = next((one for one, other in diary.moves.items() if other == planned), planned)
        if origin == planned and planned not in diary.planned(planned, planned):
            raise Refused(_("No meeting is planned on {day}.").format(day=planned), code="not_planned", field="date")
        values = {"login": login, "day": origin.isoformat(), "moved": new.isoformat() if new else None}
        put(transaction, MeetingMove, {**values, "reason": read_cell(_MOVED_BECAUSE, reason, READING)})


_MOVED_BECAUSE = Column("reason", LINE)
_NAME = Column("criterion", LINE, required=True)
_MOST = Column("max", POINTS, required=True)
_STEP = Column("points", POINTS, required=True)


def _read_wanted(place: int, one: Wanted) -> sheets.Fresh:
    def read(column: Column, cell: str, field: str) -> Any:
        try:
            return read_cell(column, cell, READING)
        except Refused as refusal:
            refusal.field = f"{field}_{place}"
            raise

    most = read(_MOST, one.most, "max")
    if not most:
        raise Refused(_("A criterion gives more than 0 points."), code="bad_number", field=f"max_{place}")
    steps = {read(_STEP, points, "steps"): text.strip() for points, text in one.steps if text.strip()}
    if over := [points for points in steps if points > most]:
        raise Refused(
            _("A step of {points} points lies above the maximum of {most}.").format(
                points=written(over[0]), most=written(most)
            ),
            code="over_maximum",
            field=f"steps_{place}",
        )
    return sheets.Fresh(read(_NAME, one.name, "name"), most, steps)
