"""Norms of a month on the screen: shares with their trend, and the tickets that missed theirs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row, RowSource
from leadconsole.console.widgets.sparkline import blocks
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month
from leadconsole.kernel.text import clean_line
from leadconsole.tickets.norms import Missed, NormShares, Share
from leadconsole.tickets.screen.behind import Behind

ALL = 0
"""The key of the row of all tickets; lines are 1 to 3, people their logins."""
TREND_MONTHS = 12
SMALL = "≈"
_LOW, _HIGH = 50.0, 100.0
"""Where the blocks of a trend begin and end; most of what happens does between them."""


class NormFigures:
    """The norms of a month; `months` are the shares up to it, the oldest first."""

    def __init__(self, month: Month, months: Sequence[NormShares], missed: Sequence[Missed] | None) -> None:
        self.month = month
        self.shares = months[-1]
        self.missed = missed
        self._trends = [{_key(share): share for share in _every(one)} for one in months]
        self.columns = [
            Column("whose", _("Whose"), 14),
            Column("tickets", _("Tickets"), 7, align="right"),
            Column("inside", _("Inside"), 11, align="right"),
            Column("share", _("Share"), 8, align="right"),
            Column("small", "", 1),
            Column("trend", _("12 months"), TREND_MONTHS),
        ]

    def rows(self) -> list[Row]:
        if not self.shares.all.tickets:
            return []
        return [self._row(share) for share in _every(self.shares)]

    def empty(self) -> str:
        return _("No ticket with a norm was resolved in {month}.\n[ shows the month before.").format(
            month=formats.month(self.month)
        )

    def behind_columns(self, figure: str) -> Sequence[Column]:
        return [
            Column("number", "№", 7, align="right"),
            Column("client", _("Client"), 8, flex=1, keep=2),
            Column("subject", _("Subject"), 12, flex=3),
            Column("line", _("L"), 1, keep=1),
            Column("who", _("Who"), 8, keep=1),
            Column("reply", _("Reply late"), 11, align="right"),
            Column("resolution", _("Solved late"), 11, align="right"),
        ]

    def behind(self, key: Hashable, figure: str) -> RowSource:
        return Behind(self._missed_of(key), _missed_cells)

    def heading(self, key: Hashable, figure: str) -> str:
        count = len(self._missed_of(key))
        return f"{_whose(key)}: " + ngettext(
            "{n} ticket missed its norm", "{n} tickets missed their norm", count
        ).format(n=formats.integer(count))

    def _missed_of(self, key: Hashable) -> list[Missed]:
        return [one for one in self.missed or () if key in (ALL, one.line, one.assignee)]

    def _row(self, share: Share) -> Row:
        key = _key(share)
        percents = [one[key].percent if key in one else None for one in self._trends]
        trend = blocks((None if percent is None else float(percent) for percent in percents), _LOW, _HIGH)
        cells = (
            _whose(key),
            formats.integer(share.tickets),
            formats.integer(share.inside),
            "—" if share.percent is None else formats.percent(Decimal(share.percent)),
            SMALL if share.small else "",
            trend,
        )
        return Row(key, cells, "dim" if share.small else "")


def _every(shares: NormShares) -> list[Share]:
    return [shares.all, *shares.lines, *shares.people]


def _key(share: Share) -> int | str:
    return ALL if share.of is None else share.of


def _whose(key: Hashable) -> str:
    if key == ALL:
        return _("all")
    return _("line {line}").format(line=key) if isinstance(key, int) else str(key)


def _missed_cells(items: Sequence[Missed]) -> list[tuple[str | Cell, ...]]:
    return [
        (
            str(one.number),
            clean_line(one.client),
            clean_line(one.subject),
            str(one.line),
            one.assignee or "—",
            _late(one.first_reply_late),
            _late(one.resolution_late),
        )
        for one in items
    ]


def _late(worked: int | None) -> str | Cell:
    return "" if worked is None else Cell(f"+{formats.working_time(worked)}", "danger")
