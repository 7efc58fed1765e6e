"""Loads the rows of an input table into the desk: by key, each once, within the transaction of the import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from leadconsole.intake.history import History
from leadconsole.intake.tables import InputRow, InputTable, Values
from leadconsole.kernel.entries import stored_row
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import LOGIN, REFERRED, Column, Reading, Shape, no_such
from leadconsole.kernel.text import subject_key
from leadconsole.kernel.transaction import Transaction
from leadconsole.payout.incoming import Gate
from leadconsole.tickets.births import insert_statement, insert_values
from leadconsole.tickets.steps import TICKET

_SLICE = 1_000

Step = Callable[[int], None]


def load_rows(transaction: Transaction, table: InputTable, reading: Reading) -> None:
    """Load a file of rows with keys (people, clients, calendars…), each changed row with its history."""
    from leadconsole.kernel import rows

    shape = table.shape
    seen: dict[tuple[Any, ...], int] = {}
    known = {column.name: _keys(transaction, column.refers) for column in shape.columns if column.refers}
    taken: list[tuple[InputRow, rows.Change]] = []
    for row in table.rows(reading):
        try:
            key = _key(shape, row)
            _refuse_twice(seen, key, row.line)
            values = shape.complete(row.given, stored_row(transaction.sql, shape, key))
            _refuse_unknown(shape, values, known)
            taken.append((row, rows.apply(transaction, rows.model_of(shape.table), values)))
        except Refused as refusal:
            table.reject(row.line, row.cells, refusal)
    # Only all rows together show what stands beside what: of two that don't go together the later one is told.
    good, bad = [], []
    for row, change in reversed(taken):
        try:
            rows.prove(transaction, change)
        except Refused as refusal:
            rows.revert(transaction, change)
            bad.append((row, refusal))
        else:
            good.append(change)
    for row, why in reversed(bad):
        table.reject(row.line, row.cells, why)
    for change in reversed(good):
        rows.note(transaction, change)
        setattr(table.count, change.outcome, getattr(table.count, change.outcome) + 1)


def _key(shape: Shape, row: InputRow) -> tuple[Any, ...]:
    defaults = {column.field: column.default for column in shape.columns}
    key = []
    for column in shape.columns:
        if column.key:
            value = row.given.get(column.field, defaults[column.field])
            if value is None:
                raise Refused(
                    _("{column} must be given.").format(column=column.name), code="missing", field=column.name
                )
            key.append(value)
    return tuple(key)


def _refuse_twice(seen: dict[tuple[Any, ...], int], key: tuple[Any, ...], line: int) -> None:
    if key in seen:
        raise Refused(
            _("The same key ({key}) stands on line {line} already.").format(
                key=",".join(str(part) for part in key), line=seen[key]
            ),
            code="duplicate",
        )
    seen[key] = line


def _keys(transaction: Transaction, refers: str | None) -> set[Any]:
    return {key for (key,) in transaction.sql.execute(f"SELECT {REFERRED[refers or '']} FROM {refers}")}


def _refuse_unknown(shape: Shape, values: Values, known: dict[str, set[Any]]) -> None:
    for column in shape.columns:
        if column.refers and values[column.field] not in (None, "") and values[column.field] not in known[column.name]:
            raise no_such(column, values[column.field])


def load_tickets(transaction: Transaction, table: InputTable, reading: Reading, touched: set[int], step: Step) -> None:
    """Load tickets.csv; the numbers of those that are new or changed go into `touched`."""
    sql, shape = transaction.sql, table.shape
    fields = [column.field for column in shape.columns]
    known = {column.name: _keys(transaction, column.refers) for column in shape.columns if column.refers}
    seen: dict[tuple[Any, ...], int] = {}
    gate = Gate(transaction)
    for part in _slices(table.rows(reading)):
        step(len(seen))
        stored = {
            row[0]: dict(zip(fields, row, strict=True))
            for row in sql.execute(
                f"SELECT {', '.join(fields)} FROM ticket WHERE number IN ({_marks(part)})",
                [row.given["number"] for row in part],
            )
        }
        fresh = []
        for row in part:
            number = row.given["number"]
            try:
                _refuse_twice(seen, (number,), row.line)
                present = stored.get(number)
                values = shape.complete(row.given, present)
                _refuse_unknown(shape, values, known)
                gate.ticket(number, present, values)
            except Refused as refusal:
                table.reject(row.line, row.cells, refusal)
                continue
            if present is None:
                fresh.append(values)
                table.count.added += 1
                touched.add(number)
            elif any(present[name] != values[name] for name in fields):
                _change(transaction, number, present, values)
                table.count.updated += 1
                touched.add(number)
            else:
                table.count.unchanged += 1
        sql.executemany(insert_statement(), [insert_values(values) for values in fresh])


def _change(transaction: Transaction, number: int, before: Values, after: Values) -> None:
    names = [name for name in after if name != "number" and before[name] != after[name]]
    assignments = ", ".join(f"{name} = ?" for name in (*names, "subject_key"))
    transaction.sql.execute(
        f"UPDATE ticket SET {assignments}, version = version + 1 WHERE number = ?",
        [*(after[name] for name in names), subject_key(after["subject"]), number],
    )
    record(transaction, TICKET, str(number), "changed", before=before, after=after)


def load_events(
    transaction: Transaction,
    table: InputTable,
    reading: Reading,
    touched: set[int],
    step: Step,
    history: History | None = None,
) -> None:
    """Load ticket_events.csv; an event that is there already must be identical.

    `history` is the history.jsonl that was loaded before; it knows more of these events.
    """
    people = _keys(transaction, "person")
    gate = Gate(transaction)
    done = 0
    for part in _slices(table.rows(reading)):
        step(done)
        done += len(part)
        _load_slice(transaction, table, part, people, touched, history, gate)


_HOLDER = Column("value", LOGIN, refers="person")
"""What the value of an `assign` event names."""
_EVENT = ("actor", "kind", "value", "text")
_EXTRA = ("id", "recorded", "before", "after", "batch", "undoes")
_COLUMNS = ("subject", "key", "seq", "at", *_EVENT, *_EXTRA)


def _load_slice(
    transaction: Transaction,
    table: InputTable,
    part: Sequence[InputRow],
    people: set[Any],
    touched: set[int],
    history: History | None,
    gate: Gate,
) -> None:
    sql = transaction.sql
    numbers = sorted({row.given["key"] for row in part})
    marks = ", ".join("?" * len(numbers))
    known = {number for (number,) in sql.execute(f"SELECT number FROM ticket WHERE number IN ({marks})", numbers)}
    present = {
        (int(key), at, seq): event
        for key, at, seq, *event in sql.execute(
            f"SELECT key, at, seq, actor, kind, value, text FROM event WHERE subject = 'ticket' AND key IN ({marks})",
            [str(number) for number in numbers],
        )
    }
    extras = {} if history is None else history.extras_of([str(number) for number in numbers])
    fresh = []
    changed: set[int] = set()
    ticket = table.shape.columns[0]
    for row in part:
        try:
            values = table.shape.complete(row.given)
            key = (values["key"], values["at"], values["seq"])
            if key[0] not in known:
                raise no_such(ticket, key[0])
            if values["kind"] == "assign" and values["value"] is not None and values["value"] not in people:
                raise no_such(_HOLDER, values["value"])
            event = [values["actor"] or "", *(values[name] for name in _EVENT[1:])]
            if key in present:
                if present[key] != event:
                    raise Refused(
                        _("Event {seq} of ticket {key} is there already and differs; history can't be changed.").format(
                            seq=key[2], key=key[0]
                        ),
                        code="history",
                        field="seq",
                    )
                table.count.unchanged += 1
                continue
            gate.event(values)
        except Refused as refusal:
            table.reject(row.line, row.cells, refusal)
            continue
        present[key] = event
        extra = extras.get(key)
        if extra is None:
            extra = (None if history is None else history.next_id(), transaction.at, None, None, None, None)
        fresh.append((TICKET, str(key[0]), key[2], key[1], *event, *extra))
        table.count.added += 1
        changed.add(key[0])
    # Whoever looks at such a ticket now must learn that it isn't what it was.
    later = [(number,) for number in changed - touched]
    sql.executemany("UPDATE ticket SET version = version + 1 WHERE number = ?", later)
    touched |= changed
    sql.executemany(f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})", fresh)


def _slices(rows: Iterator[InputRow]) -> Iterator[list[InputRow]]:
    while part := list(islice(rows, _SLICE)):
        yield part


def _marks(part: Sequence[object]) -> str:
    return ", ".join("?" * len(part))
