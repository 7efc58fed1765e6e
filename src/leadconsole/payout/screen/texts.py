"""What the right side of the statement says in words: how a figure is made, twelve months, the checklist, what if."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.kernel.text import pad
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.looks import Look, News
from leadconsole.payout.queries import Past
from leadconsole.payout.rules import Figures, Scheme, SchemeKind, Statement
from leadconsole.payout.screen import news
from leadconsole.payout.screen.chart import ABNORMAL
from leadconsole.payout.summary import share_percent, summary
from leadconsole.payout.whatif import may_lose, volume_for

_AMOUNT = 14
_NAME = 18


class Since(NamedTuple):
    """What has changed since the last look at the checklist."""

    look: Look | None
    news: Sequence[News]
    timezone: str
    now: Instant


def top(month: Month, counted: Counted | None) -> list[Piece]:
    """The month with its status and scheme; a guarantee, and the decision after the month before, can't be missed."""
    pieces = [Piece(f"[ {formats.month(month)} ]", "bold")]
    if counted is None:
        return pieces
    pieces.append(Piece(f"  {words.status(counted.status)}", "good" if counted.closing else "accent"))
    if counted.statement.figures.abnormal:
        decided = _("decided") if counted.decision else _("no decision yet")
        pieces.append(Piece("  " + _("! ABNORMAL, {decided}").format(decided=decided), "danger"))
    if counted.reopenings:
        pieces.append(Piece("  " + _("was reopened"), "warning"))
    pieces.append(Piece(f"  {words.scheme(counted.statement.kind)}", "dim"))
    if (owed := counted.owed) is not None:
        told = _("decided after {month}, by {until}: {change}").format(
            month=words.month_name(owed.month), until=words.value("until", owed.until), change=owed.change
        )
        pieces.append(Piece(f"  {told}", "warning"))
    return pieces


def text_of(key: str, counted: Counted, past: Sequence[Past]) -> list[Block]:
    """The text beside a figure that has no lines."""
    if key == "share":
        return _share(counted)
    if key == "pay":
        return _pay(counted)
    return [*_formula(counted), block(), *months(past)]


def _share(counted: Counted) -> list[Block]:
    statement = counted.statement
    return [
        _sum(_("Volume"), statement.figures.volume),
        block(f"× {share_percent(statement.scheme)}"),
        _sum("=", statement.figures.share, "bold"),
        block(),
        block(_("Rounded once, half away from zero; the rate is a setting of the desk."), "dim"),
    ]


def _sum(name: str, amount: int, tone: str = "") -> Block:
    return Block((Piece(pad(name, 26), "dim"), Piece(pad(formats.money(amount), _AMOUNT, "right"), tone)))


def _formula(counted: Counted) -> list[Block]:
    statement = counted.statement
    figures, scheme = statement.figures, statement.scheme
    spare = may_lose(figures.profit - scheme.guaranteed_minimum, scheme.share_rate)
    told = [
        _sum(_("Share"), figures.share),
        _sum("− " + _("Salaries"), figures.salaries),
        _sum("− " + _("Outside resources"), figures.outside),
        _sum("+ " + _("Adjustments"), figures.adjustments),
        _sum("= " + _("Profit"), figures.profit, "bold"),
        _sum(_("Guaranteed minimum"), scheme.guaranteed_minimum),
    ]
    if figures.abnormal:
        told += [
            block(),
            block(_("ABNORMAL: the profit is below the guaranteed minimum."), "danger"),
            block(_("The firm pays the difference; nothing is set aside of it."), "dim"),
        ]
    elif spare is not None and statement.kind == SchemeKind.ENTREPRENEUR:
        told += [
            block(),
            block(
                _("The month can lose {amount} of volume before it lives on the guarantee.").format(
                    amount=formats.money(spare)
                ),
                "dim",
            ),
        ]
    return told


def _pay(counted: Counted) -> list[Block]:
    statement, figures = counted.statement, counted.statement.figures
    shadow = statement.shadow
    if statement.kind == SchemeKind.PROBATION and shadow is not None:
        return _probation(counted, figures, shadow)
    return [
        _sum(_("Profit"), figures.profit),
        *([_sum("+ " + words.section("topup"), figures.topup)] if figures.abnormal else []),
        _sum("− " + _("Reserve"), figures.reserve),
        _sum("− " + _("Bonuses"), figures.bonuses),
        _sum("= " + _("Own pay"), figures.lead_pay, "bold"),
        block(),
        *_reserve(counted),
    ]


def _probation(counted: Counted, paid: Figures, shadow: Figures) -> list[Block]:
    """The fixed pay, and beside it what the formula would have paid."""
    until = counted.statement.scheme.probation_until or ""
    told = [
        block(_("On probation until {day} the pay is fixed.").format(day=words.value("until", until)), "accent"),
        block(),
        _beside("", _("It pays"), _("By the formula")),
    ]
    for name, one, two in (
        (_("Profit"), paid.profit, shadow.profit),
        (words.section("topup"), paid.topup, shadow.topup),
        (_("Reserve"), -paid.reserve, -shadow.reserve),
        (_("Bonuses"), -paid.bonuses, -shadow.bonuses),
        (_("Own pay"), paid.lead_pay, shadow.lead_pay),
    ):
        told.append(_beside(name, formats.money(one), formats.money(two), "bold" if name == _("Own pay") else ""))
    told.append(_beside(_("Difference"), "", formats.money(shadow.lead_pay - paid.lead_pay)))
    if shadow.abnormal:
        told += [block(), block(_("By the formula the month would have lived on the guarantee."), "warning")]
    return [*told, block(), *_reserve(counted)]


