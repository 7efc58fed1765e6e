"""`leadconsole queue`: the rows of a view, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from leadconsole.kernel.aligned import Column, aligned
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.formats import integer, working_time
from leadconsole.kernel.headless import Answer, Call, Parser, whole
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso
from leadconsole.team import facts
from leadconsole.tickets import queries, views, words
from leadconsole.tickets.cli import forms
from leadconsole.tickets.rows import QueueRow

_PAGE = 1000
"""Rows are read in pages, so that a whole desk is never held at once."""

_DEFAULT_LIMIT = 100
_MOST = 10**9


def arguments(parser: Parser) -> None:
    """Declare what `queue` takes."""
    parser.add_argument("--view", default="open", choices=list(views.BY_NAME), help=_("which tickets"))
    parser.add_argument("--search", metavar="TEXT", help=_("words that must stand in the ticket"))
    parser.add_argument(
        "--limit", metavar="N", type=whole(0, _MOST), default=_DEFAULT_LIMIT, help=_("how many at most, 0 for all")
    )
    parser.set_defaults(run=queue)


def queue(call: Call) -> Answer:
    """The rows of a view at one moment and in one snapshot."""
    desk = call.sit()
    now = desk.now()
    desk = replace(desk, clock=FrozenClock(now))
    view, search, limit = call.options.view, call.options.search, call.options.limit
    # One snapshot for all pages and the total; it ends when the desk is closed.
    desk.reader.execute("BEGIN")
    timezone = facts.settings(desk.reader).timezone
    total = queries.count(desk, view, search=search)

    def lines(cells: int | None) -> Iterator[str]:
        shown = list(_rows(desk, view, search, limit))
        if not shown:
            yield (
                _("Nothing in the view «{view}» has these words.") if search else _("Nothing is in the view «{view}».")
            ).format(view=view)
            return
        yield from aligned(_columns(), [_cells(row) for row in shown], cells)
        if len(shown) < total:
            yield _("{shown} of {total}; --limit 0 shows all.").format(shown=integer(len(shown)), total=integer(total))

    data = {
        "now": iso(now, timezone),
        "view": view,
        "total": total,
        "tickets": (forms.row(row, timezone) for row in _rows(desk, view, search, limit)),
    }
    return Answer(data, lines)


def _rows(desk: Desk, view: str, search: str | None, limit: int) -> Iterator[QueueRow]:
    return islice(_pages(desk, view, search, limit), limit or None)


def _pages(desk: Desk, view: str, search: str | None, limit: int) -> Iterator[QueueRow]:
    size = min(limit or _PAGE, _PAGE)
    after = None
    while True:
        page = queries.page(desk, view, search=search, after=after, limit=size)
        yield from page
        if len(page) < size:
            return
        after = page[-1].place


def _columns() -> list[Column]:
    return [
        Column(" "),
        Column(_("№"), "right"),
        Column(_("Client"), most=16, gives_way=True),
        Column(_("Subject"), most=60, gives_way=True),
        Column(_("L")),
        Column(_("Who"), most=12, gives_way=True),
        Column(_("Status"), most=9, gives_way=True),
        Column(_("Left"), "right"),
    ]


def _cells(row: QueueRow) -> list[str]:
    return [
        words.sign(row.state, row.paused),
        str(row.number),
        row.client_name,
        row.subject,
        str(row.line),
        row.assignee or "—",
        words.status_short(row.status),
        "" if row.left is None else working_time(row.left),
    ]
