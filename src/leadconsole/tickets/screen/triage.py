"""What the keys of the queue do to the selected ticket: ask, run the command, say what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel import history
from leadconsole.kernel.errors import Refused, Stale
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team.queries import workers
from leadconsole.tickets import commands, queries, rules, words
from leadconsole.tickets.commands import Basis
from leadconsole.tickets.rows import QueueRow

if TYPE_CHECKING:
    from leadconsole.tickets.screen.queue import QueueScreen

_STATUS_LETTERS = {
    "new": "n", "open": "o", "waiting_client": "c", "waiting_third_party": "t",
    "resolved": "r", "accepted": "a", "closed_rejected": "x",
}  # fmt: skip
_PRIORITY_LETTERS = {"low": "l", "normal": "n", "high": "h", "urgent": "u"}

Write = Callable[[Basis | None], object]


class Triage:
    """The `do_…` methods of the queue's commands that change tickets; they run as workers of the screen."""

    def __init__(self, queue: QueueScreen) -> None:
        self.queue = queue
        self.console = queue.console
        self.desk = queue.desk

    # --- one choice ---------------------------------------------------------------------------------------------

    async def do_ticket_assign(self) -> None:
        """Ask who shall have the ticket; those of its line with the least open tickets come first."""
        row = self._row()
        loads = queries.loads(self.desk)
        people = sorted(
            workers(self.desk), key=lambda one: (row.line not in one.lines, loads.get(one.login, 0), one.name)
        )
        options = [
            Option[str](
                one.login,
                f"{one.name} ({one.login})",
                note=_("line {lines}, {load}").format(
                    lines="+".join(str(line) for line in one.lines), load=_open_tickets(loads.get(one.login, 0))
                ),
            )
            for one in people
        ]
        options.append(Option("", _("nobody")))
        login = await self._choose(
            # On an unassigned ticket Enter takes whoever has least to do.
            _("Who takes ticket {number}?").format(number=row.number),
            options,
            row.assignee or options[0].value,
        )
        if login is not None:
            name = login or _("nobody")
            await self._set(
                row,
                row.assignee,
                lambda basis: commands.assign(self.desk, row.number, login or None, basis),
                mine=name,
                done=_("{number} is given to {who}.").format(number=row.number, who=name),
            )

    async def do_ticket_priority(self) -> None:
        """Ask for the priority."""
        row = self._row()
        options = [
            Option(one.value, words.priority(one.value), _PRIORITY_LETTERS[one.value])
            for one in reversed(rules.Priority)
        ]
        chosen = await self._choose(_("Priority of ticket {number}").format(number=row.number), options, row.priority)
        if chosen is not None:
            await self._set(
                row,
                row.priority,
                lambda basis: commands.set_priority(self.desk, row.number, chosen, basis),
                mine=words.priority(chosen),
                done=_("{number}: priority {priority}.").format(number=row.number, priority=words.priority(chosen)),
            )

    async def do_ticket_status(self) -> None:
        """Ask for the status."""
        row = self._row()
        options = [Option(one.value, words.status(one.value), _STATUS_LETTERS[one.value]) for one in rules.Status]
        chosen = await self._choose(_("Status of ticket {number}").format(number=row.number), options, row.status)
        if chosen is not None:
            await self._set(
                row,
                row.status,
                lambda basis: commands.set_status(self.desk, row.number, chosen, basis=basis),
                mine=words.status(chosen),
                done=_("{number}: {status}.").format(number=row.number, status=words.status(chosen)),
            )

    async def do_ticket_line(self) -> None:
        """Ask for the line, then for the reason."""
        row = self._row()
        options = [Option(line, _("line {line}").format(line=line)) for line in rules.LINES]
        line = await self._choose(_("Hand ticket {number} to which line?").format(number=row.number), options, row.line)
        if line is None:
            return
        if line == row.line:
            self.console.say(_("The ticket is on line {line} already.").format(line=line), "warning")
            return
        done = _("{number} is on line {line} now.").format(number=row.number, line=line)
        await self._ask(
            _("Why does {number} go to line {line}?").format(number=row.number, line=line),
            lambda typed: commands.move_line(self.desk, row.number, line, typed.text, Basis(row.version, row.line)),
            done,
            number=row.number,
            field="reason",
            draft=f"ticket.line:{row.number}",
        )

    # --- text ---------------------------------------------------------------------------------------------------

    async def do_ticket_reply(self) -> None:
        """Ask for the reply that was given elsewhere."""
        number = self._row().number
        await self._ask(
            _("Reply on ticket {number}").format(number=number),
            lambda typed: commands.reply(self.desk, number, typed.text),
            _("{number}: the reply is recorded. Nothing was sent.").format(number=number),
            number=number,
            hint=_("There is no mail here yet: this records a reply you gave by mail, phone or chat. Nothing is sent."),
            draft=f"ticket.reply:{number}",
        )

    async def do_ticket_note(self) -> None:
        """Ask for a note."""
        number = self._row().number
        await self._ask(
            _("Note on ticket {number}").format(number=number),
            lambda typed: commands.note(self.desk, number, typed.text),
            _("{number}: the note is written.").format(number=number),
            number=number,
            hint=_("For colleagues only."),
            draft=f"ticket.note:{number}",
        )

    async def do_ticket_time(self) -> None:
        """Ask for minutes and what they were for."""
        number = self._row().number

        def write(typed: Typed) -> None:
            minutes = int(typed.text) if typed.text.strip().isdecimal() else 0
            commands.log_time(self.desk, number, minutes, typed.second)

        await self._ask(
            _("Time worked on ticket {number}, in minutes").format(number=number),
            write,
            _("{number}: the time is logged.").format(number=number),
            number=number,
            field="minutes",
            lines=False,
            second=_("What for (may stay empty)"),
        )

    async def do_ticket_accept(self) -> None:
        """Accept at once; an undo takes it back."""
        row = self._row()
        await self._set(
            row,
            row.status,
            lambda basis: commands.accept(self.desk, row.number, basis=basis),
            mine=words.status("accepted"),
            done=_("{number} is accepted by the client.").format(number=row.number),
        )

    async def do_ticket_reopen(self) -> None:
        """Ask why, then reopen."""
        row = self._row()
        await self._ask(
            _("Why is {number} reopened?").format(number=row.number),
            lambda typed: commands.reopen(self.desk, row.number, typed.text, Basis(row.version, row.status)),
            _("{number} is open again.").format(number=row.number),
            number=row.number,
            field="reason",
            draft=f"ticket.reopen:{row.number}",
        )

    # --- undo ---------------------------------------------------------------------------------------------------

    async def do_queue_undo(self) -> None:
        """Take back the person's last step."""
        await self._run(lambda: history.undo(self.desk), hint=self._how_again())

    async def do_queue_redo(self) -> None:
        """Do again what was taken back."""
        await self._run(lambda: history.redo(self.desk), hint=self._how_back())

    def _how_back(self) -> str:
        return _("{key} takes it back").format(key=self.queue.key_of("queue.undo"))

    def _how_again(self) -> str:
        return _("{key} does it again").format(key=self.queue.key_of("queue.redo"))

    async def do_ticket_add(self) -> None:
        """Write down a new request."""
        from leadconsole.tickets.screen.new_ticket import new_ticket

        dialog = new_ticket(self.desk, self.console.drafts)
        if dialog is None:
            self.console.say(_("There are no clients yet; 7 opens the Desk screen, where you add one."), "warning")
            return
        if await self.console.push_screen_wait(dialog) is not None:
            self.queue.reload()
            self.queue.open_subject("ticket", dialog.number)
            self.console.say(
                _("Ticket {number} is written down.").format(number=dialog.number), "good", self._how_back()
            )

    # --- how ----------------------------------------------------------------------------------------------------

    def _row(self) -> QueueRow:
        row = self.queue.selected
        assert row is not None  # the command's guard has seen to it
        return row

    async def _choose(self, title: str, options: Sequence[Option[Any]], current: Any) -> Any:
        return await self.console.push_screen_wait(Choice(title, options, current=current))

    async def _set(self, row: QueueRow, seen: Any, write: Write, *, mine: str, done: str) -> None:
        """Run a command that replaces a value; if somebody was faster, show both and let the person decide."""
        try:
            await asyncio.to_thread(write, Basis(row.version, seen))
        except Stale as stale:
            from leadconsole.console.dialogs.stale import StaleDialog

            self.queue.reload()
            if await self.console.push_screen_wait(StaleDialog(stale, mine)) != "overwrite":
                self.console.say(_("Nothing was changed."))
                return
            await self._run(lambda: write(None), done)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
        else:
            self._done(done, row.number)

    async def _ask(
        self,
        title: str,
        write: Callable[[Typed], object],
        done: str,
        *,
        number: int,
        hint: str = "",
        field: str = "text",
        lines: bool = True,
        second: str = "",
        draft: str = "",
    ) -> None:
        """Ask for text and run a command with it; a refusal keeps the dialog and what was typed."""

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(write, typed)

        dialog = Prompt(
            title, hint=hint, lines=lines, field=field, second_label=second, submit=submit,
            drafts=self.console.drafts, draft_key=draft,
        )  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self._done(done, number)

    async def _run(self, write: Callable[[], object], done: str = "", hint: str = "") -> None:
        try:
            said = await asyncio.to_thread(write)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
        else:
            self._done(done or str(said), None, hint)

    def _done(self, said: str, number: int | None, hint: str = "") -> None:
        self.queue.reload()
        self.console.say(said, "good", hint or self._how_back())


def _open_tickets(n: int) -> str:
    return ngettext("{n} open ticket", "{n} open tickets", n).format(n=n)
