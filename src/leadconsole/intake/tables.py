"""One input table: its header against a shape, its rows as values, its rejections with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from leadconsole.intake.rejects import Rejects
from leadconsole.intake.report import FileCount, ImportReport, Rejection, Warned
from leadconsole.intake.text_files import Record
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date
from leadconsole.kernel.shape import TIME, Column, Reading, Shape, read_cell

Values = dict[str, Any]


class InputRow:
    """A row that was read: its line, its cells as they came, its values by table column."""

    __slots__ = ("cells", "given", "line")

    def __init__(self, line: int, cells: list[str], given: Values) -> None:
        self.line = line
        self.cells = cells
        self.given = given


class InputTable:
    """The records of one file as rows of a shape."""

    def __init__(
        self, shape: Shape, name: str, records: Iterable[Record], report: ImportReport, rejects: Rejects, now: Instant
    ) -> None:
        self.shape = shape
        self.name = name
        self.report = report
        self.rejects = rejects
        self.count = FileCount(name)
        self._records = iter(records)
        self._now = now
        self._columns: list[tuple[int, Column, str, dict[str, Any]]] = []
        self._width = 0
        self._happened: list[Column] = []
        self._later: dict[str, tuple[int, int]] = {}
        self._today = ""

    def rows(self, reading: Reading) -> Iterator[InputRow]:
        """Every row whose cells can be read; the others are rejected on the way."""
        self._today = local_date(self._now, reading.timezone).isoformat()
        if not self._take_header():
            return
        for record in self._records:
            self.count.rows += 1
            if len(record.cells) > self._width and any(record.cells[self._width :]):
                self.reject(
                    record.line,
                    record.cells,
                    Refused(
                        _("There are {cells} cells under {columns} columns.").format(
                            cells=len(record.cells), columns=self._width
                        )
                    ),
                )
                continue
            given = self._read(record, reading)
            if given is not None:
                self._look_ahead(record.line, given)
                yield InputRow(record.line, record.cells, given)
        self._tell_later()

    def reject(self, line: int, cells: list[str], refusal: Refused) -> None:
        """Tell a row that can't be taken."""
        self.count.rejected += 1
        self.rejects.add(cells, Rejection.of(refusal, self.name, line))

    def warn(self, message: str, line: int | None = None, field: str | None = None) -> None:
        """Tell something about a row that was taken."""
        self.report.warnings.append(Warned(self.name, message, line, field))

    def _take_header(self) -> bool:
        head = next(self._records, None)
        if head is None:
            self._reject_file(_("The file is empty; its first line must name the columns."), 1, None)
            return False
        names = [cell.strip().strip("\ufeff").lower() for cell in head.cells]
        self.rejects.header = [cell.strip() for cell in head.cells]
        self._width = len(names)
        known = {column.name: column for column in self.shape.columns}
        found: set[str] = set()
        for place, name in enumerate(names):
            if name in found:
                self._reject_file(_("The column «{name}» stands there twice.").format(name=name), head.line, name)
                return False
            if name in known:
                found.add(name)
                self._columns.append((place, known[name], known[name].field, {}))
        self._happened = [
            column
            for _place, column, _field, _known in self._columns
            if (column.name in _HAPPENED and column.sort is TIME) or (self.shape.name, column.name) in _HAPPENED_DAYS
        ]
        missing = [column.name for column in self.shape.columns if column.required and column.name not in found]
        if missing:
            self._reject_file(
                _("The column «{name}» is missing. The first line must name the columns: {columns}.").format(
                    name=missing[0], columns=", ".join(column.name for column in self.shape.columns)
                ),
                head.line,
                missing[0],
            )
            return False
        if unknown := [name for name in names if name and name not in known]:
            self.warn(
                ngettext("The column {names} is not known.", "The columns {names} are not known.", len(unknown)).format(
                    names=", ".join(name[:40] for name in unknown[:20])
                )
            )
        return True

    def _reject_file(self, message: str, line: int, field: str | None) -> None:
        self.count.rejected += 1
        self.rejects.add([], Rejection(self.name, line, field, message))

    def _read(self, record: Record, reading: Reading) -> Values | None:
        cells = record.cells
        width = len(cells)
        given: Values = {}
        wrong: list[Rejection] = []
        for place, column, field, known in self._columns:
            cell = cells[place] if place < width else ""
            try:
                given[field] = known[cell]
                continue
            except KeyError:
                pass
            try:
                _refuse_bytes(cell, column.name)
                value = read_cell(column, cell, reading)
            except Refused as refusal:
                # Everything that is wrong in the row at once, so that it needs to be mended only once.
                wrong.append(Rejection.of(refusal, self.name, record.line))
                continue
            given[field] = value
            if len(known) < _REMEMBERED and len(cell) < _SHORT:
                known[cell] = value
        if wrong:
            self.count.rejected += 1
            self.rejects.add(cells, *wrong)
            return None
        return given

    def _look_ahead(self, line: int, given: Values) -> None:
        for column in self._happened:
            value = given[column.field]
            if value is not None and value > (self._now if column.sort is TIME else self._today):
                first, count = self._later.get(column.name, (line, 0))
                self._later[column.name] = (first, count + 1)

    def _tell_later(self) -> None:
        for name, (line, count) in self._later.items():
            self.warn(
                ngettext(
                    "{count} row has a time in the future; it was taken.",
                    "{count} rows have a time in the future; they were taken.",
                    count,
                ).format(count=count),
                line,
                name,
            )


_HAPPENED = frozenset({"created", "first_reply", "resolved", "accepted", "at"})
"""Columns that tell what has happened; what is promised may well lie ahead."""
_HAPPENED_DAYS = frozenset({("meetings", "date")})


_BAD = re.compile("[\0\ud800-\udfff]")
_REMEMBERED = 1_000
"""So many cells of a column are remembered with their values: most columns have few different ones."""
_SHORT = 40


def _refuse_bytes(cell: str, name: str) -> None:
    """Refuse what no text has: NUL, and bytes that the encoding of the file doesn't know."""
    found = _BAD.search(cell)
    if found is None:
        return
    if found[0] == "\0":
        raise Refused(
            _("There is a NUL byte in this cell; the file is damaged or no text."), code="bad_text", field=name
        )
    raise Refused(
        _("There are bytes in this cell that aren't UTF-8; save the file as UTF-8."), code="bad_encoding", field=name
    )
