"""The lead's mirror: spreads, streaks, remote against office, each with its warning."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from desks import house
from leadconsole.kernel.errors import NotAllowed
from leadconsole.one_on_one.mirror import longest_run, mirror
from one_on_one.sheets import weekly


def test_the_mirror_shows_spread_streak_and_sides(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-06-01T10:00:00+03:00")
    home.setting("lead", "anna")
    home.person("lida", timezone="Asia/Omsk")
    weekly(home, (50, 60, 60, 60, 60, 60, 60, 60, 90), "lida")
    weekly(home, (40, 42), "oleg")
    told = mirror(home.desk())
    lida, oleg = told.spreads
    assert (lida.count, lida.least, lida.most, lida.streak) == (9, Fraction(50), Fraction(90), 7)
    assert not lida.small
    assert (oleg.average, oleg.streak) == (Fraction(41), 1)
    assert oleg.small
    assert (told.remote.meetings, told.remote.average) == (9, Fraction(560, 9))
    assert (told.office.meetings, told.office.average) == (2, Fraction(41))
    assert told.remote.small, "of one person alone"
    with pytest.raises(NotAllowed):
        mirror(home.desk("lida"))


@pytest.mark.parametrize(("figures", "run"), [((), 0), ((1,), 1), ((1, 1, 2, 2, 2, 1), 3), ((1, 2, 1, 2), 1)])
def test_the_longest_run(figures: tuple[int, ...], run: int) -> None:
    assert longest_run(figures) == run
