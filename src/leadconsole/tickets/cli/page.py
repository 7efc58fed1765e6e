"""A ticket as text for people: what it is, how its norms stand, who held it, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leadconsole.dispatch.rules import Suggestion
from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.formats import exact, money, working_time
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import clean_line, clean_text
from leadconsole.tickets import words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.story import Moment, TicketStory

_LONGEST_NAME = 24
_FIELD_OF = {"status": "status", "priority": "priority", "reopen": "status"}


def lines(told: TicketStory, suggestions: Iterable[Suggestion], timezone: str, cells: int | None) -> Iterator[str]:
    """The lines of a ticket; what others wrote is cleaned on its way out."""
    row = told.row
    yield from wrapped(clean_line(f"{words.sign(row.state, row.paused)} {row.number}  {row.subject}"), cells)
    yield from aligned([Column(), Column(wraps=True)], list(_facts(told, suggestions, timezone)), cells)
    if told.body:
        yield ""
        yield from wrapped(clean_text(told.body).rstrip("\n"), cells)
    if told.timeline:
        yield ""
        yield from _timeline(told.timeline, timezone, cells)


def _facts(told: TicketStory, suggestions: Iterable[Suggestion], timezone: str) -> Iterator[tuple[str, str]]:
    row = told.row
    yield _("client"), f"{row.client_name} ({row.client})"
    if row.requester:
        yield _("requester"), row.requester
    line = _("line {line}").format(line=row.line)
    yield _("what"), " · ".join((words.kind(row.kind), words.priority(row.priority), line))
    yield _("status"), words.status(row.status)
    yield _("assignee"), row.assignee or "—"
    yield _("created"), exact(row.created, timezone)
    yield _("first reply"), _clock(row.first_reply_due, row.first_reply_at, timezone)
    yield _("resolution"), _clock(row.resolution_due, row.resolved_at, timezone)
    if row.left is not None:
        yield _("left"), working_time(row.left)
    if row.price is not None:
        yield _("price"), money(row.price)
    if row.accepted_at is not None:
        yield _("accepted"), exact(row.accepted_at, timezone)
    if row.repeat_of is not None:
        yield _("repeats"), str(row.repeat_of)
    for place, other in enumerate(told.related):
        yield "" if place else _("belongs to it"), f"{words.related(other.how)}: {other.number}  {other.subject}"
    if bounced := _bounced(row):
        yield _("bounced"), bounced
    if told.held:
        yield _("held"), " · ".join(f"{one.who or '—'} {working_time(one.worked)} ({one.line})" for one in told.held)
    for place, person in enumerate(suggestions):
        yield "" if place else _("suggested"), f"{person.login}: {person.because}"


def _clock(due: Instant | None, at: Instant | None, timezone: str) -> str:
    if at is not None and due is not None:
        return _("{at}, due {due}").format(at=exact(at, timezone), due=exact(due, timezone))
    if at is not None:
        return exact(at, timezone)
    return _("due {due}").format(due=exact(due, timezone)) if due is not None else "—"


def _bounced(row: QueueRow) -> str:
    counted = (
        (row.handovers, ngettext("{n} handover", "{n} handovers", row.handovers)),
        (row.returns, ngettext("{n} return", "{n} returns", row.returns)),
        (row.line_pushbacks, ngettext("{n} push back", "{n} pushes back", row.line_pushbacks)),
        (row.reopens, ngettext("{n} reopening", "{n} reopenings", row.reopens)),
    )
    return " · ".join(told.format(n=n) for n, told in counted if n)


def _timeline(timeline: Iterable[Moment], timezone: str, cells: int | None) -> Iterator[str]:
    rows = []
    for one in timeline:
        text = clean_text(one.text or "").splitlines()
        if one.moved_to is not None:
            text = [_("(moved to {number})").format(number=one.moved_to)]
        value = "" if one.value is None else words.value(_FIELD_OF.get(one.kind, ""), one.value)
        what = words.happened(one.kind) + (f" ({_('taken back')})" if one.undone else "")
        first = "  ".join(part for part in (value, text[0] if text else "") if part)
        what = what if one.ticket is None else f"№ {one.ticket}: {what}"
        rows.append((exact(one.at, timezone), one.actor or "—", what, first))
        rows += [("", "", "", line) for line in text[1:]]
    columns = [Column(), Column(most=_LONGEST_NAME, gives_way=True), Column(gives_way=True), Column(wraps=True)]
    yield from aligned(columns, rows, cells)
