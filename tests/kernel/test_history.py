"""History keeps everything, and undo and redo are steps of one person written into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import House, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import Event, packed, read_event, record, redo, story, undo
from leadconsole.kernel.rows import put
from leadconsole.kernel.shape import Reading
from leadconsole.team.commands import enter
from leadconsole.team.shapes import CLIENTS
from leadconsole.team.tables import Client
from leadconsole.tickets import commands as tickets


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with a second lead, Boris."""
    made = house(tmp_path / "desk.db")
    made.person("boris", "lead")
    return made


def client(code: str, name: str) -> dict[str, Any]:
    """A whole row of a client."""
    return CLIENTS.read({"code": code, "name": name}, Reading("UTC"))


def names(home: House) -> dict[str, str]:
    """Names of clients by code."""
    return dict(home.database.reader.execute("SELECT code, name FROM client"))


def rename(home: House, login: str, code: str, name: str) -> None:
    """One step: a client gets a name."""
    enter(home.desk(login), "clients", {"code": code, "name": name})


def rename_all(home: House, login: str, given: Mapping[str, str]) -> None:
    """One step of several events."""
    with home.desk(login).write() as transaction:
        for code, name in given.items():
            put(transaction, Client, client(code, name))


def events(home: House, where: str = "1", *values: object) -> list[Event]:
    """Events in the order in which they were written."""
    columns = "id, subject, key, seq, at, recorded, actor, kind, value, text, before, after, batch, undoes"
    found = home.database.reader.execute(f"SELECT {columns} FROM event WHERE {where} ORDER BY id", values)
    return [read_event(row) for row in found]


def refused(home: House, login: str, step: Any) -> Refused:
    """The refusal of an undo or redo, which must leave nothing behind."""
    before, kept = home.snapshot(), events(home)
    with pytest.raises(Refused) as refusal:
        step(home.desk(login))
    assert (home.snapshot(), events(home)) == (before, kept)
    return refusal.value


# What is written


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET text = 'nothing happened'",
        "UPDATE event SET undoes = NULL WHERE id = 1",
        "UPDATE event SET id = id + 1000",
        "UPDATE OR REPLACE event SET id = 1 WHERE id = 2",
        "DELETE FROM event",
        "DELETE FROM event WHERE id = 1",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 1",
        "INSERT INTO event SELECT * FROM event WHERE id = 1 ON CONFLICT (id) DO UPDATE SET actor = 'mallory'",
    ],
)
def test_no_event_is_ever_changed_or_deleted(home: House, statement: str) -> None:
    kept = events(home)
    with (
        pytest.raises(sqlite3.IntegrityError, match="history is append-only"),
        home.desk().write() as transaction,
    ):
        transaction.sql.execute(statement)
    assert events(home) == kept


@pytest.mark.parametrize("statement", ["UPDATE event SET actor = 'mallory'", "DELETE FROM event"])
def test_another_program_can_not_change_history_either(home: House, statement: str) -> None:
    connection = sqlite3.connect(home.database.path)
    with pytest.raises(sqlite3.IntegrityError, match="history is append-only"):
        connection.execute(statement)
    connection.close()


def test_an_event_tells_who_when_and_from_what_to_what(home: House) -> None:
    rename(home, "anna", "bolt", "Bolt")
    home.wait(7)
    rename(home, "boris", "bolt", "Volt")
    [*_, told] = events(home)
    assert (told.subject, told.key, told.kind, told.actor) == ("client", "bolt", "changed", "boris")
    assert told.at == told.recorded == home.clock.now()
    assert told.before is not None
    assert told.after is not None
    assert (told.before["name"], told.after["name"]) == ("Bolt", "Volt")
    assert {name: value for name, value in told.before.items() if name != "name"} == {
        name: value for name, value in told.after.items() if name != "name"
    }


