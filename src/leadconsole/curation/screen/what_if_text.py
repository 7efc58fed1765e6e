"""A plan of substitutes as text: the verdict, one client, the load, what would help, who must not be away together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import words
from leadconsole.curation.facts import Absence
from leadconsole.curation.queries import Evidence
from leadconsole.curation.whatif import ClientPlan, Pair, WhatIf
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.roster.queries import PersonShift
from leadconsole.team.words import absence_kind

_DAYS = 12
"""So many uncovered days are told one by one."""


def span(first: str, last: str) -> str:
    """From one day to another, or the one day."""
    return words.day(first) if first == last else f"{words.day(first)} – {words.day(last)}"


def asked_words(asked: Sequence[Absence]) -> str:
    """Who is away when."""
    return "; ".join(
        f"{one.login} {span(one.first, one.last)}" + (f" ({absence_kind(one.kind)})" if one.kind else "")
        for one in asked
    )


def verdict(plan: WhatIf) -> Piece:
    """Whether it works, in a sentence."""
    clients = ngettext("{n} client", "{n} clients", len(plan.clients)).format(n=len(plan.clients))
    days = ngettext("{n} working day", "{n} working days", plan.working_days).format(n=plan.working_days)
    uncovered = [one for one in plan.clients if one.uncovered_days]
    if plan.feasible:
        return Piece("✓ " + _("It works: {clients} touched, {days}, nobody without cover.").format(
            clients=clients, days=days), "good")  # fmt: skip
    count = ngettext("{n} client without cover", "{n} clients without cover", len(uncovered)).format(n=len(uncovered))
    return Piece("✗ " + _("It doesn't work: {clients}, {days}.").format(clients=count, days=days), "danger")


def at_risk(plan: WhatIf | None) -> list[Piece]:
    """The monthly fees of the clients without cover, for who may see fees."""
    if plan is None or not plan.fees_at_risk:
        return []
    return [Piece(_("Fees at risk: {amount}").format(amount=formats.money(plan.fees_at_risk)) + " ", "danger")]


def plan_blocks(
    plan: WhatIf | None,
    client: ClientPlan | None,
    pairs: Sequence[Pair],
    known: Evidence | None,
    timezone: str,
    broken: Sequence[PersonShift] = (),
) -> list[Block]:
    """Everything about the plan, the client under the cursor first."""
    told: list[Block] = []
    if plan is not None:
        if client is not None:
            told += [*_client(client, timezone), block()]
        told += [*_cures(plan), *_shifts(broken), *_load(plan, known)]
    return [*told, *_pairs(pairs)]


def _client(client: ClientPlan, timezone: str) -> Iterator[Block]:
    yield Block((Piece(client.name, "bold"), Piece(f"  {client.code}", "accent")))
    if client.toxic:
        yield block("▲ " + _("Toxic client: never alone, the lead is named beside."), "danger")
    away = ", ".join(client.away)
    yield _fact(_("Led by"), client.lead or _("nobody"))
    yield _fact(_("Away then"), away)
    if client.present is not None:
        yield _fact(_("At least here"), str(client.present))
    if client.uncovered_days:
        days = [f"{formats.weekday(parse_date(day))} {words.day(day)}" for day in client.uncovered_days]
        more = ["…"] if len(days) > _DAYS else []
        yield block("✗ " + _("Nobody covers it on: {days}").format(days=", ".join([*days[:_DAYS], *more])), "danger")
    for piece in client.substitutes:
        told = _("{login} stands in for {absent}, {days}").format(
            login=piece.login, absent=piece.absent, days=span(piece.first, piece.last)
        )
        yield block("→ " + told, indent=2)
    yield _fact(_("Open tickets"), str(client.open_tickets))
    for promise in client.promises:
        when = formats.exact(promise.promised, timezone)
        yield block(_("{number} is promised for {when}: {subject}").format(
            number=promise.number, when=when, subject=promise.subject), "warning", 2)  # fmt: skip
    if client.monthly_fee is not None:
        yield _fact(_("Monthly fee"), formats.money(client.monthly_fee))


def _cures(plan: WhatIf) -> Iterator[Block]:
    if plan.cures:
        yield block(_("What would help"), "dim")
        for cure in plan.cures:
            yield block(f"- {cure}", indent=2)
        yield block()


def _shifts(broken: Sequence[PersonShift]) -> Iterator[Block]:
    """The shifts that somebody else would have to take, by person."""
    if not broken:
        return
    yield block(words.fall_away(len(broken)), "dim")
    for login in dict.fromkeys(one.login for one in broken):
        own = [f"{words.day(one.day)} {one.code}" for one in broken if one.login == login]
        told = ", ".join([*own[:_DAYS], *(["…"] if len(own) > _DAYS else [])])
        yield Block((Piece(login, "accent"), Piece(f": {told}")), 2)
    yield block()


def _load(plan: WhatIf, known: Evidence | None) -> Iterator[Block]:
    if not plan.load:
        return
    yield block(_("What the substitutes get"), "dim")
    for gain in plan.load:
        clients = ngettext("{n} client", "{n} clients", gain.clients).format(n=gain.clients)
        now = 0.0 if known is None else known.minutes.get(gain.login, 0.0)
        minutes = _("{now} + {gain} minutes a week").format(now=round(now), gain=round(gain.minutes_per_week))
        yield Block((Piece(gain.login, "accent"), Piece(f": {clients}, {minutes}")), 2)
    proof = _("No plan gives the busiest of them less.") if plan.proved else _("There may be a better plan.")
    yield block(proof, "dim")
    yield block()


def _pairs(pairs: Sequence[Pair]) -> Iterator[Block]:
    if pairs:
        yield block(_("Must not be away together:"), "dim")
        for pair in pairs:
            yield Block((Piece(f"{pair.one} + {pair.other}", "accent"), Piece(f": {', '.join(pair.names)}", "dim")), 2)


def _fact(label: str, value: str) -> Block:
    return Block((Piece(f"{label}: ", "dim"), Piece(value)), 2)
