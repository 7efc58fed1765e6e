from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.widget import Widget

from console.host import HOSTILE, screen_lines, screen_text
from leadconsole.console.app import ConsoleApp
from leadconsole.console.entries import ScreenEntry
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.grid_layout import Layout, lay_out
from leadconsole.console.widgets.grid_marks import NO_MARKS, At, Marks, between
from leadconsole.console.widgets.grid_rows import GridColumn, GridRow, ListGrid
from leadconsole.console.widgets.row_table import KEPT
from leadconsole.console.widgets.rows import Cell

SIGNS = "○●◌·"


class Numbers:
    """Rows and columns by number; what was asked for is written down."""

    def __init__(self, rows: int = 1_000, columns: int = 50, first: int = 0) -> None:
        self.heads = [Column("name", "Client", 12, flex=1), Column("depth", "Depth", 3, align="right", keep=1)]
        self.columns = [GridColumn(place, (f"p{place}",), 4, (f"{place}0", "1h")) for place in range(columns)]
        self.feet: Sequence[str | Cell] = ("open tickets", Cell("a week", "accent"))
        self.count = rows
        self.first = first
        self.asked: list[tuple[int, int, int]] = []

    def row(self, index: int) -> GridRow:
        key = index + self.first
        return GridRow(key, (f"client {key}", Cell("!1", "danger") if key % 7 == 3 else "2"))

    def cells(self, index: int, first: int, last: int) -> Sequence[str | Cell]:
        self.asked.append((index, first, last))
        return [SIGNS[(index + self.first + place) % 4] for place in range(first, last)]

    def index_of(self, key: Any) -> int | None:
        return key - self.first if 0 <= key - self.first < self.count else None


class GridScreen(ConsoleScreen):
    SCREEN_COMMANDS = (Command("demo.mark", "Mark", "v", "demo", label="mark", priority=1),)
    source: Any = None
    gap = 1

    def compose_body(self) -> Iterable[Widget]:
        yield Grid(self.source, empty="Nobody leads anybody.\nPress c.", gap=self.gap)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Grid).focus()

    def do_demo_mark(self) -> None:
        self.query_one(Grid).toggle_mark()


def grid_app(source: Any, gap: int = 1) -> ConsoleApp:
    class Host(ConsoleApp):
        def make_screen(self, screen_class: type[ConsoleScreen]) -> ConsoleScreen:
            screen = screen_class()
            assert isinstance(screen, GridScreen)
            screen.source, screen.gap = source, gap
            return screen

    return Host((ScreenEntry("1", "demo", "Demo", f"{__name__}:GridScreen"),))


def grid_of(app: ConsoleApp) -> Grid:
    return app.screen.query_one(Grid)


def body(app: ConsoleApp) -> list[str]:
    """The lines of the grid."""
    return screen_lines(app)[1:-2]


def recorded(grid: Grid) -> list[Region | None]:
    painted: list[Region | None] = []
    refresh = grid.refresh

    def record(*regions: Region, **arguments: bool) -> Grid:
        painted.extend(regions or [None])
        return refresh(*regions, **arguments)

    grid.refresh = record  # type: ignore[method-assign]
    return painted


async def test_titles_heads_cells_and_sums_stand_where_they_belong_and_stay_there() -> None:
    app = grid_app(Numbers())
    async with app.run_test(size=(80, 24)) as pilot:
        lines = body(app)
        assert lines[0].split()[:4] == ["Client", "Depth"[:2] + "…", "›", "p0"]
        assert lines[1].startswith("›client 0")
        assert "› ○" in lines[1]
        assert lines[-2].startswith(" open tickets")
        assert lines[-1].startswith(" a week")
        await pilot.press("G", "$")
        await pilot.pause()
        lines = body(app)
        assert lines[0].startswith(" Client")
        assert "p49" in lines[0]
        assert "p0 " not in lines[0]
        assert lines[-3].startswith("›client 999")
        assert "490" in lines[-2]
        assert grid_of(app).at == At(999, 49)
        await pilot.press("g", "0")
        assert grid_of(app).at == At(0, 0)
        assert app.failures.errors == []


