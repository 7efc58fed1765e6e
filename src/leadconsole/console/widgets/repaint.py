"""How much of a line must be painted again once it looks different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.segment import Segment
from textual.strip import Strip

from leadconsole.kernel.text import width


def cells_to_paint(old: Strip, new: Strip) -> int:
    """The cells from the beginning of a line up to the last that differs; 0 if both look the same.

    From the beginning, for Textual paints a part of a line from the place where its widget begins.
    """
    if list(old) == list(new):
        return 0
    if not (_is_plain(old) and _is_plain(new)):
        return max(old.cell_length, new.cell_length)
    last = 0
    for place, (before, after) in enumerate(zip_longest(_cells(old), _cells(new)), 1):
        if before != after:
            last = place
    return last


def _is_plain(strip: Strip) -> bool:
    """Whether every character takes one cell."""
    return strip.text.isascii() or all(width(character) == 1 for character in strip.text)


def _cells(segments: Iterable[Segment]) -> Iterator[object]:
    """What each cell shows; an empty one looks the same in any colour of text."""
    for text, style, _control in segments:
        blank = style is None or not (style.underline or style.reverse or style.strike)
        empty = (" ", style.bgcolor if style else None)
        for character in text:
            yield empty if blank and character == " " else (character, style)
