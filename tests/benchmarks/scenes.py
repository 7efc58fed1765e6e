"""Which keys are pressed in which program, and what a started one shows: the table to adjust."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .steps import Do, Hold, Memory, Press, Program, Rest, Step

# What the console shows and understands. Change it here when the screen changes.
FIRST_PAGE = r"\b\d{1,7}\s+\w+-\d{3}\b"  # a number beside a client; desk.py names clients «Вектор-017»
PANE_OPEN_AT_START = True  # at 120 columns
TOGGLE_PANE = "i"
TO_QUEUE = ("2",)  # from Today, on which the console opens
TO_SORTED = ("[",)  # from the first view of the queue to the last of the own ones (desks.py), each with its order
SORT_SWITCHES = ("[", "]")
TO_VIEW_ALL = ("[", "[")  # from there to the one that has every ticket
VIEW_SWITCHES = ("[", "]")
PAGES = ("pagedown", "pagedown", "pagedown", "pageup")
FIRST_AND_LAST = ("G", "g")
SEARCH, LEAVE_SEARCH = "/", ("escape",)
WORDS = ("печать", "invoice", "обмін", "1024")
FILTERS = ("client:c017", "priority:high due<2h")
WRITE_AND_UNDO = ("n", "x", "ctrl+s", "u")
LIST_COLUMNS = (0, 77)  # what follows the cursor at once; the pane beside it may come later

HERE = Path(__file__).parent
MOVES = 200


def hello(environment: Mapping[str, str], rest: float) -> Program:
    """The bare Textual app."""
    steps = (Rest("idle", rest), Memory("memory"))
    return Program("hello", (sys.executable, str(HERE / "hello.py")), "hello", steps, environment)


def stock_table(environment: Mapping[str, str], rest: float, rows: int = 100) -> Program:
    """Textual's DataTable; two of its three pages are new when reached, later ones come from its cache."""
    steps = (
        Do(("down", "up")),
        Press("page", ("pagedown",), 2),
        Press("again", ("pageup", "pagedown"), 20),
        Do(("ctrl+home",)),
        Press("down", ("down",), min(95, rows)),
        Do(("ctrl+home",)),
        Hold("held", "down"),
        Rest("idle", rest),
        Memory("memory"),
    )
    command = (sys.executable, str(HERE / "stock_table.py"), str(rows))
    return Program(f"DataTable {rows}", command, r"\b1 .*Вектор", steps, environment)


def console(name: str, command: Sequence[str], environment: Mapping[str, str], rest: float) -> Program:
    """The console on a desk: list alone, then with the ticket beside it, then search, then a write."""
    close_pane = (Do((TOGGLE_PANE,)),) if PANE_OPEN_AT_START else ()
    searches: list[Step] = []
    for word in WORDS:
        searches += [
            Do((SEARCH,)),
            Press("letter", word[:2], 2, settle=0.25, columns=LIST_COLUMNS),
            Press("letter3", word[2:], len(word) - 2, settle=0.25, columns=LIST_COLUMNS),
            Do(LEAVE_SEARCH),
        ]
    for text in FILTERS:
        searches += [
            Do((SEARCH,)),
            Press("filter", text, len(text), settle=0.25, columns=LIST_COLUMNS),
            Do(LEAVE_SEARCH),
        ]
    steps: tuple[Step, ...] = (
        Rest("idle", rest),
        Do(TO_QUEUE),
        *close_pane,
        Do(TO_SORTED),
        Press("sort", SORT_SWITCHES, 10, settle=0.25),
        Do(TO_VIEW_ALL),
        Do(("down", "up")),
        Press("down", ("down",), MOVES),
        Press("page", PAGES, 20),
        Press("end", FIRST_AND_LAST, 10, settle=0.15),
        Press("view", VIEW_SWITCHES, 10, settle=0.15),
        Do(("g",)),
        Hold("held", "down"),
        Do(("g", TOGGLE_PANE)),
        Press("pane.down", ("down",), 40, settle=0.4, columns=LIST_COLUMNS),
        Hold("pane.held", "down", columns=LIST_COLUMNS),
        *searches,
        Memory("memory"),
        Do(WRITE_AND_UNDO),
        Memory("memory.write"),
    )
    return Program(name, command, FIRST_PAGE, steps, environment)
