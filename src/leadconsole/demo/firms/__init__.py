"""Who is at a demo desk, by language: the firm, its people, its clients and whom one talks to there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Firm:
    """The names and places of one language; people stand in the order of `cast.PLACES`, clients are «code name»."""

    settings: Mapping[str, str]
    domain: str
    remote_zone: str
    people: Sequence[tuple[str, str]]
    clients: str
    women: tuple[Sequence[str], Sequence[str]]
    men: tuple[Sequence[str], Sequence[str]]
    posts: Sequence[str]
    phone: str
    client_notes: Sequence[str]
    toxic: Sequence[str]
    course: str
    """What somebody who is away for study learns."""
    days_off: Sequence[str]
    short_days: Sequence[str]
    hourly_rate: int
    price: str
    """How an amount is written; `_` stands for a space that doesn't break."""

    def priced(self, minor: int) -> str:
        """A price in minor units as one writes it in a mail, without kopecks."""
        return self.price.format(amount=minor // 100).replace("_", "\u00a0")


def firm_of(language: str) -> Firm:
    """The firm of a language: ru, uk or en."""
    firm: Firm = import_module(f"{__name__}.{language}").FIRM
    return firm
