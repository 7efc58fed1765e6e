"""A month counted from the desk, or read as it was frozen, with what stands in the way of its close.

Building bricks of queries and commands, which check who asks.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import packed
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month
from leadconsole.payout import chain, facts, rules, words
from leadconsole.payout.rules import Figures, Left, Line, Reason, Scheme, SchemeKind, Statement
from leadconsole.team import facts as team_facts

LINE_COLUMNS = "section, who, what, amount, file, key, base, days, of_days, at"


class Plan(NamedTuple):
    """The decision after an abnormal month: what will be changed, by when."""

    month: str
    change: str
    until: str


class Closing(NamedTuple):
    """Who closed a month when, and its place in the chain."""

    at: Instant
    actor: str
    previous: str
    hash: str


class Reopening(NamedTuple):
    """A month that was reopened: who, when, why."""

    at: Instant
    actor: str
    reason: str


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
    plans = decision(connection, str(month)), decision(connection, str(month.previous))
    reopened = _reopenings(connection, str(month))
    if row is not None:
        statement, excluded = thawed(month, json.loads(row[4]), frozen_lines(connection, str(month)))
        return Counted(statement, excluded, Closing(*row[:4]), (), (), reserve, *plans, reopened)
    scheme = facts.scheme(connection)
    statement = rules.settle(month, scheme, facts.lines(connection, month, scheme, begin, end))
    excluded = tuple(facts.left_out(connection, begin, end))
    stops = tuple(_blockers(connection, statement, reserve, plans[0], now < end))
    return Counted(
        statement, excluded, None, stops, tuple(_warnings(connection, statement, excluded)), reserve, *plans, reopened
    )


def decision(connection: sqlite3.Connection, month: str) -> Plan | None:
    """The recorded decision after a month."""
    row = facts.row_of(connection, "payout_decision", month)
    return None if row is None else Plan(*row)


def _reopenings(connection: sqlite3.Connection, month: str) -> tuple[Reopening, ...]:
    rows = connection.execute(
        "SELECT at, actor, text FROM event WHERE subject = 'payout' AND key = ? AND kind = 'reopened' ORDER BY at, seq",
        (month,),
    )
    return tuple(Reopening(at, actor, text or "") for at, actor, text in rows)


def _blockers(
    connection: sqlite3.Connection, statement: Statement, reserve_before: int, plan: Plan | None, running: bool
) -> list[str]:
    """Why the month can't be closed now."""
    found = []
    month, figures = statement.month, statement.figures
    if running:
        found.append(_("The month isn't over yet."))
    found += _out_of_order(facts.closed_months(connection), month)
    if figures.abnormal:
        if statement.asked_reserve or statement.asked_bonuses:
            found.append(_("The guarantee leaves nothing to set aside: take reserve and bonuses away."))
        if plan is None:
            found.append(
                _("The profit is below the guaranteed minimum: record the decision, what will be changed and by when.")
            )
    elif statement.kind == SchemeKind.ENTREPRENEUR:
        over = figures.reserve + figures.bonuses - figures.profit
        if over > 0:
            found.append(_("Reserve and bonuses are {amount} more than the profit.").format(amount=formats.money(over)))
    short = reserve_before + figures.reserve
    if short < 0:
        found.append(_("The reserve is drawn on for {amount} more than there is.").format(amount=formats.money(-short)))
    return found


def _out_of_order(closed: list[str], month: Month) -> list[str]:
    """Months close one after another, so that each can be chained to the one before."""
    if not closed:
        return []
    last = Month.parse(closed[-1])
    if month < last:
        return [
            _("{month} is closed already; months close one after another.").format(month=words.month_name(closed[-1]))
        ]
    if month != last.next:
        return [
            _("{month} comes first; months close one after another.").format(month=words.month_name(str(last.next)))
        ]
    return []


def _warnings(connection: sqlite3.Connection, statement: Statement, excluded: tuple[Left, ...]) -> list[str]:
    """What is worth a look before the month closes."""
    found = []
    if n := sum(one.reason == Reason.NOT_ACCEPTED for one in excluded):
        found.append(
            ngettext("{n} work is resolved but not accepted.", "{n} works are resolved but not accepted.", n).format(
                n=n
            )
        )
    if n := sum(one.reason == Reason.NO_PRICE for one in excluded):
        found.append(
            ngettext("{n} work is accepted without a price.", "{n} works are accepted without a price.", n).format(n=n)
        )
    if statement.kind == SchemeKind.PROBATION:
        if statement.scheme.probation_salary is None:
            found.append(_("There is no setting for the salary on probation; it counts as nothing."))
        if statement.asked_reserve or statement.asked_bonuses:
            found.append(_("On probation reserve and bonuses count as nothing."))
    waiting = len(unpassed(connection, statement))
    if waiting:
        found.append(
            ngettext("{n} invoice isn't passed on yet.", "{n} invoices aren't passed on yet.", waiting).format(
                n=waiting
            )
        )
    return found


def unpassed(connection: sqlite3.Connection, statement: Statement) -> list[Line]:
    """The lines to invoice that accounting hasn't got yet."""
    marks = set(connection.execute("SELECT file, key FROM passed_on WHERE month = ?", (str(statement.month),)))
    return [line for line in to_invoice(statement) if (line.file, line.key) not in marks]


