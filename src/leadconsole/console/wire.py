"""Few bytes on the wire: colours that the terminal's palette of 256 has are sent by their number.

The codes of a line are half of what a repaint writes; `48;5;233` is five bytes shorter than `48;2;18;18;18`.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_FIRST = 22
"""People give the first sixteen colours other values, and some tools the next six."""


class ByNumber(LineFilter):
    """Sends exactly the same colours, by number where they have one."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, their colours named as short as possible."""
        return [
            Segment(text, style if style is None else _short_style(style), control) for text, style, control in segments
        ]


@lru_cache(1024)
def _short_style(style: Style) -> Style:
    color, behind = _by_number(style.color), _by_number(style.bgcolor)
    return style if color is None and behind is None else style + Style.from_color(color, behind)


def _by_number(color: RichColor | None) -> RichColor | None:
    if color is None or color.type is not ColorType.TRUECOLOR or color.triplet is None:
        return None
    number = _numbers().get(color.triplet)
    # With its triplet, so that whoever blends colours needs no palette.
    return None if number is None else RichColor(color.name, ColorType.EIGHT_BIT, number, color.triplet)


@lru_cache(1)
def _numbers() -> dict[tuple[int, int, int], int]:
    from rich._palettes import EIGHT_BIT_PALETTE

    palette: Palette = EIGHT_BIT_PALETTE
    return {tuple(palette[number]): number for number in range(255, _FIRST - 1, -1)}  # type: ignore[misc]
