"""Puts another sheet of criteria in the place of the present one, so that the old one stays readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import drop, put
from leadconsole.kernel.transaction import Transaction
from leadconsole.one_on_one import facts, rules
from leadconsole.one_on_one.rules import Criterion
from leadconsole.one_on_one.tables import Criterion as CriterionRow
from leadconsole.one_on_one.tables import CriterionStep


class Fresh(NamedTuple):
    """A criterion of a new sheet: points in hundredths, words by points."""

    name: str
    most: int
    steps: Mapping[int, str]


def replace(transaction: Transaction, login: str, wanted: Sequence[Fresh], first: str) -> None:
    """Let these criteria hold from a day on; those that stay the same go on as they are."""
    _refuse(transaction, login, wanted, first)
    known = facts.criteria(transaction.sql, login)
    holding = {criterion.name: criterion for criterion in rules.in_force(known, first)}
    kept: dict[str, str] = {}
    for place, one in enumerate(wanted, 1):
        old = holding.get(one.name)
        begins = old.first if old is not None and old.most == one.most else first
        kept[one.name] = begins
        row = {"login": login, "criterion": one.name, "first": begins, "most": one.most, "position": place}
        put(transaction, CriterionRow, {**row, "last": None})
        _set_steps(transaction, login, one, begins)
    for criterion in known:
        if kept.get(criterion.name) != criterion.first:
            _end(transaction, login, criterion, first)


def _refuse(transaction: Transaction, login: str, wanted: Sequence[Fresh], first: str) -> None:
    if not wanted:
        raise Refused(_("A sheet has at least one criterion."), code="no_criteria", field="name_0")
    names = [one.name for one in wanted]
    if twice := next((place for place, name in enumerate(names) if name in names[:place]), 0):
        told = _("«{criterion}» stands there twice.").format(criterion=names[twice])
        raise Refused(told, code="duplicate", field=f"name_{twice}")
    last = transaction.sql.execute("SELECT max(date) FROM meeting_score WHERE login = ?", (login,)).fetchone()[0]
    known = facts.criteria(transaction.sql, login)
    same = {(one.name, one.most) for one in wanted} == {(c.name, c.most) for c in rules.in_force(known, first)}
    if last is not None and first <= last and not same:
        raise Refused(
            _("There was a meeting on {day}; other criteria begin after it.").format(day=last),
            code="held",
            field="from",
        )


def _end(transaction: Transaction, login: str, criterion: Criterion, first: str) -> None:
    """Let a criterion end before a day; one that hadn't begun by then goes."""
    key = (login, criterion.name, criterion.first)
    if criterion.first >= first:
        _set_steps(transaction, login, Fresh(criterion.name, criterion.most, {}), criterion.first)
        drop(transaction, CriterionRow, key)
    elif criterion.last is None or criterion.last >= first:
        until = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
        row: dict[str, Any] = {"login": login, "criterion": criterion.name, "first": criterion.first, "last": until}
        put(transaction, CriterionRow, row)


def _set_steps(transaction: Transaction, login: str, one: Fresh, first: str) -> None:
    stored = dict(
        transaction.sql.execute(
            "SELECT points, text FROM criterion_step WHERE login = ? AND criterion = ? AND first = ?",
            (login, one.name, first),
        ).fetchall()
    )
    for points in stored.keys() - one.steps.keys():
        drop(transaction, CriterionStep, (login, one.name, first, points))
    for points, text in one.steps.items():
        row = {"login": login, "criterion": one.name, "first": first, "points": points, "text": text}
        put(transaction, CriterionStep, row)
