"""Keeps the rows that an import could not take: some for the report, all in a file beside the source."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, TextIO

from leadconsole.intake.limits import MOST_TOLD
from leadconsole.intake.report import ImportReport, Rejection, Warned
from leadconsole.kernel.i18n import _
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

    def add(self, cells: list[str], *rejections: Rejection) -> None:
        """Keep one rejected row with everything that is wrong in it."""
        self.report.rejected += rejections[: MOST_TOLD - len(self.report.rejected)]
        if self._write and self._file is None:
            self._open()
        if self._file is None:
            return
        fields = ", ".join(one.field for one in rejections if one.field)
        place = [str(rejections[0].line), fields, " ".join(one.message for one in rejections)]
        width = len(self.header)
        row = [*cells[:width], *[""] * (width - len(cells)), *place, *cells[width:]]
        self._rows.writerow([spreadsheet_safe(_printable(cell)) for cell in row])

    def close(self) -> None:
        """Finish the file; the report names it."""
        if self._file is not None and self.path is not None:
            self._file.close()
            self._file = None
            self.report.rejected_files.append(self.path)

    def drop(self) -> None:
        """Take the file away again; the import was stopped."""
        if self.path is not None:
            self.close()
            self.path.unlink(missing_ok=True)

    def _open(self) -> None:
        name = f"rejected-{Path(self._name).stem}"
        try:
            self.path, self._file = _new_file(self._source, name)
        except OSError as error:
            self._write = False
            told = _("The rejected rows can't be written to {name}.csv: {reason}.")
            self.report.warnings.append(Warned(self._name, told.format(name=name, reason=error.strerror or error)))
            return
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow([*self.header, "line", "column", "reason"])


def _printable(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")


def _new_file(source: Path, name: str) -> tuple[Path, TextIO]:
    """`<name>.csv` beside the source, or here where that can't be written; 0600, never over another file."""
    beside = source if source.is_dir() else source.parent
    problem: OSError | None = None
    for folder in (beside, Path.cwd()):
        for count in range(1, 1000):
            path = folder / f"{name}{'' if count == 1 else f'-{count}'}.csv"
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                problem = error
                break
            return path, os.fdopen(handle, "w", encoding="utf-8", newline="")
    raise problem or FileExistsError(str(beside))
