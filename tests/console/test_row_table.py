from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.geometry import Region

from console.host import COLUMNS, HOSTILE, DemoScreen, Numbers, demo_app, screen_lines, screen_text
from leadconsole.console.app import ConsoleApp
from leadconsole.console.widgets.columns import Column, lay_out
from leadconsole.console.widgets.row_paint import paint
from leadconsole.console.widgets.row_table import KEPT, RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row


def table_of(app: ConsoleApp) -> RowTable:
    return app.screen.query_one(RowTable)


def cursor_line(app: ConsoleApp) -> str:
    return next(line for line in screen_lines(app) if line[:1] in "›»")


def test_narrow_screens_lose_the_least_important_columns_first() -> None:
    def shown(width: int) -> list[str]:
        return [COLUMNS[laid.place].id for laid in lay_out(COLUMNS, width)]

    assert shown(120) == [column.id for column in COLUMNS]
    assert "age" not in shown(60)
    assert "who" in shown(60)
    assert "who" not in shown(52)
    for width in (1, 10, 52, 60, 80, 120, 200):
        laid = lay_out(COLUMNS, width)
        assert 1 + sum(one.width for one in laid) + max(0, len(laid) - 1) <= max(width, 1)
    assert 1 + sum(one.width for one in lay_out(COLUMNS, 120)) + len(COLUMNS) - 1 == 120


def test_a_line_has_exactly_its_width_whatever_is_in_the_cells() -> None:
    from rich.style import Style

    columns = [Column("a", "", 9), Column("b", "", 5, align="right"), Column("c", "", 7, flex=1)]
    for text in (HOSTILE, "漢" * 50, "a\nb\tc", "x" * 10_000, "", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "e\u0301" * 20):
        row = Row(1, (text, Cell(text, "danger", ((0, 3), (2, 9_000))), text))
        strip = paint(row, lay_out(columns, 40), 40, {"": Style(), "danger": Style(bold=True)})
        assert cell_len(strip.text) == strip.cell_length == 40
        assert strip.text.isprintable() or "\u200d" in strip.text


def test_found_spans_are_underlined_where_they_are() -> None:
    from rich.style import Style

    row = Row(1, (Cell("Не печатает", "", ((3, 7),)), Cell("4711", "", ((0, 2),))))
    columns = [Column("a", "", 12), Column("b", "", 6, align="right")]
    strip = paint(row, lay_out(columns, 20), 20, {"": Style()})
    assert [segment.text for segment in strip if segment.style and segment.style.underline] == ["печа", "47"]


async def test_a_million_rows_are_never_loaded_but_the_windows_looked_at() -> None:
    source = Numbers()
    app = demo_app(source)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G")
        assert " 999999 " in cursor_line(app)
        await pilot.press("g", "pagedown", "pageup")
        assert " 0 " in cursor_line(app)
        assert sum(size for _first, size in source.loads) <= 600


async def test_a_move_inside_the_view_paints_two_lines_and_leaving_it_moves_most_of_a_page() -> None:
    app = demo_app()
    async with app.run_test(size=(120, 24)) as pilot:
        table = table_of(app)
        painted: list[tuple[Region, ...]] = []
        refresh = table.refresh

        def recorded(*regions: Region, **arguments: bool) -> RowTable:
            painted.append(regions)
            return refresh(*regions, **arguments)

        table.refresh = recorded  # type: ignore[method-assign]
        await pilot.press("j")
        assert [region.height for regions in painted for region in regions] == [1, 1]
        page = table.page
        await pilot.press(*["down"] * (page - 2))
        assert (table.cursor, table.top) == (page - 1, 0)
        await pilot.press("down")
        assert (table.cursor, table.top) == (page, page - KEPT)
        await pilot.press(*["up"] * KEPT)
        assert table.top == page - KEPT
        await pilot.press("up")
        assert (table.cursor, table.top) == (page - KEPT - 1, 0)


async def test_rows_that_come_in_above_do_not_move_the_selected_row_on_screen() -> None:
    source = Numbers(1_000)
    app = demo_app(source)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press(*["pagedown"] * 3, "j", "j")
        table = table_of(app)
        key, place = table.cursor_key, next(y for y, line in enumerate(screen_lines(app)) if line[:1] == "›")
        source.first, source.count = -7, 1_007
        table.reload()
        await pilot.pause()
        assert table.cursor_key == key
        assert screen_lines(app)[place].startswith("›")
        assert f" {key} " in screen_lines(app)[place]


async def test_when_the_selected_row_is_gone_the_cursor_keeps_its_place() -> None:
    source = Numbers(1_000)
    app = demo_app(source)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("pagedown", "j")
        table = table_of(app)
        cursor = table.cursor
        source.gone.add(cursor)
        table.reload()
        assert table.cursor == cursor
        source.count = 5
        table.reload()
        await pilot.pause()
        assert (table.cursor, table.cursor_key) == (4, 4)
        source.count = 0
        table.reload()
        await pilot.pause()
        assert table.cursor_key is None
        assert "Press n for a new one." in screen_text(app)


