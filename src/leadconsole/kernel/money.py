"""Exact amounts of money: whole minor units (kopecks), one rounding, splits that lose nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

Exact = int | Decimal | Fraction
"""A number that is what it says; a float never is."""

MINOR_PER_MAJOR = 100
LARGEST_MINOR = 10**15
"""Nothing that is typed may be larger, so that sums of it fit SQLite's 64 bits."""

LONGEST = 30
"""The decimal places before or after the point at which a share stops being one."""

_GROUP = "[ \u00a0\u202f\u2009]"
_AMOUNT = re.compile(rf"([-\u2212]?)([0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+|[0-9]{{1,16}})(?:[.,]([0-9]{{1,2}}))?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str, *, field: str | None = None) -> Money:
        """The amount that a person or a file writes, as in `parse_minor`."""
        return cls(parse_minor(text, field=field), currency)

    def plain(self) -> str:
        """`12345.67`, as JSON and CSV carry it."""
        return plain(self.minor)

    def grouped(self, decimal_sep: str, group_sep: str) -> str:
        """The amount with thousands apart, in the separators of a language; no currency sign."""
        major, rest = divmod(abs(self.minor), MINOR_PER_MAJOR)
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{major:,}".replace(",", group_sep) + f"{decimal_sep}{rest:02}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def _same(self, other: Money) -> int:
        """The other amount in minor units, once it is sure that the currencies agree."""
        if other.currency != self.currency:
            raise Refused(
                _("Amounts in {one} and {other} can't be put together").format(one=self.currency, other=other.currency),
                code="mixed_currencies",
            )
        return other.minor


def parse_minor(text: str, *, field: str | None = None) -> int:
    """Minor units of `12345.67` or `12 345,67`, with any space between thousands.

    At most two decimals and a leading minus; everything else is Refused.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise Refused(
            _("«{text}» is not an amount of money; write it such as 12345.67 or 12 345,67").format(text=text[:40]),
            code="bad_money",
            field=field,
        )
    sign, major, decimals = found.groups()
    digits = re.sub(_GROUP, "", major) + (decimals or "").ljust(2, "0")
    if len(digits) > len(str(LARGEST_MINOR)) or int(digits) > LARGEST_MINOR:
        raise Refused(
            _("{text} is more money than a desk can have").format(text=text[:40]), code="bad_money", field=field
        )
    return -int(digits) if sign else int(digits)


def plain(minor: int) -> str:
    """Minor units written as `12345.67`, as JSON and CSV carry them."""
    major, rest = divmod(abs(minor), MINOR_PER_MAJOR)
    return f"{'-' if minor < 0 else ''}{major}.{rest:02}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of this currency; of none it is zero."""
    return sum(amounts, Money(0, currency))


def round_half_away(value: Exact | tuple[int, int]) -> int:
    """The nearest whole number, a half going away from zero; a pair is numerator and denominator.

    This is the only rounding of money in the program (interchange.md, `payout`).
    """
    exact = Fraction(*value) if isinstance(value, tuple) else Fraction(value)
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return -size if exact < 0 else size


def prorate(amount: Money, days: int, of_days: int) -> Money:
    """The part of an amount for `days` out of `of_days`, rounded by itself."""
    if not 0 <= days <= of_days or of_days == 0:
        raise ValueError(f"{days} of {of_days} days")
    return Money(round_half_away((amount.minor * days, of_days)), amount.currency)


def percent_of(amount: Money, percent: Exact) -> Money:
    """`percent` per cent of an amount (50 is a half), rounded once."""
    return Money(round_half_away(Fraction(percent) * amount.minor / 100), amount.currency)


def allocate(amount_minor: int, ratios: Sequence[Exact | str]) -> list[int]:
    """Split minor units by ratios so that the parts sum up to the amount exactly.

    Largest remainder; ties go to the earlier part. A negative amount splits as the mirror of the positive
    one, so that a correction of −X cancels what the split of X gave, part by part.
    Refused: no ratios, one that is negative or no number, all of them zero.
    """
    shares = [_ratio(ratio) for ratio in ratios]
    whole = sum(shares)
    if not shares or whole == 0:
        raise Refused(_("Nobody has a share, so there is nothing to split between"), code="bad_shares")
    if amount_minor < 0:
        return [-part for part in allocate(-amount_minor, ratios)]
    exact = [amount_minor * share / whole for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: amount_minor - sum(parts)]:
        parts[i] += 1
    return parts


def allocate_evenly(amount_minor: int, parts: int) -> list[int]:
    """Split minor units into equal parts, the earlier ones taking what is left over."""
    if parts < 1:
        raise Refused(_("An amount can only be split into one part or more"), code="bad_shares")
    return allocate(amount_minor, [1] * parts)


def allocate_percent(amount_minor: int, percents: Sequence[Exact | str]) -> tuple[list[int], int]:
    """The parts that percentages (50 is a half) take of an amount, and the rest that nobody takes.

    Parts and rest sum up to the amount exactly. Refused: more than 100 % together.
    """
    rest = 100 - sum((_ratio(percent) for percent in percents), Fraction())
    if rest < 0:
        raise Refused(_("The shares are more than 100 % together"), code="bad_shares")
    *parts, left = allocate(amount_minor, [*percents, rest])
    return parts, left


def _ratio(ratio: Exact | str) -> Fraction:
    """One share as an exact number that isn't negative."""
    if isinstance(ratio, float):
        raise TypeError("a float is not an exact share")
    try:
        number = Decimal(ratio) if isinstance(ratio, str) else ratio
    except ArithmeticError:
        number = Decimal("NaN")
    # Checked before it becomes a Fraction: 1e999999999 is short to write and takes all memory to spell out.
    if isinstance(number, Decimal) and not (number.is_finite() and abs(number.adjusted()) <= LONGEST):
        number = -1
    if number < 0:
        raise Refused(_("A share must be a number from 0 on, not «{share}»").format(share=ratio), code="bad_shares")
    return Fraction(number)
