"""The queue of now at a demo desk: every state is there, at whatever hour one looks."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.demo.cast import Colleague, Customer
from leadconsole.demo.lives import PAID, Life, Teller
from leadconsole.demo.words import Matter
from leadconsole.kernel.clock import HOUR, MINUTE, SECOND, Instant

_OVERDUE, _AT_RISK, _IN_WORK, _OF_LEAD = 6, 6, 27, 4
_WAITING_CLIENT, _WAITING_OTHERS, _OFFERED, _AGREED = 9, 4, 3, 4
_TO_ACCEPT, _PAID_TO_ACCEPT = 4, 3
_FRESH = ("normal", "normal", "low", "normal", "high", "low", "normal")
"""Priorities of what nobody has yet; a high one is at risk as soon as it is there."""


class Present:
    """Makes the queue of now; every moment is told in working minutes before or after now."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.random = teller.random
        self.words = teller.words
        self.now = teller.now
        self._customers = {
            policy: [
                one
                for one in teller.scene.cast.customers
                if one.status != "left" and one.policy == policy and one.calendar is None
            ]
            for policy in ("standard", "priority")
        }
        self._requests = [one for one in self.words.matters if one.kind not in PAID]
        self._troubles = [one for one in self.words.matters if one.kind == "incident"]
        self._tasks = [one for one in self.words.matters if one.kind == "task"]

    def lives(self) -> list[Life]:
        """All tickets of the queue."""
        random, lead = self.random, self.teller.lead
        made = [self._showpiece()]
        made += [self._due_in(-random.uniform(15, 900)) for _count in range(_OVERDUE)]
        made += [self._due_in(random.uniform(4, 55)) for _count in range(_AT_RISK)]
        made += [self._due_in(random.uniform(90, 900)) for _count in range(_IN_WORK)]
        made += [self._due_in(random.uniform(90, 500), lead) for _count in range(_OF_LEAD)]
        made += [self._robust(matter) for matter in self.words.robust]
        made += [self._fresh(place, priority) for place, priority in enumerate(_FRESH)]
        made += [self._waiting(others=False) for _count in range(_WAITING_CLIENT)]
        made += [self._waiting(others=True) for _count in range(_WAITING_OTHERS)]
        made += [self._offered() for _count in range(_OFFERED)]
        made += [self._agreed() for _count in range(_AGREED)]
        made += [self._resolved(self._requests) for _count in range(_TO_ACCEPT)]
        made += [self._resolved(self._tasks) for _count in range(_PAID_TO_ACCEPT)]
        # Promises are made for what is in work and not late.
        for life in made[1 + _OVERDUE + _AT_RISK :: 9]:
            if life.status == "open":
                life.promised = self._hour_after(random.uniform(150, 1200))
        return made

    # --- when and who -------------------------------------------------------------------------------------------

    def _ago(self, minutes: float) -> Instant:
        """The moment from which so many working minutes have gone until now."""
        found = self.teller.office.before(self.now, int(minutes) * MINUTE)
        return (
            ((found if found is not None else self.now - HOUR) - self.random.randrange(60) * SECOND) // SECOND * SECOND
        )

    def _hour_after(self, minutes: float) -> Instant:
        """The full hour before so many working minutes from now are over."""
        found = self.teller.office.due(self.now, int(minutes) * MINUTE)
        return (found if found is not None else self.now + 2 * HOUR) // HOUR * HOUR

    def _customer(self, policy: str = "standard") -> Customer:
        return self.random.choice(self._customers[policy])

    def _request(self, minutes_ago: float, matters: Sequence[Matter], priority: str | None = None) -> Life:
        chosen = priority or self.random.choice(("normal", "normal", "normal", "high", "low"))
        return self.teller.request(self._ago(minutes_ago), self.random.choice(matters), self._customer(), chosen)

    # --- how far it got -----------------------------------------------------------------------------------------

    def _taken(self, life: Life, who: Colleague | None = None, after: float = 0) -> None:
        """Somebody has it and has answered, in time if there was any."""
        teller = self.teller
        passed = teller.office.elapsed(life.created, self.now) // MINUTE
        first, _resolution = teller.norm(life)
        share = self.random.uniform(0.15, 0.45)
        holder = who or teller.somebody(1, life.created)
        teller.take(
            life, holder, teller.lead.login, min(after or first * share, passed * 0.4), min(first * 0.4, passed * 0.3)
        )

    def _showpiece(self) -> Life:
        """What one sees first: pressing, with the lead, due within half an hour."""
        life = self.teller.request(self._ago(213), self.words.showpiece, self._customer(), "urgent")
        life.channel, life.body = "email", self.teller.said(life, life.matter.body)
        self._taken(life, self.teller.lead, 12)
        self.teller.work(life, 50)
        self.teller.event(life, life.requester, "message_in", None, self.teller.one(life, self.words.hurries))
        return life

    def _due_in(self, minutes: float, who: Colleague | None = None) -> Life:
        """A ticket in work whose resolution is due in so many working minutes (negative: was due)."""
        random, teller = self.random, self.teller
        customer = self._customer(random.choice(("standard", "standard", "priority")))
        matter = random.choice([one for one in self._requests if who is None or one.line == 1])
        life = teller.request(self.now, matter, customer, random.choice(("normal", "normal", "high", "low")))
        _first, resolution = teller.norm(life, matter.line)
        passed = max(resolution - minutes, resolution * 0.15)
        life.created = life.at = self._ago(passed)
        self._taken(life, who)
        if matter.line > 1:
            teller.work(life, passed * random.uniform(0.02, 0.1))
            teller.pass_on(life, matter.line, self.words.upward[:-1])
        if random.random() < 0.4:
            teller.work(life, passed * random.uniform(0.02, 0.15))
            teller.event(
                life,
                teller.holder(life),
                "note",
                None,
                teller.said(life, matter.note or random.choice(self.words.notes)),
            )
        if random.random() < 0.3:
            life.at += 3 * SECOND
            teller.event(life, teller.holder(life), "time", str(random.randrange(2, 14) * 5))
        if random.random() < (0.6 if minutes < 0 else 0.1):
            teller.work(life, passed * random.uniform(0.05, 0.2))
            teller.event(life, life.requester, "message_in", None, teller.one(life, self.words.hurries))
        return life

    def _robust(self, matter: Matter) -> Life:
        """A ticket whose text tries the program: markup, emoji, length."""
        life = self.teller.request(self._ago(90), matter, self._customer(), "normal")
        life.channel, life.body = "email", matter.body.rstrip()
        self._taken(life)
        return life

    def _fresh(self, place: int, priority: str) -> Life:
        """Just in, nobody has it yet; mail also comes when nobody works."""
        life = self._request(self.random.uniform(2, 45), self._requests, priority)
        if place % 3 == 0 and not self.teller.office.is_open(self.now):
            life.created = life.at = self.now - self.random.randrange(4 * 60, 100 * 60) * SECOND
        return life

    def _waiting(self, *, others: bool) -> Life:
        teller = self.teller
        life = self._request(self.random.uniform(500, 1900), self._troubles if others else self._requests)
        self._taken(life)
        teller.work(life, self.random.uniform(10, 90))
        if others:
            teller.wait(life, "waiting_third_party", teller.one(life, self.words.third_party), "note")
            life.wait_until = self._hour_after(self.random.uniform(150, 900))
        else:
            text = teller.said(life, life.matter.ask) if life.matter.ask else teller.one(life, self.words.asked)
            teller.wait(life, "waiting_client", text)
        return life

    def _offered(self) -> Life:
        """Paid work whose price the client thinks about."""
        life = self._request(self.random.uniform(300, 1200), self._tasks, "normal")
        self._taken(life)
        self.teller.work(life, self.random.uniform(20, 80))
        self.teller.offer(life)
        return life

    def _agreed(self) -> Life:
        """Paid work that goes on since the client agreed today."""
        teller = self.teller
        life = self._request(self.random.uniform(1000, 1900), self._tasks, "normal")
        self._taken(life)
        teller.work(life, self.random.uniform(20, 80))
        teller.offer(life)
        life.at = max(life.at + MINUTE, self._ago(self.random.uniform(60, 300)))
        teller.answered(life, self.words.agreements)
        if life.matter.line > 1:
            teller.work(life, 10)
            teller.pass_on(life, life.matter.line, self.words.upward[-1:])
        return life

    def _resolved(self, matters: Sequence[Matter]) -> Life:
        """Done, and the client hasn't accepted it yet."""
        teller = self.teller
        life = self._request(self.random.uniform(700, 1600), matters, "normal")
        if life.price is not None:
            teller.estimate(life, self.random.randrange(1, 5))
        self._taken(life)
        teller.work(life, self.random.uniform(10, 60))
        if life.price is not None:
            teller.offer(life)
            teller.work(life, self.random.uniform(20, 90))
            teller.answered(life, self.words.agreements)
        teller.work(life, self.random.uniform(20, 300) if life.price is None else (life.estimate_minutes or 60))
        teller.book(life)
        teller.solve(life)
        return life
