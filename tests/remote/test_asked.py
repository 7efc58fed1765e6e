"""A real server that asks the program for keys at every login, and what `ssh check` says of it: no key is in a file."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from leadconsole.remote.server import CONFIG_VARIABLE
from remote import sshd


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sshd.Server]:
    """A running server that asks; skipped with the reason where none would."""
    if why := sshd.missing() or sshd.cant_be_asked():
        pytest.skip(why)
    made = sshd.start(tmp_path_factory.mktemp("asked"), ask=True)
    yield made
    made.stop()


def check(server: sshd.Server, *settings: tuple[str, str], as_json: bool = True) -> Any:
    """What `ssh check` says of the server as it would be with other settings; its exit status is always 0."""
    config = server.folder / "sshd_config.other"
    text = (server.folder / "sshd_config").read_text()
    for old, new in settings:
        assert old in text
        text = text.replace(old, new)
    config.write_text(text)
    words = [sshd.program(), "ssh", "check", "--db", str(server.desk), *(["--json"] if as_json else [])]
    told = subprocess.run(
        words, env={**os.environ, CONFIG_VARIABLE: str(config)}, capture_output=True, text=True, check=False, timeout=60
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout) if as_json else told.stdout


def codes(told: dict[str, Any]) -> set[str]:
    """What is wrong, in short."""
    return {one["code"] for one in told["wrong"]}


ABOUT_KEYS = {"keys_command", "no_keys", "unknown_key", "no_forced_command", "stale_key", "damaged_key"}


def test_a_key_counts_from_the_moment_it_is_added_to_the_moment_it_is_removed(asking: sshd.Server) -> None:
    assert "printer" in asking.say("lida", "queue --view all").out
    assert asking.say("stranger", "queue").status == 255
    (mine,) = (
        one["fingerprint"] for one in json.loads(asking.leadconsole("ssh", "keys", "--json"))["keys"]
        if one["login"] == "lida"
    )  # fmt: skip
    asking.leadconsole("ssh", "remove-key", "lida", mine)
    assert asking.say("lida", "queue").status == 255
    asking.leadconsole("ssh", "add-key", "lida", str(asking.folder / "lida.pub"))
    asking.leadconsole("ssh", "add-key", "lida", str(asking.folder / "stranger.pub"))
    assert asking.say("lida", "queue").status == 0
    assert "printer" in asking.say("stranger", "queue --view all").out, "a second key of hers"


def test_check_runs_the_command_and_finds_its_lines_well(asking: sshd.Server) -> None:
    told = check(asking)
    assert not codes(told) & ABOUT_KEYS
    assert "Every key that the server knows runs only the desk." in told["fine"]
    assert codes(told) >= {"server", "environment"}, "the server of these tests is wide open"
    text = check(asking, as_json=False)
    for sentence in (
        "AllowTcpForwarding yes, AllowAgentForwarding yes, AllowStreamLocalForwarding yes, GatewayPorts yes",
        "put «DisableForwarding yes» into",
        "put «PermitTunnel no» into",
        "The server takes variables from its clients that can do harm: LEADCONSOLE_*",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ((("AuthorizedKeysCommandUser", "#"),), "server_settings", "The server can't use its settings: "),
        ((("UsePAM no", "UsePAM maybe"),), "server_settings", "The server can't use its settings: "),
        ((("CommandUser root", "CommandUser nosuchaccount"),), "keys_command", "no account nosuchaccount"),
        ((("CommandUser root", "CommandUser nobody"),), "keys_command", "fails for nobody, so nobody can come in"),
        ((("desk.db", "other.db"),), "keys_command", "other.db"),
        (((" ssh keys", " ssh nonsense"),), "keys_command", "fails for root"),
        ((("AuthorizedKeysCommand ", "#"), ("AuthorizedKeysCommandUser", "#")), "no_keys", "nobody can come in"),
        ((("PasswordAuthentication no", "PasswordAuthentication yes"),), "server", "PasswordAuthentication yes"),
        ((("UsePAM no", "UsePAM no\nPermitUserRC yes"),), "server", "PermitUserRC yes"),
        ((("UsePAM no", "UsePAM no\nPermitTTY no"),), "server", "PermitTTY no"),
        ((("UsePAM no", "UsePAM no\nForceCommand /bin/sh"),), "server", "ForceCommand /bin/sh"),
        ((("UsePAM no", "UsePAM no\nAcceptEnv PYTHON* LD_*"),), "environment", "PYTHON* LD_*"),
    ],
)
def test_what_is_wrong_with_it_is_a_sentence_with_a_cure(
    asking: sshd.Server, settings: tuple[tuple[str, str], ...], code: str, said: str
) -> None:
    found = [one for one in check(asking, *settings)["wrong"] if one["code"] == code and said in one["message"]]
    assert found, said
    assert found[0]["message"][0].isupper() or found[0]["message"][0] in "/«"
    assert found[0]["cure"]


def test_another_file_of_keys_beside_it_is_another_way_in(asking: sshd.Server) -> None:
    file = asking.folder / "beside"
    file.write_text((asking.folder / "stranger.pub").read_text())
    told = check(asking, ("AuthorizedKeysFile none", f"AuthorizedKeysFile {file}"))
    (one,) = (one for one in told["wrong"] if one["code"] == "no_forced_command")
    assert one["message"] == f"{file}, line 1: this key gives more than the desk."


def test_an_account_that_isnt_there_is_told(asking: sshd.Server) -> None:
    told = subprocess.run(
        [sshd.program(), "ssh", "check", "--user", "nosuchaccount", "--db", str(asking.desk)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0
    assert "There is no account nosuchaccount on this host." in told.stdout
