"""What a history makes of a ticket, one line for each sentence of interchange.md, section 3.

Stories are written as `minute kind value; …`; minute 0 is when the ticket was created.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.kernel.clock import DAY, MINUTE, Instant, instant
from leadconsole.kernel.text import subject_key
from leadconsole.kernel.worktime import AROUND_THE_CLOCK, Hours, WorkCalendar
from leadconsole.tickets import rules
from leadconsole.tickets.rules import Calendar, Entry, Standing, Start, Target

MONDAY = instant(datetime(2026, 3, 2, 9, tzinfo=UTC))
OFFICE = WorkCalendar("office", "UTC", {day: [Hours(9 * 60, 18 * 60)] for day in range(5)})
LUNCH = WorkCalendar("lunch", "UTC", {day: [Hours(9 * 60, 13 * 60), Hours(14 * 60, 18 * 60)] for day in range(5)})
NORMS = {
    ("normal", 1): (60, 480),
    ("normal", 2): (30, 600),
    ("normal", 3): (60, 480),
    ("urgent", 1): (15, 240),
    ("urgent", 2): (15, 120),
    ("high", 1): (None, 360),
    ("high", 2): (45, None),
}
"""First reply and resolution in working minutes; low has none at all."""


def targets(priority: str, line: int) -> Target:
    first, resolution = NORMS.get((priority, line), (None, None))
    return Target(first and first * MINUTE, resolution and resolution * MINUTE)


def written(story: str, created: Instant = MONDAY) -> list[Entry]:
    """The entries of a story; seqs count from 1."""
    entries = []
    for seq, part in enumerate((part for part in story.split(";") if part.strip()), 1):
        minute, kind, *value = part.split()
        entries.append(Entry(created + int(minute) * MINUTE, seq, kind, value[0] if value else None))
    return entries


def told(
    story: str, calendar: Calendar = AROUND_THE_CLOCK, at_risk: int = 60, created: Instant = MONDAY, **start: Any
) -> Standing:
    """Where the story leads."""
    return rules.fold(Start(created, **start), written(story, created), targets, calendar, at_risk * MINUTE)


def minutes(at: Instant | None) -> float | None:
    return None if at is None else (at - MONDAY) / MINUTE


def seen(standing: Standing, names: Sequence[str]) -> dict[str, Any]:
    """The named fields, moments as minutes."""
    moments = {"first_reply_at", "resolved_at", "accepted_at", "first_reply_due", "resolution_due", "risk_at"}
    found = {}
    for name in names:
        value = getattr(standing, name)
        if name == "urgency":
            value = None if value == rules.NEVER else value
        if name in moments or name == "urgency":
            value = minutes(value)
        if name == "resolution_left" and value is not None:
            value = value / MINUTE
        found[name] = value
    return found


CLOCKS: list[tuple[str, str, dict[str, Any]]] = [
    ("both clocks run from the creation", "", {"first_reply_due": 60, "resolution_due": 480, "urgency": 60}),
    ("no norm: due is null", "0 priority low", {"first_reply_due": None, "resolution_due": None, "urgency": None}),
    ("a norm may lack the first reply", "0 priority high", {"first_reply_due": None, "resolution_due": 360}),
    ("a norm may lack the resolution", "0 priority high; 0 line 2", {"first_reply_due": 45, "resolution_due": None}),
    ("the first reply is a reply", "10 reply", {"first_reply_at": 10, "first_reply_due": 60, "urgency": 480}),
    ("only the first reply counts", "10 reply; 20 reply", {"first_reply_at": 10}),
    ("a note is no reply", "10 note", {"first_reply_at": None, "urgency": 60}),
    ("a client's message is no reply", "10 message_in", {"first_reply_at": None, "urgency": 60}),
    ("logged time is no reply", "10 time 30", {"first_reply_at": None, "urgency": 60}),
    ("an assignment is no reply", "10 assign lida", {"first_reply_at": None, "urgency": 60}),
    ("resolving is no reply", "10 status resolved", {"first_reply_at": None}),
    ("resolving in time fulfils the first reply", "60 status resolved", {"verdict": "met"}),
    ("resolving late fulfils the first reply late", "61 status resolved", {"verdict": "missed"}),
    ("accepting fulfils the first reply", "60 accept", {"verdict": "met"}),
    ("rejecting doesn't fulfil the first reply", "10 status closed_rejected; 90 status open", {"urgency": 60}),
    (
        "after resolving, a later reply can't be late",
        "50 status resolved; 55 reopen; 300 reply; 310 status resolved",
        {"first_reply_at": 300, "verdict": "met"},
    ),
    ("the first reply never pauses", "10 status waiting_client; 50 status open", {"first_reply_due": 60}),
    ("the first reply runs while waiting", "10 status waiting_client", {"first_reply_due": 60, "urgency": 60}),
    ("a replied ticket that waits has no running clock", "5 reply; 10 status waiting_client", {"urgency": None}),
    ("no time in waiting_client", "100 status waiting_client; 200 status open", {"resolution_due": 580}),
    ("no time in waiting_third_party", "100 status waiting_third_party; 200 status open", {"resolution_due": 580}),
    ("no time in resolved", "100 status resolved; 200 status open", {"resolution_due": 580}),
    ("no time in accepted", "100 accept; 200 status open", {"resolution_due": 580}),
    ("no time in closed_rejected", "100 status closed_rejected; 200 status open", {"resolution_due": 580}),
    ("time runs in new and in open", "100 status open; 200 status new", {"resolution_due": 480}),
    (
        "from one waiting into another nothing runs",
        "100 status waiting_client; 150 status waiting_third_party; 200 status open",
        {"resolution_due": 580},
    ),
    (
        "several pauses add up",
        "10 status waiting_client; 20 status open; 30 status waiting_third_party; 60 status open",
        {"resolution_due": 520},
    ),
    (
        "while paused the rest is kept for when work resumes",
        "100 status waiting_client",
        {"resolution_due": None, "resolution_left": 380},
    ),
    (
        "a pause after the due time changes nothing",
        "500 status waiting_client",
        {"resolution_due": 480, "resolution_left": None},
    ),
    ("a pause at the due minute moves nothing", "480 status waiting_client; 900 status open", {"resolution_due": 480}),
    ("once resolved, due is as of then", "100 status waiting_client; 200 status resolved", {"resolution_due": 580}),
    ("accepting later keeps due as of the resolution", "100 status resolved; 900 accept", {"resolution_due": 480}),
    ("rejected, due is as of then", "100 status waiting_client; 200 status closed_rejected", {"resolution_due": 580}),
    (
        "resolved after a rejection, due is as of the resolution",
        "10 reply; 100 status closed_rejected; 900 status resolved",
        {"resolution_due": 1280, "verdict": "met"},
    ),
    (
        "accepted after a rejected resolution, due is as of the acceptance",
        "10 reply; 100 status resolved; 110 status closed_rejected; 900 accept",
        {"resolution_due": 1280, "verdict": "met"},
    ),
    ("resolved late, due is when it was due", "500 status resolved", {"resolution_due": 480}),
    ("a reopening continues the clock", "100 status resolved; 300 reopen", {"resolution_due": 680}),
    (
        "two resolutions, two breaks",
        "100 status resolved; 200 reopen; 300 status resolved; 500 reopen",
        {"resolution_due": 780},
    ),
    (
        "after a reopening resolved_at and accepted_at are null",
        "100 status resolved; 200 accept; 300 reopen",
        {"resolved_at": None, "accepted_at": None, "status": "open", "verdict": None},
    ),
    (
        "a status event reopens as well",
        "100 accept; 300 status waiting_client",
        {"resolved_at": None, "accepted_at": None, "resolution_left": 380},
    ),
    ("a reopening may name the status", "100 accept; 300 reopen waiting_client", {"status": "waiting_client"}),
    ("the resolution is the last one", "100 status resolved; 200 reopen; 300 status resolved", {"resolved_at": 300}),
    ("acceptance keeps the resolution", "100 status resolved; 200 accept", {"resolved_at": 100, "accepted_at": 200}),
    ("acceptance alone resolves", "100 accept", {"resolved_at": 100, "accepted_at": 100, "status": "accepted"}),
    ("status accepted is an acceptance", "100 status accepted", {"resolved_at": 100, "accepted_at": 100}),
    ("accepted twice is accepted once", "100 accept; 200 accept", {"accepted_at": 100}),
    ("resolved twice is resolved once", "100 status resolved; 200 status resolved", {"resolved_at": 100, "reopens": 0}),
    ("an acceptance taken back", "100 status resolved; 200 accept; 300 status resolved", {"accepted_at": None}),
    ("an event before the creation acts at it", "-90 reply; -80 status waiting_client; 20 status open",
     {"first_reply_at": 0, "resolution_due": 500}),
    ("status is changed by status, accept and reopen only",
     "10 reply; 20 assign lida; 30 note; 40 message_in; 50 time 5; 60 line 2; 70 priority high", {"status": "new"}),
]  # fmt: skip

TARGETS: list[tuple[str, str, dict[str, Any]]] = [
    ("a new priority swaps both targets", "10 priority urgent", {"first_reply_due": 15, "resolution_due": 240}),
    ("a new line swaps both targets", "10 line 2", {"first_reply_due": 30, "resolution_due": 600}),
    ("the last priority holds", "10 priority urgent; 20 priority normal", {"resolution_due": 480}),
    ("the last line holds", "10 line 2; 20 line 1", {"first_reply_due": 60, "resolution_due": 480}),
    ("line and priority together", "10 line 2; 20 priority urgent", {"resolution_due": 120}),
    (
        "the time already spent is kept",
        "100 status waiting_client; 200 status open; 300 priority urgent",
        {"resolution_due": 340},
    ),
    ("a swap may find the target used up", "300 priority urgent", {"resolution_due": 240, "urgency": 15}),
    ("a swap to no norm", "10 priority low", {"first_reply_due": None, "resolution_due": None, "urgency": None}),
    ("a swap from no norm", "0 priority low; 100 priority normal", {"first_reply_due": 60, "resolution_due": 480}),
    ("a fulfilled first reply keeps its target", "10 reply; 20 priority urgent",
     {"first_reply_due": 60, "resolution_due": 240}),
    ("it keeps it through a change of line", "10 reply; 20 line 2", {"first_reply_due": 60, "resolution_due": 600}),
    ("a second reply takes no new target", "10 reply; 20 line 2; 25 reply; 26 line 1", {"first_reply_due": 60}),
    ("a stopped resolution keeps its target", "50 status resolved; 60 priority urgent",
     {"resolution_due": 480, "first_reply_due": 60, "verdict": "met", "priority": "urgent"}),
    ("accepted, it keeps it too", "50 accept; 60 line 2", {"resolution_due": 480, "first_reply_due": 60, "line": 2}),
    ("rejected, it keeps it too", "50 status closed_rejected; 60 priority low", {"resolution_due": 480}),
    ("reopened, the present norm holds again", "100 status resolved; 200 priority urgent; 300 reopen",
     {"resolution_due": 440}),
    ("a first reply made needless keeps its target", "50 status resolved; 60 reopen; 70 priority urgent",
     {"first_reply_due": 60}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "story", "expected"), CLOCKS, ids=[case[0] for case in CLOCKS])
def test_clock(rule: str, story: str, expected: dict[str, Any]) -> None:
    assert seen(told(story), [*expected]) == expected, rule


@pytest.mark.parametrize(("rule", "story", "expected"), TARGETS, ids=[case[0] for case in TARGETS])
def test_target(rule: str, story: str, expected: dict[str, Any]) -> None:
    assert seen(told(story), [*expected]) == expected, rule


def hour(text: str) -> Instant:
    """`Tue 09:30` of the week of MONDAY."""
    day, clock = text.split()
    hours, minute = clock.split(":")
    return (
        MONDAY
        + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon+"].index(day) * DAY
        + ((int(hours) - 9) * 60 + int(minute)) * MINUTE
    )


@pytest.mark.parametrize(
    ("rule", "created", "story", "reply_due", "due"),
    [
        ("within the day", "Mon 09:00", "", "Mon 10:00", "Mon 17:00"),
        ("exactly at closing is due at the closing moment", "Mon 10:00", "", "Mon 11:00", "Mon 18:00"),
        ("a minute more is due the next day", "Mon 10:01", "", "Mon 11:01", "Tue 09:01"),
        ("both ends at closing", "Fri 17:00", "", "Fri 18:00", "Mon+ 16:00"),
        ("the weekend counts nothing", "Sat 12:00", "", "Mon+ 10:00", "Mon+ 17:00"),
        ("the evening counts nothing", "Mon 20:00", "", "Tue 10:00", "Tue 17:00"),
        ("a pause in closed hours costs nothing", "Mon 17:00",
         "60 status waiting_client; 900 status open", "Mon 18:00", "Tue 16:00"),
        ("a pause over an hour of work moves it by that hour", "Mon 17:00",
         "60 status waiting_client; 1020 status open", "Mon 18:00", "Tue 17:00"),
        ("used up at closing, then paused, it stays due at closing", "Mon 10:00",
         "480 status waiting_client; 1500 status open", "Mon 11:00", "Mon 18:00"),
        ("resolved out of hours, due is as of then", "Mon 17:00",
         "60 status waiting_client; 120 status resolved", "Mon 18:00", "Tue 16:00"),
    ],
)  # fmt: skip
def test_on_a_calendar(rule: str, created: str, story: str, reply_due: str, due: str) -> None:
    standing = told(story, OFFICE, created=hour(created))
    assert (standing.first_reply_due, standing.resolution_due) == (hour(reply_due), hour(due)), rule


STATES = [
    ("more than at_risk_minutes left: ok", "0 reply", "Mon 15:59", "ok"),
    ("exactly at_risk_minutes left: at risk", "0 reply", "Mon 16:00", "at_risk"),
    ("at the due minute: not yet past", "0 reply", "Mon 17:00", "at_risk"),
    ("a minute past due: overdue", "0 reply", "Mon 17:01", "overdue"),
    ("the first reply's clock counts too: at risk", "", "Mon 09:00", "at_risk"),
    ("the first reply's clock counts too: overdue", "", "Mon 10:01", "overdue"),
    ("given late, the first reply is overdue no more", "90 reply", "Mon 10:31", "ok"),
    ("waiting stops only the resolution", "5 status waiting_client", "Mon 10:01", "overdue"),
    ("waiting and replied, nothing runs", "5 reply; 6 status waiting_client", "Fri 17:00", "ok"),
    ("past due, then waiting: no clock runs", "5 reply; 500 status waiting_client", "Tue 12:00", "ok"),
    ("without a norm: ok", "0 priority low", "Fri 17:00", "ok"),
    ("one clock at risk is enough", "0 priority high; 0 line 2", "Mon 09:00", "at_risk"),
    ("working minutes: ok before the last hour of work", "0 reply; 30 status waiting_client; 90 status open",
     "Mon 16:59", "ok"),
    ("working minutes: the due time at closing", "0 reply; 30 status waiting_client; 90 status open", "Mon 17:00",
     "at_risk"),
    ("at the closing minute that is due", "0 reply; 30 status waiting_client; 90 status open", "Mon 18:00", "at_risk"),
    ("past a due closing, the night is late", "0 reply; 30 status waiting_client; 90 status open", "Mon 18:01",
     "overdue"),
    ("over night: ok", "0 reply; 30 status waiting_client; 120 status open", "Mon 17:29", "ok"),
    ("over night: the hour began the day before", "0 reply; 30 status waiting_client; 120 status open", "Mon 17:30",
     "at_risk"),
    ("over night: still at risk", "0 reply; 30 status waiting_client; 120 status open", "Tue 03:00", "at_risk"),
    ("over night: due in the morning", "0 reply; 30 status waiting_client; 120 status open", "Tue 09:30", "at_risk"),
    ("over night: overdue", "0 reply; 30 status waiting_client; 120 status open", "Tue 09:31", "overdue"),
    ("finished, every norm met", "60 reply; 480 status resolved", "Fri 12:00", "met"),
    ("finished, the reply a minute late", "61 reply; 480 status resolved", "Fri 12:00", "missed"),
    ("finished, the resolution a minute late", "60 reply; 481 status resolved", "Fri 12:00", "missed"),
    ("accepted late but resolved in time", "60 reply; 480 status resolved; 2000 accept", "Fri 12:00", "met"),
    ("only the norm it had counts: resolution", "0 priority high; 61 reply; 360 status resolved", "Fri 12:00", "met"),
    ("only the norm it had counts: reply", "0 priority high; 0 line 2; 45 reply; 2000 accept", "Fri 12:00", "met"),
    ("finished without a norm: null", "0 priority low; 5 status resolved", "Fri 12:00", None),
    ("rejected: null", "5 status closed_rejected", "Fri 12:00", None),
    ("rejected after a resolution: null", "5 status resolved; 6 status closed_rejected", "Fri 12:00", None),
    ("reopened, late again at once", "0 reply; 481 status resolved; 482 reopen", "Mon 17:02", "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "story", "now", "expected"), STATES, ids=[case[0] for case in STATES])
def test_state(rule: str, story: str, now: str, expected: str | None) -> None:
    one = told(story, OFFICE)
    assert rules.state_at(hour(now), one.status, one.verdict, one.urgency, one.risk_at) == expected, rule


@pytest.mark.parametrize(("late", "expected"), [(-MINUTE, "ok"), (0, "at_risk"), (1, "overdue")])
def test_at_risk_minutes_of_0_is_the_due_minute_only(late: int, expected: str) -> None:
    one = told("0 reply", OFFICE, at_risk=0)
    assert rules.state_at(hour("Mon 17:00") + late, one.status, one.verdict, one.urgency, one.risk_at) == expected


@pytest.mark.parametrize(
    ("held", "handovers", "returns", "pingpongs"),
    [
        ("", 0, 0, 0),
        ("A", 0, 0, 0),
        ("A A", 0, 0, 0),
        ("A -", 0, 0, 0),
        ("A - A", 0, 0, 0),
        ("- - A", 0, 0, 0),
        ("A B", 1, 0, 0),
        ("A - B", 1, 0, 0),
        ("A B B", 1, 0, 0),
        ("A B A", 2, 1, 1),
        ("A B - A", 2, 1, 1),
        ("A - B - A", 2, 1, 1),
        ("A B A B", 3, 2, 2),
        ("A B C A", 3, 1, 0),
        ("A B C B A", 4, 2, 1),
        ("A B A C A", 4, 2, 2),
    ],
)
@pytest.mark.parametrize("starting", [False, True])
def test_handovers_returns_and_pingpongs(
    held: str, handovers: int, returns: int, pingpongs: int, starting: bool
) -> None:
    names = [None if name == "-" else name for name in held.split()]
    first = names.pop(0) if starting and names else None
    entries = [Entry(MONDAY + at, at, "assign", name) for at, name in enumerate(names, 1)]
    one = rules.fold(Start(MONDAY, assignee=first), entries, targets, OFFICE, 0)
    assert (one.handovers, one.returns, one.pingpongs) == (handovers, returns, pingpongs)


COUNTERS: list[tuple[str, str, str, int]] = [
    ("up is no pushback", "1 line 2; 2 line 3", "line_pushbacks", 0),
    ("down is one", "1 line 2; 2 line 1", "line_pushbacks", 1),
    ("by two lines is one", "1 line 3; 2 line 1", "line_pushbacks", 1),
    ("line by line is two", "1 line 3; 2 line 2; 3 line 1", "line_pushbacks", 2),
    ("the same line is none", "1 line 2; 2 line 2", "line_pushbacks", 0),
    ("a reopen event", "1 status resolved; 2 reopen", "reopens", 1),
    ("of an accepted ticket", "1 accept; 2 reopen", "reopens", 1),
    ("of a rejected ticket", "1 status closed_rejected; 2 reopen", "reopens", 1),
    ("of an open ticket: a reopen event counts", "2 reopen", "reopens", 1),
    ("status open takes a resolved ticket back", "1 status resolved; 2 status open", "reopens", 1),
    ("status new does", "1 status resolved; 2 status new", "reopens", 1),
    ("status waiting does", "1 accept; 2 status waiting_client", "reopens", 1),
    ("a status event on a rejected ticket doesn't", "1 status closed_rejected; 2 status open", "reopens", 0),
    ("accepting a resolved ticket doesn't", "1 status resolved; 2 accept", "reopens", 0),
    ("resolved, open, resolved, open is two", "1 status resolved; 2 status open; 3 accept; 4 status new", "reopens", 2),
    ("a reopen event counts once", "1 accept; 2 reopen; 3 status waiting_client", "reopens", 1),
    ("a pause isn't one", "1 status waiting_client; 2 status open", "reopens", 0),
    ("minutes add up", "1 time 30; 2 time 15", "spent_minutes", 45),
    ("minutes taken back don't count", "1 time 30; 2 time 15; 3 undo 1", "spent_minutes", 15),
    ("a reopening taken back doesn't count", "1 accept; 2 reopen; 3 undo 2", "reopens", 0),
    ("a move taken back doesn't count", "1 line 2; 2 line 1; 3 undo 2", "line_pushbacks", 0),
    ("a hand-over taken back doesn't count", "1 assign A; 2 assign B; 3 assign A; 4 undo 2", "handovers", 0),
]


@pytest.mark.parametrize(("rule", "story", "counter", "expected"), COUNTERS, ids=[case[0] for case in COUNTERS])
def test_counter(rule: str, story: str, counter: str, expected: int) -> None:
    assert getattr(told(story), counter) == expected, rule


def test_line_pushbacks_count_from_the_starting_line() -> None:
    assert told("1 line 2", line=3).line_pushbacks == 1


UNDOS = [
    ("the undone event doesn't count", "1 reply; 2 undo 1", ""),
    ("others go on counting", "1 reply; 2 line 2; 3 undo 2", "1 reply"),
    ("an undo of an undo revives", "1 reply; 2 undo 1; 3 undo 2", "1 reply"),
    ("and again", "1 reply; 2 undo 1; 3 undo 2; 4 undo 3", ""),
    ("two undos of two events", "1 reply; 2 note; 3 undo 2; 4 undo 1", ""),
    ("twice undone is undone", "1 reply; 2 undo 1; 3 undo 1", ""),
    ("an unknown seq undoes nothing", "1 reply; 2 undo 9", "1 reply"),
    ("an undo of itself undoes nothing", "1 reply; 2 undo 2", "1 reply"),
]


@pytest.mark.parametrize(("rule", "story", "left"), UNDOS, ids=[case[0] for case in UNDOS])
def test_undone_events_count_nowhere(rule: str, story: str, left: str) -> None:
    assert rules.effective(written(story)) == written(left), rule


MINIMAL: list[tuple[str, dict[str, Any], str]] = [
    ("new: nothing happened", {}, ""),
    ("a first reply", {"first_reply": 5}, "5 reply"),
    ("resolved", {"status": "resolved", "resolved": 9}, "9 status resolved"),
    ("resolved takes the time of acceptance", {"status": "resolved", "accepted": 9}, "9 status resolved"),
    ("resolved without a time: when created", {"status": "resolved"}, "0 status resolved"),
    ("accepted", {"status": "accepted", "resolved": 9, "accepted": 12}, "9 status resolved; 12 accept"),
    ("accepted takes the time of the resolution", {"status": "accepted", "resolved": 9}, "9 status resolved; 9 accept"),
    ("resolved by its acceptance", {"status": "accepted", "accepted": 9}, "9 status resolved; 9 accept"),
    ("accepted without a time: when created", {"status": "accepted"}, "0 status resolved; 0 accept"),
    ("all of it", {"status": "accepted", "first_reply": 3, "resolved": 9, "accepted": 12},
     "3 reply; 9 status resolved; 12 accept"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "columns", "story"), MINIMAL, ids=[case[0] for case in MINIMAL])
def test_columns_make_the_minimal_history(rule: str, columns: dict[str, Any], story: str) -> None:
    given_ = {name: MONDAY + at * MINUTE if isinstance(at, int) else at for name, at in columns.items()}
    made, meant = told("", OFFICE, **given_), told(story, OFFICE)
    assert made == meant, rule


@pytest.mark.parametrize(
    ("columns", "story", "expected"),
    [
        ({"status": "waiting_client"}, "", {"resolution_left": 480}),
        ({"status": "waiting_client"}, "50 status open", {"resolution_due": 530, "reopens": 0}),
        ({"status": "closed_rejected"}, "50 reopen", {"resolution_due": 530, "reopens": 1}),
        ({"status": "resolved", "resolved": MONDAY + 10 * MINUTE}, "50 reopen", {"resolution_due": 520, "reopens": 1}),
        ({"line": 2, "priority": "urgent"}, "", {"resolution_due": 120, "first_reply_due": 15}),
        ({"assignee": "lida"}, "5 assign oleg", {"handovers": 1, "assignee": "oleg"}),
    ],
)
def test_columns_are_the_starting_values_of_events(
    columns: dict[str, Any], story: str, expected: dict[str, Any]
) -> None:
    assert seen(told(story, **columns), [*expected]) == expected


WEEK = 7 * DAY
REPEATS: list[tuple[str, list[tuple[int, int, list[tuple[int, int | None]]]], int | None]] = [
    ("resolved before", [(-DAY, 1, [(-5, None)])], 1),
    ("resolved at that very moment", [(-DAY, 1, [(0, None)])], 1),
    ("resolved only later", [(-DAY, 1, [(1, None)])], None),
    ("never resolved", [(-DAY, 1, [])], None),
    ("exactly repeat_days × 24 h ago", [(-2 * WEEK, 1, [(-WEEK, None)])], 1),
    ("a moment longer ago", [(-2 * WEEK, 1, [(-WEEK - 1, None)])], None),
    ("the resolution counts, not the creation", [(-9 * WEEK, 1, [(-1, None)])], 1),
    ("the latest such ticket", [(-2 * DAY, 1, [(-5, None)]), (-DAY, 2, [(-9, None)])], 2),
    ("the latest, in any order", [(-DAY, 2, [(-9, None)]), (-2 * DAY, 1, [(-5, None)])], 2),
    ("the latest that was resolved", [(-2 * DAY, 1, [(-5, None)]), (-DAY, 2, [])], 1),
    ("taken back before it came", [(-DAY, 1, [(-9, -5)])], None),
    ("judged when it came: taken back later", [(-DAY, 1, [(-9, 5)])], 1),
    ("resolved again", [(-DAY, 1, [(-9, -8), (-5, None)])], 1),
    ("resolved again long after the first time", [(-2 * WEEK, 1, [(-WEEK - 9, -8), (-5, None)])], 1),
    ("never itself", [(0, 9, [(0, None)])], None),
    ("nothing before it", [], None),
]


@pytest.mark.parametrize(("rule", "earlier", "expected"), REPEATS, ids=[case[0] for case in REPEATS])
def test_repeat_of(
    rule: str, earlier: list[tuple[int, int, list[tuple[int, int | None]]]], expected: int | None
) -> None:
    moved = [
        (MONDAY + came, number, [(MONDAY + start, None if end is None else MONDAY + end) for start, end in solved])
        for came, number, solved in earlier
    ]
    assert rules.repeats(MONDAY, 9, moved, 7) == expected, rule


def test_repeat_days_of_0_is_the_same_moment_only() -> None:
    assert rules.repeats(MONDAY, 2, [(MONDAY - DAY, 1, [(MONDAY, None)])], 0) == 1
    assert rules.repeats(MONDAY, 2, [(MONDAY - DAY, 1, [(MONDAY - 1, None)])], 0) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Принтер молчит", "принтер МОЛЧИТ", "Re: Принтер молчит", "RE: Fwd: Принтер молчит", "Отв: Принтер молчит",
        "Пересл: Re: Принтер молчит", "Принтер молчит [#12]", "[#12] Re: Принтер молчит", "Re: (#12) Принтер молчит",
        "#12 Принтер молчит", "Принтер молчит №12", "Re: №12 Fwd: Принтер молчит",
    ],
)  # fmt: skip
def test_same_subject(subject: str) -> None:
    assert subject_key(subject) == subject_key("Принтер молчит")


@pytest.mark.parametrize("subject", ["Принтер молчит 12", "Ответ: Принтер молчит", "Принтер не молчит", "Re Принтер"])
def test_another_subject(subject: str) -> None:
    assert subject_key(subject) != subject_key("Принтер молчит")


# --- Properties -----------------------------------------------------------------------------------------------------

STEP = 5
"""Everything happens on the fives: a second, slow reading of the contract walks through them."""

CHANGES = st.one_of(
    st.tuples(st.just("status"), st.sampled_from([status.value for status in rules.Status])),
    st.tuples(st.just("status"), st.sampled_from(["open", "waiting_client", "resolved"])),
    st.tuples(st.just("assign"), st.sampled_from(["A", "B", "C", ""])),
    st.tuples(st.just("line"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just("priority"), st.sampled_from(["low", "normal", "high", "urgent"])),
    st.tuples(st.just("time"), st.sampled_from(["5", "10"])),
    st.tuples(st.sampled_from(["reply", "note", "message_in", "accept", "reopen"]), st.none()),
)
STARTS = st.builds(
    Start,
    created=st.integers(-36, 1500).map(lambda n: MONDAY + n * STEP * MINUTE),
    status=st.sampled_from(["new", "open", "waiting_client", "closed_rejected"]),
    assignee=st.sampled_from([None, "A", "B"]),
    line=st.sampled_from([1, 2, 3]),
    priority=st.sampled_from(["low", "normal", "high", "urgent"]),
    first_reply=st.none(),
    resolved=st.none(),
    accepted=st.none(),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Start, list[Entry]]:
    """A start and up to a dozen events within some days, in order; some share their moment."""
    start = draw(STARTS)
    at, entries = start.created - draw(st.sampled_from([0, 0, 60])) * MINUTE, []
    for seq, (kind, value) in enumerate(draw(st.lists(CHANGES, max_size=12)), 1):
        at += draw(st.sampled_from([0, 1, 3, 12, 36, 100, 200])) * STEP * MINUTE
        entries.append(Entry(at, seq, kind, value))
    return start, entries


CALENDARS = st.sampled_from([AROUND_THE_CLOCK, OFFICE, LUNCH])


def folded(start: Start, entries: Sequence[Entry], calendar: Calendar) -> Standing:
    return rules.fold(start, entries, targets, calendar, 60 * MINUTE)


FIVE = STEP * MINUTE
WALKED = [(AROUND_THE_CLOCK, range(24 * 60)), (OFFICE, range(9 * 60, 18 * 60)),
          (LUNCH, [*range(9 * 60, 13 * 60), *range(14 * 60, 18 * 60)])]  # fmt: skip
RUNNING = {"new", "open"}
SOLVED = {"resolved", "accepted"}
FINISHED = {*SOLVED, "closed_rejected"}


@dataclass
class Walk:
    """The contract read a second time, slowly: step by step through the time, without spans or bisections."""

    calendar: Calendar
    start: Start
    status: str = ""
    counted: list[tuple[Instant, str | None, int]] = field(default_factory=list)
    reopens: int = 0
    replied: Instant | None = None
    fulfilled: Instant | None = None
    resolved: Instant | None = None
    accepted: Instant | None = None
    finished: Instant | None = None
    first: int | None = None
    target: int | None = None
    at: Instant = 0
    who: str | None = None
    line: int = 1
    priority: str = "normal"

    def __post_init__(self) -> None:
        start = self.start
        self.at, self.status, self.who, self.line = start.created, start.status, start.assignee, start.line
        self.priority = start.priority
        self.first, self.target = NORMS.get((self.priority, self.line), (None, None))
        self.finished = self.at if self.status in FINISHED else None

    def is_open(self, at: Instant) -> bool:
        minute = (at - MONDAY) // MINUTE + 9 * 60
        hours = next(hours for calendar, hours in WALKED if calendar is self.calendar)
        return minute % (24 * 60) in hours and (self.calendar is AROUND_THE_CLOCK or minute // (24 * 60) % 7 < 5)

    def steps(self, start: Instant, end: Instant) -> list[Instant]:
        return [at for at in range(start, end, FIVE) if self.is_open(at)]

    def after(self, at: Instant, work: int) -> Instant:
        """The end of the last of so many minutes of work."""
        while work:
            work -= STEP * self.is_open(at)
            at += FIVE
        return at

    def take(self, entry: Entry) -> None:
        at = max(entry.at, self.start.created)
        if self.status in RUNNING:
            self.counted += [(step, self.who, self.line) for step in self.steps(self.at, at)]
        self.at, before = at, self.status
        if entry.kind == "reply":
            self.replied = self.replied or at
            self.fulfilled = self.fulfilled or at
        elif entry.kind == "assign":
            self.who = entry.value or None
        elif entry.kind == "line":
            self.line = int(entry.value or "")
        elif entry.kind == "priority":
            self.priority = entry.value or ""
        elif entry.kind in ("status", "accept", "reopen"):
            self.status = entry.value or {"accept": "accepted", "reopen": "open"}[entry.kind]
            self.reopens += entry.kind == "reopen" or (before in SOLVED and self.status not in FINISHED)
        if self.status in SOLVED:
            self.fulfilled = self.fulfilled or at
        self.resolved = None if self.status not in SOLVED else self.resolved if before in SOLVED else at
        self.accepted = None if self.status != "accepted" else self.accepted if before == self.status else at
        if self.status not in FINISHED:
            self.finished = None
            first, self.target = NORMS.get((self.priority, self.line), (None, None))
            self.first = self.first if self.fulfilled else first
        elif before not in FINISHED:
            self.finished = at

    @property
    def first_due(self) -> Instant | None:
        return None if self.first is None else self.after(self.start.created, self.first)

    @property
    def left(self) -> int:
        return (self.target or 0) - len(self.counted) * STEP

    @property
    def due(self) -> Instant | None:
        """When the target is used up; None while paused before that."""
        if self.target is None:
            return None
        if self.left <= 0:
            return self.counted[self.target // STEP - 1][0] + FIVE
        since = self.at if self.status in RUNNING else self.resolved or self.finished
        return None if since is None else self.after(since, self.left)

    @property
    def verdict(self) -> str | None:
        if self.resolved is None or self.fulfilled is None:
            return None
        pairs = [(self.fulfilled, self.first_due), (self.resolved, self.due)]
        met = [at <= due for at, due in pairs if due is not None]
        return None if not met else "met" if all(met) else "missed"

    def state(self, now: Instant) -> str | None:
        if self.status in FINISHED:
            return self.verdict
        running = [due for due, runs in ((self.first_due, not self.fulfilled), (self.due, self.status in RUNNING))
                   if runs and due is not None]  # fmt: skip
        if any(now > due for due in running):
            return "overdue"
        return "at_risk" if any(len(self.steps(now, due)) * STEP <= 60 for due in running) else "ok"


def walked(start: Start, entries: Sequence[Entry], calendar: Calendar) -> Walk:
    walk = Walk(calendar, start)
    for entry in entries:
        walk.take(entry)
    return walk


@settings(max_examples=200, deadline=None)
@given(histories(), CALENDARS)
def test_clocks_agree_with_a_walk_through_the_time(history: tuple[Start, list[Entry]], calendar: Calendar) -> None:
    start, entries = history
    one, walk = folded(start, entries, calendar), walked(start, entries, calendar)
    assert one.status == walk.status
    assert (one.first_reply_at, one.resolved_at, one.accepted_at) == (walk.replied, walk.resolved, walk.accepted)
    assert one.first_reply_due == walk.first_due
    assert one.resolution_due == walk.due
    paused = walk.status in rules.WAITING and walk.target is not None and walk.due is None
    assert one.resolution_left == (walk.left * MINUTE if paused else None)
    assert one.verdict == walk.verdict
    assert one.reopens == walk.reopens


@settings(max_examples=100, deadline=None)
@given(histories(), CALENDARS, st.integers(0, 400))
def test_state_agrees_with_a_walk_through_the_time(
    history: tuple[Start, list[Entry]], calendar: Calendar, later: int
) -> None:
    start, entries = history
    one, walk = folded(start, entries, calendar), walked(start, entries, calendar)
    now = walk.at + later * FIVE
    assert rules.state_at(now, one.status, one.verdict, one.urgency, one.risk_at) == walk.state(now)


@settings(max_examples=100, deadline=None)
@given(histories(), CALENDARS)
def test_spans_tell_who_held_it_on_which_line_while_the_clock_ran(
    history: tuple[Start, list[Entry]], calendar: Calendar
) -> None:
    start, entries = history
    spans, walk = folded(start, entries, calendar).spans, walked(start, entries, calendar)
    sums: Counter[tuple[str | None, int]] = Counter()
    for span in spans:
        sums[span.who, span.line] += calendar.elapsed(span.start, walk.at if span.end is None else span.end)
    steps = Counter((who, line) for _at, who, line in walk.counted)
    assert +sums == Counter({key: count * FIVE for key, count in steps.items()})
    assert all(span.end is not None and span.start < span.end for span in spans[:-1])
    assert all(one.end is not None and one.end <= other.start for one, other in pairwise(spans))
    assert (bool(spans) and spans[-1].end is None) == (walk.status in RUNNING)


@settings(max_examples=100, deadline=None)
@given(histories(), st.data())
def test_the_order_in_which_events_are_read_is_no_matter(
    history: tuple[Start, list[Entry]], data: st.DataObject
) -> None:
    start, entries = history
    mixed = data.draw(st.permutations(entries))
    assert folded(start, mixed, OFFICE) == folded(start, entries, OFFICE)


@settings(max_examples=100, deadline=None)
@given(histories(), st.data())
def test_an_undone_event_is_as_if_it_had_never_been(history: tuple[Start, list[Entry]], data: st.DataObject) -> None:
    start, entries = history
    gone = data.draw(st.sets(st.sampled_from(range(len(entries))))) if entries else set()
    last = entries[-1].at if entries else start.created
    undos = [Entry(last, 100 + place, "undo", str(entries[place].seq)) for place in gone]
    without = [entry for place, entry in enumerate(entries) if place not in gone]
    assert folded(start, [*entries, *undos], OFFICE) == folded(start, without, OFFICE)
    redos = [undo._replace(seq=undo.seq + 100, value=str(undo.seq)) for undo in undos]
    assert folded(start, [*entries, *undos, *redos], OFFICE) == folded(start, entries, OFFICE)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_counters_agree_with_the_list_of_holders_and_only_grow(history: tuple[Start, list[Entry]]) -> None:
    start, entries = history
    named = [start.assignee, *(entry.value for entry in entries if entry.kind == "assign")]
    holders = [name for name, _group in groupby(name for name in named if name)]
    lines = [start.line, *(int(entry.value or 0) for entry in entries if entry.kind == "line")]
    one = folded(start, entries, OFFICE)
    assert one.handovers == max(0, len(holders) - 1)
    assert one.returns == sum(name in holders[:place] for place, name in enumerate(holders))
    assert one.pingpongs == sum(a == c for a, c in zip(holders, holders[2:], strict=False))
    assert one.line_pushbacks == sum(b < a for a, b in pairwise(lines))
    assert one.spent_minutes == sum(int(entry.value or 0) for entry in entries if entry.kind == "time")
    names = ("handovers", "returns", "pingpongs", "line_pushbacks", "reopens", "spent_minutes")
    told_so_far = [folded(start, entries[:size], OFFICE) for size in range(len(entries) + 1)]
    for earlier, later in pairwise(told_so_far):
        assert all(0 <= getattr(earlier, name) <= getattr(later, name) for name in names)
        assert earlier.first_reply_at in (None, later.first_reply_at)


@settings(max_examples=100, deadline=None)
@given(histories(), CALENDARS)
def test_urgency_is_the_next_due_of_the_clocks_that_run(history: tuple[Start, list[Entry]], calendar: Calendar) -> None:
    start, entries = history
    one, walk = folded(start, entries, calendar), walked(start, entries, calendar)
    running = []
    if walk.status not in FINISHED and not walk.fulfilled:
        running.append(walk.first_due)
    if walk.status in RUNNING:
        running.append(walk.due)
    assert one.urgency == min((due for due in running if due is not None), default=rules.NEVER)
