"""What can be done in the queue by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _
from leadconsole.tickets import rules, words

if TYPE_CHECKING:
    from leadconsole.tickets.screen.queue import QueueScreen


def _no_ticket(screen: QueueScreen) -> str | None:
    return None if screen.selected is not None else _("No ticket is selected.")


def _no_triage(screen: QueueScreen) -> str | None:
    if not screen.desk.actor.may(Capability.TRIAGE):
        return _("Your role only reads the queue.")
    return _no_ticket(screen)


def _no_rights(screen: QueueScreen) -> str | None:
    return None if screen.desk.actor.may(Capability.TRIAGE) else _("Your role only reads the queue.")


def _not_one(screen: QueueScreen) -> str | None:
    if screen.marked:
        return _("This works on one ticket; take the marks away first.")
    return _no_triage(screen)


def _not_open(screen: QueueScreen) -> str | None:
    if (why := _no_triage(screen)) or screen.marked:
        return why
    row = screen.selected
    if row is not None and row.status in rules.FINISHED:
        return _("Ticket {number} is finished ({status}); reopen it first.").format(
            number=row.number, status=words.status(row.status)
        )
    return None


def _not_finished(screen: QueueScreen) -> str | None:
    if (why := _no_triage(screen)) or screen.marked:
        return why
    row = screen.selected
    if row is not None and row.status not in rules.FINISHED:
        return _("Ticket {number} isn't finished, there is nothing to reopen.").format(number=row.number)
    return None


def _not_acceptable(screen: QueueScreen) -> str | None:
    if (why := _no_triage(screen)) or screen.marked:
        return why
    row = screen.selected
    if row is not None and row.status == rules.Status.ACCEPTED:
        return _("Ticket {number} is accepted already.").format(number=row.number)
    if row is not None and row.status == rules.Status.CLOSED_REJECTED:
        return _("Ticket {number} was rejected; there is no work to accept. Reopen it first.").format(number=row.number)
    return None


def _no_skip(screen: QueueScreen) -> str | None:
    if (why := _not_open(screen)) or screen.marked:
        return why or _("This works on one ticket; take the marks away first.")
    row = screen.selected
    if row is not None and row.assignee not in (None, screen.desk.actor.login):
        return _("Only own tickets and those of nobody can be passed over.")
    return None


def _no_own_view(screen: QueueScreen) -> str | None:
    return None if screen.own else _("This view comes with the program and stays.")


def _columns_stay(screen: QueueScreen) -> str | None:
    if screen.own:
        return None
    return _("This view comes with the program and keeps its columns; {key} makes one of your own of it.").format(
        key=screen.key_of("queue.save-view")
    )


QUEUE = "queue"

QUEUE_COMMANDS = (
    Command(
        "ticket.assign", N_("Assign"), "a", QUEUE, why_disabled=_not_open, priority=1, label=N_("assign"),
        tooltip=N_("Gives the ticket to a person or to nobody; the list shows who has how much."),
    ),
    Command(
        "ticket.line", N_("Hand to another line"), "l", QUEUE, why_disabled=_not_open, priority=2, label=N_("line"),
        tooltip=N_("Moves the ticket to line 1, 2 or 3; a reason is asked for and stays in the history."),
    ),
    Command(
        "ticket.priority", N_("Priority"), "p", QUEUE, why_disabled=_not_open, priority=3, label=N_("priority"),
        tooltip=N_("Sets how pressing it is; the due times follow."),
    ),
    Command(
        "ticket.status", N_("Status"), "s", QUEUE, why_disabled=_no_triage, priority=4, label=N_("status"),
        tooltip=N_("Moves it through its life: open, waiting, resolved, rejected. Waiting stops the clock."),
    ),
    Command(
        "ticket.wait", N_("Wait until a day"), "w", QUEUE, why_disabled=_not_open, priority=4, label=N_("wait"),
        tooltip=N_("Lets it wait for the client or for others until a day; the clock stands still meanwhile."),
    ),
    Command(
        "ticket.promise", N_("Promise"), "P", QUEUE, why_disabled=_not_open,
        tooltip=N_("Keeps the day that was promised to the client."),
    ),
    Command(
        "ticket.price", N_("Estimate and price"), "m", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Sets hours and price of paid work, and whether the client agreed."),
    ),
    Command(
        "ticket.edit", N_("Correct"), "e", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Corrects client, subject, text, kind and tags of the ticket."),
    ),
    Command(
        "ticket.reject", N_("Reject"), "x", QUEUE, why_disabled=_not_open,
        tooltip=N_("Closes it without work: spam, a duplicate, not ours."),
    ),
    Command(
        "ticket.tags", N_("Tags"), "T", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Adds tags, and with a minus takes tags away."),
    ),
    Command(
        "ticket.merge", N_("Merge"), "D", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Closes it as a duplicate of another ticket, in which its messages stand from then on."),
    ),
    Command(
        "ticket.split", N_("Split"), "Y", QUEUE, why_disabled=_not_one,
        tooltip=N_("Makes messages and notes that you pick a ticket of their own."),
    ),
    Command(
        "ticket.link", N_("Link"), "L", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Keeps that two tickets belong together; both show it."),
    ),
    Command(
        "ticket.unlink", N_("End a link"), "", QUEUE, why_disabled=_not_one,
        tooltip=N_("Forgets that two tickets belong together."),
    ),
    Command(
        "ticket.related", N_("Related tickets"), "R", QUEUE, why_disabled=_no_ticket,
        tooltip=N_("Lists what is linked, merged, split off, repeated or earlier, and opens one."),
    ),
    Command(
        "ticket.macro", N_("Run a macro"), "b", QUEUE, why_disabled=_no_triage,
        tooltip=N_("Does several changes at once, on the ticket or on all that are marked, after saying which."),
    ),
    Command(
        "queue.macros", N_("Macros"), "B", QUEUE, why_disabled=_no_rights,
        tooltip=N_("Writes macros down, changes them and throws them away."),
    ),
    Command(
        "queue.texts", N_("Ready texts"), "C", QUEUE, why_disabled=_no_rights,
        tooltip=N_("Writes texts down that Ctrl+T puts into a reply, a note or a new ticket."),
    ),
    Command(
        "queue.mark", N_("Mark"), "v", QUEUE, why_disabled=_no_ticket, label=N_("mark"), priority=13,
        tooltip=N_("Marks the ticket or takes its mark away; the triage keys then work on all that are marked."),
    ),
    Command(
        "queue.mark-range", N_("Mark up to here"), "M", QUEUE, why_disabled=_no_ticket,
        tooltip=N_("Marks everything between the last mark and the cursor."),
    ),
    Command(
        "queue.mark-all", N_("Mark the whole view"), "V", QUEUE, why_disabled=_no_ticket,
        tooltip=N_("Marks every ticket of the view or filter; Esc takes all marks away."),
    ),
    Command(
        "ticket.reply", N_("Record a reply"), "r", QUEUE, why_disabled=_no_triage, priority=5, label=N_("reply"),
        tooltip=N_("Records a reply that was given elsewhere, by mail, phone or chat: nothing is sent."),
    ),
    Command(
        "ticket.note", N_("Note"), "n", QUEUE, why_disabled=_no_triage, priority=6, label=N_("note"),
        tooltip=N_("Writes a note for colleagues; the client never sees it."),
    ),
    Command(
        "ticket.time", N_("Log time"), "t", QUEUE, why_disabled=_no_triage, priority=9, label=N_("time"),
        tooltip=N_("Logs minutes that were worked on it."),
    ),
    Command(
        "ticket.accept", N_("Accept"), "A", QUEUE, why_disabled=_not_acceptable, priority=10, label=N_("accept"),
        tooltip=N_("Records that the client accepted the work; only this closes it for money."),
    ),
    Command(
        "ticket.reopen", N_("Reopen"), "o", QUEUE, why_disabled=_not_finished, priority=11, label=N_("reopen"),
        tooltip=N_("Takes a finished ticket back into work with a reason; its clock goes on."),
    ),
    Command(
        "queue.next-ticket", N_("Next ticket"), "N", QUEUE, why_disabled=_no_rights, label=N_("next ticket"),
        tooltip=N_("Gives you the ticket that comes next: of your own the most pressing, else one of your lines."),
    ),
    Command(
        "queue.skip", N_("Pass over"), "K", QUEUE, why_disabled=_no_skip, label=N_("pass over"),
        tooltip=N_("Passes the ticket over for today with a reason that stays in its history, and serves the next."),
    ),
    Command(
        "ticket.add", N_("New ticket"), "c", QUEUE, priority=8, label=N_("new"),
        tooltip=N_("Writes down a request that came by phone, chat or on a visit."),
    ),
    Command(
        "queue.search", N_("Search and filter"), "/", QUEUE, priority=7, label=N_("search"),
        tooltip=N_("Finds words and their parts, and fields: client:acme assignee:me status:open due<2h price>0."),
    ),
    Command(
        "queue.next-view", N_("Next view"), "]", QUEUE, also=("right",),
        tooltip=N_("Shows the view on the right of the line on top."),
    ),
    Command(
        "queue.previous-view", N_("Previous view"), "[", QUEUE, also=("left",),
        tooltip=N_("Shows the view on the left of the line on top."),
    ),
    Command(
        "queue.view", N_("Choose a view"), "f", QUEUE,
        tooltip=N_("Lists the views with their counts."),
    ),
    Command(
        "queue.save-view", N_("Keep as a view"), "S", QUEUE,
        tooltip=N_("Keeps the filter under a name; it stands beside the other views with its count."),
    ),
    Command(
        "queue.columns", N_("Columns and order"), "O", QUEUE, why_disabled=_columns_stay,
        tooltip=N_("Chooses columns and order of your own view that is shown; they are kept with it."),
    ),
    Command(
        "queue.forget-view", N_("Forget this view"), "", QUEUE, why_disabled=_no_own_view,
        tooltip=N_("Takes your own view that is shown off the line; an undo brings it back."),
    ),
    Command(
        "queue.pane", N_("Ticket beside the list"), "i", QUEUE,
        tooltip=N_("Shows or hides the ticket beside the list; on a narrow screen Enter opens it."),
    ),
    Command(
        "queue.quotes", N_("Quoted text"), "z", QUEUE, why_disabled=_no_ticket,
        tooltip=N_("Unfolds what messages quote of earlier ones, or folds it again."),
    ),
    *step_commands(QUEUE),
)  # fmt: skip
QUEUE_LEGEND = (
    ("!", N_("overdue")),
    ("~", N_("at risk: little working time is left")),
    ("‖", N_("the clock stands still: the ticket waits")),
    ("·", N_("in time, or without a norm")),
    ("✓", N_("finished, every norm was met")),
    ("✗", N_("finished, a norm was missed")),
    ("⇑ ↑ ↓", N_("priority: urgent, high, low")),
    ("→ ↩ ✎", N_("message of the client, reply, note")),
    ("◉ ✎", N_("before a subject: somebody else looks at it, writes on it")),
)
"""The signs of the queue and what they mean."""
