"""Where somebody is in the norms: the view, the month and the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.kernel.period import Month

if TYPE_CHECKING:
    from leadconsole.tickets.screen.norms import NormsScreen


def of(screen: NormsScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {"view": screen.view, "month": str(screen.month), "row": screen.figures.cursor_key}


def show(screen: NormsScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    from leadconsole.tickets.screen.norms import VIEWS

    view = str(inside["view"])
    if view in VIEWS:
        screen.go(view, Month.parse(str(inside["month"])), inside.get("row"))
