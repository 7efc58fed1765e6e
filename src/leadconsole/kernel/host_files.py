"""Whether this process may read and write files of the host that a person names: not for who came over the network.

One process serves one person, so this is a fact of the process. It is asked where files are written and read, not only
in dialogs; the desk itself and its error log are not meant.
"""

from __future__ import annotations

from pathlib import Path

from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.i18n import _

_shut = False


def shut(closed: bool = True) -> None:
    """Refuse files of the host from now on."""
    global _shut
    _shut = closed


def are_shut() -> bool:
    """Whether they are refused."""
    return _shut


def why_shut() -> str:
    """The sentence that tells why."""
    return _("You came over SSH: no files of this host are read or written. Ask the lead for a copy.")


def named(text: str) -> Path:
    """The file that a person named in a dialog; over the network nobody learns who has a home here."""
    refuse_shut()
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:
        raise Refused(_("There is no file {path}.").format(path=text.strip()[:80]), field="text") from None


def refuse_shut() -> None:
    """Refuse a file that a person named, in a session that has no files."""
    if _shut:
        raise NotAllowed(why_shut(), field="text")
