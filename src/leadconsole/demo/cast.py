"""Who is at a demo desk: people by their place, clients with contacts; the same in every language but for names."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leadconsole.demo.firms import Firm


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the desk: role, lines, hours a week, how often this person is late (in percent)."""

    key: str
    role: str
    lines: str = "1"
    weekly_minutes: int = 2400
    remote: bool = False
    late: int = 4
    share: int = 10
    """How much of the work of the person's lines comes here."""
    came: int | None = None
    gone: int | None = None
    """Days before now of the first and the last day here, where that lies in the year that is told."""


_MAILBOXES = ("chief", "accounts", "director", "stock", "till", "sales", "it")
"""The addresses of the posts, in the order of `Firm.posts`."""
_TOXIC = 19
_BUSIEST = 20

PLACES = (
    Place("lead", "lead", "1+2", share=4, late=2),
    Place("first", "specialist", "1"),
    Place("allround", "specialist", "1+2"),
    Place("hurried", "specialist", "1", late=7),
    Place("second", "specialist", "2", late=3),
    Place("remote", "specialist", "1+2", remote=True, late=1),
    Place("senior", "specialist", "2+3", late=5),
    Place("new", "specialist", "2+3", late=3, came=75),
    Place("left", "specialist", "1", 1200, share=5, late=11, gone=52),
    Place("contractor", "contractor", "3", 1200, share=4, late=9),
    Place("accountant", "accountant"),
    Place("director", "director"),
)
LEAVES_OFF = 10
"""Days before somebody's last one from which no new work comes."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the desk."""

    login: str
    name: str
    place: Place

    def works(self, line: int) -> bool:
        """Whether tickets of a line may come to this person."""
        return self.place.role in ("lead", "specialist", "contractor") and str(line) in self.place.lines

    def here(self, days_ago: float) -> bool:
        """Whether this person worked here so many days before now, first and last day left out."""
        came, gone = self.place.came, self.place.gone
        return (came is None or days_ago < came - 1) and (gone is None or days_ago > gone + 1)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom one talks to at a client."""

    name: str
    post: str
    email: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A client and whom one talks to there; `weight` is how much work it makes."""

    code: str
    name: str
    status: str
    policy: str | None
    calendar: str | None
    contacts: tuple[Contact, ...]
    note: str | None
    toxic: str | None
    weight: int
    ended: int | None
    """Days before now of its last day; a negative one lies ahead."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of one demo desk."""

    people: tuple[Colleague, ...]
    customers: tuple[Customer, ...]

    def person(self, key: str) -> Colleague:
        """Who has the place of that key."""
        return next(one for one in self.people if one.place.key == key)

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
    status, ended = "active", None
    if place % 30 == 17:
        status, ended = "leaving", -10 - place % 50
    elif place % 29 == 23:
        status, ended = "left", 40 + place * 2
    policy = ("standard", "standard", "standard", "priority", "basic")[random.randrange(5)]
    contacts: dict[str, Contact] = {}
    for post in random.sample(range(len(firm.posts)), 1 + (random.random() < 0.5) + (random.random() < 0.2)):
        first, last = firm.women if random.random() < 0.6 else firm.men
        whole = f"{random.choice(first)} {random.choice(last)}"
        contacts[whole] = Contact(whole, firm.posts[post], f"{_MAILBOXES[post]}@{code}.example")
    return Customer(
        code,
        name,
        status,
        policy,
        "always" if place % 40 == 9 else None,
        tuple(contacts.values()),
        random.choice(firm.client_notes) if random.random() < 0.35 else None,
        random.choice(firm.toxic) if place == _TOXIC else None,
        1 + min(int(random.paretovariate(1.3) * 2), _BUSIEST),
        ended,
    )
