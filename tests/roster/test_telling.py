"""How a month is spoken of: clients folded by day, cures that name people, what a shift would break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leadconsole.console.widgets.rows import Cell
from leadconsole.kernel.period import Month
from leadconsole.roster import cures, words
from leadconsole.roster.queries import Change, RosterMonth
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence
from leadconsole.roster.rules.names import RuleName, Severity
from leadconsole.roster.rules.patterns import pattern
from leadconsole.roster.screen.board import FORTNIGHT, MONTH, WEEK, days_of
from leadconsole.roster.screen.hours import hours_board
from leadconsole.roster.screen.letters import as_codes, code_of, unknown_letter
from leadconsole.roster.screen.lines import news
from leadconsole.roster.telling import folded
from roster.months import days, demand, facts

DAY = "2026-03-03"
KNOWS = {
    "acme": frozenset({"lida", "oleg"}), "bolt": frozenset({"oleg", "ira"}), "cube": frozenset({"oleg"}),
    "dune": frozenset[str](),
}  # fmt: skip


def test_clients_whom_nobody_knows_are_one_finding_a_day() -> None:
    known = facts("ira", "lida", "oleg", cover={DAY: KNOWS, "2026-03-04": {"acme": KNOWS["acme"]}})
    checker = Checker(known, days("lida", "D", DAY))
    report = checker.report()
    shown = folded(report)
    uncovered = [one for one in shown.findings if one.rule is RuleName.CLIENT_UNCOVERED]
    assert [(one.day, one.facts) for one in uncovered] == [(DAY, ("bolt", "cube", "dune")), ("2026-03-04", ("acme",))]
    assert len([one for one in report.findings if one.rule is RuleName.CLIENT_UNCOVERED]) == 4
    assert shown.gaps == report.gaps
    assert words.message(known, uncovered[0]) == "3 clients whom nobody on shift knows: bolt, cube, dune"
    assert cures.cure(checker, uncovered[0]) == "a shift for oleg", "who covers most, and nobody who adds nothing"


def test_who_is_away_is_no_cure() -> None:
    away = {"oleg": (Absence(DAY, DAY, "sick"),)}
    checker = Checker(facts("ira", "lida", "oleg", cover={DAY: KNOWS}, absences=away), {})
    (one,) = [one for one in folded(checker.report()).findings if one.rule is RuleName.CLIENT_UNCOVERED]
    assert cures.cure(checker, one) == "a shift for ira, lida"
    checker = Checker(facts("oleg", cover={DAY: {"cube": KNOWS["cube"]}}, absences=away), {})
    (one,) = [one for one in folded(checker.report()).findings if one.rule is RuleName.CLIENT_UNCOVERED]
    assert cures.cure(checker, one) == "somebody who knows it and isn't away"


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 30), st.sampled_from(("D", "N", "L", None))), max_size=40))
def test_what_a_shift_would_break_is_known_after_any_edits(edits: list[tuple[int, int, str | None]]) -> None:
    known = facts("lida", "oleg")
    checker = Checker(known, {})
    for row, place, code in edits:
        login, day = ("lida", "oleg")[row], known.days[place]
        checker.set(login, day, code)
        other = known.days[(place + 1) % 31]
        again = Checker(known, checker.plan())
        assert checker.fits(login, other, "N") is again.fits(login, other, "N")
        before = [one for one in again.person(login)[0] if one.severity is Severity.HARD]
        again.set(login, other, "N")
        after = [one for one in again.person(login)[0] if one.severity is Severity.HARD]
        assert checker.fits(login, other, "N") is (len(after) <= len(before))


def test_a_day_by_hours_has_every_hour_of_a_day_of_a_change_of_clocks() -> None:
    known = facts(
        "lida", "oleg", month=Month(2026, 10), timezone="Europe/Berlin", country="",
        public_days={}, demand=demand(("sun", 0, 24, 1, 1)),
    )  # fmt: skip
    checker = Checker(known, {("lida", "2026-10-24"): "N", ("oleg", "2026-10-25"): "L"})
    board = hours_board(checker, "2026-10-25", 3)
    bars = {row.key: "".join("#" if cell else "." for cell in cells) for row, cells in board.rows}
    assert bars["lida"] == "#" * 9 + "." * 15
    assert bars["oleg"] == "." * 8 + "#" * 16
    feet = [column.feet[0] for column in board.columns]
    assert [foot.text for foot in feet if isinstance(foot, Cell)] == ["="] * 8 + ["+1"] + ["="] * 15


def test_weeks_and_fortnights_are_whole_and_begin_on_a_monday_where_they_can() -> None:
    month = RosterMonth(facts("lida"), {}, None)
    assert len(days_of(month, MONTH, "")) == 31
    for around in month.facts.days:
        week, fortnight = days_of(month, WEEK, around), days_of(month, FORTNIGHT, around)
        assert (len(week), len(fortnight)) == (7, 14)
        assert around in week
        assert around in fortnight
    assert days_of(month, WEEK, "2026-03-12")[0] == "2026-03-09"
    assert days_of(month, WEEK, "2026-03-01")[-1] == "2026-03-07"


def test_letters_mean_shifts_in_any_layout_and_slips_are_told() -> None:
    latin, cyrillic = ["D", "N", "D2"], ["Д", "Н", "В"]
    assert [code_of(letter, latin) for letter in "dDnx2"] == ["D", "D", "N", None, None]
    assert [code_of(letter, cyrillic) for letter in "lyd"] == ["Д", "Н", "В"], "the keys at the places of Д, Н, В"
    assert code_of("Д", cyrillic) == "Д"
    assert code_of("", latin) is None
    assert unknown_letter("p", latin).startswith("No shift begins with «p»")
    assert unknown_letter("j", latin) == ""
    assert unknown_letter("[", latin) == ""


def test_news_of_a_publication_are_one_sentence() -> None:
    change = Change("lida", DAY, "D", "N")
    assert news([change]) == "Your shifts have changed: Tu 3 Mar N instead of D"
    assert news([change._replace(now=None), change._replace(before=None)]).endswith(
        "Tu 3 Mar free instead of D; Tu 3 Mar N"
    )
    assert news([change] * 9).endswith("…")


def test_a_pattern_is_read_in_any_layout() -> None:
    assert pattern(as_codes("В 2/2", ["D", "N"]), ["D", "N"], "N") == ("D", "D", None, None)
    assert pattern(as_codes("ввтт--", ["D", "N"]), ["D", "N"], "N") == ("D", "D", "N", "N", None, None)
    assert pattern(as_codes("Д 5.2", ["Д"]), ["Д"], "Д") == ("Д",) * 5 + (None, None), "a Cyrillic code is itself"
