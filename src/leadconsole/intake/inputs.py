"""What was asked to be imported: the files of a folder, single files and the sheets of workbooks, in loading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadconsole.intake import workbooks
from leadconsole.intake.rejects import Rejects
from leadconsole.intake.report import ImportReport, Rejection, Warned
from leadconsole.intake.text_files import Record, TextFile
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.schema import shapes

HISTORY = "history.jsonl"
SHAPES = shapes()
"""The files that can be loaded, in the order in which they must be."""

Open = Callable[[Callable[[Rejection, list[str]], None], Callable[[int], None]], Iterator[Record]]


@dataclass(frozen=True)
class Input:
    """One file or sheet to load: what it is, what it is called, how its records are read, and its size in bytes."""

    kind: str
    name: str
    path: Path
    open: Open
    size: int


def inputs(paths: Sequence[Path], report: ImportReport) -> list[Input]:
    """Everything to load, in loading order; what can't be used is refused, what is only odd is warned of."""
    found = [one for path in paths for one in _of(path, report)]
    # History knows more of the events than their CSV, so it is read before it.
    order = [*(name for name in SHAPES if name != "ticket_events"), HISTORY, "ticket_events"]
    return sorted(found, key=lambda one: order.index(one.kind))


def _of(path: Path, report: ImportReport) -> Iterable[Input]:
    if path.is_dir():
        yield from _of_folder(path, report)
        return
    require_file(path)
    if path.suffix.lower() == ".xlsx":
        yield from _of_workbook(path, report)
        return
    kind = _kind(path)
    if kind in SHAPES or kind == HISTORY:
        yield _text_input(kind, path)
    else:
        raise Refused(
            _("{path} is no file of the interchange folder; known are {known}. For another table give --map.").format(
                path=path, known=", ".join(f"{name}.csv" for name in SHAPES)
            ),
            code="unknown_file",
            file=str(path),
        )


def require_file(path: Path) -> None:
    """Refuse a path that is no file."""
    if not path.exists():
        raise Refused(_("There is no file {path}.").format(path=path), code="missing", file=str(path))
    if not path.is_file():
        raise Refused(_("{path} is not a file.").format(path=path), code="unreadable", file=str(path))


def _of_folder(folder: Path, report: ImportReport) -> Iterator[Input]:
    known = 0
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise Refused(
            _("{path} can't be read: {reason}.").format(path=folder, reason=error.strerror),
            code="unreadable",
            file=str(folder),
        ) from error
    for path in paths:
        kind = _kind(path)
        if kind in SHAPES or kind == HISTORY:
            known += 1
            require_file(path)
            yield _text_input(kind, path)
        elif path.suffix.lower() in (".csv", ".gz", ".xlsx") and not path.name.startswith("rejected-"):
            report.warnings.append(Warned(path.name, _("This file isn't known and was left out.")))
    if not known:
        raise Refused(
            _("There is nothing to load in {folder}; known are {known}.").format(
                folder=folder, known=", ".join(f"{name}.csv" for name in SHAPES)
            ),
            code="nothing_to_load",
            file=str(folder),
        )


def _of_workbook(path: Path, report: ImportReport) -> Iterator[Input]:
    sheets = workbooks.sheets(path)
    for title, records in sheets:
        kind = title.lower().removesuffix(".csv")
        if len(sheets) == 1 and kind not in SHAPES:
            kind = path.stem.lower()
        if kind in SHAPES:
            yield Input(kind, f"{path.name}/{title}", path, lambda reject, read, rows=records: rows, 0)  # type: ignore[misc]
        elif len(sheets) == 1:
            raise Refused(
                _("The sheet «{title}» of {path} must be called like a file of the folder: {known}.").format(
                    title=title, path=path, known=", ".join(SHAPES)
                ),
                code="unknown_file",
                file=str(path),
            )
        else:
            report.warnings.append(Warned(f"{path.name}/{title}", _("This sheet isn't known and was left out.")))


def _kind(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    if name == HISTORY:
        return HISTORY
    stem, _dot, ending = name.rpartition(".")
    return stem if ending in ("csv", "tsv", "txt") else ""


def _text_input(kind: str, path: Path) -> Input:
    def records(reject: Callable[[Rejection, list[str]], None], read: Callable[[int], None]) -> Iterator[Record]:
        return TextFile(path, path.name, reject, read=read).records()

    return Input(kind, path.name, path, records, path.stat().st_size if path.is_file() else 0)


def rejects_of(one: Input, report: ImportReport, *, write: bool) -> Rejects:
    """Where the rejected rows of an input go."""
    file, _slash, sheet = one.name.partition("/")
    name = f"{Path(file).stem}-{sheet}" if sheet else file.removesuffix(".gz")
    return Rejects(report, one.path, name, write=write)
