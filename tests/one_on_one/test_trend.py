"""The strength of a trend is exact: against all orderings one by one, with ties, and fast for a hundred meetings."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.one_on_one.trend import chances, slope, trend

FIGURES = st.lists(
    st.one_of(st.integers(0, 4), st.integers(0, 100)).map(lambda n: Fraction(n, 3)), min_size=2, max_size=7
)


def score(figures: tuple[Fraction, ...]) -> int:
    """The score of Mann and Kendall: rising pairs less falling ones."""
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(figures, 2))


def brute_force(figures: list[Fraction]) -> tuple[Fraction, Fraction]:
    """The chances by looking at every ordering."""
    seen = score(tuple(figures))
    scores = [score(one) for one in permutations(figures)]
    total = len(scores)
    return Fraction(sum(one >= seen for one in scores), total), Fraction(sum(one <= seen for one in scores), total)


@settings(max_examples=150, deadline=None)
@given(FIGURES)
def test_chances_are_those_of_all_orderings(figures: list[Fraction]) -> None:
    assert chances(figures) == brute_force(figures)


@given(FIGURES)
def test_the_slope_is_the_median_of_all_changes(figures: list[Fraction]) -> None:
    changes = [
        (later - earlier) / (place - before)
        for (before, earlier), (place, later) in combinations(enumerate(figures), 2)
    ]
    assert slope(figures) == median(changes)


@given(st.lists(st.integers(0, 20).map(Fraction), min_size=2, max_size=40))
def test_seen_backwards_rising_is_falling(figures: list[Fraction]) -> None:
    rising, falling = chances(figures)
    assert chances(figures[::-1]) == (falling, rising)
    assert chances([-figure for figure in figures]) == (falling, rising)
    assert rising + falling > 1, "both count the ordering itself"
    assert slope([-figure for figure in figures]) == -slope(figures)


@pytest.mark.parametrize(
    ("figures", "rising", "falling"),
    [
        ([60, 50, 45], Fraction(1), Fraction(1, 6)),
        ([45, 50, 60], Fraction(1, 6), Fraction(1)),
        ([62, 60, 50, 45], Fraction(1), Fraction(1, 24)),
        ([50, 50], Fraction(1), Fraction(1)),
        ([50, 50, 60], Fraction(1, 3), Fraction(1)),
        ([1, 2], Fraction(1, 2), Fraction(1)),
        ([7] * 12, Fraction(1), Fraction(1)),
    ],
)
def test_known_chances(figures: list[int], rising: Fraction, falling: Fraction) -> None:
    assert chances([Fraction(one) for one in figures]) == (rising, falling)


def test_fewer_than_two_have_no_trend() -> None:
    assert trend([]) == (0, None, None, None)
    assert trend([Fraction(5)]) == (1, None, None, None)


def test_a_hundred_and_fifty_meetings_are_counted_exactly() -> None:
    rising = [Fraction(n) for n in range(150)]
    assert chances(rising) == (Fraction(1, factorial(150)), Fraction(1))
    assert slope(rising) == 1
    swings = [Fraction(n * 37 % 101) for n in range(150)]
    up, down = chances(swings)
    assert 0 < up < 1
    assert 0 < down < 1
    assert up + down > 1
