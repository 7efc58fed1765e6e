"""What a sheet of points says: which criteria hold on a day, series, percents, and the verdict on a trend.

Pure decisions; the rules are domain.md («1-on-1 scoring») and interchange.md, section 3. Points are whole hundredths,
days are ISO dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.one_on_one.trend import Trend, trend

HUNDREDTHS = 100
CHANCE = Fraction(1, 20)
"""A trend that chance alone makes so rarely is taken for one."""
READY_AVERAGE, READY_LEAST = 80, 70
"""Percents from which the control is ended: the average of the last four, and none below."""


class Criterion(NamedTuple):
    """What matters in a person's work: it holds from the first to the last day and gives at most so many points."""

    name: str
    most: int
    first: str
    last: str | None = None
    position: int | None = None


class Score(NamedTuple):
    """The points of one criterion at one meeting; `most` is 0 where the criterion isn't in force."""

    criterion: str
    points: int
    most: int
    reason: str

    @property
    def share(self) -> Fraction:
        """The points in percent of the maximum."""
        return Fraction(100 * self.points, self.most) if self.most else Fraction(0)


class Meeting(NamedTuple):
    """One meeting: its points, and the criteria in force that day, scored or not."""

    day: str
    scores: tuple[Score, ...]
    criteria: tuple[Criterion, ...]

    @property
    def total(self) -> int:
        """The sum of the points."""
        return sum(score.points for score in self.scores)

    @property
    def most(self) -> int:
        """The maximum of all criteria in force that day, scored or not."""
        return sum(criterion.most for criterion in self.criteria)

    @property
    def percent(self) -> Fraction:
        """The sum in percent of the maximum."""
        return Fraction(100 * self.total, self.most) if self.most else Fraction(0)

    @property
    def sheet(self) -> frozenset[tuple[str, int]]:
        """Names and maxima of the criteria: what makes a series."""
        return frozenset((criterion.name, criterion.most) for criterion in self.criteria)

    def score(self, criterion: str) -> Score | None:
        """The points of one criterion, if it was scored."""
        return next((score for score in self.scores if score.criterion == criterion), None)


class Series(NamedTuple):
    """Meetings by the same criteria, oldest first."""

    first: str
    meetings: tuple[Meeting, ...]


class Verdict(StrEnum):
    """What the trend of the last series says."""

    TOO_EARLY = "too_early"
    WORSENING = "worsening"
    READY_TO_END = "ready_to_end"
    IMPROVING = "improving"
    WATCH = "watch"
    STEADY = "steady"


class Standing(NamedTuple):
    """All series of a person, the trend of the last one, and what it says."""

    series: tuple[Series, ...]
    trend: Trend
    verdict: Verdict

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that count: those of the last series."""
        return self.series[-1].meetings if self.series else ()

    @property
    def all_meetings(self) -> tuple[Meeting, ...]:
        """The meetings of all series, oldest first."""
        return tuple(meeting for series in self.series for meeting in series.meetings)

    @property
    def last(self) -> Meeting | None:
        """The last meeting."""
        return self.meetings[-1] if self.series else None


def in_force(criteria: Iterable[Criterion], day: str) -> tuple[Criterion, ...]:
    """The criteria of a day in their order; of each name the one that began last holds, if it hasn't ended."""
    begun: dict[str, Criterion] = {}
    for criterion in criteria:
        known = begun.get(criterion.name)
        if criterion.first <= day and (known is None or known.first < criterion.first):
            begun[criterion.name] = criterion
    holding = (one for one in begun.values() if one.last is None or day <= one.last)
    return tuple(sorted(holding, key=lambda one: (one.position is None, one.position or 0, one.name)))


def meetings_of(
    criteria: Sequence[Criterion], scores: Mapping[str, Iterable[tuple[str, int, str]]]
) -> tuple[Meeting, ...]:
    """The meetings by day, oldest first, of (criterion, points, reason) by day."""
    found = []
    for day in sorted(scores):
        sheet = in_force(criteria, day)
        places = {criterion.name: (place, criterion.most) for place, criterion in enumerate(sheet)}
        told = sorted(scores[day], key=lambda one: (places.get(one[0], (len(places), 0))[0], one[0]))
        made = tuple(Score(name, points, places.get(name, (0, 0))[1], reason) for name, points, reason in told)
        found.append(Meeting(day, made, sheet))
    return tuple(found)


def standing_of(meetings: Sequence[Meeting]) -> Standing:
    """Series, trend and verdict of a person's meetings, oldest first."""
    series: list[list[Meeting]] = []
    for meeting in meetings:
        if series and series[-1][0].sheet == meeting.sheet:
            series[-1].append(meeting)
        else:
            series.append([meeting])
    told = tuple(Series(one[0].day, tuple(one)) for one in series)
    percents = [meeting.percent for meeting in told[-1].meetings] if told else []
    strength = trend(percents)
    return Standing(told, strength, verdict_of(percents, strength))


def verdict_of(percents: Sequence[Fraction], strength: Trend) -> Verdict:
    """What the percents of a series say, the first rule that holds (interchange.md)."""
    falls = falls_strictly(percents[-3:])
    if len(percents) < 3:
        return Verdict.TOO_EARLY
    if len(percents) == 3:
        return Verdict.WATCH if falls else Verdict.TOO_EARLY
    assert strength.falling is not None and strength.rising is not None  # noqa: PT018  both or neither
    if strength.falling <= CHANCE:
        return Verdict.WORSENING
    last = percents[-4:]
    if sum(last) >= READY_AVERAGE * 4 and min(last) >= READY_LEAST:
        return Verdict.READY_TO_END
    if strength.rising <= CHANCE:
        return Verdict.IMPROVING
    return Verdict.WATCH if falls else Verdict.STEADY


def falls_strictly(figures: Sequence[Fraction]) -> bool:
    """Whether each of several figures is smaller than the one before."""
    return len(figures) > 1 and all(later < earlier for earlier, later in pairwise(figures))


def refuse_points(criterion: str, points: int, sheet: Iterable[Criterion], day: str) -> None:
    """Refuse points of a criterion that isn't in force that day, or more points than it gives."""
    found = next((one for one in sheet if one.name == criterion), None)
    if found is None:
        raise Refused(
            _("«{criterion}» is no criterion of this person on {day}.").format(criterion=criterion[:60], day=day),
            code="not_in_force",
            field="criterion",
        )
    if points > found.most:
        raise Refused(
            _("«{criterion}» gives at most {most} points, not {points}.").format(
                criterion=criterion[:60], most=written(found.most), points=written(points)
            ),
            code="over_maximum",
            field="points",
        )


def written(hundredths: int) -> str:
    """Points as files have them: `12`, `12.5`."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def share(points: int, most: int) -> Fraction:
    """Points in percent of a maximum."""
    return Fraction(100 * points, most)


def is_far(points: int, own: int, most: int, gap: int) -> bool:
    """Whether two views of one criterion differ by at least `gap` percent of its maximum."""
    return gap > 0 and abs(points - own) * 100 >= most * gap
