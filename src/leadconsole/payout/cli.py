"""`leadconsole payout`: the statement of a month, its close and reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.aligned import Column, aligned
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.headless import Answer, Call, Parser
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import plain
from leadconsole.kernel.period import Month
from leadconsole.payout import queries, words
from leadconsole.payout.counting import Counted
from leadconsole.payout.exporting import ENCODINGS, export
from leadconsole.payout.rules import Figures, Scheme
from leadconsole.payout.summary import remarks, summary

_VERBS = {"close": 2, "reopen": 2, "decide": 2, "export": 3}


def _arguments(parser: Parser) -> None:
    parser.usage = (
        "leadconsole payout [close|reopen|decide] MONTH [--reason TEXT] [--change TEXT --until DATE]\n"
        "       leadconsole payout export MONTH FILE.xlsx|.csv|.md|.journal|- [--encoding utf-8|cp1251]"
    )
    parser.add_argument("words", metavar="MONTH", nargs="+", help=_("such as 2026-10; before it what to do with it"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("why a closed month is reopened"))
    parser.add_argument("--change", metavar="TEXT", default="", help=_("what will be changed after a bad month"))
    parser.add_argument("--until", metavar="DATE", default="", help=_("by when it will be changed"))
    parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8", help=_("the encoding of a CSV file"))
    parser.set_defaults(run=payout)


COMMANDS: dict[str, Callable[[Parser], None]] = {"payout": _arguments}


def payout(call: Call) -> Answer:
    """The month that was asked for, after what was asked to be done with it."""
    given = call.options
    verb = given.words[0] if given.words[0] in _VERBS else ""
    if len(given.words) != (_VERBS[verb] if verb else 1):
        raise WrongUsage(_("Give a month such as 2026-10; before it close, reopen, decide or export, after it a file."))
    month = _month(given.words[1] if verb else given.words[0])
    desk = call.sit()
    if verb == "export":
        return export(desk, month, given.words[2], given.encoding)
    if verb:
        from leadconsole.payout import commands

        if verb == "close":
            commands.close(desk, month)
        elif verb == "reopen":
            commands.reopen(desk, month, given.reason)
        else:
            commands.decide(desk, month, given.change, given.until)
    return shown(desk, month)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except Refused as refusal:
        raise WrongUsage(refusal.message, field="month") from None


def shown(desk: Desk, month: Month) -> Answer:
    """The statement of a month."""
    counted = queries.statement(desk, month)
    return Answer(as_json(counted), lambda cells: lines(counted, cells))


def as_json(counted: Counted) -> dict[str, Any]:
    """The answer of interchange.md, section 3."""
    statement, scheme = counted.statement, counted.statement.scheme
    shadow = statement.shadow
    return {
        "month": str(statement.month),
        "status": counted.status,
        "scheme": str(statement.kind),
        **_figures(statement.figures, scheme),
        "shadow": None if shadow is None else _figures(shadow, scheme),
        "lines": [
            {
                "section": str(line.section),
                "label": words.label(line),
                "amount": plain(line.amount),
                "source": {"file": line.file, "key": line.key},
            }
            for line in statement.lines
        ],
        "excluded": [
            {
                "label": one.label,
                "amount": None if one.price is None else plain(one.price),
                "reason": str(one.reason),
                "source": {"file": "tickets", "key": str(one.ticket)},
            }
            for one in counted.excluded
        ],
        "blockers": list(counted.blockers),
        "warnings": list(counted.warnings),
        "currency": scheme.currency,
        "reserve_before": plain(counted.reserve_before),
        "decision": None if counted.decision is None else counted.decision._asdict(),
        "reopened": [{"by": one.actor, "reason": one.reason} for one in counted.reopenings],
        "hash": None if counted.closing is None else counted.closing.hash,
    }


def _figures(figures: Figures, scheme: Scheme) -> dict[str, Any]:
    rate, rest = divmod(scheme.share_rate, 100)
    return {
        "volume": plain(figures.volume),
        # A number of JSON; a percentage is no amount of money.
        "share_rate": rate if not rest else Decimal(scheme.share_rate) / 100,
        "share": plain(figures.share),
        "salaries": plain(figures.salaries),
        "outside": plain(figures.outside),
        "adjustments": plain(figures.adjustments),
        "profit": plain(figures.profit),
        "guaranteed_minimum": plain(scheme.guaranteed_minimum),
        "topup": plain(figures.topup),
        "abnormal": figures.abnormal,
        "reserve": plain(figures.reserve),
        "bonuses": plain(figures.bonuses),
        "lead_pay": plain(figures.lead_pay),
    }


def lines(counted: Counted, cells: int | None) -> Iterator[str]:
    """The statement for people."""
    statement = counted.statement
    status = words.status(counted.status)
    yield f"{formats.month(statement.month)} · {status} · {words.scheme(statement.kind)} · {statement.scheme.currency}"
    right = [Column(gives_way=True), Column("", "right")]
    yield from aligned(right, [(one.name, formats.money(one.amount)) for one in summary(counted)], cells)
    yield ""
    table = [Column(_("Section"), most=32), Column(_("For"), gives_way=True), Column(_("Amount"), "right")]
    rows = [(words.section(line.section), words.label(line), formats.money(line.amount)) for line in statement.lines]
    yield from aligned(table, rows, cells)
    if counted.excluded:
        yield ""
        left = [Column(_("Left out"), gives_way=True), Column(_("Amount"), "right"), Column(_("Why"))]
        told = [
            (one.label, "—" if one.price is None else formats.money(one.price), words.reason(one.reason))
            for one in counted.excluded
        ]
        yield from aligned(left, told, cells)
    said = list(remarks(counted))
    if said:
        yield ""
    yield from said
