"""Waiting until an app under test has done all it has to do, instead of for a time or for an idle processor.

Textual's Pilot waits until the whole process has used no CPU for 20 ms, twice a key: long where nothing happens, too
short where a thread waits for its turn on a busy machine. What is awaited here is counted: messages, repaints, threads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from textual._context import active_app
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer

RESTS = 0.3
"""Timers that ring once and so soon: what stands beside a list follows once its cursor rests."""
PATIENCE = 3.0
"""A thread that a test holds up itself isn't waited for any longer, and not a second time."""
_QUIET_ROUNDS = 4

_in_threads: set[object] = set()
_resting: set[Timer] = set()


def install(patch: pytest.MonkeyPatch) -> None:
    """Have Textual's Pilot wait this way, and count what is waited for."""
    _in_threads.clear()
    _resting.clear()
    patch.setattr("textual.app.wait_for_idle", wait_for_idle)
    patch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    patch.setattr(asyncio, "to_thread", _counted(asyncio.to_thread))
    patch.setattr(MessagePump, "set_timer", _noted(MessagePump.set_timer))
    # Whether a picture shows a blinking cursor would be a matter of luck.
    patch.setattr("textual.widgets.Input._toggle_cursor", lambda field: None)
    patch.setattr("textual.widgets.TextArea._toggle_cursor_blink_visible", lambda field: None)


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = PATIENCE) -> None:
    """Stands in for Textual's function of this name."""
    await calm()


async def calm(*, rested: bool = False) -> None:
    """Wait until no message, no repaint and no thread is left, `rested`: no short timer either; `PATIENCE` at most."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        await _drain(ends)
        if _repaint():
            continue
        _resting.difference_update([timer for timer in _resting if timer._task is None or timer._task.done()])
        if not (rested and _resting):
            return
        await asyncio.sleep(0.005)


async def _drain(ends: float) -> None:
    ready = cast("Any", asyncio.get_running_loop())._ready
    quiet = 0
    while quiet < _QUIET_ROUNDS and time.monotonic() < ends:
        await asyncio.sleep(0.002 if _in_threads else 0)
        quiet = 0 if ready or _in_threads else quiet + 1
    if quiet < _QUIET_ROUNDS:
        _in_threads.clear()


def _repaint() -> bool:
    """Repaint at once what would be repainted with the next frame; False if nothing would be."""
    app = active_app.get(None)
    if app is None or not app.is_running or not app.screen_stack:
        return False
    screen = app.screen
    if not screen._update_timer._active.is_set():
        return False
    screen._on_timer_update()
    return True


def _counted(to_thread: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def run(*args: Any, **kwargs: Any) -> Any:
        call = object()
        _in_threads.add(call)
        try:
            return await to_thread(*args, **kwargs)
        finally:
            _in_threads.discard(call)

    return run


def _noted(set_timer: Callable[..., Timer]) -> Callable[..., Timer]:
    def start(pump: MessagePump, delay: float, *args: Any, **kwargs: Any) -> Timer:
        timer = set_timer(pump, delay, *args, **kwargs)
        if delay <= RESTS:
            _resting.add(timer)
        return timer

    return start


async def rest(pilot: Pilot[Any]) -> None:
    """Let an app come to rest: workers, repaints, and what follows once the cursor has rested."""
    await pilot.pause()
    await calm(rested=True)
    await pilot.pause()
