"""Who may do what: one table of rights, asked at every door before anything is read or written."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import leadconsole
from desks import House, house
from leadconsole.kernel import i18n
from leadconsole.kernel.access import RIGHTS, Actor, Capability, Role, command, query, role_word
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotAllowed, Unusable

WORK = {"read_queue", "triage", "read_desk", "undo", "keep_drafts", "own_review", "read_roster", "wish_shifts"}
WORK |= {"attend", "read_today"}
EVERYBODYS = {"attend"}
"""The only rights that no role is without."""
WHO_MAY = {
    "lead": WORK
    | {"announce"}
    | {"change_desk", "check", "export", "import", "lead_reviews", "plan_cover", "read_fees", "read_norms"}
    | {"change_roster", "read_payout", "read_invoices", "change_payout", "manage_access"},
    "deputy": WORK | {"read_norms"},
    "specialist": WORK,
    "contractor": WORK,
    "director": {"attend", "read_today", "read_norms", "read_fees", "read_payout", "read_invoices"},
    "accountant": {"attend", "read_fees", "read_invoices"},
}


def doors() -> list[tuple[str, Callable[..., Any]]]:
    """Every command and query of the program, by its full name."""
    found = {}
    for module in pkgutil.walk_packages(leadconsole.__path__, "leadconsole."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(getattr(value, "capability", None), Capability) and value.__module__ == module.name:
                found[f"{module.name}.{name}"] = value
    return sorted(found.items())


DOORS = doors()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A desk that nobody of these tests changes."""
    return house(tmp_path_factory.mktemp("access") / "desk.db")


def seated(home: House, role: Role) -> Desk:
    """The desk with Dora seated in this role."""
    return home.desk().seated(Actor("dora", role))


def test_the_table_of_rights() -> None:
    assert {role.value: set(map(str, rights)) for role, rights in RIGHTS.items()} == WHO_MAY


def test_the_walk_finds_the_doors() -> None:
    names = {name.removeprefix("leadconsole.") for name, _door in DOORS}
    assert {
        "kernel.history.undo", "kernel.drafts.keep", "team.commands.enter", "team.queries.workers",
        "tickets.commands.assign", "tickets.queries.page", "intake.commands.import_paths",
        "intake.commands.export_folder",
    } <= names | {"kernel.backup.back_up"}  # fmt: skip
    assert len(names) > 25


@pytest.mark.parametrize(("name", "door"), DOORS, ids=[name for name, _door in DOORS])
def test_a_role_without_the_right_stops_at_the_door(home: House, name: str, door: Any) -> None:
    without = [role for role in Role if door.capability not in WHO_MAY[role]]
    assert bool(without) is (door.capability not in EVERYBODYS), "every other right is kept from somebody"
    for role in without:
        with pytest.raises(NotAllowed, match=r"^dora .* may not .*\.$") as refusal:
            door(seated(home, role))
        assert refusal.value.code == "not_allowed"
        assert refusal.value.exit_status == 1


@pytest.mark.parametrize("sort", ["command", "query"])
@pytest.mark.parametrize("role", list(Role))
def test_a_door_opens_to_whom_the_table_names_and_to_nobody_else(home: House, role: Role, sort: str) -> None:
    desk = seated(home, role)
    for capability in Capability:
        went: list[tuple[Desk, int, str]] = []

        def work(desk: Desk, number: int, *, word: str, went: list[tuple[Desk, int, str]] = went) -> int:
            went.append((desk, number, word))
            return number + 1

        door = {"command": command, "query": query}[sort](capability)(work)
        if capability in WHO_MAY[role]:
            assert door(desk, 4, word="x") == 5
            assert went == [(desk, 4, "x")]
        else:
            with pytest.raises(NotAllowed):
                door(desk, 4, word="x")
            assert went == []
        assert (door.__dict__["capability"], door.__dict__["sort"], door.__name__) == (capability, sort, "work")


def test_every_refusal_has_a_sentence_of_its_own_in_every_language() -> None:
    said = set()
    words = set()
    for language in ("en", "ru", "uk"):
        i18n.use(language)
        words |= {(language, role_word(role)) for role in Role}
        for role in Role:
            for capability in set(Capability) - RIGHTS[role]:
                with pytest.raises(NotAllowed) as refusal:
                    Actor("dora", role).require(capability)
                message = refusal.value.message
                assert message.startswith("dora (")
                assert message.endswith(".")
                assert "_" not in message, "a name of the program is no sentence"
                said.add(message)
    assert len(said) == 3 * sum(len(set(Capability) - rights) for rights in RIGHTS.values())
    assert len(words) == 3 * len(Role)


def test_the_sentence_names_who_what_and_which_right() -> None:
    with pytest.raises(NotAllowed) as refusal:
        Actor("lida", Role.SPECIALIST).require(Capability.EXPORT)
    assert refusal.value.message == "lida (specialist) may not export the desk."


def test_who_is_refused_has_changed_nothing(tmp_path: Path) -> None:
    from leadconsole.team.commands import enter
    from leadconsole.tickets import commands as tickets

    home = house(tmp_path / "desk.db")
    number = home.ticket()
    before = home.database.reader.execute("SELECT count(*) FROM event").fetchone()
    seen = home.snapshot()
    with pytest.raises(NotAllowed):
        enter(home.desk("lida"), "settings", {"key": "lead", "value": "lida"})
    with pytest.raises(NotAllowed):
        tickets.assign(seated(home, Role.ACCOUNTANT), number, "lida")
    assert home.snapshot() == seen
    assert home.database.reader.execute("SELECT count(*) FROM event").fetchone() == before


def test_a_file_that_fails_under_a_door_is_told_in_one_sentence(home: House) -> None:
    @query(Capability.READ_DESK)
    def ask(desk: Desk) -> None:
        desk.reader.execute("SELECT * FROM no_such_table")

    with pytest.raises(Unusable) as refusal:
        ask(home.desk())
    assert refusal.value.exit_status == 3
    assert str(home.database.path) in refusal.value.message
