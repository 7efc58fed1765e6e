"""The log of unexpected errors: a file of the user's own, appended to."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

NAME = "errors.log"


def details(error: BaseException) -> str:
    """The error as a developer wants it, without the values of variables: they may be a client's mail."""
    return "".join(traceback.format_exception(error))


def write(text: str, folder: Path | None = None) -> Path | None:
    """Append to the log (file 0600, folder 0700) and return its path, or None where it can't be written."""
    try:
        if folder is None:
            from platformdirs import user_state_path

            folder = user_state_path("leadconsole", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / NAME
        flags = os.O_APPEND | os.O_CREAT | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        return None
    return path