def test_a_story_is_numbered_from_one_by_itself(home: House) -> None:
    with home.desk().write() as transaction:
        for subject, key in (("a", "x"), ("a", "y"), ("b", "x"), ("a", "x"), ("a", "x")):
            record(transaction, subject, key, "happened")
    assert [(one.subject, one.key, one.seq) for one in events(home, "subject IN ('a', 'b')")] == [
        ("a", "x", 1), ("a", "y", 1), ("b", "x", 1), ("a", "x", 2), ("a", "x", 3),
    ]  # fmt: skip


def test_a_story_is_told_in_the_order_in_which_it_acts(home: House) -> None:
    now = home.clock.now()
    with home.desk().write() as transaction:
        record(transaction, "a", "x", "third")
        record(transaction, "a", "x", "first", at=now - 2 * MINUTE)
        record(transaction, "a", "x", "second", at=now - 2 * MINUTE)
        told = story(transaction, "a", "x")
    assert [one.kind for one in told] == ["first", "second", "third"]
    assert {one.recorded for one in told} == {now}
    assert [one.at for one in told] == [now - 2 * MINUTE, now - 2 * MINUTE, now]


def test_the_events_of_one_step_have_one_batch_and_other_steps_another(home: House) -> None:
    rename_all(home, "anna", {"acme": "A", "bolt": "B", "coil": "C"})
    rename(home, "anna", "acme", "Z")
    *_, first, second, third, last = events(home)
    assert first.batch == second.batch == third.batch == first.id
    assert last.batch == last.id


def test_equal_values_make_equal_text() -> None:
    assert packed({"b": 1, "a": "ё"}) == packed({"a": "ё", "b": 1}) == '{"a":"ё","b":1}'
    assert packed(None) is None


def test_nothing_is_recorded_while_an_import_brings_its_own_history(home: House) -> None:
    kept = events(home)
    with home.desk().write() as transaction:
        transaction.recording = False
        assert record(transaction, "a", "x", "happened") == 0
    assert events(home) == kept


def test_a_step_that_fails_leaves_no_event(home: House) -> None:
    kept = events(home)

    def fail() -> None:
        with home.desk().write() as transaction:
            record(transaction, "a", "x", "happened")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert events(home) == kept


# Undo


def test_undo_takes_back_all_of_the_last_step_and_nothing_else(home: House) -> None:
    rename(home, "anna", "acme", "First")
    rename_all(home, "anna", {"acme": "Second", "bolt": "Bolt", "coil": "Coil"})
    undo(home.desk())
    assert names(home) == {"acme": "First"}
    undo(home.desk())
    assert names(home) == {"acme": "Acme"}


def test_one_step_may_change_the_same_row_twice(home: House) -> None:
    with home.desk().write() as transaction:
        for name in ("One", "Two", "Three"):
            put(transaction, Client, client("acme", name))
    undo(home.desk())
    assert names(home)["acme"] == "Acme"
    redo(home.desk())
    assert names(home)["acme"] == "Three"


def test_an_undo_is_an_event_that_names_what_it_undoes(home: House) -> None:
    rename_all(home, "anna", {"acme": "A", "bolt": "B"})
    first, second = events(home)[-2:]
    home.wait(3)
    undo(home.desk())
    back, and_back = events(home)[-2:]
    assert [one.kind for one in (back, and_back)] == ["undo", "undo"]
    assert (back.key, back.value) == ("bolt", str(second.seq))
    assert (and_back.key, and_back.value) == ("acme", str(first.seq))
    assert back.undoes == and_back.undoes == first.batch
    assert back.batch == and_back.batch == back.id
    assert back.recorded == home.clock.now()
    assert (back.before, back.after) == (second.after, None)
    assert events(home)[-4:-2] == [first, second], "what was undone stays in history"


def test_undo_says_what_it_took_back(home: House) -> None:
    number = home.ticket()
    tickets.assign(home.desk(), number, "lida")
    assert str(number) in undo(home.desk())
    assert home.value(number, "assignee") is None


