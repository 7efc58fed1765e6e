"""The keys by which tickets are joined, parted and labelled: tags, merge, split, link, and the way to a related one."""

from __future__ import annotations

import asyncio
from functools import partial

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.picks import Pick, Picked, Picks
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import first_line
from leadconsole.tickets import commands, linking, merging, queries, story, tagging, words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen import kin
from leadconsole.tickets.screen.asking import Asking
from leadconsole.tickets.screen.said import SIGNS
from leadconsole.tickets.screen.times import at

_LISTED = 50


class Relations(Asking):
    """The `do_…` methods of these keys."""

    async def do_ticket_tags(self) -> None:
        """Ask for tags to add, and with a minus to take away."""
        row = self.row()
        marked = bool(self.queue.marked)
        has = None if marked else queries.cells(self.desk, row.number)["tags"]
        known = " ".join(queries.known_tags(self.desk)) or _("none yet")
        hint = _("A word adds a tag, -word takes one away. In use: {known}").format(known=known)
        if has:
            hint = _("It has: {tags}").format(tags=has) + "\n" + hint
        await self.ask(
            _("Tags of {number}").format(number=row.number),
            lambda typed: commands.retag(self.desk, row.number, tagging.read(typed.text)),
            lambda typed: partial(tagging.retag, wanted=tagging.read(typed.text)),
            _("{number}: the tags are changed.").format(number=row.number),
            what=words.field("tags"),
            hint=hint,
            field="tags",
            lines=False,
        )

    # --- merge and link ---------------------------------------------------------------------------------------

    async def do_ticket_merge(self) -> None:
        """Ask which ticket is kept, say what merging does, and do it."""
        row = self.row()
        marked = self.queue.marked
        into = await self._which(_("Ticket {number} goes on in which one?").format(number=row.number), row)
        if into is None:
            return
        if marked:
            await self.to_many(
                [number for number in marked if number != into],
                lambda transaction, number: merging.merge(transaction, number, into),
                _("merged into {number}").format(number=into),
            )
        else:
            await self._merge(row, into)

    async def _merge(self, row: QueueRow, into: int) -> None:
        number, across = row.number, False
        title = _("Merge {number} into {into}?").format(number=number, into=into)
        touches = [
            _("{number} is closed as a duplicate: {subject}").format(number=number, subject=row.subject),
            _("What was said on it stands in {into} from now on; clocks and figures of {into} stay its own.").format(
                into=into
            ),
        ]
        try:
            trial = await asyncio.to_thread(self._try_merge, number, into)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
            return
        if trial is not None:
            across = True
            touches = [trial.message, *touches]
        if not await self.console.push_screen_wait(Confirm(title, touches=touches, dangerous=across)):
            self.console.say(_("Nothing was changed."))
            return
        done = _("{number} is merged into {into}.").format(number=number, into=into)
        await self.steps.run(lambda: commands.merge(self.desk, number, into, across=across), done)

    def _try_merge(self, number: int, into: int) -> Refused | None:
        """What stands in the way but may be overruled; other refusals are raised."""
        refusal = commands.tried(self.desk, number, partial(merging.merge, into=into))
        if refusal is None:
            return None
        if refusal.code != merging.OTHER_CLIENT:
            raise refusal
        if (harder := commands.tried(self.desk, number, partial(merging.merge, into=into, across=True))) is not None:
            raise harder
        return refusal

    async def do_ticket_link(self) -> None:
        """Ask which ticket belongs to this one."""
        row = self.row()
        marked = self.queue.marked
        other = await self._which(_("Ticket {number} belongs to which one?").format(number=row.number), row)
        if other is None:
            return
        if marked:
            await self.to_many(
                [number for number in marked if number != other],
                lambda transaction, number: linking.link(transaction, number, other),
                _("linked with {number}").format(number=other),
            )
            return
        await self.steps.run(
            lambda: commands.link(self.desk, row.number, other),
            _("{number} and {other} are linked.").format(number=row.number, other=other),
        )

    async def do_ticket_unlink(self) -> None:
        """Ask which link ends."""
        row = self.row()
        found = [one for one in story.related(self.desk, row.number) if one.how == linking.RELATED]
        if not found:
            self.console.say(_("Ticket {number} is linked to none.").format(number=row.number), "warning")
            return
        options = [Option(one.number, f"{one.number}  {one.subject}", note=words.status(one.status)) for one in found]
        chosen = await self.console.push_screen_wait(Choice(_("Which link ends?"), options))
        if chosen is not None:
            await self.steps.run(
                lambda: commands.unlink(self.desk, row.number, chosen),
                _("{number} and {other} aren't linked any more.").format(number=row.number, other=chosen),
            )

    async def do_ticket_related(self) -> None:
        """List what belongs to the ticket, and open one of it."""
        row = self.row()
        options = [
            Option(
                one.number, f"{one.number}  {one.subject}", note=f"{words.related(one.how)}, {words.status(one.status)}"
            )
            for one in await asyncio.to_thread(kin.of, self.desk, row.number)
        ]
        if not options:
            self.console.say(_("Nothing belongs to ticket {number} yet.").format(number=row.number), "warning")
            return
        chosen = await self.console.push_screen_wait(
            Choice(_("Open which one of {number}?").format(number=row.number), options)
        )
        if chosen is not None:
            self.queue.open_subject("ticket", chosen)

    async def _which(self, title: str, row: QueueRow) -> int | None:
        """Another ticket: one of those that are marked, an open one of the same client, or any by its number."""
        marked = self.queue.marked
        if marked:
            rows = [queries.row(self.desk, number) for number in marked[:_LISTED]]
            n = len(marked)
            title = ngettext("{n} marked ticket: with which one?", "{n} marked tickets: with which one?", n).format(n=n)
        else:
            rows = await asyncio.to_thread(queries.open_beside, self.desk, row.number, _LISTED)
        return await self.console.push_screen_wait(Choice(title, [_option(one) for one in rows], typed=self._typed))

    def _typed(self, text: str) -> Option[int] | None:
        """The ticket whose number was typed, from whichever client and view."""
        number = text.lstrip("#№")
        if not number.isdecimal() or len(number) > 15:
            return None
        try:
            return _option(queries.row(self.desk, int(number)))
        except Refused:
            return None

    # --- split --------------------------------------------------------------------------------------------------

    async def do_ticket_split(self) -> None:
        """Let messages and notes be picked that become a ticket of their own."""
        row = self.row()
        parts = await asyncio.to_thread(story.parts, self.desk, row.number)
        if len(parts) < 2:
            self.console.say(
                _("Only one thing was said on ticket {number}: there is nothing to split off.").format(
                    number=row.number
                ),
                "warning",
            )
            return
        now, new = self.desk.now(), [0]
        picks = [
            Pick(
                part.place,
                f"{at(part.at, self.queue.timezone, now)} {part.actor or '—'}",
                f"{SIGNS[part.kind]} {first_line(part.text or '')}",
            )
            for part in parts
        ]

        async def submit(picked: Picked) -> None:
            places = [place for place in picked.values if isinstance(place, tuple)]
            new[0] = await asyncio.to_thread(commands.split, self.desk, row.number, places, picked.text)

        dialog = Picks(
            _("What of ticket {number} becomes a ticket of its own?").format(number=row.number),
            picks,
            label=_("Subject of the new ticket"),
            field="subject",
            hint=_("It stays in the history here, told as moved; the new clock runs since the first of it."),
            note_width=22,
            submit=submit,
            drafts=self.console.drafts,
            draft_key=f"ticket.split:{row.number}",
        )
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("{new} is split off {number}.").format(new=new[0], number=row.number))


def _option(row: QueueRow) -> Option[int]:
    who = row.assignee or "—"
    return Option(row.number, f"{row.number}  {row.subject}", note=f"{row.client}, {words.status(row.status)}, {who}")
