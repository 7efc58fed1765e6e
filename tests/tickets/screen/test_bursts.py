"""Keys that come in one burst, as over a slow line: letters after the key that opens a field are its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from desks import House
from tickets.screen.houses import queue_house
from tickets.screen.seat import Seat, seated


@pytest.fixture
def queue(tmp_path: Path) -> House:
    return queue_house(tmp_path / "desk.db")


async def burst(seat: Seat, text: str) -> None:
    """Send keys without a pause between them."""
    names = {"/": "slash", "\n": "enter", " ": "space", "\x13": "ctrl+s", "]": "right_square_bracket"}
    for letter in text:
        seat.app.post_message(events.Key(names.get(letter, letter), letter if letter.isprintable() else None))
    await seat.settle(3)


async def test_what_is_typed_ahead_goes_where_it_is_meant_for(queue: House) -> None:
    async with seated(queue, size=(120, 40)) as seat:
        before = queue.snapshot()
        await burst(seat, "/nova printer")
        assert seat.queue.query_one("SearchLine").value == "nova printer"  # type: ignore[attr-defined]
        assert seat.app.screen is seat.queue
        await seat.press("escape")
        await burst(seat, ".зсавх")  # the same on a Cyrillic layout
        assert seat.queue.query_one("SearchLine").value == "зсавх"  # type: ignore[attr-defined]
        await seat.press("escape")
        assert queue.snapshot() == before

        number = seat.queue.table.cursor_key
        await burst(seat, "nvVax the till\x13")
        await seat.until("takes it back")
        assert seat.queue.marked == []
        told = queue.database.reader.execute(
            "SELECT text FROM event WHERE subject = 'ticket' AND key = ? ORDER BY id DESC", (str(number),)
        ).fetchone()
        assert told == ("vVax the till",)

        await burst(seat, "jj]jjj")
        assert seat.queue.view == "mine"
        assert seat.queue.table.cursor == min(3, seat.queue.table.count - 1)
