"""Reads of the queue against a brute force over random desks, and what SQLite does for them."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import House, at, house
from leadconsole.kernel import history
from leadconsole.kernel.clock import MINUTE, Instant, moment
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.period import Month
from leadconsole.kernel.text import fold
from leadconsole.tickets import commands, norms, queries, views
from leadconsole.tickets.norms import Share
from leadconsole.tickets.rows import QueueRow

VIEWS = [view.name for view in views.VIEWS]
SEARCHES = [None, "silent", "re", "#1", "matter sil"]
OPEN = ("new", "open", "waiting_client", "waiting_third_party")
ORDER = ("urgent", "high", "normal", "low")
ZONE = ZoneInfo("Europe/Moscow")


# --- A random desk ----------------------------------------------------------------------------------------------------


def lived(path: Path, seed: int, tickets: int = 55) -> House:
    """A desk on which some weeks of random work were done."""
    dice = random.Random(seed)
    made = house(path, "2026-02-16T09:00:00+03:00")
    made.client("zeta", name="Зёрна", policy="std")
    made.client("bare")
    made.norm(60, 480)
    made.norm(15, 240, "urgent")
    made.norm(None, 360, "high")
    made.norm(30, 600, line="2")
    for _ticket in range(tickets):
        number = made.ticket(
            f"{dice.choice(['', 'Re: '])}Matter {dice.randrange(9)}",
            dice.choice(["acme", "acme", "zeta", "bare"]),
            priority=dice.choice(ORDER),
            line=dice.choice("1123"),
            assignee=dice.choice(["", "anna", "lida", "oleg"]),
            body=dice.choice(["", "It is silent", "Ёлка не горит"]),
        )
        for _step in range(dice.randrange(5)):
            one = dice.randrange(1, number + 1)
            desk = made.desk(dice.choice(["anna", "lida", "oleg"]))
            acts: list[Callable[[], object]] = [
                partial(commands.reply, desk, one, "x"),
                partial(commands.assign, desk, one, dice.choice(["lida", "oleg", None])),
                partial(commands.set_status, desk, one, dice.choice([*OPEN, "closed_rejected"])),
                partial(commands.set_status, desk, one, "resolved"),
                partial(commands.set_status, desk, one, "resolved"),
                partial(commands.accept, desk, one),
                partial(commands.move_line, desk, one, dice.choice([1, 2, 3]), "x"),
                partial(commands.set_priority, desk, one, dice.choice(ORDER)),
                partial(history.undo, desk),
            ]
            try:
                dice.choice(acts)()
            except Refused:
                continue
            made.wait(dice.choice([1, 20, 60, 300]))
    return made


@pytest.fixture(scope="module", params=[1, 2])
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk with weeks of work; only read, though its clock is moved."""
    made = lived(tmp_path_factory.mktemp("busy") / "desk.db", request.param)
    with closing(made.database):
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One such desk, for what doesn't depend on its content."""
    made = lived(tmp_path_factory.mktemp("still") / "desk.db", 4, 20)
    with closing(made.database):
        yield made


def later(made: House) -> Iterator[Desk]:
    """The desk at moments around its last event, at due minutes and a little past them."""
    end = made.clock.at
    dues = [due for (due,) in made.database.reader.execute("SELECT DISTINCT urgency FROM ticket") if due < 1 << 61]
    moments = [end, end + 61 * MINUTE, *(due + shift for due in dues[::7] for shift in (-60 * MINUTE, 0, 1))]
    for now in moments:
        made.clock.at = now
        yield made.desk("lida")
    made.clock.at = end


def every_row(desk: Desk) -> list[QueueRow]:
    """All tickets one by one, without views."""
    numbers = [number for (number,) in desk.reader.execute("SELECT number FROM ticket")]
    return [queries.row(desk, number) for number in numbers]


def next_due(row: QueueRow) -> Instant:
    """The next due of the clocks that run, read from the row."""
    running = []
    if row.status in OPEN and row.first_reply_at is None and row.reopens == 0:
        running.append(row.first_reply_due)
    if row.status in ("new", "open"):
        running.append(row.resolution_due)
    return min((due for due in running if due is not None), default=1 << 62)


def belongs(view: str, row: QueueRow, me: str) -> bool:
    """The views of the contract in plain words."""
    return {
        "all": True,
        "open": row.status in OPEN,
        "mine": row.status in OPEN and row.assignee == me,
        "unassigned": row.status in OPEN and row.assignee is None,
        "overdue": row.state == "overdue",
        "at_risk": row.state == "at_risk",
        "waiting": row.paused is not None,
        "to_accept": row.status == "resolved",
        "repeats": row.repeat_of is not None,
    }[view]