def _beside(name: str, one: str, two: str, tone: str = "") -> Block:
    cells = [pad(one, _AMOUNT + 2, "right"), pad(two, _AMOUNT + 2, "right")]
    return Block((Piece(pad(name, _NAME), "dim"), Piece("".join(cells), tone)))


def _reserve(counted: Counted) -> list[Block]:
    return [
        _sum(_("Reserve before this month"), counted.reserve_before),
        _sum(_("Reserve after it"), counted.reserve_before + counted.statement.figures.reserve),
    ]


def months(past: Sequence[Past]) -> list[Block]:
    """The last twelve months in figures; a month on the guarantee carries the sign."""
    told = [block(_("Twelve months: volume, profit, own pay; ! on the guarantee"), "accent")]
    for one in reversed(past):
        if not one.volume and not one.profit:
            continue
        sign = Piece(f"{ABNORMAL} " if one.abnormal else "  ", "danger")
        amounts = "".join(pad(formats.money(value), _AMOUNT, "right") for value in (one.volume, one.profit))
        pay = pad(formats.money(one.lead_pay), _AMOUNT, "right")
        told.append(Block((sign, Piece(pad(formats.month(one.month), 15)), Piece(amounts, "dim"), Piece(pay, "bold"))))
    return told if len(told) > 1 else []


def checklist(counted: Counted, since: Since, key_of: Callable[[str], str]) -> list[Block]:
    """What stands in the way of the close, what is worth a look, what is new, what was decided, who reopened it why.

    `key_of` gives the key of a command.
    """
    told: list[Block] = []
    if counted.closing is not None:
        told += [
            block(_("Closed by {actor}.").format(actor=counted.closing.actor), "good"),
            block(_("Hash: {hash}").format(hash=counted.closing.hash)),
            block(
                _("Month before: {hash}").format(hash=counted.closing.previous)
                if counted.closing.previous
                else _("It is the first closed month."),
                "dim",
            ),
        ]
    told += [Block((Piece("! ", "danger"), Piece(text)), 2) for text in counted.blockers]
    told += [Block((Piece("~ ", "warning"), Piece(text)), 2) for text in counted.warnings]
    if not told:
        told.append(block(_("Nothing is in the way.")))
    if counted.closing is None:
        told += [block(), *_ways(counted, key_of)]
    if since.look is not None:
        told += [block(), *_news(since, since.look)]
    for plan in (counted.owed, counted.decision):
        if plan is not None:
            text = _("Decided after {month}: {change} by {until}").format(
                month=words.month_name(plan.month), change=plan.change, until=words.value("until", plan.until)
            )
            told += [block(), block(text, "accent")]
    for one in counted.reopenings:
        told += [
            block(),
            block(_("Reopened by {actor}: {reason}").format(actor=one.actor, reason=one.reason), "warning"),
        ]
    return told


def _ways(counted: Counted, key_of: Callable[[str], str]) -> list[Block]:
    """Which keys help with what is in the way."""
    told = []
    if counted.excluded:
        text = _("«Left out» has the works: {accept} accepts, {price} sets a price.")
        told.append(block(text.format(accept=key_of("payout.accept"), price=key_of("payout.price")), "dim"))
    if counted.statement.figures.abnormal and counted.decision is None:
        told.append(block(_("{key} records the decision.").format(key=key_of("payout.decide")), "accent"))
    if not counted.blockers:
        told.append(block(_("{key} closes the month.").format(key=key_of("payout.close")), "accent"))
    return told


def _news(since: Since, look: Look) -> list[Block]:
    """What others have changed since the last look, and when that was."""
    at = formats.short(look.at, since.timezone, since.now)
    if not since.news:
        return [block(_("Nobody else has changed anything since your last look ({at}).").format(at=at), "dim")]
    told = [block(_("Since your last look ({at}):").format(at=at), "accent")]
    for one in since.news:
        when = formats.short(one.at, since.timezone, since.now)
        told.append(Block((Piece(f"{when}  ", "dim"), Piece(f"{one.actor}  ", "accent"), Piece(news.told(one))), 2))
    return told


def compared(real: Counted, other: Statement, said: Sequence[str]) -> list[Block]:
    """The month as it is and as it would be, side by side."""
    beside = Counted(other, (), None, (), (), 0, None, None, ())
    told = [block(one, "accent") for one in said]
    head = "".join(pad(title, _AMOUNT, "right") for title in (_("As it is"), _("What if"), _("Difference")))
    told += [block(), Block((Piece(pad("", _NAME)), Piece(head, "dim")))]
    for one, two in zip(summary(real, whole=True), summary(beside, whole=True), strict=True):
        cells = "".join(pad(formats.money(amount), _AMOUNT, "right") for amount in (one.amount, two.amount))
        gap = two.amount - one.amount
        tone = "good" if gap > 0 else "danger" if gap < 0 else "dim"
        shown = pad(formats.money(gap) if gap else "·", _AMOUNT, "right")
        name = one.name if one.name == two.name else _("Share")
        told.append(Block((Piece(pad(name, _NAME), "dim"), Piece(cells), Piece(shown, tone))))
    if other.figures.abnormal:
        told.append(block(_("ABNORMAL: the profit is below the guaranteed minimum."), "danger"))
    told += break_even(real.statement.figures, other.figures, other.scheme)
    return told


def break_even(real: Figures, other: Figures, scheme: Scheme) -> list[Block]:
    """How much more volume would make up for what the profit loses."""
    lost = real.profit - other.profit
    if lost <= 0:
        return []
    needed = volume_for(lost, scheme.share_rate)
    if needed is None:
        return []
    return [
        block(),
        block(
            _("{cost} less profit needs {volume} of volume to break even.").format(
                cost=formats.money(lost), volume=formats.money(needed)
            ),
            "warning",
        ),
    ]
