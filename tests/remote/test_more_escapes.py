"""Further ways out and ways to do harm: odd sayings, forwards, shared connections, huge and lying terminals."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from leadconsole.kernel import host_files
from leadconsole.kernel.errors import NotAllowed, Refused
from remote.sshd import Said, Server
from remote.test_escapes import session

SAYINGS = {
    "no-break spaces": "queue\u00a0--db\u00a0/etc/passwd",
    "an ideographic space": "queue\u3000--as\u3000anna",
    "a line separator": "queue\u2028--as anna",
    "a zero-width letter": "que\u200bue",
    "a saying turned round": "\u202equeue",
    "longer than anybody types": "queue --search " + "x" * 2_000,
    "a hundred thousand letters": "queue --search " + "x" * 100_000,
    "an escape sequence": "\x1b]0;title\x07queue",
    "a deleted letter": "today\x7f",
    "a comment": "today # and more",
    "a variable before": "LANG=ru queue",
    "exec": "exec queue",
    "a home": "~/queue",
    "a brace": "{queue,--as,anna}",
    "a heredoc": "queue <<END\n--as anna\nEND",
    "a negative number": "queue --limit -1",
    "a value where none belongs": "queue --json=1",
    "half an option": "queue --d /etc/passwd",
    "full-width figures": "payout export ２０２６-02 -",
    "a login that is none": "roster ics LIDA",
    "the forced command": "leadconsole connect anna",
    "the console of the lead": "--as anna",
    "the environment": "env",
    "the rights of others": "today --as anna",
    "the desk's folder": "ssh check",
    "what was refused": "ssh refused",
}
"""Said by Lida, each refused."""


@pytest.fixture(scope="module")
def said(server: Server) -> dict[str, Said]:
    """What each brought; tried four at a time, after `--` so that the client takes none for its own."""
    with ThreadPoolExecutor(4) as hands:
        tried = {name: hands.submit(server.say, "lida", words, options=()) for name, words in SAYINGS.items()
                 if not words.startswith("-")}  # fmt: skip
        return {name: one.result() for name, one in tried.items()}


@pytest.mark.parametrize("name", [name for name, words in SAYINGS.items() if not words.startswith("-")])
def test_odd_sayings_are_refused(said: dict[str, Said], name: str) -> None:
    told = said[name]
    assert told.status == 1, told
    assert told.out == ""
    assert "can't be done over SSH" in told.err
    assert "Traceback" not in told.err
    assert not any(letter in told.err for letter in "\x1b\x07\u202e\u200b\u2028\x7f")


def test_a_locale_of_another_alphabet_breaks_no_answer(server: Server) -> None:
    for locale in ("ru_RU.KOI8-R", "C", "POSIX", "xx_XX.UTF-8", "uk_UA.CP1251", "zh_CN.GB18030", "ru_RU@latin"):
        told = server.say("lida", "queue --view all --limit 1", options=["-o", f"SetEnv=LC_ALL={locale} LANG={locale}"])
        assert told.status == 0, (locale, told)
        assert "printer" in told.out


@pytest.mark.parametrize("name", ["netconf", "/bin/sh", "sftp-server", "queue; sh"])
def test_no_subsystem_is_a_way_in(server: Server, name: str) -> None:
    told = subprocess.run(
        [*server.client("lida", "-s"), name], input=b"id\n", capture_output=True, timeout=30, check=False
    )
    assert told.returncode != 0
    assert b"uid=" not in told.stdout


@pytest.mark.parametrize("how", ["-L", "-D"])
def test_no_port_is_reached_through_a_session(server: Server, how: str) -> None:
    """The client opens its own end; the server passes nothing on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = str(port) if how == "-D" else f"{port}:127.0.0.1:{server.port}"
    client = subprocess.Popen(server.client("lida", "-N", how, where), stderr=subprocess.DEVNULL)
    try:
        assert _answer(port, how, server.port) == b""
    finally:
        client.kill()
        client.wait(10)


