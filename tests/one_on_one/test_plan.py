"""Rules for meetings: RFC 5545 as far as days go; what makes no sense is refused before anything is laid out."""

from __future__ import annotations

from datetime import date

import pytest

from leadconsole.kernel.errors import Refused
from leadconsole.one_on_one.plan import days_of, read_plan

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;BYDAY=TU,TH"),
        (" rrule:freq=weekly;byday=tu; ", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=2TU,-1FR", "FREQ=MONTHLY;BYDAY=2TU,-1FR"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("FREQ=WEEKLY;UNTIL=20261231T000000Z", "FREQ=WEEKLY;UNTIL=20261231"),
        ("DTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;INTERVAL=2", "DTSTART:20261103 RRULE:FREQ=WEEKLY;INTERVAL=2"),
    ],
)
def test_a_rule_is_kept_as_it_is_meant(text: str, kept: str) -> None:
    assert read_plan(text).text == kept
    assert read_plan(kept).text == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "weekly", "FREQ=", "FREQ=WEEKLY;COUNT=5", "FREQ=HOURLY", "FREQ=WEEKLY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=1000",
        "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;BYMONTH=13", "FREQ=MONTHLY;BYSETPOS=1", "FREQ=WEEKLY;UNTIL=20261331",
        "BYDAY=TU", "FREQ=WEEKLY;BYMONTHDAY=0", "DTSTART:20261350 FREQ=WEEKLY", "FREQ=WEEKLY;X-A=1", "[/foo]",
        "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 200),
    ],
)  # fmt: skip
def test_what_is_no_rule_for_meetings_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_plan(text)
    assert refusal.value.field == "rule"


def laid(rule: str, counted_from: date = date(2026, 1, 6)) -> list[int]:
    return [day.day for day in days_of(read_plan(rule), counted_from, *MARCH)]


def test_days_are_laid_out() -> None:
    assert laid("FREQ=WEEKLY;BYDAY=TU,TH") == [3, 5, 10, 12, 17, 19, 24, 26, 31]
    assert laid("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU") == [3, 17, 31]
    assert laid("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 1, 13)) == [10, 24]
    assert laid("DTSTART:20260310 RRULE:FREQ=WEEKLY;INTERVAL=2") == [10, 24]
    assert laid("FREQ=MONTHLY;BYDAY=-1FR") == [27]
    assert laid("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260310") == [3, 10]
    assert laid("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") == []
