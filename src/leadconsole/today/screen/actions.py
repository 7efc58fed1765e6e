"""What the keys of Today do beside opening lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.steps import Steps
from leadconsole.today.screen.keys import TODAY, ticket_at
from leadconsole.today.screen.serving import Serving

if TYPE_CHECKING:
    from leadconsole.today.screen.today import TodayScreen


class Actions:
    """The `do_…` methods that write; they run as workers of the screen."""

    def __init__(self, screen: TodayScreen) -> None:
        self.screen = screen
        self.steps = Steps(screen, TODAY)
        self.serving = Serving(screen, self.steps)

    async def do_today_next(self) -> None:
        """Take the next ticket."""
        await self.serving.serve()

    async def do_today_skip(self) -> None:
        """Pass the ticket under the cursor over."""
        number = ticket_at(self.screen)
        assert number is not None  # the command's guard has seen to it
        await self.serving.skip(number)

    async def do_today_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_today_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
