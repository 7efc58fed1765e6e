"""history.jsonl: what an export writes beside its CSV files, so that an import makes an equal desk of it.

One JSON object a line, told apart by `record`: `event` (an event of history in full), `extra` (what ticket_events.csv
has no column for, of an event that stands there), `version` (of a ticket), `fact` (about the desk), `view` (somebody's
own), `row` (of a table that no CSV file has), `draft` and rows of private tables (only in a private export).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from leadconsole.intake.report import FileCount, Rejection
from leadconsole.intake.text_files import opened
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import packed
from leadconsole.kernel.i18n import _
from leadconsole.kernel.schema import kept_tables, private_tables
from leadconsole.kernel.text import clean_text
from leadconsole.kernel.transaction import Transaction
from leadconsole.payout.incoming import Gate
from leadconsole.tickets import texts
from leadconsole.tickets.caches import HAPPENINGS
from leadconsole.tickets.linking import LINK, MERGED

LONGEST = 16_000_000
"""Bytes of one line."""

_KINDS = ", ".join(f"'{kind}'" for kind in HAPPENINGS)
IN_CSV = (
    f"subject = 'ticket' AND kind IN ({_KINDS})"
    " AND EXISTS (SELECT 1 FROM ticket WHERE ticket.number = CAST(event.key AS INTEGER))"
)
"""Which events stand in ticket_events.csv; those of a withdrawn ticket have no ticket there to belong to."""

_FULL = ("id", "subject", "key", "seq", "at", "recorded", "actor", "kind", "value", "text")
_TOLD = ("before", "after")
_LINKS = ("batch", "undoes")
_NOT_WHOLE = (KeyError, TypeError, ValueError, OverflowError, sqlite3.IntegrityError, sqlite3.ProgrammingError)
_VIEW = ("owner", "name", "view", "filter", "columns", "sort")
_KEPT_FACTS = frozenset({"last_ticket"})


def history_lines(connection: sqlite3.Connection, *, private: bool) -> Iterator[str]:
    """Every line of the file, in an order that doesn't depend on how the desk was made."""
    full = ", ".join((*_FULL, *_TOLD, *_LINKS))
    # What is private is so in its history too: a key, whose events hold it.
    hidden = () if private else tuple(private_tables())
    others = f"NOT ({IN_CSV}) AND subject NOT IN ({', '.join('?' * len(hidden))})"
    for row in connection.execute(f"SELECT {full} FROM event WHERE {others} ORDER BY id", hidden):
        yield _line("event", dict(zip((*_FULL, *_TOLD, *_LINKS), row, strict=True)))
    names = ("id", "key", "seq", "at", "recorded", *_TOLD, *_LINKS)
    for row in connection.execute(f"SELECT {', '.join(names)} FROM event WHERE {IN_CSV} ORDER BY id"):
        yield _line("extra", dict(zip(names, row, strict=True)))
    for number, version in connection.execute("SELECT number, version FROM ticket WHERE version <> 1 ORDER BY number"):
        yield _line("version", {"ticket": number, "version": version})
    for name, value in connection.execute("SELECT name, value FROM desk_fact ORDER BY name"):
        if name in _KEPT_FACTS:
            yield _line("fact", {"name": name, "value": value})
    for row in connection.execute(f"SELECT {', '.join(_VIEW)} FROM saved_view ORDER BY owner, name"):
        yield _line("view", {name: value for name, value in zip(_VIEW, row, strict=True) if value or name == "filter"})
    for table in kept_tables(private=private):
        yield from _rows(connection, table)
    if private:
        for actor, key, text, at in connection.execute("SELECT actor, key, text, at FROM draft ORDER BY actor, key"):
            yield _line("draft", {"actor": actor, "key": key, "text": text, "at": at})


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """A table as it is, by key."""
    columns = _columns(connection, table)
    keys = [name for name, place in columns.items() if place]
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(keys)}"):
        values = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        yield _line("row", {"table": table, "values": values})


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, int]:
    """The columns of a table and their places in its key, 0 for none."""
    return {row[1]: row[5] for row in connection.execute(f"PRAGMA table_info({table})")}


