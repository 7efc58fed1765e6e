"""A terminal without a window: runs a program in a pty and tells when its screen changed.

Output is only stamped and kept while a measurement runs. It is shown to the emulator afterwards,
so that neither the emulator's own time nor its use of a core gets into a figure.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pyte

from .processes import cpu_seconds, peak_megabytes

COLUMNS, LINES = 120, 40
Columns = tuple[int, int]  # the first one and the one after the last
ANYWHERE: Columns = (0, 10_000)
ARROWS = {"up": b"A", "down": b"B", "right": b"C", "left": b"D", "home": b"H", "end": b"F"}
KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "space": b" ",
    "backspace": b"\x7f",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+home": b"\x1b[1;5H",
    "ctrl+end": b"\x1b[1;5F",
    "ctrl+s": b"\x13",
    "ctrl+u": b"\x15",
}
SYNCHRONISED_OUTPUT = 2026
_PRIVATE = 5  # pyte keeps private modes shifted by this many bits
_CURSOR_KEYS_MODE = 1 << _PRIVATE


def _mode_report(match: re.Match[bytes]) -> bytes:
    known = int(match[1]) == SYNCHRONISED_OUTPUT
    return b"\x1b[?%b;%d$y" % (match[1], 2 if known else 0)


QUESTIONS: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (
    (re.compile(rb"\x1b\[\?(\d+)\$p"), _mode_report),
    (re.compile(rb"\x1b\[0?c"), lambda _: b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), lambda _: b"\x1b[>41;390;0c"),
    (re.compile(rb"\x1b\[5n"), lambda _: b"\x1b[0n"),
    (re.compile(rb"\x1b\[6n"), lambda _: b"\x1b[1;1R"),
    (re.compile(rb"\x1b\](1[01]);\?(?:\x07|\x1b\\)"), lambda m: b"\x1b]%b;rgb:1e1e/1e1e/1e1e\x07" % m[1]),
)
_LONGEST_QUESTION = 16


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes as they came out of the program, with the moment (seconds, monotonic) of their reading."""

    at: float
    data: bytes


class Screen(pyte.Screen):
    """A pyte screen that can say whether what a person sees has changed."""

    def __init__(self, columns: int, lines: int) -> None:
        self.in_frame = False
        self._seen: dict[int, tuple[object, ...]] = {}
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **flags: bool) -> None:
        if flags.get("private") and SYNCHRONISED_OUTPUT in modes:
            self.in_frame = True
        super().set_mode(*modes, **flags)

    def reset_mode(self, *modes: int, **flags: bool) -> None:
        if flags.get("private") and SYNCHRONISED_OUTPUT in modes:
            self.in_frame = False
        super().reset_mode(*modes, **flags)

    def changed(self, columns: Columns) -> bool:
        """Whether a cell of these columns differs from the last call; half a frame isn't seen."""
        if self.in_frame:
            return False
        watched = slice(*columns)
        different = False
        for number in self.dirty:
            line = self.buffer[number]
            now = tuple(line[column] for column in range(self.columns))
            before = self._seen.get(number)
            different = different or before is None or before[watched] != now[watched]
            self._seen[number] = now
        self.dirty.clear()
        cursor = (self.cursor.y, self.cursor.x, self.cursor.hidden)
        if not self.cursor.hidden:
            different = different or self._seen.get(-1) != cursor
        self._seen[-1] = cursor
        return different


@dataclass(frozen=True, slots=True)
class Answer:
    """What one key did: milliseconds to the first and the last change (None: nothing), bytes written."""

    first: float | None
    settled: float | None
    bytes: int


