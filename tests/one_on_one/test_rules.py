"""What a sheet says: criteria of a day, series, percents, and the verdict in its order."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leadconsole.kernel.errors import Refused
from leadconsole.one_on_one import words
from leadconsole.one_on_one.rules import (
    Criterion,
    in_force,
    meetings_of,
    refuse_points,
    standing_of,
    verdict_of,
    written,
)
from leadconsole.one_on_one.trend import trend

CALM = Criterion("Calm", 1000, "2026-01-01", None, 2)
TIME = Criterion("On time", 2000, "2026-01-01", None, 1)


def verdict(*percents: float) -> str:
    figures = [Fraction(str(one)) for one in percents]
    return verdict_of(figures, trend(figures)).value


@pytest.mark.parametrize(
    ("percents", "expected"),
    [
        ((), "too_early"), ((50,), "too_early"), ((60, 50), "too_early"), ((60, 50, 45), "watch"),
        ((60, 50, 50), "too_early"), ((40, 50, 60), "too_early"),
        ((62, 60, 50, 45), "worsening"),  # one in 24
        ((60, 60, 50, 45), "watch"),  # with the tie two of 24 fall as much
        ((95, 90, 85, 80), "worsening"),  # before ready to end
        ((80, 80, 80, 80), "ready_to_end"), ((70, 80, 80, 90), "ready_to_end"),
        ((69.99, 85, 85, 85), "steady"), ((82, 81, 70, 86.9), "steady"), ((10, 100, 70, 80, 90), "ready_to_end"),
        ((50, 52, 55, 64), "improving"), ((50, 55, 52, 60), "steady"), ((40, 65, 60, 55), "watch"),
        ((50, 50, 50, 50), "steady"), ((90, 90, 85, 81, 80), "worsening"),
    ],
)  # fmt: skip
def test_the_verdict_is_the_first_rule_that_holds(percents: tuple[float, ...], expected: str) -> None:
    assert verdict(*percents) == expected


def test_of_each_name_the_criterion_that_began_last_holds() -> None:
    wider = Criterion("Calm", 1500, "2026-03-01", "2026-03-31")
    sheet = [CALM, TIME, wider]
    assert in_force(sheet, "2025-12-31") == ()
    assert in_force(sheet, "2026-02-28") == (TIME, CALM)
    assert in_force(sheet, "2026-03-31") == (TIME, wider)
    assert in_force(sheet, "2026-04-01") == (TIME,), "what came later has ended what was before"


def test_percent_counts_criteria_that_were_not_scored() -> None:
    (meeting,) = meetings_of([CALM, TIME], {"2026-02-03": [("On time", 1500, "good")]})
    assert (meeting.total, meeting.most) == (1500, 3000)
    assert meeting.percent == Fraction(50)


def test_a_change_of_criteria_begins_a_series_and_changing_back_another() -> None:
    wider = [TIME, CALM._replace(last="2026-02-28"), CALM._replace(most=1500, first="2026-03-01")]
    days = ("2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10")
    scores = {day: [("Calm", 500, "so"), ("On time", 1000, "so")] for day in days}
    standing = standing_of(meetings_of(wider, scores))
    assert [(one.first, len(one.meetings)) for one in standing.series] == [("2026-01-10", 2), ("2026-03-10", 2)]
    assert standing.trend.n == 2
    renamed = [TIME, CALM._replace(position=9)]
    assert len(standing_of(meetings_of(renamed, scores)).series) == 1, "the place in the list is no criterion"


def test_points_over_the_maximum_or_of_no_criterion_are_refused() -> None:
    refuse_points("Calm", 1000, [CALM], "2026-02-01")
    with pytest.raises(Refused, match=r"at most 10 points, not 10\.5") as over:
        refuse_points("Calm", 1050, [CALM], "2026-02-01")
    assert over.value.field == "points"
    with pytest.raises(Refused, match="no criterion") as other:
        refuse_points("Speed", 1, [CALM], "2026-02-01")
    assert other.value.field == "criterion"


@pytest.mark.parametrize(("hundredths", "text"), [(0, "0"), (1200, "12"), (1250, "12.5"), (1205, "12.05"), (5, "0.05")])
def test_points_are_written_as_files_have_them(hundredths: int, text: str) -> None:
    assert written(hundredths) == text


def test_the_reason_says_its_strength_and_nobody_is_sent_away() -> None:
    def told(*sums: int) -> str:
        criterion = [Criterion("All", 100_00, "2026-01-01")]
        scores = {f"2026-02-{day:02}": [("All", points * 100, "so")] for day, points in enumerate(sums, 1)}
        return words.because(standing_of(meetings_of(criterion, scores)))

    assert told(60, 50, 45) == "The last three fall (60% → 50% → 45%); chance alone does this once in six."
    assert "once in 24 times" in told(62, 60, 50, 45)
    assert "A decision is due" in told(62, 60, 50, 45)
    assert "can end" in told(80, 85, 82, 84)
    for sums in ((), (60,), (60, 50, 45), (62, 60, 50, 45), (80, 85, 82, 84), (50, 52, 55, 64), (50, 55, 52, 60)):
        assert told(*sums)
