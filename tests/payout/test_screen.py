"""The payout as a person uses it: keys in, visible text out, rows in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from desks import House
from leadconsole.console.preferences import Preferences
from leadconsole.kernel.access import Role
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, queries
from payout.at_the_screen import WIDE, at_february, down_to
from payout.houses import enter
from tickets.screen.seat import Seat, seated

FEBRUARY = Month(2026, 2)


@pytest.fixture
def home(copied: House) -> House:
    """The desk of February."""
    return copied


async def test_a_figure_leads_to_its_lines_and_a_line_to_its_ticket(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        assert "[ February 2026 ]  open" in seat.lines[1]
        for told in ("120,000.01", "60,000.01", "-28,000.00", "21,500.01", "Left out"):
            assert told in seat.text
        await down_to(seat, "One-off work accepted")
        assert "1 Acme: Report" in seat.text
        await seat.press("enter", "enter")
        await seat.until("Report")
        assert seat.app.current_mode == "queue"


async def test_a_work_that_was_left_out_gets_its_price_and_is_accepted(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Left out")
        assert "resolved, not accepted" in seat.text
        await seat.press("enter", "p")
        for _letter in range(8):
            await seat.pilot.press("backspace")
        await seat.type("700\n")
        assert home.value(2, "price") == 700_00
        await seat.press("a", "y")
        assert home.value(2, "status") == "accepted"
        await seat.until("accepted in a later month")
        await seat.press("u")
        assert home.value(2, "status") == "resolved"


async def test_inputs_are_entered_changed_removed_and_undone(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Outside resources")
        await seat.press("c")
        await seat.until("Expense")
        await seat.type("Cloud\n")
        await seat.type("250\n")
        await seat.press("ctrl+s")
        await seat.until("Cloud")
        assert "-2,250.00" in seat.text
        await seat.press("enter", "e")
        await seat.press("escape")
        await seat.press("x", "y")
        await seat.until("is removed")
        await seat.press("u")
        assert "-2,250.00" in seat.text


async def test_reserve_and_bonuses_by_percent_and_never_more_than_the_profit(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("b")
        await seat.until("An amount or a share")
        for _letter in range(20):
            await seat.pilot.press("backspace")
        await seat.type("60 % all")
        await seat.press("tab")
        await seat.type("50 %")
        await seat.press("ctrl+s")
        await seat.until("more than 100 %")
        for _letter in range(20):
            await seat.pilot.press("backspace")
        await seat.type("25 % webinar")
        await seat.press("ctrl+s")
        await seat.until("own pay is the rest")
        rows = home.database.reader.execute("SELECT kind, login, amount, reason FROM allocation ORDER BY kind, login")
        found = rows.fetchall()
        assert found == [
            ("bonus", "kim", 7_375_00, "webinar"), ("bonus", "lida", 3_000_00, "webinar"),
            ("reserve", "", 17_700_01, "all"),
        ]  # fmt: skip
        profit = queries.statement(home.desk(), FEBRUARY).statement.figures
        assert profit.reserve + profit.bonuses + profit.lead_pay == profit.profit


async def test_what_if_stands_beside_the_month_and_changes_nothing(home: House) -> None:
    before = home.snapshot()
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("w", "h")
        await seat.press("tab")
        await seat.type("80000")
        await seat.press("ctrl+s")
        await seat.until("160,000.00 of volume")
        assert "As it is" in seat.text
        await seat.press("escape")
        assert "As it is" not in seat.text
    assert home.snapshot() == before


async def test_any_ticket_may_be_supposed_to_be_accepted(home: House) -> None:
    third = home.ticket("Big project", price="1000000")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("w", "a")
        await seat.until("Any ticket")
        seat.app.screen.query_one("#field-ticket", Input).value = "99"
        await seat.press("ctrl+s")
        await seat.until("There is no ticket 99.")
        seat.app.screen.query_one("#field-ticket", Input).value = str(third)
        await seat.press("ctrl+s")
        await seat.until("3 Acme: Big project is accepted")
        assert "1,120,000.01" in seat.text


async def test_a_month_is_closed_after_a_look_at_what_is_in_the_way(home: House) -> None:
    enter(home, "allocations", month="2026-02", kind="bonus", login="lida", amount="90000", reason="too much")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("C")
        assert "more than the profit" in seat.said
        enter(home, "allocations", month="2026-02", kind="bonus", login="lida", amount="3000")
        await seat.until("Ready to close")
        await seat.press("C")
        await seat.until("Close February 2026?")
        assert "resolved but not accepted" in seat.text
        await seat.press("enter")
        assert queries.last_closed(home.desk()) is None, "a dangerous question isn't answered by Enter"
        await seat.press("y")
        await seat.until("February 2026 is closed.")
        assert queries.last_closed(home.desk()) == FEBRUARY
        await seat.press("b")
        assert "is closed" in seat.said
        await seat.press("R")
        await seat.type("a fee is missing\n")
        await seat.until("is open again")
        assert "was reopened" in seat.lines[1]
        assert queries.statement(home.desk(), FEBRUARY).reopenings[0].reason == "a fee is missing"


async def test_an_abnormal_month_is_unmissable_and_asks_for_its_decision(home: House) -> None:
    home.setting("guaranteed_minimum", "50000")
    async with seated(home) as seat:
        await at_february(seat)
        assert "! ABNORMAL, no decision yet" in seat.lines[1]
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        assert "! ABNORMAL, no decision yet" in seat.lines[1]
        await seat.press("d")
        await seat.type("Raise the fees")
        await seat.press("tab")
        await seat.type("2026-04-01")
        await seat.press("ctrl+s")
        await seat.until("decided")
        await seat.press("]")
        await seat.until("decided after February 2026, by 1 Apr 2026: R")


async def test_probation_shows_the_formula_beside_the_pay(home: House) -> None:
    home.setting("probation_salary", "70000")
    home.setting("probation_until", "2026-02-28")
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Own pay")
        await seat.until("By the formula")
        lines = [" ".join(line.partition("│")[2].split()) for line in seat.lines]
        assert "On probation until 28 Feb 2026 the pay is fixed." in lines
        for told in ("It pays By the formula", "Own pay 70,000.00 21,500.01", "Reserve 0.00 -5,000.00",
                     "Difference -48,499.99"):  # fmt: skip
            assert told in lines


async def test_the_month_is_written_to_a_new_file_by_its_ending(home: House, tmp_path: Path) -> None:
    class Own(Preferences):
        def theme(self) -> str:
            return ""

        def keep_theme(self, name: str) -> None:
            raise NotImplementedError

    async def into(seat: Seat, name: str) -> None:
        seat.app.screen.query_one("#field-file", Input).value = str(tmp_path / name)
        await seat.press("ctrl+s")

    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await seat.press("f")
        assert "Files belong to one's own machine" in seat.said
        seat.app.preferences = Own()
        await seat.press("f")
        await seat.until("Write February 2026 into which file?")
        await into(seat, "a.doc")
        await seat.until("The name must end in one of")
        await into(seat, "a.csv")
        await seat.until("It is in")
        assert "Report" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
        await seat.press("f")
        await into(seat, "a.csv")
        await seat.until("exists already")


async def test_invoices_are_passed_on_and_the_mark_is_undone(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await at_february(seat)
        await down_to(seat, "Invoices and acts")
        await seat.press("enter", "T")
        await seat.until("2 invoices are passed on")
        await seat.press("t")
        assert len([one for one in queries.invoices(home.desk(), FEBRUARY) if one.passed_at]) == 1
        await seat.press("u", "u")
        assert not any(one.passed_at for one in queries.invoices(home.desk(), FEBRUARY))


async def test_what_others_do_appears_and_the_cyrillic_layout_works(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("6", "х")
        await seat.until("Own pay")
        other = home.again_beside()
        commands.enter(other.desk(), "expenses", {"month": "2026-02", "description": "Taxi", "amount": "111"})
        await seat.until("-2,111.00")


async def test_accounting_sees_the_invoices_alone(home: House) -> None:
    home.people["dora"] = Role.ACCOUNTANT
    home.person("dora", "accountant")
    async with seated(home, "dora", size=WIDE) as seat:
        await seat.press("[")
        await seat.until("Invoices and acts")
        assert "Report" in seat.text
        assert "Own pay" not in seat.text
        await seat.press("t")
        assert "Your role only reads this." in seat.said


async def test_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    from desks import empty_house

    async with seated(empty_house(tmp_path / "desk.db"), size=WIDE) as seat:
        await seat.press("6")
        await seat.until("Own pay")
        await down_to(seat, "Salaries")
        assert "c writes something down." in seat.text
