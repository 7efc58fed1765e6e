"""What people keep at hand for tickets: canned texts and macros, the whole desk's and their own.

Rows like those of the interchange files, though they travel in history.jsonl: what is refused, what is stale and how a
step is taken back are the same. Without an owner a row is everybody's, and only who may change the desk changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import NEW, Cells, Entry, FileWords, cells_of, key_of
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.shape import LINE, TEXT, Column, Reading, Shape, whole
from leadconsole.team import facts
from leadconsole.tickets import days, placeholders, rules, tagging, words
from leadconsole.tickets.shapes import PRIORITY, STATUS, SUPPORT_LINE

LONGEST_NAME = 40
TEXTS, MACROS = "canned_texts", "macros"
ME, NOBODY = "@me", "-"
"""Whom a macro may name beside logins: who runs it, and nobody."""
_READING = Reading("UTC")


def _named(row: dict[str, Any]) -> None:
    if len(row["name"]) > LONGEST_NAME:
        raise Refused(
            _("The name has at most {most} letters.").format(most=LONGEST_NAME), code="bad_name", field="name"
        )


def _text(row: dict[str, Any]) -> None:
    _named(row)
    placeholders.refuse_unknown(row["text"], "text")


def _macro(row: dict[str, Any]) -> None:
    """A macro changes something, and what belongs together is there."""
    _named(row)
    if not any(row[name] for name in CHANGES):
        raise Refused(_("A macro changes at least one thing."), code="missing", field="assign")
    if row["line"] and not row["reason"]:
        raise Refused(_("A hand-over to another line needs its reason."), code="missing", field="reason")
    if row["wait"] and row["status"] not in rules.WAITING:
        raise Refused(_("Only who waits waits until a day: choose a waiting status."), code="no_wait", field="wait")
    if row["tags"]:
        tagging.read(row["tags"])
    for name in ("reason", "note", "reply"):
        placeholders.refuse_unknown(row[name] or "", name)


CHANGES = ("assign", "line", "priority", "status", "tags", "minutes", "note", "reply")
"""What a macro may change."""

SHAPES = {
    TEXTS: Shape(
        TEXTS,
        "canned_text",
        (
            Column("owner", LINE, key=True, default=""),
            Column("name", LINE, required=True, key=True),
            Column("text", TEXT, required=True),
        ),
        _text,
    ),
    MACROS: Shape(
        MACROS,
        "macro",
        (
            Column("owner", LINE, key=True, default=""),
            Column("name", LINE, required=True, key=True),
            Column("assign", LINE),
            Column("line", SUPPORT_LINE),
            Column("reason", LINE),
            Column("priority", PRIORITY),
            Column("status", STATUS),
            Column("wait", LINE),
            Column("tags", LINE),
            Column("minutes", whole(1, 10_000)),
            Column("note", TEXT),
            Column("reply", TEXT),
        ),
        _macro,
    ),
}
_NAMES = {TEXTS: N_("Text «{name}»"), MACROS: N_("Macro «{name}»")}
_COLUMNS = {
    "owner": N_("whose it is"),
    "name": N_("the name"),
    "text": N_("the text"),
    "assign": N_("who gets it"),
    "reason": N_("the reason"),
    "wait": N_("until when it waits"),
    "minutes": N_("the minutes"),
    "note": N_("the note"),
    "reply": N_("the reply"),
}


def _row_name(file: str, key: tuple[Any, ...]) -> str:
    return _(_NAMES[file]).format(name=key[1])


def _column(name: str) -> str:
    return _(_COLUMNS[name]) if name in _COLUMNS else words.field(name)


def file_words(file: str) -> FileWords:
    """How rows of a shelf are spoken of."""
    return FileWords(partial(_row_name, file), _column, words.value)


RESTORERS = {shape.table: entering.restorer(file_words(name)) for name, shape in SHAPES.items()}


@query(Capability.READ_QUEUE)
def kept(desk: Desk, file: str) -> list[Entry]:
    """What stands on a shelf for this person: one's own rows, then the desk's, by name."""
    shape = SHAPES[file]
    fields = [column.field for column in shape.columns]
    rows = desk.reader.execute(
        f"SELECT {', '.join(fields)} FROM {shape.table} WHERE owner IN ('', ?) ORDER BY owner = '', name",
        (desk.actor.login,),
    )
    found = []
    for row in rows:
        values = dict(zip(fields, row, strict=True))
        found.append(Entry(file, (values["owner"], values["name"]), cells_of(shape, values, _READING)))
    return found


@command(Capability.TRIAGE)
def keep(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Entry | None = None) -> None:
    """Add a row to a shelf, or bring the one that was shown as `basis` to these cells, name and owner included."""
    shape, spoken = SHAPES[file], file_words(file)
    key = key_of(shape, cells, _READING)
    _refuse_other_owner(desk, key)
    with desk.write() as transaction:
        if (cells.get("wait") or "").strip():
            zone = facts.settings(transaction.sql).timezone
            try:
                days.ahead(str(cells["wait"]), transaction.at, zone, end_of_day=False)
            except Refused as refusal:
                refusal.field = "wait"
                raise
        known: Cells = NEW
        if basis is not None and basis.key == key:
            known = basis.cells
        elif basis is not None:
            _refuse_other_owner(desk, basis.key)
            entering.remove(transaction, shape, spoken, basis.key, basis.cells, _READING)
        entering.enter(transaction, shape, spoken, cells, known, _READING)


@command(Capability.TRIAGE)
def discard(desk: Desk, file: str, shown: Entry) -> None:
    """Take a row off its shelf, if it still is what was shown."""
    _refuse_other_owner(desk, shown.key)
    with desk.write() as transaction:
        entering.remove(transaction, SHAPES[file], file_words(file), shown.key, shown.cells, _READING)


def _refuse_other_owner(desk: Desk, key: tuple[Any, ...]) -> None:
    owner = key[0]
    if owner == "":
        desk.require(Capability.CHANGE_DESK)
    elif owner != desk.actor.login:
        raise Refused(_("That belongs to {login}.").format(login=owner), code="not_allowed", field="owner")
