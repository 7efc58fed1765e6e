"""Which ticket comes next, that two never get the same one, and that a pass is remembered with its reason."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.screen.houses import cover_house
from desks import House, house
from leadconsole.curation import commands as curation
from leadconsole.dispatch.rules import NO_TIES, Nearness, Ties, nearness
from leadconsole.kernel.clock import HOUR, MINUTE
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.tickets import commands as tickets
from leadconsole.tickets.agenda import Held
from leadconsole.tickets.rows import QueueRow
from leadconsole.today import commands, queries, serving
from today.test_rules import NOW, TIMES, row

HERE = frozenset({"lida", "anna", "oleg"})


@pytest.mark.parametrize(
    ("levels", "here", "ties", "wanted"),
    [
        ({"lida": "lead"}, HERE, NO_TIES, Nearness.LEADS),
        ({"oleg": "lead"}, HERE - {"oleg"}, Ties({}, {"lida": "oleg"}), Nearness.STANDS_IN),
        ({"oleg": "lead", "lida": "curator"}, HERE - {"oleg"}, NO_TIES, Nearness.CURATES_ALONE),
        ({"oleg": "lead", "lida": "curator"}, HERE, NO_TIES, Nearness.CURATES),
        ({"oleg": "lead", "lida": "curator"}, HERE - {"oleg"}, Ties({}, {"anna": "oleg"}), Nearness.CURATES),
        ({}, HERE, NO_TIES, Nearness.NOBODY_NEARER),
        ({"oleg": "lead"}, HERE - {"oleg"}, NO_TIES, Nearness.NOBODY_NEARER),
        ({"lida": "learning", "oleg": "curator"}, HERE, NO_TIES, Nearness.LED_BY_OTHER),
        ({"oleg": "lead"}, HERE, Ties({}, {}, "anna"), Nearness.TOXIC),
        ({"lida": "lead"}, HERE, Ties({}, {}, "anna"), Nearness.LEADS),
    ],
)
def test_how_near_somebody_is(
    levels: dict[str, str], here: frozenset[str], ties: Ties, wanted: Nearness
) -> None:  # fmt: skip
    assert nearness("lida", levels, here, ties) is wanted


def free(number: int, client: str = "a", line: int = 1, urgency: int = NOW + 9 * HOUR, **more: Any) -> QueueRow:
    """A ticket that nobody has."""
    return row(number, client=client, line=line, urgency=urgency, assignee=None, **more)


def test_the_own_come_first_then_what_presses_then_the_nearest_client() -> None:
    near = {"a": Nearness.LED_BY_OTHER, "b": Nearness.LEADS, "c": Nearness.CURATES_ALONE}
    late = free(1, "a", state="overdue", urgency=NOW - MINUTE)
    rows = [free(2, "a", urgency=NOW + HOUR), free(3, "b"), free(4, "c"), late, free(5, "b", line=3)]
    own = [Held(row(9))]

    def chosen(held: list[Held], passed: set[int]) -> tuple[int, bool] | None:
        found = serving.following(held, rows, near, (1, 2), passed, TIMES)
        return None if found is None else (found.row.number, found.mine)

    assert chosen(own, set()) == (9, True)
    assert chosen(own, {9}) == (1, False), "overdue, although somebody else leads the client"
    assert chosen([], {1}) == (3, False)
    assert chosen([], {1, 3}) == (4, False)
    assert chosen([], {1, 3, 4}) == (2, False)
    assert chosen([], {1, 2, 3, 4}) is None, "the last one is on line 3"
    found = serving.following([], rows, near, (1,), {1}, TIMES)
    assert found is not None
    assert found.because == "You lead this client."


@given(st.sets(st.integers(1, 6)), st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=3))
def test_what_was_passed_over_or_is_on_another_line_is_never_served(passed: set[int], lines: list[int]) -> None:
    rows = [free(number, line=number % 3 + 1) for number in range(1, 7)]
    found = serving.following([], rows, {"a": Nearness.LEADS}, lines, passed, TIMES)
    left = {one.number for one in rows if one.line in lines} - passed
    assert (found is None) == (not left)
    assert found is None or found.row.number in left


@pytest.fixture
def home(tmp_path: Path) -> House:
    """Lida leads Bolt and Coral; of nobody: one of each client."""
    made = cover_house(tmp_path / "desk.db")
    made.norm(240, 480)
    for client in ("acme", "coral", "delta"):
        made.ticket(f"for {client}", client)
    return made


def test_serving_takes_and_one_undo_gives_back(home: House) -> None:
    desk = home.desk("lida")
    for number in (2, 3):
        assert commands.serve(desk).row.number == 2, "her own come first until they are done"
        tickets.set_status(desk, number, "resolved")
        home.value(number, "status")
        if number == 2:
            assert commands.serve(desk).row.number == 3
            break
    tickets.set_status(desk, 3, "resolved")
    found = commands.serve(desk)
    assert (found.row.client, found.mine, found.because) == ("coral", False, "You lead this client.")
    number = found.row.number
    assert (home.value(number, "assignee"), home.value(number, "status")) == ("lida", "open")
    undo(desk)
    assert (home.value(number, "assignee"), home.value(number, "status")) == (None, "new")
    redo(desk)
    assert home.value(number, "assignee") == "lida"
    assert home.differences() == []


def test_a_pass_stays_in_the_history_frees_what_was_just_taken_and_holds_for_the_day(home: House) -> None:
    desk = home.desk("vera")
    home.database.reader.execute("SELECT 1")
    tickets.move_line(home.desk(), 6, 2, "for Vera")
    first = commands.serve(desk)
    assert (first.row.number, first.because) == (6, "You curate this client, and whoever leads it is away.")
    with pytest.raises(Refused):
        commands.skip(desk, 6, "  ")
    commands.skip(desk, 6, "needs the database password")
    assert home.value(6, "assignee") is None, "she had only just taken it"
    with pytest.raises(Refused, match="Nothing is left"):
        commands.serve(desk)
    told = home.database.reader.execute("SELECT actor, text FROM event WHERE kind = 'skipped'").fetchall()
    assert told == [("vera", "needs the database password")]
    undo(desk)
    assert home.value(6, "assignee") == "vera"
    assert commands.serve(desk).row.number == 6
    redo(desk)
    home.wait(24 * 60)
    assert commands.serve(desk).row.number == 6, "tomorrow it comes again"
    assert home.differences() == []


def test_an_own_ticket_that_is_passed_over_stays_ones_own(home: House) -> None:
    desk = home.desk("lida")
    commands.skip(desk, 2, "waits for a part")
    assert home.value(2, "assignee") == "lida"
    assert commands.serve(desk).row.number == 3
    tickets.set_status(desk, 3, "resolved")
    with pytest.raises(Refused):
        commands.skip(desk, 3, "done")


def test_many_who_press_at_once_get_different_tickets(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    people = [f"p{number}" for number in range(6)]
    for login in people:
        made.person(login)
    for number in range(6):
        made.ticket(f"ticket {number}")
    got: list[int] = []

    def press(login: str) -> None:
        got.append(commands.serve(made.again_beside().desk(login)).row.number)

    threads = [Thread(target=press, args=(login,)) for login in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [1, 2, 3, 4, 5, 6]


def test_a_lead_works_every_line_and_a_substitute_is_nearest(home: House) -> None:
    cells = {"client": "delta", "absent": "oleg", "from": "2026-02-26", "to": "2026-03-06", "substitute": "anna"}
    curation.enter(home.desk(), "substitutions", cells)
    tickets.set_status(home.desk(), 1, "resolved")
    found = queries.upcoming(home.desk())
    assert found is not None
    assert (found.row.client, found.because) == ("acme", "You lead this client.")
    tickets.assign(home.desk(), found.row.number, "lida")
    found = queries.upcoming(home.desk())
    assert found is not None
    assert (found.row.client, found.because) == ("delta", "You stand in for whoever leads this client.")
