"""The screens of the console, named so that none is imported before it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from leadconsole.kernel.access import Capability

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen


class ScreenEntry(NamedTuple):
    """One tab: the digit that shows it, its id and title (marked with N_), and where its class is."""

    digit: str
    id: str
    title: str
    target: str
    """`module:Class`."""
    shows: tuple[str, ...] = ()
    """The kinds of subject that this screen opens, such as `ticket`."""
    needs: Capability | None = None
    """The right without which the screen isn't there."""

    def load(self) -> type[ConsoleScreen]:
        """The class of the screen, imported now."""
        module, _colon, name = self.target.partition(":")
        screen: type[ConsoleScreen] = getattr(import_module(module), name)
        return screen
