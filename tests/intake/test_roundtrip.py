"""An export made into a desk again is the same desk: every row, every event, every undo; nothing is lost or altered."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli.desk_file import desk_shell
from desks import House, as_nobody, at, empty_house, house
from intake.folders import counts, load, rejected, rows, write
from leadconsole.curation import commands as curation
from leadconsole.intake.commands import export_folder
from leadconsole.intake.report import Cancelled, ImportRejected
from leadconsole.kernel.access import Role
from leadconsole.kernel.drafts import draft, keep
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.period import Month
from leadconsole.kernel.rows import put
from leadconsole.kernel.shape import Reading
from leadconsole.one_on_one import commands as one_on_one
from leadconsole.one_on_one import meetings
from leadconsole.payout import commands as payout
from leadconsole.roster import commands as roster
from leadconsole.team.commands import enter
from leadconsole.team.shapes import CLIENTS, CONTACTS
from leadconsole.team.tables import Client, Contact
from leadconsole.tickets import commands as tickets
from leadconsole.tickets import queries, shelves, story, tagging
from leadconsole.tickets.looks import Look

CONTRACT = {
    "settings.csv": "key,value",
    "people.csv": "login,name,role,lines,email,timezone,weekly_hours,started,ended",
    "clients.csv": "code,name,domains,emails,status,started,ended,policy,calendar,notes,toxic_since,toxic_reason",
    "contacts.csv": "client,name,email,phone,note",
    "calendars.csv": "calendar,weekday,opens,closes,timezone",
    "calendar_days.csv": "calendar,date,kind,opens,closes",
    "norms.csv": "policy,priority,line,first_reply_minutes,resolution_minutes",
    "tickets.csv": (
        "number,client,subject,created,requester,body,kind,priority,line,status,assignee,channel,estimate_hours,"
        "price,agreed,first_reply,resolved,accepted,promised,wait_until,resolution_code,tags"
    ),
    "ticket_events.csv": "ticket,at,seq,actor,kind,value,text",
    "absences.csv": "login,from,to,kind,note",
    "subscriptions.csv": "client,from,to,monthly_fee",
    "salaries.csv": "login,from,amount",
    "expenses.csv": "month,description,amount,client,ticket",
    "allocations.csv": "month,kind,login,amount,reason",
    "adjustments.csv": "month,description,amount,corrects",
    "criteria.csv": "login,criterion,from,until,max,position",
    "meeting_plan.csv": "login,rule",
    "meetings.csv": "login,date,criterion,points,reason",
    "actions.csv": "login,date,text,owner,due,done",
    "curation.csv": "client,login,since,level,until",
    "substitutions.csv": "client,absent,from,to,substitute,acknowledged",
    "client_sheets.csv": "client,access,quirks",
    "learning_tasks.csv": "client,login,since,due,done,dropped,because",
    "lead_handovers.csv": ("client,begun,giver,taker,effective,introduction,access,open_work,quirks,done,cancelled"),
    "shift_types.csv": "code,name,starts,ends,break_minutes",
    "demand.csv": "day,starts,ends,line,people",
    "shifts.csv": "login,date,shift",
    "roster_rules.csv": "rule,severity,limit",
    "wishes.csv": "login,date,shift,weight",
    "person_rules.csv": "login,rule,shift,limit",
}
"""The header of each file of an export (interchange.md, section 2)."""
NAMES = {*CONTRACT, "history.jsonl"}


def tables(home: House, *, drafts: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the file; a mere counter of changes and, unless wanted, drafts left out."""
    reader = home.database.reader
    found = reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = sorted(name for (name,) in found if not name.startswith("ticket_search"))
    told = {name: sorted(reader.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
    assert {"event", "ticket", "ticket_text", "setting", "person", "draft", "desk_fact"} <= told.keys()
    told["desk_fact"] = [row for row in told["desk_fact"] if row[0] != "revision"]
    if not drafts:
        del told["draft"], told["private_note"]
    return told


def export(home: House, path: Path, **how: Any) -> dict[str, bytes]:
    """The files that an export writes."""
    export_folder(home.desk(), path, **how)
    return {file.name: file.read_bytes() for file in path.iterdir()}


def again(home: House, path: Path, **how: Any) -> House:
    """The desk that an export of this one makes of an empty file; exported again, it gives the same bytes."""
    path.mkdir()
    first = export(home, path / "first", **how)
    made = empty_house(path / "again.db")
    made.clock.at, made.people = home.clock.at, dict(home.people)
    report = load(made, path / "first")
    assert not report.rejected
    assert export(made, path / "second", **how) == first
    assert made.differences() == []
    return made


def firm(path: Path) -> House:
    """A desk on which everything has happened: steps of several people, undone and redone, and files loaded."""
    home = house(path)
    home.setting("lead", "anna")
    home.setting("country", "RU")
    home.setting("guaranteed_minimum", "12 345,6")
    home.person("boris", "lead")
    home.person("vera", "contractor", lines="1+3", weekly_hours="37,5", timezone="Asia/Omsk", ended="2026-02-01")
    home.client("bolt", status="leaving", notes="Просит писать\nна почту", toxic_since="01.02.2026")
    home.norm(60, 480)
    home.norm(None, 240, priority="urgent", line="2")
    desk = home.desk()
    enter(desk, "contacts", {"client": "bolt", "name": "Ольга", "phone": "+7 495 000"})
    enter(desk, "calendars", {"calendar": "night", "weekday": "sat", "opens": "22:00", "closes": "24:00"})
    enter(desk, "calendar_days", {"calendar": "office", "date": "2026-03-09", "kind": "short"})
    enter(desk, "absences", {"login": "lida", "from": "06.07.2026", "to": "19.07.2026", "kind": "vacation"})
    enter(desk, "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "12 000,50"})
    reviewed(home)
    curation.set_levels(desk, [("acme", "lida", "lead"), ("acme", "oleg", "curator"), ("bolt", "anna", "lead")])
    curation.move_lead(desk, "acme", "oleg", "2026-04-01")
    curation.enter(desk, "client_sheets", {"client": "acme", "access": "VPN\nключ у Анны", "quirks": "=звонить"})
    cells = {"client": "acme", "absent": "lida", "from": "2026-03-05", "to": "2026-03-09", "substitute": "oleg"}
    curation.enter(desk, "substitutions", cells)
    curation.enter(
        desk, "learning_tasks", {"client": "bolt", "login": "oleg", "since": "2026-03-02", "due": "2026-04-01"}
    )
    cells = {"client": "bolt", "begun": "2026-03-02", "giver": "anna", "taker": "lida", "effective": "2026-05-01"}
    curation.enter(desk, "lead_handovers", {**cells, "introduction": "2026-03-03"})
    shifts(home)
    home.client("bolt", name="Volt")
    first = home.ticket(body="=1+1\n@here", price="700", requester="Иван")
    home.wait(3)
    second = home.ticket("Re: The printer is silent", client="bolt", priority="high", assignee="oleg")
    tickets.assign(home.desk("lida"), first, "lida")
    tickets.reply(home.desk("lida"), first, "Look at the cable\n\n-- \nLida")
    home.wait(11)
    tickets.set_status(home.desk("lida"), first, "resolved", "done")
    tickets.move_line(home.desk("oleg"), second, 2, "needs the database")
    tickets.set_priority(home.desk("oleg"), second, "urgent")
    undo(home.desk("oleg"))
    tickets.log_time(home.desk("oleg"), second, 25)
    undo(home.desk("oleg"))
    redo(home.desk("oleg"))
    withdrawn = home.ticket("By mistake")
    tickets.note(home.desk("boris"), withdrawn, "what is this?")
    undo(home.desk("boris"))
    undo(desk)
    moved = path.with_name("tickets.csv")
    write(moved, f"number,client,subject,created\n{first},bolt,Печать молчит,2026-03-01T10:00\n")
    load(home, moved)
    home.wait(5)
    tickets.accept(desk, first)
    paid(home)
    return home


def joined(home: House) -> None:
    """Tickets that are merged, split and linked, tags one by one, ready texts and macros."""
    desk = home.desk()
    kept, double = (home.ticket(f"Касса {place}", requester="Нина", body="Не печатает") for place in (1, 2))
    tickets.note(home.desk("oleg"), kept, "И сканер")
    tickets.retag(desk, kept, tagging.read("касса срочно"))
    tickets.merge(desk, double, kept)
    tickets.link(desk, kept, 1)
    new = tickets.split(desk, kept, [story.parts(desk, kept)[-1].place], "Сканер")
    tickets.link(desk, new, 2)
    undo(desk)
    shelves.keep(desk, shelves.TEXTS, {"owner": "", "name": "Привет", "text": "=1+1 {клиент}"})
    shelves.keep(home.desk("lida"), shelves.MACROS, {"owner": "lida", "name": "Ночь", "tags": "+ночь", "minutes": "5"})


def test_what_was_joined_parted_and_kept_at_hand_comes_back(tmp_path: Path) -> None:
    home = firm(tmp_path / "desk.db")
    joined(home)
    made = again(home, tmp_path / "out")
    assert tables(made) == tables(home)
    for number in range(1, 7):
        if number != 3:  # withdrawn
            assert story.ticket(made.desk(), number) == story.ticket(home.desk(), number)
    undo(made.desk())
    assert not shelves.kept(made.desk(), shelves.TEXTS)


def paid(home: House) -> None:
    """Pay and costs, a month that was closed, reopened and closed again, a decision, a mark that was taken back."""
    desk, february = home.desk(), Month(2026, 2)
    for file, cells in (
        ("salaries", {"login": "lida", "from": "2026-01-15", "amount": "2500,25"}),
        ("expenses", {"month": "2026-02", "description": "=Хостинг", "amount": "10", "client": "acme", "ticket": "1"}),
        ("allocations", {"month": "2026-03", "kind": "reserve", "amount": "1"}),
        ("allocations", {"month": "2026-03", "kind": "bonus", "login": "lida", "amount": "2", "reason": "webinar"}),
        ("adjustments", {"month": "2026-02", "description": "Act", "amount": "-0.01", "corrects": "2026-01"}),
    ):
        payout.enter(desk, file, cells)
    payout.decide(desk, february, "Raise fees", "2026-04-01")
    payout.close(desk, february)
    payout.reopen(desk, february, "a slip")
    payout.close(desk, february)
    payout.pass_on(desk, february, [("subscriptions", "acme,2026-01-01")])
    undo(desk)
    redo(desk)


def reviewed(home: House) -> None:
    """Lida's sheet with a meeting, and what was agreed at it."""
    desk = home.desk()
    for cells in (
        {"criterion": "Requests on time", "max": "20", "position": "1"},
        {"criterion": "=Calm", "max": "7,5", "until": "31.12.2026"},
    ):
        one_on_one.enter(desk, "criteria", {"login": "lida", "from": "2026-02-01", **cells})
    one_on_one.enter(desk, "meeting_plan", {"login": "lida", "rule": "rrule:freq=weekly;interval=2;byday=tu"})
    for criterion, points in (("Requests on time", "14"), ("=Calm", "6.25")):
        cells = {"login": "lida", "date": "2026-02-17", "criterion": criterion, "points": points, "reason": "as\nseen"}
        one_on_one.enter(desk, "meetings", cells)
    agreed = {"login": "lida", "date": "2026-02-17", "text": "Access to the ERP", "owner": "anna", "due": "2026-03-06"}
    one_on_one.enter(desk, "actions", agreed)
    sheet = [one_on_one.Wanted("Requests on time", "20", [("5", "=late"), ("20", "in time")])]
    one_on_one.set_sheet(desk, "lida", sheet, "2026-02-20")
    meetings.give_own(home.desk("lida"), {"Requests on time": meetings.Given("19", "nothing\nlate")})
    meetings.add_point(home.desk("lida"), "lida", "@Fridays")
    given = {"Requests on time": meetings.Given("12", "one late")}
    held = meetings.Held("2026-03-01", [("Requests on time", 2000)], given, talked=[1], note="between us")
    meetings.save(desk, "lida", held)
    meetings.acknowledge(home.desk("lida"), "2026-03-01", "I see")
    meetings.correct(desk, "lida", "2026-03-01", "Two late")
    meetings.give_own(home.desk("lida"), {"Requests on time": meetings.Given("15", "")})
    one_on_one.move_meeting(desk, "lida", "2026-03-03", "2026-03-04")


def shifts(home: House) -> None:
    """A month of the roster that was published, changed since, and published once more by mistake."""
    desk = home.desk()
    roster.enter(desk, "shift_types", {"code": "Д", "name": "День", "starts": "9:00", "ends": "18:00"})
    roster.enter(desk, "shift_types", {"code": "N", "name": "Night", "starts": "21:00", "ends": "9:00"})
    roster.enter(desk, "demand", {"day": "workday", "starts": "09:00", "ends": "18:00", "line": "1", "people": "2"})
    roster.enter(desk, "demand", {"day": "08.03.2026", "starts": "20:00", "ends": "24:00", "people": "0"})
    roster.enter(desk, "roster_rules", {"rule": "weekly_rest", "limit": "36,5"})
    roster.enter(desk, "person_rules", {"login": "lida", "rule": "max_shifts", "shift": "N", "limit": "0"})
    roster.enter(desk, "person_rules", {"login": "oleg", "rule": "max_weekends", "limit": "1"})
    roster.set_shifts(desk, {("lida", "2026-03-02"): "Д", ("oleg", "2026-03-02"): "N"})
    roster.wish(home.desk("lida"), {"login": "lida", "date": "2026-03-08", "shift": "off", "weight": "5"})
    roster.publish(desk, Month(2026, 3))
    roster.set_shifts(desk, {("lida", "2026-03-02"): None, ("lida", "2026-03-03"): "N"})
    roster.publish(desk, Month(2026, 3))
    undo(desk)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The firm, made once."""
    made = firm(tmp_path_factory.mktemp("firm") / "desk.db")
    return made.closed()


@pytest.fixture
def home(model: House, tmp_path: Path) -> House:
    """A copy of the firm."""
    return model.copied(tmp_path / "desk.db")


# The whole desk


def test_an_export_makes_an_equal_desk(home: House, tmp_path: Path) -> None:
    tickets.save_view(
        home.desk("lida"), "Моё срочное", "mine", "priority>=high -tag:vip", Look(("subject", "price"), "-price")
    )
    made = again(home, tmp_path / "out")
    seen = tables(made)
    for name, kept in tables(home).items():
        assert seen[name] == kept, name
    assert queries.numbers(made.desk(), "all", search="молчит") == [1]


def test_history_keeps_its_ids_and_its_undo_links(home: House, tmp_path: Path) -> None:
    question = "SELECT id, batch, undoes, recorded, at, seq, actor, before, after FROM event ORDER BY id"
    kept = home.database.reader.execute(question).fetchall()
    assert any(undoes for _id, _batch, undoes, *_ in kept)
    made = again(home, tmp_path / "out")
    assert made.database.reader.execute(question).fetchall() == kept


def test_undo_and_redo_go_on_where_they_stood(home: House, tmp_path: Path) -> None:
    made = again(home, tmp_path / "out")
    for login, step in (
        ("anna", undo), ("lida", undo), ("oleg", undo), ("oleg", undo), ("oleg", redo), ("lida", redo), ("anna", redo),
        ("anna", undo), ("boris", redo), ("oleg", redo),
    ):  # fmt: skip
        said = []
        for one in (home, made):
            try:
                said.append(step(one.desk(login)))
            except Refused as refusal:
                said.append(f"{refusal.code}: {refusal.message}")
        assert said[0] == said[1]
        assert tables(made) == tables(home), (login, step.__name__)
    assert made.differences() == []


def test_a_number_that_was_given_out_is_not_given_again(home: House, tmp_path: Path) -> None:
    made = again(home, tmp_path / "out")
    assert made.ticket("the next") == home.ticket("the next") == 4


def test_the_next_step_is_the_same_on_both_desks(home: House, tmp_path: Path) -> None:
    made = again(home, tmp_path / "out")
    for one in (home, made):
        one.wait(1)
        tickets.reopen(one.desk("lida"), 1, "it doesn't")
        one.client("acme", name="Zenith", policy="std")
    assert tables(made) == tables(home)


def test_an_empty_desk_exports_and_loads(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    made = again(home, tmp_path / "out")
    assert tables(made) == tables(home)
    files = {file.name: file.read_text() for file in (tmp_path / "out" / "first").iterdir()}
    assert files.keys() == NAMES
    assert files.pop("history.jsonl") == ""
    assert {len(text.splitlines()) for text in files.values()} == {1}, "headers only"


def test_a_desk_on_summer_time_keeps_the_hour_that_comes_twice(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db", "2026-10-25T00:30:00+00:00")
    home.setting("timezone", "Europe/Berlin")
    home.client("acme")
    home.ticket("first 02:30")
    home.wait(60)
    home.ticket("second 02:30")
    made = again(home, tmp_path / "out")
    assert tables(made) == tables(home)
    assert int(str(made.value(2, "created"))) - int(str(made.value(1, "created"))) == 3_600_000_000


def test_a_desk_that_was_loaded_without_history_exports_and_loads(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = tmp_path / "in"
    source.mkdir()
    write(source / "people.csv", "login,name,role\nlida,Lida,specialist\n")
    write(source / "clients.csv", "code,name\nacme,Acme\n")
    write(
        source / "tickets.csv",
        "number,client,subject,created,status,resolved,accepted,assignee,line\n"
        "1,acme,A,2026-02-02T10:00,resolved,,,lida,2\n"
        "2,acme,B,2026-02-02T10:00,accepted,2026-02-02T12:00,,,\n"
        "3,acme,C,2026-02-02T10:00,,,2026-02-03T12:00,,\n"
        "4,acme,D,2026-02-02T10:00,,,,,\n",
    )
    write(
        source / "ticket_events.csv",
        "ticket,at,seq,actor,kind,value,text\n"
        "4,2026-02-01T09:00,7,lida,reply,,before it was created\n"
        "4,2026-02-01T09:00,9,lida,time,15,\n"
        "4,2026-02-02T11:00,11,lida,undo,9,\n",
    )
    load(home, source)
    assert tables(again(home, tmp_path / "out")) == tables(home)
    assert home.value(1, "resolved_at") == home.value(1, "created")
    assert home.value(2, "accepted_at") == at("2026-02-02T12:00:00+03:00")
    assert home.value(3, "resolved_at") == at("2026-02-03T12:00:00+03:00")
    assert home.value(4, "first_reply_at") == home.value(4, "created")
    assert home.value(4, "spent_minutes") == 0


# Loading it again


def test_loading_the_same_export_again_changes_nothing(home: House, tmp_path: Path) -> None:
    made = again(home, tmp_path / "out")
    before = rows(made)
    for _time in range(2):
        load(made, tmp_path / "out" / "first")
        assert rows(made) == before


def test_loading_the_same_export_again_says_that_nothing_changed(home: House, tmp_path: Path) -> None:
    made = again(home, tmp_path / "out")
    told = counts(load(made, tmp_path / "out" / "first"))
    assert {name: (added, updated, bad) for name, (added, updated, _same, bad) in told.items()} == dict.fromkeys(
        NAMES, (0, 0, 0)
    )


def test_loading_its_own_export_changes_nothing(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    before = rows(home)
    load(home, tmp_path / "out")
    assert rows(home) == before


def test_an_old_export_takes_back_nothing_of_history(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    number = home.ticket("after the export")
    tickets.note(home.desk("lida"), 1, "after the export")
    kept = home.database.reader.execute("SELECT * FROM event ORDER BY id").fetchall()
    load(home, tmp_path / "out")
    assert home.database.reader.execute("SELECT * FROM event ORDER BY id").fetchall() == kept
    assert home.value(number, "subject") == "after the export"
    assert home.differences() == []


def test_an_export_loads_beside_what_another_desk_has(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    other = empty_house(tmp_path / "other.db")
    other.client("solo")
    other.wait(600)
    load(other, tmp_path / "out")
    mine = dict(home.database.reader.execute("SELECT code, name FROM client"))
    assert dict(other.database.reader.execute("SELECT code, name FROM client")) == {**mine, "solo": "Solo"}
    assert other.differences() == []
    before = rows(other)
    load(other, tmp_path / "out")
    assert rows(other) == before
    other.people = dict(home.people)
    undo(other.desk("oleg"))
    assert other.value(2, "spent_minutes") == 0, "links of an undo lead to the same step under its new id"
    undo(other.desk("oleg"))
    assert other.value(2, "line") == 1


def test_a_history_that_was_altered_is_refused(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    made = again(home, tmp_path / "again")
    history = tmp_path / "out" / "history.jsonl"
    lines = history.read_text(encoding="utf-8").splitlines()
    [place] = [n for n, line in enumerate(lines) if '"Volt"' in line and '"changed"' in line][:1]
    lines[place] = lines[place].replace('"Volt"', '"Watt"')
    history.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert rejected(made, tmp_path / "out") == [("history.jsonl", place + 1, None)]


def test_any_part_of_an_export_may_come_packed(home: House, tmp_path: Path) -> None:
    import gzip

    for name, data in export(home, tmp_path / "out").items():
        (tmp_path / "out" / f"{name}.gz").write_bytes(gzip.compress(data))
        (tmp_path / "out" / name).unlink()
    made = empty_house(tmp_path / "made.db")
    load(made, tmp_path / "out")
    assert tables(made) == tables(home)


# What is private


def test_drafts_leave_the_desk_only_when_asked(home: House, tmp_path: Path) -> None:
    keep(home.desk("lida"), "ticket.reply:1", "Прив\nет")
    assert "Прив" not in "".join(data.decode() for data in export(home, tmp_path / "plain").values())
    made = again(home, tmp_path / "private", private=True)
    assert tables(made, drafts=True) == tables(home, drafts=True)
    assert draft(made.desk("lida"), "ticket.reply:1") == "Прив\nет"


def test_an_export_is_its_owners_to_read(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "out").iterdir()} == {0o600}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_only_the_lead_exports(home: House, tmp_path: Path, role: Role) -> None:
    home.people["dora"] = role
    with pytest.raises(NotAllowed, match=r"^dora .* may not export the desk\.$"):
        export_folder(home.desk("dora"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


# Where it is written


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_export_overwrites_nothing(home: House, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(out / name, "mine")
    with pytest.raises(Refused, match=name) as refusal:
        export_folder(home.desk(), out)
    assert refusal.value.code == "exists"
    assert {file.name: file.read_text() for file in out.iterdir()} == {name: "mine"}


def test_an_export_stands_beside_other_files(home: House, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out" / "notes.txt", "mine")
    files = export(home, tmp_path / "out")
    assert files.keys() == NAMES | {"notes.txt"}


@pytest.mark.parametrize("place", ["file", "no/such"])
def test_an_export_where_no_folder_can_be_is_refused_in_a_sentence(tmp_path: Path, place: str) -> None:
    shell = desk_shell(tmp_path)
    write(tmp_path / "file", "mine")
    told = shell.run("export", place, "--json")
    assert told.status == 1
    assert told.json["error"]["message"] in told.err
    assert told.json["error"]["file"] == place
    assert (tmp_path / "file").read_text() == "mine"
    assert not (tmp_path / "no").exists()


def test_an_export_into_a_closed_folder_is_refused(common: Path) -> None:
    (common / "desk").mkdir()
    home = house(common / "desk" / "desk.db")
    home.database.close()
    (common / "desk").chmod(0o777)
    for path in (common / "desk").iterdir():
        path.chmod(0o666)
    (common / "closed").mkdir()
    (common / "closed").chmod(0o555)

    def try_it() -> None:
        for path in (common / "closed" / "out", common / "closed"):
            with pytest.raises(PermissionError):
                export_folder(home.desk(), path)

    as_nobody(try_it)
    assert list((common / "closed").iterdir()) == []


@pytest.mark.parametrize("calls", [1, 3, 8, 10])
def test_a_stopped_export_leaves_no_file(home: House, tmp_path: Path, calls: int) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) >= calls

    with pytest.raises(Cancelled):
        export_folder(home.desk(), tmp_path / "out", cancelled=stop)
    assert not (tmp_path / "out").exists()
    assert export(home, tmp_path / "out").keys() == NAMES, "the reader isn't left inside a transaction"


def test_an_export_that_fails_midway_leaves_no_file(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadconsole.intake import export as writing

    def full(*_given: object, **_how: object) -> Iterator[str]:
        yield "{}\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "history_lines", full)
    with pytest.raises(OSError, match="No space"):
        export_folder(home.desk(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_export_shows_one_moment_while_others_write(home: House, tmp_path: Path) -> None:
    other = home.again_beside()
    wrote: list[str] = []

    def meanwhile(progress: Any) -> None:
        if progress.stage == "clients.csv":
            other.ticket(f"meanwhile {len(wrote)}")
            wrote.append(progress.stage)

    before = tables(home)
    files = export(home, tmp_path / "out", progress=meanwhile)
    assert wrote
    assert b"meanwhile" not in b"".join(files.values())
    made = empty_house(tmp_path / "made.db")
    load(made, tmp_path / "out")
    assert tables(made) == before


# Cells that mean harm

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "'''+", "'", "''", "-", "= ", "'@\n=1"]
ODD = [
    '"', '""', '","', ";", ",", "a,b;c\td", "line\nline", "line\r\nline", "a\rb", "\n=1", " =1", "=1 ", "\u00a0=1",
    "\u202egnp.exe", "\u2066x\u2069", "👩‍👧", "❤️", "🇷🇺", "1️⃣", "ё", "е\u0308", "й" + "\u0301" * 9, "a\u200bb", "\u200b",
    "\ufeff=1", "\ufeff", "\x00", "\x1b[31m", "\x07", "\x7f", "\x85", "\u2028", "\x0b", "\ud800", "a\udfffb", "\ufffe",
    "\\N", "NULL", "None", "null", "undo", "0", "01", "1e5", "{x}", "[/red]", "%s", "<b>", "{\"record\":\"event\"}",
    "ﬁ", "Å", "한", "\u3164", "\U000e0041", "x" * 500, "'" * 20 + "=", "#REF!", "// --", "ي\u061c=",
]  # fmt: skip
NASTY = st.one_of(
    st.sampled_from([*FORMULAS, *ODD]),
    st.text(max_size=12),
    st.text(st.sampled_from("=+-@'\"\t\r\n ,;ё\u0308\u200b\u202e\ufeff\u200d👩\x00\ud800"), max_size=8),
)


@pytest.fixture(scope="module")
def places() -> Iterator[Path]:
    """A folder for all examples; each makes one of its own in it."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def entered(home: House, cells: list[str]) -> None:
    """Put these cells wherever a person can type; what is refused for being empty is left out."""
    reading = Reading("UTC")
    with home.desk().write() as transaction:
        for number, cell in enumerate(cells):
            line = cell[:500]
            put(
                transaction,
                Client,
                CLIENTS.read({"code": f"c{number}", "name": f"x{line}"[:500], "notes": cell}, reading),
            )
            try:
                by_name = CLIENTS.read({"code": line, "name": line, "domains": line}, reading)
                contact = CONTACTS.read({"client": line, "name": line, "phone": line}, reading)
            except Refused as refusal:
                if refusal.code != "missing":
                    raise
                continue
            put(transaction, Client, by_name)
            put(transaction, Contact, contact)
    for number, cell in enumerate(cells):
        typed = {"client": f"c{number}", "subject": f"x{cell}"[:500], "body": cell, "tags": cell[:500]}
        ticket = tickets.add(home.desk(), typed)
        if cell.strip():
            tickets.note(home.desk(), ticket, cell)


def same_again(home: House, place: Path) -> None:
    """The desk comes back equal, and the cells of its files are harmless."""
    made = again(home, place)
    for name, kept in tables(home).items():
        assert tables(made)[name] == kept, name
    for file in (place / "first").glob("*.csv"):
        text = file.read_bytes().decode("utf-8")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                assert not cell or cell[0] not in "=+-@\t\r", (file.name, cell)
                assert not set(cell) & set("\0\x1b\u202e\u200b\ufeff"), (file.name, cell)


def test_every_known_nasty_cell_comes_back_as_it_was(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    entered(home, [*FORMULAS, *ODD])
    same_again(home, tmp_path / "out")


@settings(max_examples=8, deadline=None)
@given(cells=st.lists(NASTY, max_size=8))
@example(cells=["'=1", "''=1", "a\rb", "\ufeff=1"])
def test_any_cell_comes_back_as_it_was(places: Path, cells: list[str]) -> None:
    place = Path(tempfile.mkdtemp(dir=places))
    home = house(place / "desk.db")
    entered(home, cells)
    same_again(home, place / "out")
    home.database.close()


def loaded_notes(place: Path, cell: str, *, line_end: str, delimiter: str) -> tuple[House, str]:
    """A desk with one client that came from a CSV file, and what became of its notes."""
    home = empty_house(place / "desk.db")
    with (place / "clients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
        writer.writerows([["code", "name", "notes"], ["acme", "Acme", cell]])
    load(home, place / "clients.csv")
    return home, home.database.reader.execute("SELECT notes FROM client").fetchone()[0]


@settings(max_examples=8, deadline=None)
@given(
    cell=NASTY.filter(lambda cell: not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in cell)),
    line_end=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from(",;\t"),
)
def test_any_cell_of_a_file_is_the_same_from_then_on(places: Path, cell: str, line_end: str, delimiter: str) -> None:
    place = Path(tempfile.mkdtemp(dir=places))
    home, kept = loaded_notes(place, cell, line_end=line_end, delimiter=delimiter)
    same_again(home, place / "out")
    second = Path(tempfile.mkdtemp(dir=places))
    other, twice = loaded_notes(second, kept or "", line_end=line_end, delimiter=delimiter)
    if kept is None or not kept.startswith("'"):
        assert twice == kept, "what is clean stays as it is"
    before = rows(home)
    load(home, place / "clients.csv")
    assert rows(home) == before
    for one in (home, other):
        one.database.close()


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "=1+1"), ("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'quoted'", "'quoted'"), ("-5", "-5"),
        ("line\r\nline", "line\nline"), ("a\rb", "a\nb"), ("a\tb", "a       b"), ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb", "ab"), ("👩‍👧", "👩‍👧"), ("е\u0308", "ё"), ("\x1b[31m", "␛[31m"), ('say "x"', 'say "x"'),
        ("\u200b", None), ("  x  ", "x"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_cell_of_a_file(tmp_path: Path, cell: str, kept: str | None) -> None:
    assert loaded_notes(tmp_path, cell, line_end="\n", delimiter=",")[1] == kept


@pytest.mark.parametrize("bad", [b"a\x00b", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", b"\xc3"])
def test_what_is_no_text_is_refused_with_its_place(tmp_path: Path, bad: bytes) -> None:
    home = empty_house(tmp_path / "desk.db")
    good = "romashka,Ромашка,Клиент с 2019 года\n".encode()
    (tmp_path / "clients.csv").write_bytes(b"code,name,notes\n" + good + b"acme,Acme," + bad + b"\n" + good * 0)
    assert rejected(home, tmp_path / "clients.csv") == [("clients.csv", 3, "notes")]


@pytest.mark.parametrize("harm", ["\\ud800", "\\u0000", "\\u001b[31m", "\\u202e"])
def test_a_history_with_harmful_text_is_refused_or_cleaned(home: House, tmp_path: Path, harm: str) -> None:
    export(home, tmp_path / "out")
    history = tmp_path / "out" / "history.jsonl"
    text = history.read_text(encoding="utf-8")
    assert "what is this?" in text
    history.write_text(text.replace("what is this?", f"what{harm} is this?"), encoding="utf-8")
    made = empty_house(tmp_path / "made.db")
    with suppress(ImportRejected):
        load(made, tmp_path / "out")
    for (kept,) in made.database.reader.execute("SELECT text FROM event WHERE text LIKE 'what%'"):
        assert not set(kept) & set("\0\x1b\u202e\u200b"), "what would reach the timeline as it is"


# What the contract lets people write


def test_people_may_write_as_they_are_used_to(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = tmp_path / "in"
    source.mkdir()
    write(source / "settings.csv", "value;key\n12 345,6;guaranteed_minimum\nru;country\n50 %;share_rate\n")
    write(
        source / "people.csv",
        "role;weekly_hours;login;started;name;lines;ended\n"
        "lead;40;anna;01.10.2025;Анна;2+1;\nSpecialist;37,5;lida;2025-10-01;Лида;;31.10.2026\n",
        "cp1251",
    )
    write(source / "clients.csv", "name\tcode\nРомашка\tromashka\n", "koi8-r")
    write(
        source / "calendars.csv",
        "\ufeffcalendar,weekday,opens,closes\nnight,MON,22:00,24:00\nnight,mon,9:00,13:00\n",
    )
    write(source / "norms.csv", "priority,policy,resolution_minutes\nhigh,std,480\n")
    write(
        source / "tickets.csv",
        "price;created;client;number;subject;estimate_hours;line\n"
        "12 345,67;31.10.2025 12:00;romashka;7;Касса;1,5;\n0;2025-10-31T12:00:00Z;romashka;8;0;;3\n",
    )
    load(home, source)
    ask = home.database.reader.execute
    assert ask("SELECT key, value FROM setting ORDER BY key").fetchall() == [
        ("country", "RU"), ("guaranteed_minimum", "12345.60"), ("share_rate", "50"),
    ]  # fmt: skip
    assert ask("SELECT login, role, lines, weekly_minutes, started, ended FROM person ORDER BY login").fetchall() == [
        ("anna", "lead", "1+2", 2400, "2025-10-01", None),
        ("lida", "specialist", "1", 2250, "2025-10-01", "2026-10-31"),
    ]
    assert ask("SELECT name FROM client").fetchall() == [("Ромашка",)]
    assert ask("SELECT weekday, opens, closes FROM calendar_hours ORDER BY opens").fetchall() == [
        (0, 540, 780),
        (0, 1320, 1440),
    ]
    assert ask("SELECT line, first_reply_minutes, resolution_minutes FROM norm").fetchall() == [(0, None, 480)]
    assert ask(
        "SELECT number, price, created, estimate_minutes, line, priority, kind, status FROM ticket"
    ).fetchall() == [
        (7, 1234567, at("2025-10-31T12:00:00+03:00"), 90, 1, "normal", "incident", "new"),
        (8, 0, at("2025-10-31T12:00:00+00:00"), None, 3, "normal", "incident", "new"),
    ]
    files = export(home, tmp_path / "out")
    assert b"7,romashka" in files["tickets.csv"]
    assert b"12345.67" in files["tickets.csv"]
    assert b"2025-10-31T12:00:00+03:00" in files["tickets.csv"]
    assert b"37.5" in files["people.csv"]
    assert b"22:00,24:00" in files["calendars.csv"]
    assert tables(again(home, tmp_path / "again")) == tables(home)
    before = rows(home)
    load(home, source)
    assert rows(home) == before


def test_the_files_have_the_columns_of_the_contract(home: House, tmp_path: Path) -> None:
    files = export(home, tmp_path / "out")
    heads = {name: data.decode().splitlines()[0] for name, data in files.items() if name.endswith(".csv")}
    assert heads == CONTRACT
    assert all(isinstance(json.loads(line), dict) for line in files["history.jsonl"].decode().splitlines())
    assert b"\r" not in b"".join(files.values())


def test_what_is_in_the_csv_alone_makes_the_same_tickets(home: House, tmp_path: Path) -> None:
    export(home, tmp_path / "out")
    (tmp_path / "out" / "history.jsonl").unlink()
    made = empty_house(tmp_path / "made.db")
    load(made, tmp_path / "out")
    assert made.snapshot() == home.snapshot()
    assert made.differences() == []


def test_spreadsheets_open_the_files(home: House, tmp_path: Path) -> None:
    files = export(home, tmp_path / "out")
    bodies = [row["body"] for row in csv.DictReader(io.StringIO(files["tickets.csv"].decode(), newline=""))]
    assert bodies[0] == "'=1+1\n@here"
    assert "'+7 495 000" in files["contacts.csv"].decode()
    with sqlite3.connect(home.database.path) as connection:
        assert connection.execute("SELECT body FROM ticket WHERE number = 1").fetchone() == ("=1+1\n@here",)
