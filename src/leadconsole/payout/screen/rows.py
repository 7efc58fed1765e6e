"""The statement as rows of a table: figures on the left, what stands behind one on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Row
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Invoice
from leadconsole.payout.summary import Figure, summary

ABNORMAL, PASSED, WAITS, STOPS, CHANGED = "!", "✓", "·", "!", "!"
TEXTS = frozenset({"share", "profit", "minimum", "pay", "close"})
"""Figures whose right side is text."""
_SUMS = frozenset({"volume", "share", "profit", "pay"})


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
