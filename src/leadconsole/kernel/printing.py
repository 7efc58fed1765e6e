"""How a headless answer or refusal reaches stdout and stderr, whatever they are connected to."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from leadconsole.kernel import error_log
from leadconsole.kernel.errors import LeadconsoleError, Refused
from leadconsole.kernel.headless import Answer, json_pieces
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.text import clean_line

_REASONS = {
    errno.EACCES: N_("you may not do that there"),
    errno.EPERM: N_("you may not do that there"),
    errno.EROFS: N_("it can only be read"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EEXIST: N_("it exists already"),
    errno.ENOTDIR: N_("that is not a folder"),
    errno.EISDIR: N_("that is a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EFBIG: N_("the file would be too large"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
_UNSAFE = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_ANY_BEYOND_ASCII = "[^\x00-\x7f]"


def make_safe() -> None:
    """Have text that a stream can't hold shown as escapes: an old locale must not end a command halfway."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def answer(told: Answer, *, as_json: bool) -> int:
    """Print an answer and return its exit status."""
    if as_json:
        _write_json(told.data if told.refusal is None else {**told.data, "error": as_error(told.refusal)})
    else:
        for line in told.lines(_cells()):
            _put(sys.stdout, f"{clean_line(line)}\n")
    _flush(sys.stdout)
    if told.refusal is not None:
        _put(sys.stderr, f"{clean_line(told.refusal.message)}\n")
    return told.exit_status


def refusal(error: LeadconsoleError, *, as_json: bool) -> int:
    """Print what was refused: a sentence on stderr, with --json an object on stdout too."""
    try:
        if as_json:
            _write_json({"error": as_error(error)})
            _flush(sys.stdout)
    except OSError:
        nobody_listens()
    _put(sys.stderr, f"{clean_line(error.message)}\n")
    return error.exit_status


def as_error(error: LeadconsoleError) -> dict[str, Any]:
    """An error as scripts see it (interchange.md, section 1)."""
    return {"code": error.code, "message": error.message, "field": error.field, "file": error.file, "line": error.line}


def failure(error: OSError, *, as_json: bool) -> int:
    """A file or a stream that can't be used: the system's reason and the file's name."""
    name = f" {error.filename}:" if error.filename else ""
    known = _REASONS.get(error.errno or 0)
    reason = _(known) if known else error.strerror or str(error)
    return refusal(
        Refused(
            _("The system refuses this:{name} {reason}.").format(name=name, reason=reason),
            code="system",
            file=str(error.filename) if error.filename else None,
        ),
        as_json=as_json,
    )


def crash(error: BaseException, *, as_json: bool) -> int:
    """An error of ours: no traceback for the user, all of it in the log."""
    path = error_log.write(error_log.details(error))
    place = _("details are in {path}").format(path=path) if path else _("and the log can't be written")
    return refusal(
        Refused(
            _("Something went wrong inside leadconsole ({sort}); {place}.").format(
                sort=type(error).__name__, place=place
            ),
            code="internal",
        ),
        as_json=as_json,
    )


def nobody_listens() -> int:
    """Whoever read stdout has gone (`| head`): be quiet, also at the end of the process."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  it must live as long as the process
    return 0


def _cells() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None


def _write_json(data: Mapping[str, Any]) -> None:
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    escaped = re.compile(_UNSAFE if encoding == "utf8" else _ANY_BEYOND_ASCII)
    for piece in json_pieces(data):
        _put(sys.stdout, escaped.sub(_escape, piece))


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))


def _put(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text)


def _flush(stream: TextIO | None) -> None:
    if stream is not None:
        stream.flush()
