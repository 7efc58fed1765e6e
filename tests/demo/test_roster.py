"""The roster of a demo desk: lawful months that were published, a swap since, and a draft that is half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import at
from leadconsole.demo import make_demo
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.roster import queries
from leadconsole.roster.rules.names import RuleName


@pytest.mark.parametrize(
    ("language", "now"),
    [
        ("ru", "2026-11-25T12:00:00+03:00"), ("en", "2026-10-31T23:30:00+00:00"), ("uk", "2026-03-01T00:10:00+02:00"),
        ("ru", "2026-01-08T12:00:00+03:00"), ("en", "2026-05-12T09:00:00+01:00"), ("uk", "2026-12-31T18:00:00+02:00"),
    ],
)  # fmt: skip
def test_three_months_of_a_rota(tmp_path: Path, language: str, now: str) -> None:
    clock = FrozenClock(at(now))
    make_demo(tmp_path / "demo.db", clock, language)
    database = open_database(tmp_path / "demo.db", clock)
    desk = Desk(database, clock, Actor("anna", Role.LEAD))
    this = queries.this_month(desk)
    before, present, draft = (queries.month(desk, month) for month in (this.previous, this, this.next))
    assert [one.status for one in (before, present, draft)] == ["published", "changed", "draft"]
    assert len(present.changes) == 2, "two people swapped"
    report = present.checker().report()
    assert [one for one in report.findings if one.severity == "hard"] == []
    assert not [one for one in report.findings if one.rule is RuleName.MONTHLY_NORM]
    assert all(abs(one.planned - one.norm) <= 17 * 60 for one in report.hours)
    assert sum(one.weekends for one in report.hours) >= 8
    days = {day for _login, day in draft.own}
    assert max(days) == f"{this.next}-15", "the rest is for the auto-fill"
    halves = draft.checker().report()
    hard = {one.day for one in halves.findings if one.severity == "hard"}
    assert all(day is None or day > f"{this.next}-15" for day in hard)
    assert any(one.rule is RuleName.UNDERSTAFFED for one in halves.findings)
    assert sum(login_day[1][:7] == str(this.next) for login_day in draft.facts.wishes) >= 2
    names = {kind.name for kind in present.facts.types.values()}
    assert len(names) == 4
    database.close()
