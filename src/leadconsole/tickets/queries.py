"""Reads of the queue: pages of a view, counts, one ticket in a line.

Plain SQL over the read-only connection. A page costs the same at any size: it starts from a place in the order
(keyset), and each view names the partial index that holds it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso
from leadconsole.kernel.shape import Reading
from leadconsole.tickets import looks, views
from leadconsole.tickets.caches import Clockwork
from leadconsole.tickets.row_reading import FIELDS, row_of
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.views import Filter

if TYPE_CHECKING:
    from leadconsole.tickets.filters import Term
    from leadconsole.tickets.first_steps import Begun
    from leadconsole.tickets.search import Looking

Place = tuple[int, int, int]
Search = str | Filter | None
"""Words to look for, or a filter that was read."""
TAGS_REACH = 20_000
"""The tags that are offered are those of so many of the newest tickets."""
MOST_COUNTED = 10_000
"""What a search finds is counted up to here: one more means «more than that»."""
_TIMELESS = frozenset({"open", "unassigned", "waiting", "to_accept", "repeats", "all"})
"""Views whose count changes only when somebody writes."""
_SELECTIVE = frozenset({"client", "number"})
"""Fields whose own index finds less than the index of a view would walk through."""

_IN_ORDER = "urgency, priority_order, number"
_BACKWARDS = "urgency DESC, priority_order DESC, number DESC"


def clockwork_of(database_memo: dict[str, object], connection: sqlite3.Connection) -> Clockwork:
    """The clockwork of the desk, made anew only when settings, calendars, norms or clients changed."""
    from leadconsole.team import facts

    known = database_memo.get("clockwork")
    if isinstance(known, Clockwork) and known.calendars.revision == facts.revision(connection):
        return known
    fresh = Clockwork(connection)
    database_memo["clockwork"] = fresh
    return fresh


def _clockwork(desk: Desk) -> Clockwork:
    return clockwork_of(desk.database.memo, desk.reader)


def _view(name: str) -> views.View:
    view = views.BY_NAME.get(name)
    if view is None:
        raise Refused(
            _("There is no view «{name}»; known are {names}.").format(name=name[:40], names=", ".join(views.BY_NAME)),
            code="unknown_view",
            field="view",
        )
    return view


def _asked(desk: Desk, clockwork: Clockwork, condition: str) -> dict[str, Any]:
    """The parameters that the condition of a view uses."""
    now = desk.now()
    asked = {"now": now, "me": desk.actor.login}
    if ":horizon" in condition:
        dues = (calendar.due(now, clockwork.at_risk) for calendar in clockwork.calendars.all())
        asked["horizon"] = max((due for due in dues if due is not None), default=now)
    return asked


def _where(desk: Desk, clockwork: Clockwork, view: str, search: Search) -> tuple[str, str, dict[str, Any]]:
    """Source table with its index, condition and parameters of a view with or without a search or filter."""
    shown = _view(view)
    params = _asked(desk, clockwork, shown.condition)
    wanted = search if isinstance(search, Filter) else Filter(search or "", (), tuple((search or "").split()))
    source, parts = f"ticket INDEXED BY {shown.indexed_by}", [f"({shown.condition})"]
    if wanted.terms:
        from leadconsole.tickets.filter_conditions import Conditions

        conditions = Conditions(desk.reader, clockwork, params["now"], desk.actor.login, _looking(desk, clockwork))
        parts.append(conditions.of(wanted))
        params |= conditions.params
        if any(_is_selective(term) for term in wanted.terms) and conditions.finds_few():
            source = "ticket"
    if wanted.words:
        from leadconsole.tickets.search import FOUND
        from leadconsole.tickets.texts import page_id

        found = _looking(desk, clockwork).match(wanted.words)
        source, params = (FOUND if found.indexed else "ticket"), params | found.params
        parts.append(found.condition)
        if found.indexed and shown.name != views.EVERYTHING:
            # Nothing of the view is older than its oldest ticket; a common word is everywhere else, too.
            first = f"SELECT min(number) FROM ticket INDEXED BY {shown.indexed_by} WHERE {shown.condition}"
            (oldest,) = desk.reader.execute(first, params).fetchone()
            params["oldest"] = page_id(oldest or 0)
            parts.append("ticket_search.rowid >= :oldest")
    return source, " AND ".join(parts), params


def _is_selective(term: Term) -> bool:
    return term.field is not None and term.field.name in _SELECTIVE and term.sign == "=" and not term.negated


def _looking(desk: Desk, clockwork: Clockwork) -> Looking:
    from leadconsole.tickets.search import Looking

    return Looking(desk.reader, desk.database.memo, clockwork.calendars.revision)


@query(Capability.READ_QUEUE)
def timezone(desk: Desk) -> str:
    """The desk's time zone, in which times are shown."""
    return _clockwork(desk).settings.timezone


