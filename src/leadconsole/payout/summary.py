"""The figures of a statement by name, and what has to be said beside them: for the terminal, paper and screen alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.rules import Scheme, SchemeKind, Section


def share_percent(scheme: Scheme) -> str:
    """The share rate as the language writes it."""
    rate = (Decimal(scheme.share_rate) / 100).normalize()
    return formats.percent(rate.quantize(Decimal(1)) if rate == rate.to_integral() else rate)


class Figure(NamedTuple):
    """A figure of the statement: its key is that of its section, or its own where it is no sum of lines."""

    key: str
    name: str
    amount: int


def summary(counted: Counted, *, whole: bool = False) -> list[Figure]:
    """The figures of the statement, costs with a minus, in their order; `whole` with a top-up that is nothing."""
    statement, figures = counted.statement, counted.statement.figures
    fees = sum(one.amount for one in statement.lines if one.section == Section.SUBSCRIPTION)

    def of(section: Section, amount: int) -> Figure:
        return Figure(str(section), words.section(section), amount)

    told = [
        of(Section.SUBSCRIPTION, fees),
        of(Section.ONE_OFF, figures.volume - fees),
        Figure("volume", _("Volume"), figures.volume),
        Figure("share", _("Share {percent}").format(percent=share_percent(statement.scheme)), figures.share),
        of(Section.SALARY, -figures.salaries),
        of(Section.OUTSIDE, -figures.outside),
        of(Section.ADJUSTMENT, figures.adjustments),
        Figure("profit", _("Profit"), figures.profit),
        Figure("minimum", _("Guaranteed minimum"), statement.scheme.guaranteed_minimum),
        of(Section.TOPUP, figures.topup),
        of(Section.RESERVE, -figures.reserve),
        of(Section.BONUS, -figures.bonuses),
        Figure("pay", _("Own pay"), figures.lead_pay),
    ]
    return [one for one in told if whole or figures.abnormal or one.key != Section.TOPUP]


def remarks(counted: Counted) -> Iterator[str]:
    """What stands under a statement: guarantee, probation, blockers, warnings, decisions, reopenings, the hash."""
    statement = counted.statement
    if statement.figures.abnormal:
        yield _("ABNORMAL: the profit is below the guaranteed minimum.")
    if statement.kind == SchemeKind.PROBATION and statement.shadow is not None:
        pay = formats.money(statement.shadow.lead_pay)
        yield _("By the formula the pay would have been {amount}.").format(amount=pay)
    for told in counted.blockers:
        yield f"! {told}"
    for told in counted.warnings:
        yield f"~ {told}"
    for plan in (counted.owed, counted.decision):
        if plan is not None:
            yield _("Decided after {month}: {change} by {until}").format(
                month=words.month_name(plan.month), change=plan.change, until=words.value("until", plan.until)
            )
    for one in counted.reopenings:
        yield _("Reopened by {actor}: {reason}").format(actor=one.actor, reason=one.reason)
    if counted.closing is not None:
        yield _("Hash: {hash}").format(hash=counted.closing.hash)
