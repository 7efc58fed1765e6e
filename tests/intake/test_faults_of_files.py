"""Files as they really come: each fault told with file, line, column and reason, and nothing changed."""

from __future__ import annotations

import csv
import gzip
import os
import resource
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from cli.desk_file import Shell
from desks import as_nobody, empty_house, house
from intake.folders import CLIENTS, EVENTS, PEOPLE, TICKETS, counts, folder, load, one, rejected, write
from leadconsole.intake.report import ImportRejected
from leadconsole.kernel.errors import Refused

HEAD = "number,client,subject,created\n"
EVENT = "ticket,at,seq,actor,kind,value\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("people", "login,role\nanna,lead\n", [(1, "name")]),
        ("people", "login,name,role,Name\nanna,Anna,lead,Ann\n", [(1, "name")]),
        ("people", "", [(1, None)]),
        ("people", "\n\n", [(1, None)]),
        ("people", "login,name,role\nanna,Anna,boss\n", [(2, "role")]),
        ("people", "login,name,role\nanna,,lead\n", [(2, "name")]),
        ("people", "login,name,role\nАнна,Anna,lead\n", [(2, "login")]),
        ("people", "login,name,role,started\nanna,Anna,lead,31.02.2026\n", [(2, "started")]),
        ("people", "login,name,role,started\nanna,A\0nna,lead,x\n", [(2, "name"), (2, "started")]),
        ("people", "login,name,role\nanna,Anna,lead\nanna,Ann,lead\n", [(3, None)]),
        ("people", "login,name,role\nanna,Anna,lead,extra\n", [(2, None)]),
        ("people", 'login,name,role\nanna,"An\nna",lead\nlida,"Lida,specialist\n', [(4, None)]),
        ("people", 'login,name,role\nanna,"Anna"x,lead\nlida,Lida,boss\n', [(2, None), (3, "role")]),
        ("people", 'login,name,role\nanna,"A\nn\nn\na",lead\nlida,Lida,boss\n', [(6, "role")]),
        ("settings", "key,value\ntimezone,Moscow\n", [(2, "value")]),
        ("settings", "key,value\ncolour,red\n", [(2, "key")]),
        ("contacts", "client,name\nacme,Ivan\nnobody,Ivan\n", [(3, "client")]),
        ("calendars", "calendar,weekday,opens,closes\noffice,mon,18:00,09:00\n", [(2, "closes")]),
        ("norms", "policy,priority,line\nstd,normal,4\n", [(2, "line")]),
        ("tickets", f"{HEAD}9,nobody,Text,2026-02-02\n", [(2, "client")]),
        ("tickets", f"{HEAD}9,acme,Text,yesterday\n", [(2, "created")]),
        ("tickets", f"{HEAD}9,acme,Text,2026-02-02\n9,acme,Text,2026-02-02\n", [(3, None)]),
        ("tickets", "number,client,subject,created,assignee\n9,acme,Text,2026-02-02,olga\n", [(2, "assignee")]),
        ("tickets", "number,client,subject,created,price\n9,acme,Text,2026-02-02,-5\n", [(2, "price")]),
        ("ticket_events", f"{EVENT}77,2026-02-02,1,anna,note,\n", [(2, "ticket")]),
        ("ticket_events", f"{EVENT}1,2026-02-02,1,anna,assign,olga\n", [(2, "value")]),
        ("ticket_events", f"{EVENT}1,2026-02-02,1,anna,status,done\n", [(2, "value")]),
        ("ticket_events", f"{EVENT}1,2026-02-02,1,anna,status,\n", [(2, "value")]),
        ("ticket_events", f"{EVENT}1,2026-02-02,1,anna,shout,\n", [(2, "kind")]),
        (
            "ticket_events",
            f"{EVENT}1,2026-02-02,1,anna,note,\n1,2026-02-02,1,anna,note,\n1,2026-02-02,1,anna,reply,\n",
            [(4, "seq")],
        ),
    ],
)
def test_wrong_rows(tmp_path: Path, name: str, text: str, told: list[tuple[int, str | None]]) -> None:
    home = house(tmp_path / "desk.db")
    home.ticket()
    write(tmp_path / f"{name}.csv", text)
    assert rejected(home, tmp_path / f"{name}.csv") == [(f"{name}.csv", line, field) for line, field in told]


