"""The ticket as text: its state, its clocks, its client, its timeline."""

from __future__ import annotations

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date
from leadconsole.tickets import rules, words
from leadconsole.tickets.rows import QueueRow
from leadconsole.tickets.story import ClientFacts, Moment, TicketStory

_TONES = {"overdue": "danger", "at_risk": "warning", "met": "good", "missed": "danger", "ok": "good"}
_LONGEST_BODY = 20_000
_SAID = {"message_in": "→", "reply": "↩", "note": "✎"}


def ticket_blocks(story: TicketStory, timezone: str, now: Instant) -> list[Block]:
    """Everything about a ticket, most needed first."""
    return [
        *_head(story),
        *_clocks(story, timezone, now),
        *_held(story),
        *_client(story.client),
        *_body(story),
        *_timeline(story, timezone, now),
    ]


def _head(story: TicketStory) -> list[Block]:
    row = story.row
    facts = [
        words.status(row.status),
        words.kind(row.kind),
        words.priority(row.priority),
        _("line {line}").format(line=row.line),
        row.assignee or _("nobody"),
    ]
    blocks = [
        Block((Piece(f"№ {row.number}  ", "accent"), Piece(row.subject, "bold"))),
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
    when = _at(due, timezone, now)
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


def _at(when: Instant, timezone: str, now: Instant) -> str:
    """A moment to the minute: only the time on the same day, else with the day."""
    if formats.day(local_date(when, timezone)) == formats.day(local_date(now, timezone)):
        return formats.time_of_day(when, timezone)
    return formats.exact(when, timezone)


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


def _body(story: TicketStory) -> list[Block]:
    if not story.body:
        return []
    blocks = [block(), block(story.body[:_LONGEST_BODY])]
    if len(story.body) > _LONGEST_BODY:
        rest = len(story.body) - _LONGEST_BODY
        blocks.append(block(ngettext("… {n} more character", "… {n} more characters", rest).format(n=rest), "dim"))
    return blocks


def _timeline(story: TicketStory, timezone: str, now: Instant) -> list[Block]:
    """What happened, newest first: what was said in full, changes in one line, undone things struck out in words."""
    blocks = [block(), block(_("Timeline, newest first"), "dim")]
    # An undo shows in what it took back; as a line of its own it would only be noise.
    told = [one for one in reversed(story.timeline) if one.kind != rules.Happening.UNDO]
    blocks += [_moment(one, timezone, now) for one in told]
    came = _at(story.row.created, timezone, now)
    blocks.append(Block((Piece(f"{came}  ", "dim"), Piece(_("The ticket came in.")))))
    return blocks


def _moment(one: Moment, timezone: str, now: Instant) -> Block:
    head = f"{_at(one.at, timezone, now)}  {one.actor or '—'}  "
    if one.kind in _SAID:
        said = (one.text or "")[:_LONGEST_BODY]
        pieces: tuple[Piece, ...] = (
            Piece(head, "dim"), Piece(f"{_SAID[one.kind]} ", "accent"),
            Piece(said or words.happened(one.kind), "dim" if one.undone else ""),
        )  # fmt: skip
    else:
        pieces = (Piece(head, "dim"), Piece(_change(one), "dim"))
    if one.undone:
        pieces = (*pieces, Piece("  " + _("(taken back)"), "warning"))
    return Block(pieces, 2)


def _change(one: Moment) -> str:
    """A change in words."""
    if one.kind == "status":
        told = _("status: {status}").format(status=words.status(one.value or ""))
    elif one.kind == "assign":
        told = _("given to {who}").format(who=one.value) if one.value else _("given to nobody")
    elif one.kind == "line":
        told = _("to line {line}").format(line=one.value)
    elif one.kind == "priority":
        told = _("priority: {priority}").format(priority=words.priority(one.value or ""))
    elif one.kind == "time":
        minutes = int(one.value or 0)
        told = ngettext("{n} minute worked", "{n} minutes worked", minutes).format(n=minutes)
    else:
        told = words.happened(one.kind)
    return f"{told}: {one.text}" if one.text else told
