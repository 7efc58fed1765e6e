"""The life of one ticket at a demo desk, step by step in working time, as far as it got by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from leadconsole.demo.cast import Cast, Colleague, Customer
from leadconsole.demo.words import Matter, Words
from leadconsole.kernel.clock import DAY, HOUR, MINUTE, Instant
from leadconsole.kernel.worktime import WorkingTime


@dataclass(slots=True)
class Life:
    """A ticket being lived: its columns as they were at the start, and its events."""

    created: Instant
    customer: Customer
    matter: Matter
    subject: str
    body: str
    requester: str
    channel: str
    first_priority: str
    priority: str
    line: int = 1
    price: int | None = None
    estimate_minutes: int | None = None
    agreed: Instant | None = None
    assignee: Colleague | None = None
    at: Instant = 0
    status: str = "new"
    resolved: Instant | None = None
    number: int = 0
    events: list[tuple[Instant, str, str, str | None, str | None]] = field(default_factory=list)
    """At, actor, kind, value, text."""


class Teller:
    """Tells lives: knows who is there, what is said, which hours are worked and what time it is."""

    def __init__(
        self, cast: Cast, words: Words, random: Random, now: Instant, targets: Mapping[tuple[str, str], tuple[int, int]]
    ) -> None:
        self.cast = cast
        self.words = words
        self.random = random
        self.now = now
        self.targets = targets

    # --- text ---------------------------------------------------------------------------------------------------

    def said(self, text: str, month: str = "", **more: str) -> str:
        """A text with its slots filled."""
        values = {name: self.random.choice(choices) for name, choices in self.words.slots.items()}
        values |= {"month": month, "n": str(self.random.randrange(12, 980)), **more}
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    # --- steps --------------------------------------------------------------------------------------------------

    def event(self, life: Life, actor: str, kind: str, value: str | None = None, text: str | None = None) -> None:
        """Something happens, unless it would only happen later than now."""
        if life.at <= self.now:
            life.events.append((life.at, actor, kind, value, text))
            if kind == "status":
                life.status = value or life.status

    def work(self, life: Life, calendar: WorkingTime, minutes: float) -> None:
        """Let working time pass."""
        due = calendar.due(life.at, max(1, int(minutes)) * MINUTE)
        whole = (due if due is not None else life.at) // MINUTE * MINUTE
        life.at = max(life.at + MINUTE, whole + self.random.randrange(60) * 1_000_000)

    def pass_on(self, life: Life, line: int, reason: str) -> None:
        """Hand the ticket to another line with a reason, and to somebody there."""
        actor = life.assignee.login if life.assignee else self.cast.people[0].login
        self.event(life, actor, "line", str(line), reason)
        life.line = line
        self.give(life, self.somebody(line, life.assignee), actor)

    def give(self, life: Life, who: Colleague, actor: str, text: str | None = None) -> None:
        """Assign the ticket."""
        life.at += 1_000_000
        self.event(life, actor, "assign", who.login, text)
        life.assignee = who

    def somebody(self, line: int, other_than: Colleague | None = None) -> Colleague:
        """Somebody of a line, by share."""
        able = [one for one in self.cast.of_line(line) if one is not other_than]
        return self.random.choices(able, [one.place.share for one in able])[0]

    def wait(self, life: Life, status: str, actor: str, text: str | None, kind: str = "reply") -> None:
        """Stop the clock, saying why."""
        if text:
            self.event(life, actor, kind, None, text)
            life.at += 1_000_000
        self.event(life, actor, "status", status)

    # --- a whole life -------------------------------------------------------------------------------------------

    def live(self, life: Life, calendar: WorkingTime) -> None:
        """Everything from the first look to the acceptance, as far as it got by now."""
        random = self.random
        life.at = life.created
        first, resolution = self.targets[life.customer.policy or "", life.priority]
        who = self.somebody(1)
        dispatcher = self.cast.people[0].login if random.random() < 0.5 else who.login
        late = random.random() * 100 < who.place.late
        reply_after = first * (random.uniform(1.05, 2.2) if late else random.betavariate(1.4, 4) * 0.95)
        self.work(life, calendar, reply_after * random.uniform(0.1, 0.5))
        self.give(life, who, dispatcher)
        life.at = max(life.at, life.created)
        begun = life.at
        self.work(life, calendar, max(1, reply_after - calendar.elapsed(life.created, begun) // MINUTE))
        self.event(life, who.login, "reply", None, self.said(random.choice(self.words.taken)))
        life.at += 2_000_000
        self.event(life, who.login, "status", "open")
        budget = resolution * (random.uniform(1.05, 1.9) if random.random() * 100 < who.place.late - 1 else 1.0)
        self._middle(life, calendar, min(budget, 2400.0))
        self._end(life, calendar)

    def _middle(self, life: Life, calendar: WorkingTime, budget: float) -> None:
        random, matter, words = self.random, life.matter, self.words
        spend = budget * (0.95 if budget > 2000 else random.betavariate(1.6, 3.2) * 0.9)
        parts = [random.random() for _part in range(4)]
        scale = spend / sum(parts)
        self.work(life, calendar, parts[0] * scale)
        who = life.assignee or self.cast.people[0]
        contact = life.requester
        if matter.kind in ("task", "project"):
            self._offer(life, calendar, who.login)
        elif matter.ask and random.random() < 0.45:
            self.wait(life, "waiting_client", who.login, self.said(matter.ask))
            self._answered(life, calendar, contact, who.login)
        elif random.random() < 0.08:
            self.wait(life, "waiting_client", who.login, self.said(random.choice(words.asked)))
            self._answered(life, calendar, contact, who.login)
        if matter.line > life.line:
            if random.random() < 0.7:
                self.event(life, who.login, "note", None, self.said(random.choice(words.notes)))
                life.at += 5_000_000
            self.pass_on(life, matter.line, self.said(random.choice(words.upward)))
            self.work(life, calendar, parts[1] * scale)
            if random.random() < 0.1:
                self.pass_on(life, 1, self.said(random.choice(words.downward)))
                self.work(life, calendar, parts[1] * scale / 3)
                self.pass_on(life, matter.line, self.said(random.choice(words.upward)))
        elif random.random() < 0.07:
            other = self.somebody(life.line, life.assignee)
            self.give(life, other, who.login, self.said(random.choice(words.handed)))
            self.work(life, calendar, parts[1] * scale)
            if random.random() < 0.3:
                self.give(life, who, other.login)
        who = life.assignee or who
        if random.random() < 0.05:
            self.wait(life, "waiting_third_party", who.login, self.said(random.choice(words.third_party)), "note")
            self.work(life, calendar, random.uniform(200, 1500))
            self.event(life, who.login, "status", "open")
        if random.random() < 0.04:
            self.event(life, who.login, "priority", "high", self.said(random.choice(words.pressing)))
            life.priority = "high"
        if matter.note and random.random() < 0.5:
            self.event(life, who.login, "note", None, self.said(matter.note))
        if random.random() < 0.06:
            life.at += 60_000_000
            self.event(life, contact, "message_in", None, self.said(random.choice(words.hurries)))
        self.work(life, calendar, parts[2] * scale)

    def _offer(self, life: Life, calendar: WorkingTime, who: str) -> None:
        hours = life.estimate_minutes or 60
        price = "" if life.price is None else f"{life.price // 100:,}".replace(",", "\u00a0")
        text = self.said(self.random.choice(self.words.offers), hours=str(hours // 60), price=price)
        self.wait(life, "waiting_client", who, text)
        self._answered(life, calendar, life.requester, who, self.words.agreements)
        if life.status == "open":
            life.agreed = life.events[-2][0]

    def _answered(
        self, life: Life, calendar: WorkingTime, contact: str, who: str, said: Sequence[str] | None = None
    ) -> None:
        choices = said or self.words.answers
        self.work(life, calendar, self.random.lognormvariate(5.2, 0.9))
        self.event(life, contact, "message_in", None, self.said(self.random.choice(choices)))
        life.at += 30_000_000
        self.event(life, who, "status", "open")

    def _end(self, life: Life, calendar: WorkingTime) -> None:
        random, words = self.random, self.words
        who = (life.assignee or self.cast.people[0]).login
        spent = max(5, int(random.lognormvariate(3.3, 0.7)) // 5 * 5)
        self.event(life, who, "time", str(spent))
        life.at += 1_000_000
        self._solve(life, who)
        if random.random() < 0.05:
            self.work(life, calendar, random.uniform(60, 900))
            self.event(life, life.requester, "message_in", None, self.said(random.choice(words.still)))
            life.at += 60_000_000
            self.event(life, who, "reopen", "open", self.said(random.choice(words.still)))
            if life.at <= self.now:
                life.status = "open"
            self.event(life, who, "reply", None, self.said(random.choice(words.apologies)))
            self.work(life, calendar, random.uniform(20, 200))
            self._solve(life, who)
        life.resolved = life.at if life.status == "resolved" else None
        if random.random() < 0.4:
            self.work(life, calendar, random.uniform(5, 300))
            self.event(life, life.requester, "message_in", None, random.choice(words.thanks))
        if random.random() < 0.993:
            life.at += int(random.uniform(0.2, 2.5) * DAY)
            if life.at % DAY < 6 * HOUR:
                life.at += 6 * HOUR
            self.event(life, who, "accept", None, random.choice(words.accepted) if life.price else None)

    def _solve(self, life: Life, who: str) -> None:
        self.event(life, who, "reply", None, self.said(life.matter.solution))
        life.at += 1_000_000
        self.event(life, who, "status", "resolved")