async def test_only_what_is_seen_is_asked_for() -> None:
    source = Numbers(100_000, 500)
    app = grid_app(source)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G", "$", "g", "0", "pagedown", "L", "H", "pageup")
        await pilot.pause()
        rows = {index for index, _first, _last in source.asked}
        assert len(rows) < 200
        assert max(last - first for _index, first, last in source.asked) < 25


async def test_a_move_inside_the_view_paints_its_lines_and_leaving_it_moves_most_of_a_page() -> None:
    app = grid_app(Numbers())
    async with app.run_test(size=(120, 24)) as pilot:
        grid = grid_of(app)
        painted = recorded(grid)
        await pilot.press("j")
        assert [region and (region.y, region.height) for region in painted] == [(1, 1), (2, 1)]
        painted.clear()
        await pilot.press("l")
        assert [region and (region.y, region.height) for region in painted] == [(2, 1), (0, 1)]
        assert all(region is not None and region.right < 50 for region in painted)
        page = grid.page
        await pilot.press(*["down"] * (page - 2))
        assert (grid.cursor, grid.top) == (page - 1, 0)
        await pilot.press("down")
        assert (grid.cursor, grid.top) == (page, page - KEPT)
        await pilot.press(*["up"] * KEPT, "up")
        assert (grid.cursor, grid.top) == (page - KEPT - 1, 0)
        shown = 0
        while grid.left == 0:
            await pilot.press("right")
            shown += 1
        assert grid.column == shown + 1
        assert grid.left == shown
        await pilot.press("left")
        assert grid.left == shown
        await pilot.press("left")
        assert (grid.column, grid.left) == (shown - 1, 0)


async def test_rows_that_come_in_above_do_not_move_the_cell_under_the_cursor() -> None:
    app = grid_app(Numbers(100, 10))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press(*["pagedown"] * 2, "j", "l", "l")
        grid = grid_of(app)
        at, place = grid.at, next(y for y, line in enumerate(body(app)) if line[:1] == "›" and y)
        source = Numbers(107, 10, first=-7)
        source.columns = [GridColumn("new", ("new",)), *source.columns]
        grid.reload(source)
        await pilot.pause()
        assert grid.at == at
        assert body(app)[place].startswith(f"›client {at.row if at else 0} ")
        grid.reload(Numbers(5, 1))
        assert grid.at == At(4, 0)
        grid.reload(Numbers(0, 0))
        await pilot.pause()
        assert grid.at is None
        assert "Press c." in screen_text(app)
        await pilot.press("j", "l", "G", "$", "L", "pagedown", "v", "enter")
        assert app.failures.errors == []


async def test_a_reload_that_changes_one_cell_paints_one_line() -> None:
    def source(text: str) -> ListGrid:
        rows = [(GridRow(number, (f"row {number}",)), ["·", "●"]) for number in range(30)]
        rows[5] = (GridRow(5, ("row 5",)), ["·", text])
        return ListGrid([Column("name", "", 10)], [GridColumn("a"), GridColumn("b")], rows)

    app = grid_app(source("●"))
    async with app.run_test(size=(80, 24)):
        painted = recorded(grid_of(app))
        grid_of(app).reload(source("●"))
        assert painted == []
        grid_of(app).reload(source("○"))
        assert [region and region.y for region in painted] == [6]


async def test_marks_of_cells_rows_columns_and_ranges_are_shown_by_sign_and_kept_by_key() -> None:
    app = grid_app(Numbers(100, 6))
    async with app.run_test(size=(80, 24)) as pilot:
        grid = grid_of(app)
        assert grid.chosen == [At(0, 0)]
        await pilot.press("v", "j")
        await pilot.pause()
        assert "•" in body(app)[1]
        assert "»" not in body(app)[2]
        await pilot.press("k")
        await pilot.pause()
        assert "»" in body(app)[1]
        grid.toggle_row()
        await pilot.press("j")
        await pilot.pause()
        assert body(app)[1].startswith("•")
        assert body(app)[1].count("•") == 7
        grid.toggle_column()
        await pilot.pause()
        assert len(grid.chosen) == 6 + 99
        assert all("•" in line for line in body(app)[3:10])
        assert grid.clear_marks()
        assert not grid.clear_marks()
        grid.toggle_range()
        await pilot.press("j", "l")
        await pilot.pause()
        assert grid.chosen == [At(1, 0), At(1, 1), At(2, 0), At(2, 1)]
        assert body(app)[2].count("•") == 2
        await pilot.press("v")
        assert grid.marks == Marks(frozenset(grid.chosen))
        assert grid.range_from is None
        grid.reload(Numbers(101, 6, first=-1))
        assert At(2, 1) in grid.marks
        grid.set_marks(NO_MARKS)
        assert grid.chosen == [grid.at]


