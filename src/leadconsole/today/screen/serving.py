"""The next ticket by one key, on Today and in the queue; passing one over asks why."""

from __future__ import annotations

import asyncio

from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.messages import OpenSubject
from leadconsole.console.steps import Steps, WorkScreen
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.today import commands


class Serving:
    """Serves the person at a screen; `steps` tell how a step is taken back there."""

    def __init__(self, screen: WorkScreen, steps: Steps) -> None:
        self.screen = screen
        self.steps = steps
        self.console = screen.console
        self.desk = screen.desk

    async def serve(self, before: str = "") -> None:
        """Take the next ticket and open it, with the reason in the status line."""
        try:
            found = await asyncio.to_thread(commands.serve, self.desk)
        except Refused as refusal:
            self.console.say(f"{before} {refusal.message}".strip(), "warning")
            return
        number = found.row.number
        told = _("Next is {number}, yours: {because}") if found.mine else _("You have {number} now: {because}")
        self.console.screen.post_message(OpenSubject("ticket", number))
        said = told.format(number=number, because=found.because)
        hint = "" if found.mine and found.row.status != "new" else self.steps.how_back()
        self.screen.reload()
        self.console.call_later(self.console.say, f"{before} {said}".strip(), "good", hint)

    async def skip(self, number: int) -> None:
        """Ask why a ticket is passed over, then serve the one after it."""

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(commands.skip, self.desk, number, typed.text)

        dialog = Prompt(
            _("Pass over ticket {number}: why?").format(number=number),
            hint=_("The reason stays in its history. Today it isn't served to you again, unless the client writes."),
            field="reason",
            submit=submit,
            drafts=self.console.drafts,
            draft_key=f"ticket.skip:{number}",
        )
        if await self.console.push_screen_wait(dialog) is not None:
            self.screen.reload()
            await self.serve(_("{number} is passed over.").format(number=number))
