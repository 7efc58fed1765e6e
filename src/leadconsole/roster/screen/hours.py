"""One day by hours: who is on shift when, and how many that are against how many are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.grid_rows import GridColumn, GridRow, ListGrid
from leadconsole.console.widgets.rows import Cell
from leadconsole.kernel.i18n import _
from leadconsole.roster import words
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.month import MonthFacts, Span, Stretch
from leadconsole.roster.rules.staffing import staffing

HOURS = 24
FULL, PART = "█", "▒"
"""Somebody is there for the whole hour, or for a part of it."""


def hours_board(checker: Checker, day: str, cells: int = 2) -> ListGrid:
    """The people of a day by its hours, coverage by line below, each hour as long as it is when clocks change."""
    facts = checker.facts
    edges = [facts.at(day, hour * 60) for hour in range(HOURS + 1)]
    rows = [
        (
            GridRow(login, (facts.by_login[login].name, span.code)),
            [_bar(span, edges, hour) * cells for hour in range(HOURS)],
        )
        for login, span in _on_shift(checker, day, edges)
    ]
    stretches, present = _stretches(checker.facts, day), checker.present(day)
    numbers = sorted(
        {line for one in stretches if one.end > edges[0] for line in one.lines}, key=lambda number: number or 9
    )
    columns = []
    for hour in range(HOURS):
        title = f"{hour:02}" if hour % 3 == 0 else ""
        apart = _apart(stretches, present, edges[hour], edges[hour + 1])
        feet = tuple(_foot(apart.get(number)) for number in numbers)
        columns.append(GridColumn(hour, (title,), cells, feet))
    heads = (Column("name", words.date_title(day), 12, flex=1), Column("shift", "", 4))
    if not rows:
        rows = [(GridRow("", (_("Nobody is on shift."), ""), "dim"), [""] * HOURS)]
    return ListGrid(heads, columns, rows, [words.line(number) for number in numbers])


def _on_shift(checker: Checker, day: str, edges: list[int]) -> list[tuple[str, Span]]:
    """Who works at some hour of the day, with the night before, by when it begins."""
    facts = checker.facts
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    found = [
        (login, span)
        for one in (before, day)
        for login, code in checker.on(one).items()
        if facts.available(login, one) and (span := facts.span(one, code)).end > edges[0]
    ]
    return sorted(found, key=lambda one: (one[1].begin, one[1].end, _name(facts, one[0])))


def _name(facts: MonthFacts, login: str) -> str:
    return facts.by_login[login].name


def _bar(span: Span, edges: list[int], hour: int) -> str:
    begin, end = max(span.begin, edges[hour]), min(span.end, edges[hour + 1])
    if begin >= end:
        return ""
    return FULL if end - begin >= edges[hour + 1] - edges[hour] else PART


def _stretches(facts: MonthFacts, day: str) -> list[Stretch]:
    """The stretches of need that touch a day."""
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return [*facts.stretches_of.get(before, ()), *facts.stretches_of.get(day, ())]


def _apart(
    stretches: Sequence[Stretch], present: Sequence[tuple[Span, tuple[int, ...]]], begin: int, end: int
) -> dict[int, int]:
    """By line: how many more (or fewer) people there are than wanted at the worst moment of an hour."""
    found: dict[int, int] = {}
    for one in stretches:
        if one.begin >= end or one.end <= begin:
            continue
        part = one._replace(begin=max(one.begin, begin), end=min(one.end, end))
        least, _most = staffing(part, present)
        for line, need, have in zip(one.lines, one.needs, least, strict=True):
            found[line] = min(found.get(line, have - need), have - need)
    return found


def _foot(apart: int | None) -> str | Cell:
    if apart is None:
        return ""
    return Cell(f"{apart:+}"[:2], "danger" if apart < 0 else "dim") if apart else Cell("=", "dim")
