"""Rows of a view for the table: windows of the query, each from the place where its neighbour ends."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from leadconsole.console.widgets.rows import Row, RowWindows
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.tickets import queries, rules
from leadconsole.tickets.looks import STANDARD, Look
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen import orders, others
from leadconsole.tickets.screen.columns import Context, line
from leadconsole.tickets.views import NO_FILTER, Filter

_END: queries.Place = (rules.NEVER + 1, 0, 0)


class QueueSource:
    """A view, or what a filter leaves of it, as a source of rows; where words are looked for the newest come first."""

    threaded = True

    def __init__(self, desk: Desk, view: str, wanted: Filter = NO_FILTER, look: Look = STANDARD) -> None:
        self.desk = desk
        self.view = view
        self.wanted = wanted
        self.look = look
        self.rows: dict[int, QueueRow] = {}
        self._ends: dict[int, queries.Place] = {}
        self._timezone = queries.timezone(desk)
        self._count: int | None = None
        self._first: list[QueueRow] = []
        self.counted: int | None = None
        """What the filter finds, once `refine` has counted it."""

    @property
    def newest(self) -> bool:
        """Whether the newest tickets come first."""
        return bool(self.wanted.words)

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

    @property
    def at_hand(self) -> bool:
        """Whether the first rows can be shown without `begin`."""
        return not self.wanted or bool(self._first)

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
        return self._lines(rows)

    def lines(self, numbers: Iterable[int]) -> Sequence[Row]:
        """The rows of these tickets as they were read, where they were, with the signs of the others as they are."""
        return self._lines([self.rows[number] for number in numbers if number in self.rows])

    def _lines(self, rows: Iterable[QueueRow]) -> Sequence[Row]:
        context = Context(self.desk.now(), self._timezone, self.wanted.words, others.signs(self.desk))
        return [line(row, self.look, context) for row in rows]

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
        return queries.position(self.desk, self.view, place, search=wanted, newest=self.newest)

    def numbers(self, first: int, many: int) -> Sequence[int]:
        """The numbers of the tickets from place `first`, at most `many`."""
        return queries.numbers(self.desk, self.view, search=self.wanted, newest=self.newest, offset=first, limit=many)


class SortedSource(QueueSource):
    """A view sorted by one of its columns: the order that is known is shown at once, `refine` brings it up to date.

    `begin`, for a view that was never sorted before, and `refine` read all of it and belong in a thread.
    """

    def __init__(self, desk: Desk, view: str, wanted: Filter, look: Look) -> None:
        super().__init__(desk, view, wanted, look)
        self._places: dict[int, int] = {}
        self._order = orders.known(desk, view, wanted, look.sort)

    @property
    def at_hand(self) -> bool:
        return self._order is not None

    @property
    def newest(self) -> bool:
        return False

    @property
    def count(self) -> int:
        return len(self._order.numbers) if self._order else 0

    def begin(self) -> None:
        self.refine()

    def refine(self) -> bool:
        before = self._order
        self._order = orders.taken(self.desk, self.view, self.wanted, self.look.sort)
        self.counted = self._order.counted
        if before is not None and before.numbers == self._order.numbers:
            return False
        self._places = {}
        return True

    def _asked(self, first: int, size: int) -> list[QueueRow]:
        return queries.rows(self.desk, self.numbers(first, size))

    def index_of(self, key: Hashable, near: int) -> int | None:
        assert isinstance(key, int)
        if not self._places and self._order:
            self._places = {number: place for place, number in enumerate(self._order.numbers)}
        return self._places.get(key)

    def numbers(self, first: int, many: int) -> Sequence[int]:
        return self._order.numbers[first : first + many].tolist() if self._order else []
