"""When others have written: one look at the desk for the whole console, and the screens that haven't seen it.

The question to SQLite costs four microseconds, no more than asking the file system for time stamps would, and unlike
those it can't miss a commit. What costs is everything around: a timer of Textual in every screen used more of a core
than the whole of an idle program, and thirty sessions at a desk ask all day. So there is one ticker that passes Textual
by, and a screen hears of it only where something was written that it has not read.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen

SECONDS = 0.5
"""How often it is asked: with what a screen needs to read, others' work is there within a second."""
SPREAD = 0.4
"""Seconds over which the sessions of a shared host spread their reading of what one of them wrote."""
BEHIND = -1
"""The version that a screen has seen which is to be told again."""


class Ticker:
    """Calls something at even intervals, straight from the event loop."""

    def __init__(self, tick: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        self._tick, self._failed = tick, failed
        self._next: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Tick from now on, and whatever a tick does or fails at doesn't keep the next one from coming."""
        self._next = asyncio.get_running_loop().call_later(SECONDS, self._run)

    def stop(self) -> None:
        """Tick no more."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _run(self) -> None:
        self.begin()
        try:
            self._tick()
        except Exception as error:
            self._failed(error)


class Others:
    """Compares the version of the desk file with what each screen has seen, and wakes those that are behind."""

    def __init__(
        self, version: Callable[[], int], screens: Callable[[], Iterable[ConsoleScreen]], spread: float = 0.0
    ) -> None:
        self._ask, self._screens, self._spread = version, screens, spread
        self.version = BEHIND
        self._waking: set[ConsoleScreen] = set()

    def look(self) -> bool:
        """Ask, and wake every screen that is behind and is seen; True where somebody has written since."""
        before, self.version = self.version, self._ask()
        for screen in self._screens():
            if screen.seen_version != self.version and screen not in self._waking and _reads(screen):
                self._wake(screen)
        return self.version != before

    def look_for(self, screen: ConsoleScreen) -> None:
        """A screen comes into view: tell it now if it is behind."""
        if screen.seen_version != self._ask() and screen.is_mounted:
            self._tell(screen)

    def _wake(self, screen: ConsoleScreen) -> None:
        self._waking.add(screen)
        if self._spread:
            later = random.uniform(0.0, self._spread)
            asyncio.get_running_loop().call_later(later, screen.call_later, self._tell, screen)
        else:
            screen.call_later(self._tell, screen)

    def _tell(self, screen: ConsoleScreen) -> None:
        self._waking.discard(screen)
        # Taken before the screen reads: what is written meanwhile is told once more rather than never.
        screen.seen_version = self._ask()
        if screen.is_mounted and not screen.others_wrote():
            screen.seen_version = BEHIND


def _reads(screen: ConsoleScreen) -> bool:
    return screen.is_mounted and (screen.READS_UNSEEN or screen.is_current)
