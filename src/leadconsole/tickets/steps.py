"""One change of one ticket inside a transaction: what commands do to one ticket, and bulk to many.

Each step checks its rules, records its event with the value it replaces, and brings the ticket's caches in step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from leadconsole.kernel.access import role_word
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import Column, Reading, no_such
from leadconsole.kernel.text import clean_text, subject_key
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.team.rules import employed
from leadconsole.tickets import caches, linking, rules, texts, words
from leadconsole.tickets.births import TICKET as TICKET
from leadconsole.tickets.happenings import SETS as SETS
from leadconsole.tickets.happenings import Basis as Basis
from leadconsole.tickets.happenings import Now as Now
from leadconsole.tickets.happenings import happen as happen
from leadconsole.tickets.happenings import present as present
from leadconsole.tickets.happenings import prove_worth as prove_worth
from leadconsole.tickets.happenings import refresh as refresh
from leadconsole.tickets.happenings import refuse_stale as refuse_stale
from leadconsole.tickets.happenings import worth as worth
from leadconsole.tickets.rules import Happening, Status
from leadconsole.tickets.shapes import TICKETS
from leadconsole.tickets.terms import SKIPPED

CHANGED = "changed"


def say(transaction: Transaction, number: int, kind: Happening, text: str) -> None:
    """A reply or a note."""
    happen(transaction, present(transaction, number), kind, None, required(text, "text"))


def log_time(transaction: Transaction, number: int, minutes: int, text: str | None) -> None:
    """Minutes that were worked."""
    if not 1 <= minutes <= 10_000:
        raise Refused(_("Minutes worked are a whole number from 1 to 10000."), code="bad_number", field="minutes")
    happen(transaction, present(transaction, number), Happening.TIME, str(minutes), text)


def assign(transaction: Transaction, number: int, login: str | None, basis: Basis | None) -> None:
    """Another holder, or nobody."""
    now = present(transaction, number)
    refuse_stale(now, "assignee", now.assignee, basis)
    if login == now.assignee:
        raise Refused(
            _("{login} has this ticket already.").format(login=login)
            if login
            else _("Nobody has this ticket already."),
            code="no_change",
            field="assignee",
        )
    if login is not None:
        require_worker(transaction, login)
    happen(transaction, now, Happening.ASSIGN, login)


def move_line(transaction: Transaction, number: int, line: int, reason: str, basis: Basis | None) -> None:
    """Another line of support, with the reason."""
    if line not in rules.LINES:
        raise Refused(_("The lines of support are 1, 2 and 3."), code="bad_number", field="line")
    now = present(transaction, number)
    refuse_stale(now, "line", now.line, basis)
    if line == now.line:
        raise Refused(_("The ticket is on line {line} already.").format(line=line), code="no_change", field="line")
    happen(transaction, now, Happening.LINE, str(line), required(reason, "reason"))


def set_priority(transaction: Transaction, number: int, priority: str, basis: Basis | None) -> None:
    """Another priority."""
    _require_one_of(priority, [one.value for one in rules.Priority], "priority")
    now = present(transaction, number)
    refuse_stale(now, "priority", now.priority, basis)
    if priority == now.priority:
        raise Refused(
            _("The priority is {priority} already.").format(priority=words.priority(priority)),
            code="no_change",
            field="priority",
        )
    happen(transaction, now, Happening.PRIORITY, priority)


def set_status(transaction: Transaction, number: int, status: str, text: str | None, basis: Basis | None) -> None:
    """Another status."""
    _require_one_of(status, [one.value for one in rules.Status], "status")
    now = present(transaction, number)
    refuse_stale(now, "status", now.status, basis)
    if status == now.status:
        raise Refused(
            _("The ticket is {status} already.").format(status=words.status(status)),
            code="no_change",
            field="status",
        )
    happen(transaction, now, Happening.STATUS, status, text)


def accept(transaction: Transaction, number: int, text: str | None, basis: Basis | None) -> None:
    """Acceptance by the client."""
    now = present(transaction, number)
    refuse_stale(now, "status", now.status, basis)
    if now.status == Status.ACCEPTED:
        raise Refused(_("Ticket {number} is accepted already.").format(number=number), code="no_change")
    if now.status == Status.CLOSED_REJECTED:
        raise Refused(
            _("Ticket {number} was rejected; there is no work to accept. Reopen it first.").format(number=number),
            code="rejected_ticket",
        )
    happen(transaction, now, Happening.ACCEPT, None, text)


def reopen(transaction: Transaction, number: int, reason: str, basis: Basis | None) -> None:
    """Back into work, with the reason; one that was merged comes out of the other again."""
    now = present(transaction, number, merged=True)
    refuse_stale(now, "status", now.status, basis)
    if now.status not in rules.FINISHED:
        raise Refused(
            _("Ticket {number} isn't finished ({status}), there is nothing to reopen.").format(
                number=number, status=words.status(now.status)
            ),
            code="not_finished",
        )
    told = required(reason, "reason")
    linking.release(transaction, number)
    happen(transaction, now, Happening.REOPEN, None, told)


def wait(transaction: Transaction, number: int, status: str, until: str, reason: str | None) -> None:
    """Waiting for the client or others, until a day if one is given."""
    if present(transaction, number).status != status or not until.strip():
        set_status(transaction, number, status, reason, None)
    if until.strip():
        correct(transaction, number, {"wait_until": until}, None)


def skip(transaction: Transaction, number: int, reason: str) -> None:
    """Passed over by whom it was served to, with the reason; no clock hangs on that, the history keeps it.

    Whoever has only just taken it from nobody gives it back.
    """
    now = present(transaction, number)
    told = clean_text(required(reason, "reason")).strip()
    if now.status in rules.FINISHED:
        raise Refused(_("Ticket {number} is finished; there is nothing to pass over.").format(number=number))
    given = transaction.sql.execute(
        "SELECT actor, json_extract(before, '$.assignee') FROM event WHERE subject = ? AND key = ? AND kind = 'assign'"
        " ORDER BY at DESC, seq DESC LIMIT 1",
        (TICKET, str(number)),
    ).fetchone()
    if now.assignee == transaction.actor and given == (transaction.actor, None):
        happen(transaction, now, Happening.ASSIGN, None)
    record(transaction, TICKET, str(number), SKIPPED, text=told)
    texts.append(transaction, number, told)
    transaction.sql.execute("UPDATE ticket SET version = version + 1 WHERE number = ?", (number,))


def reject(transaction: Transaction, number: int, code: str, basis: Basis | None) -> None:
    """Closed without work; `code` says why. Spam and duplicates lose their price, other work keeps it on record."""
    set_status(transaction, number, Status.CLOSED_REJECTED, None, basis)
    outcome(transaction, number, code)
    (price,) = transaction.sql.execute("SELECT price FROM ticket WHERE number = ?", (number,)).fetchone()
    if price and (code == "spam" or code.startswith("duplicate")):
        correct(transaction, number, {"price": ""}, None)


def outcome(transaction: Transaction, number: int, code: str) -> None:
    """Keep why it was closed, where that isn't so already."""
    row = transaction.sql.execute("SELECT resolution_code FROM ticket WHERE number = ?", (number,)).fetchone()
    if row != (code,):
        correct(transaction, number, {"resolution_code": code}, None)


