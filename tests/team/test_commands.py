"""People, clients, contacts, calendars, norms and settings: entered, changed, refused, undone, never forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desks import House, at, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.team import facts
from leadconsole.team.commands import enter
from leadconsole.team.shapes import SHAPES
from leadconsole.tickets import commands as tickets
from leadconsole.tickets import queries


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Anna, Lida and Oleg with office hours and the client acme, but without norms."""
    made = house(tmp_path_factory.mktemp("team") / "desk.db")
    return made.closed()


@pytest.fixture
def home(model: House, tmp_path: Path) -> House:
    """A copy of that desk."""
    return model.copied(tmp_path / "desk.db")


def one(home: House, question: str, *values: object) -> Any:
    """The first row that SQLite answers."""
    return home.database.reader.execute(question, values).fetchone()


def revision(home: House) -> int:
    """The counter that tells everybody that the desk's facts are others now."""
    return int(facts.revision(home.database.reader))


ROWS = [
    ("settings", {"key": "repeat_days", "value": "14"}, {"key": "repeat_days", "value": "3"}),
    ("people", {"login": "vera", "name": "Вера", "role": "contractor"},
     {"login": "vera", "name": "Вера", "role": "specialist", "lines": "2+3"}),
    ("clients", {"code": "bolt", "name": "Болт", "domains": "bolt.example"},
     {"code": "bolt", "name": "Болт и гайка", "status": "leaving"}),
    ("contacts", {"client": "acme", "name": "Ольга", "phone": "+7 495"},
     {"client": "acme", "name": "Ольга", "email": "olga@acme.example"}),
    ("calendars", {"calendar": "night", "weekday": "mon", "opens": "22:00", "closes": "24:00"},
     {"calendar": "night", "weekday": "mon", "opens": "22:00", "closes": "23:00", "timezone": "Asia/Omsk"}),
    ("calendar_days", {"calendar": "office", "date": "2026-03-09", "kind": "off"},
     {"calendar": "office", "date": "2026-03-09", "kind": "work", "opens": "10:00", "closes": "12:00"}),
    ("norms", {"policy": "std", "priority": "high", "resolution_minutes": "480"},
     {"policy": "std", "priority": "high", "first_reply_minutes": "30"}),
    ("absences", {"login": "lida", "from": "2026-07-06", "to": "2026-07-19", "kind": "vacation"},
     {"login": "lida", "from": "2026-07-06", "to": "2026-07-08", "kind": "sick", "note": "Грипп"}),
    ("subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "12 000,50"},
     {"client": "acme", "from": "2026-01-01", "to": "2026-06-30", "monthly_fee": "11000"}),
]  # fmt: skip
FILES = [name for name, _first, _second in ROWS]


def test_every_table_is_tried_here() -> None:
    assert [shape.name for shape in SHAPES] == FILES


@pytest.mark.parametrize(("file", "first", "second"), ROWS, ids=FILES)
def test_a_row_is_entered_changed_and_each_step_undone_and_redone(
    home: House, file: str, first: dict[str, str], second: dict[str, str]
) -> None:
    seen = [home.snapshot()]
    assert enter(home.desk(), file, first) == "added"
    seen.append(home.snapshot())
    assert enter(home.desk(), file, second) == "updated"
    seen.append(home.snapshot())
    assert enter(home.desk(), file, second) == "unchanged"
    assert seen[0] != seen[1] != seen[2]
    for step, then in ((undo, 1), (undo, 0), (redo, 1), (redo, 2), (undo, 1)):
        step(home.desk())
        assert home.snapshot() == seen[then], f"{step.__name__} to {then}"
    assert home.differences() == []
    kinds = [kind for (kind,) in home.database.reader.execute("SELECT kind FROM event ORDER BY id DESC LIMIT 7")]
    assert kinds[::-1] == ["added", "changed", "undo", "undo", "undo", "undo", "undo"]


@pytest.mark.parametrize(("file", "first", "second"), ROWS, ids=FILES)
def test_who_may_not_change_the_desk_changes_nothing(
    home: House, file: str, first: dict[str, str], second: dict[str, str]
) -> None:
    before = home.snapshot()
    home.people["dora"] = Role.DIRECTOR
    for login in ("lida", "dora"):
        with pytest.raises(NotAllowed, match=f"^{login} .* may not change people, clients and settings"):
            enter(home.desk(login), file, first)
    assert home.snapshot() == before


