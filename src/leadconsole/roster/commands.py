"""Writes of the roster, each with its history: shifts, many at once, what stands around them, publishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadconsole.kernel import entering, rows
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.errors import NotAllowed, Refused, Stale
from leadconsole.kernel.history import UNDO, Event, record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.kernel.rows import Change, Outcome, RowRule
from leadconsole.kernel.transaction import Transaction
from leadconsole.roster import facts, words
from leadconsole.roster.entries import BY_NAME, READING, file_words
from leadconsole.roster.rules.month import ANY, OFF, Cell
from leadconsole.roster.shapes import SHAPES, SHIFTS

SETTINGS_FILES = ("shift_types", "demand", "roster_rules", "person_rules")
NO_SHIFT = "—"


@command(Capability.CHANGE_ROSTER)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of a file of this slice from cells as people type them; `basis` as in kernel/entering."""
    with desk.write() as transaction:
        return entering.enter(transaction, BY_NAME[file], file_words(file), cells, basis, READING)


@command(Capability.CHANGE_ROSTER)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take away a row of a file of this slice."""
    with desk.write() as transaction:
        entering.remove(transaction, BY_NAME[file], file_words(file), key, basis, READING)


@command(Capability.WISH_SHIFTS)
def wish(desk: Desk, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Enter a wish: one's own, or anybody's for who changes the roster."""
    _refuse_foreign(desk, cells.get("login") or "")
    with desk.write() as transaction:
        return entering.enter(transaction, BY_NAME["wishes"], file_words("wishes"), cells, basis, READING)


@command(Capability.WISH_SHIFTS)
def unwish(desk: Desk, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take a wish away: one's own, or anybody's for who changes the roster."""
    _refuse_foreign(desk, str(key[0]))
    with desk.write() as transaction:
        entering.remove(transaction, BY_NAME["wishes"], file_words("wishes"), key, basis, READING)


def _refuse_foreign(desk: Desk, login: str) -> None:
    if login != desk.actor.login and not desk.actor.may(Capability.CHANGE_ROSTER):
        raise NotAllowed(_("Wishes of others are theirs; enter your own."), field="login")


@command(Capability.CHANGE_ROSTER)
def set_shifts(desk: Desk, cells: Mapping[Cell, str | None], basis: Mapping[Cell, str | None] | None = None) -> int:
    """Give cells their shifts (None: none) in one step; return how many changed.

    `basis` is what stood on the cells when somebody decided so: what others changed since is refused with both values.
    """
    with desk.write() as transaction:
        return _set(transaction, cells, basis)


def _set(transaction: Transaction, cells: Mapping[Cell, str | None], basis: Mapping[Cell, str | None] | None) -> int:
    sql = transaction.sql
    known = {code for (code,) in sql.execute("SELECT code FROM shift_type")}
    people = {login for (login,) in sql.execute("SELECT login FROM person")}
    changed = 0
    for (login, day), code in sorted(cells.items(), key=lambda one: (one[0][1], one[0][0])):
        found = sql.execute("SELECT shift FROM shift WHERE login = ? AND date = ?", (login, day)).fetchone()
        present = found[0] if found else None
        if present == code:
            continue
        if basis is not None and present != basis.get((login, day)):
            raise _stale((login, day), basis.get((login, day)), present)
        if login not in people or (code is not None and code not in known):
            SHIFTS.read({"login": login, "date": day, "shift": code}, READING)
            raise Refused(
                _("There is no person «{login}» or no shift «{code}».").format(login=login, code=code), code="unknown"
            )
        if code is None:
            rows.drop(transaction, rows.model_of("shift"), (login, day))
        else:
            rows.put(transaction, rows.model_of("shift"), {"login": login, "date": day, "shift": code})
        changed += 1
    return changed


def _stale(cell: Cell, seen: str | None, present: str | None) -> Stale:
    return Stale(
        _("Somebody was faster: {name} is «{present}» now, you saw «{seen}».").format(
            name=words.named("shifts", cell), present=present or NO_SHIFT, seen=seen or NO_SHIFT
        ),
        field="shift",
        seen=seen or "",
        present=present or "",
    )


@command(Capability.CHANGE_ROSTER)
def publish(desk: Desk, month: Month) -> int:
    """Tell everybody the month as it is now; return how many shifts it has. Publishing again tells the changes.

    Refused for a month without shifts, and for one that was published as it stands.
    """
    with desk.write() as transaction:
        plan = facts.plan(transaction.sql, month, margin=0)
        before = facts.publication(transaction.sql, month)
        if not plan:
            raise Refused(_("There is no shift in {month} to publish.").format(month=month), code="empty")
        if before is not None and before.plan == plan:
            raise Refused(_("{month} is published already as it stands.").format(month=month), code="published")
        told = facts.Publication(transaction.at, transaction.actor, plan)
        record(
            transaction,
            facts.ROSTER,
            str(month),
            facts.PUBLISH,
            before=None if before is None else before.as_values(),
            after=told.as_values(),
        )
        return len(plan)


def _take_back_publication(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer of a publication: what was published before it holds again."""
    last = transaction.sql.execute(
        "SELECT seq FROM event WHERE subject = ? AND key = ? ORDER BY at DESC, seq DESC LIMIT 1",
        (event.subject, event.key),
    ).fetchone()
    if last is None or last[0] != event.seq:
        raise Refused(_("{month} was published again since.").format(month=event.key), code="changed_since")
    record(
        transaction,
        event.subject,
        event.key,
        UNDO,
        value=str(event.seq),
        before=event.after,
        after=event.before,
        undoes=undoes,
    )
    if event.kind == UNDO:
        return _("{month}: published again").format(month=event.key)
    return _("{month}: the publication was taken back").format(month=event.key)


def _known_wish(transaction: Transaction, change: Change) -> None:
    """Refuse a wish for a shift that there isn't."""
    if change.after is None or change.after["shift"] in (OFF, ANY):
        return
    code = change.after["shift"]
    if transaction.sql.execute("SELECT 1 FROM shift_type WHERE code = ?", (code,)).fetchone() is None:
        raise Refused(
            _("«{text}» is no shift; a wish names one, or off, or any.").format(text=code),
            code="unknown",
            field="shift",
        )


def _known_limit(transaction: Transaction, change: Change) -> None:
    """Refuse an own limit of a kind of shift that there isn't."""
    code = change.after["shift"] if change.after else ""
    if code and transaction.sql.execute("SELECT 1 FROM shift_type WHERE code = ?", (code,)).fetchone() is None:
        raise Refused(_("There is no shift «{code}».").format(code=code), code="unknown", field="shift")


def _wished_for(transaction: Transaction, change: Change) -> None:
    """Refuse to remove a kind of shift that somebody wishes for or has a limit of."""
    used = "SELECT 1 FROM wish WHERE shift = :code UNION ALL SELECT 1 FROM person_rule WHERE shift = :code"
    if change.after is None and transaction.sql.execute(used, {"code": change.key[0]}).fetchone() is not None:
        raise Refused(
            _("{name} is in use; what stands on it must go first.").format(name=words.named("shift_types", change.key)),
            code="in_use",
        )


RESTORERS = {
    **{shape.table: entering.restorer(file_words(shape.name)) for shape in SHAPES},
    facts.ROSTER: _take_back_publication,
}
ROW_RULES: dict[str, tuple[RowRule, ...]] = {
    "wish": (_known_wish,),
    "person_rule": (_known_limit,),
    "shift_type": (_wished_for,),
}
CONSEQUENCES = ()
