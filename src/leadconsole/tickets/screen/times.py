"""Moments as the ticket tells them."""

from __future__ import annotations

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.period import local_date


def at(when: Instant, timezone: str, now: Instant) -> str:
    """A moment to the minute: the time alone on the same day, else with the day; past ones of this year without it."""
    then, today = local_date(when, timezone), local_date(now, timezone)
    time = formats.time_of_day(when, timezone)
    if then == today:
        return time
    if then < today and then.year == today.year:
        return f"{formats.short_day(then)} {time}"
    return formats.exact(when, timezone)
