"""How steps of tickets are taken back, and how tickets follow changes of clients, norms and hours."""

from __future__ import annotations

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import UNDO, Event, entry, record, story
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import caches, linking, rules, shelves, texts, words
from leadconsole.tickets.births import CREATED, born
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.steps import CHANGED, SETS, TICKET, prove_worth, refresh, set_facts, worth


def take_back(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer of tickets: an undo event, after which neither event counts anywhere."""
    number = int(event.key)
    original = event
    while original.kind == UNDO:  # a redo takes an undo back; what acts again is the first event
        original = entry(transaction, TICKET, event.key, original.value or "")
    # A long story is only read where something in it can stand on this event: a bulk takes thousands back.
    if original.kind == CREATED or original.kind in SETS:
        _refuse_dependence(story(transaction, TICKET, event.key), event, original)
    if original.kind == CHANGED:
        _refuse_other_facts(transaction, number, event)
        record(
            transaction, TICKET, event.key, UNDO, value=str(event.seq), undoes=undoes,
            before=event.after, after=event.before,
        )  # fmt: skip
        set_facts(transaction, number, event.before or {})
    else:
        record(transaction, TICKET, event.key, UNDO, value=str(event.seq), undoes=undoes)
        if original.text:
            texts.mark(transaction, number)
        if original.kind == CREATED:
            _withdraw_or_restore(transaction, number, original, event)
        elif original.kind in linking.TALES:  # they tell of another ticket; no clock hangs on them
            transaction.sql.execute("UPDATE ticket SET version = version + 1 WHERE number = ?", (number,))
        else:
            refresh(transaction, number, acts_at=original.at)
    if event.kind == UNDO:
        return _("Ticket {number}: {what} is done again").format(number=number, what=words.happened(original.kind))
    return _("Ticket {number}: {what} was taken back").format(number=number, what=words.happened(original.kind))


def _refuse_other_facts(transaction: Transaction, number: int, event: Event) -> None:
    """Refuse to take a correction back over somebody's later one."""
    left = event.after or {}
    row = transaction.sql.execute(f"SELECT {', '.join(left)} FROM ticket WHERE number = ?", (number,)).fetchone()
    if row is None or dict(zip(left, row, strict=True)) != left:
        raise Refused(
            _("Ticket {number} was corrected again since; that must be undone first.").format(number=number),
            code="changed_since",
        )


def _refuse_dependence(events: list[Event], event: Event, original: Event) -> None:
    """Refuse when a later event that still counts stands on what is to be taken back."""
    gone = rules.undone([rules.Entry(one.at, one.seq, one.kind, one.value) for one in events])
    field = SETS.get(Happening(original.kind)) if original.kind in set(Happening) else None
    for later in events:
        if later.seq <= event.seq or (later.at, later.seq) in gone:
            continue
        depends = original.kind == CREATED or (
            field is not None and later.kind in set(Happening) and SETS.get(Happening(later.kind)) == field
        )
        if depends:
            raise Refused(
                _("Ticket {number}: {actor} has since changed it ({kind}); that must be undone first.").format(
                    number=event.key, actor=later.actor, kind=words.happened(later.kind)
                ),
                code="changed_since",
            )


def _withdraw_or_restore(transaction: Transaction, number: int, original: Event, event: Event) -> None:
    """Undo of a creation takes the ticket out of the queue, its number stays used; a redo brings it back."""
    if event.kind == CREATED:
        sql = transaction.sql
        if sql.execute("SELECT 1 FROM ticket_link WHERE :one IN (ticket, other)", {"one": number}).fetchone():
            raise Refused(
                _("Ticket {number} is linked to another; that must be undone first.").format(number=number),
                code="changed_since",
            )
        repeats = [other for (other,) in sql.execute("SELECT number FROM ticket WHERE repeat_of = ?", (number,))]
        before = worth(transaction, number)
        sql.execute("DELETE FROM ticket WHERE number = ?", (number,))
        prove_worth(transaction, number, before, acts_at=event.at)
        caches.rebuild(sql, repeats)
        texts.rebuild(sql, [number])
    else:
        born(transaction, original.after or {})


_CLOCK_SETTINGS = {"timezone", "country", "calendar", "repeat_days", "at_risk_minutes"}


def follow(transaction: Transaction, touched: dict[str, set[str]]) -> None:
    """Changed norms, hours, clients or settings change due times: their tickets follow in the same transaction."""
    sql = transaction.sql
    if spoken := touched.get(texts.TEXT):
        texts.rebuild(sql, [int(number) for number in spoken])
    clients = caches.of_clients(sql, touched.get("client", ()))
    if touched.keys() & {"calendar_hours", "calendar_day"} or touched.get("setting", set()) & _CLOCK_SETTINGS:
        caches.rebuild(sql)
        return
    policies = {key.rsplit(",", 2)[0] for key in touched.get("norm", ())}
    concerned = {*clients, *caches.of_policies(sql, policies)}
    if concerned:
        caches.rebuild(sql, sorted(concerned))


def _take_view_back(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer of own views."""
    from leadconsole.kernel.rows import take_back as take_row_back
    from leadconsole.tickets import tables

    assert tables.SavedView.__tablename__ == event.subject
    return take_row_back(transaction, event, undoes, name_of=lambda key: _("View «{name}»").format(name=key[1]))


RESTORERS = {
    TICKET: take_back,
    linking.LINK: linking.take_back,
    "saved_view": _take_view_back,
    **shelves.RESTORERS,
}
CONSEQUENCES = (follow,)
