"""The other views of the Cover screen by their keys: what-if to approval, absences, sheets, handovers, teaching."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from curation.screen.houses import cover_house
from curation.screen.seat import at_cover, field
from desks import House, empty_house
from leadconsole.console.preferences import Preferences
from leadconsole.curation.facts import Absence
from leadconsole.curation.screen.absence_changes import AbsenceChanges
from leadconsole.curation.screen.absences import AbsencesView
from leadconsole.curation.screen.depth import DepthView
from leadconsole.curation.screen.what_if import WhatIfView
from leadconsole.curation.screen.year_rows import YearGrid
from leadconsole.curation.vacations import year
from leadconsole.kernel.errors import Cancelled
from leadconsole.roster import commands as roster
from tickets.screen.seat import Seat

VIEWS = ("matrix", "whatif", "absences", "sheets", "handovers", "depth", "learning", "proposals")


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with a small matrix."""
    return cover_house(tmp_path / "desk.db")


def rows(home: House, question: str) -> list[tuple[Any, ...]]:
    return home.database.reader.execute(question).fetchall()


async def plan(seat: Seat, first: str, last: str) -> None:
    """Fill in the days of an absence that is asked about."""
    await field(seat, "first", first)
    await field(seat, "last", last)
    await seat.press("ctrl+s")


async def test_the_views_are_stepped_through_both_ways_by_bracket_and_tab(home: House) -> None:
    async with at_cover(home) as (seat, screen):
        seen = []
        for _view in VIEWS:
            seen.append(screen.view.NAME)
            await seat.press("right_square_bracket")
        assert tuple(seen) == VIEWS
        await seat.press("х")
        assert screen.view.NAME == "proposals"
        await seat.press("tab", "tab")
        assert screen.view.NAME == "whatif"
        await seat.press("f")
        await seat.until("Show which view?")
        await seat.type("hand")
        await seat.press("enter")
        assert screen.view.NAME == "handovers"
        await seat.press("escape")
        assert screen.view.NAME == "matrix"


async def test_from_a_person_in_the_matrix_to_an_approved_plan_with_sheets_and_back_by_undo(home: House) -> None:
    async with at_cover(home, "l", "w") as (seat, screen):
        await seat.until("What if they are away: lida")
        await plan(seat, "2026-03-10", "2026-03-09")
        assert "The last day comes before the first." in seat.text
        await plan(seat, "2026-03-10", "20.03.2026")
        await seat.until("It doesn't work: 1 client without cover, 9 working days.")
        assert "Fees at risk: 9,500.00" in seat.lines[2]
        coral = next(one for one in seat.lines if "Coral" in one)
        assert "oleg" in coral
        assert "✗" in next(one for one in seat.lines if "Болт" in one)
        await seat.press("enter")
        await seat.until("What would help")
        assert "It works if lida stays" in seat.text
        assert "Must not be away together" in seat.text or "↓" in seat.text
        await seat.press("escape", "a")
        await seat.until("What kind of absence is it?")
        await seat.press("enter")
        await seat.until("Approve this plan?")
        assert "1 substitution with the rights" in seat.text
        assert "Still without cover: bolt" in seat.text
        assert rows(home, "SELECT count(*) FROM substitution") == [(0,)]
        await seat.press("enter")  # what leaves clients without cover isn't answered by Enter
        assert rows(home, "SELECT count(*) FROM substitution") == [(0,)]
        await seat.press("y")
        await seat.until("The plan is approved")
        assert screen.view.NAME == "sheets"
        assert rows(home, "SELECT client, absent, substitute, first, last FROM substitution") == [
            ("coral", "lida", "oleg", "2026-03-10", "2026-03-20")
        ]
        assert ("lida", "2026-03-10", "vacation") in rows(home, "SELECT login, first, kind FROM absence")
        await seat.press("u")
        assert rows(home, "SELECT count(*) FROM substitution") == [(0,)]
        assert "Nobody stands in for anybody." in seat.text


