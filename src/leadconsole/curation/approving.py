"""A plan for an absence becomes real: the absence, the dated substitutions with their rights, the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadconsole.curation.commands import today, write
from leadconsole.curation.facts import Absence
from leadconsole.curation.rules import day_before
from leadconsole.curation.whatif import Piece, WhatIf, what_if
from leadconsole.kernel import entering
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso
from leadconsole.kernel.rows import drop, model_of
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import entries as team_entries
from leadconsole.team import facts as team


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval wrote down, and the clients that still have days without cover."""

    absences: int
    substitutions: int
    uncovered: tuple[str, ...]


@command(Capability.PLAN_COVER)
def approve(
    desk: Desk, asked: Sequence[Absence], kind: str = "vacation", note: str = "", shown: WhatIf | None = None
) -> Approved:
    """Write down these absences and the substitutions of their best plan, in one step.

    An absence that stands on record as it was asked for stays; a substitution for the same absence is replaced. A plan
    that isn't the one that was `shown` any more is refused.
    """
    plan = what_if(desk, asked)
    if shown is not None and _substitutes(shown) != _substitutes(plan):
        raise Refused(
            _("The desk has changed meanwhile, and another plan is the best now: look at it, then approve it."),
            code="other_plan",
        )
    with desk.write() as transaction:
        absences = sum(_absent(transaction, one, kind, note) for one in asked)
        substitutions = 0
        for client in plan.clients:
            for piece in client.substitutes:
                _make_room(transaction, client.code, piece.absent, piece.first, piece.last)
                cells = {
                    "client": client.code,
                    "absent": piece.absent,
                    "from": piece.first,
                    "to": piece.last,
                    "substitute": piece.login,
                    "acknowledged": None,
                }
                write(transaction, "substitutions", cells)
                substitutions += 1
        return Approved(absences, substitutions, tuple(one.code for one in plan.clients if one.uncovered_days))


@command(Capability.TRIAGE)
def acknowledge(desk: Desk, client: str, absent: str, first: str) -> None:
    """Say that the handover sheet of a substitution was read; only who stands in can say so."""
    with desk.write() as transaction:
        row = transaction.sql.execute(
            "SELECT substitute FROM substitution WHERE client = ? AND absent = ? AND first = ?", (client, absent, first)
        ).fetchone()
        if row is None:
            raise NotFound(_("There is no such substitution any more."))
        if row[0] != desk.actor.login:
            raise Refused(
                _("Only {login}, who stands in, can acknowledge this sheet.").format(login=row[0]), code="not_yours"
            )
        at = iso(transaction.at, team.settings(transaction.sql).timezone)
        write(transaction, "substitutions", {"client": client, "absent": absent, "from": first, "acknowledged": at})


@command(Capability.TRIAGE)
def set_sheet(desk: Desk, client: str, access: str, quirks: str) -> None:
    """Write down what whoever takes a client over must know: where systems and access are, history and quirks."""
    with desk.write() as transaction:
        write(transaction, "client_sheets", {"client": client, "access": access, "quirks": quirks})


@command(Capability.PLAN_COVER)
def end_substitution(desk: Desk, client: str, absent: str, first: str) -> None:
    """End a substitution before its last day: yesterday was its last, or it never was if it hasn't begun before."""
    with desk.write() as transaction:
        row = transaction.sql.execute(
            "SELECT last FROM substitution WHERE client = ? AND absent = ? AND first = ?", (client, absent, first)
        ).fetchone()
        if row is None:
            raise NotFound(_("There is no such substitution any more."))
        _shorten(transaction, client, absent, first, today(transaction))


def _substitutes(plan: WhatIf) -> list[tuple[str, tuple[Piece, ...]]]:
    return [(one.code, one.substitutes) for one in plan.clients]


def _absent(transaction: Transaction, one: Absence, kind: str, note: str) -> bool:
    known = transaction.sql.execute(
        "SELECT 1 FROM absence WHERE login = ? AND first <= ? AND last >= ?", (one.login, one.first, one.last)
    ).fetchone()
    if known is not None:
        return False
    shape = team_entries.BY_NAME["absences"]
    cells = {"login": one.login, "from": one.first, "to": one.last, "kind": one.kind or kind, "note": note}
    entering.enter(transaction, shape, team_entries.file_words(shape.name), cells, None, team_entries.READING)
    return True


def _make_room(transaction: Transaction, client: str, absent: str, first: str, last: str) -> None:
    """Take away or shorten what was planned for the same absence before."""
    rows = transaction.sql.execute(
        "SELECT first FROM substitution WHERE client = ? AND absent = ? AND first <= ? AND last >= ?",
        (client, absent, last, first),
    ).fetchall()
    for (begun,) in rows:
        _shorten(transaction, client, absent, begun, first)


def _shorten(transaction: Transaction, client: str, absent: str, begun: str, day: str) -> None:
    """Let a substitution end the day before another; one that began on it or later goes."""
    if begun >= day:
        drop(transaction, model_of("substitution"), (client, absent, begun))
    else:
        write(transaction, "substitutions", {"client": client, "absent": absent, "from": begun, "to": day_before(day)})
