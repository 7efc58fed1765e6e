"""What is kept of the history of tickets equals what reading all of it says, whatever was written since."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest

from desks import House, house
from leadconsole.curation import contacts, keeping, work
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import LeadconsoleError
from leadconsole.kernel.history import redo, undo
from leadconsole.tickets import commands, ledger
from leadconsole.tickets.queries import clockwork_of

CLIENTS, PEOPLE = ("acme", "bolt", "coral"), ("anna", "lida", "oleg")


@pytest.fixture
def home(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.office_hours()
    for code in CLIENTS[1:]:
        made.client(code)
    return made


def everything(desk: Desk) -> work.Load:
    """The minutes of everybody, read as a whole now."""
    end = desk.now()
    clockwork = clockwork_of(desk.database.memo, desk.reader)
    numbers = ledger.in_work(desk.reader, end - work.WINDOW, end)
    return work.summed(desk.reader, clockwork, work.spans(desk.reader, clockwork, numbers, end))


def a_step(home: House, random: Random) -> None:
    """Something that one of them does; what the rules refuse isn't done."""
    desk = home.desk(random.choice(PEOPLE))
    numbers = [number for (number,) in desk.reader.execute("SELECT number FROM ticket")]
    number = random.choice(numbers) if numbers else 0
    what = random.randrange(9)
    try:
        if what == 0 or not numbers:
            home.ticket("No paper", random.choice(CLIENTS), assignee=random.choice(PEOPLE))
        elif what == 1:
            commands.assign(desk, number, random.choice((*PEOPLE, None)))
        elif what == 2:
            commands.reply(desk, number, "On it")
        elif what == 3:
            commands.set_status(desk, number, random.choice(("open", "waiting_client", "resolved")))
        elif what == 4:
            commands.correct(desk, number, {"client": random.choice(CLIENTS)}, None)
        elif what == 5:
            undo(desk)
        elif what == 6:
            redo(desk)
        elif what == 7:
            home.person(f"new{desk.now() % 97}")
        else:
            home.wait(random.choice((1, 7, 60)))
    except LeadconsoleError:
        pass


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_follows_every_write(home: House, seed: int) -> None:
    random = Random(seed)
    for _step in range(60):
        a_step(home, random)
        desk = home.desk()
        assert keeping.contacts(desk) == contacts.contacts_in(desk.reader)
        # Within a quarter of an hour what nobody touched keeps its figures; every quarter all are read anew.
        load, whole = keeping.load(desk), everything(desk)
        for kept, now in ((load.clients, whole.clients), (load.people, whole.people)):
            assert all(abs(kept.get(name, 0) - now.get(name, 0)) <= 15 for name in kept.keys() | now.keys())
    home.wait(15)
    assert keeping.load(home.desk()) == everything(home.desk())


def test_a_write_is_followed_without_reading_all_history(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in CLIENTS:
        home.ticket("No paper", code, assignee="lida")
    desk = home.desk()
    before = keeping.contacts(desk)
    keeping.load(desk)
    read: list[str | None] = []

    def reading(reader: sqlite3.Connection, client: str | None = None) -> dict[tuple[str, str], contacts.Contact]:
        read.append(client)
        return contacts.contacts_in(reader, client)

    monkeypatch.setattr(keeping, "contacts_in", reading)
    monkeypatch.setattr(ledger, "in_work", lambda *_args: pytest.fail("everything was read"))
    commands.reply(home.desk("oleg"), 2, "On it")
    after = keeping.contacts(home.desk())
    keeping.load(home.desk())
    assert read == ["bolt"]
    assert after.keys() - before.keys() == {("bolt", "oleg")}
    assert keeping.contacts(home.desk()) is after


def test_one_client_is_found_by_its_tickets_never_through_all_events(home: House) -> None:
    seen: list[str] = []
    reader = home.desk().reader
    reader.set_trace_callback(seen.append)
    contacts.contacts_in(reader, "acme")
    reader.set_trace_callback(None)
    for sql in seen:
        for row in reader.execute(f"EXPLAIN QUERY PLAN {sql}"):
            assert "(subject=?)" not in row[3], row[3]
            assert not row[3].startswith(("SCAN event", "SCAN ticket")), row[3]
