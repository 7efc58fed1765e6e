"""Who else sits at this desk now, what each looks at and writes on; nothing of it is in the desk file.

Every session holds a small file of its own in a folder beside the desk, locked for as long as the process lives: the
system takes the lock of one that dies, so nobody has to say over and over that he is still there. An idle session
writes nothing, and others learn that something changed from the time stamp of the folder.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk

try:
    import fcntl
except ImportError:  # a system without these locks has one session at a desk
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".here"
MEMO = "presence"
SURE_LOOKS = 25
"""After so many looks the locks are tried again: a session that was killed has changed no time stamp."""
LONGEST = 2_000
_count = itertools.count()


class Doing(NamedTuple):
    """What somebody does: the screen, the ticket that is in view, and whether a dialog about it is open."""

    screen: str = ""
    ticket: int | None = None
    writing: bool = False


class Here(NamedTuple):
    """Somebody else at the desk, since when, and what he does."""

    login: str
    since: Instant
    doing: Doing


class Presence:
    """The place of one session among the others at a desk."""

    def __init__(self, desk: Path, login: str, since: Instant) -> None:
        self.folder = desk.with_name(desk.name + SUFFIX)
        self._own = self.folder / f"{login}.{os.getpid()}.{next(_count)}"
        self._login, self._since = login, since
        self._handle = -1
        self._seen = -1
        self._looks = 0
        self._known: dict[str, tuple[int, Here]] = {}
        """What was read of each file, and its time stamp then."""
        self.others: tuple[Here, ...] = ()

    def enter(self) -> None:
        """Take a place; without a folder that can be written nobody is seen, and nothing else is lost."""
        if fcntl is None:
            return
        new = self._own.with_name(f".{self._own.name}")
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self._handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600)
            # Locked before it has its name, or somebody might take it for that of a dead session.
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._write(Doing())
            os.rename(new, self._own)

    def tell(self, doing: Doing) -> None:
        """Let the others see what this person does now."""
        if self._handle >= 0:
            with suppress(OSError):
                self._write(doing)
                os.utime(self.folder)

    def leave(self) -> None:
        """Give the place up; the last one takes the folder along."""
        if self._handle >= 0:
            with suppress(OSError):
                self._own.unlink()
            os.close(self._handle)
            self._handle = -1
            with suppress(OSError):
                self.folder.rmdir()

    def look(self) -> bool:
        """See who is there; True if that is news. Costs one question to the system while nothing changed."""
        self._looks += 1
        try:
            stamp = self.folder.stat().st_mtime_ns
        except OSError:
            stamp = 0
        sure = not self._looks % SURE_LOOKS
        if stamp == self._seen and not sure:
            return False
        self._seen = stamp
        if sure:
            self._known.clear()
        before, self.others = self.others, tuple(sorted(self._read()))
        return before != self.others

    @property
    def by_ticket(self) -> Mapping[int, list[Here]]:
        """The others by the ticket that each has in view, who writes on it first."""
        found: dict[int, list[Here]] = {}
        for one in sorted(self.others, key=lambda other: not other.doing.writing):
            if one.doing.ticket is not None:
                found.setdefault(one.doing.ticket, []).append(one)
        return found

    def _write(self, doing: Doing) -> None:
        told = json.dumps({"login": self._login, "since": self._since, **doing._asdict()}).encode()
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, told, 0)

    def _read(self) -> Iterable[Here]:
        try:
            entries = [entry for entry in os.scandir(self.folder) if entry.name[0] != "."]
        except OSError:
            return
        for entry in entries:
            if entry.name == self._own.name:
                continue
            with suppress(OSError, ValueError, KeyError, TypeError):  # gone, or half a line: the next look has it whole
                stamp = entry.stat(follow_symlinks=False).st_mtime_ns
                known = self._known.get(entry.name)
                if known is None or known[0] != stamp:
                    told = _alive(entry.path)
                    if told is None:
                        continue
                    known = self._known[entry.name] = (stamp, _here(told))
                yield known[1]


def _here(told: bytes) -> Here:
    one = json.loads(told)
    doing = Doing(str(one["screen"]), one["ticket"], bool(one["writing"]))
    return Here(str(one["login"]), int(one["since"]), doing)


def _alive(path: str) -> bytes | None:
    """What the session of a file tells; None for a dead one, whose file goes."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return os.pread(handle, LONGEST, 0)
    else:
        with suppress(OSError):
            os.unlink(path)
        return None
    finally:
        os.close(handle)


@query(Capability.READ_QUEUE)
def at_tickets(desk: Desk) -> Mapping[int, list[Here]]:
    """Who else has which ticket in view, as this session saw it last; nobody where no console looks."""
    known = desk.database.memo.get(MEMO)
    return known.by_ticket if isinstance(known, Presence) else {}
