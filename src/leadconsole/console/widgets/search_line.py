"""The line in which a search is typed, over the list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchLine(Input):
    """Says every letter that is typed; Enter and the down key go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "finish", show=False)]

    class Typed(Message):
        """The text has changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SearchLine.Typed)

    class Done(Message):
        """The person goes on to the list."""

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_finish()

    def action_finish(self) -> None:
        """Go to the list."""
        self.post_message(self.Done())
