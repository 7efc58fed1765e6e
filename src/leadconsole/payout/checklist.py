"""What stands in the way of a month's close, and what is worth a look before it."""

from __future__ import annotations

import sqlite3

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month
from leadconsole.payout import facts, rules, words
from leadconsole.payout.facts import Plan
from leadconsole.payout.rules import Left, Line, Reason, SchemeKind, Statement


def blockers(
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


def warnings(
    connection: sqlite3.Connection, statement: Statement, excluded: tuple[Left, ...], begin: Instant
) -> list[str]:
    """What is worth a look before the month, which begins at `begin`, closes."""
    found = []
    if n := sum(one.reason == Reason.NOT_ACCEPTED for one in excluded):
        found.append(
            ngettext("{n} work is resolved but not accepted.", "{n} works are resolved but not accepted.", n).format(
                n=n
            )
        )
    if n := facts.long_resolved(connection, begin):
        found.append(
            ngettext(
                "{n} work resolved in an earlier month is still not accepted.",
                "{n} works resolved in earlier months are still not accepted.",
                n,
            ).format(n=n)
        )
    if n := sum(one.reason == Reason.NO_PRICE for one in excluded):
        found.append(
            ngettext("{n} work is accepted without a price.", "{n} works are accepted without a price.", n).format(n=n)
        )
    unsaid = [one for one in statement.lines if one.section in (rules.Section.RESERVE, rules.Section.BONUS)]
    if n := sum(not one.what for one in unsaid):
        found.append(ngettext("{n} set-aside has no reason.", "{n} set-asides have no reason.", n).format(n=n))
    if statement.kind == SchemeKind.PROBATION:
        if statement.scheme.probation_salary is None:
            found.append(_("There is no setting for the salary on probation; it counts as nothing."))
        if statement.asked_reserve or statement.asked_bonuses:
            found.append(_("On probation reserve and bonuses count as nothing."))
    return [*found, *_passing_on(connection, statement)]


def _passing_on(connection: sqlite3.Connection, statement: Statement) -> list[str]:
    """What accounting doesn't know of yet, or knows otherwise."""
    passed = facts.passed(connection, str(statement.month))
    changed = facts.changed_since(connection, str(statement.month))
    wanted: dict[str, set[str]] = {file: set() for file in passed}
    for line in to_invoice(statement):
        wanted[line.file].add(line.key)
    found = []
    if n := sum(len(keys - passed[file].keys()) for file, keys in wanted.items()):
        found.append(ngettext("{n} invoice isn't passed on yet.", "{n} invoices aren't passed on yet.", n).format(n=n))
    if n := sum(len(keys & wanted[file]) for file, keys in changed.items()):
        found.append(
            ngettext(
                "{n} invoice has changed since it was passed on.",
                "{n} invoices have changed since they were passed on.",
                n,
            ).format(n=n)
        )  # fmt: skip
    if n := sum(len(keys.keys() - wanted[file]) for file, keys in passed.items()):
        found.append(
            ngettext(
                "{n} invoice was passed on and isn't in the month any more.",
                "{n} invoices were passed on and aren't in the month any more.",
                n,
            ).format(n=n)
        )
    return found


def to_invoice(statement: Statement) -> list[Line]:
    """The lines for which an invoice or an act is made; nobody is invoiced for nothing."""
    wanted = (rules.Section.SUBSCRIPTION, rules.Section.ONE_OFF)
    return [line for line in statement.lines if line.section in wanted and line.amount]
