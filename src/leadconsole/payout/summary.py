"""The figures of a statement by name, and what has to be said beside them: for the terminal, paper and screen alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.rules import Scheme, SchemeKind


def share_percent(scheme: Scheme) -> str:
    """The share rate as the language writes it."""
    rate = (Decimal(scheme.share_rate) / 100).normalize()
    return formats.percent(rate.quantize(Decimal(1)) if rate == rate.to_integral() else rate)


def summary(counted: Counted) -> list[tuple[str, int]]:
    """The figures of the statement by name, costs with a minus, in their order."""
    statement, figures = counted.statement, counted.statement.figures
    told = [
        (_("Volume"), figures.volume),
        (_("Share {percent}").format(percent=share_percent(statement.scheme)), figures.share),
        (_("Salaries"), -figures.salaries),
        (_("Outside resources"), -figures.outside),
        (_("Adjustments"), figures.adjustments),
        (_("Profit"), figures.profit),
    ]
    if figures.abnormal:
        told.append((_("Top-up to the minimum"), figures.topup))
    told += [(_("Reserve"), -figures.reserve), (_("Bonuses"), -figures.bonuses), (_("Own pay"), figures.lead_pay)]
    return told


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