@query(Capability.READ_QUEUE)
def highest(desk: Desk) -> int:
    """The highest ticket number, 0 on a desk without tickets."""
    found: int | None = desk.reader.execute("SELECT max(number) FROM ticket").fetchone()[0]
    return found or 0


@query(Capability.READ_QUEUE)
def page(
    desk: Desk,
    view: str,
    *,
    search: Search = None,
    after: Place | None = None,
    before: Place | None = None,
    offset: int = 0,
    limit: int = 50,
    newest: bool = False,
) -> list[QueueRow]:
    """Rows of a view in their order: from its start or `offset`, after a place, or the last ones before a place.

    A limit of 0 means all. With `newest` the newest tickets come first instead, which a search can answer at once
    at any size.
    """
    clockwork = _clockwork(desk)
    source, condition, params = _where(desk, clockwork, view, search)
    order = f"{_newest_of(source)} DESC" if newest else _IN_ORDER
    if after is not None or before is not None:
        sign = ">" if after is not None else "<"
        condition = f"({condition}) AND ({_IN_ORDER}) {sign} (:p0, :p1, :p2)"
        place = after if after is not None else before
        params |= dict(zip(("p0", "p1", "p2"), place or (), strict=True))
        if before is not None:
            order = _BACKWARDS
    numbers = f"SELECT {_IN_ORDER} FROM {source} WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset"
    params |= {"limit": limit or -1, "offset": offset}
    rows = desk.reader.execute(
        f"SELECT {FIELDS} FROM ({numbers}) AS n JOIN ticket t ON t.number = n.number"
        " JOIN client c ON c.code = t.client",
        params,
    ).fetchall()
    made = [row_of(row, clockwork, params["now"]) for row in rows]
    made.sort(key=(lambda row: (-row.number, 0, 0)) if newest else (lambda row: row.place))
    return made


def _newest_of(source: str) -> str:
    """What the newest come first by: the index of the search walks by its own row numbers."""
    return "ticket_search.rowid" if _is_found(source) else "number"


def _is_found(source: str) -> bool:
    """Whether the index of the search leads; that module is imported by the first search, not by the first frame."""
    return source.startswith("ticket_search")


@query(Capability.READ_QUEUE)
def count(desk: Desk, view: str, *, search: Search = None, most: int | None = None) -> int:
    """How many tickets a view, or a search in it, has; with `most` it stops one behind that."""
    wanted = search.strip() if isinstance(search, str) else search
    if not wanted:
        return _count_of_view(desk, view)
    source, condition, params = _where(desk, _clockwork(desk), view, search)
    params["most"] = -1 if most is None else most + 1
    # The subquery stops the walk; a bare count would go on to the end.
    question = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {condition} LIMIT :most)"
    found: int = desk.reader.execute(question, params).fetchone()[0]
    return found


