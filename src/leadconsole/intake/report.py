"""What an import or export tells: its progress while it runs, what it did, and which rows it could not take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leadconsole.kernel.errors import Cancelled as Cancelled
from leadconsole.kernel.errors import Refused, RowsRejected
from leadconsole.kernel.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a long work stands: the stage in the user's language, and how much of it is done of how much.

    `done` and `total` are bytes of the file being read, or rows; a total of 0 isn't known.
    """

    stage: str
    done: int = 0
    total: int = 0
    rows: int = 0


Watcher = Callable[[Progress], None]
Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not taken, or a file that can't be read (line 1 and no field: the file as a whole)."""

    file: str
    line: int
    field: str | None
    message: str

    @classmethod
    def of(cls, refusal: Refused, file: str, line: int) -> Rejection:
        """What a refusal says of a row of a file."""
        return cls(file, line, refusal.field, refusal.message)

    def as_json(self) -> dict[str, Any]:
        """The row of the answer in JSON."""
        return {"file": self.file, "line": self.line, "field": self.field, "message": self.message}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was taken and should be known; `line` and `field` where it has a place."""

    file: str
    message: str
    line: int | None = None
    field: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The row of the answer in JSON; without the places it hasn't."""
        given = {"file": self.file, "line": self.line, "field": self.field, "message": self.message}
        return {name: value for name, value in given.items() if value is not None}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


@dataclass(slots=True)
class FileCount:
    """How many rows of a file did what."""

    file: str
    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def as_json(self) -> dict[str, Any]:
        """The row of the answer in JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def __str__(self) -> str:
        return _(
            "{file}: {rows} rows, {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected"
        ).format(**self.as_json())


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do on a dry run."""

    dry_run: bool = False
    files: list[FileCount] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    rejected_files: list[Path] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    kept: bool = True
    """False when rows were rejected and so nothing was changed."""

    @property
    def rejected_rows(self) -> int:
        """How many rows were rejected in all; `rejected` holds the first thousand of them."""
        return sum(one.rejected for one in self.files)

    def as_json(self) -> dict[str, Any]:
        """The answer in JSON."""
        return {
            "dry_run": self.dry_run,
            "kept": self.kept,
            "files": [one.as_json() for one in self.files],
            "rejected": [one.as_json() for one in self.rejected],
            "rejected_files": [str(path) for path in self.rejected_files],
            "warnings": [one.as_json() for one in self.warnings],
        }

    def lines(self) -> Iterator[str]:
        """The answer in plain sentences for people."""
        yield from map(str, self.files)
        yield from map(str, self.rejected)
        if (more := self.rejected_rows - len(self.rejected)) > 0:
            yield ngettext("… and {count} more rejected row", "… and {count} more rejected rows", more).format(
                count=more
            )
        yield from map(str, self.warnings)
        for path in self.rejected_files:
            yield _("Rejected rows are in {path}").format(path=path)
        if self.dry_run:
            yield _("This was a dry run: nothing was changed.")


class ImportRejected(RowsRejected):
    """Rows were rejected and nothing was changed; `report` tells all of it."""

    def __init__(self, report: ImportReport) -> None:
        count = report.rejected_rows
        super().__init__(
            ngettext(
                "{count} row was rejected, so nothing was changed. --keep-good takes the others.",
                "{count} rows were rejected, so nothing was changed. --keep-good takes the others.",
                count,
            ).format(count=count),
            file=report.rejected[0].file if report.rejected else None,
            line=report.rejected[0].line if report.rejected else None,
            field=report.rejected[0].field if report.rejected else None,
        )
        self.report = report


@dataclass(slots=True)
class ExportReport:
    """What an export wrote: rows by file."""

    folder: Path
    files: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The answer in JSON."""
        return {
            "folder": str(self.folder),
            "files": [{"file": name, "rows": rows} for name, rows in self.files.items()],
        }

    def lines(self) -> Iterator[str]:
        """The answer in plain sentences for people."""
        for name, rows in self.files.items():
            yield ngettext("{file}: {count} row", "{file}: {count} rows", rows).format(file=name, count=rows)
        yield _("Written to {folder}").format(folder=self.folder)
