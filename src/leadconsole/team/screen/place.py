"""Where somebody is on the desk: the list and the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.team.screen import lists

if TYPE_CHECKING:
    from leadconsole.team.screen.desk import DeskScreen


def of(screen: DeskScreen) -> dict[str, Any]:
    """Where the screen is."""
    key = screen.table.cursor_key
    return {"list": screen.file, "key": list(key) if isinstance(key, tuple) else None, "filter": screen.part}


def show(screen: DeskScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    if inside["list"] in lists.visible(screen.directory):
        screen.show_list(str(inside["list"]), None if inside["key"] is None else tuple(inside["key"]))
