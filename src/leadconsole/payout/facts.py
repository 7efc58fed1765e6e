"""What a month is counted from, read from a connection: the scheme, the lines of every section, what was left out.

Building bricks of queries and commands, which check who asks; a command reads through its own transaction.
"""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.money import parse_minor
from leadconsole.kernel.period import Month
from leadconsole.payout import rules
from leadconsole.payout.rules import Employee, Fee, Left, Line, Reason, Salary, Scheme, Section, Work
from leadconsole.team.rules import SETTINGS

SUBJECT = "payout"
"""What the close and the reopening of a month are events of; the key is the month."""
# Literal conditions, letter by letter those of the partial indexes in tickets/tables.py.
ACCEPTED = "accepted_at IS NOT NULL AND price IS NOT NULL"
LEFT_OUT = "status IN ('resolved', 'accepted') AND (kind IN ('task', 'project') OR price IS NOT NULL)"


_WORK = "number, client, subject, price, accepted_at"


class Plan(NamedTuple):
    """The decision after an abnormal month: what will be changed, by when."""

    month: str
    change: str
    until: str


class Closing(NamedTuple):
    """Who closed a month when, and its place in the chain."""

    at: Instant
    actor: str
    previous: str
    hash: str


class Reopening(NamedTuple):
    """A month that was reopened: who, when, why."""

    at: Instant
    actor: str
    reason: str


def setting(stored: dict[str, str], key: str) -> str:
    """A setting, or its default where none is stored."""
    return stored.get(key) or SETTINGS[key][1]


def scheme(connection: sqlite3.Connection) -> Scheme:
    """The settings that open months are counted by."""
    return scheme_of(dict(connection.execute("SELECT key, value FROM setting")))


def scheme_of(stored: dict[str, str]) -> Scheme:
    """The scheme that stored settings make."""
    salary = setting(stored, "probation_salary")
    return Scheme(
        share_rate=parse_minor(setting(stored, "share_rate")),
        guaranteed_minimum=parse_minor(setting(stored, "guaranteed_minimum")),
        probation_salary=parse_minor(salary) if salary else None,
        probation_until=setting(stored, "probation_until") or None,
        proration=setting(stored, "proration"),
        currency=setting(stored, "currency"),
        lead=setting(stored, "lead"),
    )


def lines(connection: sqlite3.Connection, month: Month, scheme: Scheme, begin: Instant, end: Instant) -> list[Line]:
    """Every line of an open month, set-asides as they were asked for included."""
    return [*rules.work_lines(works(connection, month, begin, end)), *_other_lines(connection, month, scheme)]


def sums(connection: sqlite3.Connection, month: Month, scheme: Scheme, begin: Instant, end: Instant) -> list[Line]:
    """The same lines with all works in one, for whoever asks for the figures alone."""
    (worth,) = connection.execute(
        f"SELECT coalesce(sum(price), 0) FROM ticket INDEXED BY ticket_accepted WHERE {_accepted_in(connection)}",
        {"begin": begin, "end": end, "month": str(month)},
    ).fetchone()
    return [rules.entered(Section.ONE_OFF, "", "", worth, ""), *_other_lines(connection, month, scheme)]


def _other_lines(connection: sqlite3.Connection, month: Month, scheme: Scheme) -> list[Line]:
    return [
        *rules.fee_lines(month, fees(connection, month), scheme.proration),
        *rules.salary_lines(month, employees(connection), salaries(connection), scheme),
        *month_lines(connection, str(month)),
    ]


def fees(connection: sqlite3.Connection, month: Month) -> list[Fee]:
    """The subscriptions in force on a day of the month."""
    rows = connection.execute(
        "SELECT s.client, c.name, s.first, s.last, s.monthly_fee FROM subscription s JOIN client c ON c.code = s.client"
        " WHERE s.first <= ? AND (s.last IS NULL OR s.last >= ?)",
        (month.last.isoformat(), month.first.isoformat()),
    )
    return [Fee(*row) for row in rows]


