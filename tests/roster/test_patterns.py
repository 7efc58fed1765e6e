"""Many cells at once: patterns as people write them, a week again, two people swapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.errors import Refused
from leadconsole.roster.rules import patterns
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence
from roster.months import days, facts

CODES = ("D", "N", "D1", "Ночь")


def shown(pattern: patterns.Pattern) -> str:
    return " ".join(code or "-" for code in pattern)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2/2", "N N - -"),
        ("5/2", "N N N N N - -"),
        ("D 2/2", "D D - -"),
        ("d 2/2", "D D - -"),
        ("D 2/2 N 1/3", "D D - - N - - -"),
        ("DDNN--", "D D N N - -"),
        ("D D N -", "D D N -"),
        ("D1D-", "D1 D -"),
        ("D1", "D1"),
        ("D, N, -", "D N -"),
        ("ночьD--", "Ночь D - -"),
        ("D·0-", "D - - -"),
        ("7/0", "N N N N N N N"),
    ],
)
def test_a_pattern_is_read_as_people_write_it(text: str, wanted: str) -> None:
    assert shown(patterns.pattern(text, CODES, "N")) == wanted


@pytest.mark.parametrize("text", ["", "  ", "--", "0/7", "2/2x", "Q", "D Q", "99/99", "2/", "[/b]"])
def test_what_is_no_pattern_is_refused_with_the_shifts_there_are(text: str) -> None:
    with pytest.raises(Refused, match="the shifts are D, N, D1, Ночь") as refused:
        patterns.pattern(text, CODES, "N")
    assert refused.value.field == "text"


@given(st.text(alphabet="DN1-/ 023·,", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = patterns.pattern(text, CODES, "N")
    except Refused:
        return
    assert 0 < len(found) <= patterns.LONGEST
    assert set(found) <= {*CODES, None}


@given(st.lists(st.sampled_from(("D", "N", None)), min_size=1, max_size=9).filter(any), st.integers(0, 30))
def test_a_pattern_goes_on_counting_over_days_away(what: list[str | None], first: int) -> None:
    known = facts("lida", absences={"lida": (Absence("2026-03-10", "2026-03-12", "sick"),)})
    written = known.days[first:]
    cells = patterns.repeated(known, ["lida"], written, tuple(what))
    assert not any("2026-03-10" <= day <= "2026-03-12" for _login, day in cells)
    assert all(code == what[written.index(day) % len(what)] for (_login, day), code in cells.items())


def test_a_week_is_as_the_week_before_also_over_the_beginning_of_the_month() -> None:
    known = facts("lida", "oleg", absences={"oleg": (Absence("2026-03-01", "2026-03-01", "other"),)})
    plan = {**days("lida", "D", "2026-02-16", 7), **days("lida", "N", "2026-02-22"), **days("oleg", "D", "2026-02-22")}
    checker = Checker(known, plan)
    assert patterns.week_again(checker, ["lida", "oleg"], "2026-03-01") == {("lida", "2026-03-01"): "N"}
    assert set(patterns.week_again(checker, ["lida"], "2026-03-04").values()) == {None}
    assert len(patterns.week_again(checker, ["lida"], "2026-03-31")) == 2, "only days of the month"


def test_two_people_swap_what_each_has() -> None:
    checker = Checker(facts("lida", "oleg"), {**days("lida", "D", "2026-03-02", 2), **days("oleg", "N", "2026-03-03")})
    cells = patterns.swapped(checker, "lida", "oleg", ["2026-03-02", "2026-03-03"])
    assert cells == {
        ("lida", "2026-03-02"): None, ("oleg", "2026-03-02"): "D",
        ("lida", "2026-03-03"): "N", ("oleg", "2026-03-03"): "D",
    }  # fmt: skip
