"""The line in which a filter or words to look for are typed, over the list."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class _WrongPlace(Highlighter):
    """Underlines the part of a filter that makes no sense."""

    def __init__(self) -> None:
        self.place = (0, 0)

    def highlight(self, text: Text) -> None:
        text.stylize("bold red underline", *self.place)


class SearchLine(Input):
    """Says every letter that is typed; Tab completes, Enter and the down key go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "finish", show=False),
        Binding("tab", "complete", show=False),
    ]

    class Typed(Message):
        """The text has changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SearchLine.Typed)

    class Done(Message):
        """The person goes on to the list."""

    class Completing(Message):
        """The person wants the word at the cursor completed."""

    def __init__(self, text: str, placeholder: str) -> None:
        self._wrong = _WrongPlace()
        super().__init__(text, placeholder=placeholder, compact=True, select_on_focus=False, highlighter=self._wrong)
        self.cursor_blink = False

    def mark(self, start: int = 0, end: int = 0) -> None:
        """Underline a part that makes no sense, or nothing."""
        if self._wrong.place != (start, end):
            self._wrong.place = (start, end)
            self.refresh()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_finish()

    def action_finish(self) -> None:
        """Go to the list."""
        self.post_message(self.Done())

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        self.post_message(self.Completing())
