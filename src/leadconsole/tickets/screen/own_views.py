"""The keys that keep and forget a person's own views."""

from __future__ import annotations

import asyncio

from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel.i18n import _
from leadconsole.tickets import commands
from leadconsole.tickets.screen import tabs
from leadconsole.tickets.screen.asking import Asking


class OwnViews(Asking):
    """The `do_…` methods of these keys."""

    async def do_queue_save_view(self) -> None:
        """Ask for the name under which the present view and filter are kept."""
        queue = self.queue

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(commands.save_view, self.desk, typed.text, queue.view, queue.search)

        dialog = Prompt(
            _("Keep this view under which name?"),
            text=queue.own,
            hint=queue.search or _("The view has no filter; / makes one."),
            field="name",
            submit=submit,
        )
        typed = await self.console.push_screen_wait(dialog)
        if typed is None:
            return
        queue.counts, queue.tabs = await asyncio.to_thread(tabs.counted, self.desk)
        name = " ".join(typed.text.split())
        queue.show_view(tabs.name_of(queue.view, name))
        self.console.say(_("The view «{name}» is kept.").format(name=name), "good", self.steps.how_back())

    async def do_queue_forget_view(self) -> None:
        """Forget the own view that is shown."""
        name, self.queue.own = self.queue.own, ""
        await self.steps.run(
            lambda: commands.forget_view(self.desk, name), _("The view «{name}» is forgotten.").format(name=name)
        )
