"""Levels that the tickets speak for, by stated thresholds, and confirmed in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, empty_house, house
from intake.folders import load
from leadconsole.curation import commands, evidence, queries
from leadconsole.curation.evidence import Seen
from leadconsole.curation.proposing import proposals, rules_in_words
from leadconsole.kernel.history import undo
from leadconsole.team.commands import enter
from leadconsole.tickets import commands as tickets

LOG = Path(__file__).parents[2] / "../shared/cases/tickets/italian_helpdesk/helpdesk.csv.gz"


@pytest.mark.parametrize(
    ("seen", "held", "wanted"),
    [
        ([], {}, {}),
        ([Seen("a", 1, 1, 5)], {}, {"a": "lead"}),
        (
            [Seen("a", 9, 20, 5), Seen("b", 3, 20, 9), Seen("c", 1, 20, 1)],
            {},
            {"a": "lead", "b": "curator", "c": "learning"},
        ),
        ([Seen("a", 2, 4, 5), Seen("b", 2, 4, 9)], {}, {"b": "lead", "a": "curator"}),
        # An appointed lead stays, nobody is proposed a lower level.
        ([Seen("a", 9, 10, 5), Seen("b", 1, 10, 9)], {"b": "lead"}, {"a": "curator"}),
        ([Seen("a", 1, 10, 5)], {"b": "lead", "a": "curator"}, {}),
    ],
)
def test_thresholds(seen: list[Seen], held: dict[str, str], wanted: dict[str, str]) -> None:
    assert evidence.proposed(seen, held) == wanted


def test_proposals_are_confirmed_in_one_step(tmp_path: Path) -> None:
    home: House = house(tmp_path / "desk.db")
    for _ticket in range(3):
        number = home.ticket(assignee="lida")
        tickets.reply(home.desk("oleg"), number, "seen")
    tickets.reply(home.desk("lida"), number, "mine")
    enter(home.desk(), "clients", {"code": "bolt", "name": "Bolt"})
    home.person("gone")
    home.ticket(client="bolt", assignee="gone")
    enter(home.desk(), "people", {"login": "gone", "ended": "2026-03-01"})
    found = proposals(home.desk())
    assert [(one.client, one.login, one.level, one.present) for one in found] == [
        ("acme", "oleg", "lead", None),
        ("acme", "lida", "curator", None),
    ]
    assert found[0].because == "3 tickets of 3, last on 2 Mar 2026"
    assert commands.set_levels(home.desk(), [(one.client, one.login, one.level) for one in found]) == 2
    assert proposals(home.desk()) == ()
    undo(home.desk())
    assert len(proposals(home.desk())) == 2
    assert len(rules_in_words()) == 3


def test_stale_is_shown_and_changes_no_cover(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    home.setting("stale_days", "30")
    home.ticket(assignee="lida")
    commands.set_level(home.desk(), "acme", "lida", "lead")
    assert not queries.evidence(home.desk()).stale("acme", "lida")
    home.wait(31 * 24 * 60)
    assert queries.evidence(home.desk()).stale("acme", "lida")
    assert queries.cell(home.desk(), "acme", "lida").stale
    assert queries.matrix(home.desk()).clients[0].depth == 1


@pytest.mark.skipif(not LOG.exists(), reason="the external cases are not here")
def test_an_event_log_of_another_desk_makes_a_matrix(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    load(home, LOG, mapping="italian_helpdesk")
    found = proposals(home.desk())
    assert len({one.login for one in found}) == 22
    # Three customers stand only in later rows of tickets that began with another one: they have no ticket.
    assert len({one.client for one in found}) == sum(one.level == "lead" for one in found) == 394
    commands.set_levels(home.desk(), [(one.client, one.login, one.level) for one in found])
    matrix = queries.matrix(home.desk())
    assert (len(matrix.people), len(matrix.clients), len(matrix.cells)) == (22, 397, len(found))
    assert sum(client.lead is not None for client in matrix.clients) == 394