EDITABLE = frozenset(
    {
        "client", "subject", "requester", "body", "kind", "channel", "estimate_hours", "price", "agreed", "promised",
        "wait_until", "resolution_code", "tags",
    }
)  # fmt: skip
"""Columns of tickets.csv that a correction may set; the others have steps of their own."""


def correct(
    transaction: Transaction, number: int, cells: Mapping[str, str | None], seen: Mapping[str, str | None] | None
) -> None:
    """Other facts of the ticket, from cells as in tickets.csv; only those that differ are recorded.

    `seen` are the same cells as the person saw them.
    """
    now = present(transaction, number)
    reading = Reading(facts.settings(transaction.sql).timezone)
    given = TICKETS.read_given(cells, reading)
    columns = {column.field: column for column in TICKETS.columns}
    if strange := sorted(columns[field].name for field in given if columns[field].name not in EDITABLE):
        raise Refused(
            _("«{field}» isn't corrected but set by its own command.").format(field=strange[0]), field=strange[0]
        )
    row = transaction.sql.execute(f"SELECT {', '.join(given)} FROM ticket WHERE number = ?", (number,)).fetchone()
    before = dict(zip(given, row, strict=True))
    after = {field: value for field, value in given.items() if value != before[field]}
    if not after:
        raise Refused(_("Nothing was changed."), code="no_change")
    if seen is not None:
        _refuse_stale_facts(now, columns, before, TICKETS.read_given({**cells, **seen}, reading), after)
    _refuse_senseless(transaction, now, after)
    set_facts(transaction, number, after)
    record(
        transaction,
        TICKET,
        str(number),
        CHANGED,
        value=",".join(columns[field].name for field in after),
        before={field: before[field] for field in after},
        after=after,
    )


