"""What is said at a demo desk: the matters that clients write about and what colleagues answer, by language.

Texts have slots in braces: doc, report, app, place and who are drawn from `slots`, month is the one before the
ticket, n a number; offers know hours and price, doubles the ticket they double.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that clients ask for, and what came of it; `line` is where it is solved."""

    subjects: Sequence[str]
    body: str
    solution: str
    tag: str
    kind: str = "incident"
    line: int = 1
    ask: str | None = None
    note: str | None = None
    weight: int = 4


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is said in one language."""

    months: Sequence[str]
    slots: Mapping[str, Sequence[str]]
    matters: Sequence[Matter]
    showpiece: Matter
    robust: Sequence[Matter]
    spam: Sequence[Matter]
    again: Sequence[str]
    taken: Sequence[str]
    asked: Sequence[str]
    """What one asks a client: for a picture, for a time to connect, for who has it."""
    answers: Sequence[str]
    """To these three; then to any question, first after a long while."""
    hurries: Sequence[str]
    thanks: Sequence[str]
    still: Sequence[str]
    """Why it is asked again; the last one fits the first matter alone."""
    apologies: Sequence[str]
    upward: Sequence[str]
    """Why the next line must do it; the last one fits paid work."""
    downward: Sequence[str]
    third_party: Sequence[str]
    handed: Sequence[str]
    notes: Sequence[str]
    pressing: Sequence[str]
    rejected: Sequence[str]
    offers: Sequence[str]
    agreements: Sequence[str]
    accepted: Sequence[str]


def words_of(language: str) -> Words:
    """The words of a language: ru, uk or en."""
    words: Words = import_module(f"{__name__}.{language}").WORDS
    return words
