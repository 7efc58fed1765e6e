"""When others have written: whether anything of it can be seen, and when to look.

Every draft that somebody types is a commit, too. With thirty people at a desk whoever read everything again at each of
them, and all at the same moment, would do little else.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen

SPREAD = 0.5
"""Seconds over which the sessions of a shared host spread their reading of what one of them wrote."""


class Others:
    """Asks for the version of the file, which costs next to nothing, and only then for the last thing that happened."""

    def __init__(self, version: Callable[[], int], happened: Callable[[], int]) -> None:
        self._version, self._happened = version, happened
        self._seen = (version(), happened())

    def have_written(self) -> bool:
        """Whether something has happened since it was asked last."""
        version, last = self._version(), self._seen[1]
        if version != self._seen[0]:
            self._seen = (version, self._happened())
        return self._seen[1] != last

    def look(self, screen: ConsoleScreen, reload: Callable[[], object]) -> None:
        """Read again: at once on one's own machine, a moment later among others."""
        if screen.console.remote:
            screen.set_timer(random.uniform(0.01, SPREAD), reload)
        else:
            reload()
