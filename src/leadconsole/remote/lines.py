"""The lines of authorized_keys: which command a key may run, quoted so that neither sshd nor the shell sees more."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.remote.public_keys import PublicKey

RESTRICTIONS = "restrict,pty"
"""Everything that sshd(8) can forbid, also what later versions add; only a terminal is given back."""
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_OURS = re.compile(r'restrict,pty,command="((?:[^"\\]|\\"|\\)*)" (\S+) (\S+)')


def forced_command(program: Sequence[str], database: str, login: str) -> str:
    """What the shell of the service account runs for a key; without a database the account's own desk."""
    words = [*program, "connect", login, *(("--db", database) if database else ())]
    for word in words:
        if _CONTROL.search(word):
            raise Refused(
                _("A path with control characters can't stand in authorized_keys: {path}").format(path=repr(word)),
                code="bad_path",
            )
    return " ".join(map(shlex.quote, words))


def key_line(command: str, key: PublicKey) -> str:
    """One line of authorized_keys."""
    # sshd takes a backslash before a quote away, and no other one.
    quoted = command.replace('"', '\\"')
    return f'{RESTRICTIONS},command="{quoted}" {key.type} {key.base64}'


def command_of(line: str) -> str | None:
    """The forced command of a line as we write it; None for any other line."""
    found = _OURS.fullmatch(line.strip())
    return None if found is None else found[1].replace('\\"', '"')
