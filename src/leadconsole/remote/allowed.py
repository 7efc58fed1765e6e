"""What somebody may say after `ssh desk`: a few headless commands by role, none with a path.

Everything else is refused, whatever it means to a shell: there is none.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import NamedTuple

from leadconsole.kernel.access import Role
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, is_login

LONGEST = 1_000
_EVERYWHERE = {"--json": False, "--lang": True}
_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
_TEAM = frozenset({Role.LEAD, Role.DEPUTY, Role.SPECIALIST, Role.CONTRACTOR})


class Sentence(NamedTuple):
    """One thing that may be said: its first words, its options (with a value or not), what follows, and by whom."""

    words: tuple[str, ...]
    told: str
    options: dict[str, bool]
    rest: tuple[str, ...]
    roles: frozenset[Role]


SENTENCES = (
    Sentence(("today",), "today", {}, (), _TEAM | {Role.DIRECTOR}),
    Sentence(
        ("queue",),
        "queue [--view NAME] [--search TEXT] [--limit N]",
        {"--view": True, "--search": True, "--limit": True},
        (),
        _TEAM,
    ),
    Sentence(("roster", "ics"), "roster ics LOGIN", {}, ("login",), _TEAM),
    Sentence(
        ("payout", "export"),
        "payout export MONTH -",
        {},
        ("month", "-"),
        frozenset({Role.LEAD, Role.ACCOUNTANT}),
    ),
)


def read(original: str, role: Role, known: Iterable[str]) -> list[str]:
    """The words of SSH_ORIGINAL_COMMAND that this role may say; Refused for anything else.

    `known` are the commands that this program has.
    """
    try:
        words = shlex.split(original) if len(original) <= LONGEST else []
    except ValueError:  # a quote that isn't closed
        words = []
    present = set(known)
    mine = [one for one in SENTENCES if role in one.roles and one.words[0] in present]
    if words and any(_fits(words, one) for one in mine):
        return words
    raise Refused(
        _("This can't be done over SSH: {words}. You may say: {sentences}; or nothing, for the screen.").format(
            words=clean_line(original)[:80], sentences="; ".join(one.told for one in mine) or "—"
        ),
        code="not_allowed",
    )


def _fits(words: list[str], sentence: Sentence) -> bool:
    if tuple(words[: len(sentence.words)]) != sentence.words:
        return False
    options = {**_EVERYWHERE, **sentence.options}
    rest = []
    left = iter(words[len(sentence.words) :])
    for word in left:
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            continue
        name, has_value, _value = word.partition("=")
        if name not in options or (has_value and not options[name]):
            return False
        if options[name] and not has_value and (following := next(left, None)) is not None and following[:1] == "-":
            return False  # an option that would be taken for a value
    return len(rest) == len(sentence.rest) and all(map(_is, rest, sentence.rest))


def _is(word: str, sort: str) -> bool:
    if sort == "login":
        return is_login(word)
    return bool(_MONTH.fullmatch(word)) if sort == "month" else word == sort
