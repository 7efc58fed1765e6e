"""The year behind a demo desk: what came in, how it went, and what is finished by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from leadconsole.demo.cast import Customer
from leadconsole.demo.lives import Life, Teller
from leadconsole.kernel.clock import DAY, MINUTE, SECOND, Instant
from leadconsole.kernel.period import local_date, local_instant, time_zone

REQUESTS = 2_850
"""Tickets that came in over the year; repeats, doubles and spam come on top."""

_SPAM, _DOUBLES, _NOT_OURS = 16, 8, 6
_BY_WEEKDAY = {0: 1.25, 4: 0.85}
_BY_MONTH = {1: 1.15, 4: 1.15, 7: 0.85, 8: 0.85, 12: 1.2}
_MUST_BE_ACCEPTED = 60 * DAY


class Year:
    """Lives the year; what isn't finished by now is left to the queue of now."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.random = teller.random
        self.words = teller.words
        self.now = teller.now
        self._customers = teller.scene.cast.customers
        self._weights = [*accumulate(one.weight for one in self._customers)]
        self._matter_weights = [*accumulate(one.weight for one in self.words.matters)]

    def lives(self) -> list[Life]:
        """All finished tickets, in no order yet."""
        made = []
        for created in self._moments():
            matter = self.random.choices(self.words.matters, cum_weights=self._matter_weights)[0]
            life = self.teller.request(created, matter, self._customer(created))
            self._live(life)
            made.append(life)
            if life.resolved is not None and self.random.random() < 0.035:
                made.append(self._again(life, life.resolved))
        finished = [life for life in made if life.status in ("resolved", "accepted")]
        return [*finished, *(life for life in self._refused(finished) if life.status == "closed_rejected")]

    def _moments(self) -> Iterator[Instant]:
        """When requests come in: in working hours for the most part, fewer in summer and on Fridays."""
        random, zone_name = self.random, self.teller.scene.settings.timezone
        zone = time_zone(zone_name)
        today = local_date(self.now, zone_name)
        days = [today - timedelta(days=back) for back in range(364)]
        weights = [
            (1.0 if self.teller.office.is_working_day(day) else 0.06)
            * _BY_WEEKDAY.get(day.weekday(), 1.0)
            * _BY_MONTH.get(day.month, 1.0)
            for day in days
        ]
        for day in random.choices(days, weights, k=REQUESTS):
            hour = random.triangular(7.5, 20, 10.5) if random.random() < 0.97 else random.uniform(0, 24)
            created = local_instant(day, int(hour * 60) % 1440, zone) + random.randrange(60) * SECOND
            if created < self.now:
                yield created

    def _customer(self, created: Instant) -> Customer:
        while True:
            who = self.random.choices(self._customers, cum_weights=self._weights)[0]
            if who.ended is None or self.now - created > (who.ended + 1) * DAY:
                return who

    def _again(self, life: Life, resolved: Instant) -> Life:
        """The same matter comes back within a week after it was resolved."""
        created = resolved + int(self.random.uniform(0.3, 6.5) * DAY) // SECOND * SECOND
        later = self.teller.request(created, life.matter, life.customer)
        later.slots = life.slots
        later.subject = self.random.choice(self.words.again).replace("{subject}", life.subject)
        later.price = later.estimate_minutes = None
        self._live(later)
        return later

    def _refused(self, finished: list[Life]) -> list[Life]:
        """Spam, doubles of other tickets, and what isn't covered by the contract."""
        random, teller = self.random, self.teller
        spam, double, not_ours = self.words.rejected
        made = []
        for _count in range(_SPAM):
            created = self.now - int(random.uniform(4, 360) * DAY) // SECOND * SECOND
            life = teller.request(created, random.choice(self.words.spam), self._customer(created), "low")
            life.channel, life.body = "email", life.matter.body
            made.append(self._reject(life, spam))
        for first in random.sample(finished, _DOUBLES):
            created = first.created + random.randrange(4, 50) * MINUTE
            if created < self.now:
                life = teller.request(created, first.matter, first.customer, first.first_priority)
                life.slots, life.subject, life.double_of = first.slots, first.subject, first
                life.price = life.estimate_minutes = None
                made.append(self._reject(life, double))
        for _count in range(_NOT_OURS):
            created = self.now - int(random.uniform(4, 360) * DAY) // SECOND * SECOND
            matter = next(one for one in self.words.matters if one.kind == "consultation")
            made.append(self._reject(teller.request(created, matter, self._customer(created), "low"), not_ours))
        return made

    def _reject(self, life: Life, reason: str) -> Life:
        """The lead closes it and says why; a double learns the number of the other once there are numbers."""
        self.teller.work(life, self.random.uniform(3, 90))
        self.teller.event(life, self.teller.lead.login, "note", None, reason)
        life.at += SECOND
        self.teller.event(life, self.teller.lead.login, "status", "closed_rejected")
        return life

    # --- a whole life -----------------------------------------------------------------------------------------------

    def _live(self, life: Life) -> None:
        """Everything from the first look to the acceptance, as far as it got by now."""
        random, teller = self.random, self.teller
        first, resolution = teller.norm(life)
        who = teller.somebody(1, life.created)
        late = random.random() * 100 < who.place.late
        reply_after = first * (random.uniform(1.05, 2.2) if late else random.betavariate(1.4, 4) * 0.9)
        seen_after = max(1.0, reply_after * random.uniform(0.1, 0.5))
        dispatcher = teller.lead if random.random() < 0.5 else who
        teller.take(life, who, dispatcher.login, seen_after, reply_after - seen_after)
        budget = resolution * (random.uniform(1.05, 1.9) if random.random() * 100 < who.place.late - 1 else 1.0)
        if life.customer.calendar:
            budget /= 6  # of hours by day and by night
        if life.price is None:
            self._middle(life, min(budget, 2400.0))
        else:
            self._paid(life, budget if budget > resolution else None)
        self._end(life)

    def _paid(self, life: Life, late: float | None) -> None:
        """Offer, agreement, the work itself; what is late takes so many minutes."""
        random, teller = self.random, self.teller
        teller.work(life, random.uniform(15, 120))
        teller.offer(life)
        teller.think(life)
        teller.answered(life, self.words.agreements)
        if life.matter.line > 1:
            teller.work(life, random.uniform(2, 30))
            teller.pass_on(life, life.matter.line, self.words.upward[-1:])
        if life.matter.note and random.random() < 0.5:
            teller.work(life, random.uniform(10, 60))
            teller.event(life, teller.holder(life), "note", None, teller.said(life, life.matter.note))
        teller.work(life, late or (life.estimate_minutes or 60) * random.uniform(0.7, 1.1))

    def _ask(self, life: Life) -> None:
        """Ask the client, and get an answer to what was asked."""
        random, teller, words = self.random, self.teller, self.words
        asked = life.at
        if life.matter.ask and random.random() < 0.8:
            teller.wait(life, "waiting_client", teller.said(life, life.matter.ask))
            teller.think(life)
            teller.answered(life, words.answers[3:4] if life.at - asked > 2 * DAY else words.answers[4:])
        else:
            what = random.randrange(len(words.asked))
            teller.wait(life, "waiting_client", teller.said(life, words.asked[what]))
            teller.think(life)
            teller.answered(life, words.answers[what : what + 1])

    def _middle(self, life: Life, budget: float) -> None:
        random, teller, words, matter = self.random, self.teller, self.words, life.matter
        spend = budget * (0.95 if budget > 2000 else random.betavariate(1.6, 3.2) * 0.9)
        parts = [random.random() for _part in range(4)]
        scale = spend / sum(parts)
        teller.work(life, parts[0] * scale)
        if random.random() < (0.5 if matter.ask else 0.08):
            self._ask(life)
        if matter.line > life.line:
            self._upward(life, parts[1] * scale)
        elif random.random() < 0.07:
            self._sideways(life, parts[1] * scale)
        who = teller.holder(life)
        if matter.kind == "incident" and random.random() < 0.06:
            teller.wait(life, "waiting_third_party", teller.one(life, words.third_party), "note")
            teller.work(life, random.uniform(200, 1500))
            teller.event(life, who, "status", "open")
        if random.random() < 0.04 and life.priority in ("low", "normal"):
            teller.event(life, who, "priority", "high", teller.one(life, words.pressing))
            life.priority = "high"
        if matter.note and random.random() < 0.5:
            teller.event(life, who, "note", None, teller.said(life, matter.note))
        if random.random() < 0.06:
            life.at += MINUTE
            teller.event(life, life.requester, "message_in", None, teller.one(life, words.hurries))
        teller.work(life, parts[2] * scale)

    def _upward(self, life: Life, minutes: float) -> None:
        """To the line that can solve it; now and then it is pushed back first."""
        random, teller, words = self.random, self.teller, self.words
        if random.random() < 0.7:
            teller.event(life, teller.holder(life), "note", None, teller.one(life, words.notes))
            life.at += 5 * SECOND
        teller.pass_on(life, life.matter.line, words.upward[:-1])
        teller.work(life, minutes)
        if random.random() < 0.07:
            teller.pass_on(life, 1, words.downward)
            teller.work(life, minutes / 3)
            teller.pass_on(life, life.matter.line, words.upward[:-1])

    def _sideways(self, life: Life, minutes: float) -> None:
        """To a colleague of the same line; now and then straight back."""
        random, teller = self.random, self.teller
        who = life.assignee or teller.lead
        other = teller.somebody(life.line, life.at, who)
        teller.give(life, other, who.login, teller.one(life, self.words.handed))
        teller.work(life, minutes)
        if random.random() < 0.3:
            teller.give(life, who, other.login)

    def _end(self, life: Life) -> None:
        random, teller, words = self.random, self.teller, self.words
        who = teller.holder(life)
        teller.book(life)
        teller.solve(life)
        if random.random() < 0.05:
            teller.work(life, random.uniform(60, 900))
            still = words.still if life.matter is words.matters[0] else words.still[:-1]
            teller.event(life, life.requester, "message_in", None, teller.one(life, still))
            life.at += MINUTE
            teller.event(life, who, "reopen", "open")
            teller.event(life, who, "reply", None, teller.one(life, words.apologies))
            teller.work(life, random.uniform(20, 200))
            teller.solve(life)
        if random.random() < 0.4:
            teller.work(life, random.uniform(5, 300))
            teller.event(life, life.requester, "message_in", None, random.choice(words.thanks))
        if self.now - life.at > _MUST_BE_ACCEPTED or random.random() < 0.98:
            teller.work(life, random.uniform(30, 1100))
            teller.event(life, who, "accept", None, random.choice(words.accepted) if life.price else None)
