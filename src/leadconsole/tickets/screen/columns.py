"""The columns of the queue: their titles, widths and cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.clock import MINUTE, Instant
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, fold, width
from leadconsole.tickets import rules, words
from leadconsole.tickets.looks import STANDARD, Look
from leadconsole.tickets.rows import QueueRow

_TONES = {"overdue": "danger", "at_risk": "warning"}
_PRIORITY_SIGNS = {"urgent": "⇑", "high": "↑", "normal": "", "low": "↓"}
UP, DOWN = "▲", "▼"


class Context(NamedTuple):
    """What cells are made with, beside the ticket: the moment, the desk's time zone, the words that were looked for."""

    now: Instant
    timezone: str
    words: Sequence[str] = ()
    here: Mapping[int, str] = {}
    """By ticket the sign of others who look at it or write on it."""


def titles() -> dict[str, str]:
    """Every column that a view can have, in words, in the order in which they are offered."""
    return {
        "number": _("Number"),
        "client": _("Client"),
        "requester": _("Who asked"),
        "subject": _("Subject"),
        "kind": _("Kind"),
        "channel": _("Channel"),
        "priority": _("Priority"),
        "line": _("Line"),
        "assignee": _("Assignee"),
        "status": _("Status"),
        "age": _("Age"),
        "left": _("Time left"),
        "promised": _("Promised"),
        "wait": _("Waits until"),
        "estimate": _("Estimate"),
        "price": _("Price"),
        "tags": _("Tags"),
        "handovers": _("Hand-overs"),
        "reopens": _("Reopened"),
    }


def columns(highest: int, look: Look = STANDARD) -> list[Column]:
    """The columns of a look, for numbers up to `highest`; the high `keep` goes first where there is little room."""
    known = _known(highest)
    shown = [known[name] for name in ("sign", "number", *look.shown)]
    return [_sorted(column, look) if column.id == look.by else column for column in shown]


def _known(highest: int) -> Mapping[str, Column]:
    made = (
        Column("sign", "", 1),
        Column("number", "№", max(3, len(str(highest))), align="right"),
        Column("client", _("Client"), 10, flex=2),
        Column("requester", _("Who asked"), 10, flex=2, keep=5),
        Column("priority", "", 1, keep=1),
        Column("subject", _("Subject"), 16, flex=5),
        Column("kind", _("Kind"), 9, keep=6),
        Column("channel", _("Channel"), 7, keep=9),
        Column("line", _("L"), 1),
        Column("assignee", _("Who"), 8),
        Column("status", _("Status"), 9),
        Column("age", _("Age"), 6, align="right", keep=2),
        Column("left", _("Left"), 7, align="right"),
        Column("promised", _("Promised"), 9, keep=3),
        Column("wait", _("Waits"), 9, keep=3),
        Column("estimate", _("Estimate"), 8, align="right", keep=4),
        Column("price", _("Price"), 10, align="right", keep=3),
        Column("tags", _("Tags"), 10, flex=1, keep=5),
        Column("handovers", "⇄", 3, align="right", keep=7),
        Column("reopens", "↻", 3, align="right", keep=8),
    )
    return {column.id: column for column in made}


def unseen_order(look: Look) -> str:
    """What sorts, where no head of a column says it."""
    if not look.by or look.by in ("number", *look.shown):
        return ""
    return f"{DOWN if look.backwards else UP} {titles()[look.by]}"


def _sorted(column: Column, look: Look) -> Column:
    title = f"{column.title}{DOWN if look.backwards else UP}"
    return column._replace(title=title, width=max(column.width, width(title)))


def line(row: QueueRow, look: Look, context: Context) -> Row:
    """A ticket as a row of the table."""
    tone = "dim" if row.status in rules.FINISHED else _TONES.get(row.state or "", "")
    quiet = "dim" if tone == "dim" else ""
    number = str(row.number)
    cells: list[str | Cell] = [
        Cell(words.sign(row.state, row.paused), tone),
        Cell(number, tone, found(number, context.words)),
    ]
    for name in look.shown:
        text = _TEXTS[name](row, context)
        if name in _SEARCHED:
            text = clean_line(text)
            cells.append(Cell(text, quiet, found(text, context.words)))
        elif name == "left":
            cells.append(Cell(text, tone))
        else:
            cells.append(text)
    return Row(row.number, tuple(cells), quiet)


def _day(at: Instant | None, context: Context) -> str:
    return "" if at is None else formats.short(at, context.timezone, context.now)


_SEARCHED = frozenset({"client", "subject", "requester"})
_TEXTS: Mapping[str, Callable[[QueueRow, Context], str]] = {
    "client": lambda row, _context: row.client_name,
    "requester": lambda row, _context: row.requester or "",
    "subject": lambda row, context: context.here.get(row.number, "") + row.subject,
    "kind": lambda row, _context: words.kind(row.kind),
    "channel": lambda row, _context: words.channel(row.channel) if row.channel else "",
    "priority": lambda row, _context: _PRIORITY_SIGNS[row.priority],
    "line": lambda row, _context: str(row.line),
    "assignee": lambda row, _context: row.assignee or "—",
    "status": lambda row, _context: words.status_short(row.status),
    "age": lambda row, context: formats.age(context.now - row.created),
    "left": lambda row, _context: "" if row.left is None else formats.working_time(row.left),
    "promised": lambda row, context: _day(row.promised, context),
    "wait": lambda row, context: _day(row.wait_until, context),
    "estimate": lambda row, _context: (
        "" if row.estimate_minutes is None else formats.working_time(row.estimate_minutes * MINUTE)
    ),
    "price": lambda row, _context: "" if row.price is None else formats.money(row.price),
    "tags": lambda row, _context: row.tags or "",
    "handovers": lambda row, _context: str(row.handovers or ""),
    "reopens": lambda row, _context: str(row.reopens or ""),
}


def found(text: str, looked_for: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a search stand in a text, unless folding has moved its letters."""
    if not looked_for:
        return ()
    folded = fold(text)
    if len(folded) != len(text):
        return ()
    spans = []
    for word in map(fold, looked_for):
        begin = folded.find(word)
        while begin >= 0:
            spans.append((begin, begin + len(word)))
            begin = folded.find(word, begin + len(word))
    return tuple(sorted(spans))
