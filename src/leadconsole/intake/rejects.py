"""Keeps the rows that an import could not take: some for the report, all in a file beside the source."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, TextIO

from leadconsole.intake.limits import MOST_TOLD
from leadconsole.intake.report import ImportReport, Rejection
from leadconsole.kernel.text import spreadsheet_safe


class Rejects:
    """The rejected rows of one source file."""

    def __init__(self, report: ImportReport, source: Path, name: str, *, write: bool) -> None:
        self.report = report
        self.header: list[str] = []
        self.path: Path | None = None
        self._source = source
        self._name = name
        self._write = write
        self._file: TextIO | None = None
        self._rows: Any = None

    def add(self, rejection: Rejection, cells: list[str]) -> None:
        """Keep one rejected row."""
        if len(self.report.rejected) < MOST_TOLD:
            self.report.rejected.append(rejection)
        if not self._write:
            return
        if self._file is None:
            self._open()
        place = [str(rejection.line), rejection.field or "", rejection.message]
        filled = [*cells[: len(self.header)], *[""] * (len(self.header) - len(cells))]
        self._rows.writerow([spreadsheet_safe(_printable(cell)) for cell in [*filled, *place]])

    def close(self) -> None:
        """Finish the file; the report names it."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if self.path is not None:
                self.report.rejected_files.append(self.path)

    def _open(self) -> None:
        self.path, self._file = _new_file(self._source, Path(self._name).stem)
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow([*self.header, "line", "column", "reason"])


def _printable(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")


def _new_file(source: Path, stem: str) -> tuple[Path, TextIO]:
    """`rejected-<file>.csv` beside the source, or here where that can't be written; 0600, never over another file."""
    beside = source if source.is_dir() else source.parent
    problem: OSError | None = None
    for folder in (beside, Path.cwd()):
        for count in range(1, 1000):
            path = folder / f"rejected-{stem}{'' if count == 1 else f'-{count}'}.csv"
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                problem = error
                break
            return path, os.fdopen(handle, "w", encoding="utf-8", newline="")
    raise problem or FileExistsError(str(beside))
