"""A ticket inside a transaction: how it stands, whether what somebody saw is stale, and how something happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Change, prove
from leadconsole.kernel.text import clean_text
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import caches, linking, texts, words
from leadconsole.tickets.births import TICKET
from leadconsole.tickets.rules import Happening


class Basis(NamedTuple):
    """What a person saw when deciding: the version of the ticket and the value that is to be replaced."""

    version: int
    value: Any


class Now(NamedTuple):
    """A ticket as it stands inside a transaction."""

    number: int
    version: int
    status: str
    assignee: str | None
    line: int
    priority: str


# The events that set the same thing: an undo of one depends on the later ones.
SETS = {
    Happening.STATUS: "status", Happening.ACCEPT: "status", Happening.REOPEN: "status", Happening.ASSIGN: "assignee",
    Happening.LINE: "line", Happening.PRIORITY: "priority",
}  # fmt: skip


def present(transaction: Transaction, number: int, *, merged: bool = False) -> Now:
    """The ticket as it stands now; NotFound if there is none, Refused if it was merged, unless `merged` may be."""
    row = transaction.sql.execute(
        "SELECT number, version, status, assignee, line, priority FROM ticket WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    if not merged and (kept := linking.merged_into(transaction.sql, number)) is not None:
        raise Refused(
            _("Ticket {number} was merged into {kept}: work goes on there. Reopening takes it out again.").format(
                number=number, kept=kept
            ),
            code="merged",
        )
    return Now(*row)


def refuse_stale(now: Now, field: str, stands: Any, basis: Basis | None) -> None:
    """Refuse with both values where somebody has changed meanwhile what was seen."""
    if basis is None or basis.version == now.version or basis.value == stands:
        return
    raise Stale(
        _("Somebody was faster: {field} of ticket {number} is «{present}» now, you saw «{seen}».").format(
            field=words.field(field),
            number=now.number,
            present=words.value(field, stands),
            seen=words.value(field, basis.value),
        ),
        field=field,
        seen=words.value(field, basis.value),
        present=words.value(field, stands),
    )


def happen(transaction: Transaction, now: Now, kind: Happening, value: str | None, text: str | None = None) -> None:
    """Record one event with the value it replaces, and bring the ticket's caches in step."""
    field = SETS.get(kind)
    said = clean_text(text).strip() or None if text else None
    record(
        transaction,
        TICKET,
        str(now.number),
        kind.value,
        value=value,
        text=said,
        before={field: getattr(now, field)} if field else None,
    )
    if said:
        texts.append(transaction, now.number, said)
    refresh(transaction, now.number, acts_at=transaction.at)


def refresh(transaction: Transaction, number: int, *, acts_at: Instant) -> None:
    """Bring the caches of a ticket in step with its history; whoever looks at it learns that it changed.

    `acts_at` is the moment of what was added to the history or taken out of it.
    """
    before = worth(transaction, number)
    transaction.sql.execute("UPDATE ticket SET version = version + 1 WHERE number = ?", (number,))
    caches.rebuild(transaction.sql, [number])
    prove_worth(transaction, number, before, acts_at=acts_at)


def worth(transaction: Transaction, number: int) -> dict[str, Any]:
    """What money hangs on: price, client and acceptance of a ticket; nothing of one that isn't there."""
    row = transaction.sql.execute(
        "SELECT price, client, accepted_at FROM ticket WHERE number = ?", (number,)
    ).fetchone()
    return {} if row is None else dict(zip(("price", "client", "accepted_at"), row, strict=True))


def prove_worth(
    transaction: Transaction, number: int, before: Mapping[str, Any], *, acts_at: Instant | None = None
) -> None:
    """Let the slices refuse another price, client or acceptance, as of a work that is paid already."""
    after = worth(transaction, number)
    if after != before:
        told = after if acts_at is None else {**after, "acts_at": acts_at}
        prove(transaction, Change(TICKET, (number,), before, told))
