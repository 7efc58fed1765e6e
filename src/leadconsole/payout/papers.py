"""A month on paper: the statement as Markdown, what to invoice as CSV, the money as a journal that hledger checks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import plain
from leadconsole.kernel.period import local_date
from leadconsole.kernel.text import spreadsheet_safe
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Invoice
from leadconsole.payout.rules import Line, Section
from leadconsole.payout.summary import remarks, summary

_SPACES = re.compile(r"\s+")
_ACCOUNTS = {
    Section.SUBSCRIPTION: "revenue:subscription",
    Section.ONE_OFF: "revenue:one-off",
    Section.SALARY: "department:salaries",
    Section.OUTSIDE: "department:outside",
    Section.ADJUSTMENT: "department:adjustments",
    Section.RESERVE: "department:reserve",
    Section.BONUS: "department:bonuses",
    Section.TOPUP: "firm:guarantee",
}
_RECEIVED = frozenset({Section.SUBSCRIPTION, Section.ONE_OFF, Section.ADJUSTMENT, Section.TOPUP})


def markdown(counted: Counted) -> Iterator[str]:
    """The lines of the statement as Markdown."""
    statement = counted.statement
    status = words.status(counted.status)
    yield f"# {formats.month(statement.month)}: {words.scheme(statement.kind)}, {status}"
    yield ""
    yield from _table(
        (_("Figure"), f"{statement.scheme.currency}"),
        [(one.name, formats.money(one.amount)) for one in summary(counted)],
    )
    yield ""
    told = [(words.section(one.section), words.label(one), formats.money(one.amount)) for one in statement.lines]
    yield from _table((_("Section"), _("For"), _("Amount")), told)
    if counted.excluded:
        yield ""
        yield from _table(
            (_("Left out"), _("Why"), _("Amount")),
            [
                (one.label, words.reason(one.reason), "—" if one.price is None else formats.money(one.price))
                for one in counted.excluded
            ],
        )
    for line in remarks(counted):
        yield ""
        yield _escaped(line)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(_escaped, titles))} |"
    yield f"| {' | '.join(['---'] * (len(titles) - 1))} | ---: |"
    for row in rows:
        yield f"| {' | '.join(map(_escaped, row))} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", _SPACES.sub(" ", text)).strip()


def invoice_titles() -> list[str]:
    """The columns of the list for accounting."""
    return [_("Client"), _("Work"), _("Amount"), _("Accepted"), _("Ticket"), _("Passed on")]


class Listed(NamedTuple):
    """A row of the list for accounting; an invoice that has changed since isn't passed on."""

    client: str
    work: str
    amount: int
    accepted: date | None
    ticket: int | None
    passed_on: date | None


def listed(one: Invoice, timezone: str) -> Listed:
    """An invoice or act as accounting wants it."""
    accepted, passed = (
        None if at is None else local_date(at, timezone)
        for at in (one.accepted_at, None if one.changed else one.passed_at)
    )
    work = one.work or words.section(Section.SUBSCRIPTION)
    return Listed(one.client, work, one.amount, accepted, one.ticket, passed)


def invoice_csv(invoices: Iterable[Invoice], timezone: str) -> str:
    """What accounting makes invoices and acts for, as spreadsheets of the language in use want it."""

    def day(when: date | None) -> str:
        return "" if when is None else formats.sheet_day(when)

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(invoice_titles())
    for row in (listed(one, timezone) for one in invoices):
        amount, ticket = formats.sheet_money(row.amount), "" if row.ticket is None else str(row.ticket)
        told = map(spreadsheet_safe, (row.client, row.work))
        writer.writerow([*told, amount, day(row.accepted), ticket, day(row.passed_on)])
    return text.getvalue()


def journal(counted: Counted) -> Iterator[str]:
    """The month as one balanced transaction for hledger: where the volume went, line by line."""
    statement, figures = counted.statement, counted.statement.figures
    currency = re.sub("[^A-Za-z]", "", statement.scheme.currency) or "X"
    yield f"; leadconsole payout {statement.month}"
    if counted.closing is not None:
        yield f"; {counted.closing.hash}"
    yield f"{statement.month.last.isoformat()} payout {statement.month} {statement.kind}"
    for line in statement.lines:
        amount = -line.amount if line.section in _RECEIVED else line.amount
        yield _posting(_ACCOUNTS[Section(line.section)], amount, currency, _source(line))
    kept = figures.profit + figures.topup - figures.reserve - figures.bonuses - figures.lead_pay
    for account, amount in (
        ("firm:share", figures.volume - figures.share),
        ("firm:rest", kept),
        ("lead:pay", figures.lead_pay),
    ):
        yield _posting(account, amount, currency, "")


def _posting(account: str, amount: int, currency: str, comment: str) -> str:
    told = f"  ; {_SPACES.sub(' ', comment)}" if comment else ""
    return f"    {account:28}  {plain(amount)} {currency}{told}"


def _source(line: Line) -> str:
    return f"{line.file} {line.key} {words.label(line)}"
