"""A console without any slice: a list of a million rows, and what tests look at."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from textual.app import App
from textual.widget import Widget
from textual.widgets import Input

from leadconsole.console.app import ConsoleApp
from leadconsole.console.entries import ScreenEntry
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row

HOSTILE = "[/foo] [red]x\x1b[31m\x1b]52;c;AAAA\x07 \u202eevil\u200b 👩‍👩‍👧 漢字"

COLUMNS = (
    Column("sign", "", 1),
    Column("number", "№", 7, align="right"),
    Column("client", "Client", 10, flex=1),
    Column("subject", "Subject", 20, flex=3),
    Column("who", "Who", 6, keep=2),
    Column("age", "Age", 6, align="right", keep=3),
    Column("left", "Left", 7, align="right"),
)


class Numbers:
    """Rows with the numbers from `first` on as keys; can be shifted as if rows came in above."""

    threaded = False

    def __init__(self, count: int = 1_000_000, first: int = 0) -> None:
        self.count = count
        self.first = first
        self.gone: set[int] = set()
        self.loads: list[tuple[int, int]] = []

    def load(self, first: int, size: int) -> Sequence[Row]:
        self.loads.append((first, size))
        return [self.row(place + self.first) for place in range(first, min(first + size, self.count))]

    def index_of(self, key: Hashable, near: int) -> int | None:
        assert isinstance(key, int)
        return None if key in self.gone or not 0 <= key - self.first < self.count else key - self.first

    def row(self, number: int) -> Row:
        tone = ("danger", "warning", "", "", "dim")[number % 5]
        sign = "!~   "[number % 5]
        cells = (sign, f"{number}", "Ромашка", f"Не проводится реализация {number}", "lida", "2d", "-0:35")
        return Row(number, (Cell(sign, tone), *cells[1:6], Cell(cells[6], tone)), "")


class DemoScreen(ConsoleScreen):
    """A list with a filter line and a few commands."""

    LEGEND = (("!", "overdue"), ("~", "at risk"))
    SCREEN_COMMANDS = (
        Command("demo.assign", "Assign", "a", "demo", label="assign", priority=1, tooltip="Gives it to somebody."),
        Command(
            "demo.close",
            "Close [/foo]",
            "x",
            "demo",
            why_disabled=lambda screen: "It is closed already [/foo]" if screen.closed else None,
            dangerous=True,
            priority=2,
            label="close",
        ),
        Command("demo.filter", "Filter", "/", "demo", label="filter", priority=3),
        Command("demo.crash", "Crash", "C", "demo"),
    )
    source: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.closed = True
        self.ran: list[str] = []

    def compose_body(self) -> Iterable[Widget]:
        yield Input(id="filter", compact=True)
        yield RowTable(COLUMNS, self.source or Numbers(), empty="Nothing here.\nPress n for a new one.")

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def do_demo_assign(self) -> None:
        self.ran.append("assign")
        self.console.say("assigned 4711 to lida", "good", "u undo")

    def do_demo_close(self) -> None:
        self.ran.append("close")

    def do_demo_filter(self) -> None:
        self.ran.append("filter")
        self.query_one(Input).focus()

    def do_demo_crash(self) -> None:
        raise RuntimeError("the [/foo] broke")


class OtherScreen(ConsoleScreen):
    """A second tab."""

    SCREEN_COMMANDS = (Command("other.add", "Add", "n", "other", label="add", priority=1),)

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, Hashable]] = []

    def compose_body(self) -> Iterable[Widget]:
        yield RowTable(COLUMNS, ListSource(), empty="Nothing here.\nPress n for a new one.")

    def do_other_add(self) -> None:
        pass

    def open_subject(self, kind: str, key: Hashable) -> None:
        self.opened.append((kind, key))


ENTRIES = (
    ScreenEntry("1", "demo", "Demo", f"{__name__}:DemoScreen"),
    ScreenEntry("2", "other", "Other", f"{__name__}:OtherScreen", shows=("ticket",)),
)


def demo_app(source: Any = None, **arguments: Any) -> ConsoleApp:
    """The console over a fake source."""

    class Host(ConsoleApp):
        def make_screen(self, screen_class: type[ConsoleScreen]) -> ConsoleScreen:
            screen = screen_class()
            if isinstance(screen, DemoScreen):
                screen.source = source
            return screen

    return Host(ENTRIES, where="Мир-Софт · Анна (lead)", **arguments)


def screen_lines(app: App[Any]) -> list[str]:
    """What a user sees, line by line."""
    compositor = app.screen._compositor
    return [strip.text for strip in compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """What a user sees."""
    return "\n".join(screen_lines(app))


def modal_text(app: App[Any]) -> str:
    """What a user sees of the dialog on top, without the space around it."""
    return "\n".join(line.strip() for line in screen_lines(app))
