"""SIGHUP, SIGTERM and SIGINT: the terminal is gone or the host goes down, and typed text must not be lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
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
    if app._driver is not None and not app.is_headless:
        threading.Thread(target=_await_hangup, args=(loop, app), name="hangup", daemon=True).start()


def _await_hangup(loop: asyncio.AbstractEventLoop, app: ConsoleApp) -> None:
    """End the app when its terminal is gone, although nobody sent SIGHUP: it isn't always the controlling one.

    Textual's reader of keys would go round at full speed on a dead terminal. Waiting for no event but the hang-up
    itself costs nothing.
    """
    if sys.__stdin__ is None:
        return
    waiting = select.poll()
    waiting.register(sys.__stdin__.fileno(), 0)
    waiting.poll()
    with contextlib.suppress(RuntimeError):  # the loop has ended already
        loop.call_soon_threadsafe(_end, app, signal.SIGHUP)


def _end(app: ConsoleApp, number: signal.Signals) -> None:
    code = 128 + number
    if number == signal.SIGHUP:
        timer = threading.Timer(PATIENCE, os._exit, (code,))
        timer.daemon = True
        timer.start()
    app.leave(code)
