"""Who is at a demo desk: people by their place, clients with contacts; the same in every language but for names."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leadconsole.demo.firms import Firm


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the desk: role, lines, hours a week, how often this person is late (in percent)."""

    role: str
    lines: str = "1"
    weekly_minutes: int = 2400
    remote: bool = False
    late: int = 4
    share: int = 10
    """How much of the work of the person's lines comes here."""


PLACES = (
    Place("lead", "1+2", share=4, late=2),
    Place("specialist", "1"),
    Place("specialist", "1+2"),
    Place("specialist", "1", late=7),
    Place("specialist", "2", late=3),
    Place("specialist", "1+2", remote=True, late=1),
    Place("specialist", "2+3", late=5),
    Place("specialist", "3", late=3),
    Place("specialist", "1", 1200, share=5, late=11),
    Place("contractor", "3", 1200, share=4, late=9),
    Place("accountant"),
    Place("director"),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the desk."""

    login: str
    name: str
    place: Place

    def works(self, line: int) -> bool:
        """Whether tickets of a line may come to this person."""
        return self.place.role in ("lead", "specialist", "contractor") and str(line) in self.place.lines


@dataclass(frozen=True, slots=True)
class Customer:
    """A client and whom one talks to there; `weight` is how much work it makes."""

    code: str
    name: str
    status: str
    policy: str | None
    calendar: str | None
    contacts: tuple[tuple[str, str], ...]
    note: str | None
    toxic: str | None
    weight: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of one demo desk."""

    people: tuple[Colleague, ...]
    customers: tuple[Customer, ...]

    def of_line(self, line: int) -> list[Colleague]:
        """Who works on a line."""
        return [one for one in self.people if one.works(line)]


def cast_of(firm: Firm) -> Cast:
    """The people and clients of a firm; the same at every call."""
    random = Random("cast")
    people = tuple(Colleague(login, name, place) for (login, name), place in zip(firm.people, PLACES, strict=True))
    lines = [line for line in firm.clients.strip().splitlines() if line.strip()]
    customers = tuple(_customer(place, line, firm, random) for place, line in enumerate(lines))
    return Cast(people, customers)


def _customer(place: int, line: str, firm: Firm, random: Random) -> Customer:
    code, _space, name = line.strip().partition(" ")
    status = "active"
    if place % 30 == 17:
        status = "leaving"
    elif place % 29 == 23:
        status = "left"
    policy = ("standard", "standard", "standard", "priority", "basic")[random.randrange(5)]
    contacts = []
    for _count in range(1 + (random.random() < 0.5) + (random.random() < 0.2)):
        first, last = firm.women if random.random() < 0.6 else firm.men
        contacts.append((f"{random.choice(first)} {random.choice(last)}", random.choice(firm.posts)))
    toxic = firm.toxic[place // 45 % len(firm.toxic)] if place in (19, 64) else None
    return Customer(
        code,
        name,
        status,
        policy,
        "always" if place % 40 == 9 else None,
        tuple(dict(contacts).items()),
        random.choice(firm.client_notes) if random.random() < 0.35 else None,
        toxic,
        1 + int(random.paretovariate(1.3) * 2),
    )
