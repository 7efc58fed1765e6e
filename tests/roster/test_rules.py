"""What is wrong with a plan: each rule in its own words (interchange.md, section 3)."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadconsole.kernel import i18n
from leadconsole.kernel.period import Month
from leadconsole.roster import cures, words
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import Absence, MonthFacts, Person, Wish
from leadconsole.roster.rules.names import DEFAULTS, RuleName, Severity
from leadconsole.roster.rules.staffing import counted
from roster.months import TYPES, days, demand, facts, found, only

R = RuleName


def test_a_night_that_runs_into_the_next_day_is_booked_twice() -> None:
    plan = {**days("lida", "L", "2026-03-02"), **days("lida", "N", "2026-03-01"), **days("lida", "D", "2026-03-11")}
    [one] = found(facts("lida"), plan, R.DOUBLE_BOOKED)
    assert (one.login, one.day, one.severity, one.facts) == (
        "lida",
        "2026-03-02",
        Severity.HARD,
        ("2026-03-01", "N", "L", -60),
    )
    # An overlap is also less than the rest between two shifts, by the words of the rule.
    assert [one.day for one in found(facts("lida"), plan, R.TWO_SHIFTS)] == ["2026-03-02"]


@pytest.mark.parametrize(("limit", "broken"), [(11_00, False), (11_10, True), (15_00, True)])
def test_rest_between_two_shifts_is_at_least_the_limit(limit: int, broken: bool) -> None:
    home = facts("lida", rules=only(R.TWO_SHIFTS, two_shifts_in_a_row=limit))
    plan = {("lida", "2026-03-02"): "E", ("lida", "2026-03-03"): "D"}  # 22:00 to 09:00
    assert [one.day for one in found(home, plan, R.TWO_SHIFTS)] == (["2026-03-03"] if broken else [])


def test_rest_between_months_is_seen_in_both() -> None:
    plan = {("lida", "2026-02-28"): "N", ("lida", "2026-03-01"): "D"}
    assert [one.day for one in found(facts("lida"), plan, R.TWO_SHIFTS)] == ["2026-03-01"]
    assert [one.day for one in found(facts("lida", month=Month(2026, 2)), plan, R.TWO_SHIFTS)] == ["2026-02-28"]


def test_a_shift_while_away_or_not_employed() -> None:
    persons = (Person("lida", "Lida", (1,), started="2026-03-02", ended="2026-03-20"),)
    home = facts(persons=persons, absences={"lida": (Absence("2026-03-05", "2026-03-06", "sick"),)})
    plan = {**days("lida", "D", "2026-03-01", 10), **days("lida", "D", "2026-03-20", 2)}
    assert [(one.day, one.facts[1]) for one in found(home, plan, R.ABSENT)] == [
        ("2026-03-01", ""), ("2026-03-05", "sick"), ("2026-03-06", "sick"), ("2026-03-21", ""),
    ]  # fmt: skip


def test_weekly_rest_lies_inside_the_calendar_week() -> None:
    home = facts("lida")
    # Monday to Saturday 18:00, then free until Monday 00:00: 30 hours, though the next shift is far away.
    [one] = found(home, days("lida", "D", "2026-03-09", 6), R.WEEKLY_REST)
    assert (one.day, one.facts) == ("2026-03-09", ("2026-03-09", "2026-03-15", 30 * 60))
    assert found(home, days("lida", "D", "2026-03-09", 5), R.WEEKLY_REST) == []


def test_weekly_rest_of_a_week_between_months_counts_both() -> None:
    plan = days("lida", "D", "2026-03-30", 6)
    assert [one.day for one in found(facts("lida"), plan, R.WEEKLY_REST)] == ["2026-03-30"]
    assert [one.day for one in found(facts("lida", month=Month(2026, 4)), plan, R.WEEKLY_REST)] == ["2026-03-30"]
    march = days("lida", "D", "2026-03-30", 2)
    assert found(facts("lida"), march, R.WEEKLY_REST) == [], "days of a month without a roster are free"


def test_weekly_rest_goes_by_the_persons_time_zone() -> None:
    # Sunday's free day ends at midnight: three hours earlier where the person lives east.
    plan = {**days("lida", "D", "2026-03-09", 5), **days("lida", "D", "2026-03-16", 5)}
    limit = {"weekly_rest": 53_00}
    assert found(facts("lida", rules=only(R.WEEKLY_REST, **limit)), plan, R.WEEKLY_REST) == []
    east = (Person("lida", "Lida", (1,), timezone="Asia/Omsk"),)
    [one, _two] = found(facts(persons=east, rules=only(R.WEEKLY_REST, **limit)), plan, R.WEEKLY_REST)
    assert one.facts[2] == 51 * 60


def test_a_change_of_clocks_makes_a_night_longer_and_a_rest_shorter() -> None:
    home = facts("lida", month=Month(2026, 10), timezone="Europe/Berlin")
    assert home.worked("2026-10-24", "N") == 12 * 60
    assert home.worked("2026-10-23", "N") == 11 * 60
    spring = facts("lida", timezone="Europe/Berlin", rules=only(R.TWO_SHIFTS, two_shifts_in_a_row=11_00))
    plan = {("lida", "2026-03-28"): "E", ("lida", "2026-03-29"): "D"}
    [one] = found(spring, plan, R.TWO_SHIFTS)
    assert one.facts[3] == 10 * 60


@pytest.mark.parametrize(("count", "broken"), [(6, None), (7, "2026-03-08"), (9, "2026-03-08")])
def test_days_in_a_row(count: int, broken: str | None) -> None:
    plan = days("lida", "D", "2026-03-02", count)
    assert [one.day for one in found(facts("lida"), plan, R.MAX_CONSECUTIVE)] == ([broken] if broken else [])


def test_days_in_a_row_over_the_end_of_a_month() -> None:
    plan = days("lida", "D", "2026-02-20", 12)  # until 3 March
    [one] = found(facts("lida"), plan, R.MAX_CONSECUTIVE)
    assert (one.day, one.facts) == ("2026-03-01", ("2026-02-20", "2026-03-03", 12))
    [one] = found(facts("lida", month=Month(2026, 2)), plan, R.MAX_CONSECUTIVE)
    assert one.day == "2026-02-26"
    plan = days("lida", "D", "2026-02-24", 7)  # until 2 March, which alone is too many
    [one] = found(facts("lida", month=Month(2026, 2)), plan, R.MAX_CONSECUTIVE)
    assert one.day == "2026-02-28", "February can cut it, too"
    assert len(found(facts("lida"), plan, R.MAX_CONSECUTIVE)) == 1


@pytest.mark.parametrize(
    ("rule", "worked", "broken"),
    [
        # 1 March 2026 is a Sunday: what touches the first or the last day isn't judged.
        (R.MIN_CONSECUTIVE, "2026-03-01", []),
        (R.MIN_CONSECUTIVE, "2026-03-02", ["2026-03-02"]),
        (R.MIN_CONSECUTIVE, "2026-03-31", []),
        (R.MIN_DAYS_OFF, "2026-03-02", []),
        (R.MIN_DAYS_OFF, "2026-03-10 2026-03-12", ["2026-03-11"]),
        (R.MIN_DAYS_OFF, "2026-03-10 2026-03-13", []),
        (R.MAX_WEEKENDS, "2026-03-01 2026-03-07 2026-03-08", []),
        (R.MAX_WEEKENDS, "2026-03-01 2026-03-08 2026-03-14", ["2026-03-14"]),
        (R.MAX_SHIFTS, "2026-03-01 2026-03-08", []),
    ],
)
def test_rules_that_count_days_and_weekends(rule: RuleName, worked: str, broken: list[str]) -> None:
    rules = only(rule)
    rules[rule] = rules[rule]._replace(severity=Severity.SOFT)
    home = facts("lida", rules=rules)
    plan = {("lida", day): "D" for day in worked.split()}
    assert [one.day for one in found(home, plan, rule)] == broken


def test_limits_may_be_a_persons_own() -> None:
    own = {
        "lida": {(R.MAX_CONSECUTIVE, ""): 3, (R.MAX_SHIFTS, "N"): 0, (R.MAX_SHIFTS, "D"): 5},
        "oleg": {(R.MAX_CONSECUTIVE, ""): 8},
    }
    home = facts("lida", "oleg", rules=only(R.MAX_CONSECUTIVE, R.MAX_SHIFTS), own_limits=own)
    plan = {
        **days("lida", "D", "2026-03-02", 4), **days("oleg", "D", "2026-03-02", 8),
        **days("lida", "D", "2026-03-10", 2), **days("lida", "N", "2026-03-20"),
    }  # fmt: skip
    told = Checker(home, plan).report().findings
    assert [(one.rule, one.login, one.day) for one in told] == [
        (R.MAX_CONSECUTIVE, "lida", "2026-03-05"),
        (R.MAX_SHIFTS, "lida", "2026-03-11"),
        (R.MAX_SHIFTS, "lida", "2026-03-20"),
    ]
    assert [words.message(home, one) for one in told] == [
        "4 days in a row, 2 Mar–5 Mar, at most 3 (Labour Code, article 111)",
        "6 shifts D, at most 5",
        "1 shift N, at most 0",
    ]
    assert [cures.cure(Checker(home, plan), one) for one in told] == ["free 5 Mar", "free 11 Mar", "free 20 Mar"]


def test_short_rows_are_cured_by_another_day() -> None:
    strict = {name: DEFAULTS[name]._replace(severity=Severity.HARD) for name in (R.MIN_CONSECUTIVE, R.MIN_DAYS_OFF)}
    home = facts("lida", rules={**only(), **strict})
    checker = Checker(home, {**days("lida", "D", "2026-03-10"), **days("lida", "D", "2026-03-12", 3)})
    told = checker.report().findings
    assert [(words.message(home, one), cures.cure(checker, one)) for one in told] == [
        ("1 day in a row, 10 Mar–10 Mar, at least 2", "a shift on 11 Mar too"),
        ("1 day off, 11 Mar–11 Mar, at least 2 in a row", "free 12 Mar too"),
    ]


def test_the_monthly_norm_follows_the_calendar_the_week_and_absences() -> None:
    persons = (
        Person("full", "F", (1,)),
        Person("half", "H", (1,), 1200),
        Person("new", "N", (1,), started="2026-04-13"),
    )
    away = {"full": (Absence("2026-04-27", "2026-05-03", "vacation"),)}
    home = facts(month=Month(2026, 4), persons=persons, absences=away)
    # April 2026 in Russia has 22 working days, the 30th an hour shorter: 175 hours.
    assert home.norm_minutes("full") == (175 - 31) * 60
    assert home.norm_minutes("half") == 175 * 30
    assert home.norm_minutes("new") == (14 * 8 - 1) * 60
    assert sum(home.calendar_minutes(day) for day in home.month.dates()) == 175 * 60


def test_planned_hours_may_differ_from_the_norm_by_the_limit() -> None:
    home = facts("lida", rules=only(R.MONTHLY_NORM))
    month = days("lida", "D", "2026-03-01", 20)
    assert home.norm_minutes("lida") == 168 * 60
    assert found(home, month, R.MONTHLY_NORM) == []  # 160 hours
    [one] = found(home, days("lida", "D", "2026-03-01", 19), R.MONTHLY_NORM)
    assert (one.login, one.day, one.facts) == ("lida", None, (152 * 60, 168 * 60))


def test_an_absence_may_take_the_whole_norm() -> None:
    home = facts("lida", absences={"lida": (Absence("2026-02-01", "2026-04-30", "other"),)})
    assert home.norm_minutes("lida") == 0
    assert found(home, {}, R.MONTHLY_NORM) == []


# Demand


def coverage(home: MonthFacts, plan: dict[tuple[str, str], str], day: str) -> list[tuple[int, int, int]]:
    return [(one.line, one.need, one.have) for one in Checker(home, plan).day(day)[1]]


@pytest.mark.parametrize(
    ("day", "people"),
    [
        ("2026-03-02", 2),  # Monday has a row of its own
        ("2026-03-03", 3),  # a working day
        ("2026-03-07", 4),  # a weekend
        ("2026-03-09", 5),  # a Monday that is a holiday, of 8 March
        ("2026-03-10", 6),  # a date
    ],
)
def test_the_most_special_row_of_demand_wins(day: str, people: int) -> None:
    home = facts(
        "lida",
        demand=demand(
            ("workday", 9, 18, 1, 3), ("mon", 9, 18, 1, 2), ("weekend", 10, 12, 1, 4), ("holiday", 10, 12, 1, 5),
            ("2026-03-10", 9, 18, 1, 6),
        ),
    )  # fmt: skip
    assert [one.needs for one in home.stretches_of[day]] == [(people,)]


def test_a_working_saturday_is_a_working_day() -> None:
    from leadconsole.kernel.worktime import DayKind

    home = facts("lida", demand=demand(("workday", 9, 18, 1, 3)), public_days={date(2026, 3, 14): DayKind.WORK})
    assert "2026-03-14" in home.stretches_of
    assert "2026-03-21" not in home.stretches_of


def test_needs_are_cut_into_stretches_of_constant_need() -> None:
    home = facts("lida", demand=demand(("workday", 9, 18, 1, 2), ("workday", 12, 15, 1, 1), ("workday", 18, 9, 0, 1)))
    told = [
        ((one.begin - home.at("2026-03-03", 0)) // 60, one.lines, one.needs) for one in home.stretches_of["2026-03-03"]
    ]
    assert told == [(9, (1,), (2,)), (12, (1,), (3,)), (15, (1,), (2,)), (18, (0,), (1,))]
    # The night of Friday belongs to Friday and goes on into a day without demand.
    assert [one.end - one.begin for one in home.stretches_of["2026-03-06"]][-1] == 15 * 60
    assert "2026-03-07" not in home.stretches_of


def test_a_stretch_is_short_where_its_worst_moment_is() -> None:
    home = facts("lida", "oleg", demand=demand(("workday", 9, 22, 1, 1)), rules=only(R.UNDERSTAFFED, R.OVERSTAFFED))
    both = {("lida", "2026-03-03"): "D", ("oleg", "2026-03-03"): "E"}
    assert found(home, both, R.UNDERSTAFFED)[1].day != "2026-03-03"
    [over] = found(home, both, R.OVERSTAFFED)
    assert (over.login, over.day, over.facts[0], over.facts[3:]) == (None, "2026-03-03", 1, (1, 2))
    assert coverage(home, {("oleg", "2026-03-03"): "E"}, "2026-03-03") == [(1, 1, 0)]


def test_a_night_covers_the_morning_of_the_next_day() -> None:
    home = facts("lida", demand=demand(("workday", 21, 9, 1, 1)), rules=only(R.UNDERSTAFFED))
    assert coverage(home, {("lida", "2026-03-03"): "N"}, "2026-03-03") == [(1, 1, 1)]
    assert found(home, {}, R.UNDERSTAFFED)[0].facts[0] == 1


def test_who_is_away_covers_nothing() -> None:
    home = facts(
        "lida",
        demand=demand(("workday", 9, 18, 1, 1)),
        absences={"lida": (Absence("2026-03-03", "2026-03-03", "sick"),)},
    )
    assert coverage(home, {("lida", "2026-03-03"): "D"}, "2026-03-03") == [(1, 1, 0)]


@pytest.mark.parametrize(
    ("lines", "needs", "people", "have"),
    [
        ((1,), (2,), [(1,), (1,), (1,)], (3,)),
        ((1, 2), (1, 1), [(1, 2)], (1, 0)),  # counted once
        ((1, 2), (1, 1), [(1, 2), (1,)], (1, 1)),
        ((1, 2), (2, 1), [(1, 2), (2,), (1,)], (2, 1)),
        ((1, 2, 0), (1, 1, 1), [(1, 2), (2,), (3,)], (1, 1, 1)),
        ((1, 0), (1, 1), [(3,)], (0, 1)),
        ((1,), (1,), [(2,), (3,)], (0,)),
        ((1, 2), (0, 1), [(1,), (1, 2)], (1, 1)),
    ],
)
def test_people_of_several_lines_count_once(
    lines: tuple[int, ...], needs: tuple[int, ...], people: list[tuple[int, ...]], have: tuple[int, ...]
) -> None:
    assert counted(lines, needs, tuple(people)) == have


PEOPLE = st.lists(st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 3), (1, 3), (1, 2, 3)]), max_size=5)


@given(st.lists(st.integers(0, 2), min_size=4, max_size=4), PEOPLE)
@settings(max_examples=150, deadline=None)
def test_as_many_needs_are_met_as_can_be(needs: list[int], people: list[tuple[int, ...]]) -> None:
    lines = (1, 2, 3, 0)
    have = counted(lines, tuple(needs), tuple(people))
    slots = [line for line, need in zip(lines, needs, strict=True) for _one in range(need)]
    best = (
        max(
            sum(line in own or not line for line, own in zip(order, people, strict=False))
            for order in permutations([*slots, *[-1] * max(0, len(people) - len(slots))], len(people))
        )
        if people
        else 0
    )
    assert sum(min(pair) for pair in zip(have, needs, strict=True)) == best
    assert sum(have) == len(people), "every line is wanted here, so everybody counts somewhere"


# Clients and wishes


def test_a_client_needs_somebody_who_knows_it_on_every_working_day() -> None:
    cover = {day: {"acme": frozenset({"lida"}), "bolt": frozenset()} for day in ("2026-03-02", "2026-03-03")}
    home = facts("lida", "oleg", cover=cover, absences={"lida": (Absence("2026-03-03", "2026-03-03", "vacation"),)})
    plan = {**days("lida", "D", "2026-03-02", 2), **days("oleg", "D", "2026-03-02", 2)}
    assert [(one.day, one.facts) for one in found(home, plan, R.CLIENT_UNCOVERED)] == [
        ("2026-03-02", ("bolt",)), ("2026-03-03", ("acme",)), ("2026-03-03", ("bolt",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shift", "weight", "code", "broken"),
    [
        ("off", 1, None, False), ("off", 1, "D", True), ("off", -1, None, True), ("off", -1, "D", False),
        ("any", 2, "D", False), ("any", 2, None, True), ("any", -2, "N", True), ("any", -2, None, False),
        ("N", 1, "N", False), ("N", 1, "D", True), ("N", 1, None, True), ("N", -1, "N", True), ("N", -1, "D", False),
    ],
)  # fmt: skip
def test_wishes(shift: str, weight: int, code: str | None, broken: bool) -> None:
    home = facts("lida", wishes={("lida", "2026-03-03"): Wish(shift, weight)})
    plan = {("lida", "2026-03-03"): code} if code else {}
    assert bool(found(home, plan, R.WISH)) is broken


# The whole


def test_a_rule_that_is_off_says_nothing() -> None:
    plan = days("lida", "D", "2026-03-02", 10)
    told = {one.rule for one in Checker(facts("lida", rules=only(R.MAX_CONSECUTIVE)), plan).report().findings}
    assert told == {R.MAX_CONSECUTIVE}


def test_every_sentence_names_its_law_and_what_would_cure_it() -> None:
    plan = {**days("lida", "D", "2026-03-09", 7), **days("oleg", "N", "2026-03-02", 3, 1)}
    home = facts("lida", "oleg", demand=demand(("workday", 9, 18, 1, 1)))
    checker = Checker(home, plan)
    told = {
        one.rule: (words.message(home, one), cures.cure(checker, one)) for one in reversed(checker.report().findings)
    }
    assert told[R.WEEKLY_REST] == (
        "9 Mar–15 Mar: longest rest 15 h of 42 (Labour Code, article 110)",
        "free two days that follow each other",
    )
    assert told[R.MONTHLY_NORM][1].endswith("h more")
    assert told[R.UNDERSTAFFED][1].startswith("1 more person")
    i18n.use("uk")
    assert "КЗпП, стаття 70" in words.message(facts("lida", country="UA"), found(home, plan, R.WEEKLY_REST)[0])


CODES = st.sampled_from([None, *TYPES])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), CODES), max_size=12), st.integers())
@settings(max_examples=25, deadline=None)
def test_checking_again_what_a_cell_touches_is_checking_all(
    edits: list[tuple[int, int, str | None]], seed: int
) -> None:
    random = Random(seed)
    logins = ("lida", "oleg", "vera")
    persons = tuple(Person(login, login, own) for login, own in zip(logins, ((1,), (1, 2), (2,)), strict=True))
    home = facts(
        persons=persons,
        demand=demand(("workday", 9, 18, 1, 1), ("workday", 9, 22, 2, 1), ("weekend", 21, 9, 0, 1)),
        cover={"2026-03-03": {"acme": frozenset({"lida"})}},
    )
    plan = {(login, day): random.choice("DEN") for login in logins for day in home.around if random.random() < 0.5}
    checker = Checker(home, plan)
    checker.report()
    for who, day, code in edits:
        checker.set(logins[who], home.days[day], code)
    assert checker.report() == Checker(home, checker.plan()).report()
