"""What the desk says of itself: its settings, who can take tickets today, whom it works for."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, empty_house, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import NotAllowed, NotFound
from leadconsole.team.commands import enter
from leadconsole.team.facts import Calendars
from leadconsole.team.queries import Worker, clients, desk_settings, workers
from leadconsole.team.seat import desk_language, open_desk


@pytest.fixture
def home(tmp_path: Path) -> House:
    """Anna, Lida and Oleg with office hours and the client acme."""
    return house(tmp_path / "desk.db")


def logins(home: House) -> list[str]:
    """Who can take tickets today."""
    return [worker.login for worker in workers(home.desk())]


def test_settings_have_their_defaults(tmp_path: Path) -> None:
    told = desk_settings(empty_house(tmp_path / "desk.db").desk())
    assert (told.lead, told.currency, told.timezone, told.country) == ("", "RUB", "Europe/Moscow", "")
    assert (told.calendar, told.language) == ("", "")
    assert (told.repeat_days, told.at_risk_minutes, told.stale_days) == (7, 60, 90)


def test_settings_are_what_was_entered_and_empty_is_the_default_again(home: House) -> None:
    home.setting("repeat_days", "0")
    home.setting("timezone", "Asia/Omsk")
    home.setting("country", "ru")
    told = desk_settings(home.desk())
    assert (told.repeat_days, told.timezone, told.country) == (0, "Asia/Omsk", "RU")
    home.setting("timezone", "")
    assert desk_settings(home.desk()).timezone == "Europe/Moscow"


def test_workers_are_told_by_name_with_their_lines(home: House) -> None:
    home.person("vera", "contractor", name="Алла", lines="3+1")
    assert workers(home.desk())[-1] == Worker("vera", "Алла", "contractor", (1, 3))
    assert logins(home) == ["anna", "lida", "oleg", "vera"]


def test_directors_and_accountants_take_no_tickets(home: House) -> None:
    home.person("dora", "director")
    home.person("petr", "accountant")
    assert logins(home) == ["anna", "lida", "oleg"]


def test_workers_are_those_employed_today_in_the_desks_zone(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-03-02T23:30:00+03:00")
    home.person("vera", ended="2026-03-02")
    home.person("igor", started="2026-03-03")
    assert logins(home) == ["anna", "lida", "oleg", "vera"]
    home.setting("timezone", "Asia/Omsk")
    assert logins(home) == ["anna", "igor", "lida", "oleg"], "there it is the 3rd"
    home.setting("timezone", "Europe/Moscow")
    home.wait(31)
    assert logins(home) == ["anna", "igor", "lida", "oleg"]


def test_clients_who_left_are_not_offered(home: House) -> None:
    home.client("bolt", name="Абак", status="leaving")
    home.client("coil", name="Zenith", status="left")
    assert clients(home.desk()) == [("acme", "Acme", "active"), ("bolt", "Абак", "leaving")]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ACCOUNTANT])
def test_who_may_not_see_people_and_clients_is_refused(home: House, role: Role) -> None:
    home.people["dora"] = role
    for read in (lambda: workers(home.desk("dora")), lambda: clients(home.desk("dora"))):
        with pytest.raises(NotAllowed, match="may not see people and clients"):
            read()
    with pytest.raises(NotAllowed):
        desk_settings(home.desk("dora"))


def test_a_calendar_is_the_clients_else_the_desks_else_around_the_clock(home: House) -> None:
    home.office_hours("late", "12:00", "21:00")
    calendars = Calendars(home.database.reader)
    assert calendars.known() == {"office", "late"}
    late, office = calendars.of("late"), calendars.of(None)
    assert late is not office
    assert calendars.of("no such") is office
    home.setting("calendar", "")
    assert Calendars(home.database.reader).of(None) not in (late, office)


def test_days_of_the_country_can_be_loaded_over_the_built_in_ones(home: House) -> None:
    from leadconsole.kernel.worktime import DayKind
    from leadconsole.team.facts import public_days

    home.setting("country", "RU")
    enter(home.desk(), "calendar_days", {"calendar": "RU", "date": "2030-01-09", "kind": "off"})
    enter(home.desk(), "calendar_days", {"calendar": "RU", "date": "2026-03-09", "kind": "work"})
    days = {day.isoformat(): kind for day, kind in public_days(home.database.reader, "RU").items()}
    assert (days["2030-01-09"], days["2026-03-09"]) == (DayKind.OFF, DayKind.WORK)
    assert public_days(home.database.reader, "") == {}


def test_who_sits_down_has_the_role_of_the_desk(home: House) -> None:
    home.person("dora", "director")
    home.setting("lead", "anna")
    home.setting("language", "ru")
    path = home.database.path
    seen = {}
    for login in (None, "lida", "dora"):
        desk = open_desk(path, home.clock, login)
        seen[login] = (desk.actor.login, desk.actor.role)
        desk.database.close()
    assert seen == {
        None: ("anna", Role.LEAD),
        "lida": ("lida", Role.SPECIALIST),
        "dora": ("dora", Role.DIRECTOR),
    }
    with pytest.raises(NotFound, match=r"There is no person «nobody» at this desk\."):
        open_desk(path, home.clock, "nobody")
    assert desk_language(path) == "ru"


def test_the_language_of_what_is_no_desk_is_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x" * 200)
    assert [desk_language(tmp_path / name) for name in ("notes.txt", "missing.db", ".")] == ["", "", ""]
