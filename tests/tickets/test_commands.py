"""Commands of the queue over a real file: what they do, refuse and take back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import House, at, house
from leadconsole.kernel import history
from leadconsole.kernel.clock import MINUTE, FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused, Stale
from leadconsole.team import commands as team
from leadconsole.tickets import caches, commands
from leadconsole.tickets.commands import Basis

TEN = "2026-03-02T10:00:00+03:00"
NOW = "2026-03-02T11:00:00+03:00"
FREE, HELD, WAITS, SOLVED, PAID, SPAM = range(1, 7)
"""Tickets of every sort: nobody's, Lida's, waiting, resolved, accepted, rejected."""
FINISHED = (SOLVED, PAID, SPAM)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The desk that every test gets a copy of; closed."""
    made = house(tmp_path_factory.mktemp("desk") / "desk.db", TEN)
    made.person("kira", "contractor")
    made.person("dora", "director")
    made.person("olga", "accountant")
    made.person("past", ended="2026-03-01")
    made.person("today", started="2026-03-02", ended="2026-03-02")
    made.person("soon", started="2026-03-03")
    made.client("zeta", policy="gold", calendar="late")
    made.office_hours("late", "12:00", "20:00")
    made.norm(60, 480)
    made.norm(15, 240, "urgent")
    made.norm(30, 600, line="2")
    desk = made.desk()
    for number in (FREE, HELD, WAITS, SOLVED, PAID, SPAM):
        assert made.ticket(f"Matter {number}", assignee="lida" if number == HELD else "") == number
    commands.set_status(desk, WAITS, "waiting_client")
    commands.set_status(desk, SOLVED, "resolved")
    commands.set_status(desk, PAID, "resolved")
    commands.accept(desk, PAID)
    commands.set_status(desk, SPAM, "closed_rejected")
    return made.closed()


def copied(furnished: House, folder: Path, name: str = "desk.db") -> House:
    """A copy of the furnished desk an hour later."""
    path = folder / name
    shutil.copy(furnished.database.path, path)
    clock = FrozenClock(at(NOW))
    return House(open_database(path, clock), clock, dict(furnished.people))


@pytest.fixture
def made(furnished: House, tmp_path: Path) -> Iterator[House]:
    """A fresh copy of the furnished desk."""
    one = copied(furnished, tmp_path)
    with closing(one.database):
        yield one


def events(one: House, number: int) -> list[tuple[Any, ...]]:
    """What history says of a ticket, newest first."""
    return one.database.reader.execute(
        "SELECT kind, value, text, actor, at FROM event WHERE subject = 'ticket' AND key = ? ORDER BY seq DESC",
        (str(number),),
    ).fetchall()


def everything(one: House) -> tuple[Any, ...]:
    """The whole content with history and versions: what a refused command must leave alone."""
    reader = one.database.reader
    return (
        one.snapshot(),
        reader.execute("SELECT * FROM event ORDER BY id").fetchall(),
        reader.execute("SELECT number, version FROM ticket ORDER BY number").fetchall(),
        reader.execute("SELECT * FROM desk_fact ORDER BY name").fetchall(),
    )


@dataclass(frozen=True)
class Step:
    """One command on one ticket: what it changes and what history keeps of it."""

    name: str
    number: int
    act: Callable[[Desk], object]
    event: tuple[str, str | None, str | None]
    effect: dict[str, Any] = field(default_factory=dict)


