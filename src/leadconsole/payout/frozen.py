"""A closed month never changes: rows and tickets whose change would reach into one are refused in the rule's words.

What is undated (names, roles, the share rate) may change; a closed month has its own copy. Work on a ticket that was
paid goes on, it pays once. An import that brings the history of a whole desk with it is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.kernel.rows import Change, RowRule
from leadconsole.kernel.transaction import Transaction
from leadconsole.payout import facts, words
from leadconsole.payout.rules import Employee, Salary, days_in, held, section_of
from leadconsole.team import facts as team_facts
from leadconsole.team.rules import SETTINGS

Row = Mapping[str, Any]


def closed(transaction: Transaction) -> list[Month]:
    """The closed months that a change may meet; none while a desk comes in whole."""
    if not transaction.recording:
        return []
    return [Month.parse(month) for month in facts.closed_months(transaction.sql)]


def refused(month: Month | str, field: str | None = None) -> Refused:
    """The refusal of whatever would change a closed month."""
    return Refused(
        _(
            "{month} is closed and doesn't change any more; write an adjustment in an open month that says what it"
            " corrects."
        ).format(month=words.month_name(str(month))),
        code="closed_month",
        field=field,
    )


def of_month(transaction: Transaction, change: Change) -> None:
    """What is entered for a month itself stays once the month is closed."""
    row = change.after or change.before or {}
    if any(str(month) == row["month"] for month in closed(transaction)):
        raise refused(row["month"], "month")


def subscription(transaction: Transaction, change: Change) -> None:
    """A fee is the same on every day of a closed month."""

    def effect(row: Row | None, month: Month) -> tuple[str, str, int] | None:
        if row is None or not days_in(month, (row["first"], row["last"])):
            return None
        first, last = month.first.isoformat(), month.last.isoformat()
        return max(first, row["first"]), min(last, row["last"] or last), row["monthly_fee"]

    for month in closed(transaction):
        if effect(change.before, month) != effect(change.after, month):
            raise refused(month, "from")


def salary(transaction: Transaction, change: Change) -> None:
    """What somebody earns is the same on every day of a closed month."""
    months = closed(transaction)
    if not months:
        return
    login, first = str(change.key[0]), str(change.key[1])
    after = facts.salaries(transaction.sql, login)
    before = [row for row in after if row.first != first]
    if change.before is not None:
        before.append(Salary(login, first, change.before["amount"]))
    row = transaction.sql.execute(
        "SELECT login, name, role, started, ended FROM person WHERE login = ?", (login,)
    ).fetchone()
    employee = Employee(*row)
    for month in months:
        if _counts(transaction, employee, month) and _earned(employee, before, month) != _earned(
            employee, after, month
        ):
            raise refused(month, "from")


def person(transaction: Transaction, change: Change) -> None:
    """The days on which somebody with a salary is employed are the same in a closed month."""
    before, after = change.before, change.after
    if before is None or after is None or all(before[name] == after[name] for name in ("started", "ended")):
        return
    months = closed(transaction)
    if not months:
        return
    rows = facts.salaries(transaction.sql, str(change.key[0]))
    was, now = (
        Employee(*(row[name] for name in ("login", "name", "role", "started", "ended"))) for row in (before, after)
    )
    for month in months:
        if _counts(transaction, now, month) and _earned(was, rows, month) != _earned(now, rows, month):
            raise refused(month, "started" if before["started"] != after["started"] else "ended")


def _counts(transaction: Transaction, employee: Employee, month: Month) -> bool:
    """Whether somebody's salary stands in a closed month, or would by the role of today."""
    if section_of(employee, facts.scheme(transaction.sql).lead) is not None:
        return True
    found = transaction.sql.execute(
        "SELECT 1 FROM closed_line WHERE month = ? AND file = 'salaries' AND substr(key, 1, ?) = ?",
        (str(month), len(employee.login) + 1, f"{employee.login},"),
    ).fetchone()
    return found is not None


def _earned(employee: Employee, rows: list[Salary], month: Month) -> list[tuple[int, int, str]]:
    """The salaries of a month with the days on which they are in force; where days are equal, from which day."""
    return [
        (row.amount, days, max(row.first, month.first.isoformat()))
        for row in held(rows)
        if (days := days_in(month, (row.first, row.last), (employee.started, employee.ended)))
    ]