async def test_messages_tell_the_cell() -> None:
    seen: list[object] = []
    app = grid_app(Numbers())
    async with app.run_test(size=(80, 24), message_hook=seen.append) as pilot:
        await pilot.press("j", "l", "enter")
        grid = grid_of(app)
        await pilot.click(grid, offset=(40, 6))
        assert grid.cursor == 5
        assert grid.column > 1
        await pilot.click(grid, offset=(40, 0))
        assert grid.cursor == 5
        await pilot.click(grid, offset=(3, 7), times=2)
        for _number in range(2):
            grid.post_message(events.MouseScrollDown(grid, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert grid.cursor == 6 + 2 * (grid.page // 3)
    assert [message.at for message in seen if isinstance(message, Grid.Moved)][-1] == grid.at
    opened = [message.at for message in seen if isinstance(message, Grid.Opened)]
    assert opened[0] == At(1, 1)
    assert opened[-1] is not None
    assert opened[-1].row == 6


async def test_a_long_title_goes_on_over_columns_without_one() -> None:
    columns = [GridColumn(week, ("January" if week == 0 else "",), 1) for week in range(8)]
    columns += [GridColumn("f", ("February",), 1), GridColumn("last", ("x",), 1)]
    rows = [(GridRow("anna", ("Anna",)), ["v"] * 10)]
    app = grid_app(ListGrid([Column("name", "Who", 6)], columns, rows), gap=0)
    async with app.run_test(size=(80, 12)):
        assert body(app)[0][8:18] == "January …x"
        assert body(app)[1][8:18] == "v" * 10


async def test_hostile_and_wide_text_keeps_every_line_at_its_width() -> None:
    columns = [GridColumn(place, (HOSTILE, "漢字"), 5, (HOSTILE,)) for place in range(9)]
    rows = [
        (GridRow(number, (HOSTILE, "漢" * 9)), [HOSTILE, "漢漢漢", "", "x\ny", "👩‍👩‍👧", *"abcd"])
        for number in range(40)
    ]
    heads = [Column("a", HOSTILE, 9, flex=1), Column("b", "b", 3)]
    app = grid_app(ListGrid(heads, columns, rows, (HOSTILE,)))
    async with app.run_test(size=(80, 24)) as pilot:
        for width, height in ((80, 24), (40, 10), (20, 6), (200, 60), (10, 8), (120, 40)):
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.05)
            assert all(cell_len(line) == width for line in screen_lines(app)), (width, height)
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert app.failures.errors == []


async def test_every_size_keeps_the_cursor_in_view() -> None:
    app = grid_app(Numbers())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["pagedown"] * 4, *["L"] * 2)
        for width, height in ((80, 24), (40, 12), (25, 9), (200, 60), (120, 40)):
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.05)
            row = [line for line in body(app)[1:] if line[:1] == "›"]
            assert row, (width, height)
            assert "›" in row[0][1:], (width, height)


def test_narrow_views_leave_out_heads_that_need_not_be_kept_and_wide_ones_let_them_grow() -> None:
    source = Numbers(10, 30)
    assert len(lay_out(source, 80, 20, 1, (0, 0), Layout()).heads) == 2
    assert len(lay_out(source, 30, 20, 1, (0, 0), Layout()).heads) == 1
    few = lay_out(Numbers(10, 3), 120, 20, 1, (0, 0), Layout())
    assert few.heads_width > lay_out(source, 120, 20, 1, (0, 0), Layout()).heads_width
    for column in range(30):
        seen = lay_out(source, 60, 20, 1, (0, column), Layout())
        assert any(one.place == column for one in seen.columns)
        assert seen.columns[-1].x + seen.columns[-1].cells <= 60


def test_a_range_has_both_its_corners() -> None:
    area = between((3, 5), (1, 7))
    assert (list(area.rows), list(area.columns)) == ([1, 2, 3], [5, 6, 7])
    assert area.has(1, 5)
    assert not area.has(0, 5)