ELEVEN = at(NOW)
STEPS = [
    Step("reply", HELD, lambda desk: commands.reply(desk, HELD, " Try \x1b it\nagain. "),
         ("reply", None, "Try ␛ it\nagain."), {"first_reply_at": ELEVEN, "status": "new"}),
    Step("note", HELD, lambda desk: commands.note(desk, HELD, "Who knows?"),
         ("note", None, "Who knows?"), {"first_reply_at": None}),
    Step("log time", HELD, lambda desk: commands.log_time(desk, HELD, 45, "drive"),
         ("time", "45", "drive"), {"spent_minutes": 45}),
    Step("log time, one minute", HELD, lambda desk: commands.log_time(desk, HELD, 1),
         ("time", "1", None), {"spent_minutes": 1}),
    Step("log time, the most", HELD, lambda desk: commands.log_time(desk, HELD, 10_000),
         ("time", "10000", None), {"spent_minutes": 10_000}),
    Step("assign", FREE, lambda desk: commands.assign(desk, FREE, "oleg"),
         ("assign", "oleg", None), {"assignee": "oleg", "handovers": 0}),
    Step("assign to a contractor", FREE, lambda desk: commands.assign(desk, FREE, "kira"),
         ("assign", "kira", None), {"assignee": "kira"}),
    Step("assign to the lead", FREE, lambda desk: commands.assign(desk, FREE, "anna"),
         ("assign", "anna", None), {"assignee": "anna"}),
    Step("assign on the only day", FREE, lambda desk: commands.assign(desk, FREE, "today"),
         ("assign", "today", None), {"assignee": "today"}),
    Step("hand over", HELD, lambda desk: commands.assign(desk, HELD, "oleg"),
         ("assign", "oleg", None), {"assignee": "oleg", "handovers": 1}),
    Step("give back", HELD, lambda desk: commands.assign(desk, HELD, None),
         ("assign", None, None), {"assignee": None, "handovers": 0}),
    Step("line", FREE, lambda desk: commands.move_line(desk, FREE, 2, " hard "),
         ("line", "2", "hard"), {"line": 2, "line_pushbacks": 0, "resolution_due": at("2026-03-03T11:00:00+03:00")}),
    Step("priority", FREE, lambda desk: commands.set_priority(desk, FREE, "urgent"),
         ("priority", "urgent", None), {"priority": "urgent", "resolution_due": at("2026-03-02T14:00:00+03:00"),
                                        "priority_order": 0}),
    Step("priority without a norm", FREE, lambda desk: commands.set_priority(desk, FREE, "low"),
         ("priority", "low", None), {"priority": "low", "resolution_due": None, "first_reply_due": None}),
    Step("open", FREE, lambda desk: commands.set_status(desk, FREE, "open"), ("status", "open", None),
         {"status": "open", "resolution_due": at("2026-03-02T18:00:00+03:00")}),
    Step("wait", FREE, lambda desk: commands.set_status(desk, FREE, "waiting_third_party", "the bank"),
         ("status", "waiting_third_party", "the bank"),
         {"status": "waiting_third_party", "resolution_due": None, "resolution_left": 420 * MINUTE}),
    Step("wait no more", WAITS, lambda desk: commands.set_status(desk, WAITS, "open"), ("status", "open", None),
         {"resolution_due": at("2026-03-03T10:00:00+03:00"), "resolution_left": None}),
    Step("resolve", FREE, lambda desk: commands.set_status(desk, FREE, "resolved", "cable"),
         ("status", "resolved", "cable"), {"status": "resolved", "resolved_at": ELEVEN, "verdict": "met"}),
    Step("reject", FREE, lambda desk: commands.set_status(desk, FREE, "closed_rejected"),
         ("status", "closed_rejected", None), {"status": "closed_rejected", "verdict": None, "resolved_at": None}),
    Step("accept what is resolved", SOLVED, lambda desk: commands.accept(desk, SOLVED, "by phone"),
         ("accept", None, "by phone"), {"status": "accepted", "accepted_at": ELEVEN, "resolved_at": at(TEN)}),
    Step("accept what is open", HELD, lambda desk: commands.accept(desk, HELD), ("accept", None, None),
         {"status": "accepted", "accepted_at": ELEVEN, "resolved_at": ELEVEN}),
    Step("accept by status", SOLVED, lambda desk: commands.set_status(desk, SOLVED, "accepted"),
         ("status", "accepted", None), {"status": "accepted", "accepted_at": ELEVEN, "resolved_at": at(TEN)}),
    Step("reopen what is resolved", SOLVED, lambda desk: commands.reopen(desk, SOLVED, " again "),
         ("reopen", None, "again"), {"status": "open", "resolved_at": None, "reopens": 1, "verdict": None,
                                     "resolution_due": at("2026-03-03T10:00:00+03:00")}),
    Step("reopen what is accepted", PAID, lambda desk: commands.reopen(desk, PAID, "again"),
         ("reopen", None, "again"), {"status": "open", "resolved_at": None, "accepted_at": None, "reopens": 1}),
    Step("reopen what is rejected", SPAM, lambda desk: commands.reopen(desk, SPAM, "no spam"),
         ("reopen", None, "no spam"), {"status": "open", "reopens": 1}),
    Step("reopen by status", PAID, lambda desk: commands.set_status(desk, PAID, "waiting_client"),
         ("status", "waiting_client", None), {"accepted_at": None, "resolved_at": None, "reopens": 1}),
    Step("add", SPAM + 1, lambda desk: commands.add(desk, {"client": "acme", "subject": "A new one"}),
         ("created", None, None), {"status": "new", "line": 1, "priority": "normal", "kind": "incident",
                                   "created": ELEVEN, "first_reply_due": at("2026-03-02T12:00:00+03:00")}),
    Step("add with all cells", SPAM + 1, lambda desk: commands.add(desk, {
         "client": "acme", "subject": "Re: Matter 5", "priority": "urgent", "line": "2", "assignee": "lida",
         "kind": "task", "price": "12 345,67", "requester": "Nina", "body": "Two\nlines", "number": "99",
         "created": "2020-01-01"}),
         ("created", None, None), {"created": ELEVEN, "priority": "urgent", "line": 2, "assignee": "lida",
                                   "price": 1234567, "repeat_of": PAID, "kind": "task", "body": "Two\nlines"}),
]  # fmt: skip
BY_STEP = pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])


