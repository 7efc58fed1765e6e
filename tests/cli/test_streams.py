"""The command line on terminals, pipes that close, signals, and streams of another encoding."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from cli.desk_file import Shell
from leadconsole.kernel.text import width

LONG = "Очень длинная тема, которая не помещается ни в какой узкий терминал, сколько ни сжимай столбцы"


def on_terminal(shell: Shell, cells: int, *arguments: str) -> tuple[int, str]:
    """Status of a command on a terminal of that width, and what it shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, cells, 0, 0))
    with subprocess.Popen(
        shell.line(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=shell.environment()
    ) as process:
        os.close(theirs)
        told = b""
        while piece := _read(ours):
            told += piece
    os.close(ours)
    return process.returncode, told.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux tells the end of a terminal so
        return b""


@pytest.mark.parametrize("cells", [40, 60, 80, 120])
def test_text_fits_the_terminal(shell: Shell, cells: int) -> None:
    shell.run("ticket", "add", "--client", "acme", "--subject", LONG, "--body", LONG * 3, "--assignee", "lida")
    shell.run("ticket", "note", "4", f"{LONG}\n{LONG}")
    for arguments in (["queue"], ["ticket", "show", "4"], ["norms", "2026-03"], ["check"]):
        status, told = on_terminal(shell, cells, *arguments)
        assert status == 0
        if arguments != ["check"]:
            assert max(map(width, told.splitlines())) <= cells, arguments
    words = shell.run("ticket", "show", "4").out
    assert LONG in words, "a pipe has no width"


def test_a_reader_that_leaves_is_no_error(shell: Shell) -> None:
    """It reads one character of an answer that is longer than what a pipe holds."""
    rows = [f"{number},acme,{'x' * 200},2026-03-01T10:00" for number in range(100, 700)]
    (shell.folder / "tickets.csv").write_text("\n".join(["number,client,subject,created", *rows]))
    assert shell.run("import", "tickets.csv").status == 0
    for arguments in (["queue", "--limit", "0"], ["queue", "--json", "--limit", "0"], ["--help"]):
        reading, writing = os.pipe()
        process = subprocess.Popen(
            shell.line(*arguments), stdout=writing, stderr=subprocess.PIPE, text=True, env=shell.environment()
        )
        os.close(writing)
        assert os.read(reading, 1)
        os.close(reading)
        _out, err = process.communicate()
        assert (process.returncode, err) == (0, ""), arguments


def test_closed_streams_are_no_error(shell: Shell) -> None:
    for arguments, closed in (("queue", ">&-"), ("queue", "2>&-"), ("queue --json", ">&- 2>&-")):
        line = f"exec {' '.join(shell.line())} {arguments} {closed}"
        assert (
            subprocess.run(["sh", "-c", line], capture_output=True, env=shell.environment(), check=False).stderr == b""
        )
    line = f"exec {' '.join(shell.line())} ticket note 1 - <&-"
    told = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=shell.environment(), check=False)
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda one: str(one)
)
def test_a_demo_that_is_stopped_leaves_no_file(shell: Shell, number: signal.Signals, status: int) -> None:
    """Stopped as soon as the file is there: then it is being filled."""
    target = shell.folder / "demo.db"
    process = subprocess.Popen(
        shell.line("demo", "--into", str(target)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=shell.environment(),
        # What runs in the background may have signals ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    while not list(shell.folder.glob("*demo*")) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(number)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (status, "", "")
    assert not list(shell.folder.glob("*demo*"))


def test_standard_input_must_be_text(shell: Shell) -> None:
    told = shell.run("ticket", "note", "1", "-", "--json", stdin="Привет".encode("cp1251"))
    assert (told.status, told.json["error"]["code"]) == (1, "bad_encoding")
    with_mark = shell.run("ticket", "note", "1", "-", "--json", stdin=b"\xef\xbb\xbfone\r\ntwo")
    assert with_mark.json["timeline"][-1]["text"] == "one\ntwo"
    assert shell.run("ticket", "note", "1", "-", stdin="").status == 1
    assert len(shell.run("ticket", "show", "1", "--json").json["timeline"]) == 1


def test_what_is_typed_comes_back_harmless(shell: Shell) -> None:
    hostile = "a\nb\x1b[31m\x1b]52;c;AAAA\x07\u202e\x9b"
    for arguments in ([hostile], ["queue", "--view", hostile], ["queue", "--as", hostile], ["import", hostile]):
        for more in ([], ["--json"]):
            told = shell.run(*arguments, *more)
            assert told.status in (1, 2)
            assert not set(told.out + told.err) & {"\x1b", "\x07", "\u202e", "\x9b"}, arguments
            assert len(told.err.splitlines()) == 1


def test_json_is_one_object_in_any_encoding(shell: Shell) -> None:
    shell.run("ticket", "add", "--client", "acme", "--subject", "Смайлик 👩‍👧 и ударе́ние")
    expected = shell.run("queue", "--json", "--search", "Смайлик").json
    assert expected["tickets"][0]["subject"].startswith("Смайлик 👩")
    for encoding in ("ascii", "cp1251", "koi8-r", "latin-1"):
        told = shell.run("queue", "--json", "--search", "Смайлик", PYTHONIOENCODING=encoding)
        assert told.out.isascii()
        assert told.json == expected


def test_nothing_stays_in_the_temporary_folder(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    (tmp_path / "clients.csv").write_text("code,name\nacme,Acme\n")
    fresh = Shell(tmp_path, tmp_path / "fresh.db")
    assert fresh.run("import", "clients.csv", "--dry-run", TMPDIR=str(folder)).status == 0
    assert list(folder.iterdir()) == []
    assert not fresh.desk.exists()
