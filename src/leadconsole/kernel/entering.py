"""One row of an interchange file, added, changed or removed from cells as people type them.

Every slice that keeps such rows writes them this way, so that a dialog and an import refuse in the same words, a stale
edit is told with both values, and an undo puts back what was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from leadconsole.kernel import rows
from leadconsole.kernel.entries import Cells, FileWords, cells_of, key_of, refuse_unknown, stored_row
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.history import Restorer
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Outcome, model_of
from leadconsole.kernel.shape import Reading, Shape
from leadconsole.kernel.transaction import Transaction


def enter(
    transaction: Transaction,
    shape: Shape,
    words: FileWords,
    cells: Mapping[str, str | None],
    basis: Cells | None,
    reading: Reading,
) -> Outcome:
    """Add or change the row that the cells name; columns that aren't given stay as they are.

    `basis` is the row as it was shown (`Entry.cells`), NEW for one that wasn't there, None for whoever overwrites
    knowingly: what somebody else changed since is refused with both values where it meets a change of this person,
    and stays where it doesn't.
    """
    key = key_of(shape, cells, reading)
    stored = stored_row(transaction.sql, shape, key)
    wanted = against(basis, cells, _present(shape, key, stored, reading), words.row(key), words)
    keys = {column.name for column in shape.columns if column.key}
    given = shape.read_given({name: cell for name, cell in wanted.items() if name not in keys}, reading)
    values = shape.complete({**dict(zip(shape.key, key, strict=True)), **given}, stored)
    refuse_unknown(transaction.sql, shape, values)
    return rows.put(transaction, model_of(shape.table), values)


def remove(
    transaction: Transaction,
    shape: Shape,
    words: FileWords,
    key: tuple[Any, ...],
    basis: Cells | None,
    reading: Reading,
) -> None:
    """Take away the row of that key; Refused if it isn't any more what was shown (`basis`)."""
    stored = stored_row(transaction.sql, shape, key)
    if stored is not None and basis is not None:
        refuse_other(basis, cells_of(shape, stored, reading), words.row(key), words)
    if stored is None:
        raise NotFound(_("{name} isn't there any more.").format(name=words.row(key)))
    rows.drop(transaction, model_of(shape.table), key)


def restorer(words: FileWords) -> Restorer:
    """How a change of such a row is taken back."""
    return partial(rows.take_back, name_of=words.row)


def _present(shape: Shape, key: tuple[Any, ...], stored: dict[str, Any] | None, reading: Reading) -> Cells | None:
    """The row as people see it now, None if it isn't there; a setting is always there."""
    if stored is None and shape.table == "setting":
        return {"key": str(key[0]), "value": ""}
    return None if stored is None else cells_of(shape, stored, reading)


def against(
    basis: Cells | None, cells: Mapping[str, str | None], present: Cells | None, name: str, words: FileWords
) -> dict[str, str | None]:
    """The cells that this person changes, compared with what was shown; Refused where somebody else was faster."""
    if basis is None:
        return dict(cells)
    if present is None:
        if basis:
            raise Refused(_("{name} was removed by somebody else meanwhile.").format(name=name), code="stale")
        return dict(cells)
    if not basis:
        raise Refused(
            _("{name} is there already; change it instead.").format(name=name), code="exists", field=next(iter(cells))
        )
    mine = {column: cell for column, cell in cells.items() if (cell or "").strip() != basis.get(column, "").strip()}
    for column, cell in mine.items():
        if present[column] not in (basis.get(column, ""), (cell or "").strip()):
            raise _stale(name, column, basis, present, words)
    return mine


def refuse_other(basis: Cells, present: Cells, name: str, words: FileWords) -> None:
    """Refuse to remove what isn't any more what was shown."""
    for column, cell in present.items():
        if cell != basis.get(column, ""):
            raise _stale(name, column, basis, present, words)


def _stale(name: str, column: str, basis: Cells, present: Cells, words: FileWords) -> Stale:
    seen, now = basis.get(column, ""), present[column]
    return Stale(
        _("Somebody was faster: {name}, {field} is «{present}» now, you saw «{seen}».").format(
            name=name,
            field=words.column(column),
            present=words.value(column, now),
            seen=words.value(column, seen),
        ),
        field=column,
        seen=seen,
        present=now,
    )
