"""The ledger of hand-overs on the screen: figures by line and person, and the tickets behind each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row, RowSource
from leadconsole.kernel import formats
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import NP_, _, pgettext
from leadconsole.kernel.period import Month, local_date
from leadconsole.kernel.text import clean_line
from leadconsole.tickets.handovers import Account, Holder, Holding, Passed
from leadconsole.tickets.ledger import Ledger, titles
from leadconsole.tickets.screen.behind import Behind

EVERY, GIVEN, TAKEN, RETURNED, HELD = "every", "given", "taken", "returned", "held"
FIGURES = {
    EVERY: NP_("hand-over", "every hand-over"), GIVEN: NP_("hand-over", "given"), TAKEN: NP_("hand-over", "taken"),
    RETURNED: NP_("hand-over", "returned"), HELD: NP_("hand-over", "time held"),
}  # fmt: skip
"""What can be listed behind a row, in the order in which `f` steps through it."""
GIVEN_SIGN, TAKEN_SIGN, BACK_SIGN = "→", "←", "↩"


class LedgerFigures:
    """The ledger of a month."""

    def __init__(self, desk: Desk, month: Month, ledger: Ledger, timezone: str) -> None:
        self.desk = desk
        self.month = month
        self.ledger = ledger
        self.timezone = timezone
        self.columns = [
            Column("whose", _("Whose"), 14),
            Column("given", pgettext("hand-over", "Given"), 8, align="right"),
            Column("taken", pgettext("hand-over", "Taken"), 8, align="right"),
            Column("returned", pgettext("hand-over", "Returned"), 10, align="right"),
            Column("held", pgettext("hand-over", "Held"), 8, align="right"),
        ]

    def rows(self) -> list[Row]:
        return [_row(account) for account in self.ledger.accounts]

    def empty(self) -> str:
        return _("No ticket was in work in {month}.\n[ shows the month before.").format(month=formats.month(self.month))

    def behind_columns(self, figure: str) -> Sequence[Column]:
        if figure == HELD:
            return [
                Column("number", "№", 7, align="right"),
                Column("client", _("Client"), 8, flex=1),
                Column("subject", _("Subject"), 12, flex=3),
                Column("held", pgettext("hand-over", "Held"), 8, align="right"),
            ]
        return [
            Column("sign", "", 1),
            Column("number", "№", 7, align="right"),
            Column("when", pgettext("hand-over", "When"), 6),
            Column("giver", pgettext("hand-over", "From"), 7),
            Column("taker", pgettext("hand-over", "To"), 7),
            Column("reason", pgettext("hand-over", "Reason"), 10, flex=3),
            Column("subject", _("Subject"), 24, flex=2, keep=2),
        ]

    def behind(self, key: Hashable, figure: str) -> RowSource:
        assert isinstance(key, int | str)
        if figure == HELD:
            return Behind(self._held_by(key), self._held_cells)
        return Behind(self._passed_of(key, figure), lambda items: self._passed_cells(key, items))

    def heading(self, key: Hashable, figure: str) -> str:
        assert isinstance(key, int | str)
        count = len(self._held_by(key)) if figure == HELD else len(self._passed_of(key, figure))
        return f"{_named(key)} · {pgettext('hand-over', FIGURES[figure])} · {formats.integer(count)}"

    def _held_by(self, key: Holder) -> list[Holding]:
        return [one for one in self.ledger.held if one.of == key]

    def _passed_of(self, key: Holder, figure: str) -> list[Passed]:
        return [one for one in self.ledger.passed if _belongs(one, key, figure)]

    def _held_cells(self, items: Sequence[Holding]) -> list[tuple[str | Cell, ...]]:
        told = titles(self.desk, [one.number for one in items])
        return [
            (str(one.number), *map(clean_line, told.get(one.number, ("", ""))), formats.working_time(one.worked))
            for one in items
        ]

    def _passed_cells(self, key: Holder, items: Sequence[Passed]) -> list[tuple[str | Cell, ...]]:
        told = titles(self.desk, [one.number for one in items])
        return [
            (
                _sign(one, key),
                str(one.number),
                formats.short_day(local_date(one.transfer.at, self.timezone)),
                _named(one.transfer.giver),
                _named(one.transfer.taker),
                clean_line(_reason(one)),
                clean_line(told.get(one.number, ("", ""))[1]),
            )
            for one in items
        ]


def _row(account: Account) -> Row:
    return Row(
        account.of,
        (
            _named(account.of),
            _count(account.given),
            _count(account.taken),
            _count(account.returned),
            formats.working_time(account.worked) if account.worked else "·",
        ),
    )


def _count(number: int) -> str:
    return formats.integer(number) if number else "·"


def _named(holder: Holder) -> str:
    return _("line {line}").format(line=holder) if isinstance(holder, int) else holder


def _reason(one: Passed) -> str:
    """The reason, after the name of who gave it where that isn't the giver."""
    reason = one.reason or "—"
    return f"{one.actor}: {reason}" if one.actor and one.actor != one.transfer.giver else reason


def _belongs(one: Passed, key: Holder, figure: str) -> bool:
    passed = one.transfer
    if figure == TAKEN:
        return passed.taker == key
    if figure == EVERY:
        return key in (passed.giver, passed.taker)
    return passed.giver == key and (figure == GIVEN or passed.back)


def _sign(one: Passed, key: Holder) -> str:
    if one.transfer.taker == key:
        return TAKEN_SIGN
    return BACK_SIGN if one.transfer.back else GIVEN_SIGN
