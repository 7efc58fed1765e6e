"""Asks before something runs, and says what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.kernel.i18n import _


class Confirm(Dialog[bool]):
    """A question with y and n. A dangerous one is not answered by Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", show=False),
        Binding("n", "cancel", show=False),
        Binding("enter", "enter", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        *,
        touches: Sequence[str] = (),
        dangerous: bool = False,
        submit: Submit[bool] | None = None,
    ) -> None:
        super().__init__(title, submit=submit, dangerous=dangerous)
        self.touches = tuple(touches)
        self.dangerous = dangerous

    def compose_body(self) -> Iterable[Widget]:
        return [plain(line) for line in self.touches]

    def keys(self) -> str:
        return _("y: yes   n or Esc: no") if self.dangerous else _("y or Enter: yes   n or Esc: no")

    def action_yes(self) -> None:
        """Answer yes."""
        self.submit(True)

    def action_enter(self) -> None:
        """Enter is yes where nothing is at stake."""
        if not self.dangerous:
            self.submit(True)
