"""Repainting little: how much of a line differs, and what a move costs on the wire."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from leadconsole.console.widgets.repaint import cells_to_paint
from leadconsole.console.widgets.text_pane import TextPane, block
from leadconsole.console.wire import ByNumber

RED, BLUE, LINE = Style(color="#ff8787"), Style(color="#5fafd7"), Style(underline=True)


def strip(*pieces: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces])


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ([("same", RED)], [("same", RED)], 0),
        ([("sa", RED), ("me", RED)], [("same", RED)], 0),
        ([("one   ", RED)], [("two   ", RED)], 3),
        ([("longer", RED)], [("long  ", RED)], 6),
        ([("a  ", RED)], [("a", RED), ("  ", BLUE)], 0),
        ([("a  ", RED)], [("a", RED), ("  ", LINE)], 3),
        ([("tone  ", RED)], [("tone  ", BLUE)], 4),
        ([("кот   ", RED)], [("кит   ", RED)], 2),
        ([("漢字  ", RED)], [("漢子  ", RED)], 6),
    ],
)
def test_a_line_is_painted_up_to_the_last_cell_that_differs(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]], cells: int
) -> None:
    assert cells_to_paint(strip(*old), strip(*new)) == cells


def test_colours_of_the_palette_are_sent_by_number_and_stay_the_same() -> None:
    style = Style(color="#dadada", bgcolor="#121212", bold=True)
    (short,) = ByNumber().apply([Segment("text", style)], Color(0, 0, 0))
    assert short.style is not None
    console = Console(color_system="truecolor", force_terminal=True)
    assert Strip([short]).render(console) == "\x1b[1;38;5;253;48;5;233mtext\x1b[0m"
    assert short.style.color is not None
    assert short.style.color.get_truecolor() == (218, 218, 218)
    for colour in ("#123456", "#0000d7", "#ffffff", "red", "default"):
        (same,) = ByNumber().apply([Segment("text", Style(color=colour))], Color(0, 0, 0))
        number = same.style.color.number if same.style and same.style.color else None
        assert number is None or colour in ("red", "#ffffff"), colour


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield TextPane()


async def test_a_pane_repaints_only_lines_that_differ() -> None:
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        pane = app.query_one(TextPane)
        pane.show([block("title one"), block("the same"), block("long line of it"), block("last")])
        await pilot.pause()
        painted: list[Region] = []
        pane.refresh = lambda *regions, **_: painted.extend(regions) or pane  # type: ignore[method-assign,func-returns-value]
        pane.show([block("title two"), block("the same"), block("long"), block("last")])
        assert painted == [Region(0, 0, 10, 1), Region(0, 2, 16, 1)]
        assert pane.text == "title two\nthe same\nlong\nlast"