@BY_STEP
def test_effect(made: House, step: Step) -> None:
    version = made.value(step.number, "version") if step.number <= SPAM else 0
    step.act(made.desk("oleg"))
    assert {name: made.value(step.number, name) for name in step.effect} == step.effect
    assert events(made, step.number)[0] == (*step.event, "oleg", ELEVEN)
    assert made.value(step.number, "version") == version + 1  # type: ignore[operator]
    assert made.differences() == []


@BY_STEP
def test_undo_and_redo_after_a_restart(made: House, step: Step) -> None:
    before = made.snapshot()
    step.act(made.desk("oleg"))
    after = made.snapshot()
    assert after != before or step.name == "note"
    for _time in range(2):
        made = made.again()
        made.wait(90)
        assert re.match(f"Ticket {step.number}: .* was taken back", history.undo(made.desk("oleg")))
        assert made.snapshot() == before
        assert made.differences() == []
        made = made.again()
        made.wait(90)
        assert re.match(f"Ticket {step.number}: .* is done again", history.redo(made.desk("oleg")))
        assert made.snapshot() == after
        assert made.differences() == []
    made.database.close()


@BY_STEP
def test_undo_is_per_person_and_redo_only_after_an_undo(made: House, step: Step) -> None:
    step.act(made.desk("oleg"))
    kept = everything(made)
    for login, again, code in (
        ("lida", history.undo, "nothing_to_undo"),
        ("lida", history.redo, "nothing_to_redo"),
        ("oleg", history.redo, "nothing_to_redo"),
    ):
        with pytest.raises(Refused) as told:
            again(made.desk(login))
        assert told.value.code == code
    assert everything(made) == kept


@BY_STEP
def test_an_undone_event_stays_in_history(made: House, step: Step) -> None:
    step.act(made.desk("oleg"))
    past = events(made, step.number)
    history.undo(made.desk("oleg"))
    (kind, value, *_rest), *kept = events(made, step.number)
    assert kept == past
    assert (kind, value) == ("undo", str(len(past)))


@pytest.mark.parametrize("login", ["dora", "olga"])
def test_whoever_works_no_tickets_may_not(made: House, login: str) -> None:
    kept = everything(made)
    for step in STEPS:
        with pytest.raises(NotAllowed):
            step.act(made.desk(login))
    assert everything(made) == kept


