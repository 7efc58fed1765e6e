"""What is taken of a terminal: its size and its keys are what the other end says, and each cell takes memory here."""

from __future__ import annotations

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from leadconsole.console.answers import listen_patiently

WIDEST, HIGHEST = 1_000, 300
"""More than any screen has; what is beyond stays empty. 65,000 × 65,000 would take all memory of the host."""


class Bounded(App[None]):
    """An app that takes no more of a terminal than this, and no word of it that makes no sense."""

    def get_driver_class(self) -> type[Driver]:
        listen_patiently()
        return super().get_driver_class()

    @property
    def size(self) -> Size:
        return bounded(super().size)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            event.size, event.virtual_size = bounded(event.size), bounded(event.virtual_size)
            event.container_size = bounded(event.container_size)
        await super().on_event(event)


def bounded(size: Size) -> Size:
    """As much of a size as is taken."""
    return Size(min(size.width, WIDEST), min(size.height, HIGHEST))
