"""Shows an unexpected error, so that it can be read, copied and found again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from leadconsole.console.dialogs.base import Dialog, plain
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_text


class ErrorDialog(Dialog[None]):
    """An error of the program: what happened, the details to copy, and where the log is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "cancel", show=False),
        Binding("c", "copy", show=False),
    ]

    def __init__(self, message: str, details: str, log: Path | None) -> None:
        super().__init__(_("Something unexpected happened"), dangerous=True)
        self.message = message
        self.details = clean_text(details)
        self.log_file = log

    def compose_body(self) -> Iterable[Widget]:
        yield plain(self.message)
        yield plain(_("The console goes on; what you did just now may not have been saved."), classes="hint")
        if self.log_file is not None:
            yield plain(_("Log: {path}").format(path=self.log_file), classes="hint")
        yield TextArea(self.details, read_only=True, classes="-only", id="details", soft_wrap=True)

    def keys(self) -> str:
        return _("c: copy   ↑↓: scroll   Esc: close")

    def action_copy(self) -> None:
        """Send the details to the terminal's clipboard, which not every terminal takes."""
        self.app.copy_to_clipboard(f"{self.message}\n{self.details}")
        self.query_one("#keys").update(  # type: ignore[attr-defined]
            _("Sent to the terminal's clipboard. If nothing arrives there, the log has the same text.")
        )
