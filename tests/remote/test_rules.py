"""Keys are proved to the last byte, lines quoted for sshd and the shell, words and variables let through one by one."""

from __future__ import annotations

import base64
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import Refused
from leadconsole.remote import allowed
from leadconsole.remote.environment import tamed
from leadconsole.remote.lines import command_of, forced_command, key_line
from leadconsole.remote.public_keys import PublicKey, proved, read_key, read_keys


def string(data: bytes) -> bytes:
    """A string as keys hold it."""
    return len(data).to_bytes(4, "big") + data


def blob(kind: str, *parts: bytes) -> str:
    """The base64 of a key of these parts."""
    return base64.b64encode(string(kind.encode()) + b"".join(map(string, parts))).decode()


ED = "ssh-ed25519"
GOOD = {
    ED: blob(ED, b"k" * 32),
    "ecdsa-sha2-nistp256": blob("ecdsa-sha2-nistp256", b"nistp256", b"\4" + b"p" * 64),
    "ecdsa-sha2-nistp384": blob("ecdsa-sha2-nistp384", b"nistp384", b"\4" + b"p" * 96),
    "ecdsa-sha2-nistp521": blob("ecdsa-sha2-nistp521", b"nistp521", b"\4" + b"p" * 132),
    "ssh-rsa": blob("ssh-rsa", b"\1\0\1", b"\0\x9c" + b"n" * 255),
    "sk-ssh-ed25519@openssh.com": blob("sk-ssh-ed25519@openssh.com", b"k" * 32, b"ssh:"),
    "sk-ecdsa-sha2-nistp256@openssh.com": blob(
        "sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", b"\4" + b"p" * 64, b"ssh:desk"
    ),
}


