"""The roster as a person uses it: keys in, visible text out, rows in the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from desks import House, empty_house
from leadconsole.console.messages import OpenSubject
from leadconsole.console.preferences import Preferences
from leadconsole.kernel.period import Month
from leadconsole.roster import commands, queries
from leadconsole.roster.fill import process
from leadconsole.roster.screen.search import SearchDialog
from leadconsole.team import commands as team
from roster.houses import PEOPLE, planned, roster_house
from tickets.screen.seat import seated

WIDE = (120, 40)
MARCH = Month(2026, 3)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk, made once and closed."""
    made = roster_house(tmp_path_factory.mktemp("roster") / "desk.db")
    return made.closed()


@pytest.fixture
def home(kept: House, tmp_path: Path) -> House:
    """A copy of the desk, as every test has its own."""
    return kept.copied(tmp_path / "desk.db")


def shifts(home: House, login: str = "") -> list[str]:
    """The shifts in the file as `login day code`."""
    rows = home.database.reader.execute("SELECT login, date, shift FROM shift ORDER BY 1, 2")
    return [f"{who} {day[-2:]} {code}" for who, day, code in rows if login in ("", who)]


async def test_letters_write_shifts_in_both_layouts_and_undo_takes_them_back(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3")
        await seat.until("March 2026 draft")
        await seat.press("s")
        assert "write: D E N" in seat.text
        await seat.press("D", "d", "в", "У", "space", "n", "p")
        assert "No shift begins with «p»" in seat.said, "a slip of the finger runs no command"
        assert shifts(home, "anna") == ["anna 02 D", "anna 03 D", "anna 04 D", "anna 05 E", "anna 07 N"]
        await seat.press("escape", "u")
        assert "anna 07 N" not in shifts(home)
        await seat.press("U")
        assert "anna 07 N" in shifts(home)
        await seat.press("$", "s", "d", "n")
        assert "last day of the month" in seat.said, "a letter too many doesn't change the last day"
        assert "anna 31 D" in shifts(home)


async def test_ranges_patterns_weeks_and_swaps_write_many_cells_in_one_step(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "p")
        await seat.type("7/x\n")
        assert "is no pattern" in seat.text, "told under the field, and what was typed stays"
        for _letter in range(3):
            await seat.pilot.press("backspace")
        await seat.type("5/2\n")
        assert "22 days changed." in seat.said
        assert shifts(home, "anna")[:6] == [f"anna {day:02} D" for day in (2, 3, 4, 5, 6, 9)]
        await seat.press("m", "l", "l", "x")
        assert shifts(home, "anna")[:2] == ["anna 05 D", "anna 06 D"]
        for _day in range(7):
            await seat.press("l")
        await seat.press("y", "1")
        assert [one[5:] for one in shifts(home, "anna")][:4] == ["05 D", "06 D", "12 D", "13 D"]
        await seat.press("u", "u")
        assert shifts(home, "anna")[:3] == ["anna 02 D", "anna 03 D", "anna 04 D"]
        await seat.press("z")
        await seat.until("Swap Anna Ortega")
        await seat.type("boris\n")
        assert "boris 11 D" in shifts(home)
        assert "anna 11 D" not in shifts(home)
        await seat.press("j", "V", "e", "3")
        assert len([one for one in shifts(home, "boris") if one.endswith("N")]) == 31
        await seat.press("u")
        assert shifts(home, "boris") == ["boris 11 D"]


async def test_findings_are_live_lead_to_their_cell_and_name_law_and_cure(home: House) -> None:
    planned(home)
    async with seated(home, size=WIDE) as seat:
        await seat.press("3")
        await seat.until("! 16 ~ 41")
        line = next(line for line in seat.lines if "shift while away" in line)
        assert "D during sick leave (Labour Code, articles 106 and 107). Cure: free 4 Mar" in line
        await seat.press("tab")
        for _row in range(20):
            if any(line.startswith("›!") and "shift while away" in line for line in seat.lines):
                break
            await seat.press("j")
        await seat.press("enter")
        assert any(line.startswith("›Ivan Moss") for line in seat.lines), "Enter goes to the cell"
        await seat.press("x")
        await seat.until("! 15")
        assert "ivan 04 D" not in shifts(home)
        assert not any("shift while away" in line and "ivan" in line for line in seat.lines)
        before = seat.said
        await seat.press("n", "n", "N")
        assert seat.said != before
        assert "line 1" in seat.said, "the next finding is said with its cure"


async def test_a_month_is_filled_and_published_and_a_later_change_shows(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "s", "n", "escape", "f")
        await seat.until("238 days without a shift")
        await seat.until("is legal", 60)
        await seat.press("s")
        await seat.until("The search was stopped.", 20)
        assert shifts(home) == ["anna 02 N"], "nothing is written before it is taken"
        await seat.press("enter")
        await seat.until("0 hard findings")
        assert "anna 02 N" in shifts(home), "what was set stays"
        await seat.press("P")
        await seat.until("Publish March 2026?")
        assert "Anna Ortega: " in seat.text
        await seat.press("enter")
        assert queries.month(home.desk(), MARCH).publication is None, "a dangerous question isn't answered by Enter"
        await seat.press("y")
        await seat.until("March 2026 published")
        await seat.press("P")
        assert "published as it stands" in seat.said
        await seat.press("g", "^", "x") if "anna 01" in str(shifts(home)) else await seat.press("g", "^", "e", "1")
        await seat.until("changed since it was published")
        await seat.press("u")
        await seat.until("March 2026 published")


async def test_a_search_that_is_left_or_can_not_be_run_changes_nothing(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("days without a shift")
        await seat.press("escape")
        assert "Nothing was changed" in seat.said
        assert shifts(home) == []
        monkeypatch.setattr(process, "has_solver", lambda: False)
        await seat.press("f")
        assert "The solver isn't installed" in seat.said


async def test_a_search_that_is_killed_leaves_what_it_found_and_the_month_as_it_was(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("is legal", 60)
        dialog = seat.app.screen
        assert isinstance(dialog, SearchDialog)
        assert dialog._process is not None
        dialog._process._process.kill()
        await seat.until("A legal plan; a better one may exist. The solver was ended from outside.", 20)
        assert shifts(home) == []
        await seat.press("enter")
        await seat.until("shifts were changed.")
        await seat.press("u")
        assert shifts(home) == []


async def test_a_search_that_is_killed_before_it_found_anything_says_so(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")

    class Killed(process.Running):
        """A search whose process is gone as soon as it is there."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self._process.kill()

    monkeypatch.setattr(process, "Running", Killed)
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("The solver was ended from outside after 0 s; nothing was changed.", 20)
        await seat.press("enter")
        assert "There is no plan yet." in seat.text
        await seat.press("escape")
        assert shifts(home) == []


async def test_only_the_marked_cells_are_filled(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "s", "n", "escape", "h", "m", "G")
        for _day in range(4):
            await seat.press("l")
        await seat.press("v", "f")
        await seat.until("only the marked cells: 37 empty days")
        await seat.press("1")
        await seat.until("37 marked days; all else stays as it is.")
        await seat.until("The best plan, proven.", 60)
        await seat.press("enter")
        await seat.until("shifts were changed.")
        days = {one.split()[1] for one in shifts(home)}
        assert days == {"02", "03", "04", "05", "06"}
        assert "anna 02 N" in shifts(home)
        await seat.press("V", "f")
        await seat.until("the whole month: ")
        await seat.press("escape")
        assert "Nothing was changed" not in seat.said, "nothing was begun"
        await seat.press("u")
        assert shifts(home) == ["anna 02 N"]


async def test_marks_hold_on_days_that_are_not_shown(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "v", "t", "t", "]", "v", "e")
        await seat.until("Shift of 2 marked days")
        await seat.press("1")
        assert shifts(home) == ["anna 02 D", "anna 09 D"]
        await seat.press("V", "e")
        await seat.until("Shift of 31 marked days")
        await seat.press("escape")


async def test_a_plan_found_meanwhile_never_wins_over_what_somebody_else_wrote(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("is legal", 60)
        await seat.press("s")
        await seat.until("The search was stopped.", 20)
        other = home.again_beside()
        commands.set_shifts(other.desk(), {(login, "2026-03-02"): "N" for login in PEOPLE})
        await seat.press("enter")
        await seat.until("Somebody was faster")
        await seat.press("escape")
        assert [one for one in shifts(home) if not one.endswith("02 N")] == []


async def test_a_new_plan_after_a_sickness_moves_little(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("is legal", 60)
        await seat.press("enter")
        await seat.until("shifts were changed.")
        await seat.press("P", "y")
        await seat.until("March 2026 published")
        before = set(shifts(home))
        ill = next(one.split()[0] for one in sorted(before) if one[-4:] == "03 D")
        team.enter(home.desk(), "absences", {"login": ill, "from": "2026-03-03", "to": "2026-03-05", "kind": "sick"})
        await seat.until("! ")
        await seat.press("$", "G", "r")
        await seat.until("a new plan with few changes")
        await seat.type("plan\n")
        for _round in range(1100):  # the longer it searches, the fewer move
            found = re.search(r"It changes (\d+) shift", seat.text)
            if found and int(found[1]) <= 12 and ("legal" in seat.text or "proven" in seat.text):
                break
            await seat.pilot.pause(0.05)
        await seat.press("enter")
        await seat.until("were changed.", 20)
        await seat.until("changed since it was published")
        after = set(shifts(home))
        assert not {f"{ill} {day:02} {code}" for day in (3, 4, 5) for code in "DEN"} & after
        assert len(before ^ after) <= 16, "few cells move"


async def test_an_impossible_month_says_which_rules_stand_in_the_way(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    desk = home.desk()
    commands.enter(
        desk, "demand", {"day": "2026-03-04", "starts": "09:00", "ends": "18:00", "line": "1", "people": "20"}
    )
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("breaks a hard rule", 60)
        await seat.press("s")
        await seat.until("In the way:", 20)
        assert "! 4 Mar too few people: line 1, 09:00–18:00:" in seat.text
        await seat.press("enter")
        assert "t takes it all the same" in seat.text
        await seat.press("escape")
        assert shifts(home) == []


async def test_somebody_falls_ill_and_the_shift_goes_to_who_can_take_it(home: House) -> None:
    planned(home)
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "a")
        await seat.until("Anna Ortega is away")
        await seat.press("tab", "tab")
        for _letter in range(10):
            await seat.pilot.press("backspace")
        await seat.type("2026-03-01")
        await seat.press("ctrl+s")
        assert "ends before it begins" in seat.text or "before" in seat.text
        for _letter in range(10):
            await seat.pilot.press("backspace")
        await seat.type("2026-03-03")
        await seat.press("ctrl+s")
        await seat.until("2 shifts fall into it")
        await seat.press("r")
        await seat.until("Who takes D of Anna Ortega, 2 Mar?")
        assert "below the norm then" in seat.text
        await seat.press("1")
        assert "anna 02 D" not in shifts(home)
        await seat.press("u", "u")
        assert "anna 02 D" in shifts(home)


async def test_what_stands_around_is_written_down_changed_and_removed(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "d", "1")
        await seat.until("break 60 min")
        await seat.press("a")
        await seat.until("One letter is best")
        await seat.type("X\nShort\n25:00\n12:00\n\n")
        await seat.press("ctrl+s")
        assert "25:00" in seat.text, "the refusal stands under the field"
        assert "is no time" in seat.text or "«25:00»" in seat.text
        await seat.press("escape")
        await seat.press("j", "enter")
        await seat.until("Kind of shift E")
        await seat.press("escape", "escape")
        await seat.press("d", "3", "j", "j", "j", "enter")
        await seat.until("weekly rest")
        await seat.press("right", "ctrl+s")
        await seat.until("own: soft 42")
        assert queries.month(home.desk(), MARCH).facts.rules["weekly_rest"].severity == "soft"  # type: ignore[index]
        await seat.press("x", "y")
        await seat.until("hard 42")
        assert "own:" not in seat.text
        await seat.press("escape", "d", "4", "a")
        await seat.until("Only for so many shifts")
        await seat.press("tab", "left", "tab", "right", "right", "right", "tab")
        await seat.type("4")
        await seat.press("ctrl+s")
        await seat.until("anna")
        rows = home.database.reader.execute("SELECT login, rule, shift, bound FROM person_rule").fetchall()
        assert rows == [("anna", "max_shifts", "N", 4)]
        await seat.press("escape", "w")
        await seat.press("ctrl+s")
        await seat.until("The wish of anna is written down.")
        assert ("anna", "2026-03-02") in queries.month(home.desk(), MARCH).facts.wishes


async def test_zooms_months_and_what_others_do(home: House) -> None:
    async with seated(home) as seat:
        await seat.press("3", "t")
        assert len(seat.lines[2].split()) == 14, "a fortnight fits into 80 columns"
        await seat.press("t")
        assert "2 Mar" in seat.text
        assert "9 Mar" not in seat.text
        await seat.press("ъ")
        assert "9 Mar" in seat.text
        await seat.press("t", "]")
        await seat.until("April 2026")
        await seat.press("[")
        await seat.until("March 2026")
        other = home.again_beside()
        commands.set_shifts(other.desk(), {("anna", "2026-03-01"): "N"})
        await seat.until("11<168")


async def test_two_hundred_columns_are_used(home: House) -> None:
    planned(home)
    async with seated(home, size=(200, 40)) as seat:
        await seat.press("3")
        line = next(line for line in seat.lines if line.startswith(" line 1"))
        assert line.count("3/3") > 8
        assert line.rstrip().endswith("0/3!"), "the whole month is there"


async def test_a_stale_cell_is_refused_with_both_values(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        await seat.press("3")
        await seat.until("March 2026")
        other = home.again_beside()
        commands.set_shifts(other.desk(), {("anna", "2026-03-02"): "N"})
        await seat.pilot.press("s")
        await seat.pilot.press("d")
        await seat.settle()
        assert shifts(home, "anna") in (["anna 02 N"], ["anna 02 D"])
        if shifts(home, "anna") == ["anna 02 N"]:
            assert "Somebody was faster" in seat.said


async def test_a_specialist_reads_and_wishes_for_the_own_line_only(home: House) -> None:
    async with seated(home, "lida", size=WIDE) as seat:
        await seat.press("3")
        await seat.until("March 2026")
        for key in ("s", "e", "x", "p", "y", "z", "f", "r", "P"):
            await seat.press(key)
            assert "Only the lead changes the roster." in seat.said, key
        await seat.press("a")
        assert "Only the lead writes absences down." in seat.said
        await seat.press("w")
        assert "go to your own line" in seat.said
        for _row in range(6):
            await seat.press("j")
        await seat.press("w", "ctrl+s")
        await seat.until("The wish of lida is written down.")
        await seat.press("d", "2", "enter")
        assert "Only the lead changes the roster." in seat.text
        await seat.press("escape")
    assert shifts(home) == []


async def test_a_day_by_hours_shows_who_is_there_and_who_lacks(home: House) -> None:
    planned(home)
    commands.set_shifts(home.desk(), {("boris", "2026-03-03"): "N", ("lida", "2026-03-04"): None})
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "l", "c")
        bars = {line.split()[0].strip("›"): line for line in seat.lines[28:] if "█" in line or "▒" in line}
        assert "█" * 27 in bars["Anna"], "from 9 to 18"
        assert bars["Boris"].rstrip().endswith("█" * 9), "the night begins at 21"
        await seat.press("l")
        bars = {line.split()[0].strip("›"): line for line in seat.lines[28:] if "█" in line}
        assert "█" * 27 in bars["Boris"], "and ends at 9"
        assert any(line.startswith(" line 2") and "-1" in line for line in seat.lines[28:])
        await seat.press("tab", "j", "enter")
        assert not any(line.startswith("›Anna") for line in seat.lines[:14]), "Enter goes to the person"
        await seat.press("c")
        assert "too few people" in seat.text


async def test_a_publication_tells_whom_it_changed(home: House) -> None:
    planned(home)
    commands.publish(home.desk(), MARCH)
    async with seated(home, "lida", size=WIDE) as seat:
        await seat.press("3")
        await seat.until("March 2026 published")
        assert "Your shifts have changed" not in seat.text
        home.wait(5)
        lead = home.again_beside()
        cells = {("lida", "2026-03-03"): "N", ("lida", "2026-03-04"): None, ("oleg", "2026-03-02"): "D"}
        commands.set_shifts(lead.desk(), cells)
        commands.publish(lead.desk(), MARCH)
        await seat.until("Your shifts have changed: Tu 3 Mar N instead of D; We 4 Mar free instead of D")


async def test_a_draft_beside_is_named_before_a_search(home: House) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra")
    commands.set_shifts(home.desk(), {("anna", "2026-02-28"): "N", ("anna", "2026-04-01"): "D"})
    commands.publish(home.desk(), Month(2026, 4))
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "f")
        await seat.until("February 2026 is a draft; its shifts count here as they stand now.")
        assert "April 2026 is a draft" not in seat.text
        await seat.press("escape")


async def test_another_screen_leads_to_a_shift_of_another_month(home: House) -> None:
    async with seated(home, size=WIDE) as seat:
        seat.app.screen.post_message(OpenSubject("shift", ("lida", "2026-04-17")))
        await seat.until("April 2026")
        await seat.until("Fr 17 Apr")
        assert any(line.startswith("›Lida") for line in seat.lines)


async def test_who_starts_in_the_month_has_no_days_before_and_a_norm_of_the_rest(home: House) -> None:
    home.person("zoe", name="Zoe New", lines="1", started="2026-03-16")
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "G")
        line = next(line for line in seat.lines if line.startswith("›Zoe New"))
        assert "0<96" in line
        assert line.count("·") == 16
        await seat.press("^", "e", "1")
        assert "zoe 01 D" in shifts(home), "it is told, not forbidden"
        assert "outside the time of employment" in seat.text


async def test_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    async with seated(empty_house(tmp_path / "desk.db")) as seat:
        await seat.press("3")
        await seat.until("Nobody works here in this month.")
        await seat.press("f")
        assert "There is no kind of shift yet; d writes one down." in seat.said
        await seat.press("d", "1")
        await seat.until("a adds one")


async def test_the_month_is_written_to_files(home: House, tmp_path: Path) -> None:
    class Own(Preferences):
        """The preferences of somebody at the own machine: files may be written."""

        def theme(self) -> str:
            return ""

        def keep_theme(self, name: str) -> None:
            raise NotImplementedError

    planned(home)
    async with seated(home, size=WIDE) as seat:
        await seat.press("3", "o")
        assert "Files belong to one's own machine" in seat.said
        seat.app.preferences = Own()
        for kind, name in (("1", "month.txt"), ("2", "month.xlsx"), ("3", "anna.ics")):
            await seat.press("o", kind)
            await seat.until("Into which file?")
            for _letter in range(24):
                await seat.pilot.press("backspace")
            await seat.type(f"{tmp_path / name}\n")
            await seat.until("It is in")
            assert (tmp_path / name).stat().st_size > 100
