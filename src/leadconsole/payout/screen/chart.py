"""Twelve months as columns: volume, profit and own pay, each up to its best; the guarantee is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import pad
from leadconsole.payout.queries import Past

LEVELS = " ▁▂▃▄▅▆▇█"
NOTHING = "·"
"""A loss, or nothing, stands on the ground as a dot."""
ABNORMAL = "!"
_NAME = 14
_TALLEST = 5
_COLUMN = 3
"""Cells of a month: its bar and a gap."""


def column(value: int, most: int, height: int) -> list[str]:
    """One bar from its top line down: `most` fills `height` lines, a loss is a dot."""
    if value <= 0 or most <= 0:
        return [" "] * (height - 1) + [NOTHING]
    steps = max(1, value * height * 8 // most)
    return [LEVELS[max(0, min(8, steps - 8 * below))] for below in range(height - 1, -1, -1)]


def chart(past: Sequence[Past], lines: int) -> list[Block]:
    """The chart in at most so many lines: what doesn't fit is left out, own pay and the marks last."""
    if lines < 2 or not any(one.volume or one.profit for one in past):
        return []
    named: list[tuple[str, Callable[[Past], int]]] = [
        (_("Volume"), lambda one: one.volume),
        (_("Profit"), lambda one: one.profit),
        (_("Own pay"), lambda one: one.lead_pay),
    ]
    feet = 2 if lines >= 5 else 1
    shown = named[-max(1, min(3, lines - feet)) :]
    gaps = len(shown) - 1 if lines - feet >= 3 * len(shown) - 1 else 0
    height = max(1, min(_TALLEST, (lines - feet - gaps) // len(shown)))
    told = [Block(())] if lines > feet + gaps + height * len(shown) else []
    for place, (name, figure) in enumerate(shown):
        if place and gaps:
            told.append(Block(()))
        values = [figure(one) for one in past]
        best = max(values)
        bars = [column(value, best, height) for value in values]
        for row in range(height):
            label = name if row == 0 else formats.money(best) if row == 1 else ""
            left = Piece(pad(label, _NAME - 1) + " ", "dim" if row else "")
            told.append(Block((left, *_cells(past, [bar[row] for bar in bars]))))
    if feet == 2:
        months = [Piece(pad(str(one.month.month), _COLUMN), "bold" if one is past[-1] else "dim") for one in past]
        told.append(Block((Piece(" " * _NAME), *months)))
    marks = [Piece(pad(ABNORMAL if one.abnormal else "", _COLUMN), "danger") for one in past]
    said = _("! guarantee") if any(one.abnormal for one in past) else ""
    told.append(Block((Piece(pad(said, _NAME), "dim"), *marks)))
    return told


def _cells(past: Sequence[Past], bars: Sequence[str]) -> list[Piece]:
    """One line of bars: a month on the guarantee in the tone of danger, the one that is shown in the accent."""
    return [
        Piece(
            (bar if bar == NOTHING else bar * 2).ljust(_COLUMN),
            "danger" if one.abnormal else "accent" if one is past[-1] else "",
        )
        for one, bar in zip(past, bars, strict=True)
    ]