def refuse_past(transaction: Transaction, after: Mapping[str, Any]) -> None:
    """Refuse a promise, or a day to wait for, that has passed already."""
    for field, told in (
        ("promised", _("A promise lies ahead, not in the past.")),
        ("wait_until", _("One waits for a day that is still to come.")),
    ):
        if after.get(field) is not None and after[field] <= transaction.at:
            raise Refused(told, code="in_the_past", field=field)


def _refuse_senseless(transaction: Transaction, now: Now, after: Mapping[str, Any]) -> None:
    refuse_past(transaction, after)
    if after.get("price") and now.status == Status.CLOSED_REJECTED:
        raise Refused(
            _("Ticket {number} was rejected; rejected work has no price.").format(number=now.number),
            code="rejected_ticket",
            field="price",
        )
    if "client" in after:
        found = transaction.sql.execute("SELECT 1 FROM client WHERE code = ?", (after["client"],)).fetchone()
        if found is None:
            raise no_such(next(one for one in TICKETS.columns if one.name == "client"), after["client"])


def _refuse_stale_facts(
    now: Now,
    columns: Mapping[str, Column],
    stands: Mapping[str, Any],
    seen: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Refuse where somebody has changed meanwhile what is to be replaced."""
    for field in after:
        if stands[field] != seen[field]:
            told, was = (words.value(columns[field].name, values[field]) for values in (stands, seen))
            raise Stale(
                _("Somebody was faster: {field} of ticket {number} is «{present}» now, you saw «{seen}».").format(
                    field=words.field(columns[field].name), number=now.number, present=told, seen=was
                ),
                field=columns[field].name,
                seen=was,
                present=told,
            )


def set_facts(transaction: Transaction, number: int, values: Mapping[str, Any]) -> None:
    """Write facts of a ticket and bring in step what follows from them."""
    written = dict(values)
    if "subject" in written:
        written["subject_key"] = subject_key(written["subject"])
    assignments = ", ".join(f"{name} = ?" for name in written)
    before = worth(transaction, number)
    transaction.sql.execute(
        f"UPDATE ticket SET {assignments}, version = version + 1 WHERE number = ?", [*written.values(), number]
    )
    caches.rebuild(transaction.sql, [number])
    texts.rebuild(transaction.sql, [number])
    prove_worth(transaction, number, before)


def required(text: str, field: str) -> str:
    """The text, or a refusal of one that says nothing."""
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


def require_worker(transaction: Transaction, login: str) -> None:
    """Tickets are given to people who work here today and work on tickets."""
    require_working(transaction.sql, transaction.at, login)


def require_working(sql: sqlite3.Connection, now: Instant, login: str) -> None:
    """Refuse who doesn't work here, or on no tickets."""
    row = sql.execute("SELECT name, role, started, ended FROM person WHERE login = ?", (login,)).fetchone()
    if row is None:
        raise NotFound(_("There is no person «{login}» at this desk.").format(login=login), field="assignee")
    name, role, started, ended = row
    if role in ("director", "accountant"):
        raise Refused(
            _("{name} is {role} and takes no tickets.").format(name=name, role=role_word(role)),
            code="no_worker",
            field="assignee",
        )
    today = facts.today(sql, now).isoformat()
    if not employed(started, ended, today):
        raise Refused(
            _("{name} doesn't work here today (from {started} to {ended}).").format(
                name=name, started=started or "…", ended=ended or "…"
            ),
            code="not_employed",
            field="assignee",
        )
