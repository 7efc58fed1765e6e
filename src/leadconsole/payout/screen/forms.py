"""The fields of the payout's dialogs, and what is read of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leadconsole.console.asking import date_field, stored_choice
from leadconsole.console.dialogs.form import Field
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor, plain
from leadconsole.kernel.text import clean_line
from leadconsole.payout import words
from leadconsole.payout.commands import Part
from leadconsole.payout.queries import Around
from leadconsole.payout.shapes import SHAPES
from leadconsole.team.entries import BY_NAME

SUBSCRIPTIONS = BY_NAME["subscriptions"]
_LONGEST = 500
_SHARE = re.compile(
    r"\s*(?P<sum>[-\u2212]?[0-9][0-9 \u00a0\u202f\u2009]*(?:[.,][0-9]{1,2})?)\s*(?P<percent>%?)(?P<reason>.*)"
)


def keys(file: str) -> set[str]:
    """The columns that name a row of a file."""
    shape = next(one for one in (*SHAPES, SUBSCRIPTIONS) if one.name == file)
    return {column.name for column in shape.columns if column.key}


def fields(file: str, cells: Cells, around: Around, *, fresh: bool) -> list[Field]:
    """The fields of a row of one of the payout's files; what names the row can't be changed later."""
    if file == SUBSCRIPTIONS.name:
        client = _choice("client", cells, around.clients)
        ends = _("A running fee of the client ends the day before, in the same step.")
        return [
            *([client, _date("from", cells, hint=ends)] if fresh else []),
            _text("monthly_fee", cells, required=True),
            _date("to", cells, hint=_("The last day; empty until further notice."), required=False),
        ]
    if file == "salaries":
        people = [(login, name) for login, name, _role in around.people]
        head = [_choice("login", cells, people), _date("from", cells)]
        return [*(head if fresh else []), _text("amount", cells, required=True, hint=_("A month, until the next row."))]
    if file == "expenses":
        head = [_text("description", cells, required=True)] if fresh else []
        clients = [("", "—"), *around.clients]
        return [
            *head,
            _text("amount", cells, required=True),
            _choice("client", cells, clients),
            _text("ticket", cells, hint=_("The number of the ticket it was for; may stay empty.")),
        ]
    if file == "adjustments":
        head = [_text("description", cells, required=True)] if fresh else []
        hint = _("A minus lowers the profit.")
        corrects = _text(
            "corrects", cells, hint=_("The month and line that it corrects, such as 2026-10 tickets 4711.")
        )
        return [*head, _text("amount", cells, required=True, hint=hint), corrects]
    return [
        _text("amount", cells, required=True, hint=_("A negative reserve draws on what was set aside before.")),
        _text("reason", cells),
    ]


def _text(name: str, cells: Cells, *, required: bool = False, hint: str = "") -> Field:
    value = cells.get(name, "")
    return Field(name, words.column(name), value=value, required=required, hint=hint, max_length=_LONGEST)


def _date(name: str, cells: Cells, *, hint: str = "", required: bool = True) -> Field:
    return date_field(name, words.column(name), cells.get(name, ""), required=required, hint=hint)


def _choice(name: str, cells: Cells, offered: Iterable[tuple[str, str]]) -> Field:
    return stored_choice(name, words.column(name), cells.get(name, ""), offered)


def split_fields(around: Around) -> list[Field]:
    """Reserve and a bonus for everybody: an amount or a percentage, and the reason behind it."""
    asked = {
        "reserve" if line.section == "reserve" else line.key.rpartition(",")[2]: f"{plain(line.amount)} {line.what}"
        for line in around.asides
    }
    hint = _("An amount or a share of the profit, then the reason: 5000 webinar, or 10 % training.")
    found = [Field("reserve", _("Reserve"), value=asked.get("reserve", "").strip(), hint=hint, max_length=_LONGEST)]
    for place, (login, name, _role) in enumerate(around.people):
        found.append(Field(f"p{place}", name, value=asked.get(login, "").strip(), max_length=_LONGEST))
    return found


def parts(values: dict[str, str], around: Around) -> list[Part]:
    """What was typed into the split, as parts of the profit."""
    found = []
    for field, text in values.items():
        if not text.strip():
            continue
        reserve = field == "reserve"
        login = "" if reserve else around.people[int(field[1:])][0]
        read = _SHARE.fullmatch(text)
        if read is None:
            raise Refused(_("Write an amount or a percentage first, then the reason."), code="bad_money", field=field)
        try:
            number = parse_minor(" ".join(read["sum"].split()))
        except Refused as refusal:
            refusal.field = field
            raise
        reason = clean_line(read["reason"]).strip()
        percent = number if read["percent"] else None
        amount = None if read["percent"] else number
        found.append(Part("reserve" if reserve else "bonus", login, amount, percent, reason))
    return found
