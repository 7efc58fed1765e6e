"""Writes of the payout: what is entered for months, and their close and reopening."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from leadconsole.kernel import entering, rows
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month, parse_date
from leadconsole.kernel.rows import Outcome, RowRule
from leadconsole.kernel.text import clean_line
from leadconsole.payout import counting, facts, frozen, words
from leadconsole.payout.shapes import SHAPES, reading

BY_NAME = {shape.name: shape for shape in SHAPES}
RESTORERS = {
    **{shape.table: entering.restorer(words.file_words(shape.name)) for shape in SHAPES},
    **{name: partial(rows.take_back, name_of=partial(words.named, name)) for name in ("payout_decision", "passed_on")},
}
CONSEQUENCES = ()
ROW_RULES: dict[str, tuple[RowRule, ...]] = frozen.RULES
SUBJECT = "payout"
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


@command(Capability.CHANGE_PAYOUT)
def decide(desk: Desk, month: Month, change: str, until: str) -> Outcome:
    """Record the decision after an abnormal month: what will be changed, by which day."""
    from leadconsole.payout.tables import Decision

    told = _text(change, "change")
    day = parse_date(until, field="until").isoformat()
    with desk.write() as transaction:
        return rows.put(transaction, Decision, {"month": str(month), "change": told, "until": day})


@command(Capability.CHANGE_PAYOUT)
def pass_on(desk: Desk, month: Month, sources: Sequence[tuple[str, str]], *, on: bool = True) -> int:
    """Mark lines (file and key) as passed on to accounting, or take the marks away; return how many changed."""
    from leadconsole.payout.tables import PassedOn

    changed = 0
    with desk.write() as transaction:
        for file, key in sources:
            place = (str(month), file, key)
            there = transaction.sql.execute(
                "SELECT 1 FROM passed_on WHERE month = ? AND file = ? AND key = ?", place
            ).fetchone()
            if (there is None) != on:
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
        made = counting.freeze(sql, counted, transaction.at, transaction.actor)
        record(transaction, SUBJECT, str(month), "closed", value=made, after=counted.statement.figures._asdict())
        return made


@command(Capability.CHANGE_PAYOUT)
def reopen(desk: Desk, month: Month, reason: str) -> None:
    """Take the close of the last closed month back; the reason stays with the month for good."""
    told = _text(reason, "reason")
    with desk.write() as transaction:
        transaction.undoable = False
        sql = transaction.sql
        closed = facts.closed_months(sql)
        named = words.month_name(str(month))
        if str(month) not in closed:
            raise NotFound(_("{month} isn't closed.").format(month=named), field="month")
        if closed[-1] != str(month):
            raise Refused(
                _("Only the last closed month can be reopened, and that is {last}; {month} stays as it is.").format(
                    last=words.month_name(closed[-1]), month=named
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
