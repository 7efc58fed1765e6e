"""What all pictures share: sizes of terminals, and keys that are pressed one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

from calm import rest

Compare = Callable[..., bool]
WIDE, NARROW = (120, 40), (80, 24)


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys one by one, each after what the last one set off."""

    async def before(pilot: Pilot[Any]) -> None:
        await rest(pilot)
        for key in keys:
            await pilot.press(key)
            await rest(pilot)

    return before
