"""What is far larger than usual on one ticket or in one filter: a smooth screen or a plain sentence, never a freeze."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from desks import House, house
from leadconsole.console.widgets import text_pane
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.search_line import SearchLine
from leadconsole.tickets import filters, queries
from leadconsole.tickets.screen.said import LONGEST, MOST_TOLD
from tickets.screen.seat import seated

ENTRIES = 5_000
MEGABYTES = 5


@pytest.fixture
def large(tmp_path: Path) -> House:
    """A desk with a ticket of 5,000 entries, one of 5 MB without a single space, and a small one."""
    made = house(tmp_path / "desk.db", "2026-03-02T09:00:00+03:00")
    made.setting("lead", "anna")
    made.ticket("The one that never ends", assignee="anna", priority="urgent")
    made.ticket("The one with everything pasted", assignee="anna", body="я" * (MEGABYTES << 19), priority="high")
    made.ticket("A small one", assignee="anna")
    desk = made.desk()
    now = desk.now()
    with closing(sqlite3.connect(made.database.path)) as connection, connection:
        last = connection.execute("SELECT max(seq) FROM event WHERE subject = 'ticket' AND key = '1'").fetchone()[0]
        connection.executemany(
            "INSERT INTO event (subject, key, at, seq, recorded, actor, kind, text)"
            " VALUES ('ticket', '1', ?, ?, ?, 'anna', 'note', ?)",
            [(now + place, last + 1 + place, now, f"entry {place}") for place in range(ENTRIES)],
        )
    return made


async def test_a_ticket_of_any_length_is_laid_out_beside_the_loop_and_says_what_is_left_out(
    large: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[bool] = set()
    real = text_pane.wrap

    def wrap(one: text_pane.Block, cells: int) -> list[list[Piece]]:
        threads.add(threading.current_thread() is threading.main_thread())
        return real(one, cells)

    monkeypatch.setattr(text_pane, "wrap", wrap)
    async with seated(large, size=(120, 40)) as seat:
        await seat.press("2")
        await seat.until(f"entry {ENTRIES - 1}")
        assert f"… {ENTRIES - MOST_TOLD:,} older entries".replace(",", "") in seat.queue.pane.text.replace("\n  ", " ")
        await seat.press("enter", "G")
        await seat.until("older entries")
        await seat.press("escape", "j")
        await seat.until("яяяяя")
        assert f"… {(MEGABYTES << 19) - LONGEST} more characters" in seat.queue.pane.text
        await seat.press("j")
        await seat.until("№ 3")
    assert threads == {False}


async def test_a_filter_of_a_thousand_terms_is_refused_in_a_sentence(large: House) -> None:
    with pytest.raises(filters.WrongFilter, match="at most"):
        filters.read(" ".join(f"word{n}" for n in range(1_000)))
    most = " ".join(f"-word{n}" for n in range(filters.MOST_TERMS))
    assert queries.count(large.desk(), "all", search=filters.read(most)) == 3
    async with seated(large, size=(120, 40)) as seat:
        await seat.press("2", "/")
        line = seat.queue.query_one(SearchLine)
        line.value = " ".join(f"word{n}" for n in range(1_000))
        await seat.until(f"at most {filters.MOST_TERMS}")
        line.value = most
        await seat.settle()
        assert seat.queue.table.count == 3
