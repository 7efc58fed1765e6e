"""Learning tasks: somebody is to learn a client by a day, and covers it once that is done."""

from __future__ import annotations

from collections.abc import Iterable

from leadconsole.curation import rules
from leadconsole.curation.commands import cell, put_level, today, write
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction


@command(Capability.PLAN_COVER)
def plan_learning(desk: Desk, pairs: Iterable[tuple[str, str, str]], due: str, since: str = "") -> int:
    """Make learning tasks of (client, login, because), such as those of a depth plan, in one step; returns how many.

    Who has no level of the client yet is learning it from now on; who has such a task under way keeps it.
    """
    with desk.write() as transaction:
        day = since or today(transaction)
        count = 0
        for client, login, because in pairs:
            running = transaction.sql.execute(
                "SELECT 1 FROM learning_task WHERE client = ? AND login = ? AND done IS NULL AND dropped IS NULL",
                (client, login),
            ).fetchone()
            if running is not None:
                continue
            cells = {"client": client, "login": login, "since": day, "due": due, "because": because}
            write(transaction, "learning_tasks", cells)
            if rules.row_on(cell(transaction, client, login), day) is None:
                put_level(transaction, client, login, "learning", day)
            count += 1
        return count


@command(Capability.PLAN_COVER)
def finish_learning(desk: Desk, client: str, login: str, since: str, becomes: str = "curator") -> None:
    """A learning task is done: the person covers the client from today on."""
    with desk.write() as transaction:
        day = _end(transaction, client, login, since, "done")
        held = rules.row_on(cell(transaction, client, login), day)
        if held is None or rules.LEVELS.index(held.level) < rules.LEVELS.index(becomes):
            put_level(transaction, client, login, becomes, day)


@command(Capability.PLAN_COVER)
def drop_learning(desk: Desk, client: str, login: str, since: str) -> None:
    """A learning task is given up: who was only learning the client has no level of it from today on."""
    with desk.write() as transaction:
        day = _end(transaction, client, login, since, "dropped")
        held = rules.row_on(cell(transaction, client, login), day)
        if held is not None and held.level == "learning":
            put_level(transaction, client, login, None, day)


def _end(transaction: Transaction, client: str, login: str, since: str, how: str) -> str:
    row = transaction.sql.execute(
        "SELECT done, dropped FROM learning_task WHERE client = ? AND login = ? AND since = ?", (client, login, since)
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no such learning task any more."))
    if row != (None, None):
        raise Refused(_("This learning task has ended already."), code="task_ended")
    day = today(transaction)
    write(transaction, "learning_tasks", {"client": client, "login": login, "since": since, how: day})
    return day
