"""Where somebody is in the queue: the view, the filter and the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.tickets import filters
from leadconsole.tickets.screen import tabs

if TYPE_CHECKING:
    from leadconsole.tickets.screen.queue import QueueScreen


def of(screen: QueueScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {
        "view": tabs.name_of(screen.view, screen.own), "search": screen.search, "ticket": screen.table.cursor_key,
        "opened": screen.has_class("-opened"),
    }  # fmt: skip


def show(screen: QueueScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    if search := inside.get("search"):
        screen.wanted = filters.read(str(search))
    ticket = int(inside["ticket"]) if inside.get("ticket") is not None else None
    screen.show_view(str(inside["view"]), ticket)
    if inside.get("opened") and not screen.pane.display:
        screen.add_class("-opened")
        screen.pane.focus()
