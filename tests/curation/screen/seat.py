"""Somebody at the Cover screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desks import House
from leadconsole.curation.screen import CoverScreen
from tickets.screen.seat import Seat, seated


@asynccontextmanager
async def at_cover(
    house: House, *keys: str, login: str = "anna", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Seat, CoverScreen]]:
    """Somebody who has pressed 4 and these keys."""
    async with seated(house, login, size) as seat:
        await seat.press("4")
        screen = next(one for one in seat.app.screen_stack if isinstance(one, CoverScreen))
        await seat.press(*keys)
        yield seat, screen


async def field(seat: Seat, name: str, text: str) -> None:
    """Go to a field of the form, replace what stands there."""
    seat.app.screen.query_one(f"#field-{name}").focus()
    await seat.press("end", "ctrl+u")
    await seat.type(text)