def _answer(port: int, how: str, target: int) -> bytes:
    """What comes back from behind a forwarded port; a server of SSH would greet at once."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if how == "-D":
                    line.sendall(b"\x05\x01\x00")
                    line.recv(2)
                    line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + struct.pack("!H", target))
                    answer = line.recv(10)
                    if answer[1:2] != b"\x00":
                        return b""
                return line.recv(100)
        except ConnectionRefusedError:
            time.sleep(0.1)
        except OSError:
            return b""
    raise AssertionError("the client never listened")


def test_a_second_session_of_one_connection_is_as_narrow_as_the_first(server: Server) -> None:
    control = f"ControlPath={server.folder}/mux"
    master = subprocess.Popen(
        server.client("lida", "-N", "-o", "ControlMaster=yes", "-o", control), stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 15
        while not (server.folder / "mux").exists() and time.monotonic() < until:
            time.sleep(0.1)
        for _again in range(2):
            told = server.say("lida", "sh -c id", options=["-o", control])
            assert (told.status, told.out) == (1, "")
            assert "can't be done over SSH" in told.err
        assert "printer" in server.say("lida", "queue --view all", options=["-o", control]).out
    finally:
        master.kill()
        master.wait(10)


@pytest.fixture(scope="module")
def screen(server: Server) -> Iterator[Terminal]:
    """Lida's screen over the network, with the client's escapes on."""
    with session(server, "lida", "-e", "~") as seen:
        seen.wait_for("Today")
        seen.press("2", 0.5)
        yield seen


def megabytes(server: Server) -> float:
    """The memory of the largest session at this desk."""
    sizes = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            words = (one / "cmdline").read_bytes().split(b"\0")
            if b"connect" in words and str(server.desk).encode() in words and b"python" in words[0]:
                sizes.append(int((one / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
        except (OSError, ValueError, IndexError):
            continue
    return max(sizes)


def test_a_terminal_that_says_it_is_huge_takes_no_memory(server: Server, screen: Terminal) -> None:
    before = megabytes(server)
    fcntl.ioctl(screen._master, termios.TIOCSWINSZ, struct.pack("HHHH", 65_000, 65_000, 0, 0))
    screen.rest(2.0)
    screen._send("\x1b[48;65000;65000;650000;650000t")  # the size as modern terminals say it themselves
    screen.rest(2.0)
    assert megabytes(server) < before + 120
    fcntl.ioctl(screen._master, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    screen._send("\x1b[48;30;100;600;1000t")
    screen.rest(1.0)
    assert not screen.ended


def test_what_a_hostile_terminal_says_does_nothing(server: Server, screen: Terminal) -> None:
    for answer in (
        "\x1b[0;0R" * 200, "\x1b[999999999;999999999R", "\x1bP1$r0m\x1b\\", "\x1bP1+r544e=41\x1b\\", "\x1b[?2026;9$y",
        "\x1b[200~" + "x" * 50_000 + "\x1b[201~", "\x1b]52;c;aWQ=\x07", "\x1b[<0;99999;99999M", "\x1b[<64;-1;-1M",
        "\x1b[57399;999999u", "\x1b[1;1:9u", "\x1b[97;1:3u", "\x1b[99999999999u", "\x00\x80",
    ):  # fmt: skip
        screen._send(answer)
        screen.rest(0.1)
        assert not screen.ended, answer
    for raw in (
        b"\xea\xcf\xc9",
        b"\xff\xfe\x80",
        b"\x1b[M\xff\xff\xff",
        b"\xe2\x82",
    ):  # KOI8-R, noise, an old mouse, half a sign
        os.write(screen._master, raw)
        screen.rest(0.3)
        assert not screen.ended, raw
    screen.press("escape", 0.5)
    screen.press("\x0c", 0.5)
    assert not screen.ended
    assert "printer" in screen.text()


@pytest.mark.parametrize("keys", ["\r~B", "\r~R", "\r~#", "\r~~", "\r~V", "\r~v"])
def test_the_clients_other_escapes_reach_nothing(server: Server, screen: Terminal, keys: str) -> None:
    screen.press("escape", 0.2)
    screen._send(keys)
    screen.rest(0.5)
    screen.press("escape", 0.3)
    screen.press("\x0c", 0.5)
    assert not screen.ended
    assert "printer" in screen.text()


def test_nobody_learns_who_has_a_home_on_the_host() -> None:
    host_files.shut()
    try:
        for path in ("~root/x", "~nosuchaccount/x", "/etc/passwd"):
            with pytest.raises(NotAllowed, match="You came over SSH"):
                host_files.named(path)
    finally:
        host_files.shut(False)
    with pytest.raises(Refused, match="~nosuchaccount"):
        host_files.named("~nosuchaccount/x")
