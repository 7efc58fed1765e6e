"""What is timed is right: the check after each edit is the check of a month made anew."""

from __future__ import annotations

from benchmarks.roster.editing import Editing, big_month, milliseconds
from leadconsole.roster.rules.check import Checker


def test_the_check_after_edits_is_the_check_of_the_month_made_anew() -> None:
    one = Editing(*big_month(12, 30))
    for _edit in range(25):
        one.edit()
        assert one.checker.report() == Checker(one.facts, one.checker.plan()).report()
    assert len(milliseconds(one, one.show, 3)) == 3
