"""The environment of a session over the network: what the other end may say about its terminal, and nothing else.

OpenSSH hands over what its client sends and its server accepts; a variable can name a file to read, a module to load or
a program to start. So only a handful is taken, each of a shape that can do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ORIGINAL = "SSH_ORIGINAL_COMMAND"
PLAIN_TERMINAL = "xterm"
_LOCALE = re.compile(r"[A-Za-z]{1,8}(?:_[A-Za-z]{2,4})?(?:\.[A-Za-z0-9-]{1,12})?(?:@[a-z]{1,12})?")
_TAKEN = {
    "TERM": re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,40}"),
    "COLORTERM": re.compile("truecolor|24bit"),
    "NO_COLOR": re.compile(".{1,40}"),
    "LANG": _LOCALE,
    "LC_ALL": _LOCALE,
    "LC_CTYPE": _LOCALE,
    "LC_MESSAGES": _LOCALE,
    "LANGUAGE": re.compile(r"[A-Za-z_]{2,8}(?::[A-Za-z_]{2,8}){0,5}"),
    "SSH_CONNECTION": re.compile(r"[0-9A-Za-z.:%-]{1,80} [0-9]{1,5} [0-9A-Za-z.:%-]{1,80} [0-9]{1,5}"),
}
_PATH = "/usr/local/bin:/usr/bin:/bin"


def tamed(environment: Mapping[str, str], *, home: str, user: str) -> dict[str, str]:
    """The environment to live in: no LEADCONSOLE_, TEXTUAL, PYTHON, EDITOR or PAGER, wherever they came from."""
    taken = {
        name: environment[name]
        for name, shape in _TAKEN.items()
        if name in environment and shape.fullmatch(environment[name])
    }
    taken.setdefault("TERM", PLAIN_TERMINAL)
    return {**taken, "HOME": home, "USER": user, "LOGNAME": user, "PATH": _PATH, "SHELL": "/bin/false"}
