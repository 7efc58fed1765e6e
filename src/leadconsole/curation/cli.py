"""`leadconsole cover`: what if these people are away, and whom to teach which client (interchange.md, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from leadconsole.curation import words
from leadconsole.curation.deepening import DepthPlan, depth_plan
from leadconsole.curation.facts import Absence
from leadconsole.curation.whatif import WhatIf, what_if
from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.headless import Answer, Call, Parser, argument, whole
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.money import plain
from leadconsole.kernel.period import parse_date


def _absence(text: str) -> Absence:
    login, colon, span = text.partition(":")
    first, dots, last = span.partition("..")
    if not login or not colon or not dots:
        raise Refused(
            _("«{text}» is no absence; write it such as lida:2026-08-01..2026-08-14.").format(text=text[:60]),
            code="bad_absence",
        )
    return Absence(login, parse_date(first).isoformat(), parse_date(last).isoformat())


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "--absent",
        metavar="LOGIN:FROM..TO",
        action="append",
        type=argument(_absence),
        help=_("who is away from when to when; may be given several times"),
    )
    parser.add_argument("--depth", metavar="N", type=whole(1, 20), help=_("whom to teach so that N cover every client"))
    parser.set_defaults(run=cover)


COMMANDS: dict[str, Callable[[Parser], None]] = {"cover": _arguments}


def cover(call: Call) -> Answer:
    """The plan for some absences, or for a depth."""
    options = call.options
    if (options.absent is None) == (options.depth is None):
        raise WrongUsage(_("Give either --absent LOGIN:FROM..TO or --depth N."))
    desk = call.sit()
    if options.depth is not None:
        return _depth(depth_plan(desk, options.depth))
    return _what_if(what_if(desk, options.absent))


def _what_if(told: WhatIf) -> Answer:
    data: dict[str, Any] = {
        "from": told.first,
        "to": told.last,
        "feasible": told.feasible,
        "clients": [
            {
                "code": one.code,
                "lead": one.lead,
                "present": one.present,
                "uncovered_days": list(one.uncovered_days),
                "substitutes": [
                    {"login": piece.login, "from": piece.first, "to": piece.last} for piece in one.substitutes
                ],
                "open_tickets": one.open_tickets,
                "monthly_fee": None if one.monthly_fee is None else plain(one.monthly_fee),
                "promises": [promise.number for promise in one.promises],
            }
            for one in told.clients
        ],
        "load": [
            {"login": one.login, "clients": one.clients, "minutes_per_week": one.minutes_per_week} for one in told.load
        ],
        "proved": told.proved,
        "cures": list(told.cures),
    }

    def lines(cells: int | None) -> Iterator[str]:
        span = (words.day(told.first), words.day(told.last))
        days = ngettext("{n} working day", "{n} working days", told.working_days).format(n=told.working_days)
        yield f"{span[0]} – {span[1]}, {days}"
        if not told.clients:
            yield _("Nobody who is away covers a client: nothing changes.")
            return
        rows = [
            [
                one.code,
                one.lead or "—",
                "—" if one.present is None else str(one.present),
                _days(one.uncovered_days),
                ", ".join(_piece(piece.login, piece.first, piece.last, one.substitutes) for piece in one.substitutes),
                str(one.open_tickets) if one.open_tickets else "",
                "" if one.monthly_fee is None else plain(one.monthly_fee),
            ]
            for one in told.clients
        ]
        columns = [
            Column(_("Client"), most=32, gives_way=True),
            Column(_("Leads")),
            Column(_("Present"), "right"),
            Column(_("Uncovered"), wraps=True),
            Column(_("Stands in"), wraps=True),
            Column(_("Open"), "right"),
            Column(_("Fee a month"), "right"),
        ]
        yield from aligned(columns, rows, cells)
        for one in told.load:
            clients = ngettext("{n} client", "{n} clients", one.clients).format(n=one.clients)
            yield _("{login}: {clients}, {minutes} minutes a week more").format(
                login=one.login, clients=clients, minutes=round(one.minutes_per_week)
            )
        yield _("The plan works.") if told.feasible else _("There are days without cover.")
        if not told.proved:
            yield _("A still better plan may exist: the search was ended.")
        for cure in told.cures:
            yield from wrapped(cure, cells)

    return Answer(data, lines)


def _piece(login: str, first: str, last: str, every: Any) -> str:
    return login if len(every) == 1 else f"{login} {words.day(first)} – {words.day(last)}"


def _days(days: tuple[str, ...]) -> str:
    """Days with those in a row as a span."""
    spans: list[list[str]] = []
    for day in days:
        if spans and parse_date(day) - parse_date(spans[-1][1]) == timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return ", ".join(
        words.day(first) if first == last else f"{words.day(first)} – {words.day(last)}" for first, last in spans
    )


def _depth(told: DepthPlan) -> Answer:
    data: dict[str, Any] = {
        "depth": told.depth,
        "missing": told.missing,
        "pairs": [{"client": one.client, "login": one.login, "because": one.because} for one in told.pairs],
        "single_points": [{"login": one.login, "clients": list(one.clients)} for one in told.single_points],
        "impossible": [{"client": one.client, "have": one.have, "possible": one.possible} for one in told.impossible],
        "proof": told.proof,
    }

    def lines(cells: int | None) -> Iterator[str]:
        yield from wrapped(told.proof, cells)
        if told.pairs:
            columns = [
                Column(_("Client"), most=32, gives_way=True),
                Column(_("Learns"), most=32),
                Column(_("Because"), wraps=True),
            ]
            yield from aligned(columns, [[one.client, one.login, one.because] for one in told.pairs], cells)
        for point in told.single_points:
            said = ngettext(
                "{login} is the only cover of {n} client: {clients}",
                "{login} is the only cover of {n} clients: {clients}",
                len(point.clients),
            )
            yield from wrapped(
                said.format(login=point.login, n=len(point.clients), clients=", ".join(point.clients)), cells
            )
        for one in told.impossible:
            yield _("{client}: {have} cover it, at most {possible} more could.").format(
                client=one.client, have=one.have, possible=one.possible
            )

    return Answer(data, lines)
