"""Asks for several things at once: text, numbers, choices, long text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, TextArea

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.pick_field import PickField
from leadconsole.console.drafts import DraftChange, DraftStore
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

Values = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a form; its id names its value and the refusals about it."""

    id: str
    label: str
    kind: Literal["text", "number", "lines", "choice"] = "text"
    value: Any = ""
    hint: str = ""
    options: Sequence[Option[Any]] = ()
    """What a choice offers; `value` is one of their values."""
    required: bool = False
    parse: Callable[[str], Any] | None = None
    """Makes a value of the text; raises `Refused` or `ValueError` where it can't."""
    max_length: int = 0


class Form(Dialog[Values]):
    """Fields, each beside its label; the result is a dict by field id: text, int, or a choice's value."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        submit: Submit[Values] | None = None,
        drafts: DraftStore | None = None,
        draft_key: str = "",
    ) -> None:
        super().__init__(title, submit=submit)
        self.fields = tuple(fields)
        self._drafts = drafts if draft_key else None
        self._draft_key = draft_key
        draft = self._drafts.get(draft_key) if self._drafts else None
        self._draft: Mapping[str, str] = json.loads(draft) if draft else {}

    def compose_body(self) -> Iterable[Widget]:
        if self._draft:
            yield plain(_("This is your draft; it was kept when the dialog was closed."), classes="notice")
        for field in self.fields:
            label = field.label + (" *" if field.required else "")
            yield Horizontal(plain(label, classes="label"), self._widget(field), classes="row")
            yield plain("", id=f"error-{field.id}", classes="error")
            if field.hint:
                yield plain(field.hint, classes="hint")

    def keys(self) -> str:
        return _("Ctrl+S: save   Tab: next field   Esc: cancel")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, and saves on the last."""
        event.stop()
        if event.input.id == f"field-{self.fields[-1].id}":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Submit the fields, or say what is wrong with one."""
        values: Values = {}
        self.clear_errors()
        for field in self.fields:
            try:
                values[field.id] = self._value(field)
            except Refused as refusal:
                self.show_error(refusal.message, field.id)
                return
        self.submit(values)

    def draft_change(self) -> DraftChange | None:
        texts = ((field, self._text(field)) for field in self.fields if field.kind != "choice")
        # Only what was typed: the draft must not bring back what somebody else has changed since.
        typed = {field.id: text for field, text in texts if text != str(field.value)}
        if typed:
            return DraftChange(self._draft_key, json.dumps(typed, ensure_ascii=False))
        return DraftChange(self._draft_key, None) if self._draft or self._draft_kept else None

    def submitted(self) -> None:
        if self._drafts is not None:
            self._drafts.drop(self._draft_key)

    def _widget(self, field: Field) -> Widget:
        widget_id = f"field-{field.id}"
        text = self._draft.get(field.id, str(field.value))
        if field.kind == "choice":
            return PickField(field.label, field.options, field.value, id=widget_id)
        if field.kind == "lines":
            return TextArea(text, id=widget_id, soft_wrap=True)
        return Input(text, id=widget_id, compact=True, select_on_focus=False, max_length=field.max_length)

    def _text(self, field: Field) -> str:
        widget = self.query_one(f"#field-{field.id}")
        if isinstance(widget, TextArea):
            return widget.text
        return widget.value if isinstance(widget, Input) else ""

    def _value(self, field: Field) -> Any:
        if field.kind == "choice":
            return self.query_one(f"#field-{field.id}", PickField).value
        text = self._text(field) if field.kind == "lines" else self._text(field).strip()
        if field.required and not text.strip():
            raise Refused(_("This field can't be empty"), field=field.id)
        try:
            if field.parse is not None:
                return field.parse(text)
            if field.kind == "number":
                return int(text) if text else None
        except ValueError as error:
            raise Refused(_("«{text}» is not a whole number").format(text=text), field=field.id) from error
        return text
