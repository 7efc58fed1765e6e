"""Ways to places of the Payout screen."""

from __future__ import annotations

from tickets.screen.seat import Seat

WIDE = (120, 40)


async def at_february(seat: Seat) -> None:
    """The payout of February."""
    await seat.press("6", "[")
    await seat.until("Own pay")


async def down_to(seat: Seat, name: str) -> None:
    """Move the cursor of the statement to a figure."""
    await seat.press("g")
    for _row in range(20):
        if any(line.startswith("›") and name in line for line in seat.lines):
            await seat.pilot.pause(0.2)
            await seat.settle()
            return
        await seat.press("j")
    raise AssertionError(seat.text)
