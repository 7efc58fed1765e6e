"""The console at a test desk, and what a user sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from calm import rest
from console.host import screen_lines
from desks import House
from leadconsole.console.launch import DeskConsole
from leadconsole.tickets.screen import QueueScreen


class Seat:
    """Somebody at the queue: presses keys and looks at lines."""

    def __init__(self, app: DeskConsole, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def queue(self) -> QueueScreen:
        """The queue, under whatever dialog is open."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        return [line.rstrip() for line in screen_lines(self.app)]

    @property
    def text(self) -> str:
        """What is on the screen in one text."""
        return "\n".join(self.lines)

    @property
    def said(self) -> str:
        """The status line."""
        return self.lines[-2]

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each followed by what it sets off."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text into the field that has the focus."""
        for letter in text:
            await self.pilot.press("enter" if letter == "\n" else letter)
        await self.settle()

    async def settle(self, rounds: int = 1) -> None:
        """Let workers and repaints come to rest; a worker that waits for a dialog isn't waited for."""
        for _round in range(rounds):
            await rest(self.pilot)

    async def until(self, wanted: str, seconds: float = 5.0) -> None:
        """Wait until a text is on the screen."""
        for _round in range(int(seconds / 0.05)):
            if wanted in self.text:
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{wanted!r} never came:\n{self.text}")


@asynccontextmanager
async def seated(house: House, login: str = "anna", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
    """Somebody at the queue of this house; whatever failed unexpectedly fails the test."""
    app = DeskConsole(house.desk(login))
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.settle()
        yield seat
        assert app.failures.errors == []
