"""`cover --absent` as interchange.md has it: who is there on which day, substitutes, minutes a week, fees."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import House, empty_house, house
from leadconsole.curation import commands
from leadconsole.curation.board import Board
from leadconsole.curation.facts import Absence
from leadconsole.curation.whatif import ClientPlan, Piece, WhatIf, never_together, what_if
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import Refused
from leadconsole.team.commands import enter


@pytest.fixture
def home(tmp_path: Path) -> House:
    """Four people; acme is led by Lida, bolt by Oleg."""
    made = house(tmp_path / "desk.db")
    made.person("vera", "contractor")
    made.client("bolt")
    levels = [("acme", "lida", "lead"), ("acme", "oleg", "curator"), ("bolt", "oleg", "lead")]
    commands.set_levels(made.desk(), levels, "2026-01-01")
    return made


def asked(*spans: str) -> list[Absence]:
    """Absences from `login:from..to`."""
    found = []
    for span in spans:
        login, _colon, days = span.partition(":")
        first, _dots, last = days.partition("..")
        found.append(Absence(login, first, last))
    return found


def plan(home: House, *spans: str, login: str = "anna") -> WhatIf:
    return what_if(home.desk(login), asked(*spans))


def of(told: WhatIf, code: str) -> ClientPlan:
    return next(one for one in told.clients if one.code == code)


def away(home: House, login: str, first: str, last: str) -> None:
    enter(home.desk(), "absences", {"login": login, "from": first, "to": last, "kind": "vacation"})


def test_a_curator_stands_in_for_the_whole_absence(home: House) -> None:
    told = plan(home, "lida:2026-03-07..2026-03-15")
    assert (told.first, told.last, told.working_days, told.feasible) == ("2026-03-07", "2026-03-15", 5, True)
    assert [one.code for one in told.clients] == ["acme"]
    one = of(told, "acme")
    assert (one.lead, one.present, one.uncovered_days) == ("lida", 1, ())
    assert one.substitutes == (Piece("oleg", "2026-03-07", "2026-03-15", "lida"),)
    assert [(gain.login, gain.clients) for gain in told.load] == [("oleg", 1)]


def test_absences_on_record_count_too_and_learning_does_not(home: House) -> None:
    commands.set_level(home.desk(), "acme", "vera", "learning", "2026-01-01")
    away(home, "oleg", "2026-03-11", "2026-03-12")
    told = plan(home, "lida:2026-03-09..2026-03-13")
    one = of(told, "acme")
    assert not told.feasible
    assert (one.present, one.uncovered_days) == (0, ("2026-03-11", "2026-03-12"))
    assert one.substitutes == (
        Piece("oleg", "2026-03-09", "2026-03-10", "lida"),
        Piece("oleg", "2026-03-13", "2026-03-13", "lida"),
    )
    assert any("vera" in cure for cure in told.cures)
    assert any("moved to begin on 13 Mar 2026" in cure for cure in told.cures) or len(told.cures) >= 2


def test_a_curator_who_is_away_leaves_the_lead(home: House) -> None:
    told = plan(home, "oleg:2026-03-09..2026-03-13")
    assert [(one.code, one.present, one.substitutes) for one in told.clients] == [("acme", 1, ()), ("bolt", 0, ())]
    assert of(told, "bolt").uncovered_days == tuple(f"2026-03-{n:02}" for n in range(9, 14))


def test_public_holidays_are_no_working_days(home: House) -> None:
    home.setting("country", "RU")
    told = plan(home, "lida:2026-03-06..2026-03-10")
    assert told.working_days == 2  # the 9th is off in 2026
    commands.set_level(home.desk(), "acme", "vera", "curator", "2026-03-10")
    assert of(plan(home, "lida:2026-03-06..2026-03-10"), "acme").present == 1


def test_who_left_and_who_has_not_come_count_nowhere(home: House) -> None:
    enter(home.desk(), "people", {"login": "oleg", "ended": "2026-03-10"})
    one = of(plan(home, "lida:2026-03-09..2026-03-12"), "acme")
    assert (one.present, one.uncovered_days) == (0, ("2026-03-11", "2026-03-12"))
    assert [client.code for client in plan(home, "oleg:2026-03-11..2026-03-12").clients] == []


def test_the_lead_and_the_fee_are_those_of_the_first_day(home: House) -> None:
    commands.move_lead(home.desk(), "acme", "oleg", "2026-03-11")
    for first, last, fee in (("2026-01-01", "2026-03-09", "100"), ("2026-03-10", "", "200")):
        enter(home.desk(), "subscriptions", {"client": "acme", "from": first, "to": last, "monthly_fee": fee})
    told = plan(home, "lida:2026-03-09..2026-03-13")
    assert (of(told, "acme").lead, of(told, "acme").monthly_fee) == ("lida", 100_00)
    # From the 11th on Oleg leads himself.
    assert of(told, "acme").substitutes == (Piece("oleg", "2026-03-09", "2026-03-10", "lida"),)
    assert home.people["lida"] == Role.SPECIALIST
    assert of(plan(home, "lida:2026-03-09..2026-03-13", login="lida"), "acme").monthly_fee is None


def test_open_tickets_promises_and_minutes_a_week(home: House) -> None:
    number = home.ticket(assignee="lida", promised="2026-03-10T12:00")
    home.ticket(assignee="lida")  # at the same time: a minute counts once
    home.ticket()  # nobody's
    home.wait(24 * 60)
    told = plan(home, "lida:2026-03-09..2026-03-13")
    assert of(told, "acme").open_tickets == 3
    assert [promise.number for promise in of(told, "acme").promises] == [number]
    assert told.load[0].minutes_per_week == pytest.approx(9 * 60 / 13, abs=0.001)


def test_only_active_clients_count(home: House) -> None:
    enter(home.desk(), "clients", {"code": "acme", "status": "leaving"})
    assert plan(home, "lida:2026-03-09..2026-03-13").clients == ()


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        (["lida:2026-03-09..2026-03-08"], "before it starts"),
        (["lida:2026-03-09..2026-03-12", "lida:2026-03-12..2026-03-13"], "don't overlap"),
        (["nemo:2026-03-09..2026-03-12"], "no person «nemo»"),
        (["lida:2026-03-09..2028-03-12"], "At most 366 days"),
        ([], "Say who"),
    ],
)
def test_nonsense_is_refused(home: House, spans: list[str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        plan(home, *spans)


def test_pairs_that_must_not_be_away_together(home: House) -> None:
    assert [(pair.one, pair.other, pair.clients) for pair in never_together(home.desk())] == [
        ("lida", "oleg", ("acme",))
    ]


# --- a whole desk against every plan ----------------------------------------------------------------------------

PEOPLE = "abcd"
FIRST = date(2026, 3, 5)  # a Thursday: a weekend lies inside
day = st.integers(0, 6)
span = st.tuples(st.sampled_from(PEOPLE), day, st.integers(0, 4))
desk_of = st.fixed_dictionaries(
    {
        "levels": st.lists(
            st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(["learning", "curator", "curator"]), max_size=4),
            min_size=1,
            max_size=3,
        ),
        "leads": st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=3),
        "asked": st.lists(span, min_size=1, max_size=2, unique_by=lambda one: one[0]),
        "recorded": st.lists(span, max_size=3, unique_by=lambda one: one[0]),
        "ended": st.none() | st.tuples(st.sampled_from(PEOPLE), day),
    }
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = empty_house(tmp_path_factory.mktemp("cover") / "desk.db")
    made.office_hours()
    made.setting("calendar", "office")
    return made


def text(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


@given(desk_of)
@settings(max_examples=150, deadline=None)
def test_the_answer_is_that_of_counting_by_hand(bare: House, case: dict[str, Any]) -> None:
    told, levels, gone, ended = _laid_out(bare, case)
    horizon = range(min(n for _who, n, _m in case["asked"]), max(n + m for _who, n, m in case["asked"]) + 1)
    asked_days = {n + k for _who, n, m in case["asked"] for k in range(m + 1)}
    working = [n for n in horizon if n in asked_days and date.fromisoformat(text(n)).weekday() < 5]
    listed = []
    for number, (lead, known) in enumerate(levels):
        cover = {who for who, level in known.items() if level in ("curator", "lead")}

        def here(who: str, n: int) -> bool:
            return ended.get(who, 99) >= n

        if not any(who in cover and any(here(who, k) for k in range(n, n + m + 1)) for who, n, m in case["asked"]):
            continue
        listed.append(f"c{number}")
        one = of(told, f"c{number}")
        present = [sum(here(who, n) and n not in gone[who] for who in cover) for n in working]
        assert one.present == min(present, default=None)
        assert list(one.uncovered_days) == [text(n) for n, count in zip(working, present, strict=True) if not count]
        assert one.lead == (lead if here(lead, horizon[0]) else None)
        for n in working:
            standing = [piece.login for piece in one.substitutes if piece.first <= text(n) <= piece.last]
            able = {who for who in cover - {lead} if here(who, n) and n not in gone[who]}
            if here(lead, n) and n in gone[lead]:
                assert len(standing) == (1 if able else 0)
                assert set(standing) <= able
            else:
                assert standing == []
    assert [one.code for one in told.clients] == listed
    assert told.feasible == all(not one.uncovered_days for one in told.clients)


def _laid_out(
    bare: House, case: dict[str, Any]
) -> tuple[WhatIf, list[tuple[str, dict[str, str]]], dict[str, set[int]], dict[str, int]]:
    gone = {who: {n + k for one, n, m in case["recorded"] if one == who for k in range(m + 1)} for who in PEOPLE}
    for who, n, m in case["asked"]:
        gone[who] |= set(range(n, n + m + 1))
    levels = []
    ended = {} if case["ended"] is None else dict([case["ended"]])
    with bare.desk().write() as transaction:
        sql = transaction.sql
        for table in ("curation", "absence", "client", "person"):
            sql.execute(f"DELETE FROM {table}")
        for who in PEOPLE:
            last = text(ended[who]) if who in ended else None
            sql.execute(
                "INSERT INTO person (login, name, role, lines, weekly_minutes, ended)"
                " VALUES (?, ?, 'specialist', '1', 2400, ?)",
                (who, who, last),
            )
        for number, known in enumerate(case["levels"]):
            lead = case["leads"][number]
            levels.append((lead, {**known, lead: "lead"}))
            sql.execute("INSERT INTO client (code, name, status) VALUES (?, ?, 'active')", (f"c{number}", "x"))
            for who, level in levels[-1][1].items():
                sql.execute("INSERT INTO curation VALUES (?, ?, '2026-01-01', ?, NULL)", (f"c{number}", who, level))
        for who, n, m in case["recorded"]:
            sql.execute("INSERT INTO absence VALUES (?, ?, ?, 'vacation', NULL)", (who, text(n), text(n + m)))
    spans = [Absence(who, text(n), text(n + m)) for who, n, m in case["asked"]]
    told = what_if(bare.desk(), spans)
    _prove_best(bare, told, spans)
    return told, levels, gone, ended


def _prove_best(bare: House, told: WhatIf, spans: list[Absence]) -> None:
    """Without tickets every gain is 0: the plan has the fewest people, then their logins in order."""
    from leadconsole.curation import pieces

    options = {}
    for one in Board(bare.database.reader).standings(spans):
        ways = pieces.ways([gap.away for gap in one.gaps])
        if ways:
            options[one.client] = sorted({pieces.logins(way) for way in ways})
    plans = product(*(options[code] for code in sorted(options)))
    wanted = min((len({login for way in plan for login in way}), plan) for plan in plans)[1]
    assert told.proved
    assert tuple(tuple(piece.login for piece in one.substitutes) for one in told.clients if one.substitutes) == wanted
