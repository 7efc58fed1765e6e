"""Rows of a view for the table: windows of the query, each from the place where its neighbour ends."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, fold
from leadconsole.tickets import queries, rules, words
from leadconsole.tickets.rows import QueueRow

_TONES = {"overdue": "danger", "at_risk": "warning"}
_PRIORITY_SIGNS = {"urgent": "⇑", "high": "↑", "normal": "", "low": "↓"}
_END: queries.Place = (rules.NEVER + 1, 0, 0)


def columns(highest: int) -> list[Column]:
    """The columns of the queue for numbers up to `highest`; the high `keep` goes first where there is little room."""
    return [
        Column("sign", "", 1),
        Column("number", "№", max(3, len(str(highest))), align="right"),
        Column("client", _("Client"), 10, flex=2),
        Column("priority", "", 1, keep=1),
        Column("subject", _("Subject"), 16, flex=5),
        Column("line", _("L"), 1),
        Column("assignee", _("Who"), 8),
        Column("status", _("Status"), 9),
        Column("age", _("Age"), 6, align="right", keep=2),
        Column("left", _("Left"), 7, align="right"),
    ]


class QueueSource:
    """A view, or a search in it, as a source of rows; a search shows the newest first."""

    threaded = True

    def __init__(self, desk: Desk, view: str, search: str = "") -> None:
        self.desk = desk
        self.view = view
        self.search = search.strip()
        self.rows: dict[int, QueueRow] = {}
        self._ends: dict[int, queries.Place] = {}
        self._count: int | None = None

    @property
    def count(self) -> int:
        """How many tickets there are now; asked once for a source and once a reload."""
        self._ends.clear()
        self._count = queries.count(self.desk, self.view, search=self.search or None)
        return self._count

    def load(self, first: int, size: int) -> Sequence[Row]:
        """A window of rows, by keyset after the row before it where that is known."""
        if self.search:
            rows = queries.page(self.desk, self.view, search=self.search, offset=first, limit=size, newest=True)
        else:
            rows = self._window(first, size)
        if len(self.rows) > 5_000:
            self.rows.clear()
        self.rows.update((row.number, row) for row in rows)
        now = self.desk.now()
        return [_line(row, now, self.search) for row in rows]

    def _window(self, first: int, size: int) -> list[QueueRow]:
        count = self._count or 0
        after = self._ends.get(first)
        if after is not None or first == 0:
            rows = queries.page(self.desk, self.view, after=after, limit=size)
        elif first > count // 2:
            size = min(size, count - first)
            rows = queries.page(self.desk, self.view, before=_END, offset=count - first - size, limit=max(size, 1))
        else:
            rows = queries.page(self.desk, self.view, offset=first, limit=size)
        if rows:
            self._ends[first + len(rows)] = rows[-1].place
        return rows

    def index_of(self, key: Hashable, near: int) -> int | None:
        """Where a ticket stands now, None if it is in this view no more."""
        assert isinstance(key, int)
        search = self.search or None
        try:
            if not queries.holds(self.desk, self.view, key, search=search):
                return None
            place = queries.row(self.desk, key).place
        except NotFound:
            return None
        return queries.position(self.desk, self.view, place, search=search, newest=bool(search))


def _line(row: QueueRow, now: Instant, search: str) -> Row:
    """A ticket as a row of the table."""
    tone = _TONES.get(row.state or "", "")
    if row.status in rules.FINISHED:
        tone = "dim"
    left = "" if row.left is None else formats.working_time(row.left)
    subject = clean_line(row.subject)
    client = clean_line(row.client_name)
    return Row(
        row.number,
        (
            Cell(words.sign(row.state, row.paused), tone),
            Cell(str(row.number), tone, found(str(row.number), search)),
            Cell(client, "dim" if tone == "dim" else "", found(client, search)),
            _PRIORITY_SIGNS[row.priority],
            Cell(subject, "dim" if tone == "dim" else "", found(subject, search)),
            str(row.line),
            row.assignee or "—",
            words.status_short(row.status),
            formats.age(now - row.created),
            Cell(left, tone),
        ),
        "dim" if tone == "dim" else "",
    )


def found(text: str, search: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a search stand in a text, unless folding has moved its letters."""
    if not search:
        return ()
    folded = fold(text)
    if len(folded) != len(text):
        return ()
    spans = []
    for word in fold(search).split():
        begin = folded.find(word)
        while begin >= 0:
            spans.append((begin, begin + len(word)))
            begin = folded.find(word, begin + len(word))
    return tuple(sorted(spans))