@pytest.mark.parametrize("kind", GOOD)
def test_every_sound_key_is_taken_without_its_comment(kind: str) -> None:
    assert read_key(f'{kind} {GOOD[kind]} lida@home $(rm -rf /) "quoted"') == PublicKey(kind, GOOD[kind])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "no_key"),
        ("# only a comment", "no_key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "private_key"),
        (f'command="sh" {ED} {GOOD[ED]}', "bad_key"),
        (f"restrict {ED} {GOOD[ED]}", "bad_key"),
        (f"ssh-dss {blob('ssh-dss', b'x')}", "bad_key"),
        (f"ssh-rsa {GOOD[ED]}", "bad_key"),
        (f"{ED} {GOOD[ED][:-4]}", "bad_key"),
        (f"{ED} {blob(ED, b'k' * 33)}", "bad_key"),
        (f"{ED} {blob(ED, b'k' * 32, b'more')}", "bad_key"),
        (f"{ED} {base64.b64encode(b'x').decode()}", "bad_key"),
        (f"{ED} not-base64!", "bad_key"),
        (f"{ED} ключ", "bad_key"),
        (f"{ED}", "bad_key"),
        (f"ssh-ed25519-cert-v01@openssh.com {GOOD[ED]}", "bad_key"),
        (f"ssh-rsa {blob('ssh-rsa', b'3', b'1' + b'n' * 127)}", "weak_key"),
        (f"ssh-rsa {blob('ssh-rsa', b'3', bytes([0x9C]) + b'n' * 255)}", "bad_key"),
        (f"ecdsa-sha2-nistp256 {blob('ecdsa-sha2-nistp256', b'nistp256', b'3' + b'p' * 64)}", "bad_key"),
        (f"ecdsa-sha2-nistp256 {blob('ecdsa-sha2-nistp256', b'nistp384', bytes([4]) + b'p' * 64)}", "bad_key"),
        (f"sk-ssh-ed25519@openssh.com {blob('sk-ssh-ed25519@openssh.com', b'k' * 32, b'web:')}", "bad_key"),
    ],
)
def test_anything_else_is_refused_with_a_reason(line: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_keys(line)
    assert refusal.value.code == code


def test_a_file_may_hold_several_keys() -> None:
    text = f"\ufeff# mine\r\n{ED} {GOOD[ED]} a\r\n\r\nssh-rsa {GOOD['ssh-rsa']}\r\n"
    assert [one.type for one in read_keys(text)] == [ED, "ssh-rsa"]
    with pytest.raises(Refused, match="more than 50"):
        read_keys(f"{ED} {GOOD[ED]}\n" * 51)


def test_the_fingerprint_is_the_one_that_people_compare(tmp_path: Path) -> None:
    file = tmp_path / "key.pub"
    file.write_text(f"{ED} {GOOD[ED]} x\n")
    try:
        told = subprocess.run(["ssh-keygen", "-l", "-f", str(file)], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed here")
    assert read_key(file.read_text()).fingerprint == told.split()[1]


@given(st.binary(max_size=200), st.sampled_from(list(GOOD)))
def test_no_bytes_make_more_than_a_type_and_base64(data: bytes, kind: str) -> None:
    for text in (base64.b64encode(data).decode(), GOOD[kind] + data.decode("latin-1")):
        try:
            key = proved(kind, text)
        except Refused:
            continue
        assert re.fullmatch("[A-Za-z0-9+/]+=*", key.base64)


# --- lines ------------------------------------------------------------------------------------------------------------

PATHS = [
    "/opt/desk/desk.db",
    "/srv/два слова/desk.db",
    "/a'b/c\"d\\e.db",
    '/x\\"y.db',
    "/x;$(id)`id`&|.db",
    "/tab ends ",
]


def as_sshd_reads(line: str) -> str:
    """The command of a line by the rules of sshd: a backslash before a quote is taken away, and no other one."""
    value = line.removeprefix('restrict,pty,command="')
    made, place = "", 0
    while value[place] != '"':
        if value[place] == "\\" and value[place + 1] == '"':
            place += 1
        made += value[place]
        place += 1
    return made


@pytest.mark.parametrize("path", PATHS)
def test_a_line_is_read_by_sshd_and_the_shell_as_it_was_meant(path: str) -> None:
    program = [path.removesuffix(".db")]
    command = forced_command(program, path, "lida")
    line = key_line(command, PublicKey(ED, GOOD[ED]))
    assert line.endswith(f'" {ED} {GOOD[ED]}')
    assert as_sshd_reads(line) == command == command_of(line)
    assert shlex.split(command) == [*program, "connect", "lida", "--db", path]
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == path


def test_the_plain_line_is_what_the_contract_says() -> None:
    command = forced_command(["/absolute/leadconsole"], "", "lida")
    assert key_line(command, PublicKey(ED, "AAAA")) == (
        f'restrict,pty,command="/absolute/leadconsole connect lida" {ED} AAAA'
    )


@pytest.mark.parametrize("path", ["/a\nb", "/a\0b", "/a\x7f"])
def test_a_path_with_control_characters_is_refused(path: str) -> None:
    with pytest.raises(Refused, match="control characters"):
        forced_command(["/leadconsole"], path, "lida")


@pytest.mark.parametrize("line", ["", f"{ED} AAAA", f'command="sh" {ED} AAAA', f'pty,command="x connect y" {ED} AAAA'])
def test_other_lines_are_not_ours(line: str) -> None:
    assert command_of(line) is None


# --- words ------------------------------------------------------------------------------------------------------------

KNOWN = ("today", "queue", "roster", "payout")
MAY = {
    "today": {"lead", "deputy", "specialist", "contractor", "director"},
    "queue": {"lead", "deputy", "specialist", "contractor"},
    "queue --view mine --limit 0 --json --search 'two words' --lang ru": {
        "lead", "deputy", "specialist", "contractor",
    },
    "queue --view=mine": {"lead", "deputy", "specialist", "contractor"},
    "roster ics lida": {"lead", "deputy", "specialist", "contractor"},
    "payout export 2026-10 -": {"lead", "accountant"},
}  # fmt: skip


@pytest.mark.parametrize("words", MAY)
@pytest.mark.parametrize("role", list(Role))
def test_who_may_say_what(words: str, role: Role) -> None:
    if role.value in MAY[words]:
        assert allowed.read(words, role, KNOWN) == shlex.split(words)
    else:
        with pytest.raises(Refused, match="can't be done over SSH"):
            allowed.read(words, role, KNOWN)


def test_a_command_that_isnt_there_yet_is_refused() -> None:
    with pytest.raises(Refused):
        allowed.read("today", Role.LEAD, ("queue",))


@given(st.text(max_size=60), st.sampled_from(list(Role)))
def test_no_words_get_through_with_a_path_or_a_name(text: str, role: Role) -> None:
    for start in ("", "queue ", "roster ics ", "payout export 2026-10 "):
        try:
            words = allowed.read(start + text, role, KNOWN)
        except Refused:
            continue
        names = [word.partition("=")[0] for word in words if word.startswith("-")]
        assert set(names) <= {"-", "--view", "--search", "--limit", "--json", "--lang"}


# --- variables --------------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from(["TERM", "LANG", "LC_ALL", "COLORTERM", "PATH", "PYTHONPATH", "X"]), st.text()))
def test_only_harmless_variables_are_left(given: dict[str, str]) -> None:
    kept = tamed(given, home="/home/desk", user="desk")
    assert set(kept) <= {
        "TERM", "LANG", "LC_ALL", "COLORTERM", "HOME", "USER", "LOGNAME", "PATH", "SHELL",
    }  # fmt: skip
    assert kept["HOME"] == "/home/desk"
    assert kept["PATH"] != given.get("PATH")
    assert all("/" not in kept.get(name, "") for name in ("TERM", "LANG", "LC_ALL", "COLORTERM"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "xterm-256color"), ("TERM", "screen.xterm-256color"), ("TERM", "putty-256color"),
        ("LANG", "ru_RU.UTF-8"),
        ("LC_ALL", "uk_UA.UTF-8"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1"), ("LANGUAGE", "ru:en"),
        ("SSH_CONNECTION", "2001:db8::1 50022 10.0.0.1 22"), ("LANG", "C.UTF-8"), ("LANG", "ca_ES@euro"),
    ],
)  # fmt: skip
def test_what_a_terminal_says_of_itself_is_taken(name: str, value: str) -> None:
    assert tamed({name: value}, home="/", user="x")[name] == value


def test_this_test_left_nothing_behind() -> None:
    assert not os.path.exists("pwned")
