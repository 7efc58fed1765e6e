"""The next step of a new desk: what is really missing, and who does it with which key."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from desks import empty_house
from leadconsole.kernel.access import Actor, Role
from leadconsole.tickets import queries
from leadconsole.tickets.first_steps import Begun, Step, next_step
from leadconsole.tickets.screen.empty import first_steps


@pytest.mark.parametrize(
    ("clients", "norms", "promised", "step"),
    [
        (False, False, False, Step.CLIENTS),
        (False, True, False, Step.CLIENTS),
        (True, False, False, Step.NORMS),
        (True, True, False, Step.POLICY),
        (True, True, True, Step.TICKETS),
    ],
)
def test_the_next_step_is_what_is_missing(clients: bool, norms: bool, promised: bool, step: Step) -> None:
    assert next_step(Begun(clients, norms, promised, tickets=False)) == step


def test_with_tickets_there_is_no_first_step() -> None:
    assert {next_step(Begun(a, b, c, True)) for a, b, c in product((False, True), repeat=3)} == {None}


def test_a_desk_goes_through_its_steps(tmp_path: Path) -> None:
    made = empty_house(tmp_path / "desk.db")
    desk = made.desk()
    seen = [next_step(queries.begun(desk))]
    made.client("gone", status="left", policy="std")
    made.client("acme")
    seen.append(next_step(queries.begun(desk)))
    made.norm(60, 480)
    seen.append(next_step(queries.begun(desk)))
    made.client("acme", policy="std")
    seen.append(next_step(queries.begun(desk)))
    made.ticket()
    seen.append(next_step(queries.begun(desk)))
    assert seen == [Step.CLIENTS, Step.NORMS, Step.POLICY, Step.TICKETS, None]


def test_each_step_says_how_and_to_whom_it_belongs() -> None:
    lead, specialist = Actor("anna", Role.LEAD), Actor("lida", Role.SPECIALIST)
    keys = {"ticket.add": "N", "queue.next-view": "]", "queue.view": "f"}.__getitem__
    for begun, how in (
        (Begun(False, False, False, False), "7 opens the Desk screen"),
        (Begun(True, False, False, False), "7 opens the Desk screen"),
        (Begun(True, True, False, False), "7 opens the Desk screen"),
        (Begun(True, True, True, False), "N writes it down"),
    ):
        text = first_steps(begun, lead, keys)
        assert how in text
        assert text.count("→") == 1
        assert text.count("✓") == [begun.clients, begun.norms, begun.promised].count(True) - (begun.promised * 1)
        others = first_steps(begun, specialist, keys)
        assert ("Your team lead does this." in others) == (not begun.promised)
    assert first_steps(Begun(True, True, True, True), lead, keys).startswith("Nothing waits here.")
