"""A backup is whole whatever others do; a restore leaves the old desk or the new one, and keeps the old."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from desks import MONDAY, House, as_nobody, at, house
from leadconsole.kernel import backup as work
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import SCHEMA_VERSION, open_database
from leadconsole.kernel.errors import LeadconsoleError, NotAllowed, Refused, Unusable
from leadconsole.tickets import commands

CLOCK = FrozenClock(at(MONDAY))


@pytest.fixture
def desk(tmp_path: Path) -> House:
    made = house(tmp_path / "desk.db")
    made.ticket("Before")
    return made


@pytest.fixture
def copy(desk: House) -> Path:
    """A backup of the desk, which goes on to have another ticket and is closed."""
    target = desk.database.path.with_name("copy.db")
    work.backup(desk.desk(), target)
    desk.ticket("After")
    desk.database.close()
    return target


def subjects(path: Path) -> list[str]:
    database = open_database(path, CLOCK)
    try:
        return [row[0] for row in database.reader.execute("SELECT subject FROM ticket ORDER BY number")]
    finally:
        database.close()


def names(folder: Path) -> list[str]:
    """What lies in a folder, companions of open desks aside."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def refused(source: Path, path: Path) -> LeadconsoleError:
    """The refusal of a restore that has left everything as it was."""
    before = {name: (path.parent / name).read_bytes() for name in names(path.parent) if (path.parent / name).is_file()}
    with pytest.raises(LeadconsoleError) as caught:
        work.restore(source, path, CLOCK)
    assert names(path.parent) == sorted({*before, *(one.name for one in path.parent.iterdir() if one.is_dir())})
    assert {name: (path.parent / name).read_bytes() for name in before} == before
    return caught.value


