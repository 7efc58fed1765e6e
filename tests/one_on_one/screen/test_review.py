"""The 1-on-1 screen by its keys: the lead's, and what a person sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desks import House
from leadconsole.kernel.access import Role
from leadconsole.kernel.drafts import draft
from leadconsole.one_on_one import commands, meetings, queries
from leadconsole.one_on_one.commands import Wanted
from leadconsole.one_on_one.screen import ReviewScreen
from one_on_one.screen.houses import review_house
from tickets.screen.seat import Seat, seated


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with 1-on-1s."""
    return review_house(tmp_path / "desk.db")


@asynccontextmanager
async def reviewing(
    home: House, *keys: str, login: str = "anna", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Seat, ReviewScreen]]:
    """Somebody at the 1-on-1 screen who has pressed these keys."""
    async with seated(home, login, size) as seat:
        await seat.press("5")
        screen = next(one for one in seat.app.screen_stack if isinstance(one, ReviewScreen))
        await loaded(seat, screen)
        for key in keys:
            await seat.press(key)
            await loaded(seat, screen)
        yield seat, screen


async def loaded(seat: Seat, screen: ReviewScreen) -> None:
    """Wait until the list has been read."""
    for _round in range(100):
        if screen.table.empty != "One moment…" and not any(
            worker.group in ("load", "card") and worker.is_running for worker in screen.workers
        ):
            return
        await seat.pilot.pause(0.03)


def one(home: House, question: str, *values: object) -> Any:
    return home.database.reader.execute(question, values).fetchone()


async def fill(seat: Seat, name: str, text: str) -> None:
    """Go to a field, replace what stands there."""
    seat.app.screen.query_one(f"#field-{name}").focus()
    await seat.press("end", "ctrl+u")
    await seat.type(text)


async def test_the_team_at_a_glance_and_a_sheet_with_its_trend(home: House) -> None:
    async with reviewing(home, size=(120, 40)) as (seat, screen):
        assert [row.key for row in screen.source.rows] == ["oleg", "vera", "lida"]
        assert "no sheet yet" in seat.text
        await seat.press("G")
        await seat.until("A decision is due")
        line = next(line for line in seat.lines if "Лида" in line and "15/30" in line)
        assert "!" in line
        assert "worsening" in line
        assert "1! 1" in line, "an overdue promise of the lead"
        assert "falling, by chance once in 24 times" in seat.text
        await seat.press("enter")
        await seat.until("meetings 4")
        assert "Next meeting: Tu 3 Mar 2026" in seat.text
        assert "ERP access" in seat.text
        assert "Who covers for me on Fridays?" in seat.text
        await seat.press("j")
        await seat.until("[/foo]")
        assert "\x1b" not in seat.text
        await seat.press("right_square_bracket")
        await seat.until("agenda 1")
        await loaded(seat, screen)
        await seat.press("right_square_bracket", "right_square_bracket")
        await seat.until("mostly in time")
        await seat.press("escape")
        await loaded(seat, screen)
        await seat.press("escape")
        await loaded(seat, screen)
        assert (screen.person, screen.table.cursor_key) == ("", "lida")


