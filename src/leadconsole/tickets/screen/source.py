"""Rows of a view for the table: windows of the query, each from the place where its neighbour ends."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row, RowWindows
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, fold
from leadconsole.tickets import queries, rules, words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.views import NO_FILTER, Filter

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
    """A view, or what a filter leaves of it, as a source of rows; where words are looked for the newest come first."""

    threaded = True

    def __init__(self, desk: Desk, view: str, wanted: Filter = NO_FILTER) -> None:
        self.desk = desk
        self.view = view
        self.wanted = wanted
        self.rows: dict[int, QueueRow] = {}
        self._ends: dict[int, queries.Place] = {}
        self._count: int | None = None
        self._first: list[QueueRow] = []
        self.counted: int | None = None
        """What the filter finds, once `refine` has counted it."""

    @property
    def count(self) -> int:
        """How many tickets there are now; asked once for a source and once a reload.

        Of a filter it is what the first window has, until `refine` has counted: the first rows shall not wait for that.
        """
        self._ends.clear()
        if not self.wanted:
            self._count = queries.count(self.desk, self.view)
        elif self.counted is None:
            self._first = self._first or self._asked(0, RowWindows.PAGE)
            self._count = len(self._first)
        else:
            self._count = min(self.counted, queries.MOST_COUNTED)
        return self._count

    def begin(self) -> None:
        """Read the first window of a filter, in a thread; WrongFilter where a value makes no sense."""
        if self.wanted:
            self._first = self._asked(0, RowWindows.PAGE)

    def refine(self) -> bool:
        """Count what the filter finds; may take its time in a thread. True if that is news."""
        if not self.wanted:
            return False
        before = self.counted
        full = 0 < len(self._first) < RowWindows.PAGE
        self.counted = (
            len(self._first)
            if full and before is None
            else queries.count(self.desk, self.view, search=self.wanted, most=queries.MOST_COUNTED)
        )
        return self.counted not in (before, self._count)

    def load(self, first: int, size: int) -> Sequence[Row]:
        """A window of rows, by keyset after the row before it where that is known."""
        if first == 0 and self._first:
            rows, self._first = self._first, []
        else:
            rows = self._asked(first, size)
        if len(self.rows) > 5_000:
            self.rows.clear()
        self.rows.update((row.number, row) for row in rows)
        now = self.desk.now()
        return [_line(row, now, self.wanted.words) for row in rows]

    def _asked(self, first: int, size: int) -> list[QueueRow]:
        if self.wanted.words:
            return queries.page(self.desk, self.view, search=self.wanted, offset=first, limit=size, newest=True)
        return self._window(first, size)

    def _window(self, first: int, size: int) -> list[QueueRow]:
        count = self._count or 0
        after = self._ends.get(first)
        if after is not None or first == 0:
            rows = queries.page(self.desk, self.view, search=self.wanted, after=after, limit=size)
        elif first > count // 2 and not self.wanted:
            size = min(size, count - first)
            rows = queries.page(
                self.desk, self.view, search=self.wanted, before=_END, offset=count - first - size, limit=max(size, 1)
            )
        else:
            rows = queries.page(self.desk, self.view, search=self.wanted, offset=first, limit=size)
        if rows:
            self._ends[first + len(rows)] = rows[-1].place
        return rows

    def index_of(self, key: Hashable, near: int) -> int | None:
        """Where a ticket stands now, None if it is in this view no more."""
        assert isinstance(key, int)
        wanted = self.wanted
        try:
            if not queries.holds(self.desk, self.view, key, search=wanted):
                return None
            place = queries.row(self.desk, key).place
        except NotFound:
            return None
        return queries.position(self.desk, self.view, place, search=wanted, newest=bool(wanted.words))


def _line(row: QueueRow, now: Instant, words_found: Sequence[str]) -> Row:
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
            Cell(str(row.number), tone, found(str(row.number), words_found)),
            Cell(client, "dim" if tone == "dim" else "", found(client, words_found)),
            _PRIORITY_SIGNS[row.priority],
            Cell(subject, "dim" if tone == "dim" else "", found(subject, words_found)),
            str(row.line),
            row.assignee or "—",
            words.status_short(row.status),
            formats.age(now - row.created),
            Cell(left, tone),
        ),
        "dim" if tone == "dim" else "",
    )


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
