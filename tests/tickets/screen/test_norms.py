"""Norms and hand-overs as a person uses them: keys in, visible text out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desks import House, empty_house
from leadconsole.kernel.access import Role
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.period import Month
from leadconsole.tickets import commands, norms
from leadconsole.tickets.ledger import Ledger, ledger
from leadconsole.tickets.screen import norms as norms_screen
from leadconsole.tickets.screen.norms import NormsScreen
from tickets.screen.norm_houses import norms_house
from tickets.screen.seat import Seat, seated

MARCH = Month(2026, 3)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = norms_house(tmp_path_factory.mktemp("norms") / "desk.db")
    made.database.close()
    return made


@pytest.fixture
def made(kept: House, tmp_path: Path) -> House:
    """A copy of the desk, as every test has its own."""
    for suffix in ("", "-wal"):  # what was written last may not be in the file itself yet
        shutil.copy(f"{kept.database.path}{suffix}", tmp_path / f"desk.db{suffix}")
    return House(open_database(tmp_path / "desk.db", kept.clock), kept.clock, dict(kept.people))


def screen_of(seat: Seat) -> NormsScreen:
    found = seat.app.screen
    assert isinstance(found, NormsScreen)
    return found


def row_of(seat: Seat, whose: str) -> list[str]:
    """The words of the row of figures that begins with this."""
    line = next(line for line in seat.lines if line[1:].startswith(whose))
    return line[1:].removeprefix(whose).split("│")[0].split()


async def test_shares_with_small_samples_marked_and_their_trend(made: House) -> None:
    shares = norms.norm_shares(made.desk(), MARCH)
    async with seated(made) as seat:
        await seat.press("8")
        await seat.until("line 1")
        assert "8 Norms" in seat.lines[0]
        assert "[ March 2026 ]" in seat.lines[1]
        whole = row_of(seat, "all")
        assert whole[:2] == [str(shares.all.tickets), str(shares.all.inside)]
        assert whole[2] == f"{shares.all.percent}%"
        trend = whole[-1]
        assert len(trend) == 12
        assert trend.startswith("·" * 9)  # the desk is three months old
        assert "·" not in trend[9:]
        assert "≈" in row_of(seat, "oleg")
        assert "≈" not in whole


async def test_enter_lists_what_missed_its_norm_with_why_and_opens_it_in_the_queue(made: House) -> None:
    missed = [one for one in norms.missed(made.desk(), MARCH) if one.assignee == "oleg"]
    assert missed
    async with seated(made) as seat:
        await seat.press("8")
        await seat.until("oleg")
        await seat.press("G")
        while "oleg" not in "".join(str(cell) for cell in screen_of(seat).figures.cursor_row or ()):
            await seat.press("k")
        await seat.press("enter")
        await seat.until(f"oleg: {len(missed)} ticket")
        assert "Reply late" in seat.text
        first = next(line for line in seat.lines if line.startswith("›"))
        assert str(missed[0].number) in first
        assert "+" in first
        await seat.press("enter")
        await seat.settle()
        assert seat.queue.is_current
        assert seat.queue.table.cursor_key == missed[0].number
        assert seat.queue.pane.has_focus, "who opens a ticket reads it, however narrow the screen"
        assert f"№ {missed[0].number}" in seat.text
        await seat.press("8")
        await seat.press("escape")
        assert screen_of(seat).figures.has_focus


@pytest.mark.parametrize("keys", [("[", "]"), ("left", "right"), ("х", "ъ")])
async def test_months_are_stepped_to_the_present_one(made: House, keys: tuple[str, str]) -> None:
    before, after = keys
    async with seated(made) as seat:
        await seat.press("8")
        await seat.until("line 1")
        await seat.press(after)
        assert "March 2026 is the last month that has begun." in seat.said
        await seat.press(before)
        await seat.until("[ February 2026 ]")
        tickets = norms.norm_shares(made.desk(), MARCH.previous).all.tickets
        await seat.until(f" {tickets} ")
        assert row_of(seat, "all")[0] == str(tickets)
        await seat.press(before, before)
        await seat.until("No ticket with a norm was resolved in December 2025.")
        await seat.press(after, after, after)
        await seat.until("[ March 2026 ]")
        await seat.until("line 1")


@pytest.mark.parametrize("key", ["s", "tab"])
async def test_the_ledger_of_hand_overs_figure_by_figure(made: House, key: str) -> None:
    told = ledger(made.desk(), MARCH)
    lida = next(account for account in told.accounts if account.of == "lida")
    async with seated(made, size=(120, 40)) as seat:
        await seat.press("8")
        await seat.until("line 1")
        await seat.press("f")
        assert "Norms have one list" in seat.said
        await seat.press(key)
        await seat.until("Returned")
        figures = row_of(seat, "lida")
        assert figures[:3] == [str(lida.given), str(lida.taken), str(lida.returned or "·")]
        while screen_of(seat).figures.cursor_key != "lida":
            await seat.press("j")
        await seat.until(f"lida · every hand-over · {lida.given + lida.taken}")
        assert "needs the database" in seat.text
        await seat.press("f")
        await seat.until(f"lida · given · {lida.given}")
        await seat.press("f")
        await seat.until(f"lida · taken · {lida.taken}")
        assert "↩" not in seat.lines[4]
        await seat.press("f", "f")
        held = [one for one in told.held if one.of == "lida"]
        await seat.until(f"lida · time held · {len(held)}")
        await seat.press("enter")
        await seat.press("j", "enter")
        assert seat.queue.table.cursor_key == held[1].number


async def test_vera_gives_back_and_the_reason_is_shown_as_text(made: House) -> None:
    async with seated(made, size=(200, 50)) as seat:
        await seat.press("8", "s")
        await seat.until("vera")
        while screen_of(seat).figures.cursor_key != "vera":
            await seat.press("j")
        await seat.until("vera · every hand-over")
        assert any("↩" in line and "vera" in line and "lida" in line for line in seat.lines)
        await seat.press("G", "enter", "G")
        assert "[/foo]" in seat.text
        assert "\x1b" not in seat.text


async def test_others_writes_are_counted_in(made: House) -> None:
    number = made.ticket(assignee="lida")
    async with seated(made, size=(120, 40)) as seat:
        await seat.press("8", "s")
        await seat.until("lida")
        given = int(row_of(seat, "lida")[0])
        other = made.again_beside()
        commands.assign(other.desk("oleg"), number, "oleg")
        other.database.close()
        for _round in range(60):
            await seat.pilot.pause(0.05)
            if row_of(seat, "lida")[0] == str(given + 1):
                break
        assert row_of(seat, "lida")[0] == str(given + 1)


async def test_long_counting_is_said_and_ended_by_the_next_wish(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, ended = threading.Event(), threading.Event()

    def slow(desk: Desk, month: Month, told: Callable[[int], None]) -> Ledger:
        waiting.wait(5)
        try:
            told(1)
        except norms_screen.Superseded:
            ended.set()
            raise
        return ledger(desk, month)

    monkeypatch.setattr(norms_screen, "ledger", slow)
    async with seated(made) as seat:
        await seat.press("8")
        await seat.until("line 1")
        await seat.press("s")
        await seat.until("Counting March 2026…")
        assert "counting…" in seat.lines[1]
        await seat.press("s")
        await seat.until("12 months")
        assert "counting…" not in seat.lines[1]
        waiting.set()
        for _round in range(50):
            if ended.is_set():
                break
            await seat.pilot.pause(0.05)
        assert ended.is_set()
        await seat.press("s")
        await seat.until("Returned")


async def test_a_director_sees_figures_but_no_tickets(made: House) -> None:
    made.people["dora"] = Role.DIRECTOR
    async with seated(made, "dora", (120, 40)) as seat:
        assert "2 Queue" not in seat.text
        await seat.press("8")
        await seat.until("line 1")
        assert "Your role sees the figures, not the tickets." in seat.text
        await seat.press("enter")
        assert "Your role sees the figures" in seat.said
        await seat.press("s")
        await seat.until("Returned")


async def test_a_specialist_has_no_such_screen(made: House) -> None:
    async with seated(made, "lida") as seat:
        assert "8 Norms" not in seat.text
        await seat.press("8")
        assert seat.queue.is_current


async def test_an_empty_desk_says_so(tmp_path: Path) -> None:
    async with seated(empty_house(tmp_path / "desk.db")) as seat:
        await seat.press("8")
        await seat.until("No ticket with a norm was resolved in March 2026.")
        await seat.press("enter", "s")
        await seat.until("No ticket was in work in March 2026.")


async def test_counting_that_fails_is_told_and_can_be_tried_again(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(desk: Desk, month: Month, told: Callable[[int], None]) -> Ledger:
        raise Refused("The file can't be read just now.")

    async with seated(made) as seat:
        await seat.press("8")
        await seat.until("line 1")
        with monkeypatch.context() as patched:
            patched.setattr(norms_screen, "ledger", broken)
            await seat.press("s")
            await seat.until("The file can't be read just now.")
            assert "counting…" not in seat.lines[1]
        await seat.press("s", "s")
        await seat.until("Returned")


async def test_few_months_are_kept(made: House) -> None:
    async with seated(made) as seat:
        await seat.press("8", "s")
        for month in range(2, -6, -1):
            await seat.press("[")
            await seat.until(str(MARCH.plus(month - 3).year))
            await seat.settle()
        assert len(screen_of(seat)._counted) <= norms_screen.KEPT
