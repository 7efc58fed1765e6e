"""Ways out of the desk, each tried over a real OpenSSH server that is wide open: the key's line alone must hold."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from remote.sshd import Said, Server

ELSEWHERE = "/tmp/leadconsole-was-here"

WORDS: dict[str, tuple[str, str]] = {
    "a shell": ("lida", "bash"),
    "a shell's command": ("lida", "sh -c 'id'"),
    "a second command": ("lida", f"queue; touch {ELSEWHERE}"),
    "a command in a command": ("lida", f"queue $(touch {ELSEWHERE})"),
    "a command in backticks": ("lida", f"queue --search x `touch {ELSEWHERE}`"),
    "a pipe": ("lida", "queue | sh"),
    "a background": ("lida", f"queue & touch {ELSEWHERE}"),
    "a redirection": ("lida", f"queue > {ELSEWHERE}"),
    "a line break": ("lida", f"queue\ntouch {ELSEWHERE}"),
    "a quote that isn't closed": ("lida", "queue 'x"),
    "a program by its path": ("lida", "/bin/sh"),
    "the program by its path": ("lida", "/usr/bin/env leadconsole queue"),
    "another login": ("lida", "queue --as anna"),
    "another login, joined": ("lida", "queue --as=anna"),
    "another login by connect": ("lida", "connect anna"),
    "another database": ("lida", "queue --db /tmp/other.db"),
    "another database, joined": ("lida", "queue --db=/tmp/other.db"),
    "an option as a value": ("lida", "queue --search --db"),
    "the end of options": ("lida", "queue -- --db"),
    "a file for shifts": ("lida", f"roster ics lida --into {ELSEWHERE}"),
    "a roster as a file": ("anna", f"roster show 2026-03 --xlsx {ELSEWHERE}.xlsx"),
    "a path for a login": ("lida", "roster ics ../../etc/passwd"),
    "a file for a payout": ("dora", f"payout export 2026-02 {ELSEWHERE}.xlsx"),
    "a payout": ("lida", "payout export 2026-02 -"),
    "the whole payout": ("dora", "payout 2026-02"),
    "closing a month": ("anna", "payout close 2026-02"),
    "an export": ("anna", f"export {ELSEWHERE}"),
    "an import": ("anna", "import /etc/passwd"),
    "a mapping file": ("anna", "import x.csv --map /etc/passwd"),
    "a backup": ("anna", f"backup {ELSEWHERE}"),
    "a restore": ("anna", "restore /etc/passwd"),
    "a demo": ("lida", f"demo --into {ELSEWHERE}"),
    "a keymap": ("lida", "keymap"),
    "the keys of others": ("lida", "ssh keys"),
    "a key more": ("anna", "ssh add-key lida /etc/passwd"),
    "writing without a screen": ("lida", "ticket assign 1 lida"),
    "help, which tells more": ("lida", "queue --help"),
    "the queue, by accounting": ("dora", "queue"),
    "a file copied by scp -O": ("lida", f"scp -t {ELSEWHERE}"),
    "git": ("lida", "git-upload-pack '/etc'"),
}
"""What may not be said, and by whom."""


@pytest.fixture(scope="module")
def said(server: Server) -> dict[str, Said]:
    """What each attempt brought; tried four at a time."""
    with ThreadPoolExecutor(4) as hands:
        tried = {name: hands.submit(server.say, login, words) for name, (login, words) in WORDS.items()}
        return {name: one.result() for name, one in tried.items()}


@pytest.mark.parametrize("name", WORDS)
def test_only_a_few_words_may_be_said(said: dict[str, Said], name: str) -> None:
    told = said[name]
    assert told.status == 1, told
    assert told.out == ""
    assert "can't be done over SSH" in told.err
    assert "Traceback" not in told.err
    assert not list(Path(ELSEWHERE).parent.glob(f"{Path(ELSEWHERE).name}*"))


def test_each_is_written_down_and_the_lead_reads_it(server: Server, said: dict[str, Said]) -> None:
    told = server.leadconsole("ssh", "refused")
    for name, (login, words) in WORDS.items():
        first = words.splitlines()[0][:30]
        assert any(f"  {login} «{first}" in line for line in told.splitlines()), name


SUBSYSTEMS: dict[str, Callable[[Server], list[str]]] = {
    "sftp": lambda server: [*server.client("lida", "-s"), "sftp"],
    "a terminal with a shell": lambda server: [*server.client("lida", "-tt"), "bash"],
    "a port of the host": lambda server: server.client("lida", "-W", f"127.0.0.1:{server.port}"),
    "a port on the host": lambda server: server.client(
        "lida", "-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:9"
    ),
    "a socket on the host": lambda server: server.client(
        "lida", "-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{ELSEWHERE}.sock:127.0.0.1:9"
    ),
    "a stranger": lambda server: [*server.client("stranger"), "queue"],
}


@pytest.mark.parametrize("name", SUBSYSTEMS)
def test_what_else_ssh_can_do_is_refused(server: Server, name: str) -> None:
    told = subprocess.run(SUBSYSTEMS[name](server), input=b"", capture_output=True, timeout=30, check=False)
    assert told.returncode != 0
    assert not Path(f"{ELSEWHERE}.sock").exists()
    assert b"root:" not in told.stdout
    if name == "sftp":  # sshd drops what a subsystem says on stderr
        assert "«internal-sftp»" in server.leadconsole("ssh", "refused")
    if name == "a terminal with a shell":
        assert b"can't be done over SSH" in told.stderr + told.stdout


VARIABLES = {
    "another database": {"LEADCONSOLE_DB": "/tmp/other.db"},
    "another time": {"LEADCONSOLE_NOW": "2020-01-01T00:00:00+00:00"},
    "no such language": {"LEADCONSOLE_LANG": "xx"},
    "another home": {"HOME": "/tmp", "XDG_DATA_HOME": "/tmp", "XDG_STATE_HOME": "/tmp", "XDG_CONFIG_HOME": "/tmp"},
    "a language with a path": {"LANG": "../../../../etc/passwd", "LC_ALL": "$(touch pwned)", "LANGUAGE": "../x"},
    "a programmer's Textual": {"TEXTUAL": "debug,devtools", "TEXTUAL_DRIVER": "os:system", "TEXTUAL_LOG": ELSEWHERE},
    "an editor": {"EDITOR": f"touch {ELSEWHERE}", "VISUAL": "sh", "PAGER": "sh", "BROWSER": "sh"},
}


@pytest.mark.parametrize("name", VARIABLES)
def test_variables_from_the_other_end_change_nothing(server: Server, name: str) -> None:
    options = ["-o", "SetEnv=" + " ".join(f'{key}="{value}"' for key, value in VARIABLES[name].items())]
    told = server.say("lida", "queue --view all --limit 1 --json", options=options)
    assert told.status == 0, told
    assert '"total": 30' in told.out
    assert not Path(ELSEWHERE).exists()
    assert not Path("/tmp/leadconsole").exists()


@pytest.mark.parametrize("term", ["../../etc/passwd", "x" * 500, "dumb", "xterm; $(id) %s%n"])
def test_a_name_of_a_terminal_is_only_a_name(server: Server, term: str) -> None:
    with session(server, "lida", TERM=term) as seen:
        seen.wait_for("printer")


def session(server: Server, login: str, *options: str, columns: int = 100, **environment: str) -> Terminal:
    """The screen of a person over the network."""
    return Remote(
        server.client(login, "-tt", *options), {**os.environ, **environment}, columns=columns, lines=30,
        term=environment.get("TERM", "xterm-256color"),
    )  # fmt: skip


class Remote(Terminal):
    """A terminal whose name the test chooses."""

    def __init__(self, command: list[str], environment: dict[str, str], *, columns: int, lines: int, term: str) -> None:
        super().__init__(["env", f"TERM={term}", *command], environment, columns, lines)


@pytest.fixture(scope="module")
def screen(server: Server) -> Iterator[Terminal]:
    """Anna's whole desk over the network, with everything asked for that a client can ask for."""
    options = ("-A", "-X", "-o", "EnableEscapeCommandline=yes", "-e", "~")
    with session(server, "anna", *options, EDITOR="sh", PAGER="sh", DISPLAY="127.0.0.1:9") as seen:
        seen.wait_for("Today")
        seen.press("2", 0.5)
        yield seen


