"""Exceptions that reach the app: told in a sentence or a dialog, logged, survived."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from leadconsole.kernel import error_log
from leadconsole.kernel.errors import LeadconsoleError

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp

FLOOD = 5
"""So many errors inside of `FLOOD_SECONDS` come from painting itself; a dialog would only add to them."""
FLOOD_SECONDS = 2.0


class Failures:
    """What went wrong in this session; `errors` holds the unexpected ones, oldest first."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self._when: deque[float] = deque(maxlen=FLOOD)

    def log(self, error: BaseException) -> str:
        """Remember and log an unexpected error; returns its details."""
        self.errors.append(error)
        details = error_log.details(error)
        self._log_file = error_log.write(details)
        return details

    def survive(self, app: ConsoleApp, error: Exception) -> bool:
        """Tell the error and go on; False where the app can't."""
        cause: BaseException = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, LeadconsoleError) and app.screen_stack:
            app.say(cause.message, "warning")
            return True
        details = self.log(cause)
        self._when.append(time.monotonic())
        flood = len(self._when) == FLOOD and self._when[-1] - self._when[0] < FLOOD_SECONDS
        if flood or not app.is_running or not app.screen_stack:
            return False
        app.call_later(self._show, app, f"{type(cause).__name__}: {cause}", details)
        return True

    def _show(self, app: ConsoleApp, message: str, details: str) -> None:
        from leadconsole.console.dialogs.error import ErrorDialog

        # One dialog at a time: what follows is mostly a consequence, and all is in the log.
        if not any(isinstance(screen, ErrorDialog) for screen in app.screen_stack):
            app.push_screen(ErrorDialog(message, details, self._log_file))
