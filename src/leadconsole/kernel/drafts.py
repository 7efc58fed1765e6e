"""Drafts of one person, kept in the desk file so that a lost connection loses nothing that was typed.

Where the person was when the line dropped is kept beside them; every role has a place, also who may type nothing.
"""

from __future__ import annotations

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk

PLACE = "console.place"
"""It has the key of a draft, but is none: other rights hold for it."""


@query(Capability.KEEP_DRAFTS)
def draft(desk: Desk, key: str) -> str | None:
    """The person's draft under a key such as `ticket.reply:4711`, or None."""
    return _kept(desk, key)


@command(Capability.KEEP_DRAFTS)
def keep(desk: Desk, key: str, text: str) -> None:
    """Keep what the person typed under a key."""
    _keep(desk, key, text)


@command(Capability.KEEP_DRAFTS)
def drop(desk: Desk, key: str) -> None:
    """Forget the person's draft: its text has been sent."""
    _forget(desk, key)


@query(Capability.ATTEND)
def kept_place(desk: Desk) -> str | None:
    """Where the person was, as the console wrote it; None if that isn't known."""
    return _kept(desk, PLACE)


@command(Capability.ATTEND)
def keep_place(desk: Desk, text: str) -> None:
    """Keep where the person is."""
    _keep(desk, PLACE, text)


@command(Capability.ATTEND)
def forget_place(desk: Desk) -> None:
    """Begin anew next time."""
    _forget(desk, PLACE)


def _kept(desk: Desk, key: str) -> str | None:
    row = desk.reader.execute("SELECT text FROM draft WHERE actor = ? AND key = ?", (desk.actor.login, key)).fetchone()
    return row[0] if row else None


def _keep(desk: Desk, key: str, text: str) -> None:
    with desk.write() as transaction:
        transaction.sql.execute(
            "INSERT INTO draft VALUES (?, ?, ?, ?)"
            " ON CONFLICT (actor, key) DO UPDATE SET text = excluded.text, at = excluded.at",
            (desk.actor.login, key, text, transaction.at),
        )


def _forget(desk: Desk, key: str) -> None:
    if _kept(desk, key) is None:
        return
    with desk.write() as transaction:
        transaction.sql.execute("DELETE FROM draft WHERE actor = ? AND key = ?", (desk.actor.login, key))


class DeskDrafts:
    """The drafts of the person at a desk, as the dialogs want them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def get(self, key: str) -> str | None:
        """The draft under this key."""
        return draft(self.desk, key)

    def put(self, key: str, text: str) -> None:
        """Keep a draft."""
        keep(self.desk, key, text)

    def drop(self, key: str) -> None:
        """Forget a draft."""
        drop(self.desk, key)


class DeskPlace:
    """The place of the person at a desk, as the console wants it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def get(self) -> str | None:
        """Where the person was."""
        return kept_place(self.desk)

    def put(self, text: str) -> None:
        """Keep where the person is."""
        keep_place(self.desk, text)

    def drop(self) -> None:
        """Begin anew next time."""
        forget_place(self.desk)
