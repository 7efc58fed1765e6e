"""The line on top of a screen with several views: as many around the shown one as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events

from leadconsole.console.widgets.line import Line, Piece
from leadconsole.kernel.text import clean_line, width

BEFORE, AFTER = "‹", "›"
"""There are views for which there is no room: `[` and `]` step to them."""


class ViewTab(NamedTuple):
    """One view: its name, its title, a note such as a count, and a tone while it isn't the shown one."""

    name: str
    title: str
    note: str = ""
    tone: str = ""


class ViewsLine(Line):
    """Views from left to right, the shown one inverted; what narrows it stands on the right."""

    _tabs: tuple[ViewTab, ...] = ()
    _chosen = ""
    _beside: tuple[Piece, ...] = ()

    def show_views(self, tabs: Sequence[ViewTab], chosen: str, beside: Sequence[Piece] = ()) -> None:
        """Show these views."""
        self._tabs, self._chosen, self._beside = tuple(tabs), chosen, tuple(beside)
        self._fit_views()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_views()

    def _fit_views(self) -> None:
        room = self.size.width - sum(width(clean_line(piece.text)) for piece in self._beside) - bool(self._beside)
        tabs = list(self._tabs)
        # A count that warns of nothing is given up before a view is: one that isn't seen is one nobody goes to.
        quiet = [tab for tab in tabs if tab.note and tab.name != self._chosen and tab.tone not in ("danger", "warning")]
        for tab in sorted(quiet, key=lambda tab: -len(tab.note)):
            if _cells(tabs) <= room:
                break
            tabs[tabs.index(tab)] = tab._replace(note="")
        place = next((number for number, tab in enumerate(tabs) if tab.name == self._chosen), 0)
        before = after = False
        while len(tabs) > 1 and _cells(tabs) + before + after > room:
            first = place > len(tabs) // 2
            tabs.pop(0 if first else -1)
            place -= first
            before, after = before or first, after or not first
        pieces = [_piece(tab, tab.name == self._chosen) for tab in tabs]
        self.show([*[Piece(BEFORE, "dim")] * before, *pieces, *[Piece(AFTER, "dim")] * after], self._beside)


def _cells(tabs: Sequence[ViewTab]) -> int:
    return sum(width(_piece(tab, chosen=False).text) for tab in tabs)


def _piece(tab: ViewTab, chosen: bool) -> Piece:
    note = f" {tab.note}" if tab.note else ""
    return Piece(f" {clean_line(tab.title)}{note} ", "chosen" if chosen else tab.tone)