async def test_a_meeting_by_keyboard_alone(home: House) -> None:
    async with reviewing(home, "G", size=(80, 24)) as (seat, screen):
        await seat.press("m")
        await seat.until("Meeting with Лида")
        assert "1 solved, 1 late" in seat.text
        await seat.type("21")
        assert "5 late · 12 mostly in time · 20 in time" in seat.text
        assert "own: nothing late" in seat.text
        await seat.press("enter")
        await seat.type("one late, rest fine")
        await seat.press("down")
        await seat.type("calm on the phone")
        await seat.press("shift+tab")
        await seat.type("8")
        await seat.press("ctrl+s")
        await seat.until("gives at most 20 points")
        assert one(home, "SELECT count(*) FROM meeting_score WHERE date = '2026-03-02'") == (0,)
        await fill(seat, "points_0", "12")
        assert "Sum  20 / 30" in seat.text
        assert "last 15" in seat.text
        await fill(seat, "reason_1", "")
        await seat.press("ctrl+s")
        await seat.until("has points without a reason")
        assert "one late, rest fine" in seat.text, "what was typed is kept"
        await fill(seat, "reason_1", "calm")
        await fill(seat, "date", "2026-03-03")
        await seat.press("ctrl+s")
        await seat.until("not before")
        await fill(seat, "date", "2026-02-24")
        await seat.press("ctrl+s")
        await seat.until("already; it has one record")
        await fill(seat, "date", "2026-03-02")
        await fill(seat, "agreed_0", "Warn before it is late")
        await fill(seat, "due_0", "16.03")
        await fill(seat, "note", "tired?")
        seat.app.screen.query_one("#field-talked_1").focus()
        await seat.press("right", "ctrl+s")
        await seat.until("The meeting of 2 Mar 2026 is saved.")
        await loaded(seat, screen)
        assert screen.record_day == "2026-03-02"
        told = queries.record(home.desk(), "lida", "2026-03-02")
        assert (told.meeting.total, told.evidence.late, told.own["Requests done on time"][0]) == (2000, 1, 1800)
        assert [(one.text, one.owner, one.due) for one in told.actions] == [
            ("Warn before it is late", "lida", "2026-03-16")
        ]
        assert told.talked == ("Who covers for me on Fridays?",)
        assert queries.private_note(home.desk(), "lida", "2026-03-02") == "tired?"
        assert draft(home.desk(), "review.meeting:lida") is None
        (point,) = queries.sheet(home.desk(), "lida").open_points
        assert "12 against 18" in point.text
        await seat.press("u")
        await seat.until("the last change was taken back")
        assert one(home, "SELECT count(*) FROM meeting_score WHERE date = '2026-03-02'") == (0,)


async def test_a_half_finished_meeting_survives_the_end_of_the_session(home: House) -> None:
    async with reviewing(home, "G", "m") as (seat, _screen):
        await seat.until("Meeting with")
        await seat.type("13")
        await seat.press("tab")
        await seat.type("half a sen")
        await fill(seat, "note", "secret")
        seat.app.save_drafts()  # what a signal does
    commands.set_sheet(home.desk(), "lida", [Wanted("Requests done on time", "20"), Wanted("Speed", "5")])
    async with reviewing(home, "G", "m") as (seat, _screen):
        await seat.until("This is your draft")
        assert "half a sen" in seat.text
        assert "Speed" in seat.text
        await fill(seat, "points_1", "5")
        await fill(seat, "reason_1", "quick")
        commands.set_sheet(home.desk(), "lida", [Wanted("Requests done on time", "20")])
        await seat.press("ctrl+s")
        await seat.until("The criteria of that day aren't those shown here: Speed")
        await seat.press("escape")
        await seat.press("m")
        await seat.until("half a sen")
        assert "Speed" not in seat.text
        await seat.press("ctrl+s")
        await seat.until("is saved")
    assert queries.record(home.desk(), "lida", "2026-03-02").meeting.total == 1300
    assert queries.private_note(home.desk(), "lida", "2026-03-02") == "secret"


async def test_a_person_sees_only_the_own_sheet_and_answers_it(home: House) -> None:
    async with reviewing(home, login="lida", size=(80, 24)) as (seat, screen):
        assert screen.person == "lida"
        assert "meetings 4" in seat.text
        assert "oleg" not in seat.text
        await seat.press("escape")
        assert screen.person == "lida", "there is no team behind it"
        for key in ("m", "e", "t", "s", "n"):
            await seat.press(key)
            assert "Only the lead does this." in seat.said
        await seat.press("j")
        await loaded(seat, screen)
        await seat.press("A")
        await seat.until("Acknowledge the record of 24 Feb 2026")
        await seat.type("I see it differently")
        await seat.press("ctrl+s")
        await seat.until("is acknowledged")
        told = queries.record(home.desk(), "lida", "2026-02-24")
        assert (told.acknowledged is not None, told.remark) == (True, "I see it differently")
        await seat.settle(8)
        await seat.press("A")
        assert "You have acknowledged this record" in seat.said
        await seat.press("o")
        await seat.until("Own points before the next meeting")
        await fill(seat, "points_1", "11")
        await seat.press("ctrl+s")
        await seat.until("at most 10")
        await fill(seat, "points_1", "9")
        await seat.press("ctrl+s")
        await seat.until("2 criteria have own points.")
        await seat.press("c")
        await seat.until("Talk about what?")
        await seat.type("The script")
        await seat.press("enter")
        await seat.until("on the agenda")
    assert queries.sheet(home.desk(), "lida").own["Calm with difficult clients"] == (900, "")
    assert [point.author for point in queries.sheet(home.desk(), "lida").open_points] == ["lida", "lida"]


