"""Several changes of a ticket under one name: what they are in words, and how they are done to one ticket or many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import first_line
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.tickets import commands, days, fillings, steps, tagging, words
from leadconsole.tickets.commands import Bulk
from leadconsole.tickets.rules import Happening, Status
from leadconsole.tickets.shelves import ME, NOBODY


class Ran(NamedTuple):
    """What a macro did to tickets, and what was left out because it is so already."""

    bulk: Bulk
    skipped: Mapping[int, tuple[str, ...]]


def told(macro: Entry) -> list[str]:
    """What a macro does, in the order in which it does it, each in a few words."""
    parts = []
    if macro["note"]:
        parts.append(_("note: {text}").format(text=first_line(macro["note"])))
    if macro["tags"]:
        parts.append(_("tags: {tags}").format(tags=macro["tags"]))
    if macro["priority"]:
        parts.append(_("priority: {priority}").format(priority=words.priority(macro["priority"])))
    if macro["line"]:
        parts.append(_("to line {line}").format(line=macro["line"]) + f": {macro['reason']}")
    if macro["assign"] == ME:
        parts.append(_("given to you"))
    elif macro["assign"] == NOBODY:
        parts.append(_("given to nobody"))
    elif macro["assign"]:
        parts.append(_("given to {who}").format(who=macro["assign"]))
    if macro["minutes"]:
        n = int(macro["minutes"])
        parts.append(ngettext("{n} minute worked", "{n} minutes worked", n).format(n=n))
    if macro["reply"]:
        parts.append(_("reply: {text}").format(text=first_line(macro["reply"])))
    if macro["status"]:
        status = _("status: {status}").format(status=words.status(macro["status"]))
        parts.append(f"{status} ({macro['wait']})" if macro["wait"] else status)
    return parts


@command(Capability.TRIAGE)
def run(
    desk: Desk,
    macro: Entry,
    numbers: Sequence[int],
    *,
    seen: Mapping[int, int] | None = None,
    dry_run: bool = False,
) -> Ran:
    """Do a macro to tickets as one undo step; what a rule refuses on a ticket leaves that ticket as it is.

    `seen` has the versions of tickets as they were shown: one that somebody has changed since is refused.
    """
    skipped: dict[int, tuple[str, ...]] = {}

    def step(transaction: Transaction, number: int) -> None:
        if seen is not None:
            _refuse_changed(transaction, number, seen.get(number))
        skipped[number] = apply(transaction, number, macro)

    require_people(desk, macro)
    return Ran(commands.many(desk, numbers, step, dry_run=dry_run), skipped)


@query(Capability.READ_QUEUE)
def require_people(desk: Desk, macro: Entry) -> None:
    """Refuse a macro that gives tickets to somebody who doesn't work here any more, before it touches anything."""
    login = macro["assign"]
    if login in ("", NOBODY):
        return
    try:
        steps.require_working(desk.reader, desk.now(), desk.actor.login if login == ME else login)
    except Refused as refusal:
        raise Refused(
            _("Macro «{name}» can't run: {why}").format(name=macro.key[1], why=refusal.message),
            code=refusal.code,
            field="assign",
        ) from refusal


def apply(transaction: Transaction, number: int, macro: Entry) -> tuple[str, ...]:
    """Do all of a macro to one ticket; return what was left out because it is so already."""
    left_out = []
    done = 0
    for change in _changes(macro):
        try:
            with transaction.part():
                change(transaction, number)
        except Refused as refusal:
            if refusal.code != "no_change":
                raise
            left_out.append(refusal.message)
        else:
            done += 1
    if not done:
        raise Refused(_("It is all so already."), code="no_change")
    return tuple(left_out)


Change = Callable[[Transaction, int], object]


def _changes(macro: Entry) -> list[Change]:
    """The steps of a macro; a status comes last, for a finished ticket shall have its reply before."""
    found: list[Change] = []
    if macro["note"]:
        found.append(lambda one, number: fillings.say(one, number, Happening.NOTE, macro["note"]))
    if macro["tags"]:
        wanted = tagging.read(macro["tags"])
        found.append(lambda one, number: tagging.retag(one, number, wanted))
    if macro["priority"]:
        found.append(lambda one, number: steps.set_priority(one, number, macro["priority"], None))
    if macro["line"]:
        found.append(
            lambda one, number: steps.move_line(
                one, number, int(macro["line"]), fillings.filled(one, number, macro["reason"]), None
            )
        )
    if macro["assign"]:
        found.append(lambda one, number: steps.assign(one, number, _holder(one, macro["assign"]), None))
    if macro["minutes"]:
        found.append(lambda one, number: steps.log_time(one, number, int(macro["minutes"]), None))
    if macro["reply"]:
        found.append(lambda one, number: fillings.say(one, number, Happening.REPLY, macro["reply"]))
    if macro["status"]:
        found.append(lambda one, number: _move(one, number, macro["status"], macro["wait"]))
    return found


def _holder(transaction: Transaction, named: str) -> str | None:
    return transaction.actor if named == ME else None if named == NOBODY else named


def _move(transaction: Transaction, number: int, status: str, wait: str) -> None:
    if status == Status.ACCEPTED:
        steps.accept(transaction, number, None, None)
    elif wait:
        zone = facts.settings(transaction.sql).timezone
        steps.wait(transaction, number, status, days.ahead(wait, transaction.at, zone, end_of_day=False), None)
    else:
        steps.set_status(transaction, number, status, None, None)


def _refuse_changed(transaction: Transaction, number: int, version: int | None) -> None:
    row = transaction.sql.execute("SELECT version FROM ticket WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    if version is not None and row[0] != version:
        raise Stale(
            _("Somebody has changed ticket {number} meanwhile; look at it again.").format(number=number),
            field="number",
            seen=str(version),
            present=str(row[0]),
        )
