"""Reads of dispatch: who should take this ticket now."""

from __future__ import annotations

from leadconsole.curation import facts
from leadconsole.curation.facts import Levels
from leadconsole.dispatch import rules
from leadconsole.dispatch.rules import Candidate, Suggestion, Ties
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import local_date, parse_date
from leadconsole.roster.queries import has_roster, on_shift_now
from leadconsole.team import facts as team
from leadconsole.team.queries import workers
from leadconsole.tickets.queries import loads


@query(Capability.READ_QUEUE)
def suggested(desk: Desk, line: int, holder: str | None = None, client: str | None = None) -> tuple[Suggestion, ...]:
    """Who could take a ticket of this line and client now, best first; not who holds it already, nor who is away."""
    reader = desk.reader
    today = local_date(desk.now(), team.settings(reader).timezone).isoformat()
    away = {one.login for one in facts.absences(reader, today, today)}
    on_shift = {one.login for one in on_shift_now(desk)} if has_roster(desk, parse_date(today)) else None
    load = loads(desk)
    candidates = (
        Candidate(one.login, one.lines, load.get(one.login, 0), on_shift is None or one.login in on_shift)
        for one in workers(desk)
        if one.login != holder and one.login not in away
    )
    return rules.suggested(line, candidates, rules.NO_TIES if client is None else _ties(desk, client, today))


def _ties(desk: Desk, client: str, today: str) -> Ties:
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
    return Ties(levels, stands_in, (team.settings(reader).lead or None) if toxic else None)
