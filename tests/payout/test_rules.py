"""A month's payout to the kopeck: tables of cases, and what must hold of any month."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import pkgutil
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leadconsole.payout
from leadconsole.kernel.history import packed
from leadconsole.kernel.period import Month
from leadconsole.payout import chain, closed, rules, whatif
from leadconsole.payout.facts import Plan
from leadconsole.payout.rules import Employee, Fee, Left, Line, Salary, Scheme, Section, Statement, Work

OCTOBER = Month(2026, 10)
FEBRUARY = Month(2026, 2)
ROWS = st.integers(0, 50_000_00)
DAYS = st.dates(OCTOBER.first.replace(month=8), OCTOBER.last.replace(month=12)).map(str)


def settled(lines: list[Line], **scheme: Any) -> Statement:
    """October of these lines."""
    return rules.settle(OCTOBER, Scheme(**scheme), lines)


@pytest.mark.parametrize(
    ("first", "last", "proration", "amount"),
    [
        ("2026-01-01", None, "daily", 31_000_00),
        ("2026-10-31", None, "daily", 1_000_00),
        ("2026-10-01", "2026-10-10", "daily", 10_000_00),
        ("2026-09-01", "2026-09-30", "daily", None),
        ("2026-11-01", None, "daily", None),
        ("2026-10-31", None, "none", 31_000_00),
        ("2026-11-01", None, "none", None),
    ],
)
def test_a_fee_counts_for_the_days_it_is_in_force(
    first: str, last: str | None, proration: str, amount: int | None
) -> None:
    lines = rules.fee_lines(OCTOBER, [Fee("acme", "Acme", first, last, 31_000_00)], proration)
    assert [line.amount for line in lines] == ([] if amount is None else [amount])


def test_every_row_is_rounded_by_itself_half_away_from_zero() -> None:
    # 0.02 for 14 of 28 days is exactly one kopeck and a half of 0.01: 0.005 rounds to 0.01, twice.
    fees = [Fee("acme", "Acme", "2026-02-01", "2026-02-14", 1), Fee("bolt", "Bolt", "2026-02-15", None, 1)]
    assert [line.amount for line in rules.fee_lines(FEBRUARY, fees, "daily")] == [1, 1]


@pytest.mark.parametrize(
    ("role", "login", "section"),
    [
        ("specialist", "lida", "salary"),
        ("contractor", "lida", "outside"),
        ("lead", "lida", None),
        ("director", "lida", None),
        ("accountant", "lida", None),
        ("specialist", "anna", None),
    ],
)
def test_whose_salary_counts_where(role: str, login: str, section: str | None) -> None:
    people = [Employee(login, login.title(), role)]
    lines = rules.salary_lines(OCTOBER, people, [Salary(login, "2026-01-01", 100)], Scheme(lead="anna"))
    assert [str(line.section) for line in lines] == ([] if section is None else [section])


def test_a_salary_holds_until_the_next_and_only_while_employed() -> None:
    rows = [
        Salary("lida", "2026-11-01", 99),
        Salary("lida", "2026-10-11", 62_000_00),
        Salary("lida", "2020-01-01", 31_000_00),
    ]
    people = [Employee("lida", "Lida", "specialist", "2026-10-06", "2026-10-20")]
    lines = rules.salary_lines(OCTOBER, people, rows, Scheme())
    assert [(line.key, line.days, line.amount) for line in lines] == [
        ("lida,2020-01-01", 5, 5_000_00), ("lida,2026-10-11", 10, 20_000_00)
    ]  # fmt: skip


def fee(amount: int) -> Line:
    return rules.entered(Section.SUBSCRIPTION, "Acme", "", amount, "subscriptions", "acme", "2026-01-01")


def aside(section: Section, amount: int) -> Line:
    return rules.entered(section, "", "", amount, "allocations", "2026-10", str(section), "")


def test_the_formula() -> None:
    done = settled(
        [
            fee(1_000_01), rules.entered(Section.SALARY, "Lida", "", 200_00, "salaries", "lida", "2026-01-01"),
            rules.entered(Section.OUTSIDE, "", "Hosting", 50_00, "expenses", "2026-10", "Hosting"),
            rules.entered(Section.ADJUSTMENT, "", "Late act", -10_00, "adjustments", "2026-10", "Late act"),
            aside(Section.RESERVE, 40_00), aside(Section.BONUS, 30_00),
        ],
        guaranteed_minimum=100_00,
    )  # fmt: skip
    assert done.figures._asdict() == {
        "volume": 1_000_01, "share": 500_01, "salaries": 200_00, "outside": 50_00, "adjustments": -10_00,
        "profit": 240_01, "topup": 0, "abnormal": False, "reserve": 40_00, "bonuses": 30_00, "lead_pay": 170_01,
    }  # fmt: skip


@pytest.mark.parametrize(("minimum", "abnormal", "pay"), [(500_00, False, 500_00), (500_01, True, 500_01)])
def test_the_guarantee_begins_below_the_minimum(minimum: int, abnormal: bool, pay: int) -> None:
    done = settled([fee(1_000_00)], guaranteed_minimum=minimum)
    assert (done.figures.abnormal, done.figures.lead_pay) == (abnormal, pay)


def test_nothing_is_set_aside_of_the_guarantee() -> None:
    done = settled([fee(1_000_00), aside(Section.RESERVE, 1), aside(Section.BONUS, 2)], guaranteed_minimum=800_00)
    assert done.figures[6:] == (300_00, True, 0, 0, 800_00)
    assert [str(line.section) for line in done.lines] == ["subscription", "topup"]
    assert (done.asked_reserve, done.asked_bonuses) == (1, 2)


def test_own_pay_is_never_negative() -> None:
    assert settled([fee(1_000_00), aside(Section.BONUS, 900_00)]).figures.lead_pay == 0


def test_probation_pays_its_salary_and_shows_the_formula_beside_it() -> None:
    probation = {"probation_salary": 70_000_00, "probation_until": "2026-10-01", "guaranteed_minimum": 600_00}
    done = settled([fee(1_000_00), aside(Section.RESERVE, 5)], **probation)
    assert done.kind == "probation"
    assert done.figures._replace(volume=0, share=0, profit=0) == (0, 0, 0, 0, 0, 0, 0, False, 0, 0, 70_000_00)
    assert done.shadow is not None
    assert (done.shadow.topup, done.shadow.abnormal, done.shadow.lead_pay) == (100_00, True, 600_00)
    later = settled([fee(1_000_00)], probation_until="2026-09-30")
    assert (later.kind, later.shadow) == ("entrepreneur", None)


@st.composite
def months(draw: st.DrawFn) -> tuple[list[Line], Scheme]:
    """The lines of any October, and a scheme."""
    scheme = Scheme(
        draw(st.integers(0, 100_00)),
        draw(ROWS),
        draw(st.none() | ROWS),
        draw(st.none() | st.sampled_from(["2026-09-30", "2026-10-01", "2026-12-31"])),
        draw(st.sampled_from(["daily", "none"])),
        lead="p0",
    )
    fees = []
    for place in range(draw(st.integers(0, 4))):
        first, last = sorted(draw(st.tuples(DAYS, DAYS)))
        fees.append(Fee(f"c{place}", f"C{place}", first, draw(st.sampled_from([last, None])), draw(ROWS)))
    works = [Work(n, "C0", "Report", draw(ROWS), n) for n in range(draw(st.integers(0, 4)))]
    people = [
        Employee(f"p{place}", f"P{place}", draw(st.sampled_from(["specialist", "contractor", "lead"])))
        for place in range(4)
    ]
    pays = [
        Salary(f"p{place}", day, draw(ROWS)) for place in range(4) for day in draw(st.sets(DAYS, max_size=3))
    ]  # fmt: skip
    lines = [
        *rules.fee_lines(OCTOBER, fees, scheme.proration), *rules.work_lines(works),
        *rules.salary_lines(OCTOBER, people, pays, scheme),
        *(
            rules.entered(section, "", f"x{n}", draw(amounts), "expenses", "2026-10", f"x{n}")
            for section, amounts in (
                (Section.OUTSIDE, ROWS), (Section.ADJUSTMENT, st.integers(-10**6, 10**6)),
                (Section.RESERVE, st.integers(-10**5, 10**6)), (Section.BONUS, ROWS),
            )
            for n in range(draw(st.integers(0, 2)))
        ),
    ]  # fmt: skip
    return lines, scheme


@given(months())
def test_the_lines_sum_to_the_figures(month: tuple[list[Line], Scheme]) -> None:
    lines, scheme = month
    done = rules.settle(OCTOBER, scheme, lines)
    sums, figures = rules.counted(done.lines), done.figures
    assert sums["subscription"] + sums["one_off"] == figures.volume
    assert (sums["salary"], sums["outside"], sums["adjustment"]) == (
        figures.salaries, figures.outside, figures.adjustments
    )  # fmt: skip
    assert (sums["reserve"], sums["bonus"], sums["topup"]) == (figures.reserve, figures.bonuses, figures.topup)
    assert figures.profit == figures.share - figures.salaries - figures.outside + figures.adjustments
    assert figures.lead_pay >= 0
    formula = done.shadow or figures
    if formula.abnormal:
        assert formula.profit + formula.topup == formula.lead_pay == scheme.guaranteed_minimum
    elif formula.profit >= formula.reserve + formula.bonuses:
        assert formula.lead_pay + formula.reserve + formula.bonuses == formula.profit


@given(months(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_is_nothing(month: tuple[list[Line], Scheme], shuffler: random.Random) -> None:
    lines, scheme = month
    other = list(lines)
    shuffler.shuffle(other)
    one, two = (rules.settle(OCTOBER, scheme, given) for given in (lines, other))
    assert one == two
    assert chain.line_hashes("2026-10", one.lines) == chain.line_hashes("2026-10", two.lines)


@given(months())
def test_a_month_counted_again_from_its_lines_is_the_same(month: tuple[list[Line], Scheme]) -> None:
    lines, scheme = month
    done = rules.settle(OCTOBER, scheme, lines)
    assert rules.broken_line(done.lines) is None
    again = rules.settle(OCTOBER, scheme, done.lines)
    assert again.figures == done.figures
    assert again.lines == done.lines


@given(months())
def test_a_month_that_was_frozen_thaws_to_the_same_figures_and_hash(month: tuple[list[Line], Scheme]) -> None:
    lines, scheme = month
    done = rules.settle(OCTOBER, scheme, lines)
    left = (Left(7, "C0", "Late", None, "no_price"),)
    kept = closed.frozen_of(done, left, Plan("2026-10", "Raise the fees", "2026-12-01"), "Europe/Moscow")
    text = packed(kept) or ""
    again, excluded = closed.thawed(OCTOBER, json.loads(text), list(done.lines))
    assert (again, excluded) == (done, left)
    assert packed(json.loads(text)) == text

    def made(frozen: dict[str, Any]) -> str:
        return chain.month_hash(
            "2026-10", frozen, chain.last_of("2026-10", chain.line_hashes("2026-10", done.lines)), ""
        )

    assert made(kept) == made(json.loads(text))
    assert not any(isinstance(value, float) for value in walk(json.loads(text)))


@given(st.integers(0, 10**12), st.integers(1, 100_00), ROWS)
def test_break_even_and_what_may_be_lost_are_exact(volume: int, rate: int, money: int) -> None:
    needed, spare = whatif.volume_for(money, rate), whatif.may_lose(money, rate)
    assert needed is not None
    assert spare is not None
    assert rules.share_of(volume + needed, rate) - rules.share_of(volume, rate) >= money
    assert rules.share_of(volume + spare, rate) - rules.share_of(volume, rate) <= money
    assert spare <= needed


def test_without_a_share_no_volume_helps() -> None:
    assert (whatif.volume_for(100, 0), whatif.may_lose(100, 0)) == (None, None)
    assert (whatif.volume_for(80_000_00, 50_00), whatif.volume_for(-5, 50_00)) == (160_000_00, 0)


@given(months())
def test_every_amount_is_a_whole_number(month: tuple[list[Line], Scheme]) -> None:
    done = rules.settle(OCTOBER, month[1], month[0])
    for value in walk(done):
        assert not isinstance(value, float)


def walk(value: object) -> Iterator[object]:
    """Every value inside a value."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.astuple(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        for one in value:
            yield from walk(one)


