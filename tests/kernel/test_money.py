"""Money is exact: what is typed, what is written, what is rounded and what is split."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.money import (
    Exact,
    Money,
    allocate,
    allocate_evenly,
    allocate_percent,
    parse_minor,
    percent_of,
    plain,
    prorate,
    round_half_away,
    total,
)


def rub(minor: int) -> Money:
    return Money(minor, "RUB")


@pytest.fixture(scope="module")
def outside(cases: Path) -> dict[str, Any]:
    # Shares such as 0.33 come as text: a float is not what was written.
    text = (cases / "money" / "allocation_cases.json").read_text("utf-8")
    whole: dict[str, Any] = json.loads(text, parse_float=str)
    return whole


def test_every_outside_split_comes_out(outside: dict[str, Any]) -> None:
    same = 0
    for case in outside["cases"]:
        parts = allocate(case["amount_minor"], case["ratios"])
        assert sum(parts) == case["amount_minor"], case["id"]
        if "largest_remainder_first" in case["reproduced_by"]:
            assert parts == case["expect"], case["id"]
            same += 1
    assert same == 19


def split(case: dict[str, Any]) -> None:
    if "parts" in case:
        allocate_evenly(case["amount_minor"], case["parts"])
    elif case.get("meaning") == "shares of 100 %":
        allocate_percent(case["amount_minor"], [Decimal(share) * 100 for share in case["ratios"]])
    else:
        allocate(case["amount_minor"], case["ratios"])


def test_every_outside_error_is_refused(outside: dict[str, Any]) -> None:
    for case in outside["errors"]:
        with pytest.raises(Refused) as refused:
            split(case)
        assert refused.value.code == "bad_shares"


ratios = st.lists(
    st.one_of(
        st.integers(0, 10**6),
        st.decimals(0, 1000, places=3),
        st.fractions(0, 50, max_denominator=97),
        st.just(0),
    ),
    min_size=1,
    max_size=12,
).filter(any)


@given(st.integers(-(10**15), 10**15), ratios)
def test_a_split_loses_nothing_and_is_fair_to_a_kopeck(amount: int, shares: list[Exact]) -> None:
    parts = allocate(amount, shares)
    assert sum(parts) == amount
    whole = sum(Fraction(share) for share in shares)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - amount * Fraction(share) / whole) < 1
        assert share or not part


@given(st.integers(0, 10**12), ratios)
def test_a_split_of_the_negative_undoes_the_split(amount: int, shares: list[Exact]) -> None:
    there, back = allocate(amount, shares), allocate(-amount, shares)
    assert [one + other for one, other in zip(there, back, strict=True)] == [0] * len(shares)


@given(st.integers(0, 10**9), ratios, st.randoms())
def test_the_order_of_people_moves_at_most_a_kopeck(amount: int, shares: list[Exact], random: Any) -> None:
    order = random.sample(range(len(shares)), len(shares))
    parts, shuffled = allocate(amount, shares), allocate(amount, [shares[i] for i in order])
    assert all(abs(parts[i] - shuffled[n]) <= 1 for n, i in enumerate(order))


def test_percentages_leave_the_rest_to_nobody() -> None:
    assert allocate_percent(100, [50, "25.5"]) == ([50, 26], 24)
    assert allocate_percent(1001, [100]) == ([1001], 0)
    assert allocate_percent(100, []) == ([], 100)


@pytest.mark.parametrize("share", ["NaN", "inf", "half", "1e999999999", "-0.1", Decimal("sNaN")])
def test_a_share_that_is_no_number_is_refused(share: Any) -> None:
    with pytest.raises(Refused):
        allocate(100, [1, share])


def test_a_float_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        allocate(100, [0.5, 0.5])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12345.67", 1234567),
        ("12 345,67", 1234567),
        ("12\u00a0345,67", 1234567),
        ("12\u202f345,67", 1234567),
        ("1 234 567", 123456700),
        ("-5", -500),
        ("\u22125,5", -550),
        (" 0.05 ", 5),
        ("-0,05", -5),
        ("7,", None),
        (",7", None),
        ("1.234", None),
        ("12,345.67", None),
        ("1 23", None),
        ("12 3456", None),
        ("1  234", None),
        ("", None),
        ("5 RUB", None),
        ("NaN", None),
        ("1e5", None),
        ("--5", None),
        ("0x10", None),
        ("٣", None),
        ("1\n", 100),
        ("1\n2", None),
        ("9999999999999.99", 999999999999999),
        ("10000000000000.01", None),
        ("9" * 5000, None),
        ("9 999 999 999 999 999 999", None),
    ],
)
def test_money_is_read_as_people_write_it(text: str, minor: int | None) -> None:
    if minor is not None:
        assert Money.parse(text, "RUB") == rub(minor)
        return
    with pytest.raises(Refused) as refused:
        parse_minor(text, field="price")
    assert refused.value.field == "price"


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read_back(minor: int) -> None:
    amount = rub(minor)
    assert parse_minor(amount.plain()) == minor
    assert parse_minor(amount.grouped(",", "\u00a0")) == minor


def test_amounts_are_written_plainly_and_grouped() -> None:
    assert plain(-5) == "-0.05"
    assert rub(123456789).plain() == "1234567.89"
    assert rub(-123456789).grouped(",", "\u202f") == "-1\u202f234\u202f567,89"
    assert rub(99900).grouped(".", ",") == "999.00"


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Decimal("2.5"), 3),
        (Decimal("-2.5"), -3),
        (Decimal("2.4999999999999999999999999999999999"), 2),
        ((7, 2), 4),
        ((-7, 3), -2),
        ((1, -2), -1),
        (5, 5),
        (0, 0),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: Exact | tuple[int, int], whole: int) -> None:
    assert round_half_away(value) == whole


@given(st.fractions())
def test_rounding_is_symmetric_and_near(value: Fraction) -> None:
    assert round_half_away(-value) == -round_half_away(value)
    assert abs(round_half_away(value) - value) <= Fraction(1, 2)


def test_a_fee_is_prorated_by_days_and_rounded_by_itself() -> None:
    assert prorate(rub(1000000), 10, 31) == rub(322581)
    assert prorate(rub(1000000), 31, 31) == rub(1000000)
    assert prorate(rub(-101), 15, 30) == rub(-51)
    for days, of_days in ((32, 31), (-1, 31), (0, 0)):
        with pytest.raises(ValueError, match="days"):
            prorate(rub(1), days, of_days)


def test_a_percentage_is_rounded_once() -> None:
    assert percent_of(rub(333), 50) == rub(167)
    assert percent_of(rub(-333), 50) == rub(-167)
    assert percent_of(rub(10001), Decimal("33.3")) == rub(3330)


def test_amounts_add_and_compare_within_one_currency_only() -> None:
    assert rub(5) + rub(7) - rub(2) == rub(10)
    assert -rub(5) < rub(0) <= rub(0) < rub(1)
    assert max(rub(1), rub(3), rub(2)) == rub(3)
    assert total([rub(1), rub(2)], "RUB") == rub(3)
    assert total([], "UAH") == Money(0, "UAH")
    assert rub(1) != Money(1, "UAH")
    other = Money(1, "UAH")
    for mix in (
        lambda: rub(1) + other,
        lambda: rub(1) - other,
        lambda: rub(1) < other,
        lambda: rub(1) >= other,
    ):
        with pytest.raises(Refused) as refused:
            mix()
        assert refused.value.code == "mixed_currencies"
