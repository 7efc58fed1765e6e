"""Hand-overs and holding times in a history, one line for each sentence of the ledger's rules.

Stories are written as `minute kind value; …`; minute 0 is when the ticket was created, on line 1 without an assignee.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.clock import MINUTE, instant
from leadconsole.kernel.worktime import AROUND_THE_CLOCK, Hours, WorkCalendar
from leadconsole.tickets import rules
from leadconsole.tickets.handovers import Account, Holder, Holding, Transfer, accounts, holdings, transfers
from leadconsole.tickets.rules import Entry, Span, Start

MONDAY = instant(datetime(2026, 3, 2, 9, tzinfo=UTC))
OFFICE = WorkCalendar("office", "UTC", {day: [Hours(9 * 60, 18 * 60)] for day in range(5)})


def written(story: str) -> list[Entry]:
    """The entries of a story; seqs count from 1."""
    entries = []
    for seq, part in enumerate((part for part in story.split(";") if part.strip()), 1):
        minute, kind, *value = part.split()
        entries.append(Entry(MONDAY + int(minute) * MINUTE, seq, kind, value[0] if value else None))
    return entries


def told(story: str, **start: Any) -> list[str]:
    """The hand-overs of a story as `minute giver>taker`, with `back` where it was given back."""
    begun = Start(MONDAY, **start)
    return [
        f"{(one.at - MONDAY) // MINUTE} {one.giver}>{one.taker}{' back' * one.back}"
        for one in transfers(begun, rules.full_history(begun, written(story)))
    ]


HANDED: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("the first assignment is none", "1 assign ann", {}, []),
    ("from one to another", "1 assign ann; 2 assign bob", {}, ["2 ann>bob"]),
    ("from the one it started with", "2 assign bob", {"assignee": "ann"}, ["2 ann>bob"]),
    ("the same again is none", "1 assign ann; 2 assign ann", {}, []),
    ("to nobody is none", "1 assign ann; 2 assign", {}, []),
    ("nobody in between is skipped", "1 assign ann; 2 assign; 3 assign bob", {}, ["3 ann>bob"]),
    ("back from nobody is none", "1 assign ann; 2 assign; 3 assign ann", {}, []),
    ("a return", "1 assign ann; 2 assign bob; 3 assign ann", {}, ["2 ann>bob", "3 bob>ann back"]),
    (
        "back to whoever had it ever",
        "1 assign ann; 2 assign bob; 3 assign cyd; 4 assign ann",
        {},
        ["2 ann>bob", "3 bob>cyd", "4 cyd>ann back"],
    ),
    ("to another line", "1 line 2", {}, ["1 1>2"]),
    ("the same line is none", "1 line 1", {}, []),
    ("back to a line that had it", "1 line 2; 2 line 1", {}, ["1 1>2", "2 2>1 back"]),
    ("down to a line that never had it", "1 line 1", {"line": 2}, ["1 2>1"]),
    ("line and person are two", "1 line 2; 1 assign bob", {"assignee": "ann"}, ["1 1>2", "1 ann>bob"]),
    ("undone ones don't count", "1 assign bob; 2 undo 1", {"assignee": "ann"}, []),
    ("an undone undo does nothing", "1 assign bob; 2 undo 1; 3 undo 2", {"assignee": "ann"}, ["1 ann>bob"]),
    (
        "what was undone is no earlier holder",
        "1 assign bob; 2 undo 1; 3 assign cyd; 4 assign bob",
        {"assignee": "ann"},
        ["3 ann>cyd", "4 cyd>bob"],
    ),
    (
        "a waiting ticket is handed over too",
        "1 status waiting_client; 2 assign bob",
        {"assignee": "ann"},
        ["2 ann>bob"],
    ),
    ("a resolved one isn't", "1 status resolved; 2 assign bob", {"assignee": "ann"}, []),
    ("an accepted one isn't", "1 accept; 2 assign bob", {"assignee": "ann"}, []),
    ("a rejected one isn't", "1 status closed_rejected; 2 line 2", {}, []),
    ("one that started resolved isn't", "2 assign bob", {"assignee": "ann", "status": "resolved"}, []),
    ("a reopened one is", "1 status resolved; 2 reopen; 3 assign bob", {"assignee": "ann"}, ["3 ann>bob"]),
    (
        "who got it while it was finished has had it",
        "1 status resolved; 2 assign bob; 3 reopen; 4 assign ann",
        {"assignee": "ann"},
        ["4 bob>ann back"],
    ),
    ("before the creation means at it", "-5 assign bob", {"assignee": "ann"}, ["0 ann>bob"]),
]


@pytest.mark.parametrize(("story", "start", "found"), [case[1:] for case in HANDED], ids=[case[0] for case in HANDED])
def test_hand_overs(story: str, start: dict[str, Any], found: list[str]) -> None:
    assert told(story, **start) == found


IN_WORK = st.lists(
    st.tuples(
        st.integers(0, 50),
        st.sampled_from(["assign ann", "assign bob", "assign cyd", "assign", "line 1", "line 2", "line 3", "reopen"]),
    ),
    max_size=12,
)


@given(IN_WORK)
def test_hand_overs_of_tickets_in_work_are_those_that_the_counters_count(moves: list[tuple[int, str]]) -> None:
    entries = written("; ".join(f"{minute} {move}" for minute, move in moves))
    start = Start(MONDAY)
    found = transfers(start, rules.full_history(start, entries))
    standing = rules.fold(start, entries, lambda priority, line: rules.NO_TARGET, AROUND_THE_CLOCK, 0)
    people = [one for one in found if isinstance(one.giver, str)]
    lines = [one for one in found if isinstance(one.giver, int)]
    assert len(people) == standing.handovers
    assert sum(one.back for one in people) == standing.returns
    assert sum(int(one.taker) < int(one.giver) for one in lines) == standing.line_pushbacks


def span(first: int, last: int | None, who: str | None, line: int = 1) -> Span:
    """A span in hours since Monday nine o'clock."""
    return Span(MONDAY + first * 60 * MINUTE, None if last is None else MONDAY + last * 60 * MINUTE, who, line)


