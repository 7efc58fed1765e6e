"""A month counted from the desk, or read as it was frozen, with what stands in the way of its close.

Building bricks of queries and commands, which check who asks.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.payout import checklist, closed, facts, rules, words
from leadconsole.payout.facts import Closing, Plan, Reopening
from leadconsole.payout.rules import Figures, Left, Statement
from leadconsole.team import facts as team_facts


@dataclass(frozen=True, slots=True)
class Counted:
    """A month as the statement shows it."""

    statement: Statement
    excluded: tuple[Left, ...]
    closing: Closing | None
    blockers: tuple[str, ...]
    warnings: tuple[str, ...]
    reserve_before: int
    """What was set aside before this month and not drawn on."""
    decision: Plan | None
    owed: Plan | None
    """The decision after the month before, if that was abnormal."""
    reopenings: tuple[Reopening, ...]

    @property
    def status(self) -> str:
        """Open or closed."""
        return "open" if self.closing is None else "closed"


def figures(connection: sqlite3.Connection, month: Month) -> tuple[str, Figures]:
    """Status and figures of a month that has begun, without its lines."""
    row = connection.execute("SELECT frozen FROM closed_month WHERE month = ?", (str(month),)).fetchone()
    if row is not None:
        return "closed", Figures(**json.loads(row[0])["figures"])
    begin, end = month.bounds(team_facts.settings(connection).timezone)
    scheme = facts.scheme(connection)
    return "open", rules.settle(month, scheme, facts.sums(connection, month, scheme, begin, end)).figures


def count(connection: sqlite3.Connection, month: Month, now: Instant) -> Counted:
    """The month: as it was frozen if it is closed, else as the desk makes it now. Refused for a month to come."""
    zone = team_facts.settings(connection).timezone
    begin, end = month.bounds(zone)
    if begin > now:
        raise Refused(
            _("{month} is yet to come; there is nothing to count.").format(month=words.month_name(str(month))),
            code="future_month",
            field="month",
        )
    row = connection.execute(
        "SELECT at, actor, previous, hash, frozen FROM closed_month WHERE month = ?", (str(month),)
    ).fetchone()
    reserve = facts.set_aside_before(connection, str(month))
    plans = facts.decision(connection, str(month)), facts.decision(connection, str(month.previous))
    reopened = facts.reopenings(connection, str(month))
    if row is not None:
        statement, excluded = closed.thawed(month, json.loads(row[4]), closed.frozen_lines(connection, str(month)))
        return Counted(statement, excluded, Closing(*row[:4]), (), (), reserve, *plans, reopened)
    scheme = facts.scheme(connection)
    statement = rules.settle(month, scheme, facts.lines(connection, month, scheme, begin, end))
    excluded = tuple(facts.left_out(connection, begin, end))
    stops = tuple(checklist.blockers(connection, statement, reserve, plans[0], now < end))
    return Counted(
        statement,
        excluded,
        None,
        stops,
        tuple(checklist.warnings(connection, statement, excluded, begin)),
        reserve,
        *plans,
        reopened,
    )
