"""The matrix by its keys: who covers whom, levels changed, leads moved, another day, other people's changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.screen.houses import cover_house, hostile_house
from curation.screen.seat import at_cover, field
from desks import House, empty_house
from leadconsole.console.registry import GRID_SCOPE, LIST_SCOPE, Registry
from leadconsole.console.shared_commands import APP_COMMANDS, GRID_COMMANDS, LIST_COMMANDS
from leadconsole.curation import commands
from leadconsole.curation.screen import CoverScreen


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with a small matrix."""
    return cover_house(tmp_path / "desk.db")


def held(home: House, client: str, login: str) -> list[tuple[object, ...]]:
    """The rows of a cell as they stand in the file."""
    return home.database.reader.execute(
        "SELECT since, level, until FROM curation WHERE client = ? AND login = ? ORDER BY since", (client, login)
    ).fetchall()


def line(lines: list[str], part: str) -> str:
    return next(one for one in lines if part in one)


async def test_a_stranger_sees_at_once_who_covers_whom_where_it_is_thin_and_what_to_press(home: House) -> None:
    async with at_cover(home) as (seat, _screen):
        assert "Matrix !2" in line(seat.lines, "Matrix")
        assert "!0" in line(seat.lines, "Edge")
        bolt = line(seat.lines, "Болт")
        assert "▲" in bolt
        assert "!1" in bolt
        assert "9,500" in bolt
        assert "(oleg)" in seat.text
        assert "1/2" in line(seat.lines, "Coral")
        assert "(○)" in line(seat.lines, "Coral")
        assert line(seat.lines, "Leads / covers").split()[-4:] == ["1/2", "2/3", "1/2", "0/1"]
        assert "+ raise" in seat.lines[-1]
        assert "] next view" in seat.lines[-1]
        assert "Edge" in seat.lines[3]
        assert "Флора" in seat.lines[8]


async def test_levels_go_up_and_down_by_key_and_back_by_undo(home: House) -> None:
    async with at_cover(home, "j", "l", "l", size=(120, 40)) as (seat, screen):
        assert screen.matrix.client is not None
        assert (screen.matrix.client.code, screen.matrix.level) == ("bolt", None)
        await seat.press("+")
        assert "oleg of ООО «Болт»: learning." in seat.said
        await seat.press("=")
        assert held(home, "bolt", "oleg") == [("2026-03-02", "curator", None)]
        assert "› (○)?" in next(one for one in seat.lines if one.startswith("›▲"))
        await seat.press("-", "-")
        assert held(home, "bolt", "oleg") == []
        await seat.press("-")
        assert "This is the lowest level." in seat.said
        await seat.press("u", "u", "u", "г")
        assert held(home, "bolt", "oleg") == []
        await seat.press("h", "-")
        assert "Somebody must lead the client" in seat.said
        await seat.press("+")
        assert "This is the highest level." in seat.said


async def test_a_level_with_a_day_is_typed_and_a_refusal_stands_under_its_field(home: House) -> None:
    async with at_cover(home, "j", "e") as (seat, screen):
        await seat.until("Anna – ООО «Болт»")
        await field(seat, "since", "31.02.2026")
        await seat.press("ctrl+s")
        assert "31.02.2026" in seat.text
        await field(seat, "since", "01.04.2026")
        await seat.press("ctrl+s")
        assert held(home, "bolt", "anna") == []  # «nothing» from April on changes nothing
        await seat.press("e")
        screen.app.screen.query_one("#field-level").focus()
        await seat.press("right", "right")
        await field(seat, "since", "01.04.2026")
        await seat.press("ctrl+s")
        assert held(home, "bolt", "anna") == [("2026-04-01", "curator", None)]
        await seat.press("a")
        await field(seat, "day", "2026-04-02")
        await seat.press("ctrl+s")
        assert "as of 2 Apr 2026" in seat.text
        assert screen.matrix.level == "curator"
        await seat.press("+")
        assert "Esc goes back to today" in seat.said
        await seat.press("escape")
        assert screen.matrix.level is None
        assert "as of" not in seat.text


async def test_marked_cells_are_set_in_one_step(home: House) -> None:
    async with at_cover(home, "v", "v") as (seat, screen):
        assert len(screen.matrix.cells) == 2
        await seat.press("e")
        await seat.until("2 marked cells")
        screen.app.screen.query_one("#field-level").focus()
        await seat.press("right", "ctrl+s")
        assert held(home, "edge", "anna") == held(home, "bolt", "anna") == [("2026-03-02", "learning", None)]
        assert screen.matrix.cells != []
        assert len(screen.matrix.cells) == 1
        await seat.press("u")
        assert held(home, "edge", "anna") == held(home, "bolt", "anna") == []