REFUSED = [
    ("settings", {"key": "colour", "value": "red"}, "key",
     "There is no setting «colour»; known are lead, currency, timezone, country, calendar, language, share_rate, "
     "guaranteed_minimum, probation_salary, probation_until, proration, repeat_days, at_risk_minutes, stale_days, "
     "points_gap."),
    ("settings", {"key": "proration", "value": "weekly"}, "value", "«weekly» is none of daily, none."),
    ("settings", {"key": "language", "value": "de"}, "value", "«de» is none of en, ru, uk."),
    ("settings", {"key": "stale_days", "value": "0"}, "value", "«0» is not a whole number from 1 to 3650."),
    ("settings", {"key": "lead", "value": "Anna"}, "value",
     "«Anna» is no login: small Latin letters, digits, . _ and -, a letter first, at most 32."),
    ("settings", {"key": "probation_salary", "value": "-1"}, "value", "A price can't be negative: -1"),
    ("people", {"login": "Vera", "name": "V", "role": "lead"}, "login",
     "«Vera» is no login: small Latin letters, digits, . _ and -, a letter first, at most 32."),
    ("people", {"login": "vera", "name": "", "role": "lead"}, "name", "name must be given."),
    ("people", {"login": "vera", "name": "V"}, "role", "role must be given."),
    ("people", {"login": "vera", "name": "V", "role": "boss"}, "role",
     "«boss» is none of lead, specialist, contractor, director, accountant."),
    ("people", {"login": "vera", "name": "V", "role": "lead", "lines": "1+4"}, "lines",
     "«1+4» is no list of lines; write 1, 2, 3 or such as 1+2."),
    ("people", {"login": "vera", "name": "V", "role": "lead", "weekly_hours": "169"}, "weekly_hours",
     "«169» is not a number of hours from 0 to 168 in whole minutes."),
    ("people", {"login": "vera", "name": "V", "role": "lead", "started": "2026-03-02", "ended": "2026-03-01"}, "ended",
     "It ends (2026-03-01) before it starts (2026-03-02)."),
    ("clients", {"code": "bolt", "name": "B", "status": "gone"}, "status", "«gone» is none of active, leaving, left."),
    ("clients", {"code": "bolt", "name": "\u200b"}, "name", "name must be given."),
    ("calendars", {"calendar": "x", "weekday": "mon", "opens": "9", "closes": "18:00"}, "opens",
     "«9» is no time of day; write 09:00 or 24:00."),
    ("calendars", {"calendar": "x", "weekday": "mon", "opens": "09:00", "closes": "09:00"}, "closes",
     "The closing time must be after the opening time of the same day; midnight at the end of a day is 24:00"),
    ("calendar_days", {"calendar": "x", "date": "2026-02-29", "kind": "off"}, "date",
     "«2026-02-29» is not a date; write it such as 2026-10-31 or 31.10.2026"),
    ("calendar_days", {"calendar": "x", "date": "2026-03-09", "kind": "work", "closes": "12:00"}, "opens",
     "Give both opens and closes, or neither."),
    ("norms", {"policy": "std", "priority": "high", "line": "4"}, "line", "«4» is not a whole number from 1 to 3."),
    ("norms", {"policy": "", "priority": "high"}, "policy", "policy must be given."),
]  # fmt: skip


@pytest.mark.parametrize(("file", "cells", "field", "said"), REFUSED)
def test_what_is_refused_says_where_and_why(
    home: House, file: str, cells: dict[str, str], field: str, said: str
) -> None:
    before, counted = home.snapshot(), one(home, "SELECT count(*) FROM event")
    with pytest.raises(Refused) as refusal:
        enter(home.desk(), file, cells)
    assert (refusal.value.field, refusal.value.message) == (field, said)
    assert home.snapshot() == before
    assert one(home, "SELECT count(*) FROM event") == counted


def test_a_contact_needs_its_client(home: House) -> None:
    before = home.snapshot()
    with pytest.raises(Refused) as refusal:
        enter(home.desk(), "contacts", {"client": "nobody", "name": "Ольга"})
    assert refusal.value.field == "client"
    assert home.snapshot() == before


def test_a_client_with_tickets_can_not_be_undone_away(home: House) -> None:
    home.client("bolt")
    number = tickets.add(home.desk("lida"), {"client": "bolt", "subject": "No power"})
    with pytest.raises(Refused):
        undo(home.desk())
    assert home.value(number, "client") == "bolt"


def test_a_person_with_tickets_can_not_be_undone_away(home: House) -> None:
    home.person("vera")
    number = tickets.add(home.desk("lida"), {"client": "acme", "subject": "No power", "assignee": "vera"})
    with pytest.raises(Refused):
        undo(home.desk())
    assert home.value(number, "assignee") == "vera"


def test_who_left_stays_in_history(home: House) -> None:
    number = home.ticket(assignee="lida")
    tickets.reply(home.desk("lida"), number, "Look at the cable")
    home.person("lida", ended="2026-03-01")
    assert home.value(number, "assignee") == "lida"
    assert one(home, "SELECT actor FROM event WHERE kind = 'reply'") == ("lida",)
    assert one(home, "SELECT name, ended FROM person WHERE login = 'lida'") == ("Lida", "2026-03-01")
    other = home.ticket("No ink")
    with pytest.raises(Refused, match="Lida doesn't work here today") as refusal:
        tickets.assign(home.desk(), other, "lida")
    assert refusal.value.code == "not_employed"
    assert home.differences() == []


