"""One line of the screen with something on the left and something on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from leadconsole.console.widgets.toned import Toned
from leadconsole.kernel.text import clean_line, shorten, width


class Piece(NamedTuple):
    """A run of text in one tone: accent, dim, danger, warning, good, bold, chosen, or none."""

    text: str
    tone: str = ""


class Line(Toned):
    """A line that repaints only when it looks different; text in it is never parsed as markup."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"

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
        gap = Segment(" " * (cells - used - right_used), self.tone(""))
        return Strip([*left, gap, *right], cells)

    def _cells(self, pieces: Sequence[Piece]) -> int:
        return sum(width(clean_line(piece.text)) for piece in pieces)

    def _fit(self, pieces: Sequence[Piece], cells: int) -> tuple[list[Segment], int]:
        segments = []
        used = 0
        for piece in pieces:
            text = shorten(clean_line(piece.text), cells - used)
            if text:
                segments.append(Segment(text, self.tone(piece.tone)))
                used += width(text)
        return segments, used
