"""What rows of curation must satisfy beside the other rows: one lead at a time, nobody after the last day here."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from leadconsole.curation import rules, words
from leadconsole.curation.rules import Clash, Row
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Change
from leadconsole.kernel.transaction import Transaction

Employment = dict[str, tuple[str | None, str | None]]
_COLUMNS = "client, login, since, level, until"


def level(transaction: Transaction, change: Change) -> None:
    """Refuse a level after somebody's last day here, and a second lead of a client at any moment."""
    row = change.after
    people = _employment(transaction.sql)
    if row is not None and change.before is None:
        _refuse_after_end(row["login"], row["since"], people)
    rows = _rows(transaction.sql, str(change.key[0]))
    others = [one for one in rows if (one.client, one.login, one.since) != change.key]
    before = others if change.before is None else [*others, _row(change.before)]
    _refuse_more(_found(before, people), _found(rows, people), str(change.key[1]))


def person(transaction: Transaction, change: Change) -> None:
    """Refuse dates of a person by which levels would begin after the last day, or a client would have two leads."""
    if change.after is None or change.before is None:
        return
    login = str(change.key[0])
    if all(change.before[name] == change.after[name] for name in ("started", "ended")):
        return
    sql = transaction.sql
    people = _employment(sql)
    ended = change.after["ended"]
    if ended is not None:
        begun = sql.execute(
            "SELECT client, since FROM curation WHERE login = ? AND since > ? ORDER BY since, client", (login, ended)
        ).fetchone()
        if begun is not None:
            raise Refused(
                _("{login} has a level of {client} from {since}, after that day; take it away first.").format(
                    login=login, client=begun[0], since=words.day(begun[1])
                ),
                code="level_after_end",
                field="ended",
            )
    past = {**people, login: (change.before["started"], change.before["ended"])}
    led = sql.execute("SELECT DISTINCT client FROM curation WHERE login = ? AND level = 'lead'", (login,)).fetchall()
    for (client,) in led:
        rows = _rows(sql, client)
        _refuse_more(_found(rows, past), _found(rows, people), login)


def substitution(transaction: Transaction, change: Change) -> None:
    """Refuse a second substitute of a client for the same absent person on the same day."""
    row = change.after
    if row is None:
        return
    found = transaction.sql.execute(
        "SELECT substitute, first, last FROM substitution WHERE client = ? AND absent = ? AND first <> ? AND first <= ?"
        " AND last >= ?",
        (row["client"], row["absent"], row["first"], row["last"], row["first"]),
    ).fetchone()
    if found is not None:
        raise Refused(
            _("{login} stands in for {absent} from {first} to {last} already.").format(
                login=found[0], absent=row["absent"], first=words.day(found[1]), last=words.day(found[2])
            ),
            code="overlap",
            field="from",
        )


def follow(transaction: Transaction, touched: dict[str, set[str]]) -> None:
    """Prove each touched client once more as a whole: rows of a file are judged one by one."""
    keys = touched.get("curation")
    if not keys:
        return
    people = _employment(transaction.sql)
    for client in sorted({key.rsplit(",", 2)[0] for key in keys}):
        _refuse_more([], _found(_rows(transaction.sql, client), people), "")


def _refuse_after_end(login: str, since: str, people: Employment) -> None:
    ended = people.get(login, (None, None))[1]
    if ended is not None and since > ended:
        raise Refused(
            _("{login} works here until {ended}; no level begins after that.").format(
                login=login, ended=words.day(ended)
            ),
            code="level_after_end",
            field="since",
        )


def _refuse_more(before: list[Clash], after: list[Clash], login: str) -> None:
    """Refuse what makes two people lead a client on more days than before."""
    if _days(after) <= _days(before):
        return
    known = set(before)
    fresh = [clash for clash in after if clash not in known]
    clash = next((one for one in fresh if login in (one.one, one.other)), fresh[0])
    one, other = (clash.other, clash.one) if clash.one == login else (clash.one, clash.other)
    if clash.last == rules.FOREVER:
        last = ""
        said = _("{one} leads this client from {first} on already, beside {other}; exactly one person leads a client.")
    else:
        last = words.day(clash.last)
        said = _("{one} leads this client from {first} to {last} already, beside {other}; exactly one person leads it.")
    raise Refused(
        said.format(one=one, other=other, first=words.day(clash.first), last=last),
        code="two_leads",
        field="level",
    )


def _days(found: Iterable[Clash]) -> int:
    return sum((date.fromisoformat(one.last) - date.fromisoformat(one.first)).days + 1 for one in found)


def _found(rows: Iterable[Row], people: Employment) -> list[Clash]:
    by_login: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_login[row.login].append(row)
    return rules.clashes(
        {login: rules.stretches(held, *people.get(login, (None, None))) for login, held in by_login.items()}
    )


def _rows(sql: sqlite3.Connection, client: str) -> list[Row]:
    return [Row(*row) for row in sql.execute(f"SELECT {_COLUMNS} FROM curation WHERE client = ?", (client,))]


def _row(values: Any) -> Row:
    return Row(*(values[name] for name in _COLUMNS.split(", ")))


def _employment(sql: sqlite3.Connection) -> Employment:
    rows = sql.execute("SELECT login, started, ended FROM person")
    return {login: (started, ended) for login, started, ended in rows}
