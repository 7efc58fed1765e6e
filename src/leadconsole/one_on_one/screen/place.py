"""Where somebody is in the 1-on-1s: the person, the list and the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadconsole.one_on_one.screen.review import ReviewScreen


def of(screen: ReviewScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {"person": screen.person, "list": screen.list, "key": screen.table.cursor_key}


def show(screen: ReviewScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    screen.show_person(str(inside["person"]), str(inside["list"]), inside.get("key"))
