"""Many sessions at one desk, each at a person's pace: how long a key takes to reach the screen, and what each costs."""

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

from ..processes import cpu_seconds, peak_megabytes
from ..terminal import QUESTIONS

COLUMNS, LINES = 120, 40
PAUSE = (1.0, 3.0)
"""Seconds between two keys of a person."""
STILL = 0.25
"""A session that has said nothing for so long is waiting for a key; what comes before it is the answer to none."""
MOVES = ("j", "j", "j", "k", "\x1b[6~", "\x1b[5~", "]", "[", "i", "i")
NOTE = ("n", "x", "\x13")
"""A note on the ticket: opened, typed, saved with Ctrl+S; everybody else's screen takes it up."""


@dataclass
class Session:
    """One program in one pty, with what it was sent and when it answered."""

    pid: int
    fd: int
    due: float = 0.0
    sent: float = 0.0
    heard: float = 0.0
    coming: list[str] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    silent: int = 0
    size: int = 0
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
    """Take what the sessions say, stamp the first answer to each key, and reply to their questions."""
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
        one.size += len(data)
        one.heard = now
        if one.sent:
            one.answers.append(1000 * (now - one.sent))
            one.sent = 0.0
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
        one.answers, one.silent, one.sent = [], 0, 0.0
    while (now := time.perf_counter()) < begun + seconds:
        for one in sessions:
            if one.ended or now < one.due or now - one.heard < STILL:
                continue
            if one.sent:
                one.silent += 1
            if not one.coming:
                one.coming = list(NOTE) if chance.random() < notes else [chance.choice(MOVES)]
            one.sent = time.perf_counter()
            os.write(one.fd, one.coming.pop(0).encode())
            one.due = now + (0.5 if one.coming else chance.uniform(*PAUSE))
        read(sessions, 0.005)
    settle(sessions, 1.0)
    return sum(cpu_seconds(one.pid) for one in sessions) - used


def median(sessions: Sequence[Session]) -> float:
    """The median of all answers in milliseconds."""
    return statistics.median([ms for one in sessions for ms in one.answers])


def late(sessions: Sequence[Session]) -> float:
    """What nineteen of twenty answers stay under, in milliseconds."""
    return statistics.quantiles([ms for one in sessions for ms in one.answers], n=20)[-1]


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