def works(connection: sqlite3.Connection, month: Month, begin: Instant, end: Instant) -> list[Work]:
    """The priced tickets whose present acceptance lies in the month and that no closed month has paid."""
    # Numbers first, from the index alone: then the file is read in its own order, which takes half the time.
    rows = connection.execute(
        f"SELECT {_WORK} FROM ticket WHERE number IN (SELECT number FROM ticket INDEXED BY ticket_accepted"
        f" WHERE {_accepted_in(connection)})",
        {"begin": begin, "end": end, "month": str(month)},
    )
    named = _client_names(connection)
    return [Work(number, named[client], *rest) for number, client, *rest in rows]


def _accepted_in(connection: sqlite3.Connection) -> str:
    """The condition of the works of a month; a ticket that another month has paid pays no second time."""
    paid = " AND NOT EXISTS (SELECT 1 FROM closed_line l WHERE l.ticket = ticket.number AND l.month <> :month)"
    return f"{ACCEPTED} AND accepted_at >= :begin AND accepted_at < :end" + (paid if _any_closed(connection) else "")


def _client_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Names by code, looked up once: a month may have a hundred thousand works of a few hundred clients."""
    return dict(connection.execute("SELECT code, name FROM client"))


def _any_closed(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM closed_line WHERE ticket IS NOT NULL LIMIT 1").fetchone() is not None


def left_out(connection: sqlite3.Connection, begin: Instant, end: Instant) -> list[Left]:
    """Tasks, projects and priced tickets resolved in the month that bring it nothing, by number."""
    paid = " AND NOT EXISTS (SELECT 1 FROM closed_line l WHERE l.ticket = ticket.number)"
    rows = connection.execute(
        f"SELECT {_WORK} FROM ticket INDEXED BY ticket_left_out WHERE {LEFT_OUT}"
        " AND resolved_at >= :begin AND resolved_at < :end"
        " AND (accepted_at IS NULL OR accepted_at >= :end OR price IS NULL)"
        + (paid if _any_closed(connection) else ""),
        {"begin": begin, "end": end},
    ).fetchall()
    named = _client_names(connection)
    found = []
    for number, client, subject, price, accepted_at in sorted(rows):
        reason = rules.reason_left(accepted_at, price, end)
        if reason is not None:
            found.append(Left(number, named[client], subject, price, reason, accepted_at))
    return found


def work(connection: sqlite3.Connection, number: int) -> Left | None:
    """A ticket as a work that isn't accepted yet, whatever became of it."""
    row = connection.execute(f"SELECT {_WORK} FROM ticket WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    _number, client, subject, price, accepted_at = row
    return Left(number, _client_names(connection)[client], subject, price, Reason.NOT_ACCEPTED, accepted_at)


def employees(connection: sqlite3.Connection) -> list[Employee]:
    """Everybody who has a salary."""
    rows = connection.execute(
        "SELECT login, name, role, started, ended FROM person WHERE login IN (SELECT login FROM salary)"
    )
    return [Employee(*row) for row in rows]


def salaries(connection: sqlite3.Connection, login: str | None = None) -> list[Salary]:
    """The salary rows of everybody, or of one person."""
    condition = "" if login is None else " WHERE login = ?"
    rows = connection.execute(f"SELECT login, first, amount FROM salary{condition}", () if login is None else (login,))
    return [Salary(*row) for row in rows]


def month_lines(connection: sqlite3.Connection, month: str) -> list[Line]:
    """The lines of what was entered for the month itself: expenses, adjustments, set-asides."""
    found = []
    for description, amount, client, ticket in connection.execute(
        "SELECT description, amount, (SELECT name FROM client WHERE code = e.client), ticket FROM expense e"
        " WHERE month = ?",
        (month,),
    ):
        told = description if ticket is None else f"{description} (#{ticket})"
        found.append(rules.entered(Section.OUTSIDE, client or "", told, amount, "expenses", month, description))
    for description, amount, corrects in connection.execute(
        "SELECT description, amount, corrects FROM adjustment WHERE month = ?", (month,)
    ):
        told = f"{description} ({corrects})" if corrects else description
        found.append(rules.entered(Section.ADJUSTMENT, "", told, amount, "adjustments", month, description))
    for kind, login, amount, reason in connection.execute(
        "SELECT kind, login, amount, reason FROM allocation WHERE month = ?", (month,)
    ):
        section = Section.RESERVE if kind == "reserve" else Section.BONUS
        who = connection.execute("SELECT name FROM person WHERE login = ?", (login,)).fetchone()
        name = who[0] if who else login
        found.append(rules.entered(section, name, reason or "", amount, "allocations", month, kind, login))
    return found


def decision(connection: sqlite3.Connection, month: str) -> Plan | None:
    """The recorded decision after a month."""
    row = row_of(connection, "payout_decision", month)
    return None if row is None else Plan(*row)


def reopenings(connection: sqlite3.Connection, month: str) -> tuple[Reopening, ...]:
    """Who reopened a month when and why, oldest first."""
    rows = connection.execute(
        "SELECT at, actor, text FROM event WHERE subject = 'payout' AND key = ? AND kind = 'reopened' ORDER BY at, seq",
        (month,),
    )
    return tuple(Reopening(at, actor, text or "") for at, actor, text in rows)


_PASSED_AS = {"tickets": ("ticket", "price"), "subscriptions": ("subscription", "monthly_fee")}
"""What can be passed on to accounting: the table of a file, and the column of its amount."""


def passed(connection: sqlite3.Connection, month: str) -> dict[str, dict[str, Instant]]:
    """When what was passed on of a month, by file and key."""
    found: dict[str, dict[str, Instant]] = {}
    for file in _PASSED_AS:
        rows = connection.execute("SELECT key, at FROM passed_on WHERE month = ? AND file = ?", (month, file))
        found[file] = dict(rows.fetchall())
    return found


def changed_since(connection: sqlite3.Connection, month: str) -> dict[str, set[str]]:
    """What was passed on of a month and has another amount since, by file."""
    found = {}
    for file, (subject, amount) in _PASSED_AS.items():
        # CROSS: a month's few rows first, then the story of each; SQLite alone would read all of history (2 s).
        rows = connection.execute(
            "SELECT DISTINCT p.key FROM passed_on p CROSS JOIN event e ON e.subject = ? AND e.key = p.key"
            " WHERE p.month = ? AND p.file = ? AND e.recorded > p.at AND e.kind NOT IN ('added', 'created')"
            f" AND e.before ->> '$.{amount}' IS NOT e.after ->> '$.{amount}'",
            (subject, month, file),
        )
        found[file] = {key for (key,) in rows}
    return found


def long_resolved(connection: sqlite3.Connection, begin: Instant) -> int:
    """How many works were resolved before a moment, and are still not accepted."""
    (n,) = connection.execute(
        # Few wait to be accepted; the index of what months leave out has all of history.
        f"SELECT count(*) FROM ticket INDEXED BY ticket_resolved WHERE status = 'resolved' AND {LEFT_OUT}"
        " AND resolved_at < ?",
        (begin,),
    ).fetchone()
    return int(n)


class Turn(NamedTuple):
    """What history tells last of a month: that it was closed or reopened, with which hash, when, by whom."""

    kind: str
    hash: str
    at: Instant
    actor: str


def last_turns(connection: sqlite3.Connection) -> dict[str, Turn]:
    """The last close or reopening of every month that had one."""
    rows = connection.execute(
        "SELECT key, kind, value, at, actor FROM event WHERE subject = ? AND kind IN ('closed', 'reopened')"
        " ORDER BY key, seq",
        (SUBJECT,),
    )
    return {month: Turn(*turn) for month, *turn in rows}


def closed_months(connection: sqlite3.Connection) -> list[str]:
    """The closed months in order."""
    return [month for (month,) in connection.execute("SELECT month FROM closed_month ORDER BY month")]


def set_aside_before(connection: sqlite3.Connection, month: str) -> int:
    """The reserve as it stands at the beginning of a month: what the months before it have set aside and drawn."""
    row = connection.execute(
        "SELECT coalesce(sum(amount), 0) FROM closed_line WHERE section = 'reserve' AND month < ?", (month,)
    ).fetchone()
    return int(row[0])


def row_of(connection: sqlite3.Connection, table: str, month: str) -> tuple[Any, ...] | None:
    """The row of a month in a table that has one a month."""
    found: tuple[Any, ...] | None = connection.execute(f"SELECT * FROM {table} WHERE month = ?", (month,)).fetchone()
    return found
