"""The layout shows the product, and stays so: rooms, rights, sizes, names, what is imported when."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import leadconsole
from desks import house
from leadconsole.kernel.access import RIGHTS, Capability, Role
from leadconsole.kernel.desk import Desk

SOURCE = Path(leadconsole.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
ROOMS_WITH_RIGHTS = (
    "whatif", "deepening", "proposing", "approving", "sheets", "handing", "teaching", "progress",
    "vacations",
    "commands", "queries", "story", "norms", "ledger", "check", "history", "backup", "drafts", "macros", "shelves",
    "meetings", "mirror", "agenda", "news", "announcement", "place",
)  # fmt: skip


def modules() -> list[str]:
    """Every module of the program that can be imported by itself."""
    names = []
    for path in FILES:
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        if "migrations" not in parts and parts[-1] != "__main__":
            names.append(".".join(part for part in parts if part != "__init__"))
    return names


def takes_a_desk(function: FunctionType) -> bool:
    """Whether the first argument is a desk."""
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in (Desk, "Desk")


def at_the_door() -> list[FunctionType]:
    """The public functions of the rooms that read and write for somebody."""
    found = []
    for name in modules():
        if name.rpartition(".")[2] in ROOMS_WITH_RIGHTS:
            module = importlib.import_module(name)
            for function in vars(module).values():
                if (
                    inspect.isfunction(function)
                    and function.__module__ == name
                    and not function.__name__.startswith("_")
                ):
                    original = inspect.unwrap(function)
                    if takes_a_desk(original):
                        found.append(function)
    return found


def test_every_command_and_query_has_a_capability() -> None:
    functions = at_the_door()
    assert len(functions) > 25, "the walk has lost its way"
    missing = [f"{one.__module__}.{one.__name__}" for one in functions if not hasattr(one, "capability")]
    # Pieces of other queries that ask nothing of the file by themselves.
    assert missing == []


def test_every_capability_belongs_to_somebody_and_guards_something() -> None:
    used = {one.capability for one in at_the_door()}  # type: ignore[attr-defined]
    assert set(Capability) - used == set(), "a right that guards nothing"
    assert RIGHTS.keys() == set(Role)
    assert RIGHTS[Role.LEAD] == set(Capability)
    assert RIGHTS[Role.ACCOUNTANT] == {Capability.ATTEND, Capability.READ_FEES, Capability.READ_INVOICES}


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.DIRECTOR])
def test_who_has_no_right_is_refused_where_data_is_read(tmp_path: Path, role: Role) -> None:
    from leadconsole.kernel.access import Actor
    from leadconsole.kernel.errors import NotAllowed
    from leadconsole.tickets import queries, story

    desk = house(tmp_path / "desk.db").desk().seated(Actor("dora", role))
    for read in (lambda: queries.page(desk, "open"), lambda: story.ticket(desk, 1), lambda: queries.counts(desk)):
        with pytest.raises(NotAllowed, match="dora"):
            read()


def test_files_are_calm_and_named_for_what_they_hold() -> None:
    long = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    said = {name: lines for name, lines in long.items() if lines > 400 and "demo/" not in name}
    assert said == {}
    vague = [str(path) for path in FILES if path.stem in ("utils", "util", "helpers", "manager", "misc", "common")]
    assert vague == []


def test_the_time_comes_from_one_place() -> None:
    allowed = {"kernel/clock.py", "kernel/error_log.py"}
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called = f"{node.value.id}.{node.attr}"
                if called in ("datetime.now", "datetime.utcnow", "date.today", "time.time"):
                    found.append(str(path.relative_to(SOURCE)))
    assert set(found) <= allowed


def test_public_functions_say_what_they_do() -> None:
    silent = []
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name[0] != "_"
            if public and ast.get_docstring(node) is None:  # type: ignore[arg-type]
                silent.append(f"{path.relative_to(SOURCE)}: {node.name}")  # type: ignore[attr-defined]
    assert silent == []


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules that a program has loaded at its end."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, json\n{program}\nprint(json.dumps(sorted(sys.modules)))", *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(json.loads(told.splitlines()[-1]))


HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "openpyxl", "charset_normalizer", "holidays", "pydantic", "dateutil"}


def test_the_first_frame_needs_textual_and_sqlite_alone() -> None:
    loaded = loaded_by(
        "import leadconsole.cli, leadconsole.console.launch, leadconsole.today.screen, leadconsole.tickets.screen"
    )
    assert "textual" in loaded
    assert not loaded & HEAVY
    # Dialogs, the ticket as text and what writes come when they are asked for.
    later = {"leadconsole.console.dialogs.prompt", "leadconsole.tickets.screen.triage", "leadconsole.tickets.story"}
    assert not loaded & later


@pytest.mark.parametrize(
    "arguments",
    [
        ("queue", "--json"),
        ("today", "--json"),
        ("ticket", "show", "1"),
        ("norms", "2026-03"),
        ("ticket", "note", "1", "x"),
    ],
)
def test_a_headless_command_loads_no_screen_and_no_orm(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    made = house(tmp_path / "desk.db")
    made.ticket()
    made.database.close()
    program = "from leadconsole.cli import run\nrun(sys.argv[1:])"
    environment = {"LEADCONSOLE_NOW": "2026-03-02T10:00:00+03:00"}
    loaded = loaded_by(
        f"import os; os.environ.update({environment})\n{program}", "--db", str(made.database.path), *arguments
    )
    assert not loaded & (HEAVY | {"textual"})


def test_only_screens_and_the_console_know_textual() -> None:
    found = []
    for path in FILES:
        place = path.relative_to(SOURCE).parts
        if place[0] == "console" or "screen" in place:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [str(path) for name in names if name.partition(".")[0] == "textual"]
    assert found == []
