"""The year of absences: days that are left by law, overlaps, and the calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from desks import House, house
from leadconsole.curation import commands, vacations
from leadconsole.curation.allowance import Account, Vacation, account, counted
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.team.commands import enter


def vacation(first: str, last: str) -> Vacation:
    return Vacation(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "country", "days"),
    [
        ("2026-07-06", "2026-07-19", "RU", 14),
        ("2026-05-01", "2026-05-14", "RU", 12),  # the 1st and the 9th are public holidays
        ("2026-05-01", "2026-05-14", "UA", 14),  # none under martial law
        ("2026-05-01", "2026-05-14", "", 14),
        ("2025-12-28", "2026-01-11", "RU", 7),
    ],
)
def test_public_holidays_are_no_vacation_days(first: str, last: str, country: str, days: int) -> None:
    assert counted(vacation(first, last), country) == days


def test_the_account_of_a_year() -> None:
    taken = [vacation("2026-07-06", "2026-07-19"), vacation("2025-12-28", "2026-01-11")]
    assert account(taken, "RU", 2026) == Account(28, 14 + 3, True)
    assert account(taken, "RU", 2025) == Account(28, 4, False)
    assert account([], "UA", 2026).left == 24
    assert account([vacation("2026-06-01", "2026-07-05")], "UA", 2026).left == -11


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.setting("country", "RU")
    commands.set_levels(made.desk(), [("acme", "lida", "lead"), ("acme", "oleg", "curator")], "2026-01-01")
    for login, first, last, kind in (
        ("lida", "2026-07-06", "2026-07-19", "vacation"),
        ("lida", "2026-09-01", "2026-09-03", "sick"),
        ("oleg", "2026-07-15", "2026-07-20", "study"),
    ):
        enter(made.desk(), "absences", {"login": login, "from": first, "to": last, "kind": kind})
    return made


def test_the_year_by_person_and_where_two_meet(home: House) -> None:
    told = vacations.year(home.desk(), 2026)
    assert [(row.login, len(row.absences), row.account.left, row.account.long_part) for row in told.people] == [
        ("anna", 0, 28, False),
        ("lida", 2, 14, True),
        ("oleg", 1, 28, False),
    ]
    (meet,) = told.overlaps
    assert (meet.one, meet.other, meet.first, meet.last) == ("lida", "oleg", "2026-07-15", "2026-07-19")
    assert meet.clients == ("acme",)
    assert [row.login for row in vacations.year(home.desk(), 2025).people if row.absences] == []


def test_the_calendar_file_has_whole_days_and_lasting_keys(home: House) -> None:
    read = Calendar.from_ical(vacations.calendar_file(home.desk(), "lida"))
    events = [(str(one["uid"]), one.decoded("dtstart"), one.decoded("dtend")) for one in read.walk("VEVENT")]
    assert events == [
        ("absence-lida-2026-07-06@leadconsole", date(2026, 7, 6), date(2026, 7, 20)),
        ("absence-lida-2026-09-01@leadconsole", date(2026, 9, 1), date(2026, 9, 4)),
    ]
    everybody = Calendar.from_ical(vacations.calendar_file(home.desk()))
    keys = {str(one["uid"]) for one in everybody.walk("VEVENT")}
    absent = home.desk().reader.execute("SELECT login, first FROM absence")
    assert keys == {f"absence-{login}-{first}@leadconsole" for login, first in absent}
    assert {uid for uid, _first, _last in events} < keys
    with pytest.raises(NotFound):
        vacations.calendar_file(home.desk(), "nemo")


@pytest.mark.parametrize(
    ("first", "last", "words"), [("2026-07-20", "2026-07-19", "before"), ("2026-07-19", "2026-07-25", "don't overlap")]
)
def test_absences_that_can_not_be_are_refused(home: House, first: str, last: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        enter(home.desk(), "absences", {"login": "lida", "from": first, "to": last, "kind": "vacation"})
