"""Rows that hold for a span of days must not overlap: absences of a person, fees of a client."""

from __future__ import annotations

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Change
from leadconsole.kernel.transaction import Transaction

_FOREVER = "9999-12-31"


def absence(transaction: Transaction, change: Change) -> None:
    """Refuse an absence that overlaps another one of the same person."""
    if (span := _overlapped(transaction, change, "login")) is not None:
        raise Refused(
            _("{login} is away from {first} to {last} already; absences of one person don't overlap.").format(
                login=change.key[0], first=span[0], last=span[1]
            ),
            code="overlap",
            field="from",
        )


def subscription(transaction: Transaction, change: Change) -> None:
    """Refuse a fee that overlaps another one of the same client (interchange.md, payout)."""
    if (span := _overlapped(transaction, change, "client")) is not None:
        until = span[1] or _("further notice")
        raise Refused(
            _("{client} has a fee from {first} to {last} already; fees of one client don't overlap.").format(
                client=change.key[0], first=span[0], last=until
            ),
            code="overlap",
            field="from",
        )


def _overlapped(transaction: Transaction, change: Change, owner: str) -> tuple[str, str | None] | None:
    """First and last day of another row of the same owner that shares a day with the changed one."""
    row = change.after
    if row is None:
        return None
    found: tuple[str, str | None] | None = transaction.sql.execute(
        f"SELECT first, last FROM {change.table} WHERE {owner} = ? AND first <> ? AND first <= ?"
        f" AND coalesce(last, '{_FOREVER}') >= ? ORDER BY first",
        (row[owner], row["first"], row["last"] or _FOREVER, row["first"]),
    ).fetchone()
    return found
