"""Opening a desk with every fault a file can have; what is written together stands or falls together."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desks import MONDAY, House, as_nobody, at, empty_house, house
from leadconsole.kernel.access import Role
from leadconsole.kernel.clock import FrozenClock, SystemClock
from leadconsole.kernel.database import APPLICATION_ID, SCHEMA_VERSION, Database, default_path, open_database
from leadconsole.kernel.errors import Refused, Unusable
from leadconsole.tickets import commands, queries

CLOCK = FrozenClock(at(MONDAY))


def refusal(path: Path, *, create: bool = False) -> Unusable:
    """The one sentence with which opening is refused; it names the file or its folder."""
    with pytest.raises(Unusable) as caught:
        open_database(path, CLOCK, create=create)
    assert caught.value.exit_status == 3
    assert "\n" not in caught.value.message
    return caught.value


def beside(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody who isn't root reaches too."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def foreign(path: Path, *, application: int = 0, version: int = 0, table: bool = True, wal: bool = False) -> None:
    with sqlite3.connect(path) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
        if table:
            connection.execute("CREATE TABLE other (x)")
    connection.close()


# -- faults -----------------------------------------------------------------


@pytest.mark.parametrize("content", [b"hello, I am a letter\n" * 50, b"PK\x03\x04" + b"\0" * 5000, b"x", b"SQLite"])
def test_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    for create in (False, True):
        told = refusal(path, create=create)
        assert told.code == "not_a_database"
        assert str(path) in told.message
    assert beside(tmp_path) == {"desk.db": content}


@pytest.mark.parametrize("wal", [False, True])
@pytest.mark.parametrize(("application", "version"), [(0, 0), (0x1234, 0), (0, 1), (0x1234, 99)])
def test_database_of_another_program(tmp_path: Path, application: int, version: int, wal: bool) -> None:
    path = tmp_path / "desk.db"
    foreign(path, application=application, version=version, wal=wal)
    before = beside(tmp_path)
    for create in (False, True):
        assert refusal(path, create=create).code == "not_a_desk"
    assert beside(tmp_path) == before


def test_empty_database_of_another_program_is_not_taken_over(tmp_path: Path) -> None:
    foreign(tmp_path / "desk.db", application=0x1234, table=False)
    assert refusal(tmp_path / "desk.db", create=True).code == "not_a_desk"


def test_newer_desk_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    empty_house(path).database.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    content = path.read_bytes()
    told = refusal(path, create=True)
    assert told.code == "newer_database"
    assert str(SCHEMA_VERSION + 1) in told.message
    assert path.read_bytes() == content


def test_read_only_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    empty_house(path).database.close()
    content = path.read_bytes()
    path.chmod(0o444)
    assert refusal(path).code == "read_only"
    assert path.read_bytes() == content


def test_read_only_folder(open_folder: Path) -> None:
    path = open_folder / "desk.db"
    empty_house(path).database.close()
    path.chmod(0o666)
    open_folder.chmod(0o555)

    def work() -> None:
        assert refusal(path).code == "read_only"
        assert refusal(open_folder / "new.db", create=True).code == "read_only"

    as_nobody(work)
    assert [one.name for one in open_folder.iterdir()] == ["desk.db"]


def test_file_of_somebody_else(open_folder: Path) -> None:
    path = open_folder / "desk.db"
    empty_house(path).database.close()

    def work() -> None:
        if os.geteuid() != path.stat().st_uid:
            assert refusal(path).code == "unreadable"

    as_nobody(work)


def test_file_in_a_closed_folder(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir()
    empty_house(closed / "desk.db").database.close()
    closed.chmod(0o000)
    try:

        def work() -> None:
            for create in (False, True):
                refusal(closed / "desk.db", create=create)

        as_nobody(work)
    finally:
        closed.chmod(0o700)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "desk.db").code == "no_desk"
    assert refusal(tmp_path / "no" / "desk.db").code == "no_desk"
    told = refusal(tmp_path / "no" / "desk.db", create=True)
    assert told.code == "missing_folder"
    assert str(tmp_path / "no") in told.message
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refusal(tmp_path / "file" / "desk.db")
    refusal(tmp_path / "file" / "desk.db", create=True)


def test_impossible_name(tmp_path: Path) -> None:
    refusal(tmp_path / ("x" * 300), create=True)
    refusal(tmp_path / ("x" * 300))


def test_directory(tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()
    assert refusal(tmp_path / "desk.db", create=True).code == "not_a_database"


def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "desk.db")
    assert refusal(tmp_path / "desk.db").code == "not_a_database"


def test_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "desk.db").symlink_to(tmp_path / "gone.db")
    assert refusal(tmp_path / "desk.db", create=True).code == "missing"
    assert not (tmp_path / "gone.db").exists()


def test_link_to_a_desk_is_followed(tmp_path: Path) -> None:
    empty_house(tmp_path / "desk.db").database.close()
    (tmp_path / "link.db").symlink_to(tmp_path / "desk.db")
    open_database(tmp_path / "link.db", CLOCK).close()


def test_empty_file_is_no_desk_but_may_become_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    assert refusal(path).code == "no_desk"
    assert path.read_bytes() == b""
    open_database(path, CLOCK, create=True).close()
    open_database(path, CLOCK).close()


def test_half_created_desk_is_finished(tmp_path: Path) -> None:
    """A kill between the switch to WAL and the tables leaves pages without a schema."""
    path = tmp_path / "desk.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE half (x)")
        connection.execute("DROP TABLE half")
    connection.close()
    assert refusal(path).code == "no_desk"
    opened = open_database(path, CLOCK, create=True)
    assert opened.reader.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    opened.close()


@pytest.mark.parametrize("keep", [20, 99, 512, 4096, 0.5])
def test_truncated_desk(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "desk.db"
    house(path).database.close()
    content = path.read_bytes()
    cut = content[: int(len(content) * keep) if isinstance(keep, float) else keep]
    path.write_bytes(cut)
    assert refusal(path).code in ("damaged", "not_a_database")
    assert path.read_bytes() == cut


def test_damage_inside_is_told_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    made = house(path)
    for count in range(200):
        made.ticket(f"Subject {count} " + "long " * 50)
    made.database.close()
    content = bytearray(path.read_bytes())
    for page in range(60, len(content) // 4096):
        content[4096 * page : 4096 * page + 200] = b"\xa5" * 200
    path.write_bytes(content)
    made = House(Database(path), made.clock, made.people)
    with pytest.raises(Unusable) as read:
        queries.page(made.desk(), "all", limit=0)
    assert read.value.code == "damaged"
    with pytest.raises(Unusable) as written:
        made.ticket()
    assert written.value.code == "damaged"


def test_failed_creation_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leadconsole.kernel import schema

    def broken() -> list[str]:
        return ["CREATE TABLE a (x)", "CREATE TABLE nonsense ("]

    monkeypatch.setattr(schema, "kept_statements", broken)
    refusal(tmp_path / "desk.db", create=True)
    assert list(tmp_path.iterdir()) == []


# -- what a new desk is -----------------------------------------------------


def test_new_desk_belongs_to_its_owner(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        made = house(tmp_path / "desk.db")
        made.ticket()
        modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir() if one.is_file()}
    finally:
        os.umask(old)
    assert set(modes.values()) == {0o600}, modes
    reader = made.database.reader
    assert reader.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert reader.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("name", ["стол.db", "a b.db", "a?mode=rw#x.db", "50%25.db", "desk"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    empty_house(tmp_path / name).person("anna", "lead")
    assert [one.name for one in tmp_path.iterdir() if not one.name.endswith(("-wal", "-shm", "data"))] == [name]


def test_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    empty_house(Path("desk.db")).database.close()
    assert (tmp_path / "desk.db").exists()


def test_default_path(tmp_path: Path) -> None:
    assert default_path({"LEADCONSOLE_DB": str(tmp_path / "x.db")}) == tmp_path / "x.db"
    assert default_path({}).name == "desk.db"
    assert default_path({"LEADCONSOLE_DB": ""}) == default_path({})


def _open(path: Path, start: object, answers: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    try:
        open_database(path, CLOCK, create=True).close()
        answers.put("ok")  # type: ignore[attr-defined]
    except BaseException as error:
        answers.put(repr(error))  # type: ignore[attr-defined]


def test_processes_that_create_at_once_make_one_desk(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    for attempt in range(3):
        path = tmp_path / f"desk{attempt}.db"
        start, answers = context.Barrier(4), context.Queue()
        children = [context.Process(target=_open, args=(path, start, answers)) for _each in range(4)]
        for child in children:
            child.start()
        said = [answers.get(timeout=30) for _each in children]
        for child in children:
            child.join()
        assert said == ["ok"] * 4
        open_database(path, CLOCK).close()


# -- reading and writing ----------------------------------------------------


def test_reader_can_not_write(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    with pytest.raises(sqlite3.OperationalError):
        made.database.reader.execute("DELETE FROM person")


def test_failure_inside_a_write_leaves_everything(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    before = made.snapshot()
    with pytest.raises(KeyboardInterrupt), made.desk().write() as transaction:
        transaction.sql.execute("UPDATE client SET name = 'changed'")
        transaction.sql.execute("DELETE FROM person WHERE login = 'oleg'")
        raise KeyboardInterrupt
    assert made.snapshot() == before
    made.ticket()  # and the desk isn't locked


def test_history_is_append_only(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    for statement in (
        "UPDATE event SET actor = 'x'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
    ):
        with pytest.raises(sqlite3.DatabaseError), made.desk().write() as transaction:
            transaction.sql.execute(statement)
    assert {row[0] for row in made.database.reader.execute("SELECT actor FROM event")} == {"anna"}


def test_data_version_tells_of_others(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    before = made.database.data_version()
    assert made.database.data_version() == before
    House(Database(made.database.path), made.clock, made.people).ticket()
    assert made.database.data_version() != before


def test_frozen_clock_writes_only_desks_made_under_one(tmp_path: Path) -> None:
    open_database(tmp_path / "real.db", SystemClock(), create=True).close()
    made = empty_house(tmp_path / "frozen.db")
    made.person("anna", "lead")  # a desk of the frozen clock is written
    real = open_database(tmp_path / "real.db", CLOCK)
    stranger = House(real, CLOCK, made.people)
    assert queries.counts(stranger.desk())["all"] == 0  # reading is fine
    with pytest.raises(Unusable) as caught:
        stranger.person("anna", "lead")
    assert caught.value.code == "frozen_clock"
    assert real.reader.execute("SELECT count(*) FROM person").fetchone()[0] == 0


def test_threads_lose_nothing(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    number = made.ticket()
    failures: list[BaseException] = []

    def work(login: str) -> None:
        try:
            for count in range(8):
                commands.note(made.desk(login), number, f"{login} {count}")
                queries.row(made.desk(login), number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(login,)) for login in ("anna", "lida", "oleg", "lida")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert made.value(number, "version") == 1 + 4 * 8
    seqs = [
        row[0] for row in made.database.reader.execute("SELECT seq FROM event WHERE subject = 'ticket' ORDER BY id")
    ]
    assert seqs == list(range(1, 34))
    assert made.differences() == []


def _work(path: Path, login: str, answers: object) -> None:
    try:
        made = house_at(path)
        done = 0
        for count in range(10):
            try:
                commands.assign(made.desk(login), 1, login if count % 2 else None)
                done += 1
            except Refused as refused:
                assert refused.code == "no_change"
            commands.add(made.desk(login), {"client": "acme", "subject": f"{login} {count}"})
        answers.put(done)  # type: ignore[attr-defined]
    except BaseException as error:
        answers.put(repr(error))  # type: ignore[attr-defined]


def house_at(path: Path) -> House:
    return House(open_database(path, CLOCK), CLOCK, {"anna": Role.LEAD})


def test_processes_lose_nothing(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.ticket()
    made.database.close()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    children = [
        context.Process(target=_work, args=(made.database.path, login, answers)) for login in ("lida", "oleg", "anna")
    ]
    for child in children:
        child.start()
    done = [answers.get(timeout=60) for _each in children]
    for child in children:
        child.join()
    assert all(isinstance(one, int) for one in done), done
    opened = made.again()
    assert opened.value(1, "version") == 1 + sum(done)
    assert queries.counts(opened.desk())["all"] == 31
    assert opened.differences() == []
