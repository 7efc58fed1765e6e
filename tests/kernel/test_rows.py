"""Rows with a key: put, dropped and taken back, each change once in history with its before and after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desks import House, house
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.rows import drop, model_of, named, put
from leadconsole.kernel.shape import Reading
from leadconsole.team.shapes import CONTACTS, NORMS
from leadconsole.team.tables import Contact, Norm


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with no contacts and no norms."""
    return house(tmp_path / "desk.db")


def contact(name: str = "Ольга", **cells: str) -> dict[str, Any]:
    """A whole row of a contact of acme."""
    return CONTACTS.read({"client": "acme", "name": name, **cells}, Reading("UTC"))


def put_contact(home: House, name: str = "Ольга", **cells: str) -> str:
    """Put one contact and say what came of it."""
    with home.desk().write() as transaction:
        return put(transaction, Contact, contact(name, **cells))


def drop_contact(home: House, name: str = "Ольга") -> None:
    """Remove one contact."""
    with home.desk().write() as transaction:
        drop(transaction, Contact, ("acme", name))


def contacts(home: House) -> list[tuple[Any, ...]]:
    """Name and phone of every contact."""
    return home.database.reader.execute("SELECT name, phone FROM contact ORDER BY name").fetchall()


def told(home: House) -> list[tuple[Any, ...]]:
    """Kind, before and after of the events of contacts."""
    found = home.database.reader.execute("SELECT kind, before, after FROM event WHERE subject = 'contact' ORDER BY id")
    return [
        (kind, before and json.loads(before).get("phone", "-"), after and json.loads(after).get("phone", "-"))
        for kind, before, after in found
    ]


def test_a_row_is_added_then_updated_then_unchanged(home: House) -> None:
    assert put_contact(home, phone="1") == "added"
    assert put_contact(home, phone="2") == "updated"
    assert put_contact(home, phone="2") == "unchanged"
    assert contacts(home) == [("Ольга", "2")]
    assert told(home) == [("added", None, "1"), ("changed", "1", "2")], "what is unchanged leaves no event"


def test_a_value_becomes_empty_and_full_again(home: House) -> None:
    put_contact(home, phone="1")
    assert put_contact(home) == "updated"
    assert contacts(home) == [("Ольга", None)]
    undo(home.desk())
    assert contacts(home) == [("Ольга", "1")]


def test_only_what_is_given_is_brought_to_these_values(home: House) -> None:
    put_contact(home, phone="1", note="calls at noon")
    with home.desk().write() as transaction:
        assert put(transaction, Contact, {"client": "acme", "name": "Ольга", "phone": "2"}) == "updated"
    assert home.database.reader.execute("SELECT phone, note FROM contact").fetchone() == ("2", "calls at noon")


def test_a_dropped_row_is_gone_and_comes_back_by_undo(home: House) -> None:
    put_contact(home, phone="1")
    drop_contact(home)
    assert contacts(home) == []
    assert told(home)[-1] == ("removed", "1", None)
    undo(home.desk())
    assert contacts(home) == [("Ольга", "1")]


def test_an_added_row_is_gone_after_undo(home: House) -> None:
    put_contact(home)
    undo(home.desk())
    assert contacts(home) == []


def test_what_is_not_there_can_not_be_dropped(home: House) -> None:
    with pytest.raises(Refused, match=r"acme,Nobody") as refusal:
        drop_contact(home, "Nobody")
    assert refusal.value.code == "not_found"
    assert told(home) == []


@pytest.mark.parametrize("later", ["changed", "removed", "removed and added anew"])
def test_what_was_changed_since_is_not_taken_back(home: House, later: str) -> None:
    home.person("boris", "lead")
    put_contact(home, phone="1")
    put_contact(home, phone="2")
    with home.desk("boris").write() as transaction:
        if later == "changed":
            put(transaction, Contact, contact(phone="3"))
        else:
            drop(transaction, Contact, ("acme", "Ольга"))
        if later == "removed and added anew":
            put(transaction, Contact, contact(phone="3"))
    seen = contacts(home)
    with pytest.raises(Refused, match=r"acme, Ольга was changed since") as refusal:
        undo(home.desk())
    assert refusal.value.code == "changed_since"
    assert contacts(home) == seen


def test_what_another_has_put_back_as_it_was_can_be_taken_back(home: House) -> None:
    home.person("boris", "lead")
    put_contact(home, phone="1")
    put_contact(home, phone="2")
    for phone in ("3", "2"):
        with home.desk("boris").write() as transaction:
            put(transaction, Contact, contact(phone=phone))
    undo(home.desk())
    assert contacts(home) == [("Ольга", "1")]


def test_what_is_dropped_and_was_added_again_by_another_is_not_restored(home: House) -> None:
    home.person("boris", "lead")
    put_contact(home, phone="1")
    drop_contact(home)
    with home.desk("boris").write() as transaction:
        put(transaction, Contact, contact(phone="3"))
    with pytest.raises(Refused):
        undo(home.desk())
    assert contacts(home) == [("Ольга", "3")]


def test_a_key_of_several_columns_names_one_row(home: House) -> None:
    lines = [("", 60), ("2", 30)]
    for line, minutes in lines:
        row = NORMS.read(
            {"policy": "std", "priority": "high", "line": line, "resolution_minutes": str(minutes)}, Reading("UTC")
        )
        with home.desk().write() as transaction:
            put(transaction, Norm, row)
    found = home.database.reader.execute("SELECT key FROM event WHERE subject = 'norm' ORDER BY id").fetchall()
    assert found == [("std,high,0",), ("std,high,2",)]
    undo(home.desk())
    assert home.database.reader.execute("SELECT line, resolution_minutes FROM norm").fetchall() == [(0, 60)]


def test_keys_whose_names_fall_together_are_still_two_rows(home: House) -> None:
    for policy, line in (("a,high", 1), ("a", 1)):
        with home.desk().write() as transaction:
            row = NORMS.read({"policy": policy, "priority": "high", "line": str(line)}, Reading("UTC"))
            put(transaction, Norm, row)
    undo(home.desk())
    assert home.database.reader.execute("SELECT policy FROM norm").fetchall() == [("a,high",)]


def test_what_a_table_forbids_leaves_nothing(home: House) -> None:
    from sqlalchemy.exc import IntegrityError

    def fail() -> None:
        with home.desk().write() as transaction:
            put(transaction, Contact, contact())
            put(transaction, Contact, contact() | {"client": "nobody"})

    with pytest.raises(IntegrityError):
        fail()
    assert (contacts(home), told(home)) == ([], [])


def test_tables_are_found_by_their_names() -> None:
    assert model_of("contact") is Contact
    with pytest.raises(LookupError, match="no_such_table"):
        model_of("no_such_table")


def test_a_key_is_named_by_its_columns_joined_by_commas() -> None:
    assert named(("std", "high", 0)) == "std,high,0"
    assert named(("acme",)) == "acme"


def test_redo_does_not_say_that_something_was_taken_back(home: House) -> None:
    put_contact(home)
    said = undo(home.desk())
    assert "acme, Ольга" in said
    assert redo(home.desk()) != said
