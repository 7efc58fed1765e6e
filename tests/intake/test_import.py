"""Import of interchange files: by key, all or nothing, by any way that a file may come."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from openpyxl import Workbook

from desks import at, empty_house, house
from intake.folders import CLIENTS, EVENTS, PEOPLE, TICKETS, counts, folder, load, one, rejected, rows, write
from leadconsole.intake.report import Cancelled, Progress
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.tickets import queries


def test_a_folder_becomes_a_desk(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    report = load(home, folder(tmp_path / "in"))
    assert counts(report) == {
        "people.csv": (3, 0, 0, 0),
        "clients.csv": (2, 0, 0, 0),
        "tickets.csv": (2, 0, 0, 0),
        "ticket_events.csv": (4, 0, 0, 0),
    }
    assert home.value(1, "status") == "resolved"
    assert home.value(1, "assignee") == "lida"
    assert home.value(1, "first_reply_at") == at("2026-02-02T10:30:00+03:00")
    assert home.value(1, "resolved_at") == at("2026-02-02T12:00:00+03:00")
    assert queries.count(home.desk(), "all", search="касса") == 1
    assert one(home, "SELECT count(*) FROM event WHERE batch IS NOT NULL") == (0,)
    assert home.differences() == []


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = folder(tmp_path / "in")
    load(home, source)
    before = rows(home)
    report = load(home, source)
    assert {(added, updated, bad) for added, updated, _same, bad in counts(report).values()} == {(0, 0, 0)}
    assert rows(home) == before


def test_columns_that_a_file_lacks_keep_what_is_stored(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    load(home, folder(tmp_path / "in", people=PEOPLE.replace("lida,", "lida,")))
    load(home, write(tmp_path / "people.csv", "login,name,role,email\nlida,Lida,specialist,lida@desk.example\n"))
    report = load(home, write(tmp_path / "people.csv", "login,name,role\nlida,Lidia,specialist\n"))
    assert counts(report) == {"people.csv": (0, 1, 0, 0)}
    assert one(home, "SELECT name, email FROM person WHERE login = 'lida'") == ("Lidia", "lida@desk.example")
    version = home.value(1, "version")
    tickets = write(tmp_path / "tickets.csv", "number,client,subject,created\n1,acme,Silent,2026-02-02T10:00\n")
    assert counts(load(home, tickets)) == {"tickets.csv": (0, 1, 0, 0)}
    assert home.value(1, "subject") == "Silent"
    assert home.value(1, "version") == int(str(version)) + 1
    before, after = one(home, "SELECT before, after FROM event WHERE subject = 'ticket' AND kind = 'changed'")
    assert "The printer is silent" in before
    assert "Silent" in after
    assert home.differences() == []


def test_what_an_import_moves_no_longer_repeats(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    tickets = TICKETS + "3,acme,Re: The printer is silent,2026-02-04T10:00\n4,bolt,No ink,2026-02-04T10:00\n"
    load(home, folder(tmp_path / "in", tickets=tickets))
    assert home.value(3, "repeat_of") == 1
    for row in ("1,bolt,The printer is silent,2026-02-02T10:00", "4,acme,The printer is silent,2026-02-03T10:00"):
        load(home, write(tmp_path / "tickets.csv", f"number,client,subject,created\n{row}\n"))
        assert home.value(3, "repeat_of") is None
        assert home.differences() == []


def test_a_renamed_client_is_found_by_its_new_name(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    load(home, folder(tmp_path / "in"))
    load(home, write(tmp_path / "clients.csv", "code,name\nacme,Zenith\n"))
    assert queries.numbers(home.desk(), "all", search="zenith") == [1]
    assert home.differences() == []


def test_new_norms_and_new_tickets_in_one_import(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db", "2026-03-02T12:00:00+03:00")
    home.ticket()
    source = tmp_path / "in"
    source.mkdir()
    write(source / "norms.csv", "policy,priority,first_reply_minutes,resolution_minutes\nstd,normal,60,480\n")
    write(source / "tickets.csv", "number,client,subject,created\n7,acme,No ink,2026-03-02T10:00\n")
    load(home, source)
    assert home.value(7, "first_reply_due") == at("2026-03-02T11:00:00+03:00")
    assert home.value(1, "first_reply_due") == at("2026-03-02T13:00:00+03:00")
    assert home.differences() == []
    assert home.ticket("the next number") == 8


def test_the_time_zone_of_the_same_import_reads_its_times(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    load(home, folder(tmp_path / "in", settings="key,value\ntimezone,Asia/Vladivostok\n"))
    assert home.value(1, "created") == at("2026-02-02T10:00:00+10:00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(tmp_path: Path, encoding: str, delimiter: str, line_end: str) -> None:
    home = empty_house(tmp_path / "desk.db")
    text = (
        " Name ,CODE,notes\nРомашка,romashka,Клиент с 2019 года звонит по утрам\n"
        'Берёзка,berezka,"Просит писать\nна почту директору"\n'
    )
    write(tmp_path / "clients.csv", text.replace(",", delimiter).replace("\n", line_end), encoding)
    load(home, tmp_path / "clients.csv")
    assert home.database.reader.execute("SELECT code, name, notes FROM client ORDER BY code").fetchall() == [
        ("berezka", "Берёзка", "Просит писать\nна почту директору"),
        ("romashka", "Ромашка", "Клиент с 2019 года звонит по утрам"),
    ]


def test_empty_lines_stand_anywhere(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    write(tmp_path / "people.csv", "\n\nlogin;name;role\n\nanna;Anna;lead\n;;\nlida;Lida;boss\n\n")
    assert rejected(home, tmp_path / "people.csv") == [("people.csv", 7, "role")]


def test_a_packed_file(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(PEOPLE.encode()))
    assert counts(load(home, tmp_path / "people.csv.gz")) == {"people.csv.gz": (3, 0, 0, 0)}


def test_a_workbook_has_a_sheet_for_each_file(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, text in (("tickets", TICKETS), ("Clients", CLIENTS), ("people.csv", PEOPLE), ("Notes", "x\n")):
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(","))
    book.save(tmp_path / "desk.xlsx")
    report = load(home, tmp_path / "desk.xlsx")
    assert counts(report) == {
        "desk.xlsx/people.csv": (3, 0, 0, 0),
        "desk.xlsx/Clients": (2, 0, 0, 0),
        "desk.xlsx/tickets": (2, 0, 0, 0),
    }
    assert [told.file for told in report.warnings] == ["desk.xlsx/Notes"]


def test_a_workbooks_dates_and_numbers_are_read_as_they_look(tmp_path: Path) -> None:
    from datetime import date, datetime

    home = house(tmp_path / "desk.db")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["number", "client", "subject", "created", "price"])
    sheet.append([5, "acme", 404, datetime(2026, 2, 2, 10, 30), 12.5])
    sheet.append([6.0, "acme", "Day", date(2026, 2, 3), 700])
    book.save(tmp_path / "tickets.xlsx")
    load(home, tmp_path / "tickets.xlsx")
    assert home.value(5, "subject") == "404"
    assert home.value(5, "created") == at("2026-02-02T10:30:00+03:00")
    assert (home.value(5, "price"), home.value(6, "price")) == (1250, 70000)
    assert home.value(6, "created") == at("2026-02-03T00:00:00+03:00")


def test_several_paths_are_loaded_in_the_order_that_they_need(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    paths = [
        write(tmp_path / f"{name}.csv", text)
        for name, text in (("ticket_events", EVENTS), ("tickets", TICKETS), ("clients", CLIENTS), ("people", PEOPLE))
    ]
    assert [told.file for told in load(home, *paths).files] == [
        "people.csv", "clients.csv", "tickets.csv", "ticket_events.csv",
    ]  # fmt: skip


def test_unknown_files_are_named(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = folder(tmp_path / "in", clocks="a,b\n")
    write(source / "rejected-people.csv", "login\n")
    warnings = {told.file: told.message for told in load(home, source).warnings}
    assert warnings.keys() == {"clocks.csv"}
    with pytest.raises(Refused, match=r"people\.csv"):
        load(home, source / "clocks.csv")


def test_unknown_columns_are_told_once(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    write(tmp_path / "people.csv", "login,name,role,shoe,hat\nanna,Anna,lead,43,yes\nlida,Lida,specialist,39,no\n")
    [warned] = load(home, tmp_path / "people.csv").warnings
    assert "shoe, hat" in warned.message


def test_times_ahead_are_taken_with_one_warning(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    text = "number,client,subject,created,promised\n" + "".join(
        f"{number},acme,Later,2027-01-0{number}T10:00,2028-01-01\n" for number in range(1, 6)
    )
    report = load(home, write(tmp_path / "tickets.csv", text))
    assert [(told.file, told.line, told.field, told.message[:6]) for told in report.warnings] == [
        ("tickets.csv", 2, "created", "5 rows")
    ]
    assert one(home, "SELECT count(*) FROM ticket") == (5,)


def test_a_dry_run_tells_and_leaves_nothing(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = folder(tmp_path / "in")
    before = rows(home)
    report = load(home, source, dry_run=True)
    assert report.dry_run
    assert counts(report)["ticket_events.csv"] == (4, 0, 0, 0)
    assert rows(home) == before
    write(source / "people.csv", PEOPLE + "X!,Nobody,lead\n")
    assert rejected(home, source, dry_run=True) == [("people.csv", 5, "login")]
    assert sorted(path.name for path in source.iterdir()) == [
        "clients.csv", "people.csv", "ticket_events.csv", "tickets.csv",
    ]  # fmt: skip


def test_progress_counts_bytes_and_names_every_stage(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = folder(tmp_path / "in")
    told: list[Progress] = []
    load(home, source, progress=told.append)
    # A stage that takes long is told of again, as often as its time asks for.
    assert list(dict.fromkeys(progress.stage for progress in told)) == [
        "people.csv", "clients.csv", "tickets.csv", "ticket_events.csv", "due times and counters", "the search",
    ]  # fmt: skip
    totals = {progress.stage: progress.total for progress in told}
    assert totals["ticket_events.csv"] == (source / "ticket_events.csv").stat().st_size
    assert all(0 <= progress.done <= progress.total for progress in told)


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8, 13, 21])
def test_a_stopped_import_leaves_nothing(tmp_path: Path, after: int) -> None:
    home = empty_house(tmp_path / "desk.db")
    many = "".join(f"{number},acme,Ticket {number},2026-02-02T10:00\n" for number in range(10, 6000))
    source = folder(tmp_path / "in", tickets=TICKETS + many, people=PEOPLE + "X!,Nobody,lead\n")
    before, files = rows(home), sorted(source.iterdir())
    asked = iter(range(1, 1000))
    with pytest.raises(Cancelled):
        load(home, source, keep_good=True, cancelled=lambda: next(asked) >= after)
    assert rows(home) == before
    assert sorted(source.iterdir()) == files
    (source / "people.csv").write_text(PEOPLE)
    assert counts(load(home, source))["tickets.csv"][0] == 5992


def test_a_long_statement_can_be_stopped_too(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    many = "".join(f"{number},acme,Ticket {number} {'word ' * 20},2026-02-02T10:00\n" for number in range(10, 6000))
    source = folder(tmp_path / "in", tickets=TICKETS + many)
    in_sqlite = []

    def from_sqlite() -> bool:
        import sys

        # Python code asks through `rows`; what SQLite asks in the midst of a statement comes straight.
        if sys._getframe(1).f_back is not None and sys._getframe(1).f_back.f_code.co_name != "rows":  # type: ignore[union-attr]
            in_sqlite.append(True)
        return bool(in_sqlite)

    with pytest.raises(Cancelled):
        load(home, source, cancelled=from_sqlite)
    assert in_sqlite
    assert one(home, "SELECT count(*) FROM ticket") == (0,)


def test_only_who_may_import_imports(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    from leadconsole.intake.commands import import_paths

    with pytest.raises(NotAllowed):
        import_paths(home.desk("lida"), [write(tmp_path / "people.csv", PEOPLE)])
    seated = Desk(open_database(home.database.path, home.clock), home.clock, Actor("anna", Role.LEAD))
    assert import_paths(seated, [tmp_path / "people.csv"]).kept