def test_a_backup_is_a_whole_desk_of_the_owners(desk: House, copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert subjects(copy) == ["Before"]
    assert House(open_database(copy, CLOCK), CLOCK, desk.people).differences() == []


def test_a_backup_taken_while_others_write_is_one_moment(desk: House, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        place = 0
        while not done.is_set():
            commands.note(desk.desk(), 1, f"note {place}")
            place += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        copies = [work.backup(desk.desk(), tmp_path / f"copy{place}.db") for place in range(5)]
    finally:
        done.set()
        thread.join()
    for one in copies:
        taken = House(open_database(one, CLOCK), CLOCK, desk.people)
        assert taken.differences() == []
        texts = [
            row[0] for row in taken.database.reader.execute("SELECT text FROM event WHERE kind = 'note' ORDER BY seq")
        ]
        assert texts == [f"note {place}" for place in range(len(texts))]
        taken.database.close()


def test_a_backup_overwrites_nothing(desk: House, tmp_path: Path) -> None:
    there = tmp_path / "letter.txt"
    there.write_text("mine")
    for target in (there, desk.database.path, tmp_path):
        with pytest.raises(Refused) as caught:
            work.backup(desk.desk(), target)
        assert caught.value.code == "exists"
    assert there.read_text() == "mine"
    with pytest.raises(Refused) as caught:
        work.backup(desk.desk(), tmp_path / "no" / "copy.db")
    assert caught.value.code == "unwritable"


def test_a_backup_that_fails_leaves_no_file(desk: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "broken_pages", lambda connection: ["page 7"])
    with pytest.raises(Unusable):
        work.backup(desk.desk(), tmp_path / "copy.db")
    assert names(tmp_path) == ["desk.db"]


def test_a_backup_is_for_the_lead(desk: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        work.backup(desk.desk("lida"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_restore_keeps_what_was_there(desk: House, copy: Path) -> None:
    path = desk.database.path
    kept = work.restore(copy, path, CLOCK)
    assert kept is not None
    assert kept.parent == path.parent
    assert subjects(path) == ["Before"]
    assert subjects(kept) == ["Before", "After"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in (path, kept)} == {0o600}
    again = work.restore(kept, path, CLOCK)
    assert again not in (None, kept)
    assert subjects(path) == ["Before", "After"]
    assert len(names(path.parent)) == 4


def test_a_restored_desk_can_be_written_by_all(desk: House, copy: Path) -> None:
    work.restore(copy, desk.database.path, CLOCK)
    again = desk.again()
    assert again.ticket("Next") == 2
    assert again.database.reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert again.differences() == []


def test_a_restore_makes_a_desk_where_there_is_none(copy: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    assert work.restore(copy, fresh, CLOCK) is None
    assert subjects(fresh) == ["Before"]
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600


def test_a_link_stays_a_link(desk: House, copy: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(desk.database.path.name)
    work.restore(copy, link, CLOCK)
    assert link.is_symlink()
    assert subjects(desk.database.path) == ["Before"]


def test_an_open_desk_is_not_replaced(desk: House, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "PATIENCE", 0.05)
    beside = desk.again_beside()
    beside.differences()
    assert refused(copy, desk.database.path).code == "desk_in_use"
    beside.database.close()
    assert work.restore(copy, desk.database.path, CLOCK) is not None


@pytest.mark.parametrize(
    ("sort", "code"),
    [
        ("letter", "not_a_database"),
        ("other", "not_a_desk"),
        ("newer", "newer_database"),
        ("damaged", "damaged"),
        ("cut", "damaged"),
        ("empty", "not_a_desk"),
        ("missing", "missing"),
        ("folder", "missing"),
        ("itself", "same_file"),
    ],
)
def test_a_bad_source_changes_nothing(desk: House, copy: Path, tmp_path: Path, sort: str, code: str) -> None:
    source = tmp_path / "source.db"
    if sort == "letter":
        source.write_bytes(b"this is a letter\n" * 100)
    elif sort == "other":
        with sqlite3.connect(source) as connection:
            connection.execute("CREATE TABLE song (title TEXT)")
        connection.close()
    elif sort == "newer":
        shutil.copy(copy, source)
        with sqlite3.connect(source) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.close()
    elif sort == "damaged":
        whole = bytearray(copy.read_bytes())
        whole[8192:16384] = os.urandom(8192)
        source.write_bytes(whole)
    elif sort == "cut":
        whole = bytearray(copy.read_bytes())
        source.write_bytes(whole[: len(whole) // 2])
    elif sort == "empty":
        source.touch()
    elif sort == "folder":
        source.mkdir()
    elif sort == "itself":
        source = desk.database.path
    error = refused(source, desk.database.path)
    assert error.code == code
    assert error.exit_status == (1 if sort == "itself" else 3)
    assert subjects(desk.database.path) == ["Before", "After"]


@pytest.mark.parametrize("with_log", [False, True])
def test_a_desk_that_can_not_be_read_is_kept_byte_by_byte(desk: House, copy: Path, with_log: bool) -> None:
    path = desk.database.path
    sqlite3.connect(path).execute("PRAGMA journal_mode = DELETE").connection.close()
    broken = b"\0" * 4096 + path.read_bytes()[4096:]
    path.write_bytes(broken)
    if with_log:
        Path(f"{path}-wal").write_bytes(b"old log")
    kept = work.restore(copy, path, CLOCK)
    assert kept is not None
    assert kept.read_bytes() == broken
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Path(f"{kept}-wal").exists() == with_log
    assert not Path(f"{path}-wal").exists()
    assert subjects(path) == ["Before"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_desk_damaged_in_the_middle_is_kept_too(desk: House, copy: Path) -> None:
    path = desk.database.path
    whole = bytearray(path.read_bytes())
    whole[8192:-4096] = os.urandom(len(whole) - 8192 - 4096)
    path.write_bytes(whole)
    assert work.restore(copy, path, CLOCK) is not None
    assert subjects(path) == ["Before"]


def test_another_programs_database_is_not_replaced(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "songs.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()
    assert refused(copy, other).code == "not_a_desk"


def test_places_where_nothing_can_be_put(copy: Path, desk: House, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        work.restore(copy, tmp_path / "no" / "desk.db", CLOCK)
    assert caught.value.code == "missing_folder"
    (tmp_path / "folder").mkdir()
    assert refused(copy, tmp_path / "folder").code == "not_a_database"
    desk.database.path.chmod(0o400)
    assert refused(copy, desk.database.path).code == "read_only"


def test_a_folder_of_somebody_else(copy: Path, desk: House, common: Path) -> None:
    for path in (copy, desk.database.path):
        shutil.copy(path, common)
        (common / path.name).chmod(0o666)

    def attempt() -> None:
        assert refused(common / copy.name, common / desk.database.path.name).code == "read_only"

    as_nobody(attempt)


def test_a_copy_on_a_read_only_place_in_wal_mode_is_taken(copy: Path, tmp_path: Path) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    copy.chmod(0o400)
    fresh = tmp_path / "fresh.db"
    work.restore(copy, fresh, CLOCK)
    assert subjects(fresh) == ["Before"]
