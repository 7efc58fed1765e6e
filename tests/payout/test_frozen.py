"""What reaches into a closed month from other sides: splits and merges of paid tickets, a history from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desks import House, at, empty_house, house
from intake.folders import load, rejected
from leadconsole.intake.commands import export_folder
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, queries
from leadconsole.payout.cli import as_json
from leadconsole.tickets import commands as tickets
from leadconsole.tickets import splitting
from payout.houses import february

FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)


@pytest.fixture
def home(tmp_path: Path) -> House:
    """February with two works paid, one of them told about in several messages, and closed; it is March."""
    made = house(tmp_path / "desk.db", "2026-02-10T12:00:00+03:00")
    made.setting("lead", "anna")
    for subject in ("Report", "Forms"):
        number = made.ticket(subject, body="Please", price="700", kind="task")
        tickets.note(made.desk(), number, "first")
        tickets.note(made.desk(), number, "second")
        tickets.accept(made.desk(), number)
    made.clock.at = at("2026-03-02T10:00:00+03:00")
    commands.close(made.desk(), FEBRUARY)
    return made


def paid(home: House) -> object:
    """February as it is told, and what the tickets hold that it paid."""
    worth = home.database.reader.execute("SELECT number, price, client, accepted_at FROM ticket WHERE number <= 2")
    return as_json(queries.statement(home.desk(), FEBRUARY)), worth.fetchall()


def test_a_paid_ticket_is_split_without_a_kopeck_moving(home: House) -> None:
    before = paid(home)
    desk = home.desk()
    with home.database.write(home.clock, "anna") as transaction:
        places = [one.place for one in splitting.parts(transaction.sql, 1)]
    new = tickets.split(desk, 1, [places[0], places[1]], "Another matter")
    assert home.value(new, "price") is None
    assert paid(home) == before
    undo(desk)
    redo(desk)
    assert paid(home) == before
    assert queries.statement(desk, MARCH).statement.lines == ()
    assert queries.broken_chain(desk) == []
    assert home.differences() == []


def test_a_paid_ticket_vanishes_into_no_other(home: House) -> None:
    desk = home.desk()
    tickets.reopen(desk, 1, "it is back")
    before = paid(home)
    third = home.ticket("The same")
    with pytest.raises(Refused, match="has a price"):
        tickets.merge(desk, 1, third)
    with pytest.raises(Refused, match="February 2026 is closed"):
        tickets.correct(desk, 1, {"price": ""})
    for code in ("duplicate of 2", "spam"):
        with pytest.raises(Refused, match="February 2026 is closed"):
            tickets.reject(desk, 1, code)
    with pytest.raises(Refused, match="is finished"):
        tickets.merge(desk, third, 2)
    assert paid(home) == before
    tickets.merge(desk, third, 1)
    undo(desk)
    assert paid(home) == before


def test_a_ticket_in_a_closed_month_is_not_withdrawn(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-02-10T12:00:00+03:00")
    number = home.ticket("Report", price="700")
    tickets.accept(home.desk("lida"), number)
    home.clock.at = at("2026-03-02T10:00:00+03:00")
    commands.close(home.desk(), FEBRUARY)
    before = paid(home)
    with pytest.raises(Refused):
        undo(home.desk())  # the writing down of the ticket, which Lida has accepted since
    with pytest.raises(Refused, match="February 2026 is closed"):
        undo(home.desk("lida"))
    assert paid(home) == before


# --- a history from elsewhere ----------------------------------------------------------------------------------


def exported(home: House, folder: Path) -> Path:
    """The desk as a folder."""
    export_folder(home.desk(), folder)
    return folder / "history.jsonl"


def altered(history: Path, table: str, **values: object) -> int:
    """Change the first row of a table in an exported history; its line."""
    lines = history.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        told = json.loads(line)
        if told.get("table") == table:
            told["values"] |= values
            lines[place] = json.dumps(told)
            history.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return place + 1
    raise LookupError(table)


def test_an_own_export_loads_again_and_changes_nothing(home: House, tmp_path: Path) -> None:
    before = paid(home)
    exported(home, tmp_path / "out")
    report = load(home, tmp_path / "out")
    assert not report.rejected_rows
    assert paid(home) == before


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("closed_line", {"amount": 1}),
        ("closed_line", {"place": 99}),
        ("closed_month", {"hash": "0" * 64}),
        ("closed_month", {"month": "2026-01"}),
    ],
)
def test_a_closed_month_that_was_altered_outside_is_refused(
    home: House, tmp_path: Path, table: str, values: dict[str, object]
) -> None:
    history = exported(home, tmp_path / "out")
    line = altered(history, table, **values)
    assert (history.name, line) in [(file, number) for file, number, _field in rejected(home, history)]
    assert queries.broken_chain(home.desk()) == []


def test_a_reopened_month_is_not_closed_by_an_old_export_beside_another(home: House, tmp_path: Path) -> None:
    home.clock.at = at("2026-04-02T10:00:00+03:00")
    commands.close(home.desk(), MARCH)
    history = exported(home, tmp_path / "out")
    commands.reopen(home.desk(), MARCH, "a fee was missing")
    found = {field for _file, _line, field in rejected(home, history)}
    assert found == {"table"}
    assert queries.last_closed(home.desk()) == FEBRUARY


def test_a_whole_desk_comes_with_its_closed_months(home: House, tmp_path: Path) -> None:
    exported(home, tmp_path / "out")
    made = empty_house(tmp_path / "made.db", "2026-03-02T10:00:00+03:00")
    load(made, tmp_path / "out")
    assert paid(made) == paid(home)
    assert queries.broken_chain(made.desk()) == []


def test_a_decision_is_not_brought_into_a_closed_month(tmp_path: Path) -> None:
    home = february(tmp_path / "desk.db")
    commands.decide(home.desk(), FEBRUARY, "Raise the fees", "2026-04-01")
    history = exported(home, tmp_path / "out")
    undo(home.desk())
    commands.close(home.desk(), FEBRUARY)
    lines = [line for line in history.read_text(encoding="utf-8").splitlines() if '"payout_decision"' in line]
    history.write_text("\n".join(line for line in lines if '"row"' in line) + "\n", encoding="utf-8")
    assert rejected(home, history) == [("history.jsonl", 1, "month")]
