"""What the kernel knows about the processes of one session: CPU time and peak memory (Linux)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_CPU_CLOCK_OF_PROCESS = 2
_SESSION_FIELD = 3  # of /proc/PID/stat, counted after the command's closing bracket


def session_members(session: int) -> Iterator[int]:
    """The living processes of a session; its leader has the session's own number."""
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION_FIELD]) == session:
            yield int(entry)


def cpu_seconds(session: int) -> float:
    """CPU time used so far by the living processes of a session."""
    used = 0
    for pid in session_members(session):
        try:
            # The kernel's CPU clock counts nanoseconds; /proc counts hundredths of a second.
            used += time.clock_gettime_ns((~pid << 3) | _CPU_CLOCK_OF_PROCESS)
        except OSError:
            continue
    return used / 1e9


def peak_megabytes(session: int) -> float:
    """Sum of the high-water marks of resident memory (VmHWM) of a session's living processes."""
    kilobytes = 0
    for pid in session_members(session):
        try:
            status = Path("/proc", str(pid), "status").read_text()
        except OSError:
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