async def test_a_planned_absence_is_asked_about_and_people_taken_out_again(home: House) -> None:
    async with at_cover(home, "right_square_bracket") as (seat, screen):
        assert "c adds a person with dates" in seat.text
        assert "anna + lida: 1 client" in seat.text
        await seat.press("a")
        assert "Nobody is away yet" in seat.said
        roster.enter(home.desk(), "shift_types", {"code": "D", "name": "Day", "starts": "09:00", "ends": "18:00"})
        roster.set_shifts(home.desk(), {("lida", "2026-06-02"): "D", ("oleg", "2026-06-09"): "D"})
        await seat.press("t")
        await seat.until("Which absence?")
        await seat.type("lida")
        await seat.press("enter")
        await seat.until("Away: lida 1 Jun 2026 – 14 Jun 2026 (vacation)")
        view = screen.view
        assert isinstance(view, WhatIfView)
        assert "1 shift falls away" in seat.text
        assert [one.day for one in view.broken] == ["2026-06-02"]
        await seat.press("t")
        await seat.until("Which absence?")
        await seat.type("8 Jun")
        await seat.press("enter")
        assert len(view.asked) == 2
        assert view.plan is not None
        assert not view.plan.feasible
        await seat.press("x")
        await seat.until("Who stays?")
        await seat.press("1")
        assert [one.login for one in view.asked] == ["oleg"]
        await seat.press("n")
        assert "c adds a person with dates" in seat.text


