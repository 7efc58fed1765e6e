"""The measuring terminal, tried on a program of ten lines whose every byte is known."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from .bars import BARS, Bar, lines, verdicts
from .scenes import console
from .steps import Do, Hold, Memory, Press, Program, Rest, measure, medians, percentile
from .terminal import Terminal

ECHO = """
import os, tty
tty.setraw(0)
os.write(1, b"\\x1b[?2026$p\\x1b[?25l")
report = os.read(0, 99)
os.write(1, b"ready " + report[2:])
place = 0
while key := os.read(0, 99):
    place += 1
    if key == b"y":
        os.write(1, b"\\x1b[%d;70H%s" % (2 + place % 30, b"x" * 40))
    elif key == b"z":
        os.write(1, b"\\x1b[?2026h\\x1b[5;1Hlater")
        __import__("time").sleep(0.02)
        os.write(1, b"\\x1b[?2026l")
"""


@pytest.fixture
def echo(tmp_path: Path) -> list[str]:
    """A program that answers `y` with forty letters, `z` with a frame in two halves, others with nothing."""
    script = tmp_path / "echo.py"
    script.write_text(ECHO)
    return [sys.executable, str(script)]


def test_it_finds_the_start_and_counts_every_byte_of_a_key(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal:
        assert terminal.wait_for("ready") > 0
        answer = terminal.press("y", settle=0.05)
        assert terminal.text().count("x") == 40
    assert answer.first is not None
    assert answer.settled is not None
    assert 0 < answer.first <= answer.settled
    assert answer.bytes in (len("\x1b[2;70H") + 40, len("\x1b[30;70H") + 40)


def test_it_answers_as_a_terminal_with_synchronised_output(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal:
        terminal.wait_for(r"ready \?2026;2\$y")


def test_a_frame_counts_when_it_is_whole(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal:
        terminal.wait_for("ready")
        answer = terminal.press("z", settle=0.2)
    assert answer.first is not None
    assert answer.first >= 20


def test_a_key_without_effect_is_told(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal:
        terminal.wait_for("ready")
        assert terminal.press("n", settle=0.05, patience=0.1).first is None


def test_only_the_watched_columns_count(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal:
        terminal.wait_for("ready")
        beside = terminal.press("y", settle=0.05, columns=(0, 60))
        inside = terminal.press("y", settle=0.05, columns=(60, 120))
    assert beside.first is None
    assert beside.bytes > 40
    assert inside.first is not None


def test_a_program_that_never_shows_it_is_told_with_its_screen(echo: list[str]) -> None:
    with Terminal(echo, dict(os.environ)) as terminal, pytest.raises(TimeoutError, match="ready"):
        terminal.wait_for("nowhere", timeout=0.1)


def test_a_program_that_ends_is_not_waited_for() -> None:
    with Terminal([sys.executable, "-c", "print('bye')"], dict(os.environ)) as terminal:
        with pytest.raises(TimeoutError, match="bye"):
            terminal.wait_for("hello")
        assert terminal.ended


def test_a_run_brings_named_figures(echo: list[str]) -> None:
    steps = (
        Do(("y",)),
        Press("letters", ("y", "n"), 4, settle=0.03),
        Hold("held", "y", times=6),
        Rest("idle", 0.2),
        Memory("memory"),
    )
    figures, screen = measure(Program("echo", echo, "ready", steps, dict(os.environ)))
    assert "ready" in screen
    assert figures["letters.silent"] == 2
    assert figures["letters.first.p50"] <= figures["letters.settled.p95"]
    assert 46 <= figures["held.bytes"] <= 48
    assert figures["idle.bytes"] == 0
    assert figures["memory"] > 1


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert [percentile(values, share) for share in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([7.0], 50) == 7


def test_medians_are_taken_figure_by_figure() -> None:
    assert medians([{"a": 1.0}, {"a": 9.0, "b": 4.0}, {"a": 2.0}]) == {"a": 2.0, "b": 4.0}


def test_bars_compare_with_hello_the_table_and_the_smallest_desk() -> None:
    figures = {
        "hello": {"start": 200.0, "idle.cpu": 0.1},
        "DataTable 100": {"down.first.p50": 10.0},
        "small": {"start": 250.0, "down.first.p50": 3.0, "idle.cpu": 0.15},
        "large": {"start": 390.0, "down.first.p50": 6.0, "idle.cpu": 0.4},
    }
    judged = verdicts(figures, ["small", "large"])
    found = {(one.program, one.bar.title): one.met for one in judged if one.value is not None}
    assert found == {
        ("small", "start"): True,
        ("small", "down p50"): True,
        ("small", "idle CPU"): True,
        ("large", "start"): False,
        ("large", "down p50"): False,
        ("large", "idle CPU"): False,
        ("large", "start as on small"): False,
        ("large", "down.first.p50 as on small"): False,
    }


def test_a_bar_without_a_figure_is_not_met_and_says_so() -> None:
    judged = list(verdicts({"desk": {"down.bytes": 700.0}}, ["desk"]))
    assert {one.bar.title for one in judged if one.met} == {"bytes per move"}
    assert sum("not measured" in line for line in lines(judged)) == len(BARS) - 1


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.title)
def test_each_bar_names_a_figure_that_the_console_scene_brings(bar: Bar) -> None:
    brought = {"start"}
    for step in console("desk", ["leadconsole"], {}, 1.0).steps:
        name = getattr(step, "name", None)
        brought |= {name} if name else set()
    assert any(bar.figure == name or bar.figure.startswith(f"{name}.") for name in brought)
