"""How strong a trend is, exactly: Theil–Sen slope and one-sided Mann–Kendall chances (interchange.md, section 3).

Pure and in whole numbers and fractions: nothing here is rounded.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import factorial, lcm
from typing import NamedTuple


class Trend(NamedTuple):
    """The trend of `n` figures in their order: median change from one to the next, and what chance alone does."""

    n: int
    slope: Fraction | None
    rising: Fraction | None
    """The share of all orderings of these figures that rise at least as much; None for fewer than two."""
    falling: Fraction | None
    """The share of all orderings that fall at least as much."""


def trend(figures: Sequence[Fraction]) -> Trend:
    """The trend of figures, oldest first."""
    if len(figures) < 2:
        return Trend(len(figures), None, None, None)
    rising, falling = chances(figures)
    return Trend(len(figures), slope(figures), rising, falling)


def slope(figures: Sequence[Fraction]) -> Fraction:
    """The median of the changes between any two figures, each divided by the steps between them (Theil–Sen)."""
    # Whole numbers of a common size compare much faster than fractions.
    size = lcm(*(figure.denominator for figure in figures))
    steps = lcm(*range(1, len(figures)))
    whole = [int(figure * size) for figure in figures]
    changes = sorted(
        (later - earlier) * (steps // (after + 1))
        for place, earlier in enumerate(whole)
        for after, later in enumerate(whole[place + 1 :])
    )
    middle = len(changes) // 2
    twice = 2 * changes[middle] if len(changes) % 2 else changes[middle - 1] + changes[middle]
    return Fraction(twice, 2 * size * steps)


def chances(figures: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The shares of all orderings that rise, and that fall, at least as much as these figures do.

    The score of an ordering is its rising pairs less its falling ones. Pairs of equal figures count in neither, so
    the score follows from the falling pairs alone, and how many orderings have so many of them is known (MacMahon).
    """
    counts = list(Counter(figures).values())
    pairs = (len(figures) ** 2 - sum(count**2 for count in counts)) // 2
    fallen = _fallen(figures)
    orderings = factorial(len(figures))
    for count in counts:
        orderings //= factorial(count)
    # Seen from the other end an ordering has the other pairs falling: the nearer end has less to count.
    near = min(fallen, pairs - fallen)
    ways = _ways(counts, near)
    at_least = Fraction(sum(ways), orderings)
    at_most = Fraction(orderings - sum(ways[:near]), orderings)
    return (at_least, at_most) if fallen == near else (at_most, at_least)


def _fallen(figures: Sequence[Fraction]) -> int:
    """How many pairs fall."""
    seen: list[Fraction] = []
    fallen = 0
    for figure in reversed(figures):
        fallen += bisect_left(seen, figure)
        insort(seen, figure)
    return fallen


def _ways(counts: Sequence[int], most: int) -> list[int]:
    """How many orderings of a multiset have 0, 1, … `most` falling pairs.

    They are the coefficients of the Gaussian multinomial: the product over its groups of (1 - q^m) / (1 - q^j), with m
    running on over all figures and j beginning anew in each group.
    """
    ways = [1] + [0] * most
    for above, below in _factors(counts):
        if above == below:
            continue
        for place in range(most, above - 1, -1):
            ways[place] -= ways[place - above]
        for place in range(below, most + 1):
            ways[place] += ways[place - below]
    return ways


def _factors(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    before = 0
    for count in counts:
        for place in range(1, count + 1):
            yield before + place, place
        before += count
