"""A field of a form that holds one of several values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.guard import Guarded
from leadconsole.kernel.text import clean_line, pad


class PickField(Guarded, Widget, can_focus=True):
    """Shows the chosen value; left and right change it, Enter or Space opens the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,space", "list", show=False),
    ]

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, field: PickField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> PickField:
            return self.field

    def __init__(self, label: str, options: Sequence[Option[Any]], value: Any, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.label = label
        self.options = list(options)
        self.value = value if any(option.value == value for option in options) or not options else options[0].value

    def render_line(self, y: int) -> Strip:
        """The label of the value between two arrows."""
        width = self.size.width
        chosen = next((option.label for option in self.options if option.value == self.value), "")
        return Strip([Segment(pad(f"‹ {clean_line(chosen)} ›", width), self.rich_style)], width)

    def on_click(self) -> None:
        self.action_list()

    def action_step(self, step: int) -> None:
        """Take the next or the previous value that can be chosen."""
        open_options = [option for option in self.options if not option.disabled]
        values = [option.value for option in open_options]
        if values:
            place = values.index(self.value) if self.value in values else 0
            self._take(values[(place + step) % len(values)])

    @work(exclusive=True)
    async def action_list(self) -> None:
        """Choose from the whole list."""
        dialog: Choice[Any] = Choice(self.label, self.options, current=self.value)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self._take(chosen)

    def _take(self, value: Any) -> None:
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(self))
