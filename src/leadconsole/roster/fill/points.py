"""What everything costs in a plan.

Points are in tiers, so that a worse tier never pays for a better one: people missing, then cells of a published plan
that move, then soft rules of rows, then clients without cover, then wishes, hours and fairness. A soft rule of the
house that must be hard costs as much as a missing person.
"""

from __future__ import annotations

from typing import NamedTuple


class Points(NamedTuple):
    """What everything costs."""

    missing: int = 100_000
    """A person missing for an hour."""
    hard: int = 100_000
    """At least, whatever breaks a rule that the house has as a hard one."""
    moved: int = 5_000
    """A cell of the plan that a repair changes."""
    row: int = 3_000
    """Each time that a soft rule of somebody's rows is broken, where they can't all be kept; a tenth in a repair."""
    uncovered: int = 1_000
    """A client whom nobody covers on a day."""
    wish: int = 10
    """The weight of a wish."""
    per_hour: int = 1
    """An hour apart from the norm."""
    beyond: int = 4
    """One more beyond the limit of the rule."""
    extra: int = 2
    """An hour of a person too many."""
    idle: int = 2
    """An hour of a shift when nobody is wanted."""
    later: int = 3
    """A person missing for an hour whom cells may have that aren't filled now: more than an hour apart from the norm,
    less than one beyond its limit."""
    fair: int = 10
    """A night or weekend that somebody has more than another."""


POINTS = Points()
