"""Reads of dispatch: who should take this ticket now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from leadconsole.curation import facts
from leadconsole.curation.facts import Levels
from leadconsole.dispatch import rules
from leadconsole.dispatch.rules import Candidate, Nearness, Suggestion, Ties
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month, local_date, parse_date
from leadconsole.roster.queries import on_shift_now, shifts_in
from leadconsole.team import facts as team
from leadconsole.team.queries import workers
from leadconsole.tickets.queries import loads


@query(Capability.READ_QUEUE)
def suggested(desk: Desk, line: int, holder: str | None = None, client: str | None = None) -> tuple[Suggestion, ...]:
    """Who could take a ticket of this line and client now, best first; not who holds it already, nor who is away."""
    reader = desk.reader
    today = team.today(reader, desk.now()).isoformat()
    away = {one.login for one in facts.absences(reader, today, today)}
    month = Month.of(parse_date(today))
    # Whoever has no shift in the whole month isn't planned by the roster, and is simply there.
    planned = {one.login for one in shifts_in(desk, month.first.isoformat(), month.last.isoformat())}
    on_shift = {one.login: one.end for one in on_shift_now(desk)}
    load = loads(desk)
    zone = team.settings(reader).timezone
    candidates = []
    for one in workers(desk):
        if one.login != holder and one.login not in away:
            end = on_shift.get(one.login)
            until = "" if end is None else formats.time_of_day(end, zone)
            there = True if end is not None else False if one.login in planned else None
            candidates.append(Candidate(one.login, one.lines, load.get(one.login, 0), there, until))
    return rules.suggested(line, candidates, rules.NO_TIES if client is None else _ties(desk, client, today, away))


@query(Capability.READ_QUEUE)
def nearnesses(desk: Desk, clients: Collection[str]) -> dict[str, Nearness]:
    """How near whoever asks is to each of these clients today; a handful of questions for all of them."""
    reader, me = desk.reader, desk.actor.login
    settings = team.settings(reader)
    today = local_date(desk.now(), settings.timezone).isoformat()
    away = {one.login for one in facts.absences(reader, today, today)}
    known = Levels(reader)
    here = frozenset(one.login for one in known.people.values() if one.here(today) and one.login not in away)
    stands_in: dict[str, dict[str, str]] = defaultdict(dict)
    for client, substitute, absent in reader.execute(
        "SELECT client, substitute, absent FROM substitution WHERE first <= ? AND last >= ?", (today, today)
    ):
        stands_in[client][substitute] = absent
    toxic = {code for (code,) in reader.execute("SELECT code FROM client WHERE toxic_since <= ?", (today,))}
    beside = _beside(desk, today, away) if toxic else None
    found = {}
    for client in clients:
        levels = {login: row.level for login, row in known.on(client, today).items()}
        ties = Ties(levels, stands_in[client], beside if client in toxic else None)
        found[client] = rules.nearness(me, levels, here, ties)
    return found


def _ties(desk: Desk, client: str, today: str, away: Collection[str]) -> Ties:
    reader = desk.reader
    levels = {login: row.level for login, row in Levels(reader, client=client).on(client, today).items()}
    stands_in = dict(
        reader.execute(
            "SELECT substitute, absent FROM substitution WHERE client = ? AND first <= ? AND last >= ?",
            (client, today, today),
        ).fetchall()
    )
    row = reader.execute("SELECT toxic_since FROM client WHERE code = ?", (client,)).fetchone()
    toxic = row is not None and row[0] is not None and row[0] <= today
    return Ties(levels, stands_in, _beside(desk, today, away) if toxic else None)


def _beside(desk: Desk, today: str, away: Collection[str]) -> str | None:
    """Who goes along to a toxic client: the team lead, or who stands in for most of an absent one's clients."""
    reader = desk.reader
    lead = team.settings(reader).lead
    if not lead:
        row = reader.execute(
            "SELECT login FROM person WHERE role = 'lead' ORDER BY ended IS NOT NULL, login"
        ).fetchone()
        lead = row[0] if row is not None else ""
    if lead in away:
        for (deputy,) in reader.execute(
            "SELECT substitute FROM substitution WHERE absent = ? AND first <= ? AND last >= ?"
            " GROUP BY substitute ORDER BY count(*) DESC, substitute",
            (lead, today, today),
        ):
            if deputy not in away:
                return str(deputy)
    return lead or None
