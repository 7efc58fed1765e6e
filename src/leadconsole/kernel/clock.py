"""The one source of «now», and the integer form in which moments are kept.

A moment is an `Instant`: whole microseconds since 1970-01-01 UTC. It is exact, sorts in an
index, costs one machine word, and cannot be naive.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from leadconsole.kernel.errors import WrongUsage
from leadconsole.kernel.i18n import _

Instant = int

SECOND: Instant = 1_000_000
MINUTE: Instant = 60 * SECOND
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR

NOW_VARIABLE = "LEADCONSOLE_NOW"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant(when: datetime) -> Instant:
    """The instant of an aware datetime; a naive one is a programming error."""
    if when.tzinfo is None:
        raise ValueError("a naive datetime has no instant")
    return (when - _EPOCH) // _MICROSECOND


def moment(at: Instant) -> datetime:
    """The aware UTC datetime of an instant."""
    return _EPOCH + timedelta(microseconds=at)


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> Instant:
        """The present instant."""
        ...


class SystemClock:
    """The clock of the machine, cut to whole seconds so that files read back equal."""

    frozen = False

    def now(self) -> Instant:
        return int(time.time()) * SECOND


class FrozenClock:
    """A clock that stands still, for demos and tests."""

    frozen = True

    def __init__(self, at: Instant) -> None:
        self.at = at

    def now(self) -> Instant:
        return self.at


def clock_from(environment: Mapping[str, str] | None = None) -> SystemClock | FrozenClock:
    """The clock that the environment asks for; LEADCONSOLE_NOW freezes it (interchange.md, section 1)."""
    text = (os.environ if environment is None else environment).get(NOW_VARIABLE, "").strip()
    if not text:
        return SystemClock()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise WrongUsage(
            _("{variable} must be a time with an offset, such as 2026-10-31T12:00:00+03:00, not «{text}»").format(
                variable=NOW_VARIABLE, text=text
            ),
            field=NOW_VARIABLE,
        )
    return FrozenClock(instant(when))
