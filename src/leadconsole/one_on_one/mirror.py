"""The lead's mirror: how one's own points are given, each figure with a warning where it stands on too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.one_on_one import facts
from leadconsole.team import facts as team

ENOUGH = 8
"""Fewer meetings than that say little about how somebody gives points."""
STREAK = 4
"""From so many same points in a row they are worth a look."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the points of one criterion go, in percent of its maximum."""

    login: str
    name: str
    criterion: str
    count: int
    least: Fraction
    most: Fraction
    average: Fraction
    streak: int
    """The longest run of the same points."""

    @property
    def small(self) -> bool:
        """Whether it stands on too few meetings."""
        return self.count < ENOUGH


@dataclass(frozen=True, slots=True)
class Side:
    """The meetings of those who work remotely, or in the office."""

    meetings: int
    people: int
    average: Fraction | None

    @property
    def small(self) -> bool:
        """Whether it stands on too few meetings, or on one person alone."""
        return self.meetings < ENOUGH or self.people < 2


@dataclass(frozen=True, slots=True)
class Mirror:
    """Spreads by person and criterion, and remote against office."""

    spreads: tuple[Spread, ...]
    remote: Side
    office: Side


@query(Capability.LEAD_REVIEWS)
def mirror(desk: Desk) -> Mirror:
    """How points are given to everybody who has a sheet; of each person the last series."""
    reader = desk.reader
    zone = team.settings(reader).timezone
    spreads: list[Spread] = []
    sides: dict[bool, list[tuple[str, Fraction]]] = defaultdict(list)
    held = {(login, day): how for login, day, how in reader.execute("SELECT login, date, held FROM meeting_record")}
    for login, name, own_zone in reader.execute(
        "SELECT login, name, timezone FROM person WHERE login IN (SELECT login FROM meeting_score) ORDER BY name, login"
    ).fetchall():
        meetings = facts.meetings(reader, login)
        away = own_zone is not None and own_zone != zone
        for meeting in meetings:
            how = held.get((login, meeting.day))
            sides[away if how is None else how == "remote"].append((login, meeting.percent))
        last = [meeting for meeting in meetings if meeting.sheet == meetings[-1].sheet]
        for criterion in meetings[-1].criteria:
            given = [score.points for one in last if (score := one.score(criterion.name)) is not None]
            if given:
                spreads.append(_spread(login, name, criterion.name, criterion.most, given))
    return Mirror(tuple(spreads), _side(sides[True]), _side(sides[False]))


def _spread(login: str, name: str, criterion: str, most: int, given: Sequence[int]) -> Spread:
    shares = [Fraction(100 * points, most) for points in given]
    return Spread(login, name, criterion, len(given), min(shares), max(shares), mean(shares), longest_run(given))


def longest_run(figures: Iterable[int]) -> int:
    """The longest run of the same figure."""
    longest = run = 0
    before: int | None = None
    for figure in figures:
        run = run + 1 if figure == before else 1
        longest, before = max(longest, run), figure
    return longest


def _side(meetings: Sequence[tuple[str, Fraction]]) -> Side:
    percents = [percent for _login, percent in meetings]
    return Side(len(meetings), len({login for login, _percent in meetings}), mean(percents) if percents else None)
