"""What the keys of the queue do: ask, run the command, say what happened."""

from __future__ import annotations

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.prompt import Typed
from leadconsole.dispatch import queries as dispatch
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team.queries import workers
from leadconsole.tickets import commands, fillings, queries, rules, steps, words
from leadconsole.tickets.commands import Basis
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.screen.corrections import Corrections
from leadconsole.tickets.screen.own_views import OwnViews
from leadconsole.tickets.screen.relations import Relations
from leadconsole.tickets.screen.shelf import Shelf
from leadconsole.today.screen.serving import Serving

_STATUS_LETTERS = {
    "new": "n", "open": "o", "waiting_client": "c", "waiting_third_party": "t",
    "resolved": "r", "accepted": "a", "closed_rejected": "x",
}  # fmt: skip
_PRIORITY_LETTERS = {"low": "l", "normal": "n", "high": "h", "urgent": "u"}


class Triage(Corrections, OwnViews, Relations, Shelf):
    """The `do_…` methods of the queue's commands that change tickets; they run as workers of the screen."""

    # --- one choice ---------------------------------------------------------------------------------------------

    async def do_ticket_assign(self) -> None:
        """Ask who shall have the ticket; who is suggested comes first with the reason, then its line by load."""
        row = self.row()
        loads = queries.loads(self.desk)
        suggested = {
            one.login: one.because for one in dispatch.suggested(self.desk, row.line, row.assignee, row.client)
        }
        order = list(suggested)
        people = sorted(
            workers(self.desk),
            key=lambda one: (
                order.index(one.login) if one.login in suggested else len(order),
                row.line not in one.lines,
                loads.get(one.login, 0),
                one.name,
            ),
        )
        options = [
            Option[str](
                one.login,
                f"{one.name} ({one.login})",
                note=suggested.get(one.login)
                or _("line {lines}, {load}").format(
                    lines="+".join(str(line) for line in one.lines), load=_open_tickets(loads.get(one.login, 0))
                ),
            )
            for one in people
        ]
        options.append(Option("", _("nobody")))
        login = await self.choose(
            # On an unassigned ticket Enter takes whoever is suggested first.
            _("Who takes ticket {number}?").format(number=row.number),
            options,
            row.assignee or options[0].value,
        )
        if login is not None:
            name = login or _("nobody")
            await self.set_value(
                row,
                row.assignee,
                lambda basis: commands.assign(self.desk, row.number, login or None, basis),
                lambda transaction, number: steps.assign(transaction, number, login or None, None),
                mine=name,
                done=_("{number} is given to {who}.").format(number=row.number, who=name),
            )

    async def do_ticket_priority(self) -> None:
        """Ask for the priority."""
        row = self.row()
        options = [
            Option(one.value, words.priority(one.value), _PRIORITY_LETTERS[one.value])
            for one in reversed(rules.Priority)
        ]
        chosen = await self.choose(_("Priority of ticket {number}").format(number=row.number), options, row.priority)
        if chosen is not None:
            await self.set_value(
                row,
                row.priority,
                lambda basis: commands.set_priority(self.desk, row.number, chosen, basis),
                lambda transaction, number: steps.set_priority(transaction, number, chosen, None),
                mine=words.priority(chosen),
                done=_("{number}: priority {priority}.").format(number=row.number, priority=words.priority(chosen)),
            )

    async def do_ticket_status(self) -> None:
        """Ask for the status."""
        row = self.row()
        options = [Option(one.value, words.status(one.value), _STATUS_LETTERS[one.value]) for one in rules.Status]
        chosen = await self.choose(_("Status of ticket {number}").format(number=row.number), options, row.status)
        if chosen is not None:
            await self.set_value(
                row,
                row.status,
                lambda basis: commands.set_status(self.desk, row.number, chosen, basis=basis),
                lambda transaction, number: steps.set_status(transaction, number, chosen, None, None),
                mine=words.status(chosen),
                done=_("{number}: {status}.").format(number=row.number, status=words.status(chosen)),
            )

    async def do_ticket_line(self) -> None:
        """Ask for the line, then for the reason."""
        row = self.row()
        options = [Option(line, _("line {line}").format(line=line)) for line in rules.LINES]
        line = await self.choose(_("Hand ticket {number} to which line?").format(number=row.number), options, row.line)
        if line is None:
            return
        if line == row.line and not self.queue.marked:
            self.console.say(_("The ticket is on line {line} already.").format(line=line), "warning")
            return
        done = _("{number} is on line {line} now.").format(number=row.number, line=line)
        await self.ask(
            _("Why does {number} go to line {line}?").format(number=row.number, line=line),
            lambda typed: commands.move_line(self.desk, row.number, line, typed.text, Basis(row.version, row.line)),
            lambda typed: lambda transaction, number: steps.move_line(transaction, number, line, typed.text, None),
            done,
            what=_("line {line}").format(line=line),
            field="reason",
            draft=f"ticket.line:{row.number}",
        )

    # --- text ---------------------------------------------------------------------------------------------------

    async def do_ticket_reply(self) -> None:
        """Ask for the reply that was given elsewhere."""
        number = self.row().number
        await self.ask(
            _("Reply on ticket {number}").format(number=number),
            lambda typed: commands.reply(self.desk, number, typed.text),
            lambda typed: lambda transaction, one: fillings.say(transaction, one, Happening.REPLY, typed.text),
            _("{number}: the reply is recorded. Nothing was sent.").format(number=number),
            what=words.happened("reply"),
            hint=_("There is no mail here yet: this records a reply you gave by mail, phone or chat. Nothing is sent."),
            draft=f"ticket.reply:{number}",
            texts=True,
        )

    async def do_ticket_note(self) -> None:
        """Ask for a note."""
        number = self.row().number
        await self.ask(
            _("Note on ticket {number}").format(number=number),
            lambda typed: commands.note(self.desk, number, typed.text),
            lambda typed: lambda transaction, one: fillings.say(transaction, one, Happening.NOTE, typed.text),
            _("{number}: the note is written.").format(number=number),
            what=words.happened("note"),
            hint=_("For colleagues only."),
            draft=f"ticket.note:{number}",
            texts=True,
        )

    async def do_ticket_time(self) -> None:
        """Ask for minutes and what they were for."""
        number = self.row().number

        await self.ask(
            _("Time worked on ticket {number}, in minutes").format(number=number),
            lambda typed: commands.log_time(self.desk, number, _minutes(typed), typed.second),
            lambda typed: lambda transaction, one: steps.log_time(transaction, one, _minutes(typed), typed.second),
            _("{number}: the time is logged.").format(number=number),
            what=words.happened("time"),
            field="minutes",
            lines=False,
            second=_("What for (may stay empty)"),
        )

    async def do_ticket_accept(self) -> None:
        """Accept at once; an undo takes it back."""
        row = self.row()
        await self.set_value(
            row,
            row.status,
            lambda basis: commands.accept(self.desk, row.number, basis=basis),
            lambda transaction, number: steps.accept(transaction, number, None, None),
            mine=words.status("accepted"),
            done=_("{number} is accepted by the client.").format(number=row.number),
        )

    async def do_ticket_reopen(self) -> None:
        """Ask why, then reopen."""
        row = self.row()
        await self.ask(
            _("Why is {number} reopened?").format(number=row.number),
            lambda typed: commands.reopen(self.desk, row.number, typed.text, Basis(row.version, row.status)),
            lambda typed: lambda transaction, number: steps.reopen(transaction, number, typed.text, None),
            _("{number} is open again.").format(number=row.number),
            what=words.happened("reopen"),
            field="reason",
            draft=f"ticket.reopen:{row.number}",
        )

    # --- undo ---------------------------------------------------------------------------------------------------

    async def do_queue_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_queue_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()

    async def do_queue_next_ticket(self) -> None:
        """Take the ticket that comes next."""
        await Serving(self.queue, self.steps).serve()

    async def do_queue_skip(self) -> None:
        """Pass the ticket over for today."""
        await Serving(self.queue, self.steps).skip(self.row().number)

    async def do_ticket_add(self) -> None:
        """Write down a new request."""
        from leadconsole.tickets.screen.new_ticket import new_ticket

        dialog = new_ticket(self.desk, self.console.drafts)
        if dialog is None:
            self.console.say(_("There are no clients yet; 7 opens the Desk screen, where you add one."), "warning")
            return
        dialog.ready_texts = self.ready_text(None)
        if await self.console.push_screen_wait(dialog) is not None:
            self.queue.reload()
            self.queue.show_ticket(dialog.number)
            self.console.say(
                _("Ticket {number} is written down.").format(number=dialog.number), "good", self.steps.how_back()
            )


def _minutes(typed: Typed) -> int:
    return int(typed.text) if typed.text.strip().isdecimal() else 0


def _open_tickets(n: int) -> str:
    return ngettext("{n} open ticket", "{n} open tickets", n).format(n=n)