async def test_a_reload_that_changes_one_row_paints_one_line() -> None:
    rows = [Row(number, ("", str(number), "Acme", "old", "", "", "")) for number in range(100)]
    source = ListSource(rows)
    app = demo_app(source)
    async with app.run_test(size=(120, 24)) as pilot:
        table = table_of(app)
        painted: list[tuple[Region, ...]] = []
        refresh = table.refresh

        def recorded(*regions: Region, **arguments: bool) -> RowTable:
            painted.append(regions)
            return refresh(*regions, **arguments)

        table.refresh = recorded  # type: ignore[method-assign]
        table.reload()
        assert painted == []
        rows[5] = Row(5, ("", "5", "Acme", "new subject", "", "", ""))
        table.reload()
        assert [len(regions) for regions in painted] == [1]
        await pilot.pause()
        assert "new subject" in screen_text(app)


async def test_messages_tell_key_and_place() -> None:
    seen: list[object] = []
    app = demo_app()
    async with app.run_test(size=(120, 24), message_hook=seen.append) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
    told = [message for message in seen if isinstance(message, RowTable.Highlighted)]
    assert (told[-1].key, told[-1].index) == (1, 1)
    assert [message.key for message in seen if isinstance(message, RowTable.Opened)][:1] == [1]


async def test_mouse_click_double_click_and_wheel() -> None:
    seen: list[object] = []
    app = demo_app()
    async with app.run_test(size=(120, 24), message_hook=seen.append) as pilot:
        table = table_of(app)
        await pilot.click(table, offset=(20, 5))
        assert table.cursor == 4
        assert not any(isinstance(message, RowTable.Opened) for message in seen)
        await pilot.click(table, offset=(20, 6), times=2)
        assert any(isinstance(message, RowTable.Opened) and message.key == 5 for message in seen)
        await pilot.click(table, offset=(20, 0))
        assert table.cursor == 5
        for _number in range(2):
            table.post_message(events.MouseScrollDown(table, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert table.top == 2 * (table.page // 3)
        assert table.top <= table.cursor < table.top + table.page


async def test_marks_are_shown_by_sign_and_kept_by_key() -> None:
    source = Numbers(1_000)
    app = demo_app(source)
    async with app.run_test(size=(120, 24)) as pilot:
        table = table_of(app)
        table.toggle_mark()
        await pilot.press("j")
        await pilot.pause()
        assert screen_lines(app)[3].startswith("•")
        await pilot.press("k")
        assert cursor_line(app).startswith("»")
        source.first = -1
        table.reload()
        assert table.marked == {0}
        table.toggle_mark()
        assert table.marked == set()


async def test_hostile_text_is_shown_and_nothing_of_it_acts() -> None:
    rows = [Row(number, ("!", str(number), HOSTILE, HOSTILE, HOSTILE, "", "")) for number in range(5)]
    app = demo_app(ListSource(rows))
    async with app.run_test(size=(200, 24)):
        text = screen_text(app)
        assert "[/foo] [red]x␛[31m" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(cell_len(line) == 200 for line in screen_lines(app))
        assert app.failures.errors == []


async def test_a_far_jump_of_a_threaded_source_does_not_block_and_the_newest_wins() -> None:
    class Slow(Numbers):
        threaded = True

        def load(self, first: int, size: int) -> Sequence[Row]:
            import threading

            if first >= 2_000:
                assert threading.current_thread() is not threading.main_thread()
            return super().load(first, size)

    app = demo_app(Slow())
    async with app.run_test(size=(120, 24)) as pilot:
        table = table_of(app)
        table.move_to(500_000)
        table.move_to(900_000)
        for _turn in range(200):
            if table.cursor_key is not None:
                break
            await pilot.pause(0.01)
        await pilot.pause()
        assert table.cursor_key == 900_000
        assert " 900000 " in cursor_line(app)
        assert app.failures.errors == []


async def test_a_source_that_fails_is_told_and_the_list_goes_on() -> None:
    class Broken(Numbers):
        broken = False

        def load(self, first: int, size: int) -> Sequence[Row]:
            if self.broken:
                raise RuntimeError("no such table")
            return super().load(first, size)

    source = Broken()
    app = demo_app(source)
    async with app.run_test(size=(120, 30)) as pilot:
        source.broken = True
        await pilot.press("G")
        await pilot.pause()
        assert "no such table" in screen_text(app)
        source.broken = False
        await pilot.press("escape", "g", "G", "k")
        await pilot.pause()
        assert " 999998 " in cursor_line(app)


async def test_every_size_from_tiny_to_wide_keeps_the_cursor_in_view() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["pagedown"] * 4)
        for width, height in ((80, 24), (40, 10), (20, 6), (200, 60), (120, 40), (10, 8)):
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.05)
            assert any(line[:1] == "›" for line in screen_lines(app)), (width, height)
        assert app.failures.errors == []


async def test_the_screen_that_is_asked_gets_the_row_table_even_when_it_is_empty() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "Press n for a new one." in screen_text(app)
        await pilot.press("j", "k", "G", "pagedown", "enter")
        assert app.failures.errors == []
        await pilot.press("1")
        await asyncio.sleep(0)
        await pilot.pause()
        assert isinstance(app.screen, DemoScreen)
