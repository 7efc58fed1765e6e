"""Writes of the queue: one user command is one function, one transaction, its events and its caches.

A screen passes the `Basis` it showed; if the value was changed meanwhile by somebody else, the command is refused
with both values and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from leadconsole.kernel.access import Capability, command, role_word
from leadconsole.kernel.clock import moment
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.history import UNDO, Event, record, story
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date
from leadconsole.kernel.shape import Reading
from leadconsole.kernel.text import clean_text, subject_key
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.team.rules import employed
from leadconsole.tickets import caches, rules, words
from leadconsole.tickets.rules import Happening, Status
from leadconsole.tickets.shapes import TICKETS

TICKET = "ticket"
CREATED = "created"


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
_SETS = {
    Happening.STATUS: "status", Happening.ACCEPT: "status", Happening.REOPEN: "status", Happening.ASSIGN: "assignee",
    Happening.LINE: "line", Happening.PRIORITY: "priority",
}  # fmt: skip


@command(Capability.TRIAGE)
def add(desk: Desk, cells: Mapping[str, str | None]) -> int:
    """Write down a new request from cells as in tickets.csv (client and subject at least); return its number."""
    with desk.write() as transaction:
        sql = transaction.sql
        settings = facts.settings(sql)
        number = _next_number(transaction)
        # The number and the moment are the desk's to give.
        given = {**cells, "number": str(number), "created": moment(transaction.at).isoformat()}
        row = TICKETS.read(given, Reading(settings.timezone))
        client = sql.execute("SELECT code FROM client WHERE code = ?", (row["client"],)).fetchone()
        if client is None:
            raise NotFound(_("There is no client «{code}».").format(code=row["client"]), field="client")
        if row["start_assignee"]:
            _require_worker(transaction, row["start_assignee"])
        _insert(transaction, row)
        record(transaction, TICKET, str(number), CREATED, after=row)
        return number


@command(Capability.TRIAGE)
def reply(desk: Desk, number: int, text: str) -> None:
    """Record a reply that was given to the client (by mail, phone or chat elsewhere)."""
    _say(desk, number, Happening.REPLY, text)


@command(Capability.TRIAGE)
def note(desk: Desk, number: int, text: str) -> None:
    """Add a note for colleagues."""
    _say(desk, number, Happening.NOTE, text)


@command(Capability.TRIAGE)
def log_time(desk: Desk, number: int, minutes: int, text: str | None = None) -> None:
    """Log minutes that were worked on the ticket."""
    if not 1 <= minutes <= 10_000:
        raise Refused(_("Minutes worked are a whole number from 1 to 10000."), code="bad_number", field="minutes")
    with desk.write() as transaction:
        now = _now(transaction, number)
        _happen(transaction, now, Happening.TIME, str(minutes), text)


@command(Capability.TRIAGE)
def assign(desk: Desk, number: int, login: str | None, basis: Basis | None = None) -> None:
    """Give the ticket to a person, or to nobody with None."""
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "assignee", now.assignee, basis)
        if login == now.assignee:
            raise Refused(
                _("{login} has this ticket already.").format(login=login)
                if login
                else _("Nobody has this ticket already."),
                code="no_change",
                field="assignee",
            )
        if login is not None:
            _require_worker(transaction, login)
        _happen(transaction, now, Happening.ASSIGN, login)


@command(Capability.TRIAGE)
def move_line(desk: Desk, number: int, line: int, reason: str, basis: Basis | None = None) -> None:
    """Hand the ticket to another line of support; the reason is required and stays in the history."""
    if line not in rules.LINES:
        raise Refused(_("The lines of support are 1, 2 and 3."), code="bad_number", field="line")
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "line", now.line, basis)
        if line == now.line:
            raise Refused(_("The ticket is on line {line} already.").format(line=line), code="no_change", field="line")
        _happen(transaction, now, Happening.LINE, str(line), _required(reason, "reason"))


@command(Capability.TRIAGE)
def set_priority(desk: Desk, number: int, priority: str, basis: Basis | None = None) -> None:
    """Set how pressing the ticket is."""
    _require_one_of(priority, [one.value for one in rules.Priority], "priority")
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "priority", now.priority, basis)
        if priority == now.priority:
            raise Refused(
                _("The priority is {priority} already.").format(priority=words.priority(priority)),
                code="no_change",
                field="priority",
            )
        _happen(transaction, now, Happening.PRIORITY, priority)


@command(Capability.TRIAGE)
def set_status(desk: Desk, number: int, status: str, text: str | None = None, basis: Basis | None = None) -> None:
    """Move the ticket through its life; accepting and reopening have commands of their own with the same effect."""
    _require_one_of(status, [one.value for one in rules.Status], "status")
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "status", now.status, basis)
        if status == now.status:
            raise Refused(
                _("The ticket is {status} already.").format(status=words.status(status)),
                code="no_change",
                field="status",
            )
        _happen(transaction, now, Happening.STATUS, status, text)


@command(Capability.TRIAGE)
def accept(desk: Desk, number: int, text: str | None = None, basis: Basis | None = None) -> None:
    """Record that the client accepted the work; only this closes a ticket for money."""
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "status", now.status, basis)
        if now.status == Status.ACCEPTED:
            raise Refused(_("Ticket {number} is accepted already.").format(number=number), code="no_change")
        if now.status == Status.CLOSED_REJECTED:
            raise Refused(
                _("Ticket {number} was rejected; there is no work to accept. Reopen it first.").format(number=number),
                code="rejected_ticket",
            )
        _happen(transaction, now, Happening.ACCEPT, None, text)


@command(Capability.TRIAGE)
def reopen(desk: Desk, number: int, reason: str, basis: Basis | None = None) -> None:
    """Take a finished ticket back into work; its clock continues. The reason is required."""
    with desk.write() as transaction:
        now = _now(transaction, number)
        _refuse_stale(now, "status", now.status, basis)
        if now.status not in rules.FINISHED:
            raise Refused(
                _("Ticket {number} isn't finished ({status}), there is nothing to reopen.").format(
                    number=number, status=words.status(now.status)
                ),
                code="not_finished",
            )
        _happen(transaction, now, Happening.REOPEN, None, _required(reason, "reason"))


def _say(desk: Desk, number: int, kind: Happening, text: str) -> None:
    with desk.write() as transaction:
        _happen(transaction, _now(transaction, number), kind, None, _required(text, "text"))


def _required(text: str, field: str) -> str:
    if not text.strip():
        raise Refused(_("Please write a few words first."), code="missing", field=field)
    return text


def _require_one_of(value: str, names: list[str], field: str) -> None:
    if value not in names:
        raise Refused(
            _("«{text}» is none of {names}.").format(text=value[:40], names=", ".join(names)),
            code="bad_choice",
            field=field,
        )


def _require_worker(transaction: Transaction, login: str) -> None:
    """Tickets are given to people who work here today and work on tickets."""
    row = transaction.sql.execute("SELECT name, role, started, ended FROM person WHERE login = ?", (login,)).fetchone()
    if row is None:
        raise NotFound(_("There is no person «{login}» at this desk.").format(login=login), field="assignee")
    name, role, started, ended = row
    if role in ("director", "accountant"):
        raise Refused(
            _("{name} is {role} and takes no tickets.").format(name=name, role=role_word(role)),
            code="no_worker",
            field="assignee",
        )
    today = local_date(transaction.at, facts.settings(transaction.sql).timezone).isoformat()
    if not employed(started, ended, today):
        raise Refused(
            _("{name} doesn't work here today (from {started} to {ended}).").format(
                name=name, started=started or "…", ended=ended or "…"
            ),
            code="not_employed",
            field="assignee",
        )


def _now(transaction: Transaction, number: int) -> Now:
    row = transaction.sql.execute(
        "SELECT number, version, status, assignee, line, priority FROM ticket WHERE number = ?", (number,)
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no ticket {number}.").format(number=number), field="number")
    return Now(*row)


def _refuse_stale(now: Now, field: str, present: Any, basis: Basis | None) -> None:
    if basis is None or basis.version == now.version or basis.value == present:
        return
    raise Stale(
        _("Somebody was faster: {field} of ticket {number} is «{present}» now, you saw «{seen}».").format(
            field=words.field(field),
            number=now.number,
            present=words.value(field, present),
            seen=words.value(field, basis.value),
        ),
        field=field,
        seen=words.value(field, basis.value),
        present=words.value(field, present),
    )


def _happen(transaction: Transaction, now: Now, kind: Happening, value: str | None, text: str | None = None) -> None:
    """Record one event with the value it replaces, and bring the ticket's caches in step."""
    field = _SETS.get(kind)
    record(
        transaction,
        TICKET,
        str(now.number),
        kind.value,
        value=value,
        text=clean_text(text).strip() or None if text else None,
        before={field: getattr(now, field)} if field else None,
    )
    _refresh(transaction, now.number)


