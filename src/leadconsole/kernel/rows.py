"""Rows with a natural key: put, drop and take back, each change with its before and after in history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import UNDO, Event, record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction

if TYPE_CHECKING:
    from sqlmodel import SQLModel

Outcome = Literal["added", "updated", "unchanged"]


@cache
def model_of(table: str) -> type[SQLModel]:
    """The SQLModel class of a table of any slice; LookupError if nobody has such a table."""
    from sqlmodel import SQLModel

    from leadconsole.kernel.schema import import_tables

    import_tables()
    for mapper in SQLModel._sa_registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", None) == table:
            found: type[SQLModel] = mapper.class_
            return found
    raise LookupError(table)


def named(key: Iterable[Any]) -> str:
    """The key of a row in one word: its key columns joined by commas (interchange.md, source.key)."""
    return ",".join(str(part) for part in key)


def _key_columns(model: type[SQLModel]) -> list[str]:
    return [column.name for column in model.__table__.primary_key]  # type: ignore[attr-defined]


def _values(row: SQLModel) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


class Change(NamedTuple):
    """One row that was added, changed or removed: its values before and after, None where it wasn't there."""

    table: str
    key: tuple[Any, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def outcome(self) -> Outcome:
        """What happened to the row, for whoever counts."""
        return "added" if self.before is None else "unchanged" if self.before == self.after else "updated"


RowRule = Callable[[Transaction, Change], None]
"""What a change must satisfy beside the other rows, such as that no two fees overlap; raises Refused."""


def put(transaction: Transaction, model: type[SQLModel], values: Mapping[str, Any]) -> Outcome:
    """Add the row or bring the one of the same key to these values; unchanged rows leave no event."""
    change = apply(transaction, model, values)
    prove(transaction, change)
    note(transaction, change)
    return change.outcome


def apply(transaction: Transaction, model: type[SQLModel], values: Mapping[str, Any]) -> Change:
    """The first half of `put`, for rows that are only together what the rules want; `prove` and `note` follow."""
    session = transaction.session
    key = tuple(values[name] for name in _key_columns(model))
    table = str(model.__tablename__)
    present = session.get(model, key)
    if present is None:
        session.add(model(**values))
        session.flush()
        return Change(table, key, None, dict(values))
    before = _values(present)
    if all(before[name] == value for name, value in values.items()):
        return Change(table, key, before, before)
    for name, value in values.items():
        setattr(present, name, value)
    session.flush()
    return Change(table, key, before, _values(present))


def revert(transaction: Transaction, change: Change) -> None:
    """Take back what `apply` did, before anybody has heard of it."""
    session, model = transaction.session, model_of(change.table)
    present = session.get(model, change.key)
    assert present is not None, change.key
    if change.before is None:
        session.delete(present)
    else:
        for name, value in change.before.items():
            setattr(present, name, value)
    session.flush()


def prove(transaction: Transaction, change: Change) -> None:
    """Refuse a change that the slices' rules don't want beside the other rows."""
    from leadconsole.kernel.schema import row_rules

    if change.before != change.after:
        for rule in row_rules().get(change.table, ()):
            rule(transaction, change)


def note(transaction: Transaction, change: Change) -> None:
    """Write a change into history, and tell the slices whose caches follow."""
    if change.before == change.after:
        return
    kind = "added" if change.before is None else "removed" if change.after is None else "changed"
    record(transaction, change.table, named(change.key), kind, before=change.before, after=change.after)
    transaction.touched.setdefault(change.table, set()).add(named(change.key))


def drop(transaction: Transaction, model: type[SQLModel], key: tuple[Any, ...]) -> None:
    """Remove the row of that key."""
    present = transaction.session.get(model, key)
    table = str(model.__tablename__)
    if present is None:
        raise Refused(_("There is no {table} {key}.").format(table=table, key=named(key)), code="not_found")
    change = Change(table, key, _values(present), None)
    transaction.session.delete(present)
    _flush(transaction, f"{table} {named(key)}")
    prove(transaction, change)
    note(transaction, change)


def _flush(transaction: Transaction, name: str) -> None:
    """Send a change to the file; Refused where other rows stand on what it takes away."""
    from sqlalchemy.exc import IntegrityError

    try:
        transaction.session.flush()
    except IntegrityError as error:
        raise Refused(
            _("{name} is in use; what stands on it must go first.").format(name=name),
            code="in_use",
        ) from error


def _whole(model: type[SQLModel], told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values that an event tells; of a column that is younger than the event, its default."""
    if told is None:
        return None
    fields = model.model_fields.items()
    return {name: told[name] if name in told else field.get_default() for name, field in fields}


def take_back(transaction: Transaction, event: Event, undoes: int, *, name_of: Callable[[tuple[Any, ...]], str]) -> str:
    """The Restorer of rows: puts the values back that the event replaced, if they still stand.

    `name_of` says what the row of a key is called in a sentence.
    """
    model = model_of(event.subject)
    session = transaction.session
    row = event.after if event.after is not None else event.before or {}
    key = tuple(row[column] for column in _key_columns(model))
    name = name_of(key)
    present = session.get(model, key)
    stands = None if present is None else _values(present)
    if stands != _whole(model, event.after):
        raise Refused(
            _("{name} was changed since; undo that change first.").format(name=name),
            code="changed_since",
        )
    if present is not None and event.before is None:
        session.delete(present)
    elif present is None:
        session.add(model(**(event.before or {})))
    else:
        for column, value in (event.before or {}).items():
            setattr(present, column, value)
    _flush(transaction, name)
    prove(transaction, Change(event.subject, key, event.after, event.before))
    record(
        transaction,
        event.subject,
        event.key,
        "undo",
        value=str(event.seq),
        before=event.after,
        after=event.before,
        undoes=undoes,
    )
    transaction.touched.setdefault(event.subject, set()).add(event.key)
    told = _("{name}: done again") if event.kind == UNDO else _("{name}: the last change was taken back")
    return told.format(name=name)
