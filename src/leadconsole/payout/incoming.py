"""What is imported beside rows with keys: whatever would change a closed month is refused before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction
from leadconsole.payout import frozen
from leadconsole.payout.facts import SUBJECT
from leadconsole.team import facts as team_facts

Values = Mapping[str, Any]
_MOVES = frozenset({"status", "accept", "reopen", "undo"})


class Gate:
    """Asked of every row of tickets.csv, ticket_events.csv and history.jsonl; quick where no month is closed."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._months = frozen.closed(transaction)
        zone = team_facts.settings(transaction.sql).timezone
        self._end = self._months[-1].bounds(zone)[1] if self._months else 0

    def ticket(self, number: int, present: Values | None, values: Values) -> None:
        """Refuse a row that changes price, client or acceptance of a paid work, or makes one accepted too late."""
        if not self._months:
            return
        paid = frozen.paid_in(self._transaction, number)
        was, becomes = (None if row is None else _accepted(row) for row in (present, values))
        if paid is not None:
            for field in ("price", "client"):
                if present is not None and present[field] != values[field]:
                    raise frozen.refused(paid, field)
            if was != becomes:
                raise frozen.refused(paid, "accepted")
            return
        if values["price"] is None:
            return
        if present is not None and present["price"] is None:
            stands = frozen.stands(self._transaction, number)
            if (month := self._month(stands)) is not None:
                raise frozen.refused(month, "price")
        if (present is None or was != becomes) and (month := self._month(becomes)) is not None:
            raise frozen.refused(month, "accepted")

    def event(self, values: Values) -> None:
        """Refuse an event that would have changed who was paid in a closed month."""
        if not self._months or values["kind"] not in _MOVES:
            return
        sql, number = self._transaction.sql, values["key"]
        paid = frozen.paid_in(self._transaction, number)
        if paid is not None:
            if values["at"] < self._end or (values["kind"] == "undo" and self._undoes_old(values)):
                raise frozen.refused(paid, "at")
            return
        price, created = sql.execute("SELECT price, created FROM ticket WHERE number = ?", (number,)).fetchone()
        accepts = values["kind"] == "accept" or values["value"] == "accepted"
        if price is not None and accepts and (month := self._month(max(values["at"], created))) is not None:
            raise frozen.refused(month, "at")

    def row(self, table: str, values: Values) -> None:
        """Refuse a row of history.jsonl that would close a month beside the closed ones, or decide on one of them."""
        if table in ("closed_month", "closed_line"):
            self.happening(SUBJECT)
        elif table == "payout_decision" and values["month"] in map(str, self._months):
            raise frozen.refused(values["month"], "month")

    def happening(self, subject: str) -> None:
        """Refuse an event of a close or reopening that isn't this desk's own, once it has closed months."""
        if subject == SUBJECT and self._months:
            raise Refused(
                _("This desk has closed months of its own; they are closed and reopened here, not by an import."),
                code="closed_month",
                field="table",
            )

    def _undoes_old(self, values: Values) -> bool:
        """Whether an undo means an event of before the end of the last closed month."""
        row = self._transaction.sql.execute(
            "SELECT 1 FROM event WHERE subject = 'ticket' AND key = ? AND seq = ? AND at < ?",
            (str(values["key"]), values["value"], self._end),
        ).fetchone()
        return row is not None

    def _month(self, at: Instant | None) -> Any:
        return frozen.month_of(self._transaction, at, self._months)


def _accepted(row: Values) -> Instant | None:
    """When the columns of a ticket say that it was accepted (tickets/rules.py, `minimal_history`)."""
    if row["start_status"] != "accepted":
        return None
    created: Instant = row["created"]
    resolved = row["start_resolved"] if row["start_resolved"] is not None else row["start_accepted"]
    accepted = row["start_accepted"] if row["start_accepted"] is not None else resolved
    return max(created, resolved or created, accepted or created)