def test_a_closed_history_is_not_rewritten(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    load(home, folder(tmp_path / "in"))
    write(tmp_path / "ticket_events.csv", EVENTS.replace("Look at the cable", "Look elsewhere"))
    assert rejected(home, tmp_path / "ticket_events.csv") == [("ticket_events.csv", 3, "seq")]


def test_good_rows_are_kept_when_asked(tmp_path: Path) -> None:
    home = empty_house(tmp_path / "desk.db")
    source = folder(tmp_path / "in", tickets=TICKETS + "3,nobody,Text,2026-02-02\n")
    report = load(home, source, keep_good=True)
    assert report.kept
    assert counts(report)["tickets.csv"] == (2, 0, 0, 1)
    assert one(home, "SELECT count(*) FROM ticket") == (2,)
    assert home.differences() == []


def test_rejected_rows_are_written_beside_the_source(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    header = "login,name,role,email,started\n"
    write(tmp_path / "people.csv", f"{header}=1+1,@Anna,boss,+7,31.31.2026\nolga,Olga,lead,,\nzoya,Zoya,lead,,,more\n")
    for name in ("rejected-people.csv", "rejected-people-2.csv"):
        with pytest.raises(ImportRejected) as refusal:
            load(home, tmp_path / "people.csv")
        [path] = refusal.value.report.rejected_files
        assert path == tmp_path / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with path.open(encoding="utf-8", newline="") as file:
            first, second = csv.DictReader(file)
        assert (first["login"], first["name"], first["role"], first["email"]) == ("'=1+1", "'@Anna", "boss", "'+7")
        assert (first["line"], first["column"]) == ("2", "login, role, started")
        assert "boss" in first["reason"]
        assert "31.31.2026" in first["reason"]
        assert (second["login"], second["line"], second["column"]) == ("zoya", "4", "")
        assert "more" in str(second.values())


def test_mended_rows_are_loaded_from_the_rejected_file(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    write(tmp_path / "contacts.csv", "client,name,phone,note\nacne,Ivan,+7 900,-\nacme,Olga,+7 901,\n")
    report = load(home, tmp_path / "contacts.csv", keep_good=True)
    mended = report.rejected_files[0].read_text().replace("acne", "acme")
    report = load(home, write(tmp_path / "again" / "contacts.csv", mended) if mkdir(tmp_path / "again") else tmp_path)
    assert counts(report) == {"contacts.csv": (1, 0, 0, 0)}
    assert one(home, "SELECT phone, note FROM contact WHERE name = 'Ivan'") == ("+7 900", "-")


def mkdir(path: Path) -> bool:
    """Make a folder."""
    path.mkdir()
    return True


def test_rejected_rows_go_to_the_working_folder_where_the_source_can_not_be_written(common: Path) -> None:
    source, here, closed = common / "in", common / "here", common / "closed"
    for path in (source, here, closed):
        path.mkdir()
    write(source / "people.csv", "login,name,role\nanna,Anna,boss\n")
    source.chmod(0o555)
    here.chmod(0o777)
    closed.chmod(0o555)

    def import_there() -> None:
        home = empty_house(here / "desk.db")
        os.chdir(here)
        with pytest.raises(ImportRejected) as refusal:
            load(home, source / "people.csv")
        assert [path.resolve() for path in refusal.value.report.rejected_files] == [here / "rejected-people.csv"]
        os.chdir(closed)
        with pytest.raises(ImportRejected) as refusal:
            load(home, source / "people.csv")
        assert refusal.value.report.rejected_files == []
        assert len(refusal.value.report.rejected) == 1
        assert "rejected-people.csv" in refusal.value.report.warnings[0].message

    as_nobody(import_there)


def test_a_file_that_nobody_may_read(common: Path) -> None:
    here = common / "here"
    here.mkdir()
    here.chmod(0o777)
    source = folder(common / "in")
    (source / "people.csv").chmod(0)
    shut = common / "shut"
    shut.mkdir(0o000)

    def import_there() -> None:
        home = empty_house(here / "desk.db")
        for path, named in ((source, "people.csv"), (source / "people.csv", "people.csv"), (shut, "shut")):
            with pytest.raises(Refused, match=named):
                load(home, path)

    as_nobody(import_there)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    (tmp_path / "in").mkdir()
    with pytest.raises(Refused, match="gone"):
        load(home, tmp_path / "gone.csv")
    with pytest.raises(Refused, match="nothing to load"):
        load(home, tmp_path / "in")
    os.mkfifo(tmp_path / "in" / "people.csv")
    for path in (tmp_path / "in", tmp_path / "in" / "people.csv"):
        with pytest.raises(Refused, match=r"people\.csv is not a file"):
            load(home, path)
    (tmp_path / "in" / "people.csv").unlink()
    (tmp_path / "in" / "people.csv").mkdir()
    with pytest.raises(Refused, match=r"people\.csv is not a file"):
        load(home, tmp_path / "in")


def test_a_broken_byte_in_utf_8_is_told_where_it_stands(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    data = "code,name\nromashka,Ромашка\nberezka,Берёзка\nzarya,Заря\n".encode()
    (tmp_path / "clients.csv").write_bytes(data.replace("рёз".encode(), b"\xd1\x80\xff\xd0\xb7"))
    assert rejected(home, tmp_path / "clients.csv") == [("clients.csv", 3, "name")]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe" + "login,name,role\nanna,Anna,lead\n".encode("utf-16-le") + b"x",
        b"\xff\xfe"
        + "login,name,role\nanna,A".encode("utf-16-le")
        + b"\x00\xd8x\x00"
        + "nna,lead\n".encode("utf-16-le"),
        "login,name,role\nanna,Anna,lead\n".encode("utf-16-le"),
        bytes(range(256)) * 40,
        gzip.compress(PEOPLE.encode(), mtime=0),
        b"PK\x03\x04" + bytes(200),
        b"login,name,role\rlida,Lida,specialist\r",
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    home = house(tmp_path / "desk.db")
    (tmp_path / "people.csv").write_bytes(data)
    with pytest.raises((Refused, ImportRejected)) as refusal:
        load(home, tmp_path / "people.csv")
    assert refusal.value.file is not None
    assert "people.csv" in refusal.value.file


def test_a_damaged_packed_file(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    whole = gzip.compress((PEOPLE * 1000).encode())
    for data in (whole[:-20], whole[:40] + b"\0\0\0\0" + whole[44:], b"no gzip"):
        (tmp_path / "people.csv.gz").write_bytes(data)
        with pytest.raises(Refused, match=r"people\.csv\.gz can't be read"):
            load(home, tmp_path / "people.csv.gz")


def test_a_line_that_is_too_long_takes_its_row_with_it_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadconsole.intake.text_files.LONGEST_LINE", 200)
    home = house(tmp_path / "desk.db")
    long = "x" * 300
    text = f'code,name,notes\none,One,\ntwo,{long},\nthree,Three,"a\n{long}\nb"\nfour,Four,\n,Five,\n'
    write(tmp_path / "clients.csv", text)
    assert rejected(home, tmp_path / "clients.csv") == [
        ("clients.csv", 3, None), ("clients.csv", 5, None), ("clients.csv", 8, "code"),
    ]  # fmt: skip
    report = load(home, tmp_path / "clients.csv", keep_good=True)
    assert counts(report) == {"clients.csv": (2, 0, 0, 3)}
    assert home.database.reader.execute("SELECT code FROM client ORDER BY code").fetchall() == [
        ("acme",), ("four",), ("one",),
    ]  # fmt: skip


_WITHIN_300_MB = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from desks import empty_house
from intake.folders import load
from leadconsole.intake.report import ImportRejected
try:
    load(empty_house(Path({desk!r})), Path({source!r}))
except ImportRejected as refusal:
    print([(one.line, one.field) for one in refusal.report.rejected])
# Not ru_maxrss: that begins with what the process that started this one had.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("quoted", [False, True])
def test_a_line_of_200_megabytes(tmp_path: Path, quoted: bool) -> None:
    source = tmp_path / "people.csv"
    with source.open("wb") as file:
        file.write(b"login,name,role\nanna,Anna,lead\nlida,")
        file.write(b'"' if quoted else b"")
        for _ in range(200):
            file.write(b"a" * (1 << 20))
        file.write(b",specialist\noleg,Oleg,boss\n")
    program = _WITHIN_300_MB.format(
        tests=str(Path(__file__).parents[1]), desk=str(tmp_path / "desk.db"), source=str(source)
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=True)
    places, megabytes = told.stdout.splitlines()
    assert places == "[(3, None), (4, 'role')]"
    assert int(megabytes) < 300


def test_a_quote_that_never_closes_in_a_long_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadconsole.intake.text_files.LONGEST_CELL", 20_000)
    home = house(tmp_path / "desk.db")
    text = 'code,name\none,One\ntwo,"Two\n' + "".join(f"c{number},Name {number}\n" for number in range(1_500))
    write(tmp_path / "clients.csv", text)
    assert rejected(home, tmp_path / "clients.csv")[0] == ("clients.csv", 3, None)


def _workbook(path: Path, rows: int = 2) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "clients"
    sheet.append(["code", "name"])
    for number in range(rows):
        sheet.append([f"c{number}", f"Name {number}"])
    book.save(path)
    return path


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    path = _workbook(tmp_path / "clients.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(100 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(Refused, match="unpacks to"):
        load(home, path)


def test_a_workbook_with_too_many_rows_is_refused_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = house(tmp_path / "desk.db")
    monkeypatch.setattr("leadconsole.intake.workbooks.XLSX_ROWS", 50)
    with pytest.raises(Refused, match=r"clients\.xlsx.* 50 rows"):
        load(home, _workbook(tmp_path / "clients.xlsx", 50))
    assert one(home, "SELECT count(*) FROM client") == (1,)
    assert load(home, _workbook(tmp_path / "clients.xlsx", 49)).kept


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_broken_workbook(tmp_path: Path, part: str) -> None:
    home = house(tmp_path / "desk.db")
    whole = _workbook(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "clients.xlsx", "w") as broken:
        for name in source.namelist():
            data = source.read(name)
            broken.writestr(name, data[: len(data) // 2] if name == part else data)
    with pytest.raises(Refused, match=r"clients\.xlsx can't be read"):
        load(home, tmp_path / "clients.xlsx")
    write(tmp_path / "clients.xlsx", "no workbook")
    with pytest.raises(Refused, match=r"clients\.xlsx can't be read"):
        load(home, tmp_path / "clients.xlsx")


def test_wrong_rows_of_a_workbook_have_their_sheet_and_line(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "people"
    for row in (["login", "name", "role"], [], ["olga", "Olga", "lead"], ["zoya", "Zoya", "boss"]):
        sheet.append(row)
    book.save(tmp_path / "desk.xlsx")
    assert rejected(home, tmp_path / "desk.xlsx") == [("desk.xlsx/people", 4, "role")]
    assert (tmp_path / "rejected-desk-people.csv").exists()


def test_hostile_text_is_shown_not_obeyed(tmp_path: Path) -> None:
    home = house(tmp_path / "desk.db")
    hostile = "[/foo] \x1b]52;c;cGF5\x07 \u202egnp.exe \u200b=1+1"
    load(home, write(tmp_path / "tickets.csv", f"{HEAD}9,acme,{hostile},2026-02-02\n"))
    subject = str(home.value(9, "subject"))
    assert subject == "[/foo] ␛]52;c;cGF5␇ gnp.exe =1+1"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A command line whose desk isn't made yet."""
    return Shell(tmp_path, tmp_path / "desk.db")


def test_the_command_line_tells_rejected_rows(shell: Shell) -> None:
    source = folder(shell.folder / "in", clients=CLIENTS + "acme,Again\n")
    told = shell.run("import", str(source), "--json")
    assert told.status == 4
    assert told.json["kept"] is False
    assert told.json["rejected"][0] | {"message": ""} == {
        "file": "clients.csv", "line": 4, "field": None, "message": "",
    }  # fmt: skip
    assert not shell.desk.exists()
    told = shell.run("import", str(source))
    assert told.status == 4
    assert "clients.csv:4: The same key (acme) stands on line 2 already." in told.out + told.err
    told = shell.run("import", str(source), "--keep-good", "--json")
    assert told.status == 4
    assert told.json["kept"] is True
    assert shell.run("import", str(shell.folder / "in" / "people.csv")).status == 0
    assert shell.run("check").status == 0


def test_nobody_else_reads_what_was_rejected(shell: Shell) -> None:
    source = write(shell.folder / "people.csv", "login,name,role\nanna,Anna,boss\n")
    previous = os.umask(0)
    try:
        assert shell.run("import", str(source)).status == 4
    finally:
        os.umask(previous)
    assert stat.S_IMODE((shell.folder / "rejected-people.csv").stat().st_mode) == 0o600
    assert resource.RLIMIT_FSIZE is not None
