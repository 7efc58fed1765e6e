"""A slow line gets fewer repaints: what is painted next waits until the terminal has shown enough of what it was sent.

Between us and the terminal lie buffers of megabytes, so nothing ever pushes back: a key that is held would paint for
many seconds after it was let go. Behind each frame the terminal is asked where its cursor is; while more than a window
of bytes is unanswered nothing is painted, and then only the last state of things.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.timer import Timer

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp

WINDOW = 2_500
"""Bytes that may be under way: some moves of a cursor, and a second on the slowest of lines."""
ASK_BYTES = 500
"""So many bytes lie between two questions at least."""
PATIENCE = 8.0
"""Seconds after which a terminal that has answered before counts as one that doesn't."""
QUESTION = "\x1b[6n"


class Pacing:
    """Counts what the terminal was sent and has answered; holds back repaints of an app in between."""

    def __init__(self, app: ConsoleApp) -> None:
        self._app = app
        driver = app._driver
        assert driver is not None
        self._send = driver.write
        driver.write = self._write  # type: ignore[method-assign]
        self._sent = self._asked = self._shown = 0
        self._questions: deque[int] = deque()
        self._answers = False
        """Whether this terminal answers at all; until it has, nothing waits for it."""
        self._patience: Timer | None = None

    def _write(self, data: str) -> None:
        self._send(data)
        self._sent += len(data)
        if self._sent - self._asked >= ASK_BYTES:
            self._send(QUESTION)
            self._asked = self._sent
            self._questions.append(self._sent)
        if self._answers and self._patience is None and self._sent - self._shown > WINDOW:
            self._app._begin_batch()
            self._patience = self._app.set_timer(PATIENCE, self._give_up)

    def answered(self) -> None:
        """The terminal has come to a question."""
        if self._questions:
            self._answers = True
            self._shown = self._questions.popleft()
            if self._patience is not None and self._sent - self._shown <= WINDOW:
                self._go_on()

    def _give_up(self) -> None:
        """No answer: never wait for this terminal again, unless it speaks."""
        self._answers = False
        self._questions.clear()
        self._shown = self._sent
        self._go_on()

    def _go_on(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self._app._end_batch()
        screen = self._app.screen
        screen.check_idle()
        # A screen that came or was laid out anew meanwhile has told nobody that it isn't painted yet.
        screen.call_later(self._paint, screen)

    def _paint(self, screen: Screen[object]) -> None:
        """What has changed while nothing was painted: the compositor forgets whoever it hasn't been told of."""
        if screen._dirty_widgets:
            screen._compositor.update_widgets(screen._dirty_widgets)
        screen._compositor_refresh()
