"""Import and export: files in, files out (interchange.md)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from leadconsole.intake.history import History
from leadconsole.intake.inputs import HISTORY, SHAPES, Input, inputs, rejects_of, require_file
from leadconsole.intake.loading import load_events, load_rows, load_tickets
from leadconsole.intake.mapped import MappedFile
from leadconsole.intake.mapping import FileMapping, read_mapping
from leadconsole.intake.rejects import Rejects
from leadconsole.intake.report import (
    Asked,
    Cancelled,
    ExportReport,
    FileCount,
    ImportRejected,
    ImportReport,
    Progress,
    Rejection,
    Warned,
    Watcher,
)
from leadconsole.intake.tables import InputTable
from leadconsole.intake.text_files import Record, TextFile
from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.host_files import refuse_shut
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.shape import Reading
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
from leadconsole.tickets import caches, texts

_MANY = 2_000
"""So many tickets, and more than half of all, are indexed for the search at once rather than one by one."""
_TELL_SECONDS = 0.1
_STEPS_BETWEEN_QUESTIONS = 50_000


@command(Capability.IMPORT)
def import_paths(
    desk: Desk,
    paths: Sequence[Path],
    *,
    mapping: str | Path | None = None,
    dry_run: bool = False,
    keep_good: bool = False,
    timezone: str = "",
    progress: Watcher | None = None,
    cancelled: Asked | None = None,
) -> ImportReport:
    """Load interchange folders and files, or any CSV by a mapping (a file or a shipped name); all or nothing.

    Rejected rows raise ImportRejected (exit 4, its `report` tells them) and nothing is changed; with `keep_good` the
    good rows are kept and the report carries the rejected ones. `cancelled` answering True raises Cancelled.
    `timezone` reads times without an offset where neither the desk nor the files name a zone.
    """
    refuse_shut()
    how = None if mapping is None else read_mapping(mapping)
    report = ImportReport(dry_run=dry_run)
    watch = _Watch(progress, cancelled)
    found = inputs(paths, report) if how is None else []
    try:
        with desk.write() as transaction:
            transaction.undoable = False
            transaction.sql.set_progress_handler(watch.interrupts, _STEPS_BETWEEN_QUESTIONS)
            with _Import(transaction, report, watch, timezone, write_rejects=not dry_run) as load:
                if how is None:
                    load.files(found)
                else:
                    load.mapped(paths, how)
                load.finish()
                if (report.rejected_rows and not keep_good) or dry_run:
                    raise _TakenBack
    except _TakenBack:
        pass
    except sqlite3.OperationalError as error:
        if watch.stopped:
            raise _stopped() from error
        if str(error) == "interrupted":  # SQLite keeps to itself what a signal raised while it asked us
            raise KeyboardInterrupt from error
        raise
    if report.rejected_rows and not keep_good:
        report.kept = False
        raise ImportRejected(report)
    return report


def _is_empty(transaction: Transaction) -> bool:
    return transaction.sql.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None


class _TakenBack(Exception):
    """Everything was tried; nothing of it stays."""


def _stopped() -> Cancelled:
    return Cancelled(_("The import was stopped; nothing was changed."))


class _Watch:
    """Tells where the work stands, now and then, and asks whether to go on."""

    def __init__(self, progress: Watcher | None, cancelled: Asked | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._told = 0.0
        self._stage = ""
        self._done = self._total = 0
        self.stopped = False

    def begin(self, stage: str, total: int = 0) -> None:
        """Another stage begins; `total` is what `more` will count up to."""
        self._stage, self._done, self._total, self._told = stage, 0, total, 0.0
        self.rows(0)

    def more(self, size: int) -> None:
        """So much more is read."""
        self._done += size
        self.rows(0)

    def rows(self, rows: int) -> None:
        """Tell, if the last time is long enough ago; Cancelled if the work shall stop."""
        if self.interrupts():
            raise _stopped()
        now = time.monotonic()
        if self._progress is not None and now - self._told >= _TELL_SECONDS:
            self._told = now
            self._progress(Progress(self._stage, min(self._done, self._total), self._total, rows))

    def interrupts(self) -> bool:
        """Whether to stop; SQLite asks this too while a statement runs."""
        if not self.stopped and self._cancelled is not None:
            self.stopped = self._cancelled()
        return self.stopped


class _Import:
    """One import in its transaction."""

    def __init__(
        self, transaction: Transaction, report: ImportReport, watch: _Watch, timezone: str, *, write_rejects: bool
    ) -> None:
        self.transaction = transaction
        self.report = report
        self.watch = watch
        self.timezone = timezone
        self.write_rejects = write_rejects
        self.touched: set[int] = set()
        self._reading: Reading | None = None
        self._loaded_history: History | None = None
        self._rejects: list[Rejects] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        stopped = kind is not None and kind is not _TakenBack
        for one in self._rejects:
            if stopped:
                one.drop()
            else:
                one.close()

    def files(self, found: Sequence[Input]) -> None:
        """Load the files of a folder, or single ones, in their order."""
        # A history that comes along tells of these rows itself; on an empty desk there is nothing to add to it.
        brings_history = any(one.kind == HISTORY for one in found)
        self.transaction.recording = not (brings_history and _is_empty(self.transaction))
        for one in found:
            rejects = rejects_of(one, self.report, write=self.write_rejects)
            self._rejects.append(rejects)
            self.watch.begin(one.name, one.size)
            if one.kind == HISTORY:
                self._history(one, rejects)
            else:
                self._table(one, rejects)

    def mapped(self, paths: Sequence[Path], how: FileMapping) -> None:
        """Load any CSV by a mapping."""
        present = {key for (key,) in self.transaction.sql.execute("SELECT key FROM setting")}
        wanted = [[key, value] for key, value in how.settings.items() if key not in present]
        if wanted:
            records = [Record(line, cells) for line, cells in enumerate([["key", "value"], *wanted], 1)]
            rejects = Rejects(self.report, paths[0], how.name, write=False)
            self._load(
                "settings",
                InputTable(SHAPES["settings"], how.name, records, self.report, rejects, self.transaction.at),
            )
        for path in paths:
            require_file(path)
            self._mapped_file(path, how)

    def finish(self) -> None:
        """Bring due times, counters and repeats in step with what was loaded."""
        self._own_facts_done()
        if not self.touched:
            return
        self.watch.begin(_("due times and counters"), len(self.touched))
        sql, touched = self.transaction.sql, sorted(self.touched)
        caches.rebuild(sql, touched, told=self.watch.more)
        self.watch.begin(_("the search"), len(touched))
        (there,) = sql.execute("SELECT count(*) FROM ticket").fetchone()
        texts.load(sql, touched, self.watch.more, bulk=len(touched) > max(_MANY, there // 2))

    def _table(self, one: Input, rejects: Rejects) -> None:
        def reject(rejection: Rejection, cells: list[str]) -> None:
            table.count.rejected += 1
            rejects.add(cells, rejection)

        records = one.open(reject, self.watch.more)
        table = InputTable(SHAPES[one.kind], one.name, records, self.report, rejects, self.transaction.at)
        self._load(one.kind, table)

    def _load(self, kind: str, table: InputTable) -> None:
        self.report.files.append(table.count)
        if kind == "tickets":
            self._own_facts_done()
            load_tickets(self.transaction, table, self.reading, self.touched, self.watch.rows)
        elif kind == "ticket_events":
            self._own_facts_done()
            load_events(self.transaction, table, self.reading, self.touched, self.watch.rows, self._loaded_history)
        else:
            load_rows(self.transaction, table, self.reading)
            if kind == "settings":
                self._reading = None  # the time zone may be another now

    def _own_facts_done(self) -> None:
        # Now, while the tickets of the file aren't there yet: they are brought in step once, at the end.
        self.transaction.flush()

    def _history(self, one: Input, rejects: Rejects) -> None:
        self._own_facts_done()
        self._loaded_history = History(self.transaction, self.touched)
        self.report.files.append(
            self._loaded_history.load(one.path, one.name, lambda rejection: rejects.add([], rejection))
        )

    def _mapped_file(self, path: Path, how: FileMapping) -> None:
        name = path.name
        rejects = Rejects(self.report, path, name.removesuffix(".gz"), write=self.write_rejects)
        self._rejects.append(rejects)
        first_pass = FileCount(name)

        def reject(rejection: Rejection, cells: list[str]) -> None:
            if not mapped_passes:
                first_pass.rejected += 1
                rejects.add(cells, rejection)

        def opened() -> TextFile:
            return TextFile(path, name, reject, encoding=how.encoding, delimiter=how.delimiter, read=self.watch.more)

        mapped_passes: list[str] = []
        mapped = MappedFile(how, name, opened)
        for kind, records in (
            ("people", mapped.people()),
            ("clients", mapped.clients()),
            ("tickets", mapped.tickets()),
            ("ticket_events", mapped.events()),
        ):
            self.watch.begin(f"{name}: {kind}", path.stat().st_size)
            table = InputTable(SHAPES[kind], f"{name}: {kind}", records, self.report, rejects, self.transaction.at)
            self._load(kind, table)
            mapped_passes.append(kind)  # what can't be read is told in the first pass only
        if first_pass.rejected:
            self.report.files.append(first_pass)
        for tag, (line, count) in mapped.flagged.items():
            message = ngettext(
                "{count} ticket has times that can't be; it was taken and tagged «{tag}».",
                "{count} tickets have times that can't be; they were taken and tagged «{tag}».",
                count,
            ).format(count=count, tag=tag)
            self.report.warnings.append(Warned(name, message, line))

    @property
    def reading(self) -> Reading:
        """How cells are read: in the desk's time zone, as this import has left it."""
        if self._reading is None:
            stored = self.transaction.sql.execute("SELECT value FROM setting WHERE key = 'timezone'").fetchone()
            named = self.timezone if stored is None or not stored[0] else ""
            self._reading = Reading(named or facts.settings(self.transaction.sql).timezone)
        return self._reading


@query(Capability.EXPORT)
def export_folder(
    desk: Desk,
    folder: Path,
    *,
    private: bool = False,
    progress: Watcher | None = None,
    cancelled: Asked | None = None,
) -> ExportReport:
    """Write the whole desk as an interchange folder that an import into an empty desk makes equal again."""
    from leadconsole.intake.export import write_folder

    refuse_shut()
    return write_folder(desk, folder, private=private, progress=progress, cancelled=cancelled)
