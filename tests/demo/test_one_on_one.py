"""The 1-on-1s of a demo desk: one rose from 50 to 64 over ten weeks, one falls, one is new, at any time of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desks import at
from leadconsole.demo import make_demo
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.one_on_one import facts, queries, rules, seat


@pytest.mark.parametrize(
    ("language", "now"),
    [
        ("ru", "2026-10-28T12:00:00+03:00"), ("en", "2026-11-22T23:30:00+03:00"), ("uk", "2026-03-02T08:00:00+02:00"),
        ("ru", "2026-01-08T12:00:00+03:00"), ("ru", "2026-05-12T12:00:00+03:00"),
    ],
)  # fmt: skip
def test_the_three_sheets(tmp_path: Path, language: str, now: str) -> None:
    clock = FrozenClock(at(now))
    make_demo(tmp_path / "demo.db", clock, language)
    database = open_database(tmp_path / "demo.db", clock)
    desk = Desk(database, clock, Actor("anna", Role.LEAD))
    logins = [login for (login,) in desk.reader.execute("SELECT login FROM meeting_plan")]
    told = sorted((queries.review(desk, login) for login in logins), key=lambda one: one.standing.trend.n)
    new, falling, rising = told
    first, *_between, last = rising.standing.meetings
    assert (first.total, last.total) == (5000, 6400)
    assert 65 <= (date.fromisoformat(last.day) - date.fromisoformat(first.day)).days <= 75
    assert rising.standing.verdict is rules.Verdict.IMPROVING
    assert falling.standing.verdict is rules.Verdict.WORSENING
    assert new.standing.verdict is rules.Verdict.TOO_EARLY
    for one in told:
        assert len(one.standing.series) == 1
        assert one.next_meeting is not None
        assert one.next_meeting >= seat.today_of(desk)
        for meeting in facts.meetings(desk.reader, one.login):
            assert meeting.day < seat.today_of(desk).isoformat()
            assert {score.criterion for score in meeting.scores} == {sheet.name for sheet in meeting.criteria}
            assert all(score.points <= score.most and score.reason for score in meeting.scores)
    assert any(action.owner == "anna" for one in told for action in one.open_actions) or language != "ru"
    database.close()
