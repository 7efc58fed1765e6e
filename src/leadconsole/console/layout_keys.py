"""Keys as they arrive when a Cyrillic layout is on, and the Latin keys at the same places.

Commands are pressed by place: with ЙЦУКЕН on, the key that says `q` sends `й`. Russian and Ukrainian layouts
differ in a few letters and are both known, so nobody has to say which one is on. Text input is never mapped;
that is decided where keys come in (console/app.py).
"""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_LATIN_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_RUSSIAN_SHIFTED = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
# Where the Ukrainian layout has another letter at the same place.
_UKRAINIAN = {"і": "s", "І": "S", "ї": "]", "Ї": "}", "є": "'", "Є": '"', "ґ": "\\", "Ґ": "|"}

LATIN_OF: dict[str, str] = {
    **dict(zip(_RUSSIAN, _LATIN, strict=True)),
    **dict(zip(_RUSSIAN_SHIFTED, _LATIN_SHIFTED, strict=True)),
    **_UKRAINIAN,
    "№": "#",
}
"""The character of the Latin layout at the place of a Russian or Ukrainian one."""

ALIASES = {".": "/", ",": "?"}
"""The key `/` sends `.` on a Russian layout and `,` with shift, so these two mean `/` and `?` always."""

# The names that Textual gives to keys that are no letters.
_NAME_OF = {
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    ";": "semicolon",
    ":": "colon",
    "'": "apostrophe",
    '"': "quotation_mark",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "`": "grave_accent",
    "~": "tilde",
    "\\": "backslash",
    "|": "vertical_line",
    "#": "number_sign",
    "/": "slash",
    "?": "question_mark",
}


def command_key(key: str, character: str | None) -> tuple[str, str] | None:
    """The key name and the character that a command key stands for, or None where it stands for itself.

    `key` is Textual's name of the key; a modifier before a Cyrillic letter is kept (`ctrl+с` is `ctrl+c`).
    """
    modifiers, plus, letter = key.rpartition("+")
    sent = letter if plus else (character or letter)
    latin = LATIN_OF.get(sent)
    meant = latin if plus else ALIASES.get(latin or sent, latin)
    if meant is None:
        return None
    return modifiers + plus + _NAME_OF.get(meant, meant), meant