def test_nothing_of_the_client_reaches_the_session(server: Server, screen: Terminal) -> None:
    found = [one for one in Path("/proc").glob("[0-9]*/cmdline") if _is_session(one, server)]
    assert found
    for one in found:
        began = (one.parent / "environ").read_bytes()
        assert b"SSH_AUTH_SOCK" not in began
        assert b"DISPLAY=" not in began


def _is_session(path: Path, server: Server) -> bool:
    try:
        words = path.read_bytes().split(b"\0")
    except OSError:
        return False
    return b"connect" in words and str(server.desk).encode() in words


def test_keys_of_the_terminal_stop_nothing(screen: Terminal) -> None:
    for key in ("\x1a", "\x1c", "\x1d", "\x11", "\x13"):  # ^Z ^\ ^] ^Q is ours
        if key != "\x11":
            screen.press(key, 0.1)
    assert not screen.ended
    screen.press("j", 0.2)
    assert "printer" in screen.text()


def test_the_palette_has_no_way_out(screen: Terminal) -> None:
    for wanted in ("screenshot", "suspend", "shell", "url", "devtools"):
        screen.press(":", 0.3)
        for letter in wanted:
            screen.press(letter, 0.1)
        text = screen.text().lower()
        screen.press("escape", 0.3)
        assert "nothing" in text or "no command" in text or wanted not in text.replace(wanted, "", 1), text


def test_own_keys_and_files_are_not_for_a_guest(screen: Terminal) -> None:
    screen.press(":", 0.3)
    for letter in "own keys":
        screen.press(letter, 0.1)
    text = screen.text()
    screen.press("escape", 0.3)
    assert "Own keys belong to one's" in text


def test_the_escape_of_the_client_opens_no_port(server: Server, screen: Terminal) -> None:
    screen.press("enter", 0.3)
    screen.press("escape", 0.3)
    screen._send("\r~C")  # in one piece: the terminal's own answers would come in between
    told = b"".join(chunk.data for chunk in screen._collect(patience=3.0, quiet=0.5, limit=3.0))
    assert b"ssh>" in told, "the client listens"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for letter in f"-R {port}:127.0.0.1:9\r":
        screen.press(letter, 0.05)
    time.sleep(0.5)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert not screen.ended
