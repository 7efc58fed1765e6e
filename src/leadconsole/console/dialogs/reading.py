"""A dialog with text to read: it scrolls, and closes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from leadconsole.console.dialogs.base import Dialog, plain
from leadconsole.kernel.i18n import _


class ReadingDialog(Dialog[None]):
    """Pieces of plain text under a title."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark,enter", "cancel", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        super().__init__(title)
        self.texts = texts

    def compose_body(self) -> Iterable[Widget]:
        return [plain(text) for text in self.texts]

    def action_page(self, pages: int) -> None:
        """Look a page on, two lines of the old one kept for the eye."""
        self.action_scroll(pages * max(1, self.query_one("#body").size.height - 2))

    def keys(self) -> str:
        return _("↑↓ PgUp PgDn: scroll   Esc: close")
