"""The sections of Today about money and norms, for those whose role needs them: lead and director.

Building bricks of queries, which check who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month
from leadconsole.payout import queries as payout
from leadconsole.payout.counting import Counted
from leadconsole.tickets import norms
from leadconsole.today.lines import Line, Opens, Section, section


def sections(desk: Desk) -> Iterator[Section]:
    """Invoices to pass on, the months to close and to decide about, and how the norms are kept."""
    this = Month.at(desk.now(), payout.timezone(desk))
    may_change = desk.actor.may(Capability.CHANGE_PAYOUT)
    if desk.actor.may(Capability.READ_PAYOUT):
        last = payout.statement(desk, this.previous)
        if may_change:
            open_months = (this.previous, this) if last.closing is None else (this,)
            yield section("invoices", [line for month in open_months for line in _invoices(desk, month)])
        yield section("payout", [*_last(last, may_change), *([] if may_change else _result(last))])
    if not may_change and desk.actor.may(Capability.READ_NORMS):
        yield section("norms", [line for month in (this.previous, this) for line in _norms(desk, month)])


def _invoices(desk: Desk, month: Month) -> Iterator[Line]:
    every = payout.invoices(desk, month)
    waiting = [one for one in every if one.waits]
    if waiting:
        n = len(waiting)
        told = ngettext("{n} invoice of {all}", "{n} invoices of {all}", n).format(n=n, all=len(every))
        yield Line(
            f"{formats.month(month)}: {told}",
            sign="~" if month.last.isoformat() < _today(desk) else "·",
            because=_("Accounting doesn't know of them yet: {amount} in all.").format(
                amount=formats.money(sum(one.amount for one in waiting))
            ),
            opens=Opens("month", str(month)),
        )


def _last(last: Counted, may_change: bool) -> Iterator[Line]:
    """What the month before this still wants."""
    statement = last.statement
    if not statement.lines:
        return  # nothing to close on a desk without fees and paid work
    name, opens = formats.month(statement.month), Opens("month", str(statement.month))
    if statement.figures.abnormal and last.decision is None:
        yield Line(
            _("{month}: decide what changes").format(month=name),
            sign="!",
            because=_("The profit is below the guaranteed minimum: record what will be changed, and by when."),
            opens=opens,
        )
    if last.owed is not None and last.closing is None:
        yield Line(
            last.owed.change,
            sign="~",
            because=_("Decided after the abnormal month before."),
            when=formats.short_day(Month.parse(last.owed.until[:7]).first.replace(day=int(last.owed.until[8:10]))),
            opens=opens,
        )
    if last.closing is None and may_change:
        first = next(iter(last.blockers), _("Nothing is in its way."))
        yield Line(
            _("{month}: to be closed").format(month=name),
            sign="~" if last.blockers else "·",
            because=first,
            opens=opens,
        )


def _result(last: Counted) -> Iterator[Line]:
    """What the month before this brought, for who only wants to know that all is well."""
    figures = last.statement.figures
    name = formats.month(last.statement.month)
    told = _("Volume {volume}, profit {profit}.").format(
        volume=formats.money(figures.volume), profit=formats.money(figures.profit)
    )
    state = _("closed") if last.closing is not None else _("not closed yet")
    yield Line(
        f"{name}: {state}",
        sign="!" if figures.abnormal else "✓" if last.closing is not None else "·",
        because=told,
        opens=Opens("month", str(last.statement.month)),
    )


def _norms(desk: Desk, month: Month) -> Iterator[Line]:
    share = norms.norm_shares(desk, month).all
    if share.percent is not None:
        percent = formats.percent(Decimal(share.percent).quantize(Decimal("0.1")))
        told = ngettext(
            "Of {n} ticket that was resolved.", "Of {n} tickets that were resolved.", share.tickets
        ).format(n=formats.integer(share.tickets))  # fmt: skip
        yield Line(
            _("{month}: {percent} inside the norm").format(month=formats.month(month), percent=percent),
            because=told,
            when=percent,
            opens=Opens("norms", str(month)),
        )


def _today(desk: Desk) -> str:
    from leadconsole.kernel.period import local_date

    return local_date(desk.now(), payout.timezone(desk)).isoformat()