def to_invoice(statement: Statement) -> list[Line]:
    """The lines for which an invoice or an act is made; nobody is invoiced for nothing."""
    wanted = (rules.Section.SUBSCRIPTION, rules.Section.ONE_OFF)
    return [line for line in statement.lines if line.section in wanted and line.amount]


def frozen_of(statement: Statement, excluded: tuple[Left, ...], plan: Plan | None, timezone: str) -> dict[str, Any]:
    """What is kept of a month beside its lines, as JSON values."""
    return {
        "timezone": timezone,
        "kind": str(statement.kind),
        "scheme": statement.scheme._asdict(),
        "figures": statement.figures._asdict(),
        "shadow": None if statement.shadow is None else statement.shadow._asdict(),
        "asked": [statement.asked_reserve, statement.asked_bonuses],
        "excluded": [one._asdict() for one in excluded],
        "decision": None if plan is None else plan._asdict(),
    }


def freeze(connection: sqlite3.Connection, counted: Counted, at: Instant, actor: str) -> str:
    """Write a counted month down as closed, chained to the last closed one; returns its hash."""
    statement = counted.statement
    month = str(statement.month)
    kept = frozen_of(statement, counted.excluded, counted.decision, team_facts.settings(connection).timezone)
    hashes = chain.line_hashes(month, statement.lines)
    last = connection.execute("SELECT hash FROM closed_month ORDER BY month DESC LIMIT 1").fetchone()
    previous = chain.BEGINNING if last is None else str(last[0])
    made = chain.month_hash(month, kept, chain.last_of(month, hashes), previous)
    connection.execute(
        "INSERT INTO closed_month (month, at, actor, frozen, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (month, at, actor, packed(kept), previous, made),
    )
    connection.executemany(
        f"INSERT INTO closed_line (month, place, {LINE_COLUMNS}, ticket, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (month, place, *line, int(line.key) if line.file == "tickets" else None, own)
            for place, (line, own) in enumerate(zip(statement.lines, hashes, strict=True))
        ],
    )
    return made


def thawed(month: Month, frozen: dict[str, Any], lines: list[Line]) -> tuple[Statement, tuple[Left, ...]]:
    """The statement of a closed month."""
    shadow = frozen["shadow"]
    statement = Statement(
        month,
        Scheme(**frozen["scheme"]),
        frozen["kind"],
        tuple(lines),
        Figures(**frozen["figures"]),
        None if shadow is None else Figures(**shadow),
        *frozen["asked"],
    )
    return statement, tuple(Left(**one) for one in frozen["excluded"])


def frozen_lines(connection: sqlite3.Connection, month: str) -> list[Line]:
    """The lines of a closed month in order."""
    rows = connection.execute(f"SELECT {LINE_COLUMNS} FROM closed_line WHERE month = ? ORDER BY place", (month,))
    return [Line(*row) for row in rows]


def broken(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the closed months: the first line of each that isn't what was frozen, or the month itself."""
    found = []
    before = chain.BEGINNING
    for month, text, previous, kept in connection.execute(
        "SELECT month, frozen, previous, hash FROM closed_month ORDER BY month"
    ).fetchall():
        found += _broken_month(connection, month, text, previous, kept, before)
        before = kept
    return found


def _broken_month(
    connection: sqlite3.Connection, month: str, text: str, previous: str, kept: str, before: str
) -> list[str]:
    named = words.month_name(month)
    lines = frozen_lines(connection, month)
    stored = [
        found
        for (found,) in connection.execute("SELECT hash FROM closed_line WHERE month = ? ORDER BY place", (month,))
    ]
    hashes = chain.line_hashes(month, lines)
    for place, (line, made, found) in enumerate(zip(lines, hashes, stored, strict=True)):
        if made != found or rules.broken_line(lines[place : place + 1]) is not None:
            return [
                _("{month}: line {n} «{label}» ({amount}) isn't what was closed.").format(
                    month=named, n=place + 1, label=words.label(line), amount=formats.money(line.amount)
                )
            ]
    try:
        frozen = json.loads(text)
        statement, _excluded = thawed(Month.parse(month), frozen, lines)
        again = rules.settle(statement.month, statement.scheme, _asked(statement, lines))
    except (ValueError, TypeError, KeyError):
        return [_("{month}: what was frozen with it can't be read.").format(month=named)]
    if previous != before:
        return [_("{month} isn't chained to the month before it any more.").format(month=named)]
    if packed(frozen) != text or chain.month_hash(month, frozen, chain.last_of(month, hashes), previous) != kept:
        return [_("{month}: its figures or settings aren't what was closed.").format(month=named)]
    if again.figures != statement.figures or again.shadow != statement.shadow:
        return [_("{month}: the figures aren't what its lines make.").format(month=named)]
    return []


def _asked(statement: Statement, lines: list[Line]) -> list[Line]:
    """The lines with what was asked to be set aside, where a probation month doesn't show it."""
    if statement.kind != SchemeKind.PROBATION:
        return lines
    reserve, bonuses = statement.asked_reserve, statement.asked_bonuses
    return [
        *lines,
        rules.entered(rules.Section.RESERVE, "", "", reserve, "allocations"),
        rules.entered(rules.Section.BONUS, "", "", bonuses, "allocations"),
    ]