@pytest.mark.parametrize(("cells", "works"), [
    ({"ended": "2026-03-02"}, True), ({"ended": "2026-03-01"}, False), ({"started": "2026-03-02"}, True),
    ({"started": "2026-03-03"}, False), ({"started": "2026-03-02", "ended": "2026-03-02"}, True), ({}, True),
])  # fmt: skip
def test_the_first_and_the_last_day_are_worked(home: House, cells: dict[str, str], works: bool) -> None:
    home.person("vera", **cells)
    number = home.ticket()
    if works:
        tickets.assign(home.desk(), number, "vera")
    else:
        with pytest.raises(Refused):
            tickets.assign(home.desk(), number, "vera")
    assert home.value(number, "assignee") == ("vera" if works else None)


# What follows from them in the same step


def test_a_norm_gives_open_tickets_their_due_times_and_undo_takes_them(home: House) -> None:
    number = home.ticket()
    assert home.value(number, "resolution_due") is None
    home.norm(30, 120)
    assert home.value(number, "first_reply_due") == at("2026-03-02T10:30:00+03:00")
    assert home.value(number, "resolution_due") == at("2026-03-02T12:00:00+03:00")
    undo(home.desk())
    assert home.value(number, "resolution_due") is None
    redo(home.desk())
    assert home.value(number, "resolution_due") == at("2026-03-02T12:00:00+03:00")
    assert home.differences() == []


def test_a_norm_for_the_line_wins_over_one_for_any(home: House) -> None:
    number = home.ticket()
    home.norm(None, 120)
    home.norm(None, 60, line="1")
    assert home.value(number, "resolution_due") == at("2026-03-02T11:00:00+03:00")
    home.norm(None, 30, line="2")
    assert home.value(number, "resolution_due") == at("2026-03-02T11:00:00+03:00")


def test_a_day_off_moves_due_times(home: House) -> None:
    home.norm(None, 540)
    number = home.ticket()
    assert home.value(number, "resolution_due") == at("2026-03-03T10:00:00+03:00")
    enter(home.desk(), "calendar_days", {"calendar": "office", "date": "2026-03-03", "kind": "off"})
    assert home.value(number, "resolution_due") == at("2026-03-04T10:00:00+03:00")
    undo(home.desk())
    assert home.value(number, "resolution_due") == at("2026-03-03T10:00:00+03:00")
    assert home.differences() == []


def test_the_calendar_of_the_client_wins_over_the_desks(home: House) -> None:
    home.norm(None, 540)
    number = home.ticket()
    home.office_hours("late", "12:00", "21:00")
    home.client("acme", policy="std", calendar="late")
    assert home.value(number, "resolution_due") == at("2026-03-02T21:00:00+03:00")
    home.client("acme", policy="std", calendar="")
    home.setting("calendar", "")
    assert home.value(number, "resolution_due") == at("2026-03-02T19:00:00+03:00"), "around the clock"
    assert home.differences() == []


def test_a_country_closes_its_holidays_and_undo_opens_them(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-03-06T17:00:00+03:00")
    home.norm(None, 120)
    number = home.ticket()
    assert home.value(number, "resolution_due") == at("2026-03-09T10:00:00+03:00")
    home.setting("country", "RU")
    assert home.value(number, "resolution_due") == at("2026-03-10T10:00:00+03:00"), "the 9th is a transferred holiday"
    assert one(home, "SELECT kind FROM public_day WHERE date = '2026-03-09'") == ("off",)
    enter(home.desk(), "calendar_days", {"calendar": "office", "date": "2026-03-09", "kind": "work"})
    assert home.value(number, "resolution_due") == at("2026-03-09T10:00:00+03:00"), "a row for the date wins"
    undo(home.desk())
    undo(home.desk())
    assert one(home, "SELECT count(*) FROM public_day") == (0,)
    assert home.value(number, "resolution_due") == at("2026-03-09T10:00:00+03:00")
    assert home.differences() == []


def test_without_a_country_there_are_no_public_days(home: House) -> None:
    home.setting("country", "UA")
    home.setting("country", "")
    assert one(home, "SELECT count(*) FROM public_day") == (0,)


def test_a_renamed_client_is_found_by_the_new_name_and_after_undo_by_the_old(home: House) -> None:
    home.client("acme", name="Ромашка", policy="std")
    number = home.ticket()
    assert queries.numbers(home.desk(), "all", search="ромашка") == [number]
    undo(home.desk())
    assert queries.numbers(home.desk(), "all", search="ромашка") == []
    assert home.differences() == []


def test_every_change_of_the_desk_is_told_to_everybody(home: House) -> None:
    for file, first, second in ROWS:
        before = revision(home)
        enter(home.desk(), file, first)
        assert revision(home) > before, file
        now = revision(home)
        enter(home.desk(), file, first)
        assert revision(home) == now, "what changes nothing isn't told"
        enter(home.desk(), file, second)
        assert revision(home) > now, file
        now = revision(home)
        undo(home.desk())
        assert revision(home) > now, file


def test_text_is_cleaned_at_the_border(home: House) -> None:
    home.client("bolt", name="\u202eBolt\x1b[31m\u200b", notes="a\r\nb\x00")
    assert one(home, "SELECT name, notes FROM client WHERE code = 'bolt'") == ("Bolt␛[31m", "a\nb␀")
