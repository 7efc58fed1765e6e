"""Writes of the queue: one user command is one function, one transaction, its events and its caches.

A screen passes the `Basis` it showed; if the value was changed meanwhile by somebody else, the command is refused
with both values and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.clock import moment
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import RowRule
from leadconsole.kernel.shape import Reading
from leadconsole.kernel.text import clean_line
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.tickets import (
    fillings,
    filters,
    linking,
    looks,
    merging,
    placeholders,
    restoring,
    splitting,
    steps,
    tagging,
    views,
)
from leadconsole.tickets.births import CREATED, born, next_number
from leadconsole.tickets.looks import STANDARD, Look
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.shapes import TICKETS
from leadconsole.tickets.steps import TICKET
from leadconsole.tickets.steps import Basis as Basis

RESTORERS = restoring.RESTORERS
CONSEQUENCES = restoring.CONSEQUENCES
ROW_RULES: dict[str, tuple[RowRule, ...]] = {}

MOST_AT_ONCE = 10_000
LONGEST_NAME = 24


@command(Capability.TRIAGE)
def add(desk: Desk, cells: Mapping[str, str | None], *, fill: bool = False) -> int:
    """Write down a new request from cells as in tickets.csv (client and subject at least); return its number.

    With `fill` the placeholders of its text become what the ticket says.
    """
    with desk.write() as transaction:
        sql = transaction.sql
        settings = facts.settings(sql)
        number = next_number(transaction)
        # The number and the moment are the desk's to give.
        given = {**cells, "number": str(number), "created": moment(transaction.at).isoformat()}
        row = TICKETS.read(given, Reading(settings.timezone))
        client = sql.execute("SELECT code FROM client WHERE code = ?", (row["client"],)).fetchone()
        if client is None:
            raise NotFound(_("There is no client «{code}».").format(code=row["client"]), field="client")
        steps.refuse_past(transaction, row)
        if row["start_assignee"]:
            steps.require_worker(transaction, row["start_assignee"])
        born(transaction, row)
        if fill and placeholders.wanted(row["body"] or ""):
            row["body"] = fillings.filled(transaction, number, row["body"])
            steps.set_facts(transaction, number, {"body": row["body"]})
        record(transaction, TICKET, str(number), CREATED, after=row)
        return number


@command(Capability.TRIAGE)
def reply(desk: Desk, number: int, text: str) -> None:
    """Record a reply that was given to the client (by mail, phone or chat elsewhere)."""
    with desk.write() as transaction:
        steps.say(transaction, number, Happening.REPLY, text)


@command(Capability.TRIAGE)
def note(desk: Desk, number: int, text: str) -> None:
    """Add a note for colleagues."""
    with desk.write() as transaction:
        steps.say(transaction, number, Happening.NOTE, text)


@command(Capability.TRIAGE)
def log_time(desk: Desk, number: int, minutes: int, text: str | None = None) -> None:
    """Log minutes that were worked on the ticket."""
    with desk.write() as transaction:
        steps.log_time(transaction, number, minutes, text)


@command(Capability.TRIAGE)
def assign(desk: Desk, number: int, login: str | None, basis: Basis | None = None) -> None:
    """Give the ticket to a person, or to nobody with None."""
    with desk.write() as transaction:
        steps.assign(transaction, number, login, basis)


@command(Capability.TRIAGE)
def move_line(desk: Desk, number: int, line: int, reason: str, basis: Basis | None = None) -> None:
    """Hand the ticket to another line of support; the reason is required and stays in the history."""
    with desk.write() as transaction:
        steps.move_line(transaction, number, line, reason, basis)


@command(Capability.TRIAGE)
def set_priority(desk: Desk, number: int, priority: str, basis: Basis | None = None) -> None:
    """Set how pressing the ticket is."""
    with desk.write() as transaction:
        steps.set_priority(transaction, number, priority, basis)


@command(Capability.TRIAGE)
def set_status(desk: Desk, number: int, status: str, text: str | None = None, basis: Basis | None = None) -> None:
    """Move the ticket through its life; accepting and reopening have commands of their own with the same effect."""
    with desk.write() as transaction:
        steps.set_status(transaction, number, status, text, basis)


@command(Capability.TRIAGE)
def accept(desk: Desk, number: int, text: str | None = None, basis: Basis | None = None) -> None:
    """Record that the client accepted the work; only this closes a ticket for money."""
    with desk.write() as transaction:
        steps.accept(transaction, number, text, basis)


@command(Capability.TRIAGE)
def reopen(desk: Desk, number: int, reason: str, basis: Basis | None = None) -> None:
    """Take a finished ticket back into work; its clock continues. The reason is required."""
    with desk.write() as transaction:
        steps.reopen(transaction, number, reason, basis)


@command(Capability.TRIAGE)
def correct(
    desk: Desk, number: int, cells: Mapping[str, str | None], seen: Mapping[str, str | None] | None = None
) -> None:
    """Set other facts of the ticket (price, estimate, promise, tags…) from cells as in tickets.csv.

    `seen` are the same cells as the person saw them; what somebody has changed meanwhile is Stale.
    """
    with desk.write() as transaction:
        steps.correct(transaction, number, cells, seen)


@command(Capability.TRIAGE)
def wait(desk: Desk, number: int, status: str, until: str, reason: str | None = None) -> None:
    """Let the ticket wait for the client or others until a day; its clock stands still meanwhile."""
    with desk.write() as transaction:
        steps.wait(transaction, number, status, until, reason)


@command(Capability.TRIAGE)
def reject(desk: Desk, number: int, code: str, basis: Basis | None = None) -> None:
    """Close the ticket without work, as spam or as a duplicate; `code` is kept as its resolution code."""
    with desk.write() as transaction:
        steps.reject(transaction, number, code, basis)


@command(Capability.TRIAGE)
def retag(desk: Desk, number: int, wanted: tagging.Retag) -> None:
    """Add tags to the ticket and take tags away; those that others gave meanwhile stay."""
    with desk.write() as transaction:
        tagging.retag(transaction, number, wanted)


@command(Capability.TRIAGE)
def link(desk: Desk, number: int, other: int) -> None:
    """Keep that two tickets belong together."""
    with desk.write() as transaction:
        linking.link(transaction, number, other)


@command(Capability.TRIAGE)
def unlink(desk: Desk, number: int, other: int) -> None:
    """Forget that two tickets belong together."""
    with desk.write() as transaction:
        linking.unlink(transaction, number, other)


@command(Capability.TRIAGE)
def merge(desk: Desk, number: int, into: int, *, across: bool = False) -> None:
    """Close a ticket as a duplicate and go on in another; across clients only if the person says so."""
    with desk.write() as transaction:
        merging.merge(transaction, number, into, across=across)


@command(Capability.TRIAGE)
def split(desk: Desk, number: int, places: Collection[splitting.Place], subject: str, *, dry_run: bool = False) -> int:
    """Make messages and notes of a ticket a ticket of their own; return its number."""
    new = 0
    try:
        with desk.write() as transaction:
            new = splitting.split(transaction, number, places, subject)
            if dry_run:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return new


@command(Capability.READ_QUEUE)
def save_view(desk: Desk, name: str, view: str, filter_text: str, look: Look = STANDARD) -> None:
    """Keep a filter over a built-in view under a name of one's own, with its columns and its order.

    The same name again replaces it.
    """
    from leadconsole.kernel.rows import put
    from leadconsole.tickets.tables import SavedView

    wanted = " ".join(clean_line(name).split())
    if not wanted or len(wanted) > LONGEST_NAME:
        raise Refused(
            _("A view's name has 1 to {most} letters.").format(most=LONGEST_NAME), code="bad_name", field="name"
        )
    if view not in views.BY_NAME:
        raise Refused(_("There is no view «{name}».").format(name=view[:40]), code="unknown_view", field="view")
    text = filters.read(filter_text).text
    looks.refuse_unknown(look)
    columns, sort = look.kept
    with desk.write() as transaction:
        values = {
            "owner": desk.actor.login, "name": wanted, "view": view, "filter": text, "columns": columns, "sort": sort,
        }  # fmt: skip
        put(transaction, SavedView, values)


@command(Capability.READ_QUEUE)
def forget_view(desk: Desk, name: str) -> None:
    """Forget a view of one's own."""
    from leadconsole.kernel.rows import drop
    from leadconsole.tickets.tables import SavedView

    with desk.write() as transaction:
        key = (desk.actor.login, name)
        if transaction.sql.execute("SELECT 1 FROM saved_view WHERE owner = ? AND name = ?", key).fetchone() is None:
            raise NotFound(_("There is no view «{name}».").format(name=name[:40]), field="name")
        drop(transaction, SavedView, key)


