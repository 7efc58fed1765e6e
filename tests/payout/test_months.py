"""Months counted from a real file, closed, guarded, reopened, proved; nothing of a closed month ever changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desks import House, at, house
from intake.folders import load, rejected, write
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, queries
from leadconsole.payout.cli import as_json
from leadconsole.team import commands as team
from leadconsole.tickets import commands as tickets
from payout.houses import enter, february

FEBRUARY, MARCH, APRIL = Month(2026, 2), Month(2026, 3), Month(2026, 4)


@pytest.fixture
def home(tmp_path: Path) -> House:
    """The desk of February, on the 2nd of March."""
    return february(tmp_path / "desk.db")


def told(home: House, month: Month = FEBRUARY) -> dict[str, Any]:
    """The answer of `leadconsole payout MONTH --json`."""
    return as_json(queries.statement(home.desk(), month))


def closed(home: House) -> House:
    """The same desk with February closed."""
    commands.close(home.desk(), FEBRUARY)
    return home


def test_a_month_is_counted_to_the_kopeck(home: House) -> None:
    found = told(home)
    figures = {
        name: found[name]
        for name in ("volume", "share", "salaries", "outside", "adjustments", "profit", "topup", "lead_pay")
    }
    assert figures == {
        "volume": "120000.01", "share": "60000.01", "salaries": "28000.00", "outside": "2000.00",
        "adjustments": "-500.00", "profit": "29500.01", "topup": "0.00", "lead_pay": "21500.01",
    }  # fmt: skip
    assert (found["share_rate"], found["status"], found["scheme"], found["hash"]) == (50, "open", "entrepreneur", None)
    assert [(one["section"], one["amount"], one["source"]["file"], one["source"]["key"]) for one in found["lines"]] == [
        ("subscription", "100000.00", "subscriptions", "acme,2026-01-01"),
        ("one_off", "20000.01", "tickets", "1"),
        ("salary", "28000.00", "salaries", "lida,2026-01-01"),
        ("outside", "1000.00", "expenses", "2026-02,Hosting"),
        ("outside", "1000.00", "salaries", "kim,2026-02-15"),
        ("adjustment", "-500.00", "adjustments", "2026-02,January act"),
        ("reserve", "5000.00", "allocations", "2026-02,reserve,"),
        ("bonus", "3000.00", "allocations", "2026-02,bonus,lida"),
    ]
    assert found["excluded"] == [
        {
            "label": "2 Acme: Forms", "amount": "500.00", "reason": "not_accepted",
            "source": {"file": "tickets", "key": "2"},
        }
    ]  # fmt: skip
    assert found["blockers"] == []


def test_a_month_to_come_is_refused_and_a_running_one_can_not_be_closed(home: House) -> None:
    with pytest.raises(Refused, match="is yet to come") as refusal:
        queries.statement(home.desk(), APRIL)
    assert refusal.value.code == "future_month"
    assert "The month isn't over yet." in told(home, MARCH)["blockers"]
    with pytest.raises(Refused, match="isn't over"):
        commands.close(home.desk(), MARCH)


def test_what_was_left_out_says_why(home: House) -> None:
    third = home.ticket("Scan", kind="task")
    tickets.accept(home.desk(), third)
    tickets.accept(home.desk(), 2)
    assert [(one["source"]["key"], one["reason"]) for one in told(home)["excluded"]] == [("2", "accepted_later")]
    assert [(one["source"]["key"], one["reason"]) for one in told(home, MARCH)["excluded"]] == [("3", "no_price")]
    tickets.correct(home.desk(), third, {"price": "0"})
    assert told(home, MARCH)["excluded"] == []
    assert [one["amount"] for one in told(home, MARCH)["lines"] if one["section"] == "one_off"] == ["500.00", "0.00"]


def test_a_closed_month_keeps_its_figures_and_its_hash(home: House) -> None:
    before = told(home)
    made = commands.close(home.desk(), FEBRUARY)
    after = told(closed_again := home.again())
    assert after["hash"] == made
    assert {**after, "status": "open", "hash": None, "warnings": before["warnings"]} == before
    for key, value in (("share_rate", "30"), ("proration", "none"), ("guaranteed_minimum", "1")):
        closed_again.setting(key, value)
    closed_again.client("acme", name="Zenith")
    closed_again.person("lida", "lead")
    assert told(closed_again) == after
    assert queries.broken_chain(closed_again.desk()) == []


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "1"}),
        ("subscriptions", {"client": "acme", "from": "2026-01-01", "to": "2026-02-27", "monthly_fee": "100000"}),
        ("subscriptions", {"client": "bolt", "from": "2026-02-28", "monthly_fee": "1"}),
        ("people", {"login": "lida", "name": "Lida", "role": "specialist", "ended": "2026-02-20"}),
        ("people", {"login": "lida", "name": "Lida", "role": "specialist", "started": "2026-02-02"}),
        ("salaries", {"login": "lida", "from": "2026-01-01", "amount": "1"}),
        ("salaries", {"login": "lida", "from": "2026-02-28", "amount": "1"}),
        ("salaries", {"login": "oleg", "from": "2025-01-01", "amount": "1"}),
        ("expenses", {"month": "2026-02", "description": "Cloud", "amount": "1"}),
        ("allocations", {"month": "2026-02", "kind": "reserve", "amount": "1"}),
        ("adjustments", {"month": "2026-02", "description": "x", "amount": "1"}),
    ],
)
def test_a_row_that_reaches_into_a_closed_month_is_refused(
    home: House, tmp_path: Path, file: str, cells: dict[str, str]
) -> None:
    home.client("bolt")
    closed(home)
    before = told(home)
    write_to = team.enter if file in ("subscriptions", "people") else commands.enter
    with pytest.raises(Refused, match="February 2026 is closed") as refusal:
        write_to(home.desk(), file, cells)
    assert refusal.value.code == "closed_month"
    path = write(tmp_path / f"{file}.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert rejected(home, path) == [(f"{file}.csv", 2, refusal.value.field)]
    assert told(home) == before


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("subscriptions", {"client": "acme", "from": "2026-01-01", "to": "2026-02-28"}),
        ("people", {"login": "lida", "name": "Lida", "role": "specialist", "ended": "2026-02-28"}),
        ("salaries", {"login": "lida", "from": "2026-03-01", "amount": "1"}),
        ("expenses", {"month": "2026-03", "description": "Hosting", "amount": "1"}),
    ],
)
def test_what_begins_after_a_closed_month_is_taken(home: House, file: str, cells: dict[str, str]) -> None:
    before = told(closed(home))
    (team.enter if file in ("subscriptions", "people") else commands.enter)(home.desk(), file, cells)
    assert told(home) == before


def test_removing_and_undoing_stop_at_a_closed_month(home: House) -> None:
    desk = home.desk()
    closed(home)
    for file, key in (("expenses", ("2026-02", "Hosting")), ("salaries", ("lida", "2026-01-01"))):
        with pytest.raises(Refused, match="is closed"):
            commands.remove(desk, file, key)
    with pytest.raises(Refused, match="is closed"):
        team.remove(desk, "subscriptions", ("acme", "2026-01-01"))
    with pytest.raises(Refused, match="February 2026 is closed"):
        undo(desk)  # the adjustment of February was the last step


def test_a_paid_work_keeps_its_price_and_pays_once(home: House) -> None:
    closed(home)
    desk, before = home.desk(), told(home)
    for cells in ({"price": "1"}, {"client": "bolt"}):
        home.client("bolt")
        with pytest.raises(Refused, match="February 2026 is closed"):
            tickets.correct(desk, 1, cells)
    tickets.reopen(desk, 1, "it is back")
    assert told(home) == before
    undo(desk)
    redo(desk)
    home.wait(5)
    tickets.accept(desk, 1)
    assert told(home, MARCH)["lines"] == [one for one in told(home, MARCH)["lines"] if one["section"] != "one_off"]
    assert told(home) == before


def test_an_acceptance_that_was_paid_is_not_undone(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-02-10T12:00:00+03:00")
    number = home.ticket(price="100")
    tickets.accept(home.desk(), number)
    home.clock.at = at("2026-03-02T10:00:00+03:00")
    commands.close(home.desk(), FEBRUARY)
    with pytest.raises(Refused, match="February 2026 is closed"):
        undo(home.desk())
    tickets.reopen(home.desk(), number, "it is back")
    assert undo(home.desk())
    assert undo is not None
    assert home.value(number, "status") == "accepted"


NEW = "number,client,subject,created,price,accepted\n{},acme,Late,2026-02-03T10:00,{},2026-02-{}T10:00\n"


def test_an_import_brings_no_work_into_a_closed_month(home: House, tmp_path: Path) -> None:
    closed(home)
    before = told(home)
    path = tmp_path / "tickets.csv"
    assert rejected(home, write(path, NEW.format(9, 70, 20))) == [("tickets.csv", 2, "accepted")]
    load(home, write(path, NEW.format(9, "", 20)))  # without a price it would have brought nothing
    assert rejected(home, write(path, NEW.format(9, 70, 20))) == [("tickets.csv", 2, "price")]
    load(home, write(path, "number,client,subject,created,price\n8,acme,Old,2026-02-03T10:00,70\n"))
    events = tmp_path / "ticket_events.csv"
    heading = "ticket,at,seq,actor,kind,value,text\n"
    assert rejected(home, write(events, f"{heading}8,2026-02-20T10:00,1,anna,accept,,\n")) == [
        ("ticket_events.csv", 2, "at")
    ]
    assert rejected(home, write(events, f"{heading}1,2026-02-28T10:00,90,anna,reopen,,\n")) == [
        ("ticket_events.csv", 2, "at")
    ]
    load(home, write(events, f"{heading}8,2026-03-01T10:00,1,anna,accept,,\n1,2026-03-01T10:00,91,anna,reopen,,\n"))
    assert [one["source"]["key"] for one in told(home, MARCH)["lines"] if one["section"] == "one_off"] == ["8"]
    assert told(home) == before


def test_an_acceptance_before_the_creation_is_refused(home: House, tmp_path: Path) -> None:
    row = "number,client,subject,created,accepted\n9,acme,Late,2026-02-03T10:00,2026-02-02T10:00\n"
    assert rejected(home, write(tmp_path / "tickets.csv", row)) == [("tickets.csv", 2, "accepted")]


def test_two_currencies_are_refused(home: House) -> None:
    with pytest.raises(Refused, match="amounts in RUB") as refusal:
        home.setting("currency", "USD")
    assert refusal.value.code == "mixed_currencies"
    home.setting("currency", "RUB")


def test_only_the_last_closed_month_is_reopened_with_a_reason_that_stays(home: House) -> None:
    closed(home)
    home.clock.at = at("2026-04-01T10:00:00+03:00")
    commands.close(home.desk(), MARCH)
    with pytest.raises(Refused, match="March 2026; February 2026 stays"):
        commands.reopen(home.desk(), FEBRUARY, "a slip")
    with pytest.raises(Refused) as refusal:
        commands.reopen(home.desk(), MARCH, "  ")
    assert refusal.value.field == "reason"
    with pytest.raises(NotFound):
        commands.reopen(home.desk(), APRIL, "a slip")
    first = told(home, MARCH)["hash"]
    commands.reopen(home.desk(), MARCH, "a fee was missing")
    assert told(home, MARCH)["reopened"] == [{"by": "anna", "reason": "a fee was missing"}]
    assert commands.close(home.desk(), MARCH) == first, "nothing was changed, so the hash is the same"
    assert told(home, MARCH)["reopened"]


def test_months_close_one_after_another(home: House) -> None:
    home.clock.at = at("2026-05-02T10:00:00+03:00")
    closed(home)
    assert any("March 2026 comes first" in one for one in told(home, APRIL)["blockers"])
    assert any("February 2026 is closed already" in one for one in told(home, Month(2026, 1))["blockers"])
    with pytest.raises(Refused, match="is closed already"):
        commands.close(home.desk(), FEBRUARY)


def test_an_abnormal_month_needs_its_decision(home: House) -> None:
    home.setting("guaranteed_minimum", "30000")
    found = told(home)
    assert (found["abnormal"], found["topup"], found["lead_pay"], found["reserve"]) == (
        True, "499.99", "30000.00", "0.00"
    )  # fmt: skip
    assert len(found["blockers"]) == 2
    for key in (("2026-02", "reserve", ""), ("2026-02", "bonus", "lida")):
        commands.remove(home.desk(), "allocations", key)
    with pytest.raises(Refused, match="record the decision"):
        commands.close(home.desk(), FEBRUARY)
    commands.decide(home.desk(), FEBRUARY, "Raise the fee of Acme", "2026-04-01")
    commands.close(home.desk(), FEBRUARY)
    owed = queries.statement(home.desk(), MARCH).owed
    assert owed is not None
    assert owed == ("2026-02", "Raise the fee of Acme", "2026-04-01")
    with pytest.raises(Refused, match="is closed"):
        commands.decide(home.desk(), FEBRUARY, "Nothing", "2026-04-01")


def test_the_reserve_is_carried_on_and_not_overdrawn(home: House) -> None:
    closed(home)
    assert queries.statement(home.desk(), MARCH).reserve_before == 5_000_00
    with pytest.raises(Refused, match="drawn on for"):
        enter(home, "allocations", month="2026-03", kind="reserve", amount="-6000")
    enter(home, "allocations", month="2026-03", kind="reserve", amount="-6000", reason="a bonus")
    assert any("more than there is" in one for one in told(home, MARCH)["blockers"])


def test_who_sees_what(home: House) -> None:
    def seated(role: Role) -> Any:
        return home.desk().seated(Actor("dora", role))

    for role in (Role.SPECIALIST, Role.CONTRACTOR, Role.DEPUTY):
        for read in (queries.statement, queries.invoices):
            with pytest.raises(NotAllowed):
                read(seated(role), FEBRUARY)
    assert queries.statement(seated(Role.DIRECTOR), FEBRUARY)
    assert [one.amount for one in queries.invoices(seated(Role.ACCOUNTANT), FEBRUARY)] == [100_000_00, 20_000_01]
    for role in (Role.DIRECTOR, Role.ACCOUNTANT):
        with pytest.raises(NotAllowed):
            commands.close(seated(role), FEBRUARY)
    with pytest.raises(NotAllowed):
        queries.statement(seated(Role.ACCOUNTANT), FEBRUARY)


@pytest.mark.parametrize(
    ("edit", "told_of"),
    [
        ("UPDATE closed_line SET amount = amount + 1 WHERE place = 3", "February 2026: line 4 «Hosting (#1)»"),
        ("UPDATE closed_line SET who = 'Bolt' WHERE place = 0", "February 2026: line 1 «Bolt»"),
        ("UPDATE closed_line SET base = 1, amount = 1 WHERE place = 1", "February 2026: line 2"),
        (
            "UPDATE closed_month SET frozen = replace(frozen, '\"lead_pay\":2150001', '\"lead_pay\":2150002')",
            "its figures",
        ),
        ("UPDATE closed_month SET frozen = '{}'", "can't be read"),
        ("UPDATE closed_month SET previous = 'x' WHERE month = '2026-03'", "March 2026 isn't chained"),
        ("UPDATE closed_month SET hash = 'x' WHERE month = '2026-02'", "its figures"),
        ("DELETE FROM closed_line WHERE place = 7", "its figures"),
        ("UPDATE closed_line SET ticket = 2 WHERE ticket = 1", "February 2026: line 2"),
        ("UPDATE closed_month SET actor = 'oleg' WHERE month = '2026-02'", "history tells of another close"),
        ("UPDATE closed_month SET at = at + 1 WHERE month = '2026-03'", "history tells of another close"),
        ("DELETE FROM closed_month WHERE month = '2026-03'", "March 2026 was closed by anna and is closed no more"),
    ],
)
def test_an_edit_from_outside_shows(home: House, edit: str, told_of: str) -> None:
    closed(home)
    home.clock.at = at("2026-04-01T10:00:00+03:00")
    commands.close(home.desk(), MARCH)
    assert queries.broken_chain(home.desk()) == []
    home.database.close()
    with sqlite3.connect(home.database.path, isolation_level=None) as connection:
        assert connection.execute(edit).rowcount > 0
    connection.close()
    found = queries.broken_chain(home.desk())
    assert found
    assert told_of in found[0]


def test_a_close_is_whole_or_not_at_all(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_values: object, **_more: object) -> int:
        raise OSError("the power is gone")

    monkeypatch.setattr(commands, "record", fails)
    with pytest.raises(OSError, match="power"):
        commands.close(home.desk(), FEBRUARY)
    for table in ("closed_month", "closed_line"):
        assert home.database.reader.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_marks_of_what_was_passed_on_are_undone_like_any_step(home: House) -> None:
    desk = home.desk()
    everything = [(one.file, one.key) for one in queries.invoices(desk, FEBRUARY)]
    assert commands.pass_on(desk, FEBRUARY, everything) == 2
    assert commands.pass_on(desk, FEBRUARY, everything) == 0
    assert all(one.passed_at for one in queries.invoices(desk, FEBRUARY))
    undo(desk)
    assert not any(one.passed_at for one in queries.invoices(desk, FEBRUARY))


def test_what_changes_after_it_was_passed_on_is_told_and_passed_on_anew(home: House) -> None:
    desk = home.desk()
    everything = [(one.file, one.key) for one in queries.invoices(desk, FEBRUARY)]
    commands.pass_on(desk, FEBRUARY, everything)
    home.wait(5)
    tickets.correct(desk, 1, {"price": "20000"})
    team.enter(desk, "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "99000"})
    assert [one.changed for one in queries.invoices(desk, FEBRUARY)] == [True, True]
    assert "2 invoices have changed since they were passed on." in told(home)["warnings"]
    home.wait(5)
    assert commands.pass_on(desk, FEBRUARY, everything[:1]) == 1
    assert [one.waits for one in queries.invoices(desk, FEBRUARY)] == [False, True]
    assert commands.pass_on(desk, FEBRUARY, everything) == 1
    tickets.reopen(desk, 1, "it is back")
    assert "1 invoice was passed on and isn't in the month any more." in told(home)["warnings"]
    assert commands.pass_on(desk, FEBRUARY, everything, on=False) == 2
    assert "1 invoice isn't passed on yet." in told(home)["warnings"]


def test_works_of_earlier_months_are_not_forgotten(home: House) -> None:
    assert told(home)["warnings"] == [
        "1 work is resolved but not accepted.", "1 set-aside has no reason.", "2 invoices aren't passed on yet.",
    ]  # fmt: skip
    assert told(home, MARCH)["excluded"] == []
    assert "1 work resolved in an earlier month is still not accepted." in told(home, MARCH)["warnings"]


def test_the_plan_of_the_works_uses_the_indexes(home: House) -> None:
    from leadconsole.payout import facts

    reader = home.database.reader
    begin, end = FEBRUARY.bounds("Europe/Moscow")
    assert [one.ticket for one in facts.works(reader, FEBRUARY, begin, end)] == [1]
    plan = reader.execute(
        f"EXPLAIN QUERY PLAN SELECT sum(price) FROM ticket WHERE {facts.ACCEPTED} AND accepted_at BETWEEN 1 AND 2"
    ).fetchall()
    assert "COVERING INDEX ticket_accepted" in plan[0][3]
