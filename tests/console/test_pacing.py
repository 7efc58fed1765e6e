"""Repaints wait for the terminal: counted with an app and a driver that only remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from leadconsole.console.app import ConsoleApp
from leadconsole.console.pacing import ASK_BYTES, QUESTION, WINDOW, Pacing


class Wire:
    """A driver that keeps what it was sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def write(self, data: str) -> None:
        """Keep it."""
        self.sent.append(data)


class Painter:
    """What Pacing asks of an app and of its screen: batches, a timer, another look at what is to be painted."""

    def __init__(self) -> None:
        self._driver = Wire()
        self.driver = self._driver
        self.batches = 0
        self.screen = self
        self.rings: Callable[[], None] | None = None
        self.looked = 0
        self._dirty_widgets: set[str] = set()
        self._compositor = self
        self.told: list[set[str]] = []
        self.painted = 0

    def _begin_batch(self) -> None:
        self.batches += 1

    def _end_batch(self) -> None:
        self.batches -= 1

    def update_widgets(self, widgets: set[str]) -> None:
        """Take note of who has changed."""
        self.told.append(set(widgets))

    def _compositor_refresh(self) -> None:
        # As Textual does: whoever the compositor wasn't told of before is forgotten now.
        self._dirty_widgets.clear()
        self.painted += 1

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Any:
        """Keep what is to be called."""
        self.rings = callback
        return self

    def stop(self) -> None:
        """The timer isn't wanted any more."""
        self.rings = None

    def check_idle(self) -> None:
        """Look what is to be painted."""
        self.looked += 1

    def call_later(self, callback: Callable[..., None], *arguments: object) -> None:
        """Paint what has told nobody."""
        callback(*arguments)


def paced() -> tuple[Painter, Pacing]:
    """An app whose terminal has answered once."""
    app = Painter()
    pacing = Pacing(cast("ConsoleApp", app))
    app.driver.write("x" * ASK_BYTES)
    pacing.answered()
    return app, pacing


def test_nothing_waits_for_a_terminal_that_never_answers() -> None:
    app = Painter()
    Pacing(cast("ConsoleApp", app))
    for _ in range(50):
        app.driver.write("x" * 1000)
    assert app.batches == 0
    assert app.driver.sent.count(QUESTION) == 50


def test_small_writes_share_a_question() -> None:
    app, _pacing = paced()
    for _ in range(10):
        app.driver.write("x" * 100)
    assert app.driver.sent.count(QUESTION) == 1 + 10 * 100 // ASK_BYTES


def test_a_full_window_holds_repaints_until_enough_is_shown() -> None:
    app, pacing = paced()
    for _ in range(3):
        app.driver.write("x" * (WINDOW // 2))
    assert app.batches == 1
    app.driver.write("x" * WINDOW)
    assert app.batches == 1, "held once"
    pacing.answered()
    assert app.batches == 1, "a window and more is still under way"
    pacing.answered()
    pacing.answered()
    assert (app.batches, app.looked) == (0, 1)
    assert app.rings is None
    pacing.answered()
    pacing.answered()
    assert app.batches == 0, "answers to nobody's question change nothing"


def test_a_terminal_that_falls_silent_is_waited_for_once() -> None:
    app, pacing = paced()
    app.driver.write("x" * 2 * WINDOW)
    assert app.batches == 1
    assert app.rings is not None
    app.rings()
    assert app.batches == 0
    app.driver.write("x" * 2 * WINDOW)
    assert app.batches == 0
    pacing.answered()
    app.driver.write("x" * 2 * WINDOW)
    assert app.batches == 1, "it speaks again"


def test_what_changed_while_nothing_was_painted_is_painted_then() -> None:
    app, pacing = paced()
    app.driver.write("x" * (WINDOW + 1))
    assert app.batches == 1
    app._dirty_widgets.add("views")
    pacing.answered()
    assert app.batches == 0
    assert (app.told, app.painted) == ([{"views"}], 1)
    assert not app._dirty_widgets