def _count_of_view(desk: Desk, view: str) -> int:
    """Counted once for as long as nobody writes, where time alone changes nothing."""
    reader = desk.reader
    version = reader.execute("PRAGMA data_version").fetchone()[0]
    memo = cast("dict[Any, Any]", desk.database.memo)
    key = ("count", id(reader), view, desk.actor.login)
    if view in _TIMELESS and (known := memo.get(key)) is not None and known[0] == version:
        return cast("int", known[1])
    if view == views.EVERYTHING:
        # Without a condition SQLite counts an index's pages, not its rows.
        counted = reader.execute("SELECT count(*) FROM ticket")
    else:
        source, condition, params = _where(desk, _clockwork(desk), view, None)
        counted = reader.execute(f"SELECT count(*) FROM {source} WHERE {condition}", params)
    found: int = counted.fetchone()[0]
    memo[key] = (version, found)
    return found


@query(Capability.READ_QUEUE)
def counts(desk: Desk) -> dict[str, int]:
    """How many tickets each built-in view has."""
    return {view.name: count(desk, view.name) for view in views.VIEWS}


@query(Capability.READ_QUEUE)
def own_views(desk: Desk) -> list[views.OwnView]:
    """The person's own views, by name."""
    rows = desk.reader.execute(
        "SELECT name, view, filter, columns, sort FROM saved_view WHERE owner = ? ORDER BY name", (desk.actor.login,)
    )
    return [views.OwnView(name, view, text, looks.read(shown, sort)) for name, view, text, shown, sort in rows]


@query(Capability.READ_QUEUE)
def position(desk: Desk, view: str, place: Place, *, search: Search = None, newest: bool = False) -> int:
    """How many rows of the view stand before a place of its order (or are newer, with `newest`)."""
    source, condition, params = _where(desk, _clockwork(desk), view, search)
    params |= dict(zip(("p0", "p1", "p2"), place, strict=True))
    earlier = f"({_IN_ORDER}) < (:p0, :p1, :p2)"
    if newest:
        earlier = "number > :p2"
        if _is_found(source):
            from leadconsole.tickets.search import NEWEST

            earlier = NEWEST
    found: int = desk.reader.execute(
        f"SELECT count(*) FROM {source} WHERE ({condition}) AND {earlier}", params
    ).fetchone()[0]
    return found


@query(Capability.READ_QUEUE)
def holds(desk: Desk, view: str, number: int, *, search: Search = None) -> bool:
    """Whether a view, or a search in it, has this ticket."""
    source, condition, params = _where(desk, _clockwork(desk), view, search)
    params["number"] = number
    table, one = "ticket", "number = :number"
    if _is_found(source):
        from leadconsole.tickets.search import ONE

        table, one = source, ONE
    return bool(desk.reader.execute(f"SELECT 1 FROM {table} WHERE {one} AND ({condition})", params).fetchone())


@query(Capability.READ_QUEUE)
def numbers(
    desk: Desk,
    view: str,
    *,
    search: Search = None,
    newest: bool = False,
    sort: str = "",
    offset: int = 0,
    limit: int = MOST_COUNTED,
) -> list[int]:
    """The numbers of a view in its order, or sorted by a column (looks.ORDERS), which reads all of the view."""
    source, condition, params = _where(desk, _clockwork(desk), view, search)
    order = f"{_newest_of(source)} DESC" if newest else _IN_ORDER
    if sort:
        from leadconsole.tickets.search import teach_folding

        teach_folding(desk.reader)
        order = looks.order(sort)
    rows = desk.reader.execute(
        f"SELECT number FROM {source} WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset",
        params | {"limit": limit, "offset": offset},
    )
    return [number for (number,) in rows]


@query(Capability.READ_QUEUE)
def loads(desk: Desk) -> dict[str, int]:
    """How many open tickets each person has."""
    return dict(
        desk.reader.execute(
            f"SELECT assignee, count(*) FROM ticket INDEXED BY ticket_held WHERE {views.OPEN}"
            " AND assignee IS NOT NULL GROUP BY assignee"
        )
    )


