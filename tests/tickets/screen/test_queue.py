"""The queue as a person uses it: keys in, visible text and database rows out."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.strip import Strip

from desks import House, empty_house
from leadconsole.console.keymap import keymap_path
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.search_line import SearchLine
from leadconsole.kernel.history import record
from leadconsole.tickets import commands, texts
from tickets.screen.houses import hostile_house, queue_house
from tickets.screen.seat import seated


@pytest.fixture
def queue(tmp_path: Path) -> House:
    return queue_house(tmp_path / "desk.db")


def events(house: House, number: int) -> list[tuple[str, str | None, str | None]]:
    """Kind, value and text of what happened to a ticket, without its creation."""
    rows = house.database.reader.execute(
        "SELECT kind, value, text FROM event WHERE subject = 'ticket' AND key = ? AND kind <> 'created' ORDER BY id",
        (str(number),),
    )
    return rows.fetchall()


async def test_the_most_pressing_ticket_stands_on_top_with_its_sign(queue: House) -> None:
    async with seated(queue, size=(120, 40)) as seat:
        assert " 2 Queue 18" in seat.lines[0]
        assert seat.lines[1].startswith(" open 18  mine")
        first = seat.lines[3]
        assert first.startswith("›!"), first
        assert "Acme" in first
        assert "№" in seat.lines[2]
        assert "Subject" in seat.lines[2]
        # The ticket stands beside the list, with its client and what happened.
        await seat.until("Timeline, newest first")
        assert "policy std" in seat.text
        assert "It worked yesterday." in seat.text


async def test_at_eighty_columns_enter_opens_the_ticket_and_esc_goes_back(queue: House) -> None:
    async with seated(queue) as seat:
        assert "Timeline" not in seat.text
        assert max(map(len, seat.lines)) <= 80
        number = seat.queue.table.cursor_key
        await seat.press("enter")
        await seat.until("Timeline, newest first")
        assert f"№ {number}" in seat.text
        await seat.press("escape")
        assert "Timeline" not in seat.text
        assert seat.queue.table.cursor_key == number
        await seat.press("j", "j", "k")
        assert seat.queue.table.cursor == 1
        await seat.press("G")
        assert seat.queue.table.cursor == seat.queue.table.count - 1
        await seat.press("g")
        assert seat.queue.table.cursor == 0


async def test_views_are_stepped_through_and_listed_with_counts(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("]")
        assert seat.queue.view == "mine"
        assert all("anna" in line for line in seat.lines[3 : 3 + seat.queue.table.count])
        await seat.press("left")
        assert seat.queue.view == "open"
        await seat.press("left")
        assert seat.queue.view == "all"
        assert seat.queue.table.count == 20
        await seat.press("f")
        await seat.until("Show which view?")
        assert "to accept" in seat.text
        await seat.type("waiting")
        await seat.press("enter")
        assert seat.queue.view == "waiting"
        assert seat.queue.table.count == 3


async def test_assigning_writes_one_event_and_undo_and_redo_follow(queue: House) -> None:
    async with seated(queue) as seat:
        number = int(str(seat.queue.table.cursor_key))
        await seat.press("a")
        await seat.until(f"Who takes ticket {number}?")
        await seat.type("vera")
        await seat.press("enter")
        await seat.until("is given to vera")
        assert queue.value(number, "assignee") == "vera"
        assert events(queue, number) == [("assign", "vera", None)]
        assert "u takes it back" in seat.said
        assert seat.queue.table.cursor_key == number
        await seat.press("u")
        await seat.until("was taken back")
        assert queue.value(number, "assignee") is None
        await seat.press("U")
        await seat.until("is done again")
        assert queue.value(number, "assignee") == "vera"
        assert queue.differences() == []


async def test_every_triage_key_does_what_it_says(queue: House) -> None:
    async with seated(queue) as seat:
        number = int(str(seat.queue.table.cursor_key))
        await seat.press("p")
        await seat.until("Priority of ticket")
        await seat.press("h")
        await seat.until("priority high")
        assert queue.value(number, "priority") == "high"
        await seat.press("l")
        await seat.until("to which line?")
        await seat.press("2")
        await seat.until("Why does")
        await seat.press("ctrl+s")
        assert queue.value(number, "line") == 1, "a hand-over without a reason must not happen"
        await seat.type("needs the database")
        await seat.press("ctrl+s")
        await seat.until("is on line 2 now")
        await seat.press("r")
        await seat.until("Nothing is sent.")
        await seat.type("We called back.")
        await seat.press("ctrl+s")
        await seat.until("Nothing was sent.")
        await seat.press("n")
        await seat.until("For colleagues only.")
        await seat.type("Ask Nina.\nShe knows.")
        await seat.press("ctrl+s")
        await seat.until("the note is written")
        await seat.press("t")
        await seat.until("in minutes")
        await seat.type("25")
        await seat.press("enter")
        await seat.press("enter")
        await seat.until("the time is logged")
        await seat.press("s")
        await seat.until("Status of ticket")
        await seat.press("r")
        await seat.until(f"{number}: resolved")
        assert events(queue, number) == [
            ("priority", "high", None),
            ("line", "2", "needs the database"),
            ("reply", None, "We called back."),
            ("note", None, "Ask Nina.\nShe knows."),
            ("time", "25", None),
            ("status", "resolved", None),
        ]
        assert queue.differences() == []


async def test_accept_and_reopen(queue: House) -> None:
    number = queue.ticket("To be accepted", "romashka", assignee="anna")
    commands.set_status(queue.desk(), number, "resolved")
    async with seated(queue) as seat:
        seat.queue.open_subject("ticket", number)
        await seat.settle()
        assert seat.queue.view == "to_accept"
        await seat.press("a")
        assert "is finished (resolved); reopen it first" in seat.said
        await seat.press("A")
        await seat.until("is accepted by the client")
        assert queue.value(number, "status") == "accepted"
        seat.queue.open_subject("ticket", number)
        await seat.settle()
        await seat.press("o")
        await seat.until("Why is")
        await seat.type("It came back")
        await seat.press("ctrl+s")
        await seat.until("is open again")
        assert queue.value(number, "status") == "open"
        assert queue.value(number, "reopens") == 1


async def test_a_new_ticket_is_written_down_in_one_dialog(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("c")
        await seat.until("New ticket")
        await seat.press("tab")
        await seat.type("The scanner is dead")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        number = int(str(seat.queue.table.cursor_key))
        assert queue.value(number, "subject") == "The scanner is dead"
        assert queue.value(number, "channel") == "phone"
        assert "The scanner" in seat.text


async def test_keys_work_with_a_cyrillic_layout_but_text_stays_as_typed(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("о", "о", "л")
        assert seat.queue.table.cursor == 1
        number = int(str(seat.queue.table.cursor_key))
        await seat.press("т")
        await seat.until("Note on ticket")
        await seat.type("фыва")
        await seat.press("ctrl+s")
        await seat.until("the note is written")
        assert events(queue, number)[-1] == ("note", None, "фыва")
        await seat.press("ъ")
        assert seat.queue.view == "mine"
        await seat.press("х")
        await seat.press("full_stop")
        await seat.type("реалізація")
        assert seat.queue.search == "реалізація"


async def test_a_filter_is_completed_corrected_and_applied(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("slash")
        await seat.type("stat")
        await seat.until("Tab: status:")
        await seat.press("tab")
        await seat.type("wait")
        await seat.until("Tab: waiting_client")
        assert seat.queue.table.count == 18, "a word that isn't whole asks for nothing yet"
        await seat.type("ing due<soon x")
        await seat.until("«soon» is not a date")
        await seat.press("enter")
        assert seat.queue.filtering is not None
        assert seat.queue.filtering.line is not None, "what makes no sense keeps the line open"
        await seat.press("ctrl+u")
        await seat.type("client:initech -is:overdue")
        await seat.press("enter")
        await seat.until("tickets found.")
        rows = [seat.queue.source.rows[key] for key in seat.queue.source.rows]
        assert rows
        assert all(row.client == "toxic" and row.state != "overdue" for row in rows)
        assert "/ client:initech -is:overdue" in seat.lines[1]
        await seat.press("right_square_bracket")
        assert seat.queue.view == "mine"
        assert seat.queue.search, "the filter holds in the next view"
        await seat.press("escape")
        assert seat.queue.table.count == len(seat.queue.source.rows) == 4


async def test_search_narrows_as_it_is_typed_and_marks_what_it_found(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("slash")
        await seat.type("printer")
        assert seat.queue.table.count == 2
        assert "/ printer" in seat.lines[1]
        await seat.press("enter")
        await seat.until("2 tickets found, the newest first")
        await seat.press("a")
        await seat.until("Who takes ticket")
        await seat.press("escape", "escape")
        assert seat.queue.search == ""
        assert seat.queue.table.count == 18
        await seat.press("slash")
        await seat.type("zzzz")
        await seat.until("Nothing here has «zzzz».")
        await seat.press("escape")
        assert seat.queue.table.count == 18


async def test_others_writes_appear_within_a_second_and_the_cursor_stays_on_its_ticket(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("j", "j", "j")
        number = seat.queue.table.cursor_key
        line = seat.queue.table.cursor - seat.queue.table.top
        other = queue.again_beside()
        fresh = other.ticket("Fire in the server room", "acme", priority="urgent")
        commands.set_status(other.desk("lida"), 5, "resolved")
        await seat.until("open 18")
        await seat.settle()
        assert "open 18" in seat.lines[1], seat.lines[1]
        assert seat.queue.table.cursor_key == number
        assert seat.queue.table.cursor - seat.queue.table.top in (line, line - 1)
        seat.queue.open_subject("ticket", fresh)
        await seat.settle()
        assert "Fire in the" in seat.text


async def test_a_stale_edit_is_refused_with_both_values(queue: House) -> None:
    async with seated(queue) as seat:
        number = int(str(seat.queue.table.cursor_key))
        await seat.press("p")
        await seat.until("Priority of ticket")
        commands.set_priority(queue.again_beside().desk("lida"), number, "high")
        await seat.press("l")
        await seat.until("Somebody has changed this meanwhile")
        assert "You saw: urgent" in seat.text
        assert "It is now: high" in seat.text
        assert "You want: low" in seat.text
        await seat.press("k")
        assert queue.value(number, "priority") == "high"
        await seat.press("p")
        await seat.until("Priority of ticket")
        commands.set_priority(queue.again_beside().desk("lida"), number, "normal")
        await seat.press("l")
        await seat.until("Somebody has changed this meanwhile")
        await seat.press("o")
        await seat.until("priority low")
        assert queue.value(number, "priority") == "low"


async def test_a_typed_draft_survives_esc_a_resize_and_the_end_of_the_session(queue: House) -> None:
    async with seated(queue) as seat:
        number = seat.queue.table.cursor_key
        await seat.press("r")
        await seat.until("Nothing is sent.")
        await seat.type("We are on our way")
        await seat.pilot.resize_terminal(120, 40)
        await seat.settle()
        await seat.pilot.resize_terminal(60, 16)
        await seat.settle()
        assert "We are on our way" in seat.text
        await seat.press("escape")
        await seat.press("r")
        await seat.until("We are on our way")
        await seat.type(", really")
        seat.app.leave()
    async with seated(queue) as seat:
        assert seat.queue.table.cursor_key == number
        await seat.press("r")
        await seat.until("We are on our way, really")


async def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    hostile = hostile_house(tmp_path / "desk.db")
    async with seated(hostile, size=(120, 40)) as seat:
        for _row in range(seat.queue.table.count):
            await seat.press("enter")
            await seat.until(f"№ {seat.queue.table.cursor_key}  ")
            await seat.until("policy std")
            for letter in ("\x1b", "\x07", "\u202e", "\u200b"):
                assert letter not in seat.text
            await seat.press("escape")
            for key, title in (("a", "Who takes"), ("n", "Note on"), ("colon", "")):
                await seat.press(key)
                await seat.until(title)
                await seat.press("escape")
            await seat.press("j")
        await seat.press("g")
        await seat.until("[/foo] closes nothing, [red]x[/red]")
        await seat.press("G", "slash")
        await seat.type("[/foo]")
        await seat.press("enter")
        assert seat.queue.table.count == 1
        await seat.press("c")
        await seat.until("New ticket")


async def test_an_empty_desk_says_what_to_do_next(tmp_path: Path) -> None:
    async with seated(empty_house(tmp_path / "desk.db")) as seat:
        assert "This desk has no tickets yet." in seat.text
        assert "leadconsole import" in seat.text
        await seat.press("c")
        assert "There are no clients yet" in seat.said
        for key in ("a", "p", "s", "l", "n", "r", "t", "A", "o"):
            await seat.press(key)
            assert "No ticket is selected." in seat.said
        await seat.press("u")
        await seat.until("There is nothing of yours to undo.")


async def test_the_next_step_follows_what_the_desk_gets_and_names_the_users_keys(tmp_path: Path) -> None:
    made = empty_house(tmp_path / "desk.db")
    keymap_path().parent.mkdir(parents=True)
    keymap_path().write_text('"ticket.add" = "I"\n"queue.next-view" = "X"\n"queue.view" = []\n')
    async with seated(made) as seat:
        assert "→ Clients: for whom do you work?" in seat.text
        assert "7 opens the Desk screen" in seat.text
        other = made.again_beside()
        other.client("acme")
        await seat.until("→ Norms: how soon")
        assert "✓ Clients" in seat.text
        other.norm(60, 480)
        await seat.until("→ A policy: which client")
        other.client("acme", policy="std")
        await seat.until("→ The first ticket")
        await seat.until("I writes it down")
        other.ticket()
        await seat.until("The printer is silent")
        await seat.press("X")
        await seat.until("X shows the next view, : lists them.")


async def test_help_names_every_key_and_sign_of_the_queue(queue: House) -> None:
    async with seated(queue, size=(120, 60)) as seat:
        await seat.press("question_mark")
        await seat.until("Keys and signs")
        seen = ""
        for _page in range(6):
            seen += seat.text
            await seat.press("pagedown")
        for command in seat.queue.SCREEN_COMMANDS:
            assert command.title in seen, command.id
        for sign, meaning in seat.queue.LEGEND:
            assert sign in seen
            assert meaning in seen


async def test_the_pane_hides_and_comes_back(queue: House) -> None:
    async with seated(queue, size=(120, 40)) as seat:
        await seat.until("Timeline")
        await seat.press("i")
        assert "Timeline" not in seat.text
        assert "Age" in seat.lines[2]
        await seat.press("i")
        await seat.until("Timeline")


async def test_a_cursor_move_repaints_two_lines(queue: House) -> None:
    async with seated(queue) as seat:
        table = seat.queue.query_one("#queue", RowTable)
        painted: list[int] = []
        paint = table.render_line

        def watched(y: int) -> Strip:
            painted.append(y)
            return paint(y)

        table.render_line = watched  # type: ignore[method-assign]
        await seat.press("j")
        assert set(painted) == {1, 2}


async def test_marked_tickets_change_in_one_step_that_says_first_what_it_touches(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("v", "v")
        assert len(seat.queue.marked) == 2
        await seat.until("2 tickets are marked")
        first, second = seat.queue.marked
        await seat.press("p")
        await seat.until("2 marked tickets")
        await seat.press("l")
        await seat.until("Changes")
        assert "y or Enter: yes" in seat.text
        await seat.press("n")
        await seat.until("Nothing was changed")
        await seat.press("p", "l")
        await seat.until("Changes")
        await seat.press("y")
        await seat.until("low.")
        assert {queue.value(number, "priority") for number in (first, second)} == {"low"}
        assert seat.queue.marked == []
        await seat.press("u")
        await seat.until("taken back")
        assert {queue.value(number, "priority") for number in (first, second)} != {"low"}


async def test_a_range_and_a_whole_view_are_marked_and_unmarked(queue: House) -> None:
    async with seated(queue) as seat:
        await seat.press("v", "j", "j", "M")
        assert len(seat.queue.marked) == 4
        await seat.press("V")
        assert len(seat.queue.marked) == 18
        await seat.press("escape")
        assert seat.queue.marked == []
        await seat.press("v", "right_square_bracket")
        assert seat.queue.marked == [], "what isn't seen shall not be changed"


async def test_waiting_promise_price_correction_and_rejection_by_key(queue: House) -> None:
    async with seated(queue) as seat:
        number = int(str(seat.queue.table.cursor_key))
        await seat.press("P")
        await seat.type("soon")
        await seat.press("enter")
        await seat.until("«soon» is not a date")
        for _letter in "soon":
            await seat.press("backspace")
        await seat.type("3d")
        await seat.press("enter")
        await seat.until("the promise is kept")
        assert queue.value(number, "promised") is not None
        await seat.press("m")
        await seat.until("Estimate and price")
        await seat.press("tab")
        await seat.type("1500,50")
        await seat.press("ctrl+s")
        await seat.until("corrected")
        assert queue.value(number, "price") == 150050
        await seat.press("w")
        await seat.until("For whom")
        await seat.press("c")
        await seat.until("Until when")
        await seat.type("tomorrow")
        await seat.press("enter")
        await seat.until("waiting for the client")
        assert queue.value(number, "wait_until") is not None
        await seat.press("x")
        await seat.until("Why is")
        await seat.press("d")
        await seat.until("duplicate of which")
        await seat.type(str(number))
        await seat.press("enter")
        await seat.until("no duplicate of itself")
        await seat.press("x", "s")
        await seat.until("rejected.")
        assert queue.value(number, "resolution_code") == "spam"
        assert queue.differences() == []


async def test_the_ticket_tells_why_it_is_here_folds_quotes_and_marks_what_was_found(queue: House) -> None:
    number = commands.add(
        queue.desk(),
        {"client": "acme", "subject": "Mail of the bank", "body": "Please look.\n> old line one\n> old line two\nBye"},
    )
    commands.wait(queue.desk(), number, "waiting_client", "2026-12-24")
    async with seated(queue, size=(120, 40)) as seat:
        await seat.press("slash")
        await seat.type(f"number:{number} look")
        await seat.press("enter")
        await seat.until("Why here: it waits")
        assert "Waits until 24 Dec 2026" in seat.text
        assert "… 2 quoted lines" in seat.text
        assert "old line one" not in seat.text
        await seat.press("z")
        await seat.until("old line one")


async def test_a_filter_is_kept_as_a_view_and_forgotten(queue: House) -> None:
    async with seated(queue, size=(160, 40)) as seat:
        await seat.press("slash")
        await seat.type("client:acme")
        await seat.press("enter")
        await seat.until("tickets found")
        found = seat.queue.table.count
        await seat.press("S")
        await seat.until("under which name")
        await seat.type("Acme all day")
        await seat.press("enter")
        await seat.until("is kept")
        assert f"Acme all day {found}" in seat.lines[1]
        await seat.press("right_square_bracket")
        assert (seat.queue.view, seat.queue.search) == ("open", ""), "after the last view comes the first, unfiltered"
        await seat.press("left_square_bracket")
        assert seat.queue.search == "client:acme"
        assert seat.queue.table.count == found
        await seat.app.run_command("queue.forget-view")
        await seat.until("is forgotten")
        assert "Acme all day" not in seat.lines[1]
        await seat.press("u")
        await seat.until("was taken back")
        assert "Acme all day" in seat.lines[1]


async def test_an_own_view_keeps_the_columns_and_the_order_that_are_chosen_for_it(queue: House) -> None:
    commands.correct(queue.desk(), 2, {"price": "700"})
    commands.save_view(queue.desk(), "By price", "open", "number<9")
    async with seated(queue, size=(120, 40)) as seat:
        await seat.press("O")
        assert "This view comes with the program and keeps its columns; S makes one of your own of it." in seat.said
        await seat.press("left_square_bracket", "щ", "Щ")  # О on a Cyrillic layout
        await seat.until("Columns and order of «By price»")
        await seat.press("space")
        assert "«Number» is always shown." in seat.text
        for _row in range(7):
            await seat.press("j")
        await seat.press("space")  # the age is gone
        for _row in range(12):  # the price, among those that aren't shown
            await seat.press("j")
        await seat.press(*"kkk")
        assert "›[ ] Price" in seat.text
        await seat.press("space", "k", "s", "s", "K", "K", "enter")
        await seat.until("are kept")
        assert "Age" not in seat.lines[2]
        assert "Price▼" in seat.lines[2]
        numbers = [row.number for row in map(seat.queue.source.rows.get, range(9)) if row]
        assert len(numbers) == len(seat.queue.source.numbers(0, 99))
        assert seat.queue.source.numbers(0, 1) == [2]
        assert "700" in seat.lines[3]
        await seat.press("V")
        assert seat.queue.marked == sorted(numbers)
        await seat.press("escape", "u")
        await seat.until("was taken back")
        await seat.until("Age")
        assert "Price" not in seat.lines[2]
        await seat.press("U")
        await seat.until("Price▼")
        await seat.press("slash")
        await seat.type(" printer")
        await seat.press("enter")
        await seat.until("the newest first")
        assert "Price▼" in seat.lines[2]
        await seat.press("escape")
        assert "Price" not in seat.lines[2], "Esc goes back to the built-in view with its own columns"


async def test_a_view_that_another_session_forgets_leaves_its_filter_and_a_sentence(queue: House) -> None:
    commands.save_view(queue.desk(), "Acme all day", "open", "client:acme")
    async with seated(queue, size=(160, 40)) as seat:
        await seat.until("Acme all day")
        await seat.press("left_square_bracket")
        found = seat.queue.table.count
        assert seat.queue.own == "Acme all day"
        commands.forget_view(queue.again_beside().desk(), "Acme all day")
        await seat.until("The view «Acme all day» is gone; its filter stays until Esc.")
        assert (seat.queue.search, seat.queue.table.count) == ("client:acme", found)
        assert "Acme all day" not in seat.lines[1]
        await seat.app.run_command("queue.forget-view")
        assert "This view comes with the program and stays." in seat.said
        await seat.press("right_square_bracket", "escape", "j")
        assert seat.queue.search == ""


async def test_a_filter_with_a_thousand_terms_is_refused_in_a_sentence(queue: House) -> None:
    async with seated(queue, size=(160, 40)) as seat:
        await seat.press("slash")
        for text in (" ".join(f"w{n}" for n in range(1000)), "number:" + ",".join(map(str, range(1000)))):
            seat.app.screen.query_one(SearchLine).value = text
            await seat.until("A filter has at most")
        await seat.press("escape")
        assert seat.queue.table.count > 1


async def test_a_timeline_of_thousands_and_a_huge_body_are_read_by_key(queue: House) -> None:
    with queue.database.write(queue.clock, "anna") as transaction:
        for n in range(5_000):
            record(transaction, "ticket", "5", "note", text=f"note {n} about the tills")
        texts.rebuild(transaction.sql, [5])
    huge = queue.ticket("A novel", body="Слово за слово, needle. " * 210_000)
    async with seated(queue, size=(120, 40)) as seat:
        for number, told in ((5, "note 4999"), (huge, "A novel")):
            seat.queue.show_ticket(number)
            await seat.until(told)
            await seat.press("enter", "G", "g", "pagedown", "escape")
            assert seat.app.failures.errors == []
        await seat.press("slash")
        await seat.type("note 4999 tills")
        await seat.press("enter")
        await seat.until("1 ticket found")
    assert queue.differences() == []
