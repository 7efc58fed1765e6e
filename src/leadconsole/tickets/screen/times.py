"""Moments as the ticket tells them."""

from __future__ import annotations

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.period import local_date


def at(when: Instant, timezone: str, now: Instant) -> str:
    """A moment to the minute: only the time on the same day, else with the day."""
    if formats.day(local_date(when, timezone)) == formats.day(local_date(now, timezone)):
        return formats.time_of_day(when, timezone)
    return formats.exact(when, timezone)
