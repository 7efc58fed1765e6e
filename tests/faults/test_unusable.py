"""Files that can't be used and disks that are full: one plain sentence, exit status 3, nothing changed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cli.desk_file import NOW, Shell
from desks import as_nobody
from leadconsole import cli
from leadconsole.kernel.database import SCHEMA_VERSION

READS = (["queue"], ["ticket", "show", "1"], ["norms", "2026-03"], ["export", "out"], ["check"], ["backup", "copy.db"])
WRITES = (["ticket", "note", "1", "x"], ["import", "clients.csv"])


@pytest.fixture(autouse=True)
def _clients(tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text("code,name\nacme,Acme\n")


def contents(folder: Path) -> dict[str, bytes | str]:
    """What lies in a folder."""
    return {
        path.name: os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
        for path in folder.iterdir()
        if path.name != "state"
    }


def made(shell: Shell, sort: str) -> Path:
    """A file that is no desk for us."""
    path = shell.folder / "odd.db"
    if sort == "letter":
        path.write_bytes(b"this is a letter, not a database\n" * 50)
    elif sort == "header":
        path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 4000)
    elif sort == "other":
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE song (title TEXT)")
        connection.close()
    elif sort in ("newer", "closed"):
        connection = sqlite3.connect(shell.desk)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        shutil.copy(shell.desk, path)
        if sort == "newer":
            with sqlite3.connect(path) as connection:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
            connection.close()
        else:
            path.chmod(0o400)
    elif sort == "link":
        path.symlink_to("gone.db")
    elif sort == "folder":
        path.mkdir()
    elif sort == "nowhere":
        return path / "desk.db"
    elif sort == "beneath":
        path.write_text("a file")
        return path / "desk.db"
    return path


@pytest.mark.parametrize(
    ("sort", "code"),
    [
        ("letter", "not_a_database"),
        ("header", "not_a_database"),
        ("other", "not_a_desk"),
        ("newer", "newer_database"),
        ("closed", "read_only"),
        ("link", "missing"),
        ("folder", "not_a_database"),
        ("nowhere", "missing_folder"),
        ("beneath", "missing_folder"),
    ],
)
def test_what_is_no_desk_stays_as_it_is(shell: Shell, sort: str, code: str) -> None:
    odd = Shell(shell.folder, made(shell, sort))
    before = contents(shell.folder)
    for arguments in (*READS, *WRITES):
        told = odd.run(*arguments, "--json")
        assert told.status == 3, arguments
        assert len(told.err.splitlines()) == 1
        assert told.json["error"]["message"] == told.err.strip()
        # A reader says that there is no desk where an import would say why none can be made.
        assert told.json["error"]["code"] in (code, "no_desk"), arguments
    assert told.json["error"]["code"] == code
    assert contents(shell.folder) == before


def test_an_empty_file_is_no_desk_yet(shell: Shell) -> None:
    empty = Shell(shell.folder, shell.folder / "empty.db")
    empty.desk.touch()
    for arguments in (*READS, ["ticket", "note", "1", "x"]):
        assert empty.run(*arguments, "--json").json["error"]["code"] == "no_desk"
    assert empty.desk.read_bytes() == b""
    assert empty.run("import", "clients.csv").status == 0
    assert empty.tickets() == 0


def test_a_desk_damaged_in_the_middle_is_told(shell: Shell) -> None:
    """Page by page: never a traceback, a check that finds it, and no half write."""
    connection = sqlite3.connect(shell.desk)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    whole = shell.desk.read_bytes()
    found = 0
    for page in range(1, len(whole) // 4096, 5):
        shell.desk.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        for arguments in (["queue", "--view", "all"], ["ticket", "note", "1", "x"]):
            told = shell.run(*arguments)
            assert told.status in (0, 1, 3), told.err
            assert len(told.err.splitlines()) == (1 if told.status else 0), told.err
        told = shell.run("check", "--json")
        assert told.status in (0, 3)
        found += told.status == 3 or not told.json["ok"]
        Path(f"{shell.desk}-wal").unlink(missing_ok=True)
        Path(f"{shell.desk}-shm").unlink(missing_ok=True)
    assert found > 0
    assert found == len(range(1, len(whole) // 4096, 5))


def test_a_folder_that_can_only_be_read(
    shell: Shell, common: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADCONSOLE_NOW", NOW)
    monkeypatch.chdir(shell.folder)
    lines = [[*arguments, "--db", f"{common}/desk.db"] for arguments in (*READS, *WRITES)]
    assert shell.run("backup", f"{common}/desk.db").status == 0
    for line in lines:
        assert cli.run(line) == 0, "what is imported later must be there before the rights are gone"
    capsys.readouterr()
    (common / "desk.db").chmod(0o666)
    before = (common / "desk.db").read_bytes()

    def attempt() -> None:
        for line in lines:
            assert cli.run(line) == 3, line
            out, err = capsys.readouterr()
            assert out == ""
            assert len(err.splitlines()) == 1

    as_nobody(attempt)
    assert (common / "desk.db").read_bytes() == before


def test_a_file_that_may_not_grow_is_told_and_changes_nothing(shell: Shell) -> None:
    before = shell.run("ticket", "show", "1", "--json").json
    size = shell.desk.stat().st_size

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 8, size // 8))

    for arguments in (["ticket", "note", "1", "-"], ["backup", "copy.db"], ["demo", "--into", "demo.db"]):
        told = subprocess.run(
            shell.line(*arguments),
            input="x" * 400_000,
            capture_output=True,
            text=True,
            cwd=shell.folder,
            env=shell.environment(),
            preexec_fn=no_room,
            check=False,
        )
        assert told.returncode == 3, told.stderr
        assert len(told.stderr.splitlines()) == 1
    assert not list(shell.folder.glob("*copy*"))
    assert not list(shell.folder.glob("*demo*"))
    assert shell.run("ticket", "show", "1", "--json").json == before
    assert shell.run("check", "--json").json["ok"] is True


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, or a skip where none can be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a small file system can't be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_changes_nothing(shell: Shell, small_disk: Path) -> None:
    shell.run("backup", str(small_disk / "desk.db"))
    full = Shell(small_disk, small_disk / "desk.db")
    assert full.run("ticket", "note", "1", "small").status == 0
    before = full.run("ticket", "show", "1", "--json").json
    with (small_disk / "fill").open("wb", buffering=0) as fill, suppress(OSError):
        while True:
            fill.write(b"x" * 4096)
    (shell.folder / "tickets.csv").write_text(
        "number,client,subject,created\n" + "".join(f"{n},acme,Subject,2026-03-01T10:00\n" for n in range(100, 2000))
    )
    for arguments in (
        ["ticket", "note", "1", "-"],
        ["import", str(shell.folder / "tickets.csv")],
        ["backup", str(small_disk / "copy.db")],
        ["restore", str(shell.desk)],
        ["demo", "--into", str(small_disk / "demo.db")],
    ):
        told = full.run(*arguments, "--json", stdin="x" * 400_000)
        assert told.status == 3, (arguments, told.err)
        assert told.json["error"]["code"] == "disk_full", told.err
        assert len(told.err.splitlines()) == 1
    assert full.run("ticket", "show", "1", "--json").json == before
    assert sorted(path.name for path in small_disk.iterdir() if path.suffix == ".db") == ["desk.db"]
    (small_disk / "fill").unlink()
    assert full.run("check", "--json").json["ok"] is True
    assert full.run("ticket", "note", "1", "-", stdin="x" * 100_000).status == 0
