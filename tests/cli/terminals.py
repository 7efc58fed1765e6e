"""The program on a terminal of its own, and what it is sent."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time


def started(*arguments: str, **environment: str) -> tuple[subprocess.Popen[bytes], int]:
    """The program on a terminal of 80×24, and our end of that."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "leadconsole", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "TZ": "Europe/Kyiv", **environment},
    )
    os.close(theirs)
    return process, ours


def until(terminal: int, wanted: str, seconds: float = 20) -> str:
    """What the terminal was sent up to a text; fails if it never comes."""
    seen = b""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            seen += piece
            if wanted.encode() in seen:
                return seen.decode(errors="replace")
    raise AssertionError(f"{wanted!r} never came: {seen.decode(errors='replace')[-2000:]}")
