"""The interchange files of the payout (interchange.md, section 2)."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor, plain
from leadconsole.kernel.period import Month
from leadconsole.kernel.shape import DATE, LINE, LOGIN, PRICE, Column, Reading, Shape, Sort, choice, whole

MONTH = Sort(lambda text, reading: str(Month.parse(text)), lambda value, reading: str(value))
MONEY = Sort(lambda text, reading: parse_minor(text), lambda value, reading: plain(value))


def _signs(row: dict[str, Any]) -> None:
    """Only the reserve can be drawn on, and then it is said for what."""
    if row["amount"] >= 0:
        return
    if row["kind"] != "reserve":
        raise Refused(_("A bonus can't be negative."), code="negative", field="amount")
    if not row["reason"]:
        raise Refused(_("Say what the reserve is drawn on for."), code="missing", field="reason")


SALARIES = Shape(
    "salaries",
    "salary",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("from", DATE, required=True, key=True, stored_as="first"),
        Column("amount", PRICE, required=True),
    ),
)
EXPENSES = Shape(
    "expenses",
    "expense",
    (
        Column("month", MONTH, required=True, key=True),
        Column("description", LINE, required=True, key=True),
        Column("amount", PRICE, required=True),
        Column("client", LINE, refers="client"),
        Column("ticket", whole(1, 10**15), refers="ticket"),
    ),
)
ALLOCATIONS = Shape(
    "allocations",
    "allocation",
    (
        Column("month", MONTH, required=True, key=True),
        Column("kind", choice("reserve", "bonus"), required=True, key=True),
        Column("login", Sort(LOGIN.read, lambda value, reading: str(value)), key=True, default="", refers="person"),
        Column("amount", MONEY, required=True),
        Column("reason", LINE),
    ),
    _signs,
)
ADJUSTMENTS = Shape(
    "adjustments",
    "adjustment",
    (
        Column("month", MONTH, required=True, key=True),
        Column("description", LINE, required=True, key=True),
        Column("amount", MONEY, required=True),
        Column("corrects", LINE),
    ),
)

SHAPES = (SALARIES, EXPENSES, ALLOCATIONS, ADJUSTMENTS)


def reading() -> Reading:
    """How cells are read: no column of this slice depends on the desk's zone."""
    return Reading("UTC")
