"""Who is suggested for a ticket: works its line today, has the least to do, doesn't hold it already."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from leadconsole.curation import commands as curation
from leadconsole.curation.approving import approve
from leadconsole.curation.facts import Absence
from leadconsole.dispatch import rules
from leadconsole.dispatch.queries import suggested
from leadconsole.dispatch.rules import Candidate
from leadconsole.kernel import i18n
from leadconsole.kernel.errors import NotAllowed
from leadconsole.roster import commands as roster


@pytest.fixture
def desk(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.person("vera", lines="2")
    made.person("ivan", lines="1+2")
    return made


def logins(made: House, line: int, holder: str | None = None) -> list[str]:
    return [one.login for one in suggested(made.desk(), line, holder)]


def test_the_least_loaded_of_the_line_come_first_and_there_are_three(desk: House) -> None:
    for assignee in ("anna", "anna", "ivan", "lida", "lida", "lida"):
        desk.ticket(assignee=assignee)
    assert logins(desk, 1) == ["oleg", "ivan", "anna"]
    assert logins(desk, 2) == ["vera", "ivan"]
    assert logins(desk, 3) == []


def test_finished_tickets_are_no_load(desk: House) -> None:
    from leadconsole.tickets import commands

    for assignee in ("oleg", "anna", "ivan", "lida"):
        number = desk.ticket(assignee=assignee)
        if assignee == "oleg":
            commands.set_status(desk.desk(), number, "resolved")
    assert logins(desk, 1)[0] == "oleg"


def test_only_who_works_here_today(desk: House) -> None:
    desk.person("early", started="2026-03-03")
    desk.person("gone", ended="2026-03-01")
    desk.person("last", ended="2026-03-02", lines="3")
    desk.person("first", started="2026-03-02", lines="3")
    desk.person("boss", role="director", lines="3")
    desk.person("books", role="accountant", lines="3")
    assert logins(desk, 3) == ["first", "last"]
    assert not {"early", "gone"} & set(logins(desk, 1))
    desk.wait(24 * 60)
    assert logins(desk, 3) == ["first"]


def test_the_holder_is_not_suggested_again(desk: House) -> None:
    assert logins(desk, 2, "vera") == ["ivan"]


def test_the_reason_is_in_words() -> None:
    one, two = rules.suggested(1, [Candidate("oleg", (1,), 1), Candidate("lida", (1, 2), 0)])
    assert (one.login, one.because) == ("lida", "line 1, 0 open tickets")
    assert (two.login, two.because) == ("oleg", "line 1, 1 open ticket")
    i18n.use("ru")
    assert "5" in rules.suggested(1, [Candidate("oleg", (1,), 5)])[0].because


def test_an_accountant_may_not_ask(desk: House) -> None:
    desk.person("dora", role="accountant")
    with pytest.raises(NotAllowed):
        suggested(desk.desk("dora"), 1)


def of_client(made: House, line: int = 1, holder: str | None = None) -> list[tuple[str, str | None]]:
    return [(one.login, one.beside) for one in suggested(made.desk(), line, holder, "acme")]


def test_who_leads_comes_first_then_curators_by_load_then_the_line(desk: House) -> None:
    levels = [
        ("acme", "vera", "lead"),
        ("acme", "oleg", "curator"),
        ("acme", "ivan", "curator"),
        ("acme", "lida", "learning"),
    ]
    curation.set_levels(desk.desk(), levels, "2026-01-01")
    desk.ticket(assignee="ivan")
    told = suggested(desk.desk(), 1, None, "acme")
    assert [one.login for one in told] == ["vera", "oleg", "ivan"]
    assert [one.because for one in told] == [
        "leads this client",
        "curates this client, 0 open tickets",
        "curates this client, 1 open ticket",
    ]
    assert [login for login, _beside in of_client(desk, holder="vera")] == ["oleg", "ivan", "anna"]


def test_who_is_away_is_not_suggested_and_the_substitute_acts_for_the_lead(desk: House) -> None:
    curation.set_levels(
        desk.desk(), [("acme", "vera", "lead"), ("acme", "oleg", "curator"), ("acme", "ivan", "curator")]
    )
    desk.ticket(assignee="ivan")
    approve(desk.desk(), [Absence("vera", "2026-03-02", "2026-03-06"), Absence("oleg", "2026-03-02", "2026-03-02")])
    told = suggested(desk.desk(), 1, None, "acme")
    assert told[0].login == "ivan"
    assert told[0].because == "stands in for vera, who leads this client"
    assert not {"vera", "oleg"} & {one.login for one in told}
    assert logins(desk, 2) == ["ivan"]


def test_a_toxic_client_is_never_given_to_somebody_alone(desk: House) -> None:
    desk.setting("lead", "anna")
    desk.client("acme", toxic_since="2026-02-01")
    curation.set_level(desk.desk(), "acme", "oleg", "lead")
    told = suggested(desk.desk(), 1, None, "acme")
    assert (told[0].login, told[0].beside) == ("oleg", "anna")
    assert told[0].because == "leads this client; toxic client: together with anna"
    assert all(one.beside == (None if one.login == "anna" else "anna") for one in told)


def test_while_the_team_lead_is_away_the_deputy_goes_along(desk: House) -> None:
    desk.client("acme", toxic_since="2026-02-01")
    desk.client("bolt")
    levels = [("acme", "oleg", "lead"), ("bolt", "anna", "lead"), ("bolt", "ivan", "curator")]
    curation.set_levels(desk.desk(), levels)
    assert of_client(desk)[0] == ("oleg", "anna")  # no setting names the team lead: the role does
    approve(desk.desk(), [Absence("anna", "2026-03-02", "2026-03-06")])
    assert of_client(desk)[0] == ("oleg", "ivan")


def test_of_the_line_those_on_shift_come_first() -> None:
    people = [Candidate("lida", (1,), 0, on_shift=False), Candidate("oleg", (1,), 5)]
    assert [one.login for one in rules.suggested(1, people)] == ["oleg", "lida"]


def test_who_is_on_shift_now_comes_before_who_leads_the_client_and_is_not(desk: House) -> None:
    home = desk
    home.setting("timezone", "Europe/Moscow")
    roster.enter(home.desk(), "shift_types", {"code": "D", "name": "Day", "starts": "00:00", "ends": "23:59"})
    curation.set_levels(home.desk(), [("acme", "vera", "lead"), ("acme", "ivan", "curator")], "2026-01-01")
    roster.set_shifts(home.desk(), {("vera", "2026-03-03"): "D", ("oleg", "2026-03-02"): "D"})
    told = suggested(home.desk(), 1, None, "acme")
    assert [(one.login, one.because) for one in told] == [
        ("ivan", "curates this client, 0 open tickets"),
        ("anna", "line 1, 0 open tickets"),
        ("lida", "line 1, 0 open tickets"),
    ]
    home.person("rita", lines="3")
    roster.set_shifts(home.desk(), {("rita", "2026-03-02"): "D", ("ivan", "2026-03-04"): "D"})
    told = suggested(home.desk(), 3, None, "acme")
    assert [(one.login, one.because) for one in told] == [
        ("rita", "line 3, 0 open tickets; on shift until 23:59"),
        ("vera", "leads this client; not on shift now"),
        ("ivan", "curates this client, 0 open tickets; not on shift now"),
    ]