def in_order(rows: list[QueueRow]) -> list[QueueRow]:
    """Urgency: next due, then priority, then number."""
    return sorted(rows, key=lambda row: (row.place[0], ORDER.index(row.priority), row.number))


def found_by(made: House, search: str | None) -> set[int]:
    """The tickets whose text has every word, by reading all texts."""
    words = fold(search or "").split()
    texts = made.database.reader.execute(
        "SELECT t.number, '#' || t.number || char(10) || t.subject || char(10) || c.name || char(10) || c.code"
        " || char(10) || coalesce(t.requester, '') || char(10) || coalesce(t.body, '')"
        " FROM ticket t JOIN client c ON c.code = t.client"
    )
    return {number for number, text in texts if all(word in fold(text) for word in words)}


# --- Views ------------------------------------------------------------------------------------------------------------


def test_the_desk_shows_something_in_every_view(busy: House) -> None:
    seen = dict.fromkeys(VIEWS, 0)
    for desk in later(busy):
        seen = {name: max(most, queries.count(desk, name)) for name, most in seen.items()}
    assert all(seen.values()), seen


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("view", VIEWS)
def test_view_and_count_agree_with_reading_everything(busy: House, view: str, search: str | None) -> None:
    found = found_by(busy, search)
    for desk in later(busy):
        wanted = in_order([row for row in every_row(desk) if belongs(view, row, "lida") and row.number in found])
        assert queries.page(desk, view, search=search, limit=0) == wanted
        assert queries.count(desk, view, search=search) == len(wanted)


def test_counts_are_those_of_the_views(busy: House) -> None:
    for desk in later(busy):
        assert queries.counts(desk) == {view: len(queries.page(desk, view, limit=0)) for view in VIEWS}


def test_order_is_the_next_due(busy: House) -> None:
    rows = [row for row in every_row(busy.desk()) if row.reopens == 0]
    assert [row.place[0] for row in rows] == [next_due(row) for row in rows]


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("view", VIEWS)
def test_pages_make_up_the_view(busy: House, view: str, newest: bool) -> None:
    desk = busy.desk("lida")
    whole = queries.page(desk, view, limit=0, newest=newest)
    if newest:
        assert [row.number for row in whole] == sorted((row.number for row in whole), reverse=True)
    for size in (1, 7):
        by_offset = [
            row
            for offset in range(0, len(whole), size)
            for row in queries.page(desk, view, offset=offset, limit=size, newest=newest)
        ]
        assert by_offset == whole
    for place, row in enumerate(whole):
        assert queries.position(desk, view, row.place, newest=newest) == place
        assert queries.holds(desk, view, row.number)
        if not newest:
            assert queries.page(desk, view, after=row.place, limit=5) == whole[place + 1 : place + 6]
            assert queries.page(desk, view, before=row.place, limit=5) == whole[max(0, place - 5) : place]
    outside = {row.number for row in every_row(desk)} - {row.number for row in whole}
    assert not any(queries.holds(desk, view, number) for number in outside)


def test_a_page_has_50_rows_unless_asked(busy: House) -> None:
    assert len(queries.page(busy.desk(), "all")) == 50
    assert len(queries.page(busy.desk(), "all", limit=0)) == queries.count(busy.desk(), "all") > 50


def test_loads_and_highest(busy: House) -> None:
    desk = busy.desk()
    rows = every_row(desk)
    for login in ("anna", "lida", "oleg"):
        held = sum(row.assignee == login and row.status in OPEN for row in rows)
        assert queries.loads(desk).get(login, 0) == held
    assert queries.highest(desk) == max(row.number for row in rows)


def test_unknown_names_are_refused(busy: House) -> None:
    with pytest.raises(Refused) as told:
        queries.page(busy.desk(), "late")
    assert (told.value.code, told.value.field) == ("unknown_view", "view")
    with pytest.raises(NotFound):
        queries.row(busy.desk(), 10_000)


def test_an_empty_desk_answers(tmp_path: Path) -> None:
    desk = house(tmp_path / "desk.db").desk()
    assert queries.highest(desk) == 0
    assert queries.loads(desk) == {}
    assert set(queries.counts(desk).values()) == {0}
    assert all(queries.page(desk, view, search="x") == [] for view in VIEWS)