@pytest.mark.parametrize(
    ("spans", "held"),
    [
        ([], {}),
        ([span(0, 2, "ann")], {1: 2, "ann": 2}),
        ([span(0, 2, None)], {1: 2}),
        ([span(0, 1, "ann"), span(1, 2, "bob"), span(3, 4, "ann", 2)], {1: 2, "ann": 2, "bob": 1, 2: 1}),
        ([span(0, 24, "ann")], {1: 9, "ann": 9}),  # the night doesn't count
        ([span(-90, 1, "ann")], {1: 1, "ann": 1}),  # nor what was before the month
        ([span(31, None, "ann")], {1: 2, "ann": 2}),  # it runs to the end that is asked for
        ([span(60, 70, "ann")], {}),
    ],
)
def test_time_held_is_working_time_inside_the_bounds(spans: list[Span], held: dict[Holder, int]) -> None:
    end = MONDAY + 48 * 60 * MINUTE
    found = holdings(7, spans, MONDAY, end, OFFICE)
    assert {one.of: one.worked // (60 * MINUTE) for one in found} == held
    assert {one.number for one in found} <= {7}


def test_accounts_are_lines_then_people() -> None:
    event = Entry(MONDAY, 1, "assign")
    passed = [
        Transfer(MONDAY, "bob", "ann", False, event), Transfer(MONDAY, "ann", "bob", True, event),
        Transfer(MONDAY, 1, 2, False, event),
    ]  # fmt: skip
    held = [Holding("cyd", 1, 5), Holding("ann", 1, 3), Holding("ann", 2, 4), Holding(1, 1, 7)]
    assert accounts(passed, held) == (
        Account(1, given=1, worked=7), Account(2, taken=1), Account("ann", 1, 1, 1, 7), Account("bob", 1, 1),
        Account("cyd", worked=5),
    )  # fmt: skip
