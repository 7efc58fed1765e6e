"""The ticket as text: its state, its clocks, its client, its timeline."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, Laid, block, lay_out
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.tickets import queries, rules, story, words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.screen import kin, others
from leadconsole.tickets.screen.said import Telling
from leadconsole.tickets.screen.times import at
from leadconsole.tickets.story import ClientFacts, TicketStory

MOST_RELATED = 8
"""So many related tickets stand in the pane; the list behind Enter has all of them."""
_TONES = {"overdue": "danger", "at_risk": "warning", "met": "good", "missed": "danger", "ok": "good"}


def laid_out(desk: Desk, number: int, looked_for: Sequence[str], cells: int, *, quotes: bool) -> Laid:
    """A ticket as text for a pane of so many cells; may run in a thread."""
    told = story.ticket(desk, number)
    blocks = ticket_blocks(told, queries.timezone(desk), desk.now(), looked_for, quotes=quotes)
    return lay_out([*others.blocks(desk, number), *blocks], cells)


def ticket_blocks(
    story: TicketStory, timezone: str, now: Instant, looked_for: Sequence[str] = (), *, quotes: bool = False
) -> list[Block]:
    """Everything about a ticket, most needed first; `looked_for` is marked, quoted text folded unless `quotes`."""
    telling = Telling(timezone, now, looked_for, quotes=quotes)
    return [
        *_head(story, telling),
        *_clocks(story, timezone, now),
        *_days(story, timezone, now),
        *_related(story),
        block(why_here(story.row), "dim"),
        *_held(story),
        *_client(story.client),
        *telling.body(story),
        *telling.timeline(story),
        *_earlier(story, timezone, now),
    ]


def why_here(row: QueueRow) -> str:
    """The place of a ticket in the order, in one sentence: next due, then priority, then number."""
    time = formats.working_time(abs(row.left or 0))
    if row.status in rules.FINISHED:
        return _("Why here: it is finished; finished tickets stand by their number.")
    if row.paused:
        return _("Why here: it waits, so its clock stands still and those that run come first.")
    if row.left is None:
        return _("Why here: no norm runs for it; behind those with one, priority and number decide.")
    if row.left < 0:
        return _("Why here: it is late by {time}; what fell due first stands on top.").format(time=time)
    return _("Why here: {time} is left; what falls due next comes first, then priority and number decide.").format(
        time=time
    )


def _days(story: TicketStory, timezone: str, now: Instant) -> list[Block]:
    """What it waits for, what was promised, what paid work was agreed."""
    blocks = []
    if story.wait_until is not None and story.row.paused:
        over = story.wait_until <= now
        text = _("Waited until {day}: ask again.") if over else _("Waits until {day}.")
        blocks.append(block(text.format(day=at(story.wait_until, timezone, now)), "warning" if over else ""))
    if story.promised is not None and story.row.status not in rules.FINISHED:
        late = story.promised <= now
        text = _("Promised by {day}: broken.") if late else _("Promised by {day}.")
        blocks.append(block(text.format(day=at(story.promised, timezone, now)), "danger" if late else "accent"))
    if story.estimate_minutes or story.agreed is not None:
        told = []
        if story.estimate_minutes:
            told.append(_("estimate {time}").format(time=formats.working_time(story.estimate_minutes * 60_000_000)))
        if story.agreed is not None:
            told.append(_("agreed {day}").format(day=at(story.agreed, timezone, now)))
        elif story.row.price:
            told.append(_("not agreed yet"))
        blocks.append(block(" · ".join(told), "dim"))
    if story.resolution_code:
        blocks.append(block(_("Outcome: {what}").format(what=story.resolution_code), "dim"))
    return blocks


def _related(story: TicketStory) -> list[Block]:
    """What belongs to it: where it goes on, what was merged into it, split off, linked."""
    told = []
    for one in story.related[:MOST_RELATED]:
        tone = "warning" if one.how == "merged_into" else "accent"
        told.append(Block((Piece(kin.sentence(one), tone), Piece(f"  {words.status(one.status)}", "dim")), 2))
    if rest := len(story.related) - len(told):
        told.append(block(ngettext("and {n} more", "and {n} more", rest).format(n=rest), "dim"))
    return told


def _earlier(story: TicketStory, timezone: str, now: Instant) -> list[Block]:
    """The last tickets of the same client."""
    if not story.earlier:
        return []
    blocks = [block(), block(_("Earlier from this client"), "dim")]
    blocks += [
        block(f"{one.number}  {one.subject}  {words.status(one.status)} {at(one.created, timezone, now)}", "dim", 2)
        for one in story.earlier
    ]
    return blocks


def _head(story: TicketStory, telling: Telling) -> list[Block]:
    row = story.row
    facts = [
        words.status(row.status),
        words.kind(row.kind),
        words.priority(row.priority),
        _("line {line}").format(line=row.line),
        row.assignee or _("nobody"),
    ]
    blocks = [
        Block((Piece(f"№ {row.number}  ", "accent"), *telling.marked(row.subject, "bold"))),
        block(" · ".join(facts)),
    ]
    extra = []
    if row.requester:
        extra.append(_("from {who}").format(who=row.requester))
    if story.channel:
        extra.append(words.channel(story.channel))
    if row.price is not None:
        extra.append(_("price {price}").format(price=formats.money(row.price)))
    if story.spent_minutes:
        extra.append(_("worked {time}").format(time=formats.working_time(story.spent_minutes * 60_000_000)))
    if story.tags:
        extra.append(story.tags)
    if extra:
        blocks.append(block(" · ".join(extra), "dim"))
    if row.repeat_of:
        blocks.append(
            block(_("Repeat of {number}: it wasn't solved for good.").format(number=row.repeat_of), "warning")
        )
    if counters := _counters(row):
        blocks.append(block(counters, "dim"))
    return blocks


def _counters(row: QueueRow) -> str:
    told = []
    if row.handovers:
        told.append(ngettext("{n} handover", "{n} handovers", row.handovers).format(n=row.handovers))
    if row.returns:
        told.append(ngettext("{n} return", "{n} returns", row.returns).format(n=row.returns))
    if row.reopens:
        told.append(ngettext("{n} reopening", "{n} reopenings", row.reopens).format(n=row.reopens))
    if row.line_pushbacks:
        told.append(
            ngettext("{n} push back to a lower line", "{n} pushes back to a lower line", row.line_pushbacks).format(
                n=row.line_pushbacks
            )
        )
    return " · ".join(told)


def _clocks(story: TicketStory, timezone: str, now: Instant) -> list[Block]:
    """Each clock in a line: what the norm is, when it is due, what is left, why it stands."""
    row = story.row
    if row.first_reply_due is None and row.resolution_due is None:
        if row.status in rules.FINISHED:
            return []
        return [block(_("No norm: the client has no policy, or it says nothing for this priority and line."), "dim")]
    blocks = []
    if row.first_reply_due is not None:
        given = row.first_reply_at or row.resolved_at
        blocks.append(_clock(_("First reply"), row.first_reply_due, given, "", timezone, now))
    if row.resolution_due is not None:
        paused = _("stands still: {status}").format(status=words.status(row.paused)) if row.paused else ""
        blocks.append(_clock(_("Resolution"), row.resolution_due, row.resolved_at, paused, timezone, now))
    if row.left is not None and not row.paused:
        time = formats.working_time(abs(row.left))
        late = row.left < 0
        text = _("Late by {time} of working time.") if late else _("{time} of working time left.")
        blocks.append(block(text.format(time=time), _TONES.get(row.state or "", "")))
    return blocks


def _clock(name: str, due: Instant, done: Instant | None, paused: str, timezone: str, now: Instant) -> Block:
    when = at(due, timezone, now)
    if done is not None:
        in_time = done <= due
        sign, tone = ("✓", "good") if in_time else ("✗", "danger")
        text = _("in time, was due {due}") if in_time else _("late, was due {due}")
    elif paused:
        sign, tone, text = "‖", "warning", paused + ", " + _("would be due {due}")
    elif due < now:
        sign, tone, text = "!", "danger", _("overdue since {due}")
    else:
        sign, tone, text = "·", "", _("due {due}")
    return Block((Piece(f"{sign} {name}: ", tone), Piece(text.format(due=when), tone)))


def _held(story: TicketStory) -> list[Block]:
    """Who held it how long; only worth a line once more than one did."""
    if len(story.held) < 2:
        return []
    told = [
        f"{one.who or '—'} {formats.working_time(one.worked)} ({_('line {line}').format(line=one.line)})"
        for one in story.held
    ]
    return [block(_("Held by: {holders}").format(holders=" · ".join(told)), "dim", 2)]


def _client(client: ClientFacts) -> list[Block]:
    facts = [
        _("policy {policy}").format(policy=client.policy) if client.policy else _("no policy"),
        ngettext("{n} open ticket", "{n} open tickets", client.open_tickets).format(n=client.open_tickets),
    ]
    blocks = [block(), Block((Piece(client.name, "accent"), Piece("  " + " · ".join(facts))))]
    if client.toxic_since:
        reason = f": {client.toxic_reason}" if client.toxic_reason else ""
        blocks.append(block(_("Toxic client, never alone") + reason, "danger"))
    if client.status != "active":
        left = _("This client is leaving.") if client.status == "leaving" else _("This client has left.")
        blocks.append(block(left, "warning"))
    for name, email, phone, note in client.contacts[:4]:
        blocks.append(block(" · ".join(part for part in (name, phone, email, note) if part), "dim", 2))
    if client.notes:
        blocks.append(block(client.notes, "dim"))
    return blocks