def _refresh(transaction: Transaction, number: int) -> None:
    transaction.sql.execute("UPDATE ticket SET version = version + 1 WHERE number = ?", (number,))
    caches.rebuild(transaction.sql, [number])


def _next_number(transaction: Transaction) -> int:
    """The next free number; one that was given out is never given again, even if its ticket was undone."""
    sql = transaction.sql
    given = sql.execute("SELECT CAST(value AS INTEGER) FROM desk_fact WHERE name = 'last_ticket'").fetchone()
    highest = sql.execute("SELECT coalesce(max(number), 0) FROM ticket").fetchone()[0]
    number: int = max(highest, given[0] if given else 0) + 1
    sql.execute(
        "INSERT INTO desk_fact VALUES ('last_ticket', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (str(number),),
    )
    return number


_AT_BIRTH = {
    "urgency": rules.NEVER, "priority_order": 2, "status": "new", "line": 1, "priority": "normal", "handovers": 0,
    "returns": 0, "pingpongs": 0, "line_pushbacks": 0, "reopens": 0, "resolutions": 0, "spent_minutes": 0, "version": 1,
}  # fmt: skip
"""What a new row holds until `caches.rebuild` has read its history."""


def insert_statement() -> str:
    """The INSERT of a ticket from its entered and starting values; caches follow by `caches.rebuild`."""
    names = [*(column.field for column in TICKETS.columns), "subject_key", *_AT_BIRTH]
    return f"INSERT INTO ticket ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def insert_values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The parameters of `insert_statement` for a row as TICKETS reads it."""
    return (*(row[column.field] for column in TICKETS.columns), subject_key(row["subject"]), *_AT_BIRTH.values())