@query(Capability.READ_QUEUE)
def open_of_client(desk: Desk, client: str) -> int:
    """How many open tickets a client has."""
    found: int = desk.reader.execute(
        f"SELECT count(*) FROM ticket INDEXED BY ticket_of_client WHERE client = ? AND {views.OPEN}", (client,)
    ).fetchone()[0]
    return found


@query(Capability.READ_QUEUE)
def open_beside(desk: Desk, number: int, limit: int) -> list[QueueRow]:
    """The other open tickets of a ticket's client, the newest first."""
    clockwork = _clockwork(desk)
    rows = desk.reader.execute(
        f"SELECT {FIELDS} FROM ticket t INDEXED BY ticket_of_client JOIN client c ON c.code = t.client"
        f" WHERE t.client = (SELECT client FROM ticket WHERE number = :number) AND t.number <> :number"
        f" AND t.{views.OPEN} ORDER BY t.created DESC LIMIT :limit",
        {"number": number, "limit": limit},
    ).fetchall()
    return [row_of(row, clockwork, desk.now()) for row in rows]


@query(Capability.READ_QUEUE)
def known_tags(desk: Desk, most: int = 12) -> list[str]:
    """Tags of the newest tickets, those that most of them have first."""
    rows = desk.reader.execute(
        "SELECT tags FROM ticket WHERE number > (SELECT max(number) FROM ticket) - :newest AND tags IS NOT NULL",
        {"newest": TAGS_REACH},
    )
    counted = Counter(tag for (tags,) in rows for tag in tags.split())
    return [tag for tag, _n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]]


@query(Capability.READ_QUEUE)
def row(desk: Desk, number: int) -> QueueRow:
    """One ticket as a line of a view."""
    clockwork = _clockwork(desk)
    found = desk.reader.execute(
        f"SELECT {FIELDS} FROM ticket t JOIN client c ON c.code = t.client WHERE t.number = ?", (number,)
    ).fetchone()
    if found is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    return row_of(found, clockwork, desk.now())


@query(Capability.READ_QUEUE)
def rows(desk: Desk, numbers: Sequence[int]) -> list[QueueRow]:
    """Tickets as lines of a view, in the order of their numbers here; one that is gone is left out."""
    clockwork, now = _clockwork(desk), desk.now()
    found = desk.reader.execute(
        f"SELECT {FIELDS} FROM json_each(?) n CROSS JOIN ticket t ON t.number = n.value"
        " JOIN client c ON c.code = t.client ORDER BY n.key",
        (str(list(numbers)),),  # whole numbers in brackets are JSON
    ).fetchall()
    return [row_of(row, clockwork, now) for row in found]


@query(Capability.READ_QUEUE)
def cells(desk: Desk, number: int) -> dict[str, str | None]:
    """The facts of a ticket as cells of tickets.csv, for a dialog that corrects them."""
    from leadconsole.tickets.shapes import TICKETS

    reading = Reading(_clockwork(desk).settings.timezone)
    fields = [column.field for column in TICKETS.columns]
    found = desk.reader.execute(f"SELECT {', '.join(fields)} FROM ticket WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    return {
        column.name: None if value is None else column.sort.write(value, reading)
        for column, value in zip(TICKETS.columns, found, strict=True)
    }


@query(Capability.READ_QUEUE)
def now_cell(desk: Desk) -> str:
    """This moment as a cell."""
    return iso(desk.now(), _clockwork(desk).settings.timezone)


@query(Capability.READ_QUEUE)
def begun(desk: Desk) -> Begun:
    """What the desk has of what a queue needs; costs the same at any size."""
    from leadconsole.tickets.first_steps import Begun

    row = desk.reader.execute(
        "SELECT EXISTS (SELECT 1 FROM client WHERE status <> 'left'), EXISTS (SELECT 1 FROM norm),"
        " EXISTS (SELECT 1 FROM norm JOIN client ON client.policy = norm.policy WHERE client.status <> 'left'),"
        " EXISTS (SELECT 1 FROM ticket)"
    ).fetchone()
    return Begun(*map(bool, row))
