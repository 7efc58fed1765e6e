"""A line of a grid as one strip of few segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from leadconsole.console.widgets.columns import GUTTER
from leadconsole.console.widgets.grid_layout import Layout
from leadconsole.console.widgets.grid_rows import GridSource
from leadconsole.console.widgets.rows import Cell
from leadconsole.kernel.text import clean_line, pad

Tones = Mapping[str, Style]
Sign = tuple[str, str]
"""The sign in the gap before a cell, and the tone of the cell ("" keeps its own)."""
PLAIN_SIGN: Sign = (" ", "")
MARK, CURSOR, MARKED_CURSOR = "•", "›", "»"


def sign_of(*, cursor: bool, marked: bool) -> Sign:
    """The sign and the tone of a cell with the cursor, a mark, or both."""
    if cursor:
        return (MARKED_CURSOR if marked else CURSOR, "cursor")
    return (MARK, "marked") if marked else PLAIN_SIGN


@lru_cache(4096)
def _fitted(text: str, cells: int) -> str:
    return pad(clean_line(text), cells, "center")


def row_strip(
    source: GridSource, layout: Layout, index: int, tones: Tones, width: int, gutter: Sign, sign: Callable[[int], Sign]
) -> Strip:
    """A row: its frozen heads, then the visible cells; `sign` tells that of a column."""
    row = source.row(index)
    pieces = _heads(row.heads, layout, tones, gutter, row.tone)
    if layout.columns:
        first, last = layout.columns[0].place, layout.columns[-1].place + 1
        for cell, (place, _x, cells) in zip(source.cells(index, first, last), layout.columns, strict=True):
            text, tone = (cell.text, cell.tone) if isinstance(cell, Cell) else (cell, "")
            before, look = sign(place)
            gap = cells - min(cells, source.columns[place].width)
            style = tones[look or tone or row.tone or source.columns[place].tone]
            pieces.append((before[:gap].ljust(gap) + _fitted(text, cells - gap), style))
    return _strip(pieces, width, tones[""])


def title_strip(
    source: GridSource, layout: Layout, line: int, tones: Tones, width: int, sign: Callable[[int], Sign]
) -> Strip:
    """A line of titles; those of the frozen columns stand in the last one."""
    last = line == max(len(column.titles) for column in source.columns) - 1
    heads = tuple(head.title if last else "" for head in source.heads)
    titles = [source.columns[one.place].titles[line : line + 1] or ("",) for one in layout.columns]
    return _banner(heads, [title[0] for title in titles], source, layout, tones, width, "header", sign)


def foot_strip(source: GridSource, layout: Layout, line: int, tones: Tones, width: int) -> Strip:
    """A footer row: what it is about on the left, and the sums of the visible columns."""
    feet = [(source.columns[one.place].feet[line : line + 1] or ("",))[0] for one in layout.columns]
    head = source.feet[line]
    pieces = [_whole(head, layout.heads_width, tones)]
    return _strip([*pieces, *_titles(feet, source, layout, tones, "dim", lambda place: PLAIN_SIGN)], width, tones[""])


def _banner(
    heads: Sequence[str],
    titles: Sequence[str | Cell],
    source: GridSource,
    layout: Layout,
    tones: Tones,
    width: int,
    tone: str,
    sign: Callable[[int], Sign],
) -> Strip:
    pieces = _heads(heads, layout, tones, PLAIN_SIGN, tone)
    return _strip([*pieces, *_titles(titles, source, layout, tones, tone, sign)], width, tones[""])


def _whole(head: str | Cell, cells: int, tones: Tones) -> tuple[str, Style]:
    """What stands over all the frozen columns."""
    text, tone = (head.text, head.tone) if isinstance(head, Cell) else (head, "")
    return (" " * GUTTER + pad(clean_line(text), cells - GUTTER - 1) + " ", tones[tone or "dim"])


def _heads(
    heads: Sequence[str | Cell], layout: Layout, tones: Tones, gutter: Sign, tone: str
) -> list[tuple[str, Style]]:
    pieces = [(gutter[0][:GUTTER].ljust(GUTTER), tones[gutter[1] or tone])]
    for place, cells, align in layout.heads:
        head = heads[place] if place < len(heads) else ""
        text, own = (head.text, head.tone) if isinstance(head, Cell) else (head, "")
        pieces.append((pad(clean_line(text), cells, align), tones[gutter[1] or own or tone]))
        pieces.append((" ", tones[gutter[1] or tone]))
    return pieces


def _titles(
    titles: Sequence[str | Cell],
    source: GridSource,
    layout: Layout,
    tones: Tones,
    tone: str,
    sign: Callable[[int], Sign],
) -> list[tuple[str, Style]]:
    pieces = []
    number = 0
    while number < len(titles):
        title = titles[number]
        text, own = (title.text, title.tone) if isinstance(title, Cell) else (title, "")
        text = clean_line(text)
        place, _x, cells = layout.columns[number]
        gap = cells - min(cells, source.columns[place].width)
        before, look = sign(place)
        room, number = cells - gap, number + 1
        alone = True
        while pad(text, room).rstrip() != text and number < len(titles) and titles[number] == "":
            room += layout.columns[number].cells
            number += 1
            alone = False
        shown = pad(text, room, "center" if alone else "left")
        pieces.append((before[:gap].ljust(gap) + shown, tones[look or own or tone]))
    return pieces


def _strip(pieces: Sequence[tuple[str, Style]], width: int, plain: Style) -> Strip:
    """The pieces as a strip of exactly `width` cells.

    Each segment costs some forty bytes on the wire, so blanks join what stands beside them where they look alike.
    """
    segments: list[Segment] = []
    for text, style in pieces:
        if not text:
            continue
        if segments:
            before, look = segments[-1].text, segments[-1].style
            assert look is not None
            alike = look == style or (_same_ground(look, style) and (text.isspace() or before.isspace()))
            if alike:
                segments[-1] = Segment(before + text, style if before.isspace() else look)
                continue
        segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, plain)


def _same_ground(one: Style, other: Style) -> bool:
    """Whether a blank looks the same in both."""
    return one.bgcolor == other.bgcolor and not (one.underline or other.underline or one.reverse or other.reverse)
