"""How a key of the queue asks, runs its command and says what happened: for the selected ticket, or all marked ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadconsole.console.dialogs.base import Texts
from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.steps import Steps
from leadconsole.kernel.errors import Refused, Stale
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import first_line
from leadconsole.tickets import commands, placeholders, shelves, story
from leadconsole.tickets.commands import Basis, Bulk, Step
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen.others import beside

if TYPE_CHECKING:
    from leadconsole.tickets.screen.queue import QueueScreen

Write = Callable[[Basis | None], object]
_TOLD = 6
"""So many refusals of a bulk are told one by one."""


class Asking:
    """What all triage keys share; they run as workers of the screen."""

    def __init__(self, queue: QueueScreen) -> None:
        self.queue = queue
        self.console = queue.console
        self.desk = queue.desk
        self.steps = Steps(queue, "queue")

    def row(self) -> QueueRow:
        """The ticket under the cursor."""
        row = self.queue.selected
        assert row is not None  # the command's guard has seen to it
        return row

    def titled(self, one: str) -> str:
        """The title of a dialog: about one ticket, or about all that are marked."""
        marked = len(self.queue.marked)
        if marked:
            return ngettext("{n} marked ticket", "{n} marked tickets", marked).format(n=marked)
        row = self.queue.selected
        return one if row is None else one + beside(self.desk, row.number)

    def ready_text(self, number: int | None, values: Callable[[], Mapping[str, str]] | None = None) -> Texts:
        """Lets a canned text be chosen, filled for a ticket; without one it is filled when it is written."""

        async def chosen() -> str | None:
            found = await asyncio.to_thread(shelves.kept, self.desk, shelves.TEXTS)
            if not found:
                key = self.queue.key_of("queue.texts")
                raise Refused(_("There are no ready texts yet; {key} in the queue writes one.").format(key=key))
            options = [Option(place, one["name"], note=first_line(one["text"])) for place, one in enumerate(found)]
            place = await self.console.push_screen_wait(Choice(_("Which text?"), options))
            if place is None:
                return None
            text = found[place]["text"]
            if number is not None:
                text = placeholders.fill(text, await asyncio.to_thread(story.filling, self.desk, number))
            return placeholders.fill(text, values()) if values else text

        return chosen

    async def choose(self, title: str, options: Sequence[Option[Any]], current: Any) -> Any:
        """Let the person choose; None if nothing was."""
        return await self.console.push_screen_wait(Choice(self.titled(title), options, current=current))

    async def set_value(self, row: QueueRow, seen: Any, write: Write, step: Step, *, mine: str, done: str) -> None:
        """Run a command that replaces a value; if somebody was faster, show both and let the person decide."""
        if self.queue.marked:
            await self.to_marked(step, mine)
            return
        try:
            await asyncio.to_thread(write, Basis(row.version, seen))
        except Stale as stale:
            from leadconsole.console.dialogs.stale import StaleDialog

            self.queue.reload()
            if await self.console.push_screen_wait(StaleDialog(stale, mine)) != "overwrite":
                self.console.say(_("Nothing was changed."))
                return
            await self.steps.run(lambda: write(None), done)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
        else:
            self.steps.done(done)

    async def ask(
        self,
        title: str,
        write: Callable[[Typed], object],
        step: Callable[[Typed], Step],
        done: str,
        *,
        what: str,
        hint: str = "",
        field: str = "text",
        lines: bool = True,
        second: str = "",
        required: bool = True,
        text: str = "",
        draft: str = "",
        texts: bool = False,
    ) -> None:
        """Ask for text and run a command with it; a refusal keeps the dialog and what was typed."""
        marked = bool(self.queue.marked)

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(write, typed)

        dialog = Prompt(
            self.titled(title), hint=hint, lines=lines, field=field, second_label=second, required=required, text=text,
            submit=None if marked else submit, drafts=self.console.drafts, draft_key="" if marked else draft,
        )  # fmt: skip
        if texts:
            dialog.ready_texts = self.ready_text(None if marked else self.row().number)
        typed = await self.console.push_screen_wait(dialog)
        if typed is None:
            return
        if marked:
            try:
                wanted = step(typed)
            except Refused as refusal:
                self.console.say(refusal.message, "warning")
                return
            await self.to_marked(wanted, what)
        else:
            self.steps.done(done)

    async def to_marked(self, step: Step, what: str) -> None:
        """Do a step to all marked tickets."""
        await self.to_many(self.queue.marked, step, what)

    async def to_many(self, numbers: Sequence[int], step: Step, what: str) -> None:
        """Try a step on tickets, show what it will touch and what it can't, then do it as one undo step."""
        if not numbers:
            self.console.say(_("Nothing was changed."), "warning")
            return
        try:
            trial = await asyncio.to_thread(commands.many, self.desk, numbers, step, dry_run=True)
            if not trial.done:
                self.console.say(trial.refused[0][1], "warning")
                return
            if not await self.console.push_screen_wait(Confirm(what, touches=touches(trial))):
                self.console.say(_("Nothing was changed."))
                return
            result = await asyncio.to_thread(commands.many, self.desk, numbers, step)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
            return
        self.queue.table.set_marks(set())
        n = len(result.done)
        self.steps.done(ngettext("{n} ticket: {what}.", "{n} tickets: {what}.", n).format(n=n, what=what))


def touches(trial: Bulk) -> list[str]:
    """What a bulk will change and what not, in lines."""
    n, refused = len(trial.done), len(trial.refused)
    numbers = ", ".join(str(number) for number in trial.done[:12]) + (" …" if n > 12 else "")
    told = [ngettext("Changes {n} ticket: {numbers}", "Changes {n} tickets: {numbers}", n).format(n=n, numbers=numbers)]
    if refused:
        told.append(ngettext("Leaves {n} as it is:", "Leaves {n} as they are:", refused).format(n=refused))
        told += [f"  {number}: {why}" for number, why in trial.refused[:_TOLD]]
        if refused > _TOLD:
            rest = refused - _TOLD
            told.append("  " + ngettext("and {n} more", "and {n} more", rest).format(n=rest))
    return told
