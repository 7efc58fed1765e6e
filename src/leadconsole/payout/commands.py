"""Writes of the payout: what is entered for months, and their close and reopening."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from leadconsole.kernel import entering, entries, formats, rows
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import allocate_percent
from leadconsole.kernel.period import Month, parse_date
from leadconsole.kernel.rows import Outcome, RowRule
from leadconsole.kernel.text import clean_line
from leadconsole.payout import closed, counting, facts, frozen, words
from leadconsole.payout.facts import SUBJECT
from leadconsole.payout.shapes import SHAPES, reading

BY_NAME = {shape.name: shape for shape in SHAPES}
RESTORERS = {
    **{shape.table: entering.restorer(words.file_words(shape.name)) for shape in SHAPES},
    **{name: partial(rows.take_back, name_of=partial(words.named, name)) for name in ("payout_decision", "passed_on")},
}
CONSEQUENCES = ()
ROW_RULES: dict[str, tuple[RowRule, ...]] = frozen.RULES
LONGEST_TEXT = 1_000


@command(Capability.CHANGE_PAYOUT)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of salaries, expenses, allocations or adjustments, as team.commands.enter does."""
    with desk.write() as transaction:
        return entering.enter(transaction, BY_NAME[file], words.file_words(file), cells, basis, reading())


@command(Capability.CHANGE_PAYOUT)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take such a row away."""
    with desk.write() as transaction:
        entering.remove(transaction, BY_NAME[file], words.file_words(file), key, basis, reading())


def key_of(file: str, cells: Mapping[str, str | None]) -> tuple[Any, ...]:
    """The key of the row that cells name."""
    return entries.key_of(BY_NAME[file], cells, reading())


@command(Capability.CHANGE_PAYOUT)
def decide(desk: Desk, month: Month, change: str, until: str) -> Outcome:
    """Record the decision after an abnormal month: what will be changed, by which day."""
    from leadconsole.payout.tables import Decision

    told = _text(change, "change")
    day = parse_date(until, field="until").isoformat()
    with desk.write() as transaction:
        return rows.put(transaction, Decision, {"month": str(month), "change": told, "until": day})


class Part(NamedTuple):
    """What somebody, or the reserve, gets of a month's profit: an amount, or hundredths of a percent of it."""

    kind: str
    login: str
    amount: int | None = None
    percent: int | None = None
    reason: str = ""


@command(Capability.CHANGE_PAYOUT)
def split(desk: Desk, month: Month, parts: Sequence[Part]) -> None:
    """Set reserve and bonuses of a month anew, in one step; own pay is the rest.

    Refused on the guarantee, for more than the profit, and for percentages of more than 100 together.
    """
    from leadconsole.payout.tables import Allocation

    with desk.write() as transaction:
        sql = transaction.sql
        profit = counting.count(sql, month, transaction.at).statement.figures
        by_percent = [one for one in parts if one.percent is not None]
        shares = [Fraction(one.percent or 0, 100) for one in by_percent]
        amounts, _rest = allocate_percent(max(0, profit.profit), shares) if shares else ([], 0)
        wanted = {(one.kind, one.login): (amount, one.reason) for one, amount in zip(by_percent, amounts, strict=True)}
        wanted |= {(one.kind, one.login): (one.amount, one.reason) for one in parts if one.amount is not None}
        whole = sum(amount for amount, _reason in wanted.values())
        if whole > 0 and (profit.abnormal or whole > profit.profit):
            raise Refused(
                _("Of a profit of {profit} one can't set {amount} aside.").format(
                    profit=formats.money(profit.profit), amount=formats.money(whole)
                ),
                code="more_than_the_profit",
            )
        stored = sql.execute("SELECT kind, login FROM allocation WHERE month = ?", (str(month),)).fetchall()
        for place in stored:
            if tuple(place) not in wanted:
                rows.drop(transaction, Allocation, (str(month), *place))
        for (kind, login), (amount, reason) in wanted.items():
            values = {"month": str(month), "kind": kind, "login": login, "amount": amount, "reason": reason or None}
            BY_NAME["allocations"].rule(values)
            rows.put(transaction, Allocation, values)


@command(Capability.CHANGE_PAYOUT)
def pass_on(desk: Desk, month: Month, sources: Sequence[tuple[str, str]], *, on: bool = True) -> int:
    """Mark lines (file and key) as passed on to accounting, or take the marks away; return how many changed.

    A line whose amount was changed since is passed on anew.
    """
    from leadconsole.payout.tables import PassedOn

    changed = 0
    with desk.write() as transaction:
        passed = facts.passed(transaction.sql, str(month))
        anew = facts.changed_since(transaction.sql, str(month))
        for file, key in sources:
            place = (str(month), file, key)
            there = key in passed.get(file, ())
            if there == on and not (on and key in anew.get(file, ())):
                continue
            changed += 1
            if on:
                values = {"month": place[0], "file": file, "key": key, "at": transaction.at}
                rows.put(transaction, PassedOn, values)
            else:
                rows.drop(transaction, PassedOn, place)
    return changed


@command(Capability.CHANGE_PAYOUT)
def close(desk: Desk, month: Month) -> str:
    """Freeze the month: its lines, scheme and figures, chained to the month before; returns its hash.

    Refused with the first blocker (`counting.count` has them all).
    """
    with desk.write() as transaction:
        transaction.undoable = False
        sql = transaction.sql
        counted = counting.count(sql, month, transaction.at)
        if counted.closing is not None:
            raise Refused(
                _("{month} is closed already.").format(month=words.month_name(str(month))), code="closed_month"
            )
        if counted.blockers:
            raise Refused(counted.blockers[0], code="blocked")
        made = closed.freeze(
            sql, counted.statement, counted.excluded, counted.decision, transaction.at, transaction.actor
        )
        record(transaction, SUBJECT, str(month), "closed", value=made, after=counted.statement.figures._asdict())
        return made


@command(Capability.CHANGE_PAYOUT)
def reopen(desk: Desk, month: Month, reason: str) -> None:
    """Take the close of the last closed month back; the reason stays with the month for good."""
    told = _text(reason, "reason")
    with desk.write() as transaction:
        transaction.undoable = False
        sql = transaction.sql
        months = facts.closed_months(sql)
        named = words.month_name(str(month))
        if str(month) not in months:
            raise NotFound(_("{month} isn't closed.").format(month=named), field="month")
        if months[-1] != str(month):
            raise Refused(
                _("Only the last closed month can be reopened, and that is {last}; {month} stays as it is.").format(
                    last=words.month_name(months[-1]), month=named
                ),
                code="not_the_last",
                field="month",
            )
        (text, own) = sql.execute("SELECT frozen, hash FROM closed_month WHERE month = ?", (str(month),)).fetchone()
        sql.execute("DELETE FROM closed_line WHERE month = ?", (str(month),))
        sql.execute("DELETE FROM closed_month WHERE month = ?", (str(month),))
        figures = json.loads(text)["figures"]
        record(transaction, SUBJECT, str(month), "reopened", value=own, text=told, before=figures)


def _text(text: str, field: str) -> str:
    told = clean_line(text).strip()
    if not told:
        raise Refused(_("Please write a few words first."), code="missing", field=field)
    if len(told) > LONGEST_TEXT:
        raise Refused(
            _("The text is longer than {limit} characters.").format(limit=LONGEST_TEXT), code="too_long", field=field
        )
    return told
