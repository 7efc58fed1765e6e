"""One line of the screen with something on the left and something on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from leadconsole.kernel.text import clean_line, shorten, width


class Piece(NamedTuple):
    """A run of text in one tone: accent, dim, danger, warning, good, bold, chosen, or none."""

    text: str
    tone: str = ""


class Line(Widget):
    """A line that repaints only when it looks different; text in it is never parsed as markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"line--{tone}" for tone in ("accent", "dim", "danger", "warning", "good", "bold", "chosen")
    }
    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; }
    Line > .line--accent { color: $text-accent; }
    Line > .line--dim { color: $text-muted; }
    Line > .line--danger { color: $text-error; text-style: bold; }
    Line > .line--warning { color: $text-warning; }
    Line > .line--good { color: $text-success; }
    Line > .line--bold { text-style: bold; }
    Line > .line--chosen { text-style: bold reverse; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()

    def show(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        """Show these pieces; the right side is given up first where there is no room."""
        pieces = (tuple(left), tuple(right))
        if pieces != (self._left, self._right):
            self._left, self._right = pieces
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The pieces in exactly the width of the line."""
        cells = self.size.width
        right_cells = sum(width(clean_line(piece.text)) for piece in self._right)
        if right_cells > cells // 2:
            right_cells = min(right_cells, max(0, cells - self._cells(self._left) - 1))
        left, used = self._fit(self._left, cells - right_cells - bool(right_cells))
        right, right_used = self._fit(self._right, right_cells)
        gap = Segment(" " * (cells - used - right_used), self.rich_style)
        return Strip([*left, gap, *right], cells)

    def _cells(self, pieces: Sequence[Piece]) -> int:
        return sum(width(clean_line(piece.text)) for piece in pieces)

    def _fit(self, pieces: Sequence[Piece], cells: int) -> tuple[list[Segment], int]:
        segments = []
        used = 0
        for piece in pieces:
            text = shorten(clean_line(piece.text), cells - used)
            if text:
                segments.append(Segment(text, self._style(piece.tone)))
                used += width(text)
        return segments, used

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"line--{tone}") if tone else self.rich_style
