"""A line that drops, is slow, or ends in an old terminal: nothing typed is lost, and the place is found again."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from benchmarks.remote.line import Line
from benchmarks.terminal import Terminal
from remote.sshd import Server
from remote.test_escapes import session

DOWN = "down"


def cut(seen: Terminal) -> None:
    """The line is gone, without a word to the other side."""
    os.kill(seen.pid, signal.SIGKILL)
    time.sleep(1.5)


def await_text(seen: Terminal, text: str) -> None:
    """Wait until the screen has a text, which may be there already."""
    seen.press("\x0c", 0.1)
    if text not in seen.text():
        seen.wait_for(text)


def current(seen: Terminal) -> str:
    """The line with the cursor of the list."""
    return next((line for line in seen.text().splitlines() if line.startswith("›")), "")


def test_a_dropped_line_loses_neither_words_nor_place(server: Server) -> None:
    with session(server, "lida") as seen:
        seen.wait_for("Today")
        seen.press("2", 0.3)
        await_text(seen, "unassigned")
        for _ in range(7):
            seen.press(DOWN, 0.1)
        was = current(seen)
        assert "printer 7" in was
        seen.press("n", 0.5)
        for letter in "half a note":
            seen.press(letter, 0.05)
        cut(seen)
    with session(server, "lida") as seen:
        seen.wait_for("printer 7 ")
        seen.press("\x0c", 1.0)
        assert current(seen)[:30] == was[:30]
        seen.press("n", 0.8)
        assert "half a note" in seen.text()
        cut(seen)


def test_the_place_is_kept_on_other_screens_too_and_forgotten_by_who_quits(server: Server) -> None:
    with session(server, "anna") as seen:
        seen.wait_for("Today")
        seen.press("7", 1.0)
        await_text(seen, "team lead")
        seen.press(DOWN, 0.3)
        was = current(seen)
        cut(seen)
    with session(server, "anna") as seen:
        await_text(seen, "team lead")
        seen.press("\x0c", 0.5)
        assert current(seen)[:30] == was[:30]
        seen.press("\x11", 0.5)  # Ctrl+Q
    with session(server, "anna") as seen:
        seen.wait_for("rinter")
        assert "team lead" not in seen.text(), "who quits begins on the first screen"


def test_a_line_of_two_kilobytes_a_second_can_be_worked_on(server: Server) -> None:
    with Line(server.port, delay=0.15, rate=2_000) as line:
        slow = Server(server.folder, server.desk, line.port, server.process)
        with session(slow, "lida") as seen:
            seen.wait_for("Today", timeout=60)
            seen.rest(3)
            seen.press("2", 1.0, patience=5)
            await_text(seen, "unassigned")
            seen.press("g", 1.0, patience=5)
            for _ in range(60):  # two seconds of a held key: without pacing a quarter of a minute of repaints
                seen._send(DOWN)
                seen.rest(1 / 30)
            seen._send("n")
            seen.wait_for("Note", timeout=12)
            for letter in "over a thin wire":
                seen._send(letter)
                seen.rest(0.15)
            seen.wait_for("over a thin wire", timeout=12)
            cut(seen)
    with session(server, "lida") as seen:
        seen.wait_for("printer 29")
        assert "printer 29" in current(seen)
        seen.press("n", 1.0)
        assert "over a thin wire" in seen.text()


COLOUR = re.compile(rb"\x1b\[([0-9;]*)m")


def colours(data: bytes) -> set[str]:
    """How colours are named in an output: `16`, `256`, `true`."""
    found = set()
    for codes in COLOUR.findall(data):
        parts = codes.split(b";")
        for place, code in enumerate(parts):
            if code in (b"38", b"48"):
                found.add({b"5": "256", b"2": "true"}.get(parts[place + 1], "?"))
                break
            if code.isdigit() and (30 <= int(code) <= 37 or 40 <= int(code) <= 47 or 90 <= int(code) <= 107):
                found.add("16")
    return found


TERMINALS = {
    "xterm": {"16"},
    "xterm-256color": {"256"},
    "screen": {"16"},
    "screen-256color": {"256"},
    "tmux-256color": {"256"},
    "putty": {"16"},
    "putty-256color": {"256"},
    "linux": {"16"},
}


@pytest.mark.parametrize("term", TERMINALS)
def test_every_terminal_gets_the_colours_that_it_has(server: Server, term: str) -> None:
    data = painted(server, term)
    assert "printer" in data.decode("utf-8", "replace")
    assert "true" not in colours(data)
    assert colours(data) & TERMINALS[term] or colours(data) == {"16"}, colours(data)
    if TERMINALS[term] == {"16"}:
        assert "256" not in colours(data)


def test_without_colours_there_are_none(server: Server) -> None:
    data = painted(server, "xterm-256color", NO_COLOR="1")
    numbers = {int(number) for number in re.findall(rb"[34]8;5;([0-9]+)", data)}
    assert numbers <= GREYS, "Textual paints without colours in greys"
    assert "true" not in colours(data)


GREYS = {0, 7, 8, 15, 16, 59, 102, 145, 188, 231, *range(232, 256)}


def painted(server: Server, term: str, **environment: str) -> bytes:
    """All that the first seconds of a session send to a terminal of that name."""
    options = [f"-oSetEnv={name}={value}" for name, value in environment.items()]
    with session(server, "lida", *options, TERM=term) as seen:
        chunks = []
        until = time.monotonic() + 20
        while time.monotonic() < until:
            more = seen._collect(patience=0.5, quiet=0.3, limit=3.0)
            chunks += more
            if b"printer" in b"".join(one.data for one in chunks) and not more:
                break
        return b"".join(one.data for one in chunks)
