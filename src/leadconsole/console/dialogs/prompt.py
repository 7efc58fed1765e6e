"""Asks for text: one line or several, with a second line beside where a command needs one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, TextArea

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.console.drafts import DraftChange, DraftStore
from leadconsole.kernel.i18n import _


class Typed(NamedTuple):
    """What was typed: the text, and the second field where there was one."""

    text: str
    second: str = ""


class Prompt(Dialog[Typed]):
    """Asks for a line, or for several (`lines=True`), and optionally for a short second field.

    The field ids of refusals are `text` and `second`, or what `field` and `second_field` say. With `drafts`
    and a `draft_key`, text that was typed and not sent is kept and offered again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        *,
        text: str = "",
        label: str = "",
        hint: str = "",
        lines: bool = False,
        second_label: str = "",
        second: str = "",
        required: bool = True,
        field: str = "text",
        second_field: str = "second",
        submit: Submit[Typed] | None = None,
        drafts: DraftStore | None = None,
        draft_key: str = "",
    ) -> None:
        super().__init__(title, submit=submit)
        self.label, self.hint, self.lines = label, hint, lines
        self.second_label, self.second = second_label, second
        self.required, self.field, self.second_field = required, field, second_field
        self._drafts = drafts if draft_key else None
        self._draft_key = draft_key
        draft = self._drafts.get(draft_key) if self._drafts else None
        self._from_draft = draft is not None
        self._given = text
        self.text = text if draft is None else draft

    def compose_body(self) -> Iterable[Widget]:
        if self.label:
            yield plain(self.label, classes="label -first")
        if self._from_draft:
            yield plain(_("This is your draft; it was kept when the dialog was closed."), classes="notice")
        if self.lines:
            area = TextArea(self.text, id=f"field-{self.field}", classes="-only", soft_wrap=True)
            area.move_cursor(area.document.end)
            yield area
        else:
            yield Input(self.text, id=f"field-{self.field}", compact=True, select_on_focus=False)
        yield plain("", id=f"error-{self.field}", classes="error")
        if self.hint:
            yield plain(self.hint, classes="hint")
        if self.second_label:
            yield plain(self.second_label, classes="label")
            yield Input(self.second, id=f"field-{self.second_field}", compact=True, select_on_focus=False)
            yield plain("", id=f"error-{self.second_field}", classes="error")

    def keys(self) -> str:
        if self.lines:
            return (
                _("Ctrl+S: save   Enter: new line   Esc: close, the text is kept")
                if self._drafts
                else _("Ctrl+S: save   Enter: new line   Esc: cancel")
            )
        return super().keys()

    def typed(self) -> Typed:
        """What stands in the fields now."""
        widget = self.query_one(f"#field-{self.field}")
        text = widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""
        second = self.query_one(f"#field-{self.second_field}", Input).value if self.second_label else ""
        return Typed(text, second)

    def action_save(self) -> None:
        """Submit what is typed."""
        typed = self.typed()
        if self.required and not typed.text.strip():
            self.show_error(_("Type something here first"), self.field)
            return
        self.submit(typed)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def draft_change(self) -> DraftChange | None:
        text = self.typed().text
        if text.strip() and text != self._given:
            return DraftChange(self._draft_key, text)
        return DraftChange(self._draft_key, None) if not text.strip() or self._draft_kept else None

    def submitted(self) -> None:
        if self._drafts is not None:
            self._drafts.drop(self._draft_key)
