"""Many sessions at one desk, each at a person's pace: how long a key takes to reach the screen, and what each costs.

Each person presses the keys of a shuffled deck, then of the next one: a move takes a few milliseconds, a change of view
or a dialog much more, so a few dozen keys of one session may only be compared with hundreds of many where both have
the same share of each. A key is answered when what it is for is seen:
the cursor on another row, another view, the pane gone or there, the dialog open, the letter in it, the dialog closed.
What others do meanwhile is no answer, though it paints. A key of the list that moves nothing (up on the first row,
anything in an empty view) has no answer and isn't counted; how many those were is told. All output is only stamped and
kept while keys are pressed, and shown to an emulator afterwards, so that the measuring takes no core from the measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import signal
import statistics
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyte

from ..processes import cpu_seconds, peak_megabytes
from ..terminal import QUESTIONS, Chunk, Screen

COLUMNS, LINES = 120, 40
PAUSE = (1.0, 3.0)
"""Seconds between two keys of a person."""
BETWEEN = 0.5
"""Seconds between the keys of a note."""
STILL = 0.25
"""A session that has said nothing for so long is waiting for a key; what comes before it is the answer to none."""
MOVES = ("j", "j", "j", "k", "\x1b[6~", "\x1b[5~", "]", "[", "i", "i")
OF_LIST = frozenset({"j", "k", "\x1b[6~", "\x1b[5~"})
"""Keys that may move nothing."""
CURSOR = "›»"
NOTE = ("n", "x", "\x13")
"""A note on the ticket: opened, typed, saved with Ctrl+S; everybody else's screen takes it up."""


@dataclass
class Session:
    """One program in one pty, with what it was sent and when it answered."""

    pid: int
    fd: int
    due: float = 0.0
    heard: float = 0.0
    deck: list[Sequence[str]] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    keys: list[tuple[float, str]] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    idle_keys: int = 0
    silent: int = 0
    ended: bool = False
    tail: bytes = b""


def start(command: Sequence[str], environment: Mapping[str, str]) -> Session:
    """Start a program in a terminal of its own."""
    pid, fd = pty.fork()
    if pid == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), dict(environment))
        finally:
            os._exit(127)
    return Session(pid, fd)


def read(sessions: Sequence[Session], patience: float) -> None:
    """Take what the sessions say with the time, and reply to their questions."""
    living = {one.fd: one for one in sessions if not one.ended}
    for fd in select.select(list(living), [], [], max(patience, 0.0))[0]:
        one = living[fd]
        try:
            data = os.read(fd, 65536)
        except OSError:
            data = b""
        now = time.perf_counter()
        if not data:
            one.ended = True
            continue
        one.heard = now
        one.chunks.append(Chunk(now, data))
        known, text = len(one.tail), one.tail + data
        for question, reply in QUESTIONS:
            for match in question.finditer(text):
                if match.end() > known:
                    os.write(fd, reply(match))
        one.tail = text[-16:]


def settle(sessions: Sequence[Session], seconds: float) -> None:
    """Let them say what they have to say."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        read(sessions, min(left, 0.1))


def work(sessions: Sequence[Session], seconds: float, chance: random.Random, notes: float) -> float:
    """Have everybody press keys at a person's pace; returns the CPU seconds that all sessions used."""
    begun = time.perf_counter()
    used = sum(cpu_seconds(one.pid) for one in sessions)
    for one in sessions:
        one.due = begun + chance.uniform(0, PAUSE[1])
    while (now := time.perf_counter()) < begun + seconds:
        for one in sessions:
            if one.ended or now < one.due or now - one.heard < STILL:
                continue
            if not one.coming:
                one.deck = one.deck or deck(chance, notes)
                one.coming = list(one.deck.pop())
            key = one.coming.pop(0)
            one.keys.append((time.perf_counter(), key))
            os.write(one.fd, key.encode())
            one.due = now + (BETWEEN if one.coming else chance.uniform(*PAUSE))
        read(sessions, 0.005)
    settle(sessions, 1.0)
    used = sum(cpu_seconds(one.pid) for one in sessions) - used
    for one in sessions:
        find_answers(one)
    return used


def deck(chance: random.Random, notes: float) -> list[Sequence[str]]:
    """The keys of the next minute or so in some order: each move as often as the others, and a share of notes."""
    cards: list[Sequence[str]] = [*((move,) for move in MOVES for _time in range(2))]
    cards += [NOTE] * round(notes * len(cards))
    chance.shuffle(cards)
    return cards


def find_answers(one: Session) -> None:
    """Show what a session wrote to an emulator, and note how long each key took."""
    screen = Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    chunks = iter([*one.chunks, Chunk(float("inf"), b"")])
    chunk = next(chunks)
    for place, (sent, key) in enumerate(one.keys):
        until = one.keys[place + 1][0] if place + 1 < len(one.keys) else float("inf")
        while chunk.at < sent:
            stream.feed(chunk.data)
            chunk = next(chunks)
        before, answer = seen(screen), None
        while chunk.at < until and chunk.data:
            stream.feed(chunk.data)
            if answer is None and not screen.in_frame and seen(screen) != before:
                answer = 1000 * (chunk.at - sent)
            chunk = next(chunks)
        if answer is not None:
            one.answers.append(answer)
        elif key in OF_LIST:
            one.idle_keys += 1
        else:
            one.silent += 1


def seen(screen: Screen) -> tuple[object, ...]:
    """What the keys change: row under the cursor, view, pane and dialog."""
    lines = screen.display
    cursor = next(((y, line[:8]) for y, line in enumerate(lines) if line[0] in CURSOR), None)
    views = screen.buffer[1]
    view = "".join(views[x].data for x in range(COLUMNS) if views[x].reverse and not views[x].data.isdigit())
    box = [line for line in lines if "╭" in line or "╰" in line]
    left, right = (box[0].index("╭"), box[0].index("╮")) if len(box) == 2 and "╮" in box[0] else (0, 0)
    dialog = [line[left : right + 1] for line in lines] if right else []
    return cursor, view, "│" in lines[2], [line for line in dialog if line[0] in "╭│╰"]


def median(sessions: Sequence[Session]) -> float:
    """The median of all answers in milliseconds."""
    return statistics.median([ms for one in sessions for ms in one.answers])


def late(sessions: Sequence[Session]) -> float:
    """What nineteen of twenty answers stay under, in milliseconds."""
    return statistics.quantiles([ms for one in sessions for ms in one.answers], n=20)[-1]


def counted(sessions: Sequence[Session]) -> str:
    """How many keys were answered, and how many not."""
    answered, idle, silent = (
        sum(each) for each in zip(*((len(one.answers), one.idle_keys, one.silent) for one in sessions), strict=True)
    )
    return f"{answered} keys answered, {idle} moved nothing, {silent} without an answer"


def megabytes(sessions: Sequence[Session]) -> list[float]:
    """The high-water mark of each."""
    return [peak_megabytes(one.pid) for one in sessions]


def end(sessions: Sequence[Session]) -> None:
    """Hang up."""
    for one in sessions:
        os.close(one.fd)
    until = time.perf_counter() + 8
    left = {one.pid for one in sessions}
    while left and time.perf_counter() < until:
        left -= {pid for pid in left if os.waitpid(pid, os.WNOHANG)[0]}
        time.sleep(0.05)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
