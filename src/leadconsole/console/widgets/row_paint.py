"""A row of a table as one strip of styled cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from leadconsole.console.widgets.columns import GUTTER, Laid
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel.text import clean_line, pad, shorten

MATCH = Style(bold=True, underline=True)


def paint(row: Row, laid: Sequence[Laid], width: int, tones: Mapping[str, Style], sign: str = " ") -> Strip:
    """The row in exactly `width` cells; `sign` stands in the gutter. `tones[""]` fills what has no tone."""
    plain = tones[""]
    pieces: list[tuple[str, Style]] = [(sign[:GUTTER].ljust(GUTTER), plain)]
    used = GUTTER
    for number, (place, cells, align) in enumerate(laid):
        if number:
            pieces.append((" ", plain))
            used += 1
        cell = row.cells[place] if place < len(row.cells) else ""
        text, tone, spans = cell if isinstance(cell, Cell) else (cell, "", ())
        style = tones[tone or row.tone]
        safe = text if text.isascii() and text.isprintable() else clean_line(text)
        fitted = pad(safe, cells, align)
        used += cells
        if spans and safe == text:
            pieces += _with_spans(fitted, shorten(safe, cells), style, spans)
        else:
            pieces.append((fitted, style))
    if used < width:
        pieces.append((" " * (width - used), plain))
    return Strip(_merged(pieces), max(width, used))


def _with_spans(fitted: str, shown: str, style: Style, spans: Sequence[tuple[int, int]]) -> list[tuple[str, Style]]:
    lead = fitted.index(shown) if shown else 0
    pieces = []
    place = 0
    for start, end in sorted(spans):
        start, end = max(place, lead + start), min(lead + end, lead + len(shown))
        if start < end:
            pieces += [(fitted[place:start], style), (fitted[start:end], style + MATCH)]
            place = end
    pieces.append((fitted[place:], style))
    return pieces


def _merged(pieces: Sequence[tuple[str, Style]]) -> list[Segment]:
    """One segment per run of a style: each costs some forty bytes on the wire.

    A run of spaces looks the same in any tone, so it joins the run before it.
    """
    segments: list[Segment] = []
    for text, style in pieces:
        if not text:
            continue
        if segments:
            before = segments[-1]
            blank = text.isspace() and before.style is not None and not before.style.underline
            if before.style == style or blank:
                segments[-1] = Segment(before.text + text, before.style)
                continue
        segments.append(Segment(text, style))
    return segments
