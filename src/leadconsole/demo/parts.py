"""What a demo desk is filled with: one part a slice, in the order in which they stand on each other.

A later slice adds its module and its `fill` in `parts`. Each part draws from a random stream of its own, so that a
new one doesn't change what the others make.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from leadconsole.demo.cast import Cast
from leadconsole.demo.firms import Firm
from leadconsole.kernel.clock import Instant
from leadconsole.team.rules import Settings

if TYPE_CHECKING:
    from leadconsole.demo.absences import Away


@dataclass(frozen=True, slots=True)
class Scene:
    """What every part gets: the open transaction, the present moment, the language, and who is there."""

    sql: sqlite3.Connection
    now: Instant
    language: str
    firm: Firm
    cast: Cast
    settings: Settings
    away: tuple[Away, ...]
    """Every absence around now."""

    def random(self, part: str) -> Random:
        """The random stream of a part."""
        return stream(part, self.language)


Part = Callable[[Scene], None]


def stream(part: str, language: str) -> Random:
    """The random stream of a part in a language."""
    return Random(f"{part}:{language}")


def parts() -> tuple[Part, ...]:
    """The parts in their order."""
    from leadconsole.demo import absences, curation, fees, one_on_one, payout, roster, shelf, team, tickets

    return (
        team.fill, absences.fill, fees.fill, tickets.fill, curation.fill, shelf.fill, one_on_one.fill, payout.fill,
        roster.fill,
    )  # fmt: skip
