"""What stands behind a figure, as rows that are made when they come into view: a month may have 100,000 works."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date
from leadconsole.kernel.text import clean_line
from leadconsole.payout import words
from leadconsole.payout.queries import Invoice, SetAside
from leadconsole.payout.rules import Left, Line, Section
from leadconsole.payout.screen.rows import CHANGED, PASSED, WAITS
from leadconsole.payout.screen.seen import Seen

MONTH = "month"
"""What stands for the file in the key of a row that leads to another month."""
_SECTIONS = {
    "subscription": (Section.SUBSCRIPTION,),
    "one_off": (Section.ONE_OFF,),
    "volume": (Section.SUBSCRIPTION, Section.ONE_OFF),
    "salary": (Section.SALARY,),
    "outside": (Section.OUTSIDE,),
    "adjustment": (Section.ADJUSTMENT,),
    "topup": (Section.TOPUP,),
    "reserve": (Section.RESERVE,),
    "bonus": (Section.BONUS,),
}
Item = Line | Left | Invoice | SetAside


class Behind:
    """The source of the right table: its items by place and by key, which is where they come from (file, key)."""

    threaded = False

    def __init__(self, items: Sequence[Item] = (), timezone: str = "UTC") -> None:
        self.items = items
        self._timezone = timezone
        self._places: dict[Hashable, int] = {_key(one): place for place, one in enumerate(items)}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    def load(self, first: int, size: int) -> Sequence[Row]:
        """The rows from a place on."""
        return [_row(one, self._timezone) for one in self.items[first : first + size]]

    def index_of(self, key: Hashable, near: int) -> int | None:
        """The place of what comes from there."""
        return self._places.get(key)

    def at(self, key: Hashable) -> Item | None:
        """What comes from there."""
        place = self._places.get(key)
        return None if place is None else self.items[place]


def behind(seen: Seen, figure: str, timezone: str) -> Behind:
    """What stands behind a figure of a month."""
    if figure == "invoices":
        return Behind(seen.invoices, timezone)
    if seen.counted is None:
        return Behind()
    if figure == "left":
        return Behind(seen.counted.excluded, timezone)
    wanted = _SECTIONS.get(figure, ())
    lines = [line for line in seen.counted.statement.lines if line.section in wanted]
    return Behind([*lines, *seen.reserve] if figure == "reserve" else lines, timezone)


def _key(one: Item) -> Hashable:
    if isinstance(one, Left):
        return "tickets", str(one.ticket)
    if isinstance(one, SetAside):
        return MONTH, str(one.month)
    return one.file, one.key


def _row(one: Item, timezone: str) -> Row:
    key = _key(one)
    if isinstance(one, Line):
        return Row(key, (clean_line(words.label(one)), _days(one, timezone), formats.money(one.amount)))
    if isinstance(one, Left):
        price = "—" if one.price is None else formats.money(one.price)
        return Row(key, (clean_line(one.label), words.reason(one.reason), price))
    if isinstance(one, SetAside):
        told = f"{formats.month(one.month)}  {clean_line(one.reason)}".strip()
        return Row(key, (told, "", formats.money(one.amount)), "dim")
    day = "" if one.accepted_at is None else _day(one.accepted_at, timezone)
    cells = (_mark(one), clean_line(one.client), _work(one), day, formats.money(one.amount))
    return Row(key, cells, "" if one.waits else "dim")


def _days(line: Line, timezone: str) -> str:
    if line.at is not None:
        return _day(line.at, timezone)
    return f"{line.days}/{line.of_days}" if line.days != line.of_days else ""


def _day(at: Instant, timezone: str) -> str:
    return formats.short_day(local_date(at, timezone))


def _mark(one: Invoice) -> Cell:
    if one.changed:
        return Cell(CHANGED, "danger")
    return Cell(WAITS, "accent") if one.waits else Cell(PASSED, "good")


def _work(one: Invoice) -> str:
    work = clean_line(one.work) or words.section(Section.SUBSCRIPTION)
    return work if one.ticket is None else f"{one.ticket} {work}"


def columns(key: Hashable) -> list[Column]:
    """The columns of what stands behind a figure."""
    if key == "left":
        return [
            Column("label", _("Work"), 12, flex=3),
            Column("why", _("Why"), 26, keep=1),
            Column("amount", _("Amount"), 14, align="right"),
        ]
    if key == "invoices":
        return [
            Column("sign", "", 1),
            Column("client", _("Client"), 10, flex=2),
            Column("work", _("Work"), 10, flex=2, keep=2),
            Column("day", _("Accepted"), 11, keep=1),
            Column("amount", _("Amount"), 14, align="right"),
        ]
    return [
        Column("label", _("For"), 12, flex=3),
        Column("days", _("Days"), 7, align="right", keep=1),
        Column("amount", _("Amount"), 14, align="right"),
    ]
