"""Writes a file that isn't there yet: the owner's alone, whole or not at all, never over another."""

from __future__ import annotations

import os
from pathlib import Path

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.host_files import refuse_shut
from leadconsole.kernel.i18n import _


def write_new(path: Path, data: bytes) -> None:
    """Write a new file (0600) safely to the disk; Refused where one of that name is, or where none can be written."""
    refuse_shut()
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Refused(
            _("{path} exists already and stays as it is; give another name.").format(path=path),
            code="exists",
            field="text",
            file=str(path),
        ) from None
    except OSError as error:
        raise Refused(
            _("{path} can't be written: {reason}.").format(path=path, reason=error.strerror),
            code="unwritable",
            field="text",
            file=str(path),
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
