"""Where somebody is in the payout: the month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadconsole.kernel.period import Month

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen


def of(screen: PayoutScreen) -> dict[str, Any]:
    """Where the screen is."""
    return {"month": str(screen.month)}


def show(screen: PayoutScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    screen.show_month(Month.parse(str(inside["month"])))
