"""Where somebody is in the roster: the month, the person and the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.kernel.period import Month

if TYPE_CHECKING:
    from leadconsole.roster.screen.roster import RosterScreen


def of(screen: RosterScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {"month": str(screen.which), "at": list(screen.at) if screen.at else None}


def show(screen: RosterScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    screen.show_month(Month.parse(str(inside["month"])))
    if inside.get("at"):
        screen.open_subject("shift", tuple(map(str, inside["at"])))
