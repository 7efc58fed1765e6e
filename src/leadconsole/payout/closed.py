"""A month as it was closed: written down with its hash, read again, and proved against what its lines make."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.history import packed
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.payout import chain, facts, rules, words
from leadconsole.payout.facts import Plan
from leadconsole.payout.rules import Figures, Left, Line, Scheme, SchemeKind, Statement
from leadconsole.team import facts as team_facts

LINE_COLUMNS = "section, who, what, amount, file, key, base, days, of_days, at"


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


def freeze(
    connection: sqlite3.Connection,
    statement: Statement,
    excluded: tuple[Left, ...],
    plan: Plan | None,
    at: Instant,
    actor: str,
) -> str:
    """Write a counted month down as closed, chained to the last closed one; returns its hash."""
    month = str(statement.month)
    kept = frozen_of(statement, excluded, plan, team_facts.settings(connection).timezone)
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
            (month, place, *line, _ticket(line), own)
            for place, (line, own) in enumerate(zip(statement.lines, hashes, strict=True))
        ],
    )
    return made


def _ticket(line: Line) -> int | None:
    """The ticket that a line pays, which is then paid for good."""
    return int(line.key) if line.file == "tickets" else None


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
    told = facts.last_turns(connection)
    for month, text, previous, kept, at, actor in connection.execute(
        "SELECT month, frozen, previous, hash, at, actor FROM closed_month ORDER BY month"
    ).fetchall():
        wrong = _broken_month(connection, month, text, previous, kept, before)
        if not wrong and told.get(month) != ("closed", kept, at, actor):
            wrong = [_("{month}: history tells of another close than this.").format(month=words.month_name(month))]
        found += wrong
        told.pop(month, None)
        before = kept
    return found + [
        _("{month} was closed by {actor} and is closed no more, though nobody reopened it.").format(
            month=words.month_name(month), actor=turn.actor
        )
        for month, turn in told.items()
        if turn.kind == "closed"
    ]


def _broken_month(
    connection: sqlite3.Connection, month: str, text: str, previous: str, kept: str, before: str
) -> list[str]:
    named = words.month_name(month)
    lines = frozen_lines(connection, month)
    stored = connection.execute("SELECT hash, ticket FROM closed_line WHERE month = ? ORDER BY place", (month,))
    hashes = chain.line_hashes(month, lines)
    for place, (line, made, found) in enumerate(zip(lines, hashes, stored, strict=True)):
        if (made, _ticket(line)) != found or rules.broken_line(lines[place : place + 1]) is not None:
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