def test_each_person_undoes_only_their_own_steps(home: House) -> None:
    rename(home, "anna", "bolt", "Anna's")
    rename(home, "boris", "coil", "Boris'")
    rename(home, "anna", "acme", "Anna's")
    undo(home.desk("boris"))
    assert names(home) == {"acme": "Anna's", "bolt": "Anna's"}
    assert refused(home, "boris", undo).code == "nothing_to_undo"
    assert refused(home, "lida", undo).message == "There is nothing of yours to undo."
    assert refused(home, "anna", redo).code == "nothing_to_redo", "Boris' undo is his to redo"
    redo(home.desk("boris"))
    assert names(home)["coil"] == "Boris'"


def test_undo_is_refused_when_another_has_changed_it_since(home: House) -> None:
    rename(home, "anna", "acme", "Anna's")
    rename(home, "boris", "acme", "Boris'")
    assert refused(home, "anna", undo).code == "changed_since"
    undo(home.desk("boris"))
    undo(home.desk("anna"))
    assert names(home)["acme"] == "Acme"


def test_a_step_of_which_one_event_can_not_be_undone_stays_whole(home: House) -> None:
    rename_all(home, "anna", {"acme": "A", "bolt": "B"})
    rename(home, "boris", "acme", "Boris'")
    assert refused(home, "anna", undo).code == "changed_since"
    assert names(home) == {"acme": "Boris'", "bolt": "B"}


def test_undo_of_a_ticket_is_refused_when_another_has_set_the_same_since(home: House) -> None:
    number = home.ticket(assignee="oleg")
    tickets.assign(home.desk("lida"), number, "lida")
    tickets.assign(home.desk("anna"), number, "anna")
    refusal = refused(home, "lida", undo)
    assert refusal.code == "changed_since"
    assert "anna" in refusal.message


def test_undo_of_a_ticket_does_not_mind_what_another_has_set_beside_it(home: House) -> None:
    number = home.ticket()
    tickets.assign(home.desk("lida"), number, "lida")
    tickets.set_priority(home.desk("anna"), number, "urgent")
    undo(home.desk("lida"))
    assert (home.value(number, "assignee"), home.value(number, "priority")) == (None, "urgent")


def test_a_row_that_others_build_on_is_not_undone(home: House) -> None:
    home.client("bolt")
    number = tickets.add(home.desk("lida"), {"client": "bolt", "subject": "No power"})
    with pytest.raises(Refused):
        undo(home.desk())
    assert "bolt" in names(home)
    assert home.value(number, "client") == "bolt"


def test_undo_works_after_a_restart(home: House) -> None:
    rename(home, "anna", "acme", "Zenith")
    home = home.again()
    undo(home.desk())
    assert names(home)["acme"] == "Acme"
    home = home.again()
    redo(home.desk())
    assert names(home)["acme"] == "Zenith"


def test_undo_sees_the_steps_of_the_same_person_in_another_window(home: House) -> None:
    beside = home.again_beside()
    rename(home, "anna", "acme", "Zenith")
    undo(beside.desk())
    assert names(home)["acme"] == "Acme"


def test_what_is_not_undoable_is_no_step(home: House) -> None:
    rename(home, "anna", "acme", "Zenith")
    with home.desk().write() as transaction:
        transaction.undoable = False
        put(transaction, Client, client("bolt", "Imported"))
    undo(home.desk())
    assert names(home) == {"acme": "Acme", "bolt": "Imported"}


def test_who_may_not_undo_is_refused(home: House) -> None:
    home.people["dora"] = Role.DIRECTOR
    for step in (undo, redo):
        with pytest.raises(NotAllowed, match="dora"):
            step(home.desk("dora"))


# Redo