async def test_the_lead_is_moved_on_a_day_and_the_giver_becomes_curator(home: House) -> None:
    async with at_cover(home, "s", "s", "g", "m") as (seat, screen):
        assert "by name" in seat.text
        assert "This person leads the client already." in seat.said
        await seat.press("l", "m")
        await seat.until("Lida leads Acme")
        await seat.press("d")
        await seat.until("anna becomes")
        await seat.press("ctrl+s")
        assert held(home, "acme", "lida")[-1] == ("2026-03-02", "lead", None)
        assert held(home, "acme", "anna")[-1] == ("2026-03-02", "curator", None)
        assert "u takes it back" in seat.said
        assert screen.matrix.level == "lead"


async def test_filters_narrow_the_matrix_and_esc_shows_all(home: House) -> None:
    async with at_cover(home, "t") as (seat, screen):
        assert screen.matrix.shown is not None
        assert [one.code for one in screen.matrix.shown.clients] == ["edge", "bolt"]
        await seat.press("t", "p")
        await seat.until("Whose clients?")
        await seat.type("vera")
        await seat.press("enter")
        assert [one.code for one in screen.matrix.shown.clients] == ["delta", "flora"]
        await seat.press("escape", "о")  # o on a Cyrillic layout is щ; о is j
        assert screen.matrix.grid.cursor == 4
        await seat.press("щ")
        assert "stale" in seat.lines[1]
        await seat.press("escape", "/")
        await seat.type("болт")
        assert [one.code for one in screen.matrix.shown.clients] == ["bolt"]
        await seat.press("enter", "+")
        assert held(home, "bolt", "anna") == [("2026-03-02", "learning", None)]
        await seat.press("escape", "/")
        await seat.type("zzz")
        await seat.press("enter")
        assert "No client is like this." in seat.text
        await seat.press("e")
        assert "There is no cell under the cursor." in seat.said
        await seat.press("escape")
        assert len(screen.matrix.shown.clients) == 6


async def test_the_evidence_stands_beside_or_opens_by_enter(home: House) -> None:
    async with at_cover(home, "j", "l", "enter") as (seat, _screen):
        await seat.until("Toxic client: never alone")
        assert "Thin: one absence and nobody covers it." in seat.text
        assert "Monthly fee: 9,500.00" in seat.text
        await seat.press("escape")
        assert "Leads / covers" in seat.text
    async with at_cover(home, "j", "l", size=(120, 40)) as (seat, _screen):
        await seat.until("Toxic client: never alone")
        assert "Led by: Lida" in seat.text
        await seat.press("i")
        assert "Toxic client" not in seat.text


async def test_a_specialist_sees_the_matrix_without_fees_and_changes_nothing(home: House) -> None:
    async with at_cover(home, login="lida", size=(120, 40)) as (seat, _screen):
        assert "Coral" in seat.text
        assert "32,000" not in seat.text
        assert "Fee" not in seat.lines[2]
        await seat.press("+")
        assert "Your role only reads this." in seat.said
        await seat.press("enter")
        assert "Monthly fee" not in seat.text


async def test_others_changes_appear_within_a_second_on_the_same_cell(home: House) -> None:
    async with at_cover(home, "j", "j", "l") as (seat, screen):
        at = screen.matrix.grid.at
        other = home.again_beside()
        commands.set_level(other.desk(), "edge", "anna", "curator")
        for _turn in range(60):
            if "!0" not in seat.text:
                break
            await seat.pilot.pause(0.05)
        assert "!0" not in seat.text
        assert screen.matrix.grid.at == at


async def test_an_empty_desk_says_what_to_do_and_hostile_names_do_nothing(tmp_path: Path) -> None:
    async with at_cover(empty_house(tmp_path / "empty.db")) as (seat, _screen):
        assert "7 opens the desk" in seat.text
        await seat.press("+", "e", "m", "v", "V", "t", "o", "enter", "escape", "s", "a", "escape", "l", "j")
    async with at_cover(hostile_house(tmp_path / "desk.db"), "enter", size=(120, 30)) as (seat, _screen):
        assert "[/foo] [red]x" in seat.text
        assert "\x1b" not in seat.text
        await seat.press("escape", "e", "escape", "p", "escape")


def test_no_key_of_a_view_is_one_of_the_grids_or_the_screens() -> None:
    registry = Registry((*APP_COMMANDS, *LIST_COMMANDS, *GRID_COMMANDS))
    registry.add(CoverScreen.all_commands())
    taken = {key for scope in (GRID_SCOPE, LIST_SCOPE, "cover") for one in registry.commands(scope) for key in one.keys}
    own = [(one.id, key) for one in CoverScreen.VIEW_COMMANDS for key in one.keys if key in taken | {"0"}]
    assert own == []