async def test_roles_without_a_sheet_have_no_tab(home: House) -> None:
    home.people["vera"] = Role.DIRECTOR
    async with seated(home, "vera") as seat:
        assert "1-on-1" not in seat.text


async def test_criteria_from_a_template_a_plan_and_a_move(home: House) -> None:
    async with reviewing(home, "j", "e", size=(80, 30)) as (seat, screen):
        await seat.until("Start from which sheet?")
        await seat.type("Second")
        await seat.press("enter")
        await seat.until("What matters in the work of Vera Stone")
        await seat.press("enter")
        await seat.type("nonsense")
        await seat.press("ctrl+s")
        await seat.until("«nonsense» is neither a criterion")
        for _letter in "nonsense":
            await seat.press("backspace")
        await seat.press("ctrl+s")
        await seat.until("The sheet of Vera Stone is written down.")
        sheet = queries.sheet(home.desk(), "vera")
        assert len(sheet.criteria) == 6
        assert sheet.steps["Terms kept" if "Terms kept" in sheet.steps else sheet.criteria[0].name]
        await seat.press("s")
        await seat.until("Meetings with Vera")
        await fill(seat, "days", "Fr, nothing")
        await seat.press("ctrl+s")
        await seat.until("is no day of the week")
        await fill(seat, "days", "we, Mo")
        await fill(seat, "weeks", "2")
        await fill(seat, "start", "2026-03-09")
        await seat.press("ctrl+s")
        await seat.until("The meetings are planned.")
        assert queries.sheet(home.desk(), "vera").plan == "DTSTART:20260309 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"
        await loaded(seat, screen)
        await seat.settle(8)
        await seat.press("w")
        await seat.until("Move the meeting of Mo 9 Mar 2026")
        await fill(seat, "moved", "10.03")
        await seat.press("ctrl+s")
        await seat.until("The meeting is moved")
        assert str(queries.review(home.desk(), "vera").next_meeting) == "2026-03-10"


async def test_records_are_changed_until_they_are_acknowledged(home: House) -> None:
    async with reviewing(home, "G", "enter", "j", size=(100, 30)) as (seat, screen):
        await seat.press("E")
        await seat.until("Record of 24 Feb 2026")
        await fill(seat, "points_0", "11.5")
        await seat.press("ctrl+s")
        await seat.until("is changed")
        assert queries.record(home.desk(), "lida", "2026-02-24").meeting.total == 1650
        meetings.acknowledge(home.desk("lida"), "2026-02-24")
        await seat.until("acknowledged by lida")
        await seat.press("E")
        assert "R adds a correction" in seat.said
        await seat.press("R")
        await seat.until("Correction to the record")
        await seat.type("It was the client's fault")
        await seat.press("ctrl+s")
        await seat.until("The correction is added.")
        await seat.press("n")
        await seat.until("Private note, 24 Feb 2026")
        await seat.type("between us")
        await seat.press("ctrl+s")
        await seat.until("Your private note")
        await seat.press("right_square_bracket")
        await loaded(seat, screen)
        await seat.press("d")
        await seat.until("It was talked about.")
        await seat.press("right_square_bracket")
        await loaded(seat, screen)
        await seat.press("d")
        await seat.until("The agreement is done.")
    assert queries.sheet(home.desk(), "lida").open_points == ()
    assert queries.sheet(home.desk(), "lida").review.open_actions == ()


async def test_the_mirror_and_what_others_do(home: House) -> None:
    async with reviewing(home, "right_square_bracket", size=(120, 30)) as (seat, screen):
        await seat.until("Remote against office")
        assert "Too few" in seat.text or "no meetings" in seat.text
        assert len(screen.source.rows) == 4
        await seat.press("m")
        assert "The mirror is about all" in seat.said
        await seat.press("escape")
        await loaded(seat, screen)
        commands.set_sheet(home.desk(), "vera", [Wanted("Calm", "10")])
        meetings.add_point(home.desk("vera"), "vera", "Hello")
        await seat.press("j")
        await seat.until("Hello")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (40, 12)])
async def test_every_list_fits_every_size(home: House, size: tuple[int, int]) -> None:
    async with reviewing(home, "G", "enter", size=size) as (seat, screen):
        for _list in range(4):
            await seat.press("enter", "escape", "right_square_bracket")
            await loaded(seat, screen)
            assert all(len(line) <= size[0] + 20 for line in seat.lines)
        await seat.press("m")
        await seat.settle()
        await seat.press("escape")
