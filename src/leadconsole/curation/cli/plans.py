"""The answers of `cover --absent` and `cover --depth` as JSON and as lines (interchange.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from leadconsole.curation import words
from leadconsole.curation.deepening import DepthPlan
from leadconsole.curation.whatif import WhatIf
from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.headless import Answer
from leadconsole.kernel.i18n import _, ngettext, pgettext
from leadconsole.kernel.money import plain
from leadconsole.kernel.period import parse_date
from leadconsole.roster.queries import PersonShift


def told_what_if(told: WhatIf, broken: Sequence[PersonShift] = ()) -> Answer:
    """What happens to whom, and the best plan."""
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
        "shifts": [{"login": one.login, "date": one.day, "shift": one.code} for one in broken],
    }

    def lines(cells: int | None) -> Iterator[str]:
        span = (words.day(told.first), words.day(told.last))
        days = ngettext("{n} working day", "{n} working days", told.working_days).format(n=told.working_days)
        yield f"{span[0]} – {span[1]}, {days}"
        if broken:
            shifts = ", ".join(f"{one.login} {words.day(one.day)} {one.code}" for one in broken)
            yield from wrapped(f"{words.fall_away(len(broken))}: {shifts}", cells)
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
            Column(pgettext("open tickets", "Open"), "right"),
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


def told_depth(told: DepthPlan) -> Answer:
    """Whom to teach which client."""
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
