"""Where text that was typed but not yet sent is kept, so that nothing typed is lost."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable


class DraftStore(Protocol):
    """Keeps drafts by a key such as `ticket.reply:4711`."""

    def get(self, key: str) -> str | None:
        """The draft under this key, or None."""
        ...

    def put(self, key: str, text: str) -> None:
        """Keep a draft."""
        ...

    def drop(self, key: str) -> None:
        """Forget a draft: its text has been sent."""
        ...


class DraftChange(NamedTuple):
    """A draft that is to be kept, or without a text to be forgotten."""

    key: str
    text: str | None

    def apply(self, store: DraftStore) -> None:
        """Do it."""
        if self.text is None:
            store.drop(self.key)
        else:
            store.put(self.key, self.text)


class MemoryDrafts:
    """Drafts that last as long as the process."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        self.texts[key] = text

    def drop(self, key: str) -> None:
        self.texts.pop(key, None)


@runtime_checkable
class HoldsDraft(Protocol):
    """A screen that may hold typed text when the session ends."""

    def save_draft(self) -> None:
        """Keep what is typed now."""
        ...
