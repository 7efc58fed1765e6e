"""Drafts of one person, kept in the desk file so that a lost connection loses nothing that was typed."""

from __future__ import annotations

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk


@query(Capability.KEEP_DRAFTS)
def draft(desk: Desk, key: str) -> str | None:
    """The person's draft under a key such as `ticket.reply:4711`, or None."""
    row = desk.reader.execute("SELECT text FROM draft WHERE actor = ? AND key = ?", (desk.actor.login, key)).fetchone()
    return row[0] if row else None


@command(Capability.KEEP_DRAFTS)
def keep(desk: Desk, key: str, text: str) -> None:
    """Keep what the person typed under a key."""
    with desk.write() as transaction:
        transaction.sql.execute(
            "INSERT INTO draft VALUES (?, ?, ?, ?)"
            " ON CONFLICT (actor, key) DO UPDATE SET text = excluded.text, at = excluded.at",
            (desk.actor.login, key, text, transaction.at),
        )


@command(Capability.KEEP_DRAFTS)
def drop(desk: Desk, key: str) -> None:
    """Forget the person's draft: its text has been sent."""
    if draft(desk, key) is None:
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