@dataclass(slots=True)
class Terminal:
    """One program in one pty; a context manager that hangs up at the end."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    columns: int = COLUMNS
    lines: int = LINES
    ended: bool = False
    pid: int = 0
    _master: int = -1
    _tail: bytes = b""
    _spawned: float = 0.0
    _screen: Screen = field(init=False)
    _stream: pyte.ByteStream = field(init=False)

    def __enter__(self) -> Terminal:
        self._screen = Screen(self.columns, self.lines)
        self._stream = pyte.ByteStream(self._screen)
        self._screen.changed(ANYWHERE)
        environment = {**self.environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        size = struct.pack("HHHH", self.lines, self.columns, 0, 0)
        self._spawned = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                os.execvpe(self.command[0], list(self.command), environment)
            finally:
                os._exit(127)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._master)  # the program gets SIGHUP, as when a window is closed
        until = time.perf_counter() + 3
        while time.perf_counter() < until:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def wait_for(self, pattern: str, timeout: float = 30.0) -> float:
        """Milliseconds from the program's start until the screen's text matches; TimeoutError if never."""
        wanted = re.compile(pattern)
        until = time.perf_counter() + timeout
        found: float | None = None
        while found is None:
            chunks = self._collect(patience=0.2, quiet=0.2, limit=1.0)
            for chunk in chunks:
                if self._show(chunk) and found is None and wanted.search(self.text()):
                    found = 1000 * (chunk.at - self._spawned)
            if found is None and (self.ended or time.perf_counter() > until):
                raise TimeoutError(f"{pattern!r} never came on the screen:\n{self.text()}")
        return found

    def press(self, key: str, settle: float, columns: Columns = ANYWHERE, patience: float = 0.6) -> Answer:
        """Send one key, wait until the output has been quiet for `settle` seconds, tell what changed when."""
        sent = self._send(key)
        chunks = self._collect(patience=patience, quiet=settle, limit=10.0)
        changes = [chunk.at for chunk in chunks if self._show(chunk, columns)]
        size = sum(len(chunk.data) for chunk in chunks)
        if not changes:
            return Answer(None, None, size)
        return Answer(1000 * (changes[0] - sent), 1000 * (changes[-1] - sent), size)

    def hold(self, key: str, times: int, rate: float, columns: Columns = ANYWHERE) -> tuple[float, float]:
        """Send a key at `rate` a second, waiting for nothing; ms of lag after the last, bytes per key."""
        begun = sent = time.perf_counter()
        chunks: list[Chunk] = []
        for number in range(times):
            due = begun + number / rate
            while (left := due - time.perf_counter()) > 0:
                chunks += self._collect(patience=left, quiet=left, limit=left)
            sent = self._send(key)
        chunks += self._collect(patience=0.5, quiet=0.5, limit=30.0)
        changes = [chunk.at for chunk in chunks if self._show(chunk, columns)]
        size = sum(len(chunk.data) for chunk in chunks)
        return (1000 * (changes[-1] - sent) if changes else 0.0), size / times

    def rest(self, seconds: float) -> tuple[float, int]:
        """Leave the program alone; percent of one core it used and bytes it wrote meanwhile."""
        begun, used = time.perf_counter(), cpu_seconds(self.pid)
        chunks = self._collect(patience=seconds, quiet=seconds, limit=seconds)
        percent = 100 * (cpu_seconds(self.pid) - used) / (time.perf_counter() - begun)
        for chunk in chunks:
            self._show(chunk)
        return percent, sum(len(chunk.data) for chunk in chunks)

    def peak_megabytes(self) -> float:
        """The program's high-water mark of memory so far, its children included."""
        return peak_megabytes(self.pid)

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _send(self, key: str) -> float:
        if key in ARROWS:
            data = (b"\x1bO" if _CURSOR_KEYS_MODE in self._screen.mode else b"\x1b[") + ARROWS[key]
        else:
            data = KEYS.get(key) or key.encode()
        sent = time.perf_counter()
        if not self.ended:
            os.write(self._master, data)
        return sent

    def _collect(self, *, patience: float, quiet: float, limit: float) -> list[Chunk]:
        """Output until none came for `patience`, or no more for `quiet`, or `limit` is over (seconds)."""
        chunks: list[Chunk] = []
        begun = time.perf_counter()
        enough = begun + patience
        while not self.ended:
            left = min(enough, begun + limit) - time.perf_counter()
            if left <= 0 or not select.select([self._master], [], [], left)[0]:
                break
            try:
                data = os.read(self._master, 65536)
            except OSError:  # Linux says EIO when the last process of the pty is gone
                data = b""
            stamp = time.perf_counter()
            enough = stamp + quiet
            if data:
                chunks.append(Chunk(stamp, data))
                self._reply(data)
            else:
                self.ended = True
        return chunks

    def _reply(self, data: bytes) -> None:
        known, text = len(self._tail), self._tail + data
        for question, answer in QUESTIONS:
            for match in question.finditer(text):
                if match.end() > known:
                    os.write(self._master, answer(match))
        self._tail = text[-_LONGEST_QUESTION:]

    def _show(self, chunk: Chunk, columns: Columns = ANYWHERE) -> bool:
        self._stream.feed(chunk.data)
        return self._screen.changed(columns)