async def test_a_question_that_is_counted_can_be_given_up(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    asked = []

    def slow(_desk: object, absences: tuple[Absence, ...]) -> None:
        asked.append(absences)
        go.wait(5)
        raise Cancelled("never told")

    monkeypatch.setattr("leadconsole.curation.screen.what_if.what_if", slow)
    async with at_cover(home, "right_square_bracket") as (seat, screen):
        view = screen.view
        assert isinstance(view, WhatIfView)
        view.ask([Absence("lida", "2026-03-10", "2026-03-20")])
        await seat.until("counting…")
        await seat.pilot.press("escape")
        await seat.until("c adds a person with dates")
        assert not view.counting
        go.set()
        assert screen.view.NAME == "whatif"


async def test_the_year_shows_who_is_away_what_is_left_and_where_two_meet(home: House) -> None:
    async with at_cover(home, "]", "]", size=(120, 40)) as (seat, screen):
        view = screen.view
        assert isinstance(view, AbsencesView)
        assert view.monday == "2026-03-02"
        assert "▼" in seat.text
        lida = next(one for one in seat.lines if one.startswith((" Lida", "›Lida")))
        assert "v!" in lida
        assert "!v" in next(one for one in seat.lines if one.startswith((" Oleg", "›Oleg")))
        await seat.press("j", "j", "enter")  # Oleg is ill in this week: Enter changes it
        await seat.until("oleg 26 Feb 2026 – 6 Mar 2026")
        await field(seat, "to", "2026-03-13")
        await seat.press("ctrl+s")
        assert ("oleg", "2026-03-13") in rows(home, "SELECT login, last FROM absence")
        await seat.press("x")
        await seat.until("Remove this?")
        await seat.press("y")
        assert ("oleg", "2026-02-26") not in rows(home, "SELECT login, first FROM absence")
        await seat.press("u", "u")
        assert ("oleg", "2026-03-06") in rows(home, "SELECT login, last FROM absence")
        await seat.press("k", "c")
        await seat.until("New absence")
        await field(seat, "to", "2026-03-04")
        await seat.press("ctrl+s")
        assert ("lida", "2026-03-02", "2026-03-04") in rows(home, "SELECT login, first, last FROM absence")
        await seat.press("w")
        await seat.until("Away: lida 2 Mar 2026 – 4 Mar 2026 (vacation)")
        await seat.press("[", "]", "]", ">")
        assert "2027" in seat.lines[1]
        await seat.press("o")
        assert "Files belong to one's own machine" in seat.said


def test_a_week_tells_the_kind_and_who_is_away_at_once(home: House) -> None:
    grid = YearGrid(year(home.desk(), 2026), "2026-03-02")
    assert len(grid.weeks) == 53
    assert grid.weeks[0].isoformat() == "2025-12-29"
    titles = [str(column.titles[0]) for column in grid.columns if column.titles[0]]
    assert titles == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    place = grid.index_of("lida")
    assert place is not None
    assert grid.cells(place, 0, 3) == ["·", "·", "·"]
    assert YearGrid(grid.year, grid.today, "вера").count == 1


async def test_a_deputy_reads_and_acknowledges_the_sheet_and_others_only_read(home: House) -> None:
    async with at_cover(home, "]", "]", "]", size=(120, 40)) as (seat, _screen):
        assert "Nobody stands in for anybody." in seat.text
        await seat.press("y")
        assert "There is no substitution under the cursor." in seat.said
    from leadconsole.curation import approving

    approving.approve(home.desk(), [Absence("lida", "2026-03-10", "2026-03-20")])
    async with at_cover(home, "]", "]", "]", login="oleg", size=(120, 40)) as (seat, _screen):
        await seat.until("Handover sheet: Coral Travel")
        assert "Sheets 1" in seat.lines[1]
        assert "No seat" in seat.text
        await seat.press("e")
        await seat.until("Systems and access")
        seat.app.screen.query_one("#field-access").focus()
        await seat.type("vpn.coral")
        await seat.press("ctrl+s")
        await seat.until("vpn.coral")
        await seat.press("н")
        assert "You have read the sheet of Coral Travel." in seat.said
        assert rows(home, "SELECT acknowledged IS NOT NULL FROM substitution") == [(1,)]
        await seat.press("y")
        assert "acknowledged already" in seat.said
        await seat.press("b")
        await seat.until("What happened meanwhile")
        await seat.press("x")
        assert "Your role only reads this." in seat.said
    async with at_cover(home, "]", "]", "]") as (seat, _screen):
        await seat.press("x")
        await seat.until("End this substitution of Coral Travel?")
        await seat.press("y")
        assert rows(home, "SELECT count(*) FROM substitution") == [(0,)]


async def test_papers_are_written_to_new_files_only(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own(Preferences):
        def theme(self) -> str:
            return ""

        def keep_theme(self, name: str) -> None:
            raise NotImplementedError

    async with at_cover(home, "]", "]", "j") as (seat, screen):
        seat.app.preferences = Own()
        await seat.press("o")
        await seat.until("Whose absences?")
        await seat.press("enter")
        await seat.until("Write the absences to which file? Lida")
        target = tmp_path / "lida.ics"
        await field(seat, "text", str(target))
        await seat.press("enter")
        assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert target.stat().st_mode & 0o777 == 0o600
        await seat.press("o", "2")
        await seat.until("Write the absences to which file? everybody")
        await field(seat, "text", str(target))
        await seat.press("enter")
        assert "exists already" in seat.text
        await seat.press("escape")
        assert isinstance(screen.actions, AbsenceChanges)


async def test_leading_is_handed_over_by_steps(home: House) -> None:
    async with at_cover(home, *["]"] * 4) as (seat, screen):
        assert "No client is being handed over." in seat.text
        await seat.press("c")
        await seat.until("Hand a client over")
        screen.app.screen.query_one("#field-taker").focus()
        await seat.press("right")
        await field(seat, "effective", "2026-03-16")
        await seat.press("ctrl+s")
        assert rows(home, "SELECT client, giver, taker, effective FROM lead_handover") == [
            ("acme", "anna", "lida", "2026-03-16")
        ]
        line = next(one for one in seat.lines if "anna → lida" in one)
        assert "□□□□□" in line
        assert " 14 " in line
        await seat.press("y", "y")
        assert "■■□□□" in seat.text
        await seat.press("s")
        await seat.until("Which step?")
        await seat.press("5")
        assert "Still to do" in seat.said
        await seat.press("s")
        await seat.until("Which step?")
        await seat.press("1")
        assert "□■□□□" in seat.text
        await seat.press("e")
        await field(seat, "effective", "2026-03-20")
        await seat.press("ctrl+s")
        assert rows(home, "SELECT effective FROM lead_handover") == [("2026-03-20",)]
        await seat.press("p")
        await seat.until("Whose handovers?")
        await seat.type("lida")
        await seat.press("enter")
        assert "1 of 5 steps" in seat.lines[1]
        await seat.press("escape", "x")
        await seat.until("Call this handover off?")
        await seat.press("y")
        assert "called off" in seat.text
        assert rows(home, "SELECT cancelled FROM lead_handover") == [("2026-03-02",)]


async def test_the_matrix_begins_a_handover_with_steps(home: House) -> None:
    async with at_cover(home, "j", "m") as (seat, screen):
        await seat.until("Anna leads ООО «Болт»")
        await seat.press("h")
        await seat.until("Hand a client over")
        await field(seat, "effective", "2026-04-01")
        await seat.press("ctrl+s")
        assert rows(home, "SELECT client, giver, taker FROM lead_handover") == [("bolt", "lida", "anna")]
        assert screen.view.NAME == "handovers"


async def test_the_depth_plan_becomes_learning_tasks_that_end(home: House) -> None:
    async with at_cover(home, *["]"] * 5, size=(120, 40)) as (seat, screen):
        await seat.until("Depth 2: 3 pairs are missing.")
        await seat.until("Single points of failure")
        await seat.press("V", "c")
        await seat.until("3 learning tasks")
        await seat.press("ctrl+s")
        assert rows(home, "SELECT count(*), min(due) FROM learning_task") == [(3, "2026-05-01")]
        await seat.press("d")
        await seat.until("How many shall cover every client?")
        await seat.press("1")
        await seat.until("Depth 1")
        await seat.press("]")
        assert "Learning 3" in seat.lines[1]
        await seat.press("y")
        assert rows(home, "SELECT count(*) FROM learning_task WHERE done IS NOT NULL") == [(1,)]
        await seat.press("g", "x")
        assert rows(home, "SELECT count(*) FROM learning_task WHERE dropped IS NOT NULL") == [(1,)]
        await seat.press("c")
        await seat.until("New learning task")
        await seat.press("ctrl+s")
        assert rows(home, "SELECT count(*) FROM learning_task")[0][0] == 4
        assert screen.view.NAME == "learning"


async def test_a_depth_plan_is_stopped_by_esc(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_desk: object, _depth: int, cancelled: Any) -> None:
        for _turn in range(1_000):
            if cancelled():
                raise Cancelled("stopped")
            threading.Event().wait(0.01)

    monkeypatch.setattr("leadconsole.curation.screen.depth.depth_plan", endless)
    async with at_cover(home) as (seat, screen):
        screen.show_view("depth")
        await seat.until("counting depth 2…")
        await seat.pilot.press("escape")
        await seat.until("The plan was stopped.")
        assert isinstance(screen.view, DepthView)


async def test_proposals_are_confirmed_one_by_one_or_in_bulk(home: House) -> None:
    for _number in range(3):
        home.ticket("No toner", "edge", assignee="vera")
    from leadconsole.tickets import commands as tickets

    for number in (4, 5, 6):
        tickets.reply(home.desk("vera"), number, "On it")
    async with at_cover(home, "[", size=(120, 40)) as (seat, screen):
        assert screen.view.NAME == "proposals"
        await seat.until("What is proposed when")
        await seat.until("Edge")
        before = rows(home, "SELECT count(*) FROM curation")
        await seat.press("V", "y")
        if "Set " in seat.text:
            await seat.press("y")
        assert rows(home, "SELECT count(*) FROM curation") != before
        assert "The tickets speak for no other level" in seat.text


async def test_a_specialist_reads_every_view_and_plans_nothing(home: House) -> None:
    async with at_cover(home, login="lida") as (seat, screen):
        for view in VIEWS[1:]:
            await seat.press("]")
            assert view == screen.view.NAME
            await seat.press("y", "x", "a", "enter", "escape")
            screen.show_view(view)
            await seat.settle()
        assert rows(home, "SELECT count(*) FROM lead_handover") == [(0,)]


async def test_an_empty_desk_and_hostile_names_in_every_view(tmp_path: Path) -> None:
    from curation.screen.houses import hostile_house

    for made in (empty_house(tmp_path / "empty.db"), hostile_house(tmp_path / "hostile.db")):
        async with at_cover(made) as (seat, screen):
            for _view in VIEWS[1:]:
                await seat.press("]")
                await seat.press("j", "l", "enter", "escape")
                if screen.view is screen.matrix:
                    await seat.press("]")
                assert "\x1b" not in seat.text
                for key in ("c", "e", "x", "s", "p", "t", "d", "v", "V", "w"):
                    await seat.press(key)
                    while len(seat.app.screen_stack) > 1:
                        await seat.press("escape")
