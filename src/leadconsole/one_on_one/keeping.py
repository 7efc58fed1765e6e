"""What must hold between the rows of 1-on-1s: points fit the criteria of their day, acknowledged records stay."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Change
from leadconsole.kernel.transaction import Transaction
from leadconsole.one_on_one import facts, rules
from leadconsole.one_on_one.rules import Criterion


def score(transaction: Transaction, change: Change) -> None:
    """Points belong to a criterion in force that day, and don't change once the record is acknowledged."""
    row = change.after or change.before
    assert row is not None
    refuse_acknowledged(transaction.sql, row["login"], row["date"])
    if change.after is not None:
        sheet = rules.in_force(facts.criteria(transaction.sql, row["login"]), row["date"])
        rules.refuse_points(row["criterion"], row["points"], sheet, row["date"])


def record(transaction: Transaction, change: Change) -> None:
    """An acknowledged record is neither changed nor removed."""
    before = change.before
    if before is not None and before["acknowledged"] is not None:
        raise _acknowledged(before["date"])


def criterion(transaction: Transaction, change: Change) -> None:
    """A criterion keeps room for the points given by it, and the sheets of acknowledged records stay what they were."""
    row = change.after or change.before
    assert row is not None
    sql, login = transaction.sql, row["login"]
    present = facts.criteria(sql, login)
    for day, name, points in sql.execute(
        "SELECT date, criterion, points FROM meeting_score WHERE login = ? AND criterion = ?", (login, row["criterion"])
    ).fetchall():
        rules.refuse_points(name, points, rules.in_force(present, day), day)
    before = [one for one in present if (one.name, one.first) != (row["criterion"], row["first"])]
    if change.before is not None:
        old = change.before
        before.append(Criterion(old["criterion"], old["most"], old["first"], old["last"], old["position"]))
    for (day,) in sql.execute(
        "SELECT date FROM meeting_record WHERE login = ? AND acknowledged IS NOT NULL", (login,)
    ).fetchall():
        if _sheet(before, day) != _sheet(present, day):
            raise _acknowledged(day)


def refuse_acknowledged(connection: sqlite3.Connection, login: str, day: str) -> None:
    """Refuse to touch a record that the person has acknowledged."""
    found = connection.execute(
        "SELECT 1 FROM meeting_record WHERE login = ? AND date = ? AND acknowledged IS NOT NULL", (login, day)
    ).fetchone()
    if found is not None:
        raise _acknowledged(day)


def _sheet(criteria: list[Criterion], day: str) -> set[tuple[str, int]]:
    return {(one.name, one.most) for one in rules.in_force(criteria, day)}


def _acknowledged(day: str) -> Refused:
    return Refused(
        _("The record of {day} was acknowledged and stays as it is; add a correction to it.").format(day=day),
        code="acknowledged",
        field="date",
    )
