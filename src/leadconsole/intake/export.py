"""Writes the desk as an interchange folder: CSV by the shapes, and history.jsonl for all that they don't hold.

UTF-8 without a mark, commas, lines ended by a line feed: what scripts and spreadsheets both read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from leadconsole.intake.history import IN_CSV, history_lines
from leadconsole.intake.inputs import HISTORY, SHAPES
from leadconsole.intake.report import Asked, Cancelled, ExportReport, Progress, Watcher
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import Reading, Shape
from leadconsole.team import facts

_STEP = 2_000


def write_folder(
    desk: Desk, folder: Path, *, private: bool, progress: Watcher | None, cancelled: Asked | None
) -> ExportReport:
    """Write all files from one snapshot: they appear together when all are written, and none on a failure."""
    names = [*(f"{name}.csv" for name in SHAPES), HISTORY]
    made = _make(folder, names)
    parts = [folder / f".{name}.part" for name in names]
    reader = desk.reader
    report = ExportReport(folder)
    reader.execute("BEGIN")
    try:
        reading = Reading(facts.settings(reader).timezone)
        for name, part in zip(names, parts, strict=True):
            step = _stepper(name, progress, cancelled)
            with _new(part) as file:
                if name == HISTORY:
                    report.files[name] = _write_lines(file, history_lines(reader, private=private), step)
                else:
                    shape = SHAPES[name.removesuffix(".csv")]
                    report.files[name] = _write_rows(file, shape, _rows(desk, shape), reading, step)
                file.flush()
                os.fsync(file.fileno())
        for name, part in zip(names, parts, strict=True):
            os.rename(part, folder / name)
    except BaseException:
        _take_away([*parts, *(folder / name for name in names)], folder if made else None)
        raise
    finally:
        reader.execute("ROLLBACK")
    return report


def _make(folder: Path, names: Sequence[str]) -> bool:
    """Have the folder; refuse before anything is written when a file would be overwritten."""
    for name in names:
        if (folder / name).exists():
            raise Refused(
                _("{path} exists already and stays as it is; give an empty folder.").format(path=folder / name),
                code="exists",
                file=str(folder / name),
            )
    if folder.is_dir():
        return False
    folder.mkdir(mode=0o700)
    return True


def _new(path: Path) -> TextIO:
    with suppress(FileNotFoundError):
        path.unlink()  # what an export that was killed has left
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")


def _take_away(paths: Sequence[Path], folder: Path | None) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()
    if folder is not None:
        with suppress(OSError):
            folder.rmdir()


def _rows(desk: Desk, shape: Shape) -> Iterator[Sequence[object]]:
    fields = ", ".join(column.field for column in shape.columns)
    if shape.table == "event":
        return desk.reader.execute(f"SELECT {fields} FROM event WHERE {IN_CSV} ORDER BY CAST(key AS INTEGER), at, seq")
    return desk.reader.execute(f"SELECT {fields} FROM {shape.table} ORDER BY {', '.join(shape.key)}")


def _write_rows(
    file: TextIO, shape: Shape, rows: Iterator[Sequence[object]], reading: Reading, step: Callable[[int], None]
) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in shape.columns])
    writes = [column.sort.write for column in shape.columns]
    count = 0
    for row in rows:
        writer.writerow(
            ["" if value is None else write(value, reading) for write, value in zip(writes, row, strict=True)]
        )
        count += 1
        if count % _STEP == 0:
            step(count)
    return count


def _write_lines(file: TextIO, lines: Iterator[str], step: Callable[[int], None]) -> int:
    count = 0
    for line in lines:
        file.write(line)
        count += 1
        if count % _STEP == 0:
            step(count)
    return count


def _stepper(name: str, progress: Watcher | None, cancelled: Asked | None) -> Callable[[int], None]:
    def step(rows: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled(_("The export was stopped; no file was written."))
        if progress is not None:
            progress(Progress(name, rows=rows))

    step(0)
    return step
