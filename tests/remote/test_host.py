"""`ssh check`: what is wrong with a host is told with what to do; what can't be seen is said, too."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest

from desks import House, house
from leadconsole.remote import commands, host, queries, server
from leadconsole.remote.host import Findings
from leadconsole.remote.lines import forced_command, key_line
from leadconsole.remote.public_keys import proved
from remote import sshd
from remote.test_rules import ED, GOOD, blob

KEY = proved(ED, GOOD[ED])
OTHER = proved(ED, blob(ED, b"o" * 32))
GOOD_SERVER = {
    "passwordauthentication": ["no"], "kbdinteractiveauthentication": ["no"], "disableforwarding": ["yes"],
    "x11forwarding": ["yes"], "permituserrc": ["no"], "permittunnel": ["no"], "acceptenv": ["LANG", "LC_*"],
    "authorizedkeysfile": ["%h/keys"], "strictmodes": ["yes"],
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk in a folder of its own, with Lida's key."""
    folder = tmp_path / "desk"
    folder.mkdir(mode=0o700)
    made = house(folder / "desk.db")
    commands.add_keys(made.desk(), "lida", [KEY])
    return made


@pytest.fixture
def inspected(home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Findings]:
    """Inspects the host as it would be with these settings and lines of authorized_keys."""
    program = tmp_path / "bin" / "leadconsole"
    program.parent.mkdir(mode=0o755)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    account = pwd.getpwuid(os.geteuid())
    monkeypatch.setattr(
        pwd, "getpwuid", lambda uid: pwd.struct_passwd((account[0], "x", *account[2:5], str(tmp_path), "/bin/sh"))
    )
    monkeypatch.setattr(host, "_password", lambda name: "*")
    monkeypatch.setattr(host, "_others_may_write", lambda path: False)

    def inspect(lines: list[str] | None = None, **settings: list[str]) -> Findings:
        known = [key_line(forced_command([str(program)], "", "lida"), KEY)] if lines is None else lines
        (tmp_path / "keys").write_text("# who may come in\n" + "\n".join(known) + "\n")
        monkeypatch.setattr(server, "settings", lambda account: {**GOOD_SERVER, **settings})
        return host.inspect(home.desk(), queries.entrances(home.desk()), [str(program)])

    return inspect


def codes(found: Findings) -> list[str]:
    """What is wrong, in short."""
    return [one.code for one in found.wrong]


def test_a_good_host_is_told_to_be_one(inspected: Callable[..., Findings]) -> None:
    found = inspected()
    assert codes(found) == []
    assert found.unknown == []
    assert len(found.fine) == 5


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"passwordauthentication": ["yes"]}, "server"),
        ({"kbdinteractiveauthentication": ["yes"]}, "server"),
        ({"permituserenvironment": ["yes"]}, "server"),
        ({"permituserrc": ["yes"]}, "server"),
        ({"permittunnel": ["point-to-point"]}, "server"),
        ({"disableforwarding": ["no"]}, "server"),
        ({"forcecommand": ["/bin/sh"]}, "server"),
        ({"trustedusercakeys": ["/etc/ssh/ca"]}, "server"),
        ({"strictmodes": ["no"]}, "server"),
        ({"acceptenv": ["LANG", "PYTHON*"]}, "environment"),
        ({"acceptenv": ["LANG", "LD_PRELOAD", "BASH_ENV"]}, "environment"),
        ({"authorizedkeysfile": ["none"]}, "no_keys"),
        ({"authorizedkeyscommand": ["/nowhere/leadconsole ssh keys"]}, "keys_command"),
    ],
)
def test_another_way_in_is_told_with_its_cure(
    inspected: Callable[..., Findings], settings: dict[str, list[str]], code: str
) -> None:
    found = inspected(**settings)
    assert codes(found) == [code]
    assert all(one.told.endswith(".") and one.cure for one in found.wrong)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"{ED} {GOOD[ED]} lida@home", "no_forced_command"),
        (f'command="/bin/sh" {ED} {GOOD[ED]}', "no_forced_command"),
        (f'pty,command="/x/leadconsole connect lida" {ED} {GOOD[ED]}', "no_forced_command"),
        (key_line("/x/leadconsole export /tmp/all", KEY), "no_forced_command"),
        (key_line("/x/leadconsole connect anna", KEY), "stale_key"),
        (key_line("/x/leadconsole connect lida", OTHER), "stale_key"),
    ],
)
def test_a_line_that_gives_more_than_the_desk_is_found(
    inspected: Callable[..., Findings], line: str, code: str
) -> None:
    found = inspected([key_line("/x/leadconsole connect lida", KEY), line])
    assert codes(found) == [code]
    assert "line 3" in found.wrong[0].told


def test_files_that_others_may_open_are_found(home: House, inspected: Callable[..., Findings]) -> None:
    home.database.path.chmod(0o640)
    home.database.path.parent.chmod(0o750)
    found = inspected()
    assert codes(found) == ["file_open", "folder_open"]
    assert found.wrong[0].cure == f"chmod 600 {home.database.path}"


def test_a_program_that_others_may_change_and_an_account_with_a_password_are_found(
    inspected: Callable[..., Findings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").chmod(0o777)
    monkeypatch.setattr(host, "_password", lambda name: "$y$secret")
    assert codes(inspected()) == ["program_open", "password"]


def test_what_only_root_can_see_is_said(
    home: House, inspected: Callable[..., Findings], monkeypatch: pytest.MonkeyPatch
) -> None:
    inspected()
    monkeypatch.setattr(server, "settings", lambda account: None)
    monkeypatch.setattr(host, "_password", lambda name: None)
    found = host.inspect(home.desk(), queries.entrances(home.desk()), ["/bin/sh"])
    assert len(found.unknown) == 2


def test_a_real_server_is_asked_for_its_settings(running: sshd.Server) -> None:
    account = running.account
    os.environ[server.CONFIG_VARIABLE] = str(running.folder / "sshd_config")
    try:
        told = server.settings(account)
    finally:
        del os.environ[server.CONFIG_VARIABLE]
    if told is None:
        pytest.skip("only root may ask sshd -T here")
    assert told["passwordauthentication"] == ["no"]
    assert told["allowtcpforwarding"] == ["yes"]
    assert any("LEADCONSOLE_*" in one for one in told["acceptenv"])


@pytest.fixture
def running(request: pytest.FixtureRequest) -> sshd.Server:
    """The running server, under a name that the room `server` doesn't have."""
    found: sshd.Server = request.getfixturevalue("server")
    return found