def test_while_paused_due_is_as_if_work_resumed_now(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.norm(60, 480)
    number = made.ticket()
    made.wait(60)
    commands.set_status(made.desk(), number, "waiting_client")
    for minutes, due in ((0, "2026-03-02T18:00"), (1, "2026-03-03T09:01"), (600, "2026-03-03T16:00")):
        made.wait(minutes)
        row = queries.row(made.desk(), number)
        assert row.resolution_due == at(f"{due}:00+03:00")
        assert row.paused == "waiting_client"
        commands.set_status(made.desk(), number, "open")
        assert queries.row(made.desk(), number).resolution_due == row.resolution_due
        commands.set_status(made.desk(), number, "waiting_client")


def test_left_stands_still_while_nothing_runs(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.norm(60, 480)
    number = made.ticket()
    commands.reply(made.desk(), number, "Please send the log.")
    made.wait(60)
    commands.set_status(made.desk(), number, "waiting_client")
    made.wait(500)
    assert queries.row(made.desk(), number).left == 420 * MINUTE


def test_left_is_working_time_until_due_and_negative_when_late(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.norm(None, 480)
    number = made.ticket()
    for wait, left in ((0, 480), (479, 1), (1, 0), (1, 0), (15 * 60, -1)):
        made.wait(wait)
        row = queries.row(made.desk(), number)
        assert row.left == left * MINUTE
    commands.set_status(made.desk(), number, "resolved")
    assert queries.row(made.desk(), number).left is None


@pytest.mark.parametrize(
    ("of_client", "of_desk", "due"),
    [("late", "office", "2026-03-02T13:00"), ("", "office", "2026-03-02T11:00"), ("", "", "2026-03-02T11:00")],
)
def test_calendar_of_the_client_else_of_the_desk_else_around_the_clock(
    tmp_path: Path, of_client: str, of_desk: str, due: str
) -> None:
    made = house(tmp_path / "desk.db")
    made.norm(60, 600)
    made.office_hours("late", "12:00", "20:00")
    made.setting("calendar", of_desk)
    made.client("acme", policy="std", calendar=of_client)
    row = queries.row(made.desk(), made.ticket())
    assert row.first_reply_due == at(f"{due}:00+03:00")
    next_day = {"late": "03T14:00", "office": "03T11:00", "": "02T20:00"}[of_client or of_desk]
    assert row.resolution_due == at(f"2026-03-{next_day}:00+03:00")


# --- Search -----------------------------------------------------------------------------------------------------------

TEXTS = [
    "Ёлка не горит", "елка горит", 'A "quoted" word', "star * and minus -v", "a AND b OR c NOT d", "NEAR(x y)",
    "text: colon {brace} ^caret (paren)", "it's an apostrophe’s day", "100% under_score", "Straße", "дёготь\nмёд",
    "back\\slash /path", "печать УПД", "co-operate", "№ 4411",
]  # fmt: skip
"""Subjects of the tickets 1 to 15; the first three are the bodies of 16 to 18."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk with every hard text; only read."""
    made = house(tmp_path_factory.mktemp("shelf") / "desk.db")
    made.client("hermes", name="Зёрнышко & Сын")
    for text in TEXTS:
        made.ticket(text)
    for text in TEXTS[:3]:
        made.ticket("nothing", "hermes", body=text, requester="Нина Фёдорова")
    with closing(made.database):
        yield made


def hits(made: House, search: str) -> list[int]:
    return sorted(row.number for row in queries.page(made.desk(), "all", search=search, limit=0))


@pytest.mark.parametrize(
    ("rule", "search", "expected"),
    [
        ("ё is е", "елка", [1, 2, 16, 17]),
        ("е is ё", "ёлка", [1, 2, 16, 17]),
        ("case is no matter", "ЁЛКА ГОРИТ", [1, 2, 16, 17]),
        ("the beginning of a word", "елк", [1, 2, 16, 17]),
        ("part of a word", "лка", [1, 2, 16, 17]),
        ("two letters", "ме", [11]),
        ("one letter", "%", [9]),
        ("every word must be there", "ёлка не", [1, 16]),
        ("in any order", "горит ёлка", [1, 2, 16, 17]),
        ("a long and a short word", "горит не", [1, 16]),
        ("a quote is a quote", '"quoted"', [3, 18]),
        ("an open quote", '"quo', [3, 18]),
        ("two quotes", '""', []),
        ("a star is a star", "*", [4]),
        ("no prefix operator", "sta*", []),
        ("no minus operator", "-v", [4]),
        ("no column", "text:", [7]),
        ("AND is a word", "AND", [4, 5]),
        ("OR is a word", "елка OR quoted", []),
        ("NOT is a word", "nothing NOT quoted", [18]),
        ("NEAR is a word", "NEAR(x", [6]),
        ("a caret is a caret", "^caret", [7]),
        ("braces and parentheses", "{brace} (paren)", [7]),
        ("apostrophes are one", "apostrophe's", [8]),
        ("no wildcards of LIKE: %", "0%", [9]),
        ("no wildcards of LIKE: _", "r_s", [9]),
        ("ß is ss", "STRASSE", [10]),
        ("over lines", "деготь мед", [11]),
        ("a backslash", "k\\s", [12]),
        ("a hyphen", "co-op", [14]),
        ("the number of the ticket", "#13", [13]),
        ("the client's name", "зернышко", [16, 17, 18]),
        ("the client's code", "hermes", [16, 17, 18]),
        ("the requester", "федорова", [16, 17, 18]),
        ("compatibility forms", "ﬁ", []),
        ("nothing found", "zzz", []),
        ("blanks search for nothing", "   ", list(range(1, 19))),
    ],
)
def test_search(shelf: House, rule: str, search: str, expected: list[int]) -> None:
    assert hits(shelf, search) == expected, rule
    assert queries.count(shelf.desk(), "all", search=search) == len(expected)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ёеЕдг \"'*-^(){}:%_\\AaNnDd#1+.,\t", max_size=8) | st.sampled_from(TEXTS))
def test_any_search_finds_what_reading_finds(shelf: House, search: str) -> None:
    assert hits(shelf, search) == sorted(found_by(shelf, search))


def test_search_follows_changes(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    number = made.ticket("Strange noise")
    assert hits(made, "strange") == [number]
    made.client("acme", name="Ромашка", policy="std")
    assert hits(made, "ромаш") == [number]
    history.undo(made.desk())
    assert hits(made, "ромаш") == []
    history.undo(made.desk())
    assert hits(made, "strange") == []
    history.redo(made.desk())
    assert hits(made, "strange") == [number]


# --- Norms ------------------------------------------------------------------------------------------------------------


def shares(rows: list[QueueRow], of: Callable[[QueueRow], Any]) -> tuple[Share, ...]:
    keys = sorted({of(row) for row in rows} - {None})
    return tuple(
        Share(key, sum(of(row) == key for row in rows), sum(of(row) == key and row.state == "met" for row in rows))
        for key in keys
    )


def test_norms_agree_with_reading_everything(busy: House) -> None:
    desk = busy.desk()
    months = {moment(row.created).astimezone(ZONE).strftime("%Y-%m") for row in every_row(desk)}
    total = 0
    for month in sorted(months | {"2026-01"}):
        rows = [
            row
            for row in every_row(desk)
            if row.state in ("met", "missed")
            and row.resolved_at is not None
            and moment(row.resolved_at).astimezone(ZONE).strftime("%Y-%m") == month
        ]
        found = norms.norm_shares(desk, Month.parse(month))
        assert found.month == month
        assert found.all == Share(None, len(rows), sum(row.state == "met" for row in rows))
        assert found.lines == shares(rows, lambda row: row.line)
        assert found.people == shares(rows, lambda row: row.assignee)
        total += len(rows)
    assert total > 5


@pytest.mark.parametrize(
    ("resolved", "month"),
    [
        ("2026-03-01T00:00:00+03:00", "2026-03"),
        ("2026-02-28T23:59:59+03:00", "2026-02"),
        ("2026-02-28T21:00:00+00:00", "2026-03"),
        ("2026-03-31T23:59:59+03:00", "2026-03"),
        ("2026-04-01T00:00:00+03:00", "2026-04"),
    ],
)
def test_the_month_is_that_of_the_resolution_in_the_desks_zone(tmp_path: Path, resolved: str, month: str) -> None:
    made = house(tmp_path / "desk.db", "2026-02-25T10:00:00+03:00")
    made.norm(60, 480)
    number = made.ticket()
    made.clock.at = at(resolved)
    commands.set_status(made.desk(), number, "resolved")
    made.clock.at = at("2026-05-05T12:00:00+03:00")
    commands.accept(made.desk(), number)
    found = {
        one: norms.norm_shares(made.desk(), Month.parse(one)).all.tickets
        for one in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
    }
    assert {one for one, tickets in found.items() if tickets} == {month}


def test_percent_is_rounded_half_up_and_small_below_20() -> None:
    assert [Share(1, tickets, inside).percent for tickets, inside in ((3, 2), (3, 1), (800, 1), (5, 5), (0, 0))] == [
        "66.67", "33.33", "0.13", "100.00", None,
    ]  # fmt: skip
    assert [Share("lida", tickets, 0).small for tickets in (19, 20)] == [True, False]


def test_a_specialist_sees_no_norms(busy: House) -> None:
    with pytest.raises(NotAllowed):
        norms.norm_shares(busy.desk("lida"), Month.parse("2026-02"))


# --- What SQLite does -------------------------------------------------------------------------------------------------


def plan(made: House, read: Callable[[Desk], object]) -> list[str]:
    """The plans of all statements that a read runs."""
    desk = made.desk("anna")
    read(desk)  # the clockwork is made once
    for key in [key for key in desk.database.memo if key[0] == "count"]:
        del desk.database.memo[key]
    statements: list[str] = []
    desk.reader.set_trace_callback(statements.append)
    try:
        read(desk)
    finally:
        desk.reader.set_trace_callback(None)
    with closing(sqlite3.connect(made.database.path)) as connection:
        return [
            step[3]
            for statement in statements
            if statement.lstrip().startswith("SELECT")
            for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]


FULL_SCAN = re.compile(r"SCAN (ticket|t|event|ticket_text)\b(?! USING (COVERING )?INDEX)")
PLACE = (0, 0, 0)
READS: list[tuple[str, Callable[[Desk, str], object]]] = [
    ("page", lambda desk, view: queries.page(desk, view)),
    ("page after a place", lambda desk, view: queries.page(desk, view, after=PLACE)),
    ("page before a place", lambda desk, view: queries.page(desk, view, before=PLACE)),
    ("page at an offset", lambda desk, view: queries.page(desk, view, offset=20)),
    ("count", lambda desk, view: queries.count(desk, view)),
    ("position", lambda desk, view: queries.position(desk, view, PLACE)),
    ("search", lambda desk, view: queries.page(desk, view, search="printer", newest=True)),
    ("count of a search", lambda desk, view: queries.count(desk, view, search="printer")),
    ("holds", lambda desk, view: queries.holds(desk, view, 1)),
]


@pytest.mark.parametrize(("name", "read"), READS, ids=[case[0] for case in READS])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_reads_the_whole_table_or_sorts(
    still: House, view: str, name: str, read: Callable[[Desk, str], object]
) -> None:
    steps = plan(still, lambda desk: read(desk, view))
    assert steps
    assert not [step for step in steps if FULL_SCAN.search(step)]
    # A search within a narrow view may sort the little that it finds.
    if name != "search" or view not in ("mine", "unassigned"):
        assert not [step for step in steps if "TEMP B-TREE" in step]
    if "search" not in name and name != "holds" and (name, view) != ("count", "all"):
        assert any(f"INDEX {views.BY_NAME[view].indexed_by}" in step for step in steps), steps


@pytest.mark.parametrize("view", ["mine", "overdue", "at_risk", "unassigned"])
def test_narrow_views_are_looked_up_not_scanned(still: House, view: str) -> None:
    reads: list[Callable[[Desk], object]] = [
        lambda desk: queries.page(desk, view),
        lambda desk: queries.count(desk, view),
    ]
    for read in reads:
        steps = [step for step in plan(still, read) if "ticket_" in step]
        assert steps
        assert all(step.startswith("SEARCH") for step in steps), steps


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda desk: norms.norm_shares(desk, Month.parse("2026-02")), "ticket_month"),
        (queries.loads, "ticket_held"),
        (queries.highest, "ticket"),
        (lambda desk: queries.row(desk, 1), "INTEGER PRIMARY KEY"),
    ],
)
def test_other_reads_use_their_index(still: House, read: Callable[[Desk], object], index: str) -> None:
    steps = plan(still, read)
    assert any(index in step for step in steps)
    assert not [step for step in steps if FULL_SCAN.search(step)]


def test_the_plan_of_a_full_scan_would_be_noticed(still: House) -> None:
    steps = plan(still, lambda desk: desk.reader.execute("SELECT * FROM ticket ORDER BY subject").fetchall())
    assert [step for step in steps if FULL_SCAN.search(step)]
    assert [step for step in steps if "TEMP B-TREE" in step]
