"""What others write reaches the queue with no more reading than it needs, whatever process and journal it is in."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desks import House, house
from leadconsole.kernel.history import happened, last_event
from leadconsole.tickets import commands
from tickets.screen.seat import Seat, seated

WIDE = (120, 40)


@pytest.fixture
def queue(tmp_path: Path) -> House:
    """Three tickets, the most pressing first."""
    made = house(tmp_path / "desk.db")
    made.client("globex", name="Globex")
    for subject, client in (("The printer is silent", "acme"), ("No ink", "acme"), ("No paper", "globex")):
        made.ticket(subject, client, assignee="lida")
    return made


class Readings:
    """How often the whole queue was read again."""

    def __init__(self, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        whole = seat.queue.reload

        def reload() -> None:
            self.count += 1
            whole()

        monkeypatch.setattr(seat.queue, "reload", reload)


async def caught_up(seat: Seat) -> None:
    """Wait until the queue has heard of what was written last."""
    last = last_event(seat.app.desk)
    for _round in range(100):
        if seat.queue.seen_event == last:
            break
        await seat.pilot.pause(0.05)
    assert seat.queue.seen_event == last
    await seat.settle()


async def test_a_note_is_shown_without_reading_the_list_again(queue: House, monkeypatch: pytest.MonkeyPatch) -> None:
    other = queue.again_beside().desk("lida")
    async with seated(queue, "anna", WIDE) as seat:
        readings = Readings(seat, monkeypatch)
        commands.note(other, 1, "Called the warehouse")
        await seat.until("Called the warehouse")
        commands.note(other, 3, "Ordered")
        await caught_up(seat)
        assert readings.count == 0
        await seat.press("p")
        await seat.until("Priority of ticket 1")
        await seat.press("h")
        await seat.until("priority high")
        assert queue.value(1, "priority") == "high", "the note has not made what is known of the ticket stale"
        await caught_up(seat)
        before = readings.count
        commands.set_status(other, 3, "resolved")
        await seat.until("open 2")
        assert readings.count == before + 1


async def test_what_touches_the_list_or_is_no_ticket_is_read_whole(
    queue: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = queue.again_beside()
    async with seated(queue, "anna", WIDE) as seat:
        readings = Readings(seat, monkeypatch)
        for write in (
            lambda: commands.set_priority(other.desk("lida"), 2, "urgent"),
            lambda: other.ticket("The fax sings", "globex"),
            lambda: other.client("acme", name="Acme & Sons"),
        ):
            before = readings.count
            write()
            await caught_up(seat)
            assert readings.count == before + 1
        assert "⇑ No ink" in seat.text
        assert "The fax sings" in seat.text
        assert "Acme & Sons" in seat.text
        await seat.press("/")
        await seat.type("warehouse\n")
        commands.note(other.desk("lida"), 1, "Called the warehouse")
        await seat.until("The printer is silent")


async def test_a_command_in_another_process_and_a_journal_begun_anew_are_noticed(queue: House) -> None:
    async def note(text: str) -> None:
        command = [sys.executable, "-m", "leadconsole", "--db", str(queue.database.path), "--as", "lida", "ticket"]
        done = subprocess.run([*command, "note", "1", text], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        await seat.until(text)

    async with seated(queue, "anna", WIDE) as seat:
        await note("From a command")
        with closing(sqlite3.connect(queue.database.path)) as beside:
            assert beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        await seat.pilot.pause(0.6)
        await note("In a new one")
        with closing(sqlite3.connect(queue.database.path)) as beside:
            beside.execute("PRAGMA wal_checkpoint(RESTART)")
        await note("Over old")


def test_what_has_happened_is_told_up_to_a_limit(queue: House) -> None:
    since = last_event(queue.desk())
    assert happened(queue.desk(), since, 5) == []
    commands.note(queue.desk(), 1, "One")
    commands.note(queue.desk(), 2, "Two")
    assert happened(queue.desk(), since, 2) == [("ticket", "1", "note"), ("ticket", "2", "note")]
    assert happened(queue.desk(), since, 1) is None
