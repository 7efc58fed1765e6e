"""What can't be is refused in the words of its rule, and no float is anywhere between a row and what is told."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from desks import House
from intake.folders import load, write
from leadconsole.intake.report import ImportRejected
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, queries
from leadconsole.payout.cli import as_json
from payout.houses import february
from payout.test_rules import walk

FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)


@pytest.fixture
def home(tmp_path: Path) -> House:
    """The desk of February, on the 2nd of March."""
    return february(tmp_path / "desk.db")


def test_no_float_is_in_what_is_counted_told_and_frozen(home: House) -> None:
    home.setting("share_rate", "45.55")
    desk = home.desk()
    for month in (FEBRUARY, MARCH):
        counted = queries.statement(desk, month)
        for found in (counted, queries.invoices(desk, month), queries.behind(desk, month), as_json(counted)):
            assert not [value for value in walk(found) if isinstance(value, float)]
    assert as_json(queries.statement(home.desk(), FEBRUARY))["share_rate"] == Decimal("45.55")
    commands.close(home.desk(), FEBRUARY)
    (text,) = home.database.reader.execute("SELECT frozen FROM closed_month").fetchone()
    assert not [value for value in walk(json.loads(text)) if isinstance(value, float)]


@pytest.mark.parametrize(
    ("file", "head", "row", "words"),
    [
        ("subscriptions", "client,from,monthly_fee", "acme,2026-02-10,5", "fee"),
        ("subscriptions", "client,from,monthly_fee", "acme,2025-01-01,-5", "negative"),
        ("salaries", "login,from,amount", "oleg,2026-01-01,-5", "negative"),
        ("expenses", "month,description,amount", "2026-02,Taxi,-5", "negative"),
        ("expenses", "month,description,amount", "2026-13,Taxi,5", "month"),
        ("expenses", "month,description,amount", "2026-02,Taxi,5.001", "amount of money"),
        ("expenses", "month,description,amount,ticket", "2026-02,Taxi,5,999", "999"),
        ("allocations", "month,kind,login,amount", "2026-02,bonus,lida,-5", "bonus can't be negative"),
        ("allocations", "month,kind,amount", "2026-02,gift,5", "gift"),
        ("tickets", "number,client,subject,created,price", "9,acme,Late,2026-02-03,-1", "negative"),
        (
            "tickets",
            "number,client,subject,created,accepted",
            "9,acme,Late,2026-02-03T10:00,2026-02-02T10:00",
            "before",
        ),
        ("settings", "key,value", "currency,USD", "two currencies"),
        ("settings", "key,value", "share_rate,101", "100"),
    ],
)
def test_a_fault_is_refused_in_the_words_of_its_rule(
    home: House, tmp_path: Path, file: str, head: str, row: str, words: str
) -> None:
    before = as_json(queries.statement(home.desk(), FEBRUARY))
    with pytest.raises(ImportRejected) as refusal:
        load(home, write(tmp_path / f"{file}.csv", f"{head}\n{row}\n"))
    [rejection] = refusal.value.report.rejected
    assert words in rejection.message, rejection.message
    assert as_json(queries.statement(home.desk(), FEBRUARY)) == before
