"""Import and export: files in, files out (interchange.md)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leadconsole.intake.report import Asked, ExportReport, ImportReport, Watcher
from leadconsole.kernel.access import Capability, command, query
from leadconsole.kernel.desk import Desk


@command(Capability.IMPORT)
def import_paths(
    desk: Desk,
    paths: Sequence[Path],
    *,
    mapping: str | Path | None = None,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Watcher | None = None,
    cancelled: Asked | None = None,
) -> ImportReport:
    """Load interchange folders and files, or any CSV by a mapping (a file or a shipped name); all or nothing.

    Rejected rows raise ImportRejected (exit 4, its `report` tells them) and nothing is changed; with `keep_good` the
    good rows are kept and the report carries the rejected ones. `cancelled` answering True raises Cancelled.
    """
    raise NotImplementedError


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
    raise NotImplementedError
