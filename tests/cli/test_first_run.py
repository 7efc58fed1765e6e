"""Who starts the program without a desk: a person at a terminal is asked, a script is told as ever."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.terminals import started, until


def home() -> Path:
    return Path(os.environ["XDG_DATA_HOME"]) / "leadconsole"


def test_a_person_begins_with_an_empty_desk_and_finds_it_again() -> None:
    process, terminal = started()
    until(terminal, "Working hours")
    for letter in "Olha":
        os.write(terminal, letter.encode())
        until(terminal, letter)
    for _tab in range(5):
        os.write(terminal, b"\t")
        time.sleep(0.3)
    os.write(terminal, b"e")
    until(terminal, "no tickets yet")
    os.write(terminal, b"q")
    assert process.wait(20) == 0
    os.close(terminal)
    assert {path.name.partition("-")[0] for path in home().iterdir()} == {"desk.db"}
    assert stat.S_IMODE(home().stat().st_mode) == 0o700
    assert stat.S_IMODE((home() / "desk.db").stat().st_mode) == 0o600
    told = subprocess.run(
        [sys.executable, "-m", "leadconsole", "queue", "--json"], capture_output=True, text=True, check=True
    )
    assert '"total": 0' in told.stdout
    process, terminal = started()
    until(terminal, "olha")
    os.write(terminal, b"q")
    assert process.wait(20) == 0
    os.close(terminal)


@pytest.mark.parametrize("key", [b"\x1b", b"\x11"])
def test_a_person_who_leaves_leaves_no_trace(tmp_path: Path, key: bytes) -> None:
    process, terminal = started()
    until(terminal, "Working hours")
    os.write(terminal, key)
    until(terminal, "\x1b[?1049l")
    assert process.wait(20) == 0
    os.close(terminal)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("--db", "none.db"), ("--as", "lida"), ("--json",)])
def test_who_names_a_file_or_a_person_is_not_asked(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    process, terminal = started(*arguments)
    until(terminal, "leadconsole")
    assert process.wait(20) in (2, 3)
    os.close(terminal)
    assert list(tmp_path.iterdir()) == []


def test_a_desk_that_was_named_by_the_environment_is_not_asked_for(tmp_path: Path) -> None:
    process, terminal = started(LEADCONSOLE_DB=str(tmp_path / "none.db"))
    until(terminal, "There is no desk at")
    assert process.wait(20) == 3
    os.close(terminal)


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    home().mkdir(parents=True)
    (home() / "desk.db").symlink_to("gone.db")
    process, terminal = started()
    until(terminal, "desk.db")
    assert process.wait(20) == 3
    os.close(terminal)


def test_without_a_terminal_the_sentence_stays(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, "-m", "leadconsole"], capture_output=True, text=True, check=False)
    assert told.returncode == 3
    assert told.stderr.startswith("There is no desk at ")
    assert len(told.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_keymap_is_written_once_and_then_checked(tmp_path: Path) -> None:
    def keymap() -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "leadconsole", "keymap"]
        return subprocess.run(line, capture_output=True, text=True, check=False)

    path = Path(os.environ["XDG_CONFIG_HOME"]) / "leadconsole" / "keymap.toml"
    first = keymap()
    assert (first.returncode, first.stderr) == (0, "")
    assert str(path) in first.stdout
    text = path.read_text(encoding="utf-8")
    assert '# "ticket.assign" = "a"  # Assign' in text
    assert '# "app.screen-2" = "2"  # Queue' in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keymap().returncode == 0
    path.write_text(text + '"ticket.asign" = "e"\n', encoding="utf-8")
    wrong = keymap()
    assert wrong.returncode == 1
    assert f"line {len(text.splitlines()) + 1}: There is no command «ticket.asign»" in wrong.stdout
    assert not home().exists()


def test_a_theme_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    process, terminal = started(LEADCONSOLE_THEME="pink")
    until(terminal, "dark, light, high-contrast")
    assert process.wait(20) == 2
    os.close(terminal)
