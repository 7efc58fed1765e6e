"""Reads of dispatch: who should take this ticket now."""

from __future__ import annotations

from leadconsole.dispatch import rules
from leadconsole.dispatch.rules import Candidate, Suggestion
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.team.queries import workers
from leadconsole.tickets import views


@query(Capability.READ_QUEUE)
def suggested(desk: Desk, line: int) -> tuple[Suggestion, ...]:
    """Who could take a ticket of this line today, best first."""
    load = dict(
        desk.reader.execute(
            f"SELECT assignee, count(*) FROM ticket INDEXED BY ticket_held WHERE {views.OPEN} GROUP BY assignee"
        )
    )
    return rules.suggested(line, (Candidate(one.login, one.lines, load.get(one.login, 0)) for one in workers(desk)))