AMOUNTS = (
    "SELECT 1 FROM ticket WHERE price IS NOT NULL",
    *(f"SELECT 1 FROM {table}" for table in (
        "subscription", "salary", "expense", "allocation", "adjustment", "closed_month",
    )),
)  # fmt: skip
"""Whether there is an amount of money on the desk."""


def setting(transaction: Transaction, change: Change) -> None:
    """All amounts are in one currency; another time zone moves no work into a closed month."""
    key = change.key[0]
    if key == "currency" and transaction.recording:
        before, after = (_currency(row) for row in (change.before, change.after))
        if before != after and any(transaction.sql.execute(f"{asked} LIMIT 1").fetchone() for asked in AMOUNTS):
            raise Refused(
                _("The desk has amounts in {currency}; two currencies on one desk can't be added up.").format(
                    currency=before
                ),
                code="mixed_currencies",
                field="value",
            )
    if key == "timezone":
        for month in closed(transaction):
            if _unpaid(transaction, month):
                raise refused(month, "value")


def _currency(row: Row | None) -> str:
    return str((row or {}).get("value") or SETTINGS["currency"][1])


def _unpaid(transaction: Transaction, month: Month) -> bool:
    """Whether a work stands accepted in a closed month that didn't pay it."""
    begin, end = month.bounds(team_facts.settings(transaction.sql).timezone)
    found = transaction.sql.execute(
        f"SELECT 1 FROM ticket t WHERE {facts.ACCEPTED} AND accepted_at >= ? AND accepted_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM closed_line l WHERE l.ticket = t.number) LIMIT 1",
        (begin, end),
    ).fetchone()
    return found is not None


def ticket(transaction: Transaction, change: Change) -> None:
    """A work that a closed month paid keeps its price and client, and no other becomes accepted in such a month.

    `before` and `after` have what changed of price, client and accepted_at; `acts_at` is the moment of an event that
    is taken back. What happens after the month (a reopening) is work as any other.
    """
    months = closed(transaction)
    if not months:
        return
    number = int(change.key[0])
    before, after = change.before or {}, change.after or {}
    paid = paid_in(transaction, number)
    if paid is not None and any(before.get(name) != after.get(name) for name in ("price", "client")):
        raise refused(paid, "price" if before.get("price") != after.get("price") else "client")
    accepted = month_of(transaction, after.get("accepted_at"), months)
    if accepted is not None and paid is None and after.get("price") is not None:
        raise refused(accepted, "accepted")
    was = month_of(transaction, before.get("accepted_at"), months)
    if paid is not None and was is not None and before["accepted_at"] != after.get("accepted_at"):
        last_end = months[-1].bounds(_zone(transaction))[1]
        if int(after.get("acts_at", last_end)) < last_end:
            raise refused(was, "accepted")


def paid_in(transaction: Transaction, number: int) -> str | None:
    """The closed month that paid a ticket."""
    row = transaction.sql.execute("SELECT month FROM closed_line WHERE ticket = ?", (number,)).fetchone()
    return None if row is None else str(row[0])


def stands(transaction: Transaction, number: int) -> int | None:
    """When a ticket was accepted, as it stands."""
    row = transaction.sql.execute("SELECT accepted_at FROM ticket WHERE number = ?", (number,)).fetchone()
    return None if row is None else row[0]


def month_of(transaction: Transaction, at: int | None, months: list[Month]) -> Month | None:
    """The closed month in which a moment lies."""
    if at is None:
        return None
    month = Month.at(at, _zone(transaction))
    return month if month in months else None


def _zone(transaction: Transaction) -> str:
    return team_facts.settings(transaction.sql).timezone


RULES: dict[str, tuple[RowRule, ...]] = {
    "subscription": (subscription,),
    "salary": (salary,),
    "person": (person,),
    "setting": (setting,),
    "ticket": (ticket,),
    **dict.fromkeys(("expense", "allocation", "adjustment", "payout_decision"), (of_month,)),
}
