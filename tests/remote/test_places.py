"""Whoever comes back over a line that dropped is where she was, whatever her role; so is what all are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desks import House, house
from leadconsole.console.launch import DeskConsole
from leadconsole.kernel import announcement
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.drafts import DeskPlace, kept_place
from leadconsole.payout.screen import PayoutScreen
from leadconsole.team.commands import enter
from leadconsole.tickets import commands as tickets
from leadconsole.tickets.screen.norms import NormsScreen
from tickets.screen.seat import Seat

HUNG_UP = 129


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with two fees and two tickets that were resolved inside their norm."""
    made = house(tmp_path / "desk.db")
    made.norm(60, 480)
    made.client("globex", policy="std")
    for client, fee in (("acme", "1000"), ("globex", "2000")):
        enter(made.desk(), "subscriptions", {"client": client, "from": "2026-01-01", "monthly_fee": fee})
    for login in ("lida", "oleg"):
        number = made.ticket(assignee=login)
        made.wait(5)
        tickets.set_status(made.desk(login), number, "resolved")
    return made


@asynccontextmanager
async def remote(home: House, role: Role) -> AsyncIterator[Seat]:
    """Somebody over the network; whatever failed unexpectedly fails the test."""
    app = DeskConsole(replace(home.desk(), actor=Actor("dora", role)), why_not=lambda: "")
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.settle(3)
        yield seat
        assert app.failures.errors == []


def current(seat: Seat) -> str:
    """The lines with a cursor, from it on."""
    return "\n".join(line.partition("›")[2] for line in seat.lines if "›" in line)


async def test_a_director_comes_back_to_the_figure_and_the_line_behind_it(home: House) -> None:
    async with remote(home, Role.DIRECTOR) as seat:
        await seat.press("6", "[")
        await seat.until("Own pay")
        await seat.press("enter", "j")
        assert "Globex" in current(seat), seat.text
        seat.app.leave(return_code=HUNG_UP)
    async with remote(home, Role.DIRECTOR) as seat:
        await seat.until("Globex")
        screen = seat.app.screen
        assert isinstance(screen, PayoutScreen)
        assert str(screen.month) == "2026-02"
        await seat.settle(3)
        assert screen.focused is screen.behind
        assert "Globex" in current(seat), seat.text
        seat.app.leave()
    async with remote(home, Role.DIRECTOR) as seat:
        assert seat.app.current_mode == "today", "who quits begins anew"


async def test_a_director_comes_back_to_the_row_of_the_norms(home: House) -> None:
    async with remote(home, Role.DIRECTOR) as seat:
        await seat.press("8")
        await seat.until("oleg")
        await seat.press("G")
        was = current(seat)
        assert "oleg" in was, seat.text
        seat.app.leave(return_code=HUNG_UP)
    async with remote(home, Role.DIRECTOR) as seat:
        await seat.until("oleg")
        await seat.settle(2)
        assert isinstance(seat.app.screen, NormsScreen)
        assert current(seat) == was


async def test_an_accountant_comes_back_to_the_invoice_and_reads_what_all_are_told(home: House) -> None:
    async with remote(home, Role.ACCOUNTANT) as seat:
        await seat.press("[")
        await seat.until("Globex")
        await seat.press("enter", "j")
        assert "Globex" in current(seat), seat.text
        seat.app.leave(return_code=HUNG_UP)
    announcement.announce(home.desk(), "The mail server is down", "Europe/Moscow")
    async with remote(home, Role.ACCOUNTANT) as seat:
        await seat.until("The mail server is down")
        await seat.until("Globex")
        await seat.settle(3)
        assert "Globex" in current(seat), seat.text


def test_a_place_is_of_one_person_and_no_step_of_hers(home: House) -> None:
    dora = replace(home.desk(), actor=Actor("dora", Role.ACCOUNTANT))
    events = "SELECT count(*) FROM event"
    before = home.database.reader.execute(events).fetchone()
    DeskPlace(dora).put("here")
    DeskPlace(dora).put("there")
    assert (kept_place(dora), kept_place(home.desk())) == ("there", None)
    DeskPlace(dora).drop()
    assert kept_place(dora) is None
    assert home.database.reader.execute(events).fetchone() == before


async def test_who_only_reads_is_told_first_what_works(home: House) -> None:
    async with remote(home, Role.ACCOUNTANT) as seat:
        await seat.until("Invoices and acts")
        keys = seat.lines[-1]
        assert keys.index("month before") < keys.index("add"), keys
        await seat.press("f")
        assert "ssh desk payout export 2026-03 - > 2026-03.csv" in seat.said
    async with remote(home, Role.DIRECTOR) as seat:
        await seat.press("N")
        assert "Your role works on no tickets." in seat.said
        await seat.press("6")
        assert "Your role" not in seat.said, "that was about another screen"
