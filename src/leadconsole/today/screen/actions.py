"""What the keys of Today do beside opening lines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.steps import Steps
from leadconsole.kernel import announcement
from leadconsole.kernel.i18n import _
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

    async def do_today_announce(self) -> None:
        """Ask what everybody is to be told."""
        zone = self.screen.day.timezone

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(announcement.announce, self.screen.desk, typed.text, zone)

        stands = self.screen.console.notice
        dialog = Prompt(
            _("Tell everybody"),
            text=stands.text if stands is not None else "",
            hint=_("One line on every screen within a second, until you withdraw it."),
            submit=submit,
        )
        if await self.screen.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("Everybody is told."))

    async def do_today_withdraw(self) -> None:
        """Take the line away."""
        await self.steps.run(lambda: announcement.withdraw(self.screen.desk), _("The line is withdrawn."))

    async def do_today_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_today_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
