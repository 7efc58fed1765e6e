"""People's keys: added, printed as lines, taken away; who left has none; what is refused is kept where nobody edits."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cli.desk_file import Shell, desk_shell
from desks import House, house
from leadconsole.intake.commands import export_folder
from leadconsole.kernel import host_files
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.database import open_database
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.kernel.history import undo
from leadconsole.kernel.new_file import write_new
from leadconsole.remote import commands, log, queries
from leadconsole.remote.public_keys import proved
from remote.test_rules import ED, GOOD, blob

KEY = proved(ED, GOOD[ED])
OTHER = proved(ED, blob(ED, b"o" * 32))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Runs the program on a small desk."""
    made = desk_shell(tmp_path)
    (tmp_path / "lida.pub").write_text(f"{ED} {GOOD[ED]} lida@home\n")
    return made


def test_a_key_is_added_printed_and_taken_away(shell: Shell) -> None:
    told = shell.run("ssh", "add-key", "lida", "lida.pub")
    assert told.status == 0, told.err
    assert KEY.fingerprint in told.out
    assert "lida may come in by 1 new key." in told.out
    assert "nothing was changed" in shell.run("ssh", "add-key", "lida", "-", stdin=f"{ED} {GOOD[ED]}").out
    (line,) = shell.run("ssh", "keys").out.splitlines()
    assert line.startswith('restrict,pty,command="/')
    assert line.endswith(f'/leadconsole connect lida --db {shell.desk}" {ED} {GOOD[ED]}')
    assert "lida@home" not in line
    (listed,) = shell.run("ssh", "keys", "--json").json["keys"]
    assert (listed["login"], listed["fingerprint"], listed["line"]) == ("lida", KEY.fingerprint, line)
    assert shell.run("ssh", "remove-key", "oleg", KEY.fingerprint).status == 1
    assert shell.run("ssh", "remove-key", "lida", KEY.fingerprint).status == 0
    assert shell.run("ssh", "keys").out == ""


def test_wrong_files_and_people_are_told_in_a_sentence(shell: Shell) -> None:
    for words, said in (
        (("lida", "nothing.pub"), "nothing.pub"),
        (("nobody", "lida.pub"), "no person «nobody»"),
        (("lida", str(shell.desk)), "no public key"),
    ):
        told = shell.run("ssh", "add-key", *words)
        assert told.status == 1, told
        assert said in told.err
    told = shell.run("ssh", "keys", "--as", "lida")
    assert "may not let people in" in told.err


def test_connect_is_only_for_a_terminal_and_people_who_work_here(shell: Shell) -> None:
    assert "needs a terminal" in shell.run("connect", "lida").err
    assert "no person «nobody»" in shell.run("connect", "nobody").err
    assert shell.run("connect", "lida", "--as", "anna").status == 2
    assert shell.run("connect", "lida", "--json").status == 2
    said = shell.run("connect", "lida", now=None, SSH_ORIGINAL_COMMAND="queue --view all --json")
    assert said.json["total"] == 3
    assert "can't be done over SSH" in shell.run("connect", "lida", SSH_ORIGINAL_COMMAND="bash").err
    refused = shell.run("ssh", "refused", "--json", now=None).json["refused"]
    assert [(one["login"], one["said"]) for one in refused] == [("lida", "bash"), ("nobody", "")]


def test_who_left_has_no_line_and_doesnt_come_in(shell: Shell) -> None:
    shell.run("ssh", "add-key", "lida", "lida.pub")
    made = House(open_database(shell.desk, _clock()), _clock(), {"anna": Role.LEAD})
    made.person("lida", ended="2026-03-01")
    made.database.close()
    assert shell.run("ssh", "keys").out == ""
    told = shell.run("connect", "lida", SSH_ORIGINAL_COMMAND="queue")
    assert told.status == 1
    assert "doesn't work at this desk today" in told.err


def _clock() -> Any:
    from desks import MONDAY, at
    from leadconsole.kernel.clock import FrozenClock

    return FrozenClock(at(MONDAY))


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with Lida's key."""
    made = house(tmp_path / "desk.db")
    commands.add_keys(made.desk(), "lida", [KEY])
    return made


