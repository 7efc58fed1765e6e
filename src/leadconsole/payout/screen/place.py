"""Where somebody is in the payout: the month, the figure, and the line behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.kernel.period import Month

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen


def of(screen: PayoutScreen) -> dict[str, Any]:
    """Where the screen is."""
    line = screen.behind_key
    return {
        "month": str(screen.month),
        "figure": screen.row_key,
        "line": list(line) if isinstance(line, tuple) else None,
    }


def show(screen: PayoutScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    if figure := inside.get("figure"):
        line = inside.get("line")
        screen.want(str(figure), None if line is None else (str(line[0]), str(line[1])))
    screen.show_month(Month.parse(str(inside["month"])))
