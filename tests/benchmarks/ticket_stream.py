"""The tickets and events of a made-up desk, one after the other, without keeping any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from .lives import FINISHED, FIRST, OPEN, SECOND, TO_ACCEPT, Life
from .words import DETAILS, PEOPLE, REQUESTERS, SENTENCES, THINGS

CLIENT_COUNT = 300
PRIORITIES = ("low", "normal", "high", "urgent")
OPEN_SHARE = 0.03
YEARS = 4
OPEN_DAYS = 12  # an open ticket is at most so old, which puts due times on both sides of now
TO_ACCEPT_DAYS, TO_ACCEPT_SHARE = 30, 0.3  # of the lately resolved, so many still wait for acceptance
DAY, HOUR, MINUTE = 86_400, 3_600, 60
OPENS_AT, OPEN_HOURS = 8, 11
FIRST_LINE = [login for login, _name, role, lines in PEOPLE if role == "specialist" and lines == "1"]
SECOND_LINE = [login for login, _name, _role, lines in PEOPLE if lines in ("2", "2+3", "3")]
SPOKEN = ("message_in", "reply", "note", "line", "reopen")

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a desk to make, by which seed, as of which moment."""

    tickets: int
    seed: int
    now: datetime


def client_code(number: int) -> str:
    """The code of a client by its number."""
    return f"c{number:03d}"


def lives(size: Size) -> Iterator[tuple[Row, list[Row]]]:
    """Each ticket with its events, oldest first: the finished ones of some years, then the open ones."""
    random = Random(size.seed)
    zone = size.now.tzinfo
    now = int(size.now.timestamp())
    count_open = max(1, round(size.tickets * OPEN_SHARE))
    count_finished = size.tickets - count_open
    watershed = now - OPEN_DAYS * DAY
    days = working_days(now - 365 * YEARS * DAY, watershed, zone)
    for index in range(count_finished):
        place = len(days) * index / count_finished
        created = at_work(days, place) + random.randrange(10 * MINUTE)
        late = created > watershed - TO_ACCEPT_DAYS * DAY
        kinds = TO_ACCEPT if late and random.random() < TO_ACCEPT_SHARE else FINISHED
        yield ticket(random, index + 1, created, created + spell(random), kinds, zone)
    recent = working_days(watershed, now, zone)
    for index in range(count_open):
        place = len(recent) * index / count_open
        created = min(at_work(recent, place), now - 5 * MINUTE - random.randrange(90 * MINUTE))
        until = min(now, created + spell(random))
        yield ticket(random, count_finished + index + 1, created, until, OPEN, zone)


def working_days(since: int, until: int, zone: tzinfo | None) -> list[int]:
    """Midnights (seconds since 1970) of the days from Monday to Friday between two moments."""
    day = datetime.fromtimestamp(since, zone).replace(hour=0, minute=0, second=0) + timedelta(days=1)
    found = []
    while day.timestamp() < until:
        if day.weekday() < 5:
            found.append(int(day.timestamp()))
        day += timedelta(days=1)
    return found


def at_work(days: Sequence[int], place: float) -> int:
    """The moment at a place of a list of days; the fraction runs through the hours of work."""
    return days[int(place)] + OPENS_AT * HOUR + int(place % 1 * OPEN_HOURS * HOUR)


def spell(random: Random) -> int:
    """Seconds that a ticket's events take: mostly hours, now and then more than a week."""
    return int(min(HOUR / 3 + random.expovariate(1 / (9 * HOUR)), (OPEN_DAYS - 2) * DAY))


def ticket(
    random: Random, number: int, created: int, until: int, kinds: Sequence[Life], zone: tzinfo | None
) -> tuple[Row, list[Row]]:
    """One ticket with the five events of a life between its creation and `until`."""
    life = random.choices(kinds, [kind.share for kind in kinds])[0]
    code = client_code(1 + int(random.random() ** 2 * CLIENT_COUNT))
    what, things = random.choice(THINGS)
    subject = f"{what} {random.choice(things)}{random.choice(DETAILS)}"
    if random.random() < 0.4:
        subject += f" № {random.randrange(100, 9_999)}"
    kind = random.choices(("incident", "consultation", "task", "project"), (62, 28, 9, 1))[0]
    priority = random.choices(PRIORITIES, (15, 60, 20, 5))[0]
    channel = random.choices(("email", "phone", "chat", "visit"), (70, 18, 10, 2))[0]
    paid = kind in ("task", "project")
    hours = random.randrange(1, 25) if paid else ""
    price = f"{random.randrange(2, 60) * 500}.00" if paid and random.random() < 0.9 else ""
    body = f"{random.choice(SENTENCES)} {random.choice(SENTENCES)}"
    row = (
        *(number, code, subject, stamp(created, zone), random.choice(REQUESTERS), body, kind, priority, 1),
        *(life.starts, channel, hours, price, "vip" if random.random() < 0.02 else ""),
    )
    return row, events(random, number, created, until, life, zone)


def events(random: Random, number: int, created: int, until: int, life: Life, zone: tzinfo | None) -> list[Row]:
    """The rows of a life, in time order, with who did each and what was said."""
    first = random.choice(FIRST_LINE)
    others = SECOND_LINE if ("line", "2") in life.events else [p for p in FIRST_LINE if p != first]
    second = random.choice(others)
    moments = sorted(created + 1 + int(random.random() * (until - created - 1)) for _ in life.events)
    holder = first
    rows: list[Row] = []
    for seq, (at, (kind, value)) in enumerate(zip(moments, life.events, strict=True), start=1):
        actor = "" if kind == "message_in" else holder
        if kind == "assign":
            value = holder = first if value == FIRST else second if value == SECOND else value
        elif kind == "time":
            value = str(5 * random.randrange(1, 30))
        text = random.choice(SENTENCES) if kind in SPOKEN else ""
        rows.append((number, stamp(at, zone), seq, actor, kind, value, text))
    return rows


def stamp(at: int, zone: tzinfo | None) -> str:
    """ISO 8601 with offset of seconds since 1970."""
    return datetime.fromtimestamp(at, zone).isoformat()
