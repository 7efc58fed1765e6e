"""Shows both values when somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.widget import Widget

from leadconsole.console.dialogs.base import Dialog, plain
from leadconsole.kernel.errors import Stale
from leadconsole.kernel.i18n import _

Answer = Literal["overwrite", "keep"]


class StaleDialog(Dialog[Answer]):
    """Which value shall stand: mine (`overwrite`) or theirs (`keep`, also by Esc as None)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer('overwrite')", show=False),
        Binding("k,enter", "answer('keep')", show=False),
        Binding("pagedown,down", "scroll(5)", show=False),
        Binding("pageup,up", "scroll(-5)", show=False),
    ]

    def __init__(self, stale: Stale, mine: str, *, title: str = "") -> None:
        super().__init__(title or _("Somebody has changed this meanwhile"))
        self.stale = stale
        self.mine = mine

    def compose_body(self) -> Iterable[Widget]:
        yield plain(self.stale.message)
        yield plain(_("You saw: {seen}").format(seen=self.stale.seen), classes="label")
        yield plain(_("It is now: {present}").format(present=self.stale.present))
        yield plain(_("You want: {mine}").format(mine=self.mine))

    def keys(self) -> str:
        return _("o: overwrite with yours   k or Esc: keep what is there now")

    def action_answer(self, answer: Answer) -> None:
        """Close with the answer."""
        self.submit(answer)