def test_a_command_that_breaks_leaves_nothing(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = everything(made)

    def broken(*_args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(caches, "rebuild", broken)
    for step in STEPS:
        with pytest.raises(RuntimeError):
            step.act(made.desk())
        assert everything(made) == kept


def cells(**more: str) -> dict[str, str | None]:
    return {"client": "acme", "subject": "One more", **more}


REFUSALS: list[tuple[str, Callable[[Desk], object], str, str | None]] = [
    ("reply without words", lambda desk: commands.reply(desk, HELD, " \n "), "missing", "text"),
    ("note without words", lambda desk: commands.note(desk, HELD, ""), "missing", "text"),
    ("no minutes", lambda desk: commands.log_time(desk, HELD, 0), "bad_number", "minutes"),
    ("negative minutes", lambda desk: commands.log_time(desk, HELD, -5), "bad_number", "minutes"),
    ("too many minutes", lambda desk: commands.log_time(desk, HELD, 10_001), "bad_number", "minutes"),
    ("assigned already", lambda desk: commands.assign(desk, HELD, "lida"), "no_change", "assignee"),
    ("nobody's already", lambda desk: commands.assign(desk, FREE, None), "no_change", "assignee"),
    ("unknown person", lambda desk: commands.assign(desk, FREE, "nobody"), "not_found", "assignee"),
    ("a director takes no tickets", lambda desk: commands.assign(desk, FREE, "dora"), "no_worker", "assignee"),
    ("an accountant takes none", lambda desk: commands.assign(desk, FREE, "olga"), "no_worker", "assignee"),
    ("left yesterday", lambda desk: commands.assign(desk, FREE, "past"), "not_employed", "assignee"),
    ("begins tomorrow", lambda desk: commands.assign(desk, FREE, "soon"), "not_employed", "assignee"),
    ("line 0", lambda desk: commands.move_line(desk, FREE, 0, "x"), "bad_number", "line"),
    ("line 4", lambda desk: commands.move_line(desk, FREE, 4, "x"), "bad_number", "line"),
    ("the same line", lambda desk: commands.move_line(desk, FREE, 1, "x"), "no_change", "line"),
    ("a line without a reason", lambda desk: commands.move_line(desk, FREE, 2, " "), "missing", "reason"),
    ("unknown priority", lambda desk: commands.set_priority(desk, FREE, "asap"), "bad_choice", "priority"),
    ("the same priority", lambda desk: commands.set_priority(desk, FREE, "normal"), "no_change", "priority"),
    ("unknown status", lambda desk: commands.set_status(desk, FREE, "done"), "bad_choice", "status"),
    ("the same status", lambda desk: commands.set_status(desk, FREE, "new"), "no_change", "status"),
    ("accepted already", lambda desk: commands.accept(desk, PAID), "no_change", None),
    ("accept what was rejected", lambda desk: commands.accept(desk, SPAM), "rejected_ticket", None),
    ("reopen a new one", lambda desk: commands.reopen(desk, FREE, "x"), "not_finished", None),
    ("reopen one that waits", lambda desk: commands.reopen(desk, WAITS, "x"), "not_finished", None),
    ("reopen without a reason", lambda desk: commands.reopen(desk, SOLVED, "\t"), "missing", "reason"),
    ("add without a client", lambda desk: commands.add(desk, {"subject": "x"}), "missing", "client"),
    ("add without a subject", lambda desk: commands.add(desk, cells(subject=" ")), "missing", "subject"),
    ("add for an unknown client", lambda desk: commands.add(desk, cells(client="nope")), "not_found", "client"),
    ("add with an unknown kind", lambda desk: commands.add(desk, cells(kind="wish")), "bad_choice", "kind"),
    ("add on line 4", lambda desk: commands.add(desk, cells(line="4")), "bad_number", "line"),
    ("add with a negative price", lambda desk: commands.add(desk, cells(price="-1")), "negative", "price"),
    ("add for an unknown person", lambda desk: commands.add(desk, cells(assignee="nope")), "not_found", "assignee"),
    ("add for a director", lambda desk: commands.add(desk, cells(assignee="dora")), "no_worker", "assignee"),
    ("add for one who left", lambda desk: commands.add(desk, cells(assignee="past")), "not_employed", "assignee"),
    ("add with an endless subject", lambda desk: commands.add(desk, cells(subject="x" * 501)), "too_long", "subject"),
]


@pytest.mark.parametrize(("rule", "act", "code", "about"), REFUSALS, ids=[case[0] for case in REFUSALS])
def test_refused(made: House, rule: str, act: Callable[[Desk], object], code: str, about: str | None) -> None:
    kept = everything(made)
    with pytest.raises(Refused) as told:
        act(made.desk())
    assert (told.value.code, told.value.field) == (code, about), rule
    assert everything(made) == kept


@pytest.mark.parametrize("step", [step for step in STEPS if step.number <= SPAM], ids=lambda step: step.name)
def test_unknown_ticket(made: House, step: Step) -> None:
    with made.database.write(made.clock, "anna") as transaction:
        transaction.sql.execute("DELETE FROM ticket WHERE number = ?", (step.number,))
    with pytest.raises(NotFound) as told:
        step.act(made.desk())
    assert (told.value.code, told.value.field) == ("not_found", "number")


Edit = Callable[[Desk, Basis], object]
EDITS: list[tuple[str, int, Edit, str, Any, Callable[[Desk], object], tuple[str, str]]] = [
    # rule, ticket, the late edit, its column, what it saw, what somebody else did meanwhile, the words of both
    ("assign", HELD, lambda desk, basis: commands.assign(desk, HELD, "kira", basis), "assignee", "lida",
     lambda desk: commands.assign(desk, HELD, "oleg"), ("lida", "oleg")),
    ("line", HELD, lambda desk, basis: commands.move_line(desk, HELD, 3, "x", basis), "line", 1,
     lambda desk: commands.move_line(desk, HELD, 2, "y"), ("1", "2")),
    ("priority", HELD, lambda desk, basis: commands.set_priority(desk, HELD, "high", basis), "priority", "normal",
     lambda desk: commands.set_priority(desk, HELD, "urgent"), ("normal", "urgent")),
    ("status", HELD, lambda desk, basis: commands.set_status(desk, HELD, "open", None, basis), "status", "new",
     lambda desk: commands.set_status(desk, HELD, "resolved"), ("new", "resolved")),
    ("accept", SOLVED, lambda desk, basis: commands.accept(desk, SOLVED, None, basis), "status", "resolved",
     lambda desk: commands.reopen(desk, SOLVED, "no"), ("resolved", "open")),
    ("reopen", SOLVED, lambda desk, basis: commands.reopen(desk, SOLVED, "x", basis), "status", "resolved",
     lambda desk: commands.accept(desk, SOLVED), ("resolved", "accepted")),
]  # fmt: skip
BY_EDIT = pytest.mark.parametrize(
    ("rule", "number", "edit", "column", "saw", "other", "both"), EDITS, ids=[case[0] for case in EDITS]
)


@BY_EDIT
def test_a_stale_edit_is_refused_with_both_values(
    made: House, rule: str, number: int, edit: Edit, column: str, saw: Any, other: Callable[[Desk], object],
    both: tuple[str, str],
) -> None:  # fmt: skip
    basis = Basis(int(str(made.value(number, "version"))), made.value(number, column))
    assert basis.value == saw
    beside = made.again_beside()
    with closing(beside.database):
        other(beside.desk("oleg"))
    kept = everything(made)
    with pytest.raises(Stale) as told:
        edit(made.desk(), basis)
    assert (told.value.seen, told.value.present) == both, rule
    assert (told.value.code, told.value.field) == ("stale", column)
    assert all(f"«{word}»" in told.value.message for word in both)
    assert everything(made) == kept


@BY_EDIT
def test_an_edit_stands_on_its_own_value_only(
    made: House, rule: str, number: int, edit: Edit, column: str, saw: Any, other: Callable[[Desk], object],
    both: tuple[str, str],
) -> None:  # fmt: skip
    basis = Basis(int(str(made.value(number, "version"))), saw)
    commands.note(made.desk("oleg"), number, "Something else")
    edit(made.desk(), basis)
    assert made.value(number, column) != saw, rule
    history.undo(made.desk())
    other(made.desk("oleg"))
    history.undo(made.desk("oleg"))
    edit(made.desk(), basis)  # there and back again is as if nothing had been
    assert made.differences() == []


@BY_EDIT
def test_undo_waits_for_later_changes_of_the_same_value(
    made: House, rule: str, number: int, edit: Edit, column: str, saw: Any, other: Callable[[Desk], object],
    both: tuple[str, str],
) -> None:  # fmt: skip
    before = made.snapshot()
    other(made.desk("oleg"))
    between = made.snapshot()
    present = made.value(number, column)
    if rule in ("accept", "reopen"):
        commands.set_status(made.desk("lida"), number, "waiting_client")
    else:
        edit(made.desk("lida"), Basis(0, present))
    kept = everything(made)
    with pytest.raises(Refused) as told:
        history.undo(made.desk("oleg"))
    assert told.value.code == "changed_since", rule
    assert everything(made) == kept
    history.undo(made.desk("lida"))
    assert made.snapshot() == between
    history.undo(made.desk("oleg"))
    assert made.snapshot() == before
    with pytest.raises(Refused) as told:  # hers stood on his, which is gone: it still can be done again
        history.undo(made.desk("lida"))
    assert told.value.code == "nothing_to_undo"
    assert made.differences() == []


def test_undo_takes_back_in_the_middle_what_nothing_depends_on(made: House) -> None:
    commands.assign(made.desk("oleg"), FREE, "oleg")
    commands.set_priority(made.desk("lida"), FREE, "urgent")
    commands.note(made.desk("lida"), FREE, "Mind it")
    history.undo(made.desk("oleg"))
    assert (made.value(FREE, "assignee"), made.value(FREE, "priority")) == (None, "urgent")
    assert made.differences() == []


def test_a_new_step_ends_redo(made: House) -> None:
    desk = made.desk("oleg")
    commands.assign(desk, FREE, "oleg")
    history.undo(desk)
    commands.note(desk, FREE, "Not mine")
    with pytest.raises(Refused) as told:
        history.redo(desk)
    assert told.value.code == "nothing_to_redo"


def test_a_ticket_with_a_history_is_not_withdrawn(made: House) -> None:
    number = commands.add(made.desk("oleg"), cells())
    commands.note(made.desk("lida"), number, "I know them")
    kept = everything(made)
    with pytest.raises(Refused) as told:
        history.undo(made.desk("oleg"))
    assert told.value.code == "changed_since"
    assert everything(made) == kept


def test_a_number_is_never_given_twice(made: House) -> None:
    desk = made.desk("oleg")
    first = commands.add(desk, cells())
    history.undo(desk)
    second = commands.add(desk, cells(subject="Another"))
    assert (first, second) == (SPAM + 1, SPAM + 2)
    history.undo(desk)
    assert commands.add(made.again().desk("oleg"), cells()) == SPAM + 3


def test_repeat_of_follows_the_resolution_that_is_taken_back(made: House) -> None:
    commands.set_status(made.desk("oleg"), FREE, "resolved")
    made.wait(60)
    again = commands.add(made.desk(), cells(subject="Re: matter 1"))
    assert made.value(again, "repeat_of") == FREE
    history.undo(made.desk("oleg"))
    assert made.value(again, "repeat_of") is None
    assert made.differences() == []
    history.redo(made.desk("oleg"))
    assert made.value(again, "repeat_of") == FREE
    made.wait(1)
    commands.reopen(made.desk("oleg"), FREE, "It was judged when it came")
    assert made.value(again, "repeat_of") == FREE
    assert made.differences() == []


def test_repeat_of_follows_a_ticket_that_is_withdrawn(made: House) -> None:
    first = commands.add(made.desk("oleg"), cells(subject="Done on the phone", status="resolved"))
    made.wait(60)
    again = commands.add(made.desk("lida"), cells(subject="Done on the phone"))
    assert made.value(again, "repeat_of") == first
    history.undo(made.desk("oleg"))
    assert made.value(again, "repeat_of") is None
    assert made.differences() == []
    history.redo(made.desk("oleg"))
    assert made.value(again, "repeat_of") == first
    assert made.differences() == []


def test_no_repeat_of_another_client_or_too_late(made: House) -> None:
    assert made.value(made.ticket("Matter 5", "zeta"), "repeat_of") is None
    made.wait(7 * 24 * 60 - 60)
    exactly = made.ticket("Matter 5")
    made.clock.at += 1_000_000
    late = made.ticket("Matter 4")
    assert (made.value(exactly, "repeat_of"), made.value(late, "repeat_of")) == (PAID, None)


FACTS: list[tuple[str, str, dict[str, str], dict[int, dict[str, Any]]]] = [
    ("a norm", "norms", {"policy": "std", "priority": "normal", "line": "", "first_reply_minutes": "30",
     "resolution_minutes": "60"}, {FREE: {"first_reply_due": at("2026-03-02T10:30:00+03:00"),
                                          "resolution_due": at("2026-03-02T11:00:00+03:00")}}),
    ("a norm for the line wins", "norms", {"policy": "std", "priority": "normal", "line": "1",
     "first_reply_minutes": "", "resolution_minutes": "120"},
     {FREE: {"first_reply_due": None, "resolution_due": at("2026-03-02T12:00:00+03:00")}}),
    ("a norm of another line", "norms", {"policy": "std", "priority": "normal", "line": "3",
     "first_reply_minutes": "1", "resolution_minutes": "1"}, {}),
    ("the policy of the client", "clients", {"code": "acme", "name": "Acme", "policy": ""},
     {FREE: {"first_reply_due": None, "resolution_due": None}}),
    ("the calendar of the client", "clients", {"code": "acme", "name": "Acme", "policy": "std", "calendar": "late"},
     {FREE: {"first_reply_due": at("2026-03-02T13:00:00+03:00"),
             "resolution_due": at("2026-03-02T20:00:00+03:00")}}),
    ("the name of the client", "clients", {"code": "acme", "name": "Ёлка", "policy": "std"}, {}),
    ("the calendar of the desk", "settings", {"key": "calendar", "value": "late"},
     {FREE: {"first_reply_due": at("2026-03-02T13:00:00+03:00")}}),
    ("no calendar: around the clock", "settings", {"key": "calendar", "value": ""},
     {FREE: {"resolution_due": at("2026-03-02T18:00:00+03:00")},
      WAITS: {"resolution_left": 480 * MINUTE}}),
    ("hours", "calendars", {"calendar": "office", "weekday": "mon", "opens": "09:00", "closes": "10:30"},
     {FREE: {"first_reply_due": at("2026-03-03T09:30:00+03:00")}}),
    ("a day off", "calendar_days", {"calendar": "office", "date": "2026-03-02", "kind": "off"},
     {FREE: {"first_reply_due": at("2026-03-03T10:00:00+03:00")}}),
    ("a shortened day", "calendar_days", {"calendar": "office", "date": "2026-03-02", "kind": "short"},
     {FREE: {"resolution_due": at("2026-03-03T10:00:00+03:00")}}),
    ("the time zone", "settings", {"key": "timezone", "value": "Asia/Yekaterinburg"},
     {FREE: {"resolution_due": at("2026-03-03T11:00:00+05:00")}}),
    ("at_risk_minutes", "settings", {"key": "at_risk_minutes", "value": "30"},
     {SPAM: {"risk_at": None}, FREE: {"risk_at": at("2026-03-02T10:30:00+03:00")}}),
    ("the country", "settings", {"key": "country", "value": "RU"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "file", "row", "effect"), FACTS, ids=[case[0] for case in FACTS])
def test_tickets_follow_the_facts_of_the_desk_and_their_undo(
    made: House, rule: str, file: str, row: dict[str, str], effect: dict[int, dict[str, Any]]
) -> None:
    before = made.snapshot()
    team.enter(made.desk(), file, row)
    found = {number: {name: made.value(number, name) for name in names} for number, names in effect.items()}
    assert found == effect, rule
    assert made.differences() == []
    after = made.snapshot()
    history.undo(made.desk())
    assert made.snapshot() == before
    assert made.differences() == []
    history.redo(made.desk())
    assert made.snapshot() == after
    assert made.differences() == []


def test_repeat_days_follow(made: House) -> None:
    made.wait(8 * 24 * 60)
    late = made.ticket("Matter 5")
    assert made.value(late, "repeat_of") is None
    made.setting("repeat_days", "10")
    assert made.value(late, "repeat_of") == PAID
    made.setting("repeat_days", "1")
    assert made.value(late, "repeat_of") is None
    assert made.differences() == []


def test_public_holidays_close_every_calendar(made: House) -> None:
    made.setting("country", "RU")
    made.wait(4 * 24 * 60 + 6 * 60 + 30)  # Friday 17:30; Sunday 8 March is a holiday, Monday 9 March its transfer
    number = made.ticket("Before the holidays")
    assert made.value(number, "first_reply_due") == at("2026-03-10T09:30:00+03:00")
    assert made.differences() == []


# --- Random days ------------------------------------------------------------------------------------------------------

TICKETS = st.integers(1, SPAM + 3)
PEOPLE = st.sampled_from(["lida", "oleg", "kira", None])
ACTS: st.SearchStrategy[tuple[str, Callable[[Desk], object]]] = st.one_of(
    st.tuples(
        st.just("add"),
        st.tuples(st.integers(1, SPAM), st.sampled_from(["new", "resolved", "accepted", "waiting_client"])).map(
            lambda of: lambda desk: commands.add(desk, cells(subject=f"Matter {of[0]}", status=of[1]))
        ),
    ),
    st.tuples(st.just("reply"), TICKETS.map(lambda n: lambda desk: commands.reply(desk, n, "x"))),
    st.tuples(st.just("time"), TICKETS.map(lambda n: lambda desk: commands.log_time(desk, n, 7))),
    st.tuples(
        st.just("assign"),
        st.tuples(TICKETS, PEOPLE).map(lambda of: lambda desk: commands.assign(desk, of[0], of[1])),
    ),
    st.tuples(
        st.just("line"),
        st.tuples(TICKETS, st.integers(1, 3)).map(lambda of: lambda desk: commands.move_line(desk, of[0], of[1], "x")),
    ),
    st.tuples(
        st.just("priority"),
        st.tuples(TICKETS, st.sampled_from(["low", "normal", "high", "urgent"])).map(
            lambda of: lambda desk: commands.set_priority(desk, of[0], of[1])
        ),
    ),
    st.tuples(
        st.just("status"),
        st.tuples(
            TICKETS, st.sampled_from(["new", "open", "waiting_client", "resolved", "resolved", "closed_rejected"])
        ).map(lambda of: lambda desk: commands.set_status(desk, of[0], of[1])),
    ),
    st.tuples(st.just("accept"), TICKETS.map(lambda n: lambda desk: commands.accept(desk, n))),
    st.tuples(st.just("reopen"), TICKETS.map(lambda n: lambda desk: commands.reopen(desk, n, "x"))),
)
UNDO = st.just(("undo", history.undo))
REDO = st.just(("redo", history.redo))
PAUSES = st.sampled_from([0, 1, 45, 600, 3 * 24 * 60])


def refusal_of(act: Callable[[Desk], object], desk: Desk) -> str | None:
    """The code of the refusal, None if it was done."""
    try:
        act(desk)
    except Refused as refusal:
        return refusal.code
    return None


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_one_persons_steps_go_back_and_forth(
    furnished: House, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = copied(furnished, tmp_path_factory.mktemp("one"))
    past = [made.snapshot()]
    future: list[dict[str, list[tuple[object, ...]]]] = []
    with closing(made.database):
        desk = made.desk("lida")
        for _step in range(data.draw(st.integers(5, 18))):
            name, act = data.draw(st.one_of(ACTS, ACTS, UNDO, REDO))
            made.wait(data.draw(PAUSES))
            refused = refusal_of(act, desk)
            if refused:
                assert made.snapshot() == past[-1]
                assert name != "undo" or (refused == "nothing_to_undo" and len(past) == 1)
                assert name != "redo" or (refused == "nothing_to_redo" and not future)
                continue
            if name == "undo":
                future.append(past.pop())
            elif name == "redo":
                past.append(future.pop())
            else:
                past, future = [*past, made.snapshot()], []
            assert made.snapshot() == past[-1]
        assert made.differences() == []
        while len(past) > 1:
            history.undo(desk)
            past.pop()
            assert made.snapshot() == past[-1]
        assert made.differences() == []


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_check_is_clean_after_any_steps_of_several_people(
    furnished: House, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = copied(furnished, tmp_path_factory.mktemp("many"))
    with closing(made.database):
        for _step in range(data.draw(st.integers(5, 18))):
            who = data.draw(st.sampled_from(["lida", "oleg", "anna"]))
            _name, act = data.draw(st.one_of(ACTS, ACTS, UNDO, REDO))
            made.wait(data.draw(PAUSES))
            kept = made.snapshot()
            if refusal_of(act, made.desk(who)):
                assert made.snapshot() == kept
            assert made.differences() == []
