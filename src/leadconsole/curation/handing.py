"""Handover of leading between two people: it begins, its steps are done, and on its day the lead moves by itself.

The day is written into the matrix when the handover begins: from it on the taker leads and the giver curates. Nothing
has to run on that day.
"""

from __future__ import annotations

from typing import Any

from leadconsole.curation import rules, words
from leadconsole.curation.commands import cell, put_level, require_lead, today, write
from leadconsole.kernel.access import Capability, Role, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import drop, model_of
from leadconsole.kernel.transaction import Transaction

_FIELDS = ("client", "begun", "giver", "taker", "effective", *rules.STEPS, "cancelled")


@command(Capability.PLAN_COVER)
def begin_handover(desk: Desk, client: str, taker: str, effective: str, begun: str = "") -> None:
    """Begin to hand a client over from whoever leads it to somebody else, who leads it from the effective day on."""
    with desk.write() as transaction:
        day = begun or today(transaction)
        giver = require_lead(transaction, client, day)
        running = transaction.sql.execute(
            "SELECT taker FROM lead_handover WHERE client = ? AND cancelled IS NULL AND done IS NULL", (client,)
        ).fetchone()
        if running is not None:
            raise Refused(
                _("{client} is being handed over to {taker} already.").format(client=client, taker=running[0]),
                code="handover_runs",
                field="client",
            )
        cells = {"client": client, "begun": day, "giver": giver, "taker": taker, "effective": effective}
        write(transaction, "lead_handovers", cells)
        if rules.row_on(cell(transaction, client, taker), day) is None and effective > day:
            put_level(transaction, client, taker, "learning", day)
        _take_effect(transaction, client, giver, taker, effective)


@command(Capability.TRIAGE)
def step_handover(desk: Desk, client: str, begun: str, step: str, done: bool = True) -> None:
    """Tick a step off, or open it again; the last one when all others are done. By giver, taker or the team lead."""
    with desk.write() as transaction:
        row = _row(transaction, client, begun)
        if desk.actor.role != Role.LEAD and desk.actor.login not in (row["giver"], row["taker"]):
            raise Refused(_("Only who gives, who takes or the team lead can do this."), code="not_yours")
        if step not in rules.STEPS:
            raise Refused(_("There is no such step."), code="unknown_step", field="step")
        missing = [name for name in rules.STEPS[:-1] if row[name] is None]
        if step == "done" and done and missing:
            raise Refused(
                _("Still to do: {steps}.").format(steps=", ".join(words.step(name) for name in missing)),
                code="steps_missing",
                field="step",
            )
        if step != "done" and not done and row["done"]:
            raise Refused(_("The handover is done; open it again first."), code="handover_done", field="step")
        write(
            transaction,
            "lead_handovers",
            {"client": client, "begun": begun, step: (row[step] or today(transaction)) if done else None},
        )


@command(Capability.PLAN_COVER)
def move_handover(desk: Desk, client: str, begun: str, effective: str) -> None:
    """Let a handover take effect on another day; one that has taken effect stays."""
    with desk.write() as transaction:
        row = _row(transaction, client, begun)
        _refuse_past(transaction, row)
        _undo_effect(transaction, row)
        write(transaction, "lead_handovers", {"client": client, "begun": begun, "effective": effective})
        _take_effect(transaction, client, row["giver"], row["taker"], effective)


@command(Capability.PLAN_COVER)
def cancel_handover(desk: Desk, client: str, begun: str) -> None:
    """Call a handover off: whoever leads the client goes on; one that has taken effect stays."""
    with desk.write() as transaction:
        row = _row(transaction, client, begun)
        _refuse_past(transaction, row)
        _undo_effect(transaction, row)
        write(transaction, "lead_handovers", {"client": client, "begun": begun, "cancelled": today(transaction)})


def _row(transaction: Transaction, client: str, begun: str) -> dict[str, Any]:
    row = transaction.sql.execute(
        f"SELECT {', '.join(_FIELDS)} FROM lead_handover WHERE client = ? AND begun = ?", (client, begun)
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no such handover any more."))
    found = dict(zip(_FIELDS, row, strict=True))
    if found["cancelled"]:
        raise Refused(_("This handover was called off."), code="handover_off")
    return found


def _refuse_past(transaction: Transaction, row: dict[str, Any]) -> None:
    if row["effective"] <= today(transaction):
        raise Refused(
            _("It took effect on {day}: {taker} leads the client. Hand it over again instead.").format(
                day=words.day(row["effective"]), taker=row["taker"]
            ),
            code="handover_past",
            field="effective",
        )


def _take_effect(transaction: Transaction, client: str, giver: str, taker: str, day: str) -> None:
    put_level(transaction, client, giver, "curator", day)
    put_level(transaction, client, taker, "lead", day)


def _undo_effect(transaction: Transaction, row: dict[str, Any]) -> None:
    """Take the levels away that the handover wrote for its day, the taker's first: nobody leads twice."""
    for login, level in ((row["taker"], "lead"), (row["giver"], "curator")):
        for held in cell(transaction, row["client"], login):
            if held.since == row["effective"] and held.level == level:
                drop(transaction, model_of("curation"), (row["client"], login, held.since))