def test_redo_brings_steps_back_in_the_order_in_which_they_were_done(home: House) -> None:
    for name in ("One", "Two", "Three"):
        rename(home, "anna", "acme", name)
    seen = []
    for step in (undo, undo, undo, redo, redo, undo, redo, redo):
        step(home.desk())
        seen.append(names(home)["acme"])
    assert seen == ["Two", "One", "Acme", "One", "Two", "One", "Two", "Three"]
    assert refused(home, "anna", redo).message == "There is nothing of yours to redo."


def test_redo_is_lost_after_a_new_step(home: House) -> None:
    rename(home, "anna", "acme", "Zenith")
    undo(home.desk())
    rename(home, "anna", "bolt", "Bolt")
    assert refused(home, "anna", redo).code == "nothing_to_redo"
    undo(home.desk())
    redo(home.desk())
    assert names(home) == {"acme": "Acme", "bolt": "Bolt"}
    assert refused(home, "anna", redo).code == "nothing_to_redo", "what was lost stays lost"


def test_redo_is_not_lost_by_what_others_do(home: House) -> None:
    rename(home, "anna", "acme", "Zenith")
    undo(home.desk())
    rename(home, "boris", "bolt", "Bolt")
    redo(home.desk())
    assert names(home)["acme"] == "Zenith"


def test_redo_is_refused_when_another_has_changed_it_since(home: House) -> None:
    rename(home, "anna", "acme", "Anna's")
    undo(home.desk())
    rename(home, "boris", "acme", "Boris'")
    assert refused(home, "anna", redo).code == "changed_since"


def test_without_steps_there_is_nothing_to_redo(home: House) -> None:
    assert refused(home, "lida", redo).code == "nothing_to_redo"
    rename(home, "anna", "acme", "Zenith")
    assert refused(home, "anna", redo).code == "nothing_to_redo"


# Whatever people do


class Pen:
    """What a person should see: a stack of steps done, a stack of steps undone."""

    def __init__(self, login: str) -> None:
        self.login = login
        self.done: list[dict[str, str]] = []
        self.undone: list[dict[str, str]] = []

    def clients(self) -> dict[str, str]:
        """The clients that the steps done have made."""
        made: dict[str, str] = {}
        for step in self.done:
            made |= step
        return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Iterator[int]]]:
    """One desk for all examples; each has people and clients of its own."""
    made = house(tmp_path_factory.mktemp("history") / "desk.db")
    yield made, count()
    made.database.close()


STEP = st.tuples(
    st.integers(0, 1),
    st.one_of(
        st.sampled_from(["undo", "undo", "redo"]),
        st.dictionaries(st.sampled_from("abc"), st.sampled_from(["One", "Two", "Three"]), min_size=1),
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_any_mix_of_steps_undos_and_redos_of_two_people(
    shared: tuple[House, Iterator[int]], steps: list[tuple[int, str | dict[str, str]]]
) -> None:
    home, numbers = shared
    own = f"n{next(numbers)}"
    pens = [Pen(f"{own}a"), Pen(f"{own}b")]
    for pen in pens:
        home.people[pen.login] = Role.LEAD
    for who, step in steps:
        pen = pens[who]
        if isinstance(step, dict):
            wanted = {f"{pen.login}-{code}": name for code, name in step.items()}
            changes = {code: name for code, name in wanted.items() if pen.clients().get(code) != name}
            rename_all(home, pen.login, wanted)
            if changes:  # what changes nothing is no step
                pen.done.append(changes)
                pen.undone.clear()
            continue
        here, there = (pen.done, pen.undone) if step == "undo" else (pen.undone, pen.done)
        act = undo if step == "undo" else redo
        if here:
            act(home.desk(pen.login))
            there.append(here.pop())
        else:
            with pytest.raises(Refused):
                act(home.desk(pen.login))
    for pen in pens:
        found = home.database.reader.execute("SELECT code, name FROM client WHERE code LIKE ?", (f"{pen.login}-%",))
        assert dict(found) == pen.clients()
