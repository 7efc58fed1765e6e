"""A pane of running text in tones: wraps what it is given, paints only the lines that are visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from leadconsole.console.guard import Guarded
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.repaint import cells_to_paint
from leadconsole.console.widgets.toned import Toned
from leadconsole.kernel.i18n import ngettext
from leadconsole.kernel.text import clean_line, pad, shorten, width

MARGIN = 1
"""Cells left and right of the text; painted with it, for padding of its own would be a style more on every line."""
LONGEST = 3_000
"""Lines that are laid out at most; a longer text says how much is left out."""


class Block(NamedTuple):
    """A paragraph: pieces that are wrapped together, later lines moved in by `indent` cells."""

    pieces: tuple[Piece, ...]
    indent: int = 0


def block(text: str = "", tone: str = "", indent: int = 0) -> Block:
    """A paragraph of one tone."""
    return Block((Piece(text, tone),), indent)


class Laid(NamedTuple):
    """Blocks with their lines in so many cells; a long text is laid out in a thread."""

    blocks: tuple[Block, ...]
    cells: int
    lines: list[list[Piece]]


def lay_out(blocks: Sequence[Block], cells: int) -> Laid:
    """The lines of blocks in a pane of so many cells, at most `LONGEST`."""
    lines: list[list[Piece]] = []
    for place, one in enumerate(blocks):
        if len(lines) >= LONGEST:
            rest = len(blocks) - place
            told = ngettext("… {n} more entry has no room here", "… {n} more entries have no room here", rest)
            lines.append([Piece(told.format(n=rest), "warning")])
            break
        lines += wrap(one, max(10, cells - 2 * MARGIN))
    return Laid(tuple(blocks), cells, lines)


class TextPane(Guarded, Toned, can_focus=True):
    """Blocks of text that scroll by line and page."""

    DEFAULT_CSS = "TextPane { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_by(1)", show=False),
        Binding("k,up", "scroll_by(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("g,home", "top", show=False),
        Binding("G,end", "bottom", show=False),
        Binding("enter", "enter", show=False),
    ]

    class Appeared(Message):
        """The pane has got room on the screen and may want other text."""

    class Entered(Message):
        """Enter was pressed in the text."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._laid = Laid((), -1, [])
        self._top = 0
        self._strips: dict[tuple[int, bool], Strip] = {}
        """Lines as they were painted, by their place and whether they only say how much follows."""
        self._strips_of: Laid | None = None

    def show(self, text: Sequence[Block] | Laid, *, keep_place: bool = False) -> None:
        """Show another text, from its beginning unless the same only went on."""
        blocks = text.blocks if isinstance(text, Laid) else tuple(text)
        if blocks == self._laid.blocks:
            return
        before = [self.render_line(y) for y in range(self.size.height)]
        self._laid = text if isinstance(text, Laid) else Laid(blocks, -1, [])
        if not keep_place:
            self._top = 0
        for y, old in enumerate(before):
            if cells := cells_to_paint(old, self.render_line(y)):
                self.refresh(Region(0, y, cells, 1))

    def on_show(self) -> None:
        self.post_message(self.Appeared())

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join("".join(piece.text for piece in line) for line in self._wrapped())

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        cells = self.size.width
        lines = self._wrapped()
        place = self._top + y
        if place >= len(lines):
            return Strip.blank(cells, self.tone(""))
        goes_on = y == self.size.height - 1 and place < len(lines) - 1
        if self._strips_of is not self._laid:
            self._strips, self._strips_of = {}, self._laid
        strip = self._strips.get((place, goes_on))
        if strip is None:
            strip = self._strips[place, goes_on] = self._painted(place, cells, goes_on=goes_on)
        return strip

    def notify_style_update(self) -> None:
        """Theme, focus or colours have changed: paint anew."""
        super().notify_style_update()
        self._strips.clear()

    def _painted(self, place: int, cells: int, *, goes_on: bool) -> Strip:
        lines = self._laid.lines
        if goes_on:
            shown = [Piece(pad(f"↓ {len(lines) - place}", max(0, cells - 2 * MARGIN), "right"), "dim")]
        else:
            shown = lines[place]
        text = " " * MARGIN
        tone = next((piece.tone for piece in shown if not piece.text.isspace()), "")
        used = MARGIN
        segments = []
        for piece in shown:
            # Each segment costs some forty bytes on the wire; a run of spaces joins the one before it.
            if piece.tone != tone and not piece.text.isspace():
                segments.append(Segment(text, self.tone(tone)))
                text, tone = "", piece.tone
            text += piece.text
            used += width(piece.text)
        text += " " * max(0, cells - used)
        return Strip([*segments, Segment(text, self.tone(tone))], cells)

    def on_resize(self, event: events.Resize) -> None:
        self._show_from(self._top)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll_by(-3)

    def action_scroll_by(self, lines: int) -> None:
        """Move the text by some lines."""
        self._show_from(self._top + lines)

    def action_page(self, pages: int) -> None:
        """Move the text by a page, two lines of the old one kept for the eye."""
        self._show_from(self._top + pages * max(1, self.size.height - 2))

    def action_top(self) -> None:
        """Go to the beginning."""
        self._show_from(0)

    def action_bottom(self) -> None:
        """Go to the end."""
        self._show_from(len(self._wrapped()))

    def action_enter(self) -> None:
        """Tell that Enter was pressed."""
        self.post_message(self.Entered())

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, len(self._wrapped()) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _wrapped(self) -> list[list[Piece]]:
        if self._laid.cells != self.size.width:
            self._laid = lay_out(self._laid.blocks, self.size.width)
        return self._laid.lines


def wrap(one: Block, cells: int) -> list[list[Piece]]:
    """The lines of a block in a width, broken at spaces where there are any; text is cleaned here again."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for piece in one.pieces:
        for number, paragraph in enumerate(piece.text.split("\n", LONGEST)):
            if number:
                lines.append([])
                used = 0
            for word in _words(clean_line(paragraph)):
                if _wider(word, cells - used) and used > one.indent:
                    lines.append([Piece(" " * one.indent)] if one.indent else [])
                    used = one.indent
                    word = word.lstrip() or ""
                while _wider(word, cells - used) and cells > used:
                    head = _head(word, cells - used)
                    lines[-1].append(Piece(head, piece.tone))
                    word = word[len(head) :].lstrip()
                    if not word:
                        break
                    lines.append([Piece(" " * one.indent)] if one.indent else [])
                    used = one.indent
                if word:
                    lines[-1].append(Piece(word, piece.tone))
                    used += width(word)
            if len(lines) > LONGEST:
                return lines[:LONGEST]
    return lines


def _wider(word: str, cells: int) -> bool:
    """Whether a word without the spaces behind it takes more cells; of a very long one only the beginning counts."""
    return width(word[: max(cells, 1) * 16].rstrip()) > cells


def _head(word: str, cells: int) -> str:
    """As much of a word as fits, at least one character."""
    # Longer than it may be in any case, so that it is cut, with the last cell for the sign of the cut.
    head = shorten(f"{word}  ", cells + 1).removesuffix("…")
    return word[: max(1, len(head))]


def _words(text: str) -> list[str]:
    """Words, each with the spaces that follow it."""
    words: list[str] = []
    begin = 0
    for place in range(1, len(text)):
        if text[place - 1] == " " and text[place] != " ":
            words.append(text[begin:place])
            begin = place
    if begin < len(text):
        words.append(text[begin:])
    return words