def _line(record: str, values: dict[str, Any]) -> str:
    told = {name: json.loads(value) if name in _TOLD and value else value for name, value in values.items()}
    given = {name: value for name, value in told.items() if value is not None}
    return json.dumps({"record": record, **given}, ensure_ascii=False, separators=(",", ":")) + "\n"


class History:
    """A history.jsonl being loaded: events at once, what belongs to ticket_events.csv kept for `extras_of`."""

    def __init__(self, transaction: Transaction, fresh: set[int]) -> None:
        self._sql = transaction.sql
        self._fresh = fresh
        self._gate = Gate(transaction)
        last: int = self._sql.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
        self._offset = self._top = last
        self._same: dict[int, int] = {}
        self._sql.execute(
            "CREATE TEMP TABLE IF NOT EXISTS extra (key TEXT, at INTEGER, seq INTEGER, id INTEGER, recorded INTEGER,"
            " before TEXT, after TEXT, batch INTEGER, undoes INTEGER, PRIMARY KEY (key, at, seq)) WITHOUT ROWID"
        )

    def load(self, source: Path, name: str, reject: Callable[[Rejection], None]) -> FileCount:
        """Read the file; each line that can't be taken is rejected with its number."""
        count = FileCount(name)
        with opened(source) as file:
            number = 0
            while data := file.readline(LONGEST + 1):
                number += 1
                try:
                    if len(data) > LONGEST:
                        while not data.endswith(b"\n") and data:
                            data = file.readline(LONGEST)
                        raise Refused(_("This line has more than {limit} bytes.").format(limit=LONGEST))
                    if not data.strip():
                        continue
                    count.rows += 1
                    outcome = self._take(_parsed(data))
                    setattr(count, outcome, getattr(count, outcome) + 1)
                except Refused as refusal:
                    count.rejected += 1
                    reject(Rejection.of(refusal, name, number))
        return count

    def extras_of(self, keys: list[str]) -> dict[tuple[int, int, int], tuple[Any, ...]]:
        """By (ticket, at, seq): id, recorded, before, after, batch and undoes of events of ticket_events.csv."""
        marks = ", ".join("?" * len(keys))
        return {
            (int(key), at, seq): tuple(rest)
            for key, at, seq, *rest in self._sql.execute(
                f"SELECT key, at, seq, id, recorded, before, after, batch, undoes FROM extra WHERE key IN ({marks})",
                keys,
            )
        }

    def next_id(self) -> int:
        """An id for an event that the history doesn't know, behind all that it does."""
        self._top += 1
        return self._top

    def _take(self, line: dict[str, Any]) -> str:
        record = line.pop("record", None)
        try:
            if record == "event":
                return self._event(line)
            if record == "extra":
                return self._extra(line)
            if record == "version":
                return self._version(line["ticket"], line["version"])
            if record == "fact":
                return self._fact(line["name"], line["value"])
            if record == "view":
                return self._view(line)
            if record == "row":
                return self._row(line["table"], line["values"])
            if record == "draft":
                return self._draft(line)
        except _NOT_WHOLE as error:
            raise Refused(_("This line isn't whole ({reason}).").format(reason=error), code="bad_line") from error
        raise Refused(
            _("Records «{record}» aren't known; the file may come from a newer leadconsole.").format(
                record=str(record)[:40]
            ),
            code="unknown_record",
            field="record",
        )

    def _event(self, line: dict[str, Any]) -> str:
        line = _cleaned(line)
        values = [line[name] if name not in ("value", "text") else line.get(name) for name in _FULL[1:]]
        values += [packed(line.get(name)) for name in _TOLD]
        present = self._sql.execute(
            "SELECT id, subject, key, seq, at, recorded, actor, kind, value, text, before, after FROM event"
            " WHERE subject = ? AND key = ? AND at = ? AND seq = ?",
            (line["subject"], line["key"], line["at"], line["seq"]),
        ).fetchone()
        own = int(line["id"])
        if present is not None:
            if list(present[1:]) != values:
                raise Refused(
                    _("Event {seq} of {subject} {key} is there already and differs; history can't be changed.").format(
                        seq=line["seq"], subject=line["subject"], key=line["key"]
                    ),
                    code="history",
                )
            self._same[own] = present[0]
            return "unchanged"
        self._gate.happening(line["subject"])
        names = (*_FULL, *_TOLD, *_LINKS)
        self._sql.execute(
            f"INSERT INTO event ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [self._placed(own), *values, *(self._linked(line.get(name)) for name in _LINKS)],
        )
        return "added"

    def _extra(self, line: dict[str, Any]) -> str:
        place = (str(line["key"]), int(line["at"]), int(line["seq"]))
        there = self._sql.execute(
            "SELECT id FROM event WHERE subject = 'ticket' AND key = ? AND at = ? AND seq = ?", place
        ).fetchone()
        if there is not None:
            self._same[int(line["id"])] = there[0]
            return "unchanged"
        line = _cleaned(line)
        self._sql.execute(
            "INSERT OR REPLACE INTO extra VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *place,
                self._placed(int(line["id"])),
                int(line["recorded"]),
                *(packed(line.get(name)) for name in _TOLD),
                *(self._linked(line.get(name)) for name in _LINKS),
            ),
        )
        return "added"

    def _placed(self, own: int) -> int:
        placed = self._offset + own
        self._top = max(self._top, placed)
        return placed

    def _linked(self, own: int | None) -> int | None:
        if own is None:
            return None
        return self._same.get(int(own), self._offset + int(own))

    def _version(self, number: int, version: int) -> str:
        if number not in self._fresh:
            return "unchanged"
        self._sql.execute("UPDATE ticket SET version = ? WHERE number = ?", (int(version), int(number)))
        return "added"

    def _fact(self, name: str, value: str) -> str:
        if name not in _KEPT_FACTS:
            return "unchanged"
        changed = self._sql.execute(
            "INSERT INTO desk_fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
            " WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
            (name, str(int(value))),
        )
        return "added" if changed.rowcount else "unchanged"

    def _view(self, line: dict[str, Any]) -> str:
        line = _cleaned(line)
        changed = self._sql.execute(
            f"INSERT INTO saved_view ({', '.join(_VIEW)}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [line[name] for name in _VIEW[:4]] + [line.get(name) or "" for name in _VIEW[4:]],
        )
        return "added" if changed.rowcount else "unchanged"

    def _row(self, table: str, values: dict[str, Any]) -> str:
        if table not in kept_tables(private=True):
            raise Refused(
                _("Rows of «{table}» aren't known; the file may come from a newer leadconsole.").format(
                    table=str(table)[:40]
                ),
                code="unknown_record",
                field="table",
            )
        columns = _columns(self._sql, table)
        values = _cleaned(values)
        keys = [name for name, place in columns.items() if place]
        present = self._sql.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {' AND '.join(f'{name} IS ?' for name in keys)}",
            [values[name] for name in keys],
        ).fetchone()
        if present is not None:
            if list(present) != [values.get(name) for name in columns]:
                raise Refused(
                    _("The row {key} of «{table}» is there already and differs; change it at the desk.").format(
                        key=", ".join(str(values[name]) for name in keys), table=table
                    ),
                    code="exists",
                    field="values",
                )
            return "unchanged"
        self._gate.row(table, values)
        given = [name for name in columns if name in values]
        self._sql.execute(
            f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})",
            [values[name] for name in given],
        )
        if table == LINK and values["kind"] == MERGED:
            texts.rebuild(self._sql, [int(values["other"])])
        return "added"

    def _draft(self, line: dict[str, Any]) -> str:
        line = _cleaned(line)
        changed = self._sql.execute(
            "INSERT INTO draft VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (line["actor"], line["key"], line["text"], int(line["at"])),
        )
        return "added" if changed.rowcount else "unchanged"


def _cleaned(value: Any) -> Any:
    """A value of the file with every text in it as all text from outside."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {name: _cleaned(told) for name, told in value.items()}
    if isinstance(value, list):
        return [_cleaned(told) for told in value]
    return value


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        line = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(_("This line is no JSON: {reason}.").format(reason=error), code="bad_line") from error
    if not isinstance(line, dict):
        raise Refused(_("This line is no JSON object."), code="bad_line")
    return line
