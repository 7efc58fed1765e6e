"""In which order one does the own tickets, and why: cases, and that nothing is lost or told twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.clock import DAY, HOUR, MINUTE
from leadconsole.tickets.agenda import Held
from leadconsole.tickets.rows import QueueRow
from leadconsole.today import rules
from leadconsole.today.rules import Moments, Rank

NOW = 1_772_434_800_000_000  # Monday, 2 March 2026, 10:00 in Moscow
TIMES = Moments(NOW, NOW + 14 * HOUR, "Europe/Moscow")


def row(number: int = 1, **more: Any) -> QueueRow:
    """A ticket in work with an hour left."""
    values: dict[str, Any] = dict.fromkeys(QueueRow._fields)
    urgency = more.pop("urgency", NOW + HOUR)
    values |= {
        "number": number, "client": "acme", "client_name": "Acme", "subject": "x", "kind": "incident",
        "priority": "normal", "line": 1, "status": "open", "assignee": "lida", "created": NOW - DAY, "state": "ok",
        "first_reply_at": NOW - HOUR, "resolution_due": urgency, "left": urgency - NOW, "version": 1,
        "place": (urgency, 1, number),
    }  # fmt: skip
    return QueueRow(**{**values, **more})


CASES = (
    (Held(row(state="overdue", urgency=NOW - 35 * MINUTE)), Rank.OVERDUE, "Overdue by 0:35"),
    (Held(row(), promised=NOW - HOUR), Rank.BROKEN_PROMISE, "Promised for 09:00; that has passed."),
    (Held(row(state="at_risk", urgency=NOW + 40 * MINUTE)), Rank.AT_RISK, "At risk: 0:40"),
    (Held(row(), promised=NOW + 5 * HOUR), Rank.PROMISED_TODAY, "Promised for 15:00."),
    (Held(row(), unanswered=True), Rank.UNANSWERED, "waits for an answer"),
    (Held(row(paused="waiting_client", status="waiting_client"), wait_until=NOW - 1), Rank.WAIT_OVER, "waited until"),
    (Held(row(paused="waiting_client", status="waiting_client")), Rank.PARKED, "It waits: waiting for the client."),
    (Held(row(), promised=NOW + 2 * DAY), Rank.RUNNING, "1:00 of working time left."),
    (Held(row(left=None)), Rank.NO_NORM, "No norm runs; priority normal."),
    (
        Held(row(first_reply_at=None, first_reply_due=NOW - HOUR, state="overdue", urgency=NOW - HOUR)),
        Rank.OVERDUE, "nobody has replied yet",
    ),
    (
        Held(row(first_reply_at=None, first_reply_due=NOW + HOUR, urgency=NOW + HOUR)),
        Rank.RUNNING, "until the first reply is due",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("held", "rank", "told"), CASES, ids=[f"{case[1].name} {case[2][:12]}" for case in CASES])
def test_what_presses_and_why(held: Held, rank: Rank, told: str) -> None:
    assert rules.rank(held, TIMES) is rank
    assert told in rules.because(rank, held, TIMES)


def test_the_order_of_a_day() -> None:
    held = [one._replace(row=one.row._replace(number=place)) for place, (one, _rank, _told) in enumerate(CASES)]
    ranks = [rank for rank, _one in rules.in_order(held, TIMES)]
    assert ranks == sorted(ranks)
    assert Rank.PARKED not in ranks
    assert len(ranks) == len(held) - 1


def test_promises_stand_by_their_moment_and_clocks_by_theirs() -> None:
    early = Held(row(1, urgency=NOW + 9 * HOUR), promised=NOW + HOUR)
    late = Held(row(2, urgency=NOW + 2 * HOUR), promised=NOW + 3 * HOUR)
    soon, later = Held(row(3, urgency=NOW + 4 * HOUR)), Held(row(4, urgency=NOW + 5 * HOUR))
    assert [one.row.number for _rank, one in rules.in_order([later, late, soon, early], TIMES)] == [1, 2, 3, 4]


MOMENTS = st.integers(NOW - 3 * DAY, NOW + 3 * DAY)
HELD = st.builds(
    lambda state, urgency, paused, promised, until, unanswered: Held(
        row(state=state, urgency=urgency, paused=paused, status=paused or "open"), promised, until, unanswered
    ),
    st.sampled_from(("overdue", "at_risk", "ok")), MOMENTS, st.sampled_from((None, "waiting_client")),
    st.none() | MOMENTS, st.none() | MOMENTS, st.booleans(),
)  # fmt: skip


@given(st.lists(HELD, max_size=12))
def test_only_what_waits_for_others_is_left_out(held: list[Held]) -> None:
    numbered = [one._replace(row=one.row._replace(number=place)) for place, one in enumerate(held)]
    ordered = rules.in_order(numbered, TIMES)
    kept = {one.row.number for _rank, one in ordered}
    assert len(kept) == len(ordered)
    assert all(one.row.paused for one in numbered if one.row.number not in kept)
    assert all(rules.because(rank, one, TIMES).endswith(".") for rank, one in ordered)
