"""Which shift a key means while shifts are written, whatever layout is on."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.layout_keys import LATIN_OF
from leadconsole.kernel.i18n import _

FREE_KEYS = ("space", "delete", "minus", "backspace")
"""Keys that free a day."""
MOVING = "hjklgGHLuUx"
"""Letters that go on meaning what they always do, where no shift has them: moving, undo, freeing."""


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


def as_codes(text: str, codes: Sequence[str]) -> str:
    """What was typed, its Cyrillic letters as those at the same place of the keyboard where no code has them."""
    known = {letter.casefold() for code in codes for letter in code}
    return "".join(one if one.casefold() in known else LATIN_OF.get(one, one) for one in text)


def unknown_letter(letter: str, codes: Sequence[str]) -> str:
    """What to say of a letter that means nothing here, or nothing: a slip must not fill or publish the month."""
    if not letter.isalpha() or letter in MOVING:
        return ""
    told = _("No shift begins with «{letter}»; the shifts are {codes}. Esc ends writing.")
    return told.format(letter=letter, codes=" ".join(codes))
