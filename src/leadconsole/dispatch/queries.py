"""Reads of dispatch: who should take this ticket now."""

from __future__ import annotations

from leadconsole.dispatch import rules
from leadconsole.dispatch.rules import Candidate, Suggestion
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.team.queries import workers
from leadconsole.tickets.queries import loads


@query(Capability.READ_QUEUE)
def suggested(desk: Desk, line: int, holder: str | None = None) -> tuple[Suggestion, ...]:
    """Who could take a ticket of this line today, best first; not who holds it already."""
    load = loads(desk)
    candidates = (Candidate(one.login, one.lines, load.get(one.login, 0)) for one in workers(desk))
    return rules.suggested(line, (one for one in candidates if one.login != holder))
