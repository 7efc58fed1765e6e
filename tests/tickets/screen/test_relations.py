"""Tags, merges, splits, links, ready texts and macros as a person uses them: keys in, visible text and rows out."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House
from leadconsole.tickets import commands, shelves, story
from leadconsole.tickets.shelves import MACROS, TEXTS
from tickets.screen.houses import queue_house
from tickets.screen.seat import Seat, seated


@pytest.fixture
def queue(tmp_path: Path) -> House:
    return queue_house(tmp_path / "desk.db")


async def at(seat: Seat, number: int) -> None:
    """Go to a ticket."""
    seat.queue.show_ticket(number)
    await seat.settle()
    assert seat.queue.table.cursor_key == number


def relatives(home: House, number: int) -> list[tuple[int, str]]:
    """Who belongs to a ticket, and how."""
    return [(one.number, one.how) for one in story.related(home.desk(), number)]


async def test_tags_by_one_key_on_one_ticket_and_on_many(queue: House) -> None:
    commands.correct(queue.desk(), 3, {"tags": "till old"})
    async with seated(queue) as seat:
        await at(seat, 3)
        await seat.press("T")
        await seat.until("It has: till old")
        await seat.type("vip -")
        await seat.press("enter")
        await seat.until("the tags are changed")
        assert queue.value(3, "tags") == "till old vip"
        await seat.press("V", "T")
        await seat.type("-old night")
        await seat.press("enter")
        await seat.until("Changes 18 tickets")
        await seat.press("y")
        await seat.until("18 tickets: the tags.")
        assert (queue.value(3, "tags"), queue.value(5, "tags")) == ("till vip night", "night")
        await seat.press("u")
        await seat.until("was taken back")
        assert (queue.value(3, "tags"), queue.value(5, "tags")) == ("till old vip", None)


async def test_a_merge_says_what_it_does_and_is_found_again(queue: House) -> None:
    queue.ticket("The printer, again", "acme", body="It smells, too.", requester="Boris")
    number = 21
    async with seated(queue, size=(120, 40)) as seat:
        await at(seat, number)
        await seat.press("D")
        await seat.until(f"Ticket {number} goes on in which one?")
        await seat.type("5")
        await seat.press("enter")
        await seat.until(f"Merge {number} into 5?")
        assert "closed as a duplicate" in seat.text
        await seat.press("y")
        await seat.until(f"{number} is merged into 5.")
        assert queue.value(number, "status") == "closed_rejected"
        await at(seat, 5)
        await seat.until(f"Merged into this: {number} The printer, again")
        await seat.until("It smells, too.")
        assert f"№ {number}" in seat.text
        await seat.press("slash")
        await seat.type(f"#{number}")
        await seat.press("enter")
        assert seat.queue.table.cursor_key == 5
        await seat.press("escape", "enter", "enter")
        await seat.until("Open which one of 5?")
        await seat.press("1")
        await seat.until("Goes on in 5")
        await seat.press("r")
        await seat.until("Nothing is sent.")
        await seat.type("Hello")
        await seat.press("ctrl+s")
        await seat.until("work goes on there")
        await seat.press("escape")
        assert queue.differences() == []


async def test_merging_into_itself_and_across_clients(queue: House) -> None:
    async with seated(queue) as seat:
        await at(seat, 3)
        await seat.press("D")
        await seat.until("goes on in which one?")
        await seat.type("99")
        await seat.until("Nothing here has this in its name")
        await seat.press("backspace", "backspace")
        await seat.type("3")
        await seat.press("enter")
        await seat.until("into itself")
        await seat.press("D")
        await seat.until("goes on in which one?")
        await seat.type("#5")
        await seat.press("enter")
        await seat.until("different clients'")
        await seat.press("enter")
        assert queue.value(3, "status") != "closed_rejected", "Enter alone isn't enough here"
        await seat.press("y")
        await seat.until("3 is merged into 5.")
        await seat.press("u")
        await seat.until("was taken back")
        assert relatives(queue, 5) == []


async def test_marked_tickets_are_merged_into_one_of_them(queue: House) -> None:
    queue.ticket("Twin", "acme")
    queue.ticket("Triplet", "acme")
    async with seated(queue) as seat:
        for number in (21, 22, 5, 2):
            assert seat.queue.source.index_of(number, 0) is not None
        seat.queue.table.set_marks({21, 22, 5, 2})
        await seat.press("D")
        await seat.until("4 marked tickets: with which one?")
        await seat.type("5")
        await seat.press("enter")
        await seat.until("Changes 2 tickets: 21, 22")
        assert "Leaves 1 as it is" in seat.text
        await seat.press("y")
        await seat.until("2 tickets: merged into 5.")
        assert relatives(queue, 5) == [(21, "merged"), (22, "merged")]


async def test_a_split_in_one_dialog(queue: House) -> None:
    commands.note(queue.desk("lida"), 4, "and the scanner is dead")
    async with seated(queue) as seat:
        await at(seat, 4)
        await seat.press("Y")
        await seat.until("What of ticket 4 becomes a ticket of its own?")
        assert "and the scanner is dead" in seat.text
        await seat.press("V", "tab")
        await seat.type("All")
        await seat.press("ctrl+s")
        await seat.until("something must stay")
        await seat.press("V", "V", "G", "space", "enter")
        await seat.type(" of the scanner")
        await seat.press("enter")
        await seat.until("21 is split off 4.")
        assert queue.value(21, "subject") == "All of the scanner"
        assert relatives(queue, 21) == [(4, "split_from")]
        await seat.press("enter")
        await seat.until("(moved to 21)")
        await seat.press("u")
        await seat.until("was taken back")
        assert queue.differences() == []


async def test_a_link_is_made_opened_and_ended(queue: House) -> None:
    async with seated(queue, size=(120, 40)) as seat:
        await at(seat, 3)
        await seat.press("L")
        await seat.until("Ticket 3 belongs to which one?")
        await seat.type("№8")
        await seat.press("enter")
        await seat.until("3 and 8 are linked.")
        await seat.until("Related: 8")
        await seat.press("R")
        await seat.until("Open which one of 3?")
        await seat.press("1")
        await seat.until("Related: 3")
        assert seat.queue.table.cursor_key == 8
        await seat.press("colon")
        await seat.type("end a link")
        await seat.press("enter")
        await seat.until("Which link ends?")
        await seat.press("1")
        await seat.until("aren't linked any more")
        assert relatives(queue, 3) == []


async def test_a_ready_text_is_written_and_put_into_a_reply(queue: House) -> None:
    async with seated(queue) as seat:
        await at(seat, 3)
        await seat.press("r", "ctrl+t")
        await seat.until("There are no ready texts yet; C")
        await seat.press("escape", "C")
        await seat.until("A new text")
        await seat.press("enter")
        await seat.until("Filled in:")
        await seat.type("Hello")
        await seat.press("tab", "tab")
        await seat.type("Dear {reqester}")
        await seat.press("ctrl+s")
        await seat.until("no placeholder {reqester}")
        for _letter in range(10):
            await seat.press("backspace")
        await seat.type("{requester}, about {number}: ")
        await seat.press("ctrl+s")
        await seat.until("«Hello» is kept.")
        await seat.press("r", "ctrl+t")
        await seat.until("Which text?")
        await seat.press("1")
        await seat.until("Dear Nina Petrova, about 3:")
        await seat.type("done")
        await seat.press("ctrl+s")
        await seat.until("the reply is recorded")
        said = "SELECT text FROM event WHERE subject = 'ticket' AND key = '3' AND kind = 'reply' ORDER BY id DESC"
        assert queue.database.reader.execute(said).fetchone()[0] == "Dear Nina Petrova, about 3:done"
        await seat.press("V", "n", "ctrl+t", "1")
        await seat.until("Dear {requester}")
        await seat.press("ctrl+s", "y")
        await seat.until("18 tickets: note.")
        said = "SELECT text FROM event WHERE subject = 'ticket' AND key = '5' AND kind = 'note' ORDER BY id DESC"
        assert queue.database.reader.execute(said).fetchone()[0] == "Dear Nina Petrova, about 5:"
        await seat.press("C")
        await seat.type("hel")
        await seat.press("enter")
        await seat.until("throw it away")
        await seat.press("x")
        await seat.until("is thrown away")
        assert shelves.kept(queue.desk(), TEXTS) == []
        await seat.press("u")
        await seat.until("was taken back")
        assert len(shelves.kept(queue.desk(), TEXTS)) == 1


async def test_a_macro_is_written_run_on_one_and_on_many_and_found_in_the_palette(queue: House) -> None:
    commands.set_priority(queue.desk(), 8, "high")
    async with seated(queue) as seat:
        await at(seat, 3)
        await seat.press("b")
        await seat.until("There are no macros yet; B writes one.")
        await seat.press("B", "enter")
        await seat.until("For whom")
        await seat.type("Night shift")
        await seat.press("ctrl+s")
        await seat.until("A macro changes at least one thing.")
        await seat.press("tab", "tab", "tab", "right", "right", "right", "tab")
        await seat.type("night")
        await seat.press("ctrl+s")
        await seat.until("«Night shift» is kept.")
        (made,) = shelves.kept(queue.desk(), MACROS)
        assert made["tags"] == "night"
        assert made["priority"] == "high", dict(made.cells)
        await seat.press("b")
        await seat.until("Which macro for ticket 3?")
        assert "priority: high" in seat.text
        await seat.press("1")
        await seat.until("Changes 1 ticket: 3")
        await seat.press("enter")
        await seat.until("Macro «Night shift»: 1 ticket.")
        assert (queue.value(3, "priority"), queue.value(3, "tags")) == ("high", "night")
        await seat.press("u")
        await seat.until("was taken back")
        assert queue.value(3, "tags") is None
        await seat.press("V", "colon")
        await seat.type("night shift")
        await seat.press("enter")
        await seat.until("Changes 18 tickets")
        assert "8: The priority is high already." in seat.text
        await seat.press("y")
        await seat.until("Macro «Night shift»: 18 tickets.")
        assert (queue.value(8, "tags"), seat.queue.marked) == ("night", [])
        await seat.press("u")
        await seat.until("was taken back")
        assert queue.value(8, "tags") is None
        assert queue.differences() == []


async def test_a_macro_that_names_who_left_says_so(queue: House) -> None:
    shelves.keep(queue.desk(), MACROS, {"owner": "", "name": "To Oleg", "assign": "oleg"})
    queue.person("oleg", ended="2026-03-01")
    async with seated(queue, "lida") as seat:
        await at(seat, 3)
        await seat.press("b")
        await seat.press("1")
        await seat.until("doesn't work here today")
        await seat.press("escape", "B")
        await seat.type("oleg")
        await seat.press("enter", "x")
        await seat.until("may not change")
        assert len(shelves.kept(queue.desk(), MACROS)) == 1
