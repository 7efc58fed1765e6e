"""What stands on the 1-on-1 sheets of a demo desk, by language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Matter:
    """A criterion with its maximum; `low`, `middle` and `high` are reasons for few, some and many points."""

    name: str
    most: int
    low: Sequence[str]
    middle: Sequence[str]
    high: Sequence[str]

    def reason(self, points: int, number: int) -> str:
        """Why so many points were given; the number picks one of several."""
        share = points / self.most
        said = self.low if share < 0.6 else self.middle if share < 0.8 else self.high
        return said[number % len(said)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Criteria, and what is agreed and talked about, in one language."""

    matters: Sequence[Matter]
    improvements: Sequence[str]
    """What a person does until the next meetings."""
    lacks: Sequence[str]
    """What the lead owes a person: access, means, training."""
    points: Sequence[str]
    """Open points of an agenda: two of the person, one of the lead."""
    remark: str
    note: str
    """A private note of the lead."""


def sheet_of(language: str) -> Sheet:
    """The sheet of a language: ru, uk or en."""
    sheet: Sheet = import_module(f"{__name__}.{language}").SHEET
    return sheet
