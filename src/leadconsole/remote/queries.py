"""Reads of remote access: who may come in by which key, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.remote.log import REFUSED, SUBJECT
from leadconsole.remote.public_keys import PublicKey, proved
from leadconsole.team import facts
from leadconsole.team.rules import employed

KEY_SUBJECT = "ssh_key"
"""What the history of keys is called."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A person's key; `key` is None where what is stored isn't one (a file that was tampered with)."""

    login: str
    name: str
    role: str
    here: bool
    """Whether the person works here today: who left comes in no more."""
    fingerprint: str
    added: Instant
    key: PublicKey | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was refused: to whom, when, what was said and why not."""

    number: int
    """The event that keeps it."""
    at: Instant
    login: str
    said: str
    why: str


@query(Capability.MANAGE_ACCESS)
def entrances(desk: Desk) -> list[Entrance]:
    """Every key that is stored, by login, each proved anew."""
    today = facts.today(desk.reader, desk.now()).isoformat()
    rows = desk.reader.execute(
        "SELECT p.login, p.name, p.role, p.started, p.ended, k.fingerprint, k.added, k.type, k.base64"
        " FROM ssh_key k JOIN person p ON p.login = k.login ORDER BY p.login, k.added, k.fingerprint"
    )
    return [
        Entrance(login, name, role, employed(started, ended, today), fingerprint, added, _key(kind, text))
        for login, name, role, started, ended, fingerprint, added, kind, text in rows
    ]


def _key(kind: str, text: str) -> PublicKey | None:
    try:
        return proved(str(kind), str(text))
    except Refused:
        return None


@query(Capability.MANAGE_ACCESS)
def refusals(desk: Desk, limit: int = 200) -> list[Refusal]:
    """What was refused over the network, newest first."""
    rows = desk.reader.execute(
        "SELECT id, at, key, value, text FROM event WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT ?",
        (SUBJECT, REFUSED, limit),
    )
    return [Refusal(number, at, login, said or "", why or "") for number, at, login, said, why in rows]


@query(Capability.MANAGE_ACCESS)
def access_revision(desk: Desk) -> int:
    """A number that changes whenever a key comes or goes, or something is refused; history only grows."""
    found: int = desk.reader.execute(
        "SELECT count(*) FROM event WHERE subject IN (?, ?)", (SUBJECT, KEY_SUBJECT)
    ).fetchone()[0]
    return found
