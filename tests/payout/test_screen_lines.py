"""Lines of the payout on the screen: how they are made, where they lead, what they were before."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from desks import House
from leadconsole.kernel.access import Role
from leadconsole.kernel.period import Month
from leadconsole.payout import commands
from leadconsole.tickets import commands as tickets
from payout.at_the_screen import WIDE, at_february, down_to
from payout.houses import enter
from tickets.screen.seat import seated

FEBRUARY = Month(2026, 2)


@pytest.fixture
def home(copied: House) -> House:
    """The desk of February."""
    return copied


async def test_what_was_written_of_those_who_left_stays(home: House) -> None:
    home.client("gone", status="left")
    enter(home, "expenses", month="2026-02", description="Audit", amount="10", client="gone")
    enter(home, "allocations", month="2026-02", kind="bonus", login="oleg", amount="7", reason="thanks")
    home.person("oleg", "specialist", ended="2026-01-31")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("b")
        await seat.until("Oleg")
        await seat.press("ctrl+s")
        await seat.until("own pay is the rest")
        await down_to(seat, "Outside resources")
        await seat.press("enter", "j")
        await seat.press("e")
        await seat.until("‹ gone ›")
        seat.app.screen.query_one("#field-amount", Input).value = "15"
        await seat.press("ctrl+s")
        await seat.until("is changed")
    reader = home.database.reader
    assert reader.execute("SELECT client, amount FROM expense WHERE description = 'Audit'").fetchone() == (
        "gone",
        15_00,
    )
    assert reader.execute("SELECT amount FROM allocation WHERE login = 'oleg'").fetchone() == (7_00,)


async def test_a_line_shows_how_it_is_made_and_leads_on(home: House) -> None:
    enter(home, "salaries", login="lida", from_="2026-02-15", amount="56000")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Salaries")
        await seat.press("enter", "enter")
        await seat.until("Salaries: Lida")
        for told in (
            "14,000.00 = 28,000.00 × 14 of 28 days", "› 28,000.00 from 1 Jan 2026 to 14 Feb 2026",
            "56,000.00 from 15 Feb 2026 on", "anna: — → 28,000.00",
        ):  # fmt: skip
            assert told in seat.text
        await seat.press("e")
        await seat.until("A month, until the next row.")
        await seat.press("escape", "escape")
        await down_to(seat, "Outside resources")
        await seat.press("enter", "enter")
        await seat.until("Open ticket 1")
        await seat.press("t")
        await seat.until("Report")
        assert seat.app.current_mode == "queue"


async def test_a_closed_line_is_corrected_in_an_open_month_that_points_back(home: House) -> None:
    commands.close(home.desk(), FEBRUARY)
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "One-off work accepted")
        await seat.press("enter", "c")
        await seat.until("Adjustment · March 2026")
        assert "Correction: 1 Acme: Report" in seat.text
        assert "2026-02 tickets 1" in seat.text
        await seat.press("tab")
        await seat.type("-1000")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        await seat.press("escape", "]")
        await down_to(seat, "Adjustments")
        assert "-1,000.00" in seat.text
        await seat.press("enter", "enter")
        await seat.until("It corrects February 2026, One-off work accepted: 1 Acme: Report,")
        await seat.press("s")
        await seat.until("[ February 2026 ]  closed")
        await seat.until("›1 Acme: Report")
        await seat.press("x")
        assert "is closed" in seat.said


async def test_a_fee_is_entered_in_place_and_ends_the_one_before(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Subscription fees")
        await seat.press("c")
        await seat.until("A running fee of the client ends the day before")
        await seat.press("tab")
        for _letter in range(10):
            await seat.pilot.press("backspace")
        await seat.type("2026-02-15\n")
        await seat.type("280000")
        await seat.press("ctrl+s")
        await seat.until("190,000.00")
        rows = home.database.reader.execute("SELECT first, last, monthly_fee FROM subscription ORDER BY first")
        assert rows.fetchall() == [("2026-01-01", "2026-02-14", 100_000_00), ("2026-02-15", None, 280_000_00)]
        await seat.press("u")
        await seat.until("120,000.01")


async def test_what_others_changed_since_the_last_look_is_told_by_whom(home: House) -> None:
    home.people["boris"] = Role.LEAD
    home.person("boris", "lead")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Ready to close")
        assert "since your last look" not in seat.text
    other = home.desk("boris")
    commands.enter(other, "expenses", {"month": "2026-02", "description": "Hosting", "amount": "1250"})
    commands.enter(other, "expenses", {"month": "2026-01", "description": "Old", "amount": "1"})
    home.setting("share_rate", "55")
    tickets.correct(other, 2, {"price": "700"})
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        assert "2 changes" in seat.text
        await down_to(seat, "Ready to close")
        await seat.until("Since your last look")
        for told in ("boris  expense 2026-02,Hosting: 1,000.00 → 1,250.00", "boris  ticket 2: 500.00 → 700.00"):
            assert told in seat.text
        assert "Old" not in seat.text
        assert "share" not in seat.text.split("Since your last look")[1].lower(), "one's own steps are known"
        await seat.press("C")
        await seat.until("boris: expense 2026-02,Hosting")
        await seat.press("escape", "1", "6")


async def test_the_chart_takes_the_room_there_is(home: House) -> None:
    async with seated(home) as seat:
        await at_february(seat)
        assert any(line.startswith(" Own pay") and "█" in line for line in seat.lines)
        await seat.press("enter")
        commands.enter(home.desk(), "expenses", {"month": "2026-02", "description": "Taxi", "amount": "111"})
        await seat.pilot.pause(0.8)
        await seat.press("escape")
        await seat.until("-2,111.00")
        assert any(line.startswith(" Own pay") and "█" in line for line in seat.lines)
        await seat.pilot.resize_terminal(120, 40)
        await seat.until("120,000.01    ")


async def test_the_reserve_is_followed_over_the_months(home: House) -> None:
    commands.close(home.desk(), FEBRUARY)
    enter(home, "allocations", month="2026-03", kind="reserve", amount="-2000", reason="course")
    async with seated(home, size=WIDE) as seat:
        await seat.press("6")
        await seat.until("Own pay")
        await down_to(seat, "Reserve")
        assert "Reserve  5,000.00 → 3,000.00" in seat.text
        await seat.press("enter", "j", "enter")
        await seat.until("[ February 2026 ]  closed")
