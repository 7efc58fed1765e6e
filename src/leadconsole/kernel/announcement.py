"""One line that the lead tells everybody, such as that a server is down; it stands on every screen until withdrawn.

It is kept as history alone: the newest event says what stands, so nothing that was announced can be lost or rewritten.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import UNDO, Event, record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso
from leadconsole.kernel.text import clean_line
from leadconsole.kernel.transaction import Transaction

SUBJECT, KEY = "announcement", "desk"
LONGEST = 200
"""It stands in one line of the screen."""

_LAST = "SELECT seq, after FROM event WHERE subject = ? AND key = ? ORDER BY at DESC, seq DESC LIMIT 1"


class Announcement(NamedTuple):
    """What everybody is told, by whom, since when."""

    text: str
    by: str
    since: str
    """An ISO time with the offset of the desk's zone, as whoever announced it saw the clock."""


@query(Capability.ATTEND)
def standing(desk: Desk) -> Announcement | None:
    """What is announced now; asked after every commit, so it looks up one row by its key."""
    row = desk.reader.execute(_LAST, (SUBJECT, KEY)).fetchone()
    return _read(row)


@command(Capability.ANNOUNCE)
def announce(desk: Desk, text: str, timezone: str) -> None:
    """Tell everybody a line; it takes the place of the one that stands."""
    told = clean_line(text).strip()
    if not told:
        raise Refused(_("There is nothing to tell."), code="empty", field="text")
    if len(told) > LONGEST:
        raise Refused(
            _("It has {n} characters; {most} fit into the line.").format(n=len(told), most=LONGEST),
            code="too_long",
            field="text",
        )
    with desk.write() as transaction:
        _write(transaction, "announced", Announcement(told, transaction.actor, iso(transaction.at, timezone)))


@command(Capability.ANNOUNCE)
def withdraw(desk: Desk) -> None:
    """Take the line away from every screen; the history keeps it."""
    with desk.write() as transaction:
        if _present(transaction) is None:
            raise Refused(_("Nothing is announced."), code="nothing")
        _write(transaction, "withdrawn", None)


def take_back(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer: what stood before stands again."""
    stands = _present(transaction)
    if (None if stands is None else stands._asdict()) != event.after:
        raise Refused(_("Something else was announced since."), code="changed_since")
    record(
        transaction, SUBJECT, KEY, UNDO, value=str(event.seq), before=event.after, after=event.before, undoes=undoes
    )  # fmt: skip
    if event.before is None:
        return _("The announcement is withdrawn")
    return _("Announced again: {text}").format(text=event.before["text"])


def _write(transaction: Transaction, kind: str, wanted: Announcement | None) -> None:
    before = _present(transaction)
    record(
        transaction,
        SUBJECT,
        KEY,
        kind,
        before=None if before is None else before._asdict(),
        after=None if wanted is None else wanted._asdict(),
    )


def _present(transaction: Transaction) -> Announcement | None:
    return _read(transaction.sql.execute(_LAST, (SUBJECT, KEY)).fetchone())


def _read(row: tuple[int, str | None] | None) -> Announcement | None:
    return None if row is None or row[1] is None else Announcement(**json.loads(row[1]))