def test_a_key_belongs_to_one_person_and_its_story_is_history(home: House) -> None:
    with pytest.raises(Refused, match="lida's already"):
        commands.add_keys(home.desk(), "oleg", [OTHER, KEY])
    assert [one.login for one in queries.entrances(home.desk())] == ["lida"], "all or nothing"
    assert commands.add_keys(home.desk(), "oleg", [OTHER]) == 1
    assert "taken back" in undo(home.desk())
    assert [one.login for one in queries.entrances(home.desk())] == ["lida"]
    with pytest.raises(NotFound):
        commands.remove_key(home.desk(), "oleg", KEY.fingerprint)
    commands.remove_key(home.desk(), "lida", KEY.fingerprint)
    kinds = home.database.reader.execute("SELECT kind, actor FROM event WHERE subject = 'ssh_key' ORDER BY id")
    assert kinds.fetchall() == [("added", "anna"), ("added", "anna"), ("undo", "anna"), ("removed", "anna")]


def test_keys_leave_the_desk_only_in_a_private_export(home: House, tmp_path: Path) -> None:
    for private in (False, True):
        folder = tmp_path / f"out-{private}"
        export_folder(home.desk(), folder, private=private)
        text = (folder / "history.jsonl").read_text()
        assert (KEY.base64 in text) is private
        records = [json.loads(line) for line in text.splitlines()]
        assert any(one.get("table") == "ssh_key" for one in records) is private


def test_a_key_that_was_tampered_with_has_no_line(home: House) -> None:
    with sqlite3.connect(home.database.path) as connection:
        connection.execute("UPDATE ssh_key SET base64 = base64 || char(10) || 'command=\"sh\"'")
    connection.close()
    (one,) = queries.entrances(home.desk())
    assert one.key is None


def test_what_is_refused_is_kept_and_can_neither_be_undone_nor_fill_the_desk(home: House) -> None:
    lida = home.desk("lida")
    for number in range(log.MOST_AN_HOUR + 5):
        log.note(lida, f"try {number}\nmore", "no")
    found = queries.refusals(home.desk())
    assert len(found) == log.MOST_AN_HOUR
    assert "\n" not in found[0].said
    with pytest.raises(Refused, match="nothing of yours"):
        undo(lida)
    with sqlite3.connect(home.database.path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM event")
    connection.close()


def test_a_command_that_refuses_somebody_over_the_network_is_kept(home: House) -> None:
    kept: list[str] = []
    dora = home.desk().seated(Actor("dora", Role.ACCOUNTANT)).watched(lambda desk, why: kept.append(why.message))
    with pytest.raises(NotAllowed):
        queries.entrances(dora)
    assert kept == ["dora (accountant) may not let people in over the network."]


def test_a_session_over_the_network_reads_and_writes_no_files(home: House, tmp_path: Path) -> None:
    from leadconsole.intake.commands import import_paths
    from leadconsole.kernel.backup import backup

    host_files.shut()
    try:
        for work in (
            lambda: write_new(tmp_path / "x", b""),
            lambda: backup(home.desk(), tmp_path / "x.db"),
            lambda: export_folder(home.desk(), tmp_path / "x"),
            lambda: import_paths(home.desk(), [tmp_path]),
        ):
            with pytest.raises(NotAllowed, match="You came over SSH"):
                work()
    finally:
        host_files.shut(False)
    assert not list(tmp_path.glob("x*"))


def test_an_open_session_ends_when_the_person_leaves_or_becomes_somebody_else(home: House) -> None:
    from leadconsole.remote.session import why_not

    lida = home.desk("lida")
    assert why_not(lida) == ""
    home.person("lida", "contractor")
    assert "rights at this desk have changed" in why_not(lida)
    home.person("lida", "specialist", ended="2026-03-01")
    assert "doesn't work at this desk today" in why_not(lida)
    assert "at this desk" in why_not(home.desk("nobody"))
