"""A plan that is approved: absence, dated substitutions with their rights, sheets that are read, and the brief."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, at, house
from leadconsole.curation import approving, commands, progress, sheets
from leadconsole.curation.facts import Absence
from leadconsole.kernel import i18n
from leadconsole.kernel.access import Capability, Role
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.history import undo
from leadconsole.team.commands import enter
from leadconsole.team.seat import open_desk
from leadconsole.tickets import commands as tickets

LIDA = Absence("lida", "2026-03-09", "2026-03-13")


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.client("bolt")
    made.client("acme", name="Acme <b>", notes="Call first", toxic_since="2026-02-01", toxic_reason="shouts")
    enter(made.desk(), "contacts", {"client": "acme", "name": "Olga", "phone": "+7 495 000"})
    levels = [
        ("acme", "lida", "lead"),
        ("acme", "oleg", "curator"),
        ("bolt", "lida", "lead"),
        ("bolt", "oleg", "curator"),
    ]
    commands.set_levels(made.desk(), levels, "2026-01-01")
    return made


def role(home: House, login: str) -> Role:
    """The role with which somebody sits down at the desk now."""
    desk = open_desk(home.database.path, home.clock, login)
    desk.database.close()
    return desk.actor.role


def test_one_step_makes_the_absence_and_the_substitutions(home: House) -> None:
    before = home.snapshot()
    made = approving.approve(home.desk(), [LIDA], note="sea")
    assert (made.absences, made.substitutions, made.uncovered) == (1, 2, ())
    rows = home.database.reader.execute("SELECT * FROM absence").fetchall()
    assert rows == [("lida", "2026-03-09", "2026-03-13", "vacation", "sea")]
    found = progress.substitutions(home.desk())
    assert [(one.client, one.absent, one.substitute, one.first, one.last, one.state) for one in found] == [
        ("acme", "lida", "oleg", "2026-03-09", "2026-03-13", "planned"),
        ("bolt", "lida", "oleg", "2026-03-09", "2026-03-13", "planned"),
    ]
    assert approving.approve(home.desk(), [LIDA]).absences == 0, "it stands on record already"
    assert len(progress.substitutions(home.desk())) == 2
    undo(home.desk())
    undo(home.desk())
    assert home.snapshot() == before


def test_a_deputy_is_one_for_the_days_of_the_substitution(home: House) -> None:
    approving.approve(home.desk(), [LIDA])
    assert role(home, "oleg") == Role.SPECIALIST
    home.clock.at = at("2026-03-09T00:00:00+03:00")
    assert role(home, "oleg") == Role.DEPUTY
    assert role(home, "lida") == Role.SPECIALIST
    home.clock.at = at("2026-03-13T23:59:00+03:00")
    assert role(home, "oleg") == Role.DEPUTY
    home.clock.at = at("2026-03-14T00:00:00+03:00")
    assert role(home, "oleg") == Role.SPECIALIST
    assert {one.state for one in progress.substitutions(home.desk())} == {"over"}


def test_only_who_stands_in_for_the_lead_may_change_the_roster(home: House) -> None:
    commands.set_levels(home.desk(), [("acme", "anna", "lead"), ("bolt", "lida", "lead")], "2026-03-01")
    approving.approve(home.desk(), [Absence("anna", "2026-03-09", "2026-03-10"), LIDA])
    for day, login, may in (("09", "oleg", True), ("11", "oleg", False), ("08", "oleg", False), ("09", "lida", False)):
        home.clock.at = at(f"2026-03-{day}T12:00:00+03:00")
        desk = open_desk(home.database.path, home.clock, login)
        assert desk.actor.may(Capability.CHANGE_ROSTER) is may, (day, login)
        assert not desk.actor.may(Capability.READ_PAYOUT)
        desk.database.close()


def test_a_substitution_ends_early(home: House) -> None:
    approving.approve(home.desk(), [LIDA])
    home.clock.at = at("2026-03-11T10:00:00+03:00")
    approving.end_substitution(home.desk(), "acme", "lida", "2026-03-09")
    (acme, _bolt) = progress.substitutions(home.desk())
    assert (acme.last, acme.state) == ("2026-03-10", "over")


def test_the_sheet_tells_all_and_the_deputy_acknowledges_it(home: House) -> None:
    promised = home.ticket("Print [/b] forms", assignee="lida", promised="2026-03-10T12:00")
    waiting = home.ticket("Bank exchange", assignee="lida")
    tickets.set_status(home.desk("lida"), waiting, "waiting_client")
    approving.set_sheet(home.desk("lida"), "acme", "VPN by Anna\nkeys in the safe", "never call before ten")
    approving.approve(home.desk(), [LIDA])
    told = sheets.sheet(home.desk("oleg"), "acme", "lida", "2026-03-09")
    assert (told.access, told.quirks) == ("VPN by Anna\nkeys in the safe", "never call before ten")
    assert [one.number for one in told.promises] == [promised]
    assert [one.number for one in told.parked] == [waiting]
    with pytest.raises(Refused, match="Only oleg"):
        approving.acknowledge(home.desk("lida"), "acme", "lida", "2026-03-09")
    approving.acknowledge(home.desk("oleg"), "acme", "lida", "2026-03-09")
    assert progress.substitutions(home.desk())[0].acknowledged == home.clock.at
    text = sheets.sheets_markdown(home.desk(), "lida")
    for part in (
        "# Handover sheet: Acme <b> (acme)", "**Toxic client since 1 Feb 2026: shouts**", "Call first", "VPN by Anna",
        "- Olga, +7 495 000", f"- {promised} Print [/b] forms", "promised for 10 Mar 2026 12:00", "Read on 2 Mar 2026",
        "(bolt)",
    ):  # fmt: skip
        assert part in text
    i18n.use("ru")
    assert "Лист передачи" in sheets.sheets_markdown(home.desk(), "lida")


def test_the_brief_tells_what_happened_meanwhile(home: House) -> None:
    old = home.ticket("Old one")
    approving.approve(home.desk(), [LIDA])
    home.clock.at = at("2026-03-10T10:00:00+03:00")
    fresh = home.ticket("Fresh one", assignee="oleg")
    tickets.reply(home.desk("oleg"), old, "Done")
    tickets.set_status(home.desk("oleg"), old, "resolved")
    home.clock.at = at("2026-03-16T10:00:00+03:00")
    home.ticket("Too late")
    told = sheets.brief(home.desk("lida"), "acme", "lida", "2026-03-09")
    assert [(one.number, one.came, one.resolved, one.replies) for one in told.happened] == [
        (old, False, True, 1),
        (fresh, True, False, 0),
    ]
    text = sheets.briefs_markdown(home.desk("lida"), "lida")
    assert f"- {old} Old one: 1 reply, resolved" in text
    assert "Too late" not in text
    assert "Nothing happened." in text  # at bolt


def test_faults_are_told(home: House) -> None:
    with pytest.raises(NotAllowed):
        approving.approve(home.desk("lida"), [LIDA])
    with pytest.raises(NotFound):
        approving.acknowledge(home.desk("oleg"), "acme", "lida", "2026-03-09")
    with pytest.raises(NotFound):
        sheets.sheet(home.desk(), "acme", "lida", "2026-03-09")
    enter(home.desk(), "absences", {"login": "lida", "from": "2026-03-12", "to": "2026-03-20", "kind": "sick"})
    with pytest.raises(Refused, match="don't overlap"):
        approving.approve(home.desk(), [LIDA])
    assert progress.substitutions(home.desk()) == ()
    cells = {"client": "acme", "absent": "lida", "from": "2026-03-09", "to": "2026-03-13", "substitute": "oleg"}
    commands.enter(home.desk(), "substitutions", cells)
    with pytest.raises(Refused, match="stands in for lida"):
        commands.enter(home.desk(), "substitutions", {**cells, "from": "2026-03-10", "substitute": "anna"})
    with pytest.raises(Refused, match="himself"):
        commands.enter(
            home.desk(), "substitutions", {**cells, "from": "2026-04-10", "to": "2026-04-11", "substitute": "lida"}
        )
