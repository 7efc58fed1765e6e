"""The interchange files of the roster (interchange.md, section 2), in the order in which they must be loaded."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor, plain
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.shape import DATE, LINE, LOGIN, Column, Reading, Shape, Sort, choice, whole
from leadconsole.roster.rules.demand import KINDS_OF_DAY
from leadconsole.roster.rules.month import ANY, OFF
from leadconsole.roster.rules.names import COUNTED, DEFAULTS, PERSONAL, RuleName, Severity
from leadconsole.team.shapes import ANY_LINE, MINUTE_OF_DAY

LONGEST_CODE = 8
_DAY_MINUTES = 24 * 60


def _code(text: str, reading: Reading) -> str:
    code: str = LINE.read(text, reading)
    if len(code) > LONGEST_CODE or any(letter.isspace() or letter == "," for letter in code):
        raise Refused(
            _("«{text}» is no code of a shift: at most {n} characters, without spaces and commas.").format(
                text=text[:40], n=LONGEST_CODE
            ),
            code="bad_code",
        )
    return code


CODE = Sort(_code, LINE.write)


def _day(text: str, reading: Reading) -> str:
    if text.lower() in KINDS_OF_DAY:
        return text.lower()
    try:
        return parse_date(text).isoformat()
    except Refused:
        raise Refused(
            _("«{text}» is neither a date nor one of {names}.").format(text=text[:40], names=", ".join(KINDS_OF_DAY)),
            code="bad_day",
        ) from None


def _limit(text: str, reading: Reading) -> int:
    refused = Refused(
        _("«{text}» is no limit; write a number such as 11 or 42.").format(text=text[:40]), code="bad_number"
    )
    try:
        value = parse_minor(text)
    except Refused:
        raise refused from None  # it isn't money
    if not 0 <= value <= 10_000_00:
        raise refused
    return value


def _limit_write(value: int, reading: Reading) -> str:
    return plain(value).removesuffix(".00")


def _shift_type(row: dict[str, Any]) -> None:
    if row["code"].lower() in (OFF, ANY):
        raise Refused(
            _("«{text}» can't be the code of a shift: wishes mean something else by it.").format(text=row["code"]),
            code="bad_code",
            field="code",
        )
    length = row["ends"] - row["starts"] + (0 if row["ends"] > row["starts"] else _DAY_MINUTES)
    if row["break_minutes"] >= length:
        raise Refused(_("The break is as long as the shift or longer."), code="bad_hours", field="break_minutes")
    _begins(row)


def _begins(row: dict[str, Any]) -> None:
    if row["starts"] == _DAY_MINUTES:
        raise Refused(_("24:00 is an end; a start at midnight is 00:00."), code="bad_hours", field="starts")


def _rule(row: dict[str, Any]) -> None:
    default = DEFAULTS[RuleName(row["rule"])]
    row["severity"] = row["severity"] or default.severity.value
    if default.limit is None:
        if row["bound"] is not None:
            raise Refused(_("This rule has no limit; leave it empty."), code="bad_number", field="limit")
    elif row["bound"] is None:
        row["bound"] = default.limit
    elif default.name in COUNTED and row["bound"] % 100:
        raise Refused(_("This limit is in whole days."), code="bad_number", field="limit")


def _person_rule(row: dict[str, Any]) -> None:
    if (row["rule"] == RuleName.MAX_SHIFTS.value) is not bool(row["shift"]):
        raise Refused(
            _("The rule max_shifts limits a kind of shift: it needs one, and only it."), code="bad_shift", field="shift"
        )


def _wish(row: dict[str, Any]) -> None:
    row["shift"] = row["shift"].lower() if row["shift"].lower() in (OFF, ANY) else row["shift"]
    if row["weight"] == 0:
        raise Refused(
            _("A weight is positive for what is wanted and negative for what isn't."), code="bad_number", field="weight"
        )


SHIFT_TYPES = Shape(
    "shift_types",
    "shift_type",
    (
        Column("code", CODE, required=True, key=True),
        Column("name", LINE, required=True),
        Column("starts", MINUTE_OF_DAY, required=True),
        Column("ends", MINUTE_OF_DAY, required=True),
        Column("break_minutes", whole(0, _DAY_MINUTES - 1), default=0),
    ),
    _shift_type,
)
DEMAND = Shape(
    "demand",
    "demand",
    (
        Column("day", Sort(_day, LINE.write), required=True, key=True),
        Column("starts", MINUTE_OF_DAY, required=True, key=True),
        Column("ends", MINUTE_OF_DAY, required=True, key=True),
        Column("line", ANY_LINE, key=True, default=0),
        Column("people", whole(0, 1000), required=True),
    ),
    _begins,
)
SHIFTS = Shape(
    "shifts",
    "shift",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("date", DATE, required=True, key=True),
        Column("shift", CODE, required=True, refers="shift_type"),
    ),
)
ROSTER_RULES = Shape(
    "roster_rules",
    "roster_rule",
    (
        Column("rule", choice(*(name.value for name in RuleName)), required=True, key=True),
        Column("severity", choice(*(one.value for one in Severity))),
        Column("limit", Sort(_limit, _limit_write), stored_as="bound"),
    ),
    _rule,
)
WISHES = Shape(
    "wishes",
    "wish",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("date", DATE, required=True, key=True),
        Column("shift", CODE, required=True),
        Column("weight", whole(-100_000, 100_000), required=True),
    ),
    _wish,
)

PERSON_RULES = Shape(
    "person_rules",
    "person_rule",
    (
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("rule", choice(*(name.value for name in PERSONAL)), required=True, key=True),
        Column("shift", CODE, key=True, default=""),
        Column("limit", whole(0, 366), required=True, stored_as="bound"),
    ),
    _person_rule,
)

SHAPES = (SHIFT_TYPES, DEMAND, SHIFTS, ROSTER_RULES, WISHES, PERSON_RULES)
