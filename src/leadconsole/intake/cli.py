"""Headless import and export: files in, files out (interchange.md, section 1)."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from leadconsole.intake.report import ImportRejected, Progress
from leadconsole.kernel.errors import RowsRejected
from leadconsole.kernel.formats import integer
from leadconsole.kernel.headless import Answer, Call, Parser, file_name
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import clean_line, pad, shorten

_PROGRESS_CELLS = 70


def _import_arguments(parser: Parser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", type=file_name, help=_("a folder or a file, CSV or XLSX"))
    parser.add_argument(
        "--map", metavar="FILE|NAME", dest="mapping", help=_("how the columns of another desk are read")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    parser.add_argument("--keep-good", action="store_true", help=_("take the good rows although others are rejected"))
    parser.set_defaults(run=import_)


def _export_arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", type=file_name, help=_("the folder to write into"))
    parser.add_argument("--private", action="store_true", help=_("private notes and keys too"))
    parser.set_defaults(run=export)


COMMANDS: dict[str, Callable[[Parser], None]] = {"import": _import_arguments, "export": _export_arguments}


def import_(call: Call) -> Answer:
    """Load files into the desk; a missing desk is made, but not by a dry run."""
    from leadconsole.intake.commands import import_paths

    given = call.options
    try:
        with _desk_file(call) as path, _told_on_the_way() as progress:
            report = import_paths(
                call.sit(path=path, create=True),
                given.paths,
                mapping=given.mapping,
                dry_run=given.dry_run,
                keep_good=given.keep_good,
                progress=progress,
            )
            call.leave()
    except ImportRejected as refusal:
        told = refusal.report
        return Answer(told.as_json(), lambda cells: told.lines(), refusal.exit_status, refusal)
    if not (count := report.rejected_rows):
        return Answer(report.as_json(), lambda cells: report.lines())
    first = report.rejected[0]
    left_out = RowsRejected(
        ngettext(
            "{count} row was rejected; --keep-good left it out.",
            "{count} rows were rejected; --keep-good left them out.",
            count,
        ).format(count=count),
        file=first.file,
        line=first.line,
        field=first.field,
    )
    return Answer(report.as_json(), lambda cells: report.lines(), left_out.exit_status, left_out)


def export(call: Call) -> Answer:
    """Write the desk as an interchange folder."""
    from leadconsole.intake.commands import export_folder

    with _told_on_the_way() as progress:
        report = export_folder(call.sit(), call.options.folder, private=call.options.private, progress=progress)
    return Answer(report.as_json(), lambda cells: report.lines())


@contextmanager
def _desk_file(call: Call) -> Iterator[Path]:
    """The file to load into: the desk, or where there is none to try on, one that is gone afterwards.

    A desk that was made for an import that then took nothing goes away too, unless others have begun to use it.
    """
    if call.path.exists() or call.path.is_symlink():
        yield call.path
        return
    if call.options.dry_run:
        with tempfile.TemporaryDirectory(prefix="leadconsole-") as folder:
            yield Path(folder) / "desk.db"
        return
    call.make_home()
    try:
        yield call.path
    except BaseException:
        call.leave()
        _remove_unused(call.path)
        raise


def _remove_unused(path: Path) -> None:
    """Take a desk away that nothing was written to, unless somebody else has it open."""
    with suppress(sqlite3.Error, OSError):
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None:
                for suffix in ("", "-wal", "-shm", "-journal"):
                    Path(f"{path}{suffix}").unlink(missing_ok=True)


@contextmanager
def _told_on_the_way() -> Iterator[Callable[[Progress], None] | None]:
    """A line on the terminal that says how far a long work is; nothing where nobody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    written = sys.stderr

    def tell(progress: Progress) -> None:
        share = f" {100 * progress.done // progress.total} %" if progress.total else ""
        rows = f" · {integer(progress.rows)}" if progress.rows else ""
        line = shorten(clean_line(f"{progress.stage}{share}{rows}"), _PROGRESS_CELLS)
        written.write(f"\r{pad(line, _PROGRESS_CELLS)}")
        written.flush()

    try:
        yield tell
    finally:
        written.write(f"\r{' ' * _PROGRESS_CELLS}\r")
        written.flush()
