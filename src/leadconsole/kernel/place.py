"""Where a person was when the line dropped, kept in the desk file beside the drafts; every role has a place."""

from __future__ import annotations

from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk

KEY = "console.place"
"""It has the key of a draft, but is none: who may type nothing has a place, too."""


@query(Capability.ATTEND)
def kept_place(desk: Desk) -> str | None:
    """Where the person was, as the console wrote it; None if that isn't known."""
    row = desk.reader.execute("SELECT text FROM draft WHERE actor = ? AND key = ?", (desk.actor.login, KEY)).fetchone()
    return row[0] if row else None


@command(Capability.ATTEND)
def keep_place(desk: Desk, text: str) -> None:
    """Keep where the person is."""
    with desk.write() as transaction:
        transaction.sql.execute(
            "INSERT INTO draft VALUES (?, ?, ?, ?)"
            " ON CONFLICT (actor, key) DO UPDATE SET text = excluded.text, at = excluded.at",
            (desk.actor.login, KEY, text, transaction.at),
        )


@command(Capability.ATTEND)
def forget_place(desk: Desk) -> None:
    """Begin anew next time."""
    if kept_place(desk) is None:
        return
    with desk.write() as transaction:
        transaction.sql.execute("DELETE FROM draft WHERE actor = ? AND key = ?", (desk.actor.login, KEY))


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
