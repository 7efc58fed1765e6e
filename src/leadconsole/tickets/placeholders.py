"""Placeholders of texts that are written often: `Hello {requester}, ticket {number} …`.

A text is filled once, from left to right: what comes out of a ticket is never taken for a placeholder again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import N_, _, language
from leadconsole.kernel.text import fold

_WRITTEN = re.compile(r"\{\s*([^\W\d_]+)\s*\}")
NOTHING = "—"


class Placeholder(NamedTuple):
    """What can stand in braces: its name, what it becomes, and its name in Russian and Ukrainian."""

    name: str
    tooltip: str
    also: tuple[str, ...]


PLACEHOLDERS = (
    Placeholder("client", N_("the client's name"), ("клиент", "клієнт")),
    Placeholder("requester", N_("who asked, or else the client"), ("заявитель", "заявник")),
    Placeholder("number", N_("the number of the ticket"), ("номер",)),
    Placeholder("subject", N_("its subject"), ("тема",)),
    Placeholder("assignee", N_("who has it"), ("исполнитель", "виконавець")),
    Placeholder("me", N_("your own name"), ("я",)),
    Placeholder("due", N_("when the resolution is due"), ("срок", "термін")),
    Placeholder("promised", N_("the day that was promised"), ("обещано", "обіцяно")),
    Placeholder("today", N_("the date of today"), ("сегодня", "сьогодні")),
    Placeholder("line", N_("the line of support"), ("линия", "лінія")),
)
_BY_WORD = {word: one.name for one in PLACEHOLDERS for word in (one.name, *one.also)}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with what the values say; a placeholder without a value stays as it is written."""

    def put(found: re.Match[str]) -> str:
        return values.get(_BY_WORD.get(fold(found[1]), ""), found[0])

    return _WRITTEN.sub(put, text)


def wanted(text: str) -> bool:
    """Whether anything in the text would be filled."""
    return any(fold(word) in _BY_WORD for word in _WRITTEN.findall(text))


def refuse_unknown(text: str, field: str) -> None:
    """Refuse a word in braces that means nothing: it would reach the client as it stands."""
    for word in _WRITTEN.findall(text):
        if fold(word) not in _BY_WORD:
            raise Refused(
                _("There is no placeholder {{{word}}}; known are {known}.").format(word=word[:40], known=known()),
                code="unknown_placeholder",
                field=field,
            )


def known() -> str:
    """The placeholders as the language in use writes them, in one line."""
    place = {"ru": 0, "uk": -1}.get(language())
    return " ".join(f"{{{one.name if place is None else one.also[place]}}}" for one in PLACEHOLDERS)
