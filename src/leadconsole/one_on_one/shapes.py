"""The interchange files of this slice (interchange.md, section 2), in the order in which they must be loaded."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor
from leadconsole.kernel.shape import DATE, LINE, LOGIN, TEXT, Column, Reading, Shape, Sort, whole
from leadconsole.one_on_one.plan import read_plan
from leadconsole.one_on_one.rules import written

MOST_POINTS = 10_000
"""More points than that is a slip of the hand."""


def _points(text: str, reading: Reading) -> int:
    try:
        hundredths = parse_minor(text)
    except Refused:
        hundredths = -1
    if not 0 <= hundredths <= MOST_POINTS * 100:
        raise Refused(
            _("«{text}» are no points; write a number from 0 to {most}.").format(text=text[:40], most=MOST_POINTS),
            code="bad_number",
        )
    return hundredths


POINTS = Sort(_points, lambda value, reading: written(value))
PLAN = Sort(lambda text, reading: read_plan(text).text, lambda value, reading: str(value))


def _criterion(row: dict[str, Any]) -> None:
    if not row["most"]:
        raise Refused(_("A criterion gives more than 0 points."), code="bad_number", field="max")
    if row["last"] is not None and row["last"] < row["first"]:
        raise Refused(
            _("It ends ({ended}) before it starts ({started}).").format(ended=row["last"], started=row["first"]),
            code="bad_span",
            field="until",
        )


CRITERIA = Shape(
    "criteria",
    "criterion",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("criterion", LINE, required=True, key=True),
        Column("from", DATE, required=True, key=True, stored_as="first"),
        Column("until", DATE, stored_as="last"),
        Column("max", POINTS, required=True, stored_as="most"),
        Column("position", whole(0, 1000)),
    ),
    _criterion,
)
MEETING_PLAN = Shape(
    "meeting_plan",
    "meeting_plan",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("rule", PLAN, required=True),
    ),
)
MEETINGS = Shape(
    "meetings",
    "meeting_score",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("date", DATE, required=True, key=True),
        Column("criterion", LINE, required=True, key=True),
        Column("points", POINTS, required=True),
        Column("reason", TEXT, required=True),
    ),
)
ACTIONS = Shape(
    "actions",
    "meeting_action",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("date", DATE, required=True, key=True),
        Column("text", LINE, required=True, key=True),
        Column("owner", LINE, required=True),
        Column("due", DATE),
        Column("done", DATE),
    ),
)

SHAPES = (CRITERIA, MEETING_PLAN, MEETINGS, ACTIONS)
