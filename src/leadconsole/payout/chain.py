"""The chain of closed months: a hash over every line, scheme, figures and the month before, so that an edit shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leadconsole.kernel.history import packed
from leadconsole.payout.rules import Line

BEGINNING = ""
"""What stands for the hash of a month before the first closed one."""


def line_hashes(month: str, lines: Iterable[Line]) -> list[str]:
    """A hash for every line that continues the one before it."""
    hashes = []
    before = _hashed(f"month {month}")
    for line in lines:
        before = _hashed(before, _told(line._asdict()))
        hashes.append(before)
    return hashes


def month_hash(
    month: str,
    frozen: Mapping[str, Any],
    line_hash: str,
    previous: str,
) -> str:
    """The hash of a month: its frozen scheme, figures and left-out works, its last line, and the month before."""
    return _hashed(f"closed {month}", _told(frozen), line_hash, previous)


def last_of(month: str, hashes: Sequence[str]) -> str:
    """The hash of the last line, or of an empty month."""
    return hashes[-1] if hashes else _hashed(f"month {month}")


def _told(values: Mapping[str, Any]) -> str:
    return packed(values) or ""


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
