"""SIGHUP, SIGTERM and SIGINT: the terminal is gone or the host goes down, and typed text must not be lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp

PATIENCE = 3.0
"""Seconds for a clean end. Without a terminal Textual's writer may wait for good; drafts are safe by then."""


def catch_signals(app: ConsoleApp) -> None:
    """End the app cleanly on a signal, drafts first."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        # Not in the main thread, or a system without it: then the default stays.
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, _end, app, number)


def _end(app: ConsoleApp, number: signal.Signals) -> None:
    code = 128 + number
    if number == signal.SIGHUP:
        timer = threading.Timer(PATIENCE, os._exit, (code,))
        timer.daemon = True
        timer.start()
    app.leave(code)
