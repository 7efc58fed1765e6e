"""The keys of views: choose one, keep one of one's own with its columns and order, forget it."""

from __future__ import annotations

import asyncio

from leadconsole.console.dialogs.arrange import Arrange, Arranged
from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel.i18n import _
from leadconsole.tickets import commands, queries
from leadconsole.tickets.looks import Look
from leadconsole.tickets.screen import tabs
from leadconsole.tickets.screen.asking import Asking
from leadconsole.tickets.screen.columns import titles


class OwnViews(Asking):
    """The `do_…` methods of these keys."""

    async def do_queue_view(self) -> None:
        """Choose a view from a list."""
        queue = self.queue
        options = [Option(tab.name, tab.title, note=tab.note(queue.counts)) for tab in queue.tabs]
        current = tabs.name_of(queue.view, queue.own)
        chosen = await self.console.push_screen_wait(Choice(_("Show which view?"), options, current=current))
        if chosen is not None:
            queue.show_view(chosen)

    async def do_queue_save_view(self) -> None:
        """Ask for the name under which the present view and filter are kept."""
        queue = self.queue

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(commands.save_view, self.desk, typed.text, queue.view, queue.search, queue.look)

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
        hint = _("{key} chooses its columns and order").format(key=queue.key_of("queue.columns"))
        self.console.say(_("The view «{name}» is kept.").format(name=name), "good", hint)

    async def do_queue_columns(self) -> None:
        """Ask for columns and order of the own view that is shown; they are kept with it."""
        queue = self.queue
        name, look = queue.own, queue.look
        kept = next(one for one in await asyncio.to_thread(queries.own_views, self.desk) if one.name == name)

        async def submit(wanted: Arranged) -> None:
            sort = f"-{wanted.by}" if wanted.by and wanted.backwards else wanted.by
            await asyncio.to_thread(
                commands.save_view, self.desk, name, kept.view, kept.filter, Look(wanted.shown, sort)
            )

        dialog = Arrange(
            _("Columns and order of «{name}»").format(name=name),
            titles(),
            Arranged(look.shown, look.by, look.backwards),
            fixed=("number",),
            hint=_("Without a sorting column what is due next comes first."),
            submit=submit,
        )
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("Columns and order of «{name}» are kept.").format(name=name))

    async def do_queue_forget_view(self) -> None:
        """Forget the own view that is shown."""
        name, self.queue.own = self.queue.own, ""
        await self.steps.run(
            lambda: commands.forget_view(self.desk, name), _("The view «{name}» is forgotten.").format(name=name)
        )
