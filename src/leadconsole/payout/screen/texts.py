"""What the right side of the statement says in words: how a figure is made, twelve months, the checklist, what if."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.sparkline import blocks as bars
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import pad
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.queries import Past
from leadconsole.payout.rules import Figures, Scheme, SchemeKind, Statement
from leadconsole.payout.summary import share_percent, summary
from leadconsole.payout.whatif import volume_for

_AMOUNT = 14
_NAME = 18


def text_of(key: str, counted: Counted, past: Sequence[Past], closes: str) -> list[Block]:
    """The text beside a figure; `closes` is the key that closes the month."""
    if key == "share":
        return _share(counted)
    if key == "profit":
        return [*_formula(counted), block(), *months(past)]
    if key == "pay":
        return [*_pay(counted), block(), *months(past)]
    return checklist(counted, closes)


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
    figures, scheme = counted.statement.figures, counted.statement.scheme
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
    elif (lack := volume_for(figures.profit - scheme.guaranteed_minimum, scheme.share_rate)) is not None:
        told += [
            block(),
            block(
                _("The month can lose {amount} of volume before it lives on the guarantee.").format(
                    amount=formats.money(lack)
                ),
                "dim",
            ),
        ]
    return told


def _pay(counted: Counted) -> list[Block]:
    statement, figures = counted.statement, counted.statement.figures
    told = []
    if statement.kind == SchemeKind.PROBATION and statement.shadow is not None:
        told += [
            block(_("On probation the pay is fixed."), "accent"),
            block(_("By the formula the pay would have been {amount}.").format(
                amount=formats.money(statement.shadow.lead_pay))),
        ]  # fmt: skip
    told += [
        _sum(_("Profit"), figures.profit),
        *([_sum("+ " + words.section("topup"), figures.topup)] if figures.abnormal else []),
        _sum("− " + _("Reserve"), figures.reserve),
        _sum("− " + _("Bonuses"), figures.bonuses),
        _sum("= " + _("Own pay"), figures.lead_pay, "bold"),
        block(),
        _sum(_("Reserve before this month"), counted.reserve_before),
        _sum(_("Reserve after it"), counted.reserve_before + figures.reserve),
    ]
    return told


def months(past: Sequence[Past]) -> list[Block]:
    """The last twelve months as bars and figures; a month on the guarantee carries the sign."""
    if not past:
        return []
    told = [block(_("Twelve months: volume, profit, own pay; ! on the guarantee"), "accent")]
    for name, values in (
        (_("Volume"), [one.volume for one in past]),
        (_("Profit"), [one.profit for one in past]),
        (_("Own pay"), [one.lead_pay for one in past]),
    ):
        told.append(Block((Piece(pad(name, _NAME), "dim"), Piece(chart(values)))))
    told.append(Block((Piece(" " * _NAME), Piece("".join("!" if one.abnormal else " " for one in past), "danger"))))
    for one in reversed(past):
        if not one.volume and not one.profit:
            continue
        sign = Piece("! " if one.abnormal else "  ", "danger")
        amounts = "".join(pad(formats.money(value), _AMOUNT, "right") for value in (one.volume, one.profit))
        pay = pad(formats.money(one.lead_pay), _AMOUNT, "right")
        told.append(Block((sign, Piece(pad(formats.month(one.month), 15)), Piece(amounts, "dim"), Piece(pay, "bold"))))
    return told


def chart(values: Sequence[int]) -> str:
    """Amounts as blocks, none for a loss or nothing."""
    most = max(values, default=0)
    return bars((None if value <= 0 else value for value in values), 0, max(1, most))


def checklist(counted: Counted, closes: str) -> list[Block]:
    """What stands in the way of the close, what is worth a look, what was decided, and who reopened it why."""
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
    if counted.closing is None and not counted.blockers:
        told += [block(), block(_("{key} closes the month.").format(key=closes), "accent")]
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


def compared(real: Counted, other: Statement, said: Sequence[str]) -> list[Block]:
    """The month as it is and as it would be, side by side."""
    beside = Counted(other, (), None, (), (), 0, None, None, ())
    names: dict[str, list[int | None]] = {}
    for place, counted in enumerate((real, beside)):
        for row, (name, amount) in enumerate(_comparable(counted)):
            names.setdefault(f"{row:02}{name}", [None, None])[place] = amount
    told = [block(one, "accent") for one in said]
    head = "".join(pad(title, _AMOUNT, "right") for title in (_("As it is"), _("What if"), _("Difference")))
    told += [block(), Block((Piece(pad("", _NAME)), Piece(head, "dim")))]
    for name, (one, two) in names.items():
        cells = [pad("—" if value is None else formats.money(value), _AMOUNT, "right") for value in (one, two)]
        difference = (two or 0) - (one or 0)
        tone = "good" if difference > 0 else "danger" if difference < 0 else "dim"
        gap = pad(formats.money(difference) if difference else "·", _AMOUNT, "right")
        told.append(Block((Piece(pad(name[2:], _NAME), "dim"), Piece("".join(cells)), Piece(gap, tone))))
    if other.figures.abnormal:
        told.append(block(_("ABNORMAL: the profit is below the guaranteed minimum."), "danger"))
    told += break_even(real.statement.figures, other.figures, other.scheme)
    return told


def _comparable(counted: Counted) -> list[tuple[str, int]]:
    rows = summary(counted)
    figures = counted.statement.figures
    if not figures.abnormal:  # so that both columns have the same rows
        rows.insert(6, (words.section("topup"), 0))
    rows[1] = (_("Share"), rows[1][1])
    return rows


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
