"""Which shift a key means while shifts are written, whatever layout is on."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.layout_keys import LATIN_OF

FREE_KEYS = ("space", "delete", "minus", "backspace")
"""Keys that free a day."""


def code_of(letter: str, codes: Sequence[str]) -> str | None:
    """The kind of shift that a letter means: its whole code, else the first that begins with it.

    The letter comes as the app maps it, Latin at the same place of the keyboard; codes may be Cyrillic themselves.
    """
    if not letter or not letter.isprintable():
        return None

    def same(code: str) -> bool:
        return letter.casefold() in (code.casefold(), LATIN_OF.get(code, code).casefold())

    whole = next((code for code in codes if same(code)), None)
    return whole or next((code for code in codes if same(code[:1])), None)
