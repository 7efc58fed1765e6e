"""Where somebody is on Today: the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.today.screen import rows

if TYPE_CHECKING:
    from leadconsole.today.screen.today import TodayScreen


def of(screen: TodayScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {"key": repr(screen.table.cursor_key)}


def show(screen: TodayScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    for row in rows.rows(screen.day):
        if repr(row.key) == inside["key"]:
            screen.table.reload(row.key)