class Bulk(NamedTuple):
    """What a step did to many tickets: which it changed, and which not and why."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


Step = Callable[[Transaction, int], object]


class _OnlyTried(Exception):
    """Everything was tried; nothing of it stays."""


@command(Capability.TRIAGE)
def many(desk: Desk, numbers: Iterable[int], step: Step, *, dry_run: bool = False) -> Bulk:
    """Do one step to many tickets as one undo step; what a rule refuses is left as it is and told.

    `step` is a function of this module's `steps` with its values, given the transaction and a number.
    """
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(_("At most {most} tickets at once.").format(most=MOST_AT_ONCE), code="too_many")
    done: list[int] = []
    refused: list[tuple[int, str]] = []
    try:
        with desk.write() as transaction:
            for number in wanted:
                try:
                    with transaction.part():
                        step(transaction, number)
                except Refused as refusal:
                    refused.append((number, refusal.message))
                else:
                    done.append(number)
            if dry_run:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return Bulk(tuple(done), tuple(refused))


@command(Capability.TRIAGE)
def tried(desk: Desk, number: int, step: Step) -> Refused | None:
    """What would be refused about a step to one ticket; None if nothing. Nothing is changed."""
    try:
        with desk.write() as transaction:
            step(transaction, number)
            raise _OnlyTried
    except _OnlyTried:
        return None
    except Refused as refusal:
        return refusal