def _insert(transaction: Transaction, row: Mapping[str, Any]) -> None:
    transaction.sql.execute(insert_statement(), insert_values(row))
    caches.rebuild(transaction.sql, [row["number"]])
    caches.rebuild_search(transaction.sql, [row["number"]])


def _take_back(transaction: Transaction, event: Event, undoes: int) -> str:
    """The Restorer of tickets: an undo event, after which neither event counts anywhere."""
    number = int(event.key)
    original = event
    events = story(transaction, TICKET, event.key)
    while original.kind == UNDO:  # a redo takes an undo back; what acts again is the first event
        original = next(one for one in events if str(one.seq) == original.value)
    _refuse_dependence(events, event, original)
    creates = original.kind == CREATED
    record(transaction, TICKET, event.key, UNDO, value=str(event.seq), undoes=undoes)
    if creates:
        _withdraw_or_restore(transaction, number, original, event)
    else:
        _refresh(transaction, number)
    if event.kind == UNDO:
        return _("Ticket {number}: {what} is done again").format(number=number, what=words.happened(original.kind))
    return _("Ticket {number}: {what} was taken back").format(number=number, what=words.happened(original.kind))


def _refuse_dependence(events: list[Event], event: Event, original: Event) -> None:
    """Refuse when a later event that still counts stands on what is to be taken back."""
    gone = rules.undone([rules.Entry(one.at, one.seq, one.kind, one.value) for one in events])
    field = _SETS.get(Happening(original.kind)) if original.kind in set(Happening) else None
    for later in events:
        if later.seq <= event.seq or (later.at, later.seq) in gone:
            continue
        depends = original.kind == CREATED or (
            field is not None and later.kind in set(Happening) and _SETS.get(Happening(later.kind)) == field
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
        repeats = [other for (other,) in sql.execute("SELECT number FROM ticket WHERE repeat_of = ?", (number,))]
        sql.execute("DELETE FROM ticket WHERE number = ?", (number,))
        caches.rebuild(sql, repeats)
        caches.rebuild_search(sql, [number])
    else:
        _insert(transaction, original.after or {})


_CLOCK_SETTINGS = {"timezone", "country", "calendar", "repeat_days", "at_risk_minutes"}


def _follow(transaction: Transaction, touched: dict[str, set[str]]) -> None:
    """Changed norms, hours, clients or settings change due times: their tickets follow in the same transaction."""
    sql = transaction.sql
    clients = caches.of_clients(sql, touched.get("client", ()))
    caches.rebuild_search(sql, clients)  # it knows the names of clients
    if touched.keys() & {"calendar_hours", "calendar_day"} or touched.get("setting", set()) & _CLOCK_SETTINGS:
        caches.rebuild(sql)
        return
    policies = {key.rsplit(",", 2)[0] for key in touched.get("norm", ())}
    concerned = {*clients, *caches.of_policies(sql, policies)}
    if concerned:
        caches.rebuild(sql, sorted(concerned))


RESTORERS = {TICKET: _take_back}
CONSEQUENCES = (_follow,)
