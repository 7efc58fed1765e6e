"""How keys are written: one normal form, the form people read, and which keys no terminal sends for sure."""

from __future__ import annotations

from leadconsole.console.layout_keys import ALIASES, LATIN_OF
from leadconsole.kernel.i18n import _

_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
}
_CHARACTER_OF = {
    "slash": "/",
    "backslash": "\\",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "number_sign": "#",
    "asterisk": "*",
}
_SAME_AS = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
# What a terminal sends for these is what it sends for Backspace, Tab, Enter and Esc.
_TERMINAL_KEYS = {
    "ctrl+h": "Backspace",
    "ctrl+i": "Tab",
    "ctrl+j": "Enter",
    "ctrl+m": "Enter",
    "ctrl+[": "Esc",
}


def normal_key(key: str) -> str:
    """The one way a key is written here: characters as they are, names in small letters."""
    key = key.strip() or key
    if len(key) == 1:
        return "space" if key == " " else key
    modifiers, plus, last = key.rpartition("+")
    if not last:  # the key `+` itself, as in `ctrl++`
        modifiers, plus, last = key[:-2], "+", "+"
    last = _SAME_AS.get(last.lower(), last.lower())
    return modifiers.lower() + plus + _CHARACTER_OF.get(last, last)


def shown_key(key: str) -> str:
    """The key as people read it: `pagedown` is PgDn, `ctrl+p` is Ctrl+P."""
    if key in _SHOWN:
        return _SHOWN[key]
    modifiers, plus, last = key.rpartition("+")
    if plus and modifiers:
        return "+".join(part.capitalize() for part in modifiers.split("+")) + "+" + shown_key(last).upper()
    return key.upper() if _is_function_key(key) else key


def why_unusable(key: str) -> str | None:
    """Why a command can't have this key (in its normal form), or None when it can."""
    if key in ALIASES:
        return _("the key {key} always means {other}").format(key=key, other=ALIASES[key])
    if key[-1:] in LATIN_OF and len(key.rpartition("+")[2]) == 1:
        return _("write the Latin key at the same place: {other}, not {key}").format(key=key, other=LATIN_OF[key[-1]])
    if key in _TERMINAL_KEYS:
        return _("a terminal sends {other} for {key}").format(key=shown_key(key), other=_TERMINAL_KEYS[key])
    if len(key) == 1:
        return None if key.isprintable() else _unknown(key)
    modifiers, _plus, last = key.rpartition("+")
    if modifiers in ("", "shift") and (last in _SHOWN or _is_function_key(last)):
        # Shift is seen with Tab and the moving keys, never with Enter, Space or Esc.
        return _unreliable(key) if modifiers and last in ("enter", "space", "escape") else None
    if modifiers == "ctrl" and len(last) == 1 and last.isascii() and last.isalpha():
        return None
    if modifiers:
        return _unreliable(key)
    return _unknown(key)


def _is_function_key(key: str) -> bool:
    return key[:1] == "f" and key[1:].isdigit() and 1 <= int(key[1:]) <= 12


def _unreliable(key: str) -> str:
    return _("{key} does not arrive in every terminal").format(key=shown_key(key))


def _unknown(key: str) -> str:
    return _("there is no key «{key}»").format(key=key)
