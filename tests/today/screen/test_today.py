"""Today on the screen: it is the first one, each line opens its place, others' work appears, every role has its day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desks import House, empty_house
from leadconsole.console import launch
from leadconsole.kernel import i18n
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.desk import Desk
from leadconsole.tickets import commands as tickets
from tickets.screen.seat import Seat
from today.houses import today_house


@pytest.fixture(autouse=True)
def opens_on_today(monkeypatch: pytest.MonkeyPatch, opens_on_the_queue: None) -> None:
    """As it is for people."""
    monkeypatch.setattr(launch, "FIRST", "today")


@asynccontextmanager
async def opened(desk: Desk, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Seat]:
    """Somebody who has just opened the console."""
    app = launch.DeskConsole(desk)
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.settle(2)
        yield seat
        assert app.failures.errors == []


async def go_to(seat: Seat, text: str) -> None:
    """Move down to the line with this text."""
    await seat.press("g")
    for _line in range(60):
        if any(line.startswith("›") and text in line for line in seat.lines):
            return
        await seat.press("j")
    raise AssertionError(f"{text!r} is on no line:\n{seat.text}")


@pytest.fixture
def home(tmp_path: Path) -> House:
    return today_house(tmp_path / "desk.db")


async def test_a_lead_opens_the_place_of_each_line(home: House) -> None:
    async with opened(home.desk()) as seat:
        assert "Mo 2 Mar" in seat.text
        assert "on shift: Lida 09:00–18:00" in seat.text
        assert "away: Oleg" in seat.text
        await go_to(seat, "The till is dead")
        assert "Overdue by 1:45 of working time" in seat.text
        assert "Enter opens the ticket." in seat.text
        await seat.press("enter")
        assert seat.app.current_mode == "queue"
        assert seat.queue.selected is not None
        assert seat.queue.selected.number == 4
        for text, mode, wanted in (
            ("Edge", "cover", "Edge  edge"), ("oleg learns Acme", "cover", "Acme"),
            ("owed to Lida", "one-on-one", "ERP access"), ("decide what changes", "payout", "February 2026"),
        ):  # fmt: skip
            await seat.press("1")
            await go_to(seat, text)
            await seat.press("enter")
            await seat.settle(2)
            assert seat.app.current_mode == mode
            assert wanted in seat.text


async def test_the_places_of_cover_are_found_when_they_are_first_asked_for(home: House) -> None:
    async with opened(home.desk("lida")) as seat:
        await go_to(seat, "handover sheet of Delta Bank")
        await seat.press("enter")
        await seat.settle(2)
        assert "lida stands in for oleg" in seat.text
    async with opened(home.desk()) as seat:
        await go_to(seat, "Oleg ")
        await seat.press("enter")
        await seat.settle(2)
        assert "sick leave" in seat.text
        assert any("Oleg" in line and "›" in line for line in seat.lines) or "Oleg" in seat.text


async def test_what_stands_above_the_tickets_is_seen_without_a_move(home: House) -> None:
    """The tickets are read first; what is to be read comes a moment later and stands above them."""
    for number in range(5):
        home.ticket(f"more {number}", assignee="lida")
    async with opened(home.desk("lida"), (80, 12)) as seat:
        await seat.until("handover sheet of Delta Bank")
        assert any(line.startswith("›") and "handover sheet of Delta Bank" in line for line in seat.lines)


async def test_more_of_a_sort_is_in_the_queue(home: House) -> None:
    for number in range(5):
        home.ticket(f"late {number}", priority="urgent", assignee="oleg")
    home.wait(120)
    async with opened(home.desk()) as seat:
        await go_to(seat, "and ")
        await seat.press("enter")
        assert seat.app.current_mode == "queue"
        assert seat.queue.view == "overdue"


async def test_what_others_do_appears_and_the_cursor_stays(home: House) -> None:
    async with opened(home.desk("lida")) as seat:
        await go_to(seat, "Report for the board")
        tickets.add(home.again_beside().desk(), {"client": "acme", "subject": "Brand new", "assignee": "lida"})
        await seat.until("Brand new")
        assert any(line.startswith("›") and "Report for the board" in line for line in seat.lines)


async def test_with_a_cyrillic_layout_and_in_other_languages(home: House) -> None:
    for language, wanted in (("ru", "мои заявки"), ("uk", "мої заявки")):
        i18n.use(language)
        async with opened(home.desk("lida"), (80, 24)) as seat:
            assert wanted in seat.text
            before = next(line for line in seat.lines if line.startswith("›"))
            await seat.press("о")  # j
            assert next(line for line in seat.lines if line.startswith("›")) != before
            assert max(map(len, seat.lines)) <= 80


async def test_a_director_and_an_empty_desk(home: House, tmp_path: Path) -> None:
    async with opened(home.desk("victor"), (80, 24)) as seat:
        assert "February 2026: not closed yet" in seat.text
        assert "The till" not in seat.text
    empty = empty_house(tmp_path / "empty.db")
    async with opened(empty.desk(), (80, 24)) as seat:
        assert "This desk has no tickets yet." in seat.text
        assert "Clients: for whom do you work?" in seat.text
    async with opened(home.desk().seated(Actor("grace", Role.ACCOUNTANT)), (80, 24)) as seat:
        assert seat.app.current_mode == "payout"


async def test_an_idle_today_writes_nothing(home: House) -> None:
    async with opened(home.desk()) as seat:
        screen = seat.app.screen
        painted: list[object] = []
        for widget in screen.query("*"):
            widget.refresh = lambda *args, **kwargs: painted.append(args)  # type: ignore[assignment, method-assign]
        screen.reload()  # type: ignore[attr-defined]
        await seat.settle(2)
        assert [args for args in painted if args == ()] == []


async def test_one_key_serves_the_next_ticket_and_passing_over_asks_why(home: House) -> None:
    async with opened(home.desk("lida"), (80, 24)) as seat:
        await seat.press("N")
        assert seat.app.current_mode == "queue"
        assert seat.queue.selected is not None
        assert seat.queue.selected.number == 4
        assert "Next is 4, yours: Overdue" in seat.said
        assert home.value(4, "status") == "open", "work begins"
        await seat.press("escape", "Л")  # K
        assert "Pass over ticket 4: why?" in seat.text
        await seat.press("enter")
        assert "Type something here first" in seat.text
        await seat.type("waits for a spare part\n")
        await seat.settle(2)
        assert seat.queue.selected.number == 5
        assert "4 is passed over" in seat.text
        await seat.press("1")
        await go_to(seat, "for the board")
        await seat.press("K")
        await seat.type("after lunch\n")
        await seat.settle(2)
        assert seat.queue.selected.number in (2, 3)
    told = home.database.reader.execute("SELECT key, text FROM event WHERE kind = 'skipped' ORDER BY id").fetchall()
    assert told == [("4", "waits for a spare part"), ("5", "after lunch")]


async def test_who_works_on_no_tickets_is_told_so(home: House) -> None:
    async with opened(home.desk("victor"), (80, 24)) as seat:
        await seat.press("N")
        assert "Your role works on no tickets." in seat.said
        await seat.press("u")
        assert "Your role changes nothing." in seat.said


async def test_every_kind_of_place_has_a_screen(home: House) -> None:
    from leadconsole.today.words import _PLACES

    shown = {kind for entry in launch.SCREENS for kind in entry.shows}
    assert _PLACES.keys() <= shown
    home.wait(21 * 24 * 60)
    async with opened(home.desk()) as seat:
        await go_to(seat, "roster of April 2026")
        await seat.press("enter")
        await seat.settle(2)
        assert seat.app.current_mode == "roster"
        assert "April 2026" in seat.text
    async with opened(home.desk("lida")) as seat:
        await seat.press("3")
        assert seat.app.current_mode == "roster"
