"""The life of one ticket at a demo desk, step by step in working time, as far as it got by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from random import Random

from leadconsole.demo.cast import LEAVES_OFF, Colleague, Customer
from leadconsole.demo.parts import Scene
from leadconsole.demo.words import Matter, Words
from leadconsole.kernel.clock import DAY, MINUTE, SECOND, Instant, moment
from leadconsole.kernel.period import start_of_day
from leadconsole.kernel.worktime import WorkingTime
from leadconsole.tickets.caches import Clockwork
from leadconsole.tickets.rules import LINES

Event = tuple[Instant, str, str, str | None, str | None]
"""At, actor, kind, value, text."""

PRIORITIES = {"normal": 66, "high": 18, "low": 10, "urgent": 6}
CHANNELS = {"email": 70, "phone": 18, "chat": 11, "visit": 1}
PAID = ("task", "project")
_NO_NORM = 480
_GENITIVE = (0, 5, 6, 7, 8, 9)
"""Last digits of a number after which Russian and Ukrainian say the same: 128 позиций, 40 рублей."""


@dataclass(slots=True)
class Life:
    """A ticket being lived: its columns as they were at the start, its events, and how it stands by now."""

    created: Instant
    customer: Customer
    matter: Matter
    slots: dict[str, str]
    subject: str
    body: str | None
    requester: str
    channel: str
    first_priority: str
    priority: str
    at: Instant
    line: int = 1
    price: int | None = None
    estimate_minutes: int | None = None
    agreed: Instant | None = None
    promised: Instant | None = None
    wait_until: Instant | None = None
    assignee: Colleague | None = None
    status: str = "new"
    resolved: Instant | None = None
    double_of: Life | None = None
    number: int = 0
    events: list[Event] = field(default_factory=list)


class Teller:
    """Tells lives: knows who is there, what is said, which hours are worked and what time it is."""

    def __init__(self, scene: Scene, words: Words, clockwork: Clockwork, random: Random) -> None:
        self.scene = scene
        self.words = words
        self.clockwork = clockwork
        self.random = random
        self.now = scene.now
        self.office: WorkingTime = clockwork.calendars.of(None)
        self.lead = scene.cast.person("lead")
        self._stand_ins = [scene.cast.person(key).login for key in ("lead", "allround", "second")]
        self._of_line = {line: scene.cast.of_line(line) for line in LINES}
        self._passing = {one.login: one for one in scene.cast.people if one.place.came or one.place.gone}
        zone = scene.settings.timezone
        self._away: dict[str, list[tuple[Instant, Instant]]] = defaultdict(list)
        for one in scene.away:
            until = start_of_day(one.last + timedelta(days=1), zone)
            self._away[one.who.login].append((start_of_day(one.first, zone), until))
        self._slots = [(name, choices, len(choices)) for name, choices in self.words.slots.items()]
        self._priorities = [*PRIORITIES], [*accumulate(PRIORITIES.values())]
        self._channels = [*CHANNELS], [*accumulate(CHANNELS.values())]

    # --- what is asked and said -----------------------------------------------------------------------------------

    def request(self, created: Instant, matter: Matter, who: Customer, priority: str | None = None) -> Life:
        """A ticket as it comes in."""
        random = self.random
        slots = {name: choices[int(random.random() * count)] for name, choices, count in self._slots}
        slots["month"] = self.words.months[(moment(created).month - 2) % 12]
        slots["n"] = str(random.randrange(1, 98) * 10 + random.choice(_GENITIVE))
        paid = matter.kind in PAID
        chosen = priority or (random.choice(("normal", "low")) if paid else self._drawn(*self._priorities))
        channel = self._drawn(*self._channels)
        life = Life(
            created, who, matter, slots, "", None, random.choice(who.contacts).name, channel, chosen, chosen, created
        )
        life.subject = self.said(life, random.choice(matter.subjects))
        if channel in ("email", "chat"):
            life.body = self.said(life, matter.body)
        if paid:
            self.estimate(life, random.choice((1, 2, 2, 3, 4, 6, 8, 12) if matter.kind == "task" else (16, 24, 32)))
        return life

    def estimate(self, life: Life, hours: int) -> None:
        """How long the paid work will take, and what it costs."""
        life.estimate_minutes = hours * 60
        life.price = hours * self.scene.firm.hourly_rate * 100

    def _drawn(self, choices: Sequence[str], cumulated: Sequence[int]) -> str:
        return self.random.choices(choices, cum_weights=cumulated)[0]

    def said(self, life: Life, text: str, **more: str) -> str:
        """A text with its slots filled; what stands in them stays the same through a life."""
        filled = text.format_map(life.slots | more)
        return filled[:1].upper() + filled[1:] if text[:1] == "{" else filled

    def one(self, life: Life, texts: Sequence[str]) -> str:
        """One of several texts, filled."""
        return self.said(life, self.random.choice(texts))

    def norm(self, life: Life, line: int | None = None) -> tuple[int, int]:
        """The norm of a ticket in working minutes: first reply and resolution, with something in place of none."""
        target = self.clockwork.target(life.customer.policy, life.priority, line or life.line)
        first, resolution = target.first_reply, target.resolution
        return (first or _NO_NORM * MINUTE) // MINUTE, (resolution or 2 * _NO_NORM * MINUTE) // MINUTE

    # --- steps ----------------------------------------------------------------------------------------------------

    def event(self, life: Life, actor: str, kind: str, value: str | None = None, text: str | None = None) -> None:
        """Something happens, unless it would only happen later than now; somebody acts for who isn't here."""
        if life.at > self.now:
            return
        if not self._present(actor, life.at):
            actor = next(one for one in self._stand_ins if self._present(one, life.at))
        life.events.append((life.at, actor, kind, value, text))
        if kind in ("status", "reopen", "accept"):
            life.status = value or "accepted"

    def work(self, life: Life, minutes: float, calendar: WorkingTime | None = None) -> None:
        """Let working time pass."""
        due = (calendar or self.office).due(life.at, max(1, int(minutes)) * MINUTE)
        whole = (due if due is not None else life.at) // MINUTE * MINUTE
        life.at = max(life.at + MINUTE, whole + int(self.random.random() * 60) * SECOND)

    def _is_away(self, login: str, at: Instant) -> bool:
        return any(first <= at < until for first, until in self._away.get(login, ()))

    def _present(self, login: str, at: Instant) -> bool:
        """Whether somebody works here and isn't away; a client always is there."""
        passing = self._passing.get(login)
        return not self._is_away(login, at) and (passing is None or passing.here((self.now - at) / DAY))

    def somebody(self, line: int, at: Instant, other_than: Colleague | None = None) -> Colleague:
        """Somebody of a line, by share."""
        ago = (self.now - at) / DAY
        able = [
            one
            for one in self._of_line[line]
            if one is not other_than
            and not self._is_away(one.login, at)
            and (one.login not in self._passing or (one.here(ago) and one.here(ago - LEAVES_OFF)))
        ]
        return self.random.choices(able, [one.place.share for one in able])[0]

    def give(self, life: Life, who: Colleague, actor: str, text: str | None = None) -> None:
        """Assign the ticket."""
        life.at += SECOND
        self.event(life, actor, "assign", who.login, text)
        life.assignee = who

    def holder(self, life: Life) -> str:
        """The login of who has the ticket; the lead if nobody has."""
        return (life.assignee or self.lead).login

    def pass_on(self, life: Life, line: int, reasons: Sequence[str]) -> None:
        """Hand the ticket to another line with a reason, and to somebody there."""
        actor = self.holder(life)
        self.event(life, actor, "line", str(line), self.one(life, reasons))
        life.line = line
        self.give(life, self.somebody(line, life.at, life.assignee), actor)

    def take(self, life: Life, who: Colleague, actor: str, after: float, reply_after: float) -> None:
        """Somebody gets the ticket after so many working minutes, and answers after so many more."""
        # A client that pays for every hour is answered at every hour; the rest is done by day.
        hours = self.clockwork.calendars.of(life.customer.calendar)
        self.work(life, after, hours)
        self.give(life, who, actor)
        self.work(life, reply_after, hours)
        self.event(life, who.login, "reply", None, self.one(life, self.words.taken))
        life.at += 2 * SECOND
        self.event(life, who.login, "status", "open")

    def wait(self, life: Life, status: str, text: str, kind: str = "reply") -> None:
        """Stop the clock, saying why."""
        who = self.holder(life)
        self.event(life, who, kind, None, text)
        life.at += SECOND
        self.event(life, who, "status", status)

    def answered(self, life: Life, said: Sequence[str]) -> None:
        """The client answers, and the ticket is open again; to an offer that is the agreement."""
        if said is self.words.agreements:
            life.agreed = life.at if life.at <= self.now else None
        self.event(life, life.requester, "message_in", None, self.one(life, said))
        life.at += 30 * SECOND
        self.event(life, self.holder(life), "status", "open")

    def offer(self, life: Life) -> None:
        """Name the price of paid work and wait for the client's word."""
        hours, price = (life.estimate_minutes or 60) // 60, self.scene.firm.priced(life.price or 0)
        text = self.said(life, self.random.choice(self.words.offers), hours=str(hours), price=price)
        self.wait(life, "waiting_client", text)

    def think(self, life: Life) -> None:
        """The client takes its time."""
        self.work(life, self.random.lognormvariate(5.2, 0.9))

    def book(self, life: Life) -> None:
        """Book the time that was spent."""
        estimated = life.estimate_minutes
        if life.price is not None and estimated:
            spent = int(estimated * self.random.uniform(0.75, 1.15))
        else:
            spent = int(self.random.lognormvariate(3.3, 0.7))
        self.event(life, self.holder(life), "time", str(max(5, spent // 5 * 5)))
        life.at += SECOND

    def solve(self, life: Life) -> None:
        """Tell the solution and resolve."""
        who = self.holder(life)
        self.event(life, who, "reply", None, self.said(life, life.matter.solution))
        life.at += SECOND
        self.event(life, who, "status", "resolved")
        life.resolved = life.at if life.status == "resolved" else None
