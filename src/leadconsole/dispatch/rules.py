"""Who should take a ticket, as a pure decision (domain.md): who leads the client, else who curates it, else the line.

Only who is there counts; where a roster is kept, those on shift now come first. While a lead is away, the substitute
acts for the absent one. A toxic client is never given to somebody alone: the team lead is named beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from leadconsole.kernel.i18n import _, ngettext

MOST = 3
"""How many people are suggested."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is there today: the lines worked, how many open tickets are held.

    `on_shift` says whether a shift runs now, `until` when it ends, on a clock; None: this person is in no roster.
    """

    login: str
    lines: tuple[int, ...]
    open_tickets: int
    on_shift: bool | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could take the ticket, and why in the user's language; `beside` goes along to a toxic client."""

    login: str
    because: str
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """Who has to do with the ticket's client: levels by login, who stands in for whom, and the team lead if toxic."""

    levels: Mapping[str, str]
    stands_in: Mapping[str, str]
    """By substitute the absent lead."""
    beside: str | None = None
    """The team lead, for a toxic client."""


NO_TIES = Ties({}, {})


def suggested(line: int, candidates: Iterable[Candidate], ties: Ties = NO_TIES) -> tuple[Suggestion, ...]:
    """Up to `MOST` people, best first: the lead or its substitute, curators and then the line by the least load.

    Who isn't on shift now comes after all who are, in the same order; the same load goes by login.
    """
    there = sorted(candidates, key=lambda one: (one.open_tickets, one.login))
    ranked: list[tuple[tuple[int, ...], Candidate, str]] = []

    def rank(sort: int, place: int, one: Candidate, because: str) -> None:
        ranked.append(((int(one.on_shift is False), sort, place), one, _on_shift(one, because)))

    for place, one in enumerate(there):
        level = ties.levels.get(one.login)
        load = ngettext("{n} open ticket", "{n} open tickets", one.open_tickets).format(n=one.open_tickets)
        if level == "lead":
            rank(0, place, one, _("leads this client"))
        elif one.login in ties.stands_in:
            told = _("stands in for {absent}, who leads this client").format(absent=ties.stands_in[one.login])
            rank(1, place, one, told)
        elif level == "curator":
            rank(2, place, one, _("curates this client, {load}").format(load=load))
        elif line in one.lines:
            told = ngettext("line {line}, {n} open ticket", "line {line}, {n} open tickets", one.open_tickets).format(
                line=line, n=one.open_tickets
            )
            rank(3, place, one, told)
    best = sorted(ranked, key=lambda entry: entry[0])[:MOST]
    return tuple(_told(one, because, ties.beside) for _rank, one, because in best)


def _on_shift(one: Candidate, because: str) -> str:
    if one.on_shift is None:
        return because
    if one.on_shift:
        return _("{because}; on shift until {time}").format(because=because, time=one.until)
    return _("{because}; not on shift now").format(because=because)


def _told(one: Candidate, because: str, beside: str | None) -> Suggestion:
    if beside is None or beside == one.login:
        return Suggestion(one.login, because)
    with_lead = _("{because}; toxic client: together with {lead}").format(because=because, lead=beside)
    return Suggestion(one.login, with_lead, beside)


class Nearness(IntEnum):
    """How near somebody is to a client today, nearest first: in this order unassigned tickets are taken."""

    LEADS = 0
    STANDS_IN = 1
    CURATES_ALONE = 2
    """Curates it, and whoever leads it isn't here."""
    NOBODY_NEARER = 3
    """Nobody who knows it is here."""
    CURATES = 4
    LED_BY_OTHER = 5
    """Somebody else who leads or curates it is here."""
    TOXIC = 6
    """A toxic client, never taken alone by somebody who doesn't know it."""


def nearness(me: str, levels: Mapping[str, str], here: frozenset[str], ties: Ties) -> Nearness:
    """How near a person is to a client of which `levels` are known (by login) and who is `here`."""
    own = levels.get(me)
    others = {level for login, level in levels.items() if login in here and login != me}
    if own == "lead":
        return Nearness.LEADS
    if me in ties.stands_in:
        return Nearness.STANDS_IN
    if own == "curator":
        return Nearness.CURATES if "lead" in others or (set(ties.stands_in) & here) else Nearness.CURATES_ALONE
    if ties.beside is not None and ties.beside != me:
        return Nearness.TOXIC
    known = "lead" in others or "curator" in others or bool(set(ties.stands_in) & here)
    return Nearness.LED_BY_OTHER if known else Nearness.NOBODY_NEARER
