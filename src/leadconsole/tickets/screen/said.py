"""What was said and done on a ticket, newest first: quotes folded, what a search has found marked."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import N_, _, ngettext
from leadconsole.kernel.text import first_line
from leadconsole.tickets import rules, words
from leadconsole.tickets.quotes import parts
from leadconsole.tickets.screen.columns import found
from leadconsole.tickets.screen.times import at
from leadconsole.tickets.story import Moment, TicketStory

LONGEST = 20_000
"""Characters of one text that are shown."""
MOST_TOLD = 1_000
"""The newest entries of a timeline that are shown."""
SIGNS = {"message_in": "→", "reply": "↩", "note": "✎"}
"""The signs of what people said."""

_OTHERS = {
    "linked": N_("linked with {number}"),
    "unlinked": N_("not linked with {number} any more"),
    "merged_into": N_("merged into {number}"),
    "takes_in": N_("{number} is merged into this"),
    "released": N_("taken out of {number}"),
    "lets_go": N_("{number} is taken out again"),
    "split_off": N_("{number} is split off"),
    "split_from": N_("split off {number}"),
}


class Telling:
    """How a ticket is told: in which zone and moment, with which words marked, quotes folded or not."""

    def __init__(self, timezone: str, now: Instant, looked_for: Sequence[str] = (), *, quotes: bool = False) -> None:
        self.timezone = timezone
        self.now = now
        self.looked_for = tuple(looked_for)
        self.quotes = quotes

    def body(self, story: TicketStory) -> list[Block]:
        """What the request said."""
        if not story.body:
            return []
        return [block(), *(Block(tuple(self.text(part))) for part in [story.body])]

    def timeline(self, story: TicketStory) -> list[Block]:
        """What happened: what was said in full, changes in one line, undone things told as taken back."""
        blocks = [block(), block(_("Timeline, newest first"), "dim")]
        # An undo shows in what it took back; as a line of its own it would only be noise.
        told = [one for one in reversed(story.timeline) if one.kind != rules.Happening.UNDO]
        blocks += [self._moment(one) for one in told[:MOST_TOLD]]
        if older := len(told[MOST_TOLD:]):
            more = ngettext(
                "… {n} older entry; «leadconsole ticket show {number}» has it.",
                "… {n} older entries; «leadconsole ticket show {number}» has them.",
                older,
            )
            blocks.append(block(more.format(n=older, number=story.row.number), "warning"))
        came = at(story.row.created, self.timezone, self.now)
        blocks.append(Block((Piece(f"{came}  ", "dim"), Piece(_("The ticket came in.")))))
        return blocks

    def text(self, text: str, tone: str = "") -> list[Piece]:
        """A text with its quotes folded and the words of a search marked."""
        told: list[Piece] = []
        shown = text[:LONGEST]
        for place, part in enumerate(parts(shown)):
            if place:
                told.append(Piece("\n", tone))
            if part.quoted and not self.quotes:
                n = len(part.lines)
                folded = ngettext("… {n} quoted line (z unfolds)", "… {n} quoted lines (z unfolds)", n).format(n=n)
                told.append(Piece(folded, "dim"))
            else:
                told += self.marked("\n".join(part.lines), "dim" if part.quoted else tone)
        if rest := len(text) - len(shown):
            more = ngettext("… {n} more character", "… {n} more characters", rest).format(n=rest)
            told.append(Piece(f"\n{more}", "dim"))
        return told

    def marked(self, text: str, tone: str = "") -> list[Piece]:
        """A text in pieces, those that a search has found in the tone for that."""
        told: list[Piece] = []
        end = 0
        for start, stop in found(text, self.looked_for):
            if start < end:
                continue
            told += [Piece(text[end:start], tone), Piece(text[start:stop], "found")]
            end = stop
        return [piece for piece in (*told, Piece(text[end:], tone)) if piece.text]

    def _moment(self, one: Moment) -> Block:
        head = f"{at(one.at, self.timezone, self.now)}  {one.actor or '—'}  "
        if one.ticket is not None:
            head += f"№ {one.ticket}  "
        pieces = [Piece(head, "dim")]
        if one.moved_to is not None:
            pieces.append(Piece(f"{SIGNS[one.kind]} {first_line(one.text or '')}", "dim"))
            pieces.append(Piece("  " + _("(moved to {number})").format(number=one.moved_to), "warning"))
        elif one.kind in SIGNS:
            pieces.append(Piece(f"{SIGNS[one.kind]} ", "accent"))
            tone = "dim" if one.undone else ""
            pieces += self.text(one.text, tone) if one.text else [Piece(words.happened(one.kind), tone)]
        else:
            pieces += self.marked(change(one), "dim")
        if one.undone:
            pieces.append(Piece("  " + _("(taken back)"), "warning"))
        return Block(tuple(pieces), 2)


def change(one: Moment) -> str:
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
    elif one.kind in _OTHERS:
        told = _(_OTHERS[one.kind]).format(number=one.value)
    else:
        told = words.happened(one.kind)
        if one.kind == "changed" and one.value:
            told = f"{told}: {', '.join(words.field(name) for name in one.value.split(','))}"
    return f"{told}: {one.text}" if one.text else told