def slice_modules() -> Iterator[ModuleType]:
    """Every module of the slice but the screen."""
    for found in pkgutil.walk_packages(leadconsole.payout.__path__, "leadconsole.payout."):
        if ".screen" not in found.name:
            yield importlib.import_module(found.name)


def parts_of(hint: object) -> Iterator[object]:
    """A type and everything it is made of."""
    yield hint
    for part in get_args(hint):
        yield from parts_of(part)


def test_no_type_of_the_slice_is_a_float() -> None:
    """Neither a field of what is counted, nor what a function takes or gives."""
    found, seen = [], 0
    for module in slice_modules():
        for name, value in vars(module).items():
            if getattr(value, "__module__", "") != module.__name__ or not (isinstance(value, type) or callable(value)):
                continue
            for field, hint in typed(value):
                seen += 1
                if float in parts_of(hint) or (Any is hint and field == "amount"):
                    found.append(f"{module.__name__}.{name}.{field}")
    assert found == []
    assert seen > 300


def typed(value: object) -> Iterator[tuple[str, object]]:
    """The hints of a class's fields or of a function."""
    names = {"ModuleType": ModuleType, **({} if not callable(value) else getattr(value, "__globals__", {}))}
    try:
        yield from get_type_hints(value, localns=names).items()
    except NameError:  # a name that is only there for the type checker
        for field, text in getattr(value, "__annotations__", {}).items():
            assert "float" not in str(text)
            yield field, None


def test_no_float_is_written_anywhere_in_the_slice() -> None:
    """Neither a literal, nor a division that makes one, nor the word."""
    found = []
    for path in sorted(Path(leadconsole.payout.__file__).parent.rglob("*.py")):
        if "screen" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                found.append(place)
            if isinstance(node, ast.Name) and node.id == "float":
                found.append(place)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                decimal = ast.unparse(node.left).startswith(("Decimal(", "Fraction("))
                if not decimal:
                    found.append(place)
    assert found == []
