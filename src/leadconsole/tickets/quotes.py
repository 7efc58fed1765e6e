"""What a message quotes of earlier ones, so that it can be folded away."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = re.compile(r"\s*(?:>|\|\s)")
_HEADING = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|исходное сообщение|початкове повідомлення|forwarded message)\b.*"
    r"|(?:on|в|у|le)\b.{6,200}(?:wrote|пишет|написал|написала|пише|написав|a écrit)\s*:"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}.{3,200}(?:wrote|пишет|пишет|написал|написала|пише|написав)\s*:)\s*$",
    re.IGNORECASE,
)
LEAST = 2
"""Fewer quoted lines than this stay; folding them saves nothing."""


class Part(NamedTuple):
    """Some lines of a message: its own, or quoted ones."""

    lines: tuple[str, ...]
    quoted: bool


def parts(text: str) -> list[Part]:
    """A message as its own and its quoted parts; after the heading of a quoted mail everything is quoted."""
    found: list[tuple[list[str], bool]] = []
    rest = False
    for line in text.split("\n"):
        rest = rest or _HEADING.match(line) is not None
        quoted = rest or _QUOTED.match(line) is not None
        if not found or found[-1][1] != quoted:
            found.append(([], quoted))
        found[-1][0].append(line)
    return [Part(tuple(lines), quoted and len(lines) >= LEAST) for lines, quoted in found]
