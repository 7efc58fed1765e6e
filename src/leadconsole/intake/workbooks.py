"""Reads XLSX workbooks from outside: a sheet is a file of the folder, its cells as people would type them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from leadconsole.intake.limits import MOST_COLUMNS, XLSX_BYTES, XLSX_RATIO, XLSX_ROWS, XLSX_UNPACKED
from leadconsole.intake.text_files import Record
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _


def sheets(path: Path) -> list[tuple[str, Iterator[Record]]]:
    """The sheets of a workbook by name, each as records; Refused for what is too large or no workbook."""
    _refuse_bombs(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken parts lead to
        raise _no_workbook(path) from error
    return [(sheet.title.strip(), _records(sheet, path)) for sheet in book.worksheets]


def _refuse_bombs(path: Path) -> None:
    try:
        packed = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise _no_workbook(path) from error
    if packed > XLSX_BYTES or unpacked > XLSX_UNPACKED or unpacked > XLSX_RATIO * max(packed, 1):
        raise Refused(
            _("{path} unpacks to {size} bytes, which is more than an import takes; save it as CSV.").format(
                path=path, size=unpacked
            ),
            code="too_large",
            file=str(path),
        )


def _no_workbook(path: Path) -> Refused:
    return Refused(
        _("{path} can't be read as an XLSX workbook; save it anew, or as CSV.").format(path=path),
        code="bad_workbook",
        file=str(path),
    )


def _records(sheet: Any, path: Path) -> Iterator[Record]:
    rows = enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1)
    while True:
        try:
            line, row = next(rows, (0, ()))
        except Exception as error:  # openpyxl raises whatever the broken parts lead to
            raise _no_workbook(path) from error
        if not line:
            return
        if line > XLSX_ROWS:
            raise Refused(
                _("{path} has more than {limit} rows in a sheet; save it as CSV.").format(path=path, limit=XLSX_ROWS),
                code="too_large",
                file=str(path),
            )
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            yield Record(line, cells)


def _text(value: Any) -> str:
    """A cell as it would be typed: ISO dates, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep="T", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
