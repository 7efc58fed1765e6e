"""The solver (ortools, an extra of the package) in a process of its own: it is large, and a process can be stopped."""

from __future__ import annotations

import importlib.util
import subprocess
import sys


def has_solver() -> bool:
    """Whether the solver is installed."""
    return importlib.util.find_spec("ortools") is not None


def start_solver(module: str) -> subprocess.Popen[bytes]:
    """A process that runs a module of ours; it reads its question from its pipe and answers through the other."""
    return subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
