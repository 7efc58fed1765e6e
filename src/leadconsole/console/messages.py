"""What screens tell each other; none knows another one."""

from __future__ import annotations

from collections.abc import Hashable

from textual.message import Message


class OpenSubject(Message):
    """Somebody wants to see a subject, such as `ticket` 4711; the screen that owns the kind shows it."""

    def __init__(self, kind: str, key: Hashable) -> None:
        super().__init__()
        self.kind = kind
        self.key = key


class DialogOpened(Message):
    """A dialog is there and has the focus."""
