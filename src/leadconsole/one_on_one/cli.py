"""`leadconsole review`: what a person's sheet says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.headless import Answer, Call, Parser, file_name
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.text import clean_line
from leadconsole.one_on_one import queries, words
from leadconsole.one_on_one.queries import Review
from leadconsole.one_on_one.rules import Meeting, written


def _arguments(parser: Parser) -> None:
    parser.add_argument("login", metavar="LOGIN", help=_("whose sheet"))
    parser.add_argument("--to", metavar="FILE", type=file_name, help=_("write the whole history to a new .md or .xlsx"))
    parser.set_defaults(run=review)


COMMANDS: dict[str, Callable[[Parser], None]] = {"review": _arguments}


def review(call: Call) -> Answer:
    """The series, the trend and the verdict of a person."""
    desk, login = call.sit(), call.options.login
    if call.options.to is not None:
        return _export(desk, login, call.options.to)
    told = queries.review(desk, login)
    standing = told.standing
    data = {
        "login": told.login,
        "series": [
            {"from": series.first, "meetings": [_meeting(one) for one in series.meetings]} for series in standing.series
        ],
        "trend": {
            "n": standing.trend.n,
            "slope": _number(standing.trend.slope),
            "p_rising": _number(standing.trend.rising),
            "p_falling": _number(standing.trend.falling),
        },
        "verdict": standing.verdict.value,
        "because": words.because(standing),
        "open_actions": [
            {"date": one.date, "text": one.text, "owner": one.owner, "due": one.due} for one in told.open_actions
        ],
        "next_meeting": None if told.next_meeting is None else told.next_meeting.isoformat(),
    }
    return Answer(data, lambda cells: _lines(told, cells))


def _export(desk: Desk, login: str, path: Path) -> Answer:
    from leadconsole.one_on_one.export import export_history

    export_history(desk, login, path)
    told = _("The history is in {path}.").format(path=path)
    return Answer({"login": login, "file": str(path)}, lambda cells: [told])


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "date": meeting.day,
        "total": _points(meeting.total),
        "max": _points(meeting.most),
        "percent": _number(meeting.percent),
        "points": [
            {
                "criterion": score.criterion,
                "points": _points(score.points),
                "max": _points(score.most),
                "reason": score.reason,
            }
            for score in meeting.scores
        ],
    }


def _points(hundredths: int) -> int | float:
    text = written(hundredths)
    return float(text) if "." in text else int(text)


def _number(exact: Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return exact.numerator if exact.denominator == 1 else float(exact)


def _lines(told: Review, cells: int | None) -> Iterator[str]:
    standing = told.standing
    yield f"{clean_line(told.name)} ({told.login})"
    for series in standing.series:
        yield ""
        yield _("since {day}").format(day=formats.day(parse_date(series.first)))
        rows = [
            [
                formats.day(parse_date(one.day)),
                f"{words.points(one.total)} / {words.points(one.most)}",
                words.percent(one.percent),
                ", ".join(f"{score.criterion} {words.points(score.points)}" for score in one.scores),
            ]
            for one in series.meetings
        ]
        columns = [Column(_("Date")), Column(_("Sum"), "right"), Column(" ", "right"), Column(_("Points"), wraps=True)]
        yield from aligned(columns, rows, cells)
    yield ""
    yield from wrapped(f"{words.verdict(standing.verdict)}. {words.because(standing)}", cells)
    if standing.trend.slope is not None:
        change = formats.decimal(Decimal(str(round(float(standing.trend.slope), 2))))
        yield _("From one meeting to the next: {change} percentage points (median).").format(change=change)
    count = len(told.open_actions)
    yield ngettext("{n} agreement is open.", "{n} agreements are open.", count).format(n=count)
    for one in told.open_actions:
        due = formats.day(parse_date(one.due)) if one.due else "—"
        yield from aligned([Column(), Column(), Column(wraps=True)], [[due, one.owner, one.text]], cells)
    if told.next_meeting is not None:
        yield _("Next meeting: {day}").format(day=formats.day(told.next_meeting))
