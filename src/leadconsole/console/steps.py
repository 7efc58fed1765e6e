"""Steps of a person on a screen: run one, say what it did, take it back, do it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from leadconsole.kernel import history
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp


class WorkScreen(Protocol):
    """What a step needs of its screen."""

    desk: Desk

    @property
    def console(self) -> ConsoleApp:
        """The app."""
        ...

    def reload(self) -> None:
        """Take everything again."""
        ...

    def key_of(self, command_id: str) -> str:
        """The key that a command has for this user."""
        ...


class Steps:
    """Runs commands for a screen, which then shows what became of the desk."""

    def __init__(self, screen: WorkScreen, scope: str) -> None:
        self.screen = screen
        self.scope = scope
        self.console = screen.console
        self.desk = screen.desk

    async def run(self, write: Callable[[], object], done: str = "", hint: str = "") -> None:
        """Run a command and say `done`, or what the command itself says; a refusal is said instead."""
        try:
            said = await asyncio.to_thread(write)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
        else:
            self.done(done or str(said), hint)

    def done(self, said: str, hint: str = "") -> None:
        """Show the desk as it is now, and say what was done and how to take it back."""
        self.screen.reload()
        self.console.say(said, "good", hint or self.how_back())

    def how_back(self) -> str:
        """Which key takes the step back."""
        return _("{key} takes it back").format(key=self.screen.key_of(f"{self.scope}.undo"))

    async def undo(self) -> None:
        """Take back the person's last step."""
        again = self.screen.key_of(f"{self.scope}.redo")
        await self.run(lambda: history.undo(self.desk), hint=_("{key} does it again").format(key=again))

    async def redo(self) -> None:
        """Do again what was taken back."""
        await self.run(lambda: history.redo(self.desk))
