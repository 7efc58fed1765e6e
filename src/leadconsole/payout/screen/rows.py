"""The statement as rows of a table: figures on the left, what stands behind one on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date
from leadconsole.kernel.text import clean_line
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Invoice, SetAside
from leadconsole.payout.rules import Left, Line, Section
from leadconsole.payout.summary import Figure, summary

ABNORMAL, PASSED, WAITS, STOPS, CHANGED = "!", "✓", "·", "!", "!"
TEXTS = frozenset({"share", "profit", "minimum", "pay", "close"})
"""Figures whose right side is text."""
MONTH = "month"
"""What stands for the file in the key of a row that leads to another month."""
_SUMS = frozenset({"volume", "share", "profit", "pay"})
_BEHIND = {
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


def figure_columns() -> list[Column]:
    """The columns of the statement."""
    return [
        Column("sign", "", 1),
        Column("name", _("Figure"), 16, flex=1),
        Column("count", "", 5, align="right"),
        Column("amount", _("Amount"), 16, align="right"),
    ]


def figure_rows(counted: Counted | None, invoices: Sequence[Invoice], news: int) -> list[Row]:
    """The rows of the statement, `news` changes by others among them; without one, what may be seen: the invoices."""
    waiting = sum(one.waits for one in invoices)
    to_invoice = Row(
        "invoices",
        (
            WAITS if waiting else PASSED,
            _("Invoices and acts"),
            formats.integer(len(invoices)),
            formats.money(sum(one.amount for one in invoices)),
        ),
        "accent" if waiting else "",
    )
    if counted is None:
        return [to_invoice]
    counts = Counter(str(line.section) for line in counted.statement.lines)
    rows = [_figure(one, counts[one.key], counted.statement.figures.abnormal) for one in summary(counted)]
    left = formats.integer(len(counted.excluded)) if counted.excluded else "0"
    amount = formats.money(sum(one.price or 0 for one in counted.excluded)) if counted.excluded else ""
    rows.append(Row("left", (" ", _("Left out"), left, amount), "warning" if counted.excluded else "dim"))
    rows += [to_invoice, _closing(counted, news)]
    return rows


def _figure(one: Figure, count: int, abnormal: bool) -> Row:
    sign = ABNORMAL if one.key == "profit" and abnormal else ""
    tone = "danger" if sign else "accent" if one.key in _SUMS else "dim" if one.key == "minimum" else ""
    return Row(one.key, (sign, one.name, formats.integer(count) if count else "", formats.money(one.amount)), tone)


def _closing(counted: Counted, news: int) -> Row:
    if counted.closing is not None:
        return Row("close", (PASSED, _("Closed"), "", counted.closing.hash[:12]), "good")
    told = ngettext("{n} change", "{n} changes", news).format(n=news) if news else ""
    stops = len(counted.blockers)
    if stops:
        return Row("close", (STOPS, _("In the way of closing"), formats.integer(stops), told), "warning")
    return Row("close", (WAITS, _("Ready to close"), "", told), "good")


def behind_columns(key: Hashable) -> list[Column]:
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


def behind_lines(counted: Counted, key: str) -> list[Line]:
    """The lines that a figure is the sum of."""
    wanted = _BEHIND.get(key, ())
    return [line for line in counted.statement.lines if line.section in wanted]


def line_rows(lines: Sequence[Line], timezone: str) -> list[Row]:
    """Lines as rows; the key is where they come from."""
    return [
        Row((one.file, one.key), (clean_line(words.label(one)), _days(one, timezone), formats.money(one.amount)))
        for one in lines
    ]


def _days(line: Line, timezone: str) -> str:
    if line.at is not None:
        return formats.short_day(local_date(line.at, timezone))
    return f"{line.days}/{line.of_days}" if line.days != line.of_days else ""


def left_rows(excluded: Sequence[Left]) -> list[Row]:
    """Works that were left out, and why."""
    return [
        Row(
            ("tickets", str(one.ticket)),
            (
                clean_line(one.label),
                words.reason(one.reason),
                "—" if one.price is None else formats.money(one.price),
            ),
        )
        for one in excluded
    ]


def invoice_rows(invoices: Sequence[Invoice], timezone: str) -> list[Row]:
    """What is to be invoiced, with the mark of what is passed on."""
    return [
        Row(
            (one.file, one.key),
            (
                _mark(one),
                clean_line(one.client),
                _work(one),
                _accepted(one.accepted_at, timezone),
                formats.money(one.amount),
            ),
            "" if one.waits else "dim",
        )
        for one in invoices
    ]


def _mark(one: Invoice) -> Cell:
    if one.changed:
        return Cell(CHANGED, "danger")
    return Cell(WAITS, "accent") if one.waits else Cell(PASSED, "good")


def _work(one: Invoice) -> str:
    work = clean_line(one.work) or words.section(Section.SUBSCRIPTION)
    return work if one.ticket is None else f"{one.ticket} {work}"


def reserve_rows(months: Sequence[SetAside]) -> list[Row]:
    """What earlier months have set aside or drawn, the last first; the key leads to the month."""
    return [
        Row(
            (MONTH, str(one.month)),
            (f"{formats.month(one.month)}  {clean_line(one.reason)}".strip(), "", formats.money(one.amount)),
            "dim",
        )
        for one in months
    ]


def _accepted(at: Instant | None, timezone: str) -> str:
    return "" if at is None else formats.short_day(local_date(at, timezone))
