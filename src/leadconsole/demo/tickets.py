"""The tickets' part of a demo desk: a year behind it, and a queue of now that shows every state."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from leadconsole.demo.cast import Customer
from leadconsole.demo.lives import Life, Teller
from leadconsole.demo.parts import Scene
from leadconsole.demo.team import NORMS
from leadconsole.demo.words import Matter, Words, words_of
from leadconsole.kernel.clock import DAY, HOUR, MINUTE, Instant, moment
from leadconsole.kernel.period import local_date, local_instant, time_zone
from leadconsole.team import facts
from leadconsole.tickets import caches
from leadconsole.tickets.commands import insert_statement, insert_values
from leadconsole.tickets.shapes import TICKETS

YEAR = 2_900
"""Tickets of the year behind; the queue of now and repeats come on top."""

_SETTLED = 3 * DAY
_PRIORITIES = {"normal": 66, "high": 18, "low": 10, "urgent": 6}
_CHANNELS = {"email": 70, "phone": 18, "chat": 11, "visit": 1}
_NO_NORM = 480
_LATE, _AT_RISK, _UNASSIGNED, _WAITING, _IN_WORK, _TO_ACCEPT = 6, 7, 6, 14, 26, 9


def fill(scene: Scene) -> None:
    """Fill the tables of tickets, and their history."""
    lives = _Year(scene).lives()
    lives.sort(key=lambda life: life.created)
    for number, life in enumerate(lives, 1):
        life.number = number
    sql = scene.sql
    defaults = {column.field: column.default for column in TICKETS.columns}
    sql.executemany(insert_statement(), [insert_values({**defaults, **_row(life)}) for life in lives])
    events = [
        ("ticket", str(life.number), seq, at, at, actor, kind, value, text)
        for life in lives
        for seq, (at, actor, kind, value, text) in enumerate(life.events, 1)
    ]
    # By time, so that the ids run as they would have.
    events.sort(key=lambda event: event[3])
    sql.executemany(
        "INSERT INTO event (subject, key, seq, at, recorded, actor, kind, value, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        events,
    )
    caches.rebuild(sql)
    sql.executemany(
        "INSERT INTO ticket_text VALUES (?, ?)",
        [
            (
                life.number,
                caches.search_text(
                    life.number, life.subject, life.body, life.requester, life.customer.name, life.customer.code
                ),
            )
            for life in lives
        ],
    )
    sql.execute("INSERT INTO desk_fact VALUES ('last_ticket', ?)", (str(len(lives)),))


def _row(life: Life) -> dict[str, object]:
    return {
        "number": life.number,
        "client": life.customer.code,
        "subject": life.subject,
        "created": life.created,
        "requester": life.requester,
        "body": life.body,
        "kind": life.matter.kind,
        "start_priority": life.first_priority,
        "start_line": 1,
        "start_status": "new",
        "channel": life.channel,
        "estimate_minutes": life.estimate_minutes,
        "price": life.price,
        "agreed": life.agreed,
        "tags": life.matter.tag or None,
    }


class _Year:
    """The tickets of a year and of now."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.random: Random = scene.random("tickets")
        self.words: Words = words_of(scene.language)
        self.calendars = facts.Calendars(scene.sql)
        self.office = self.calendars.of(None)
        targets = {
            (policy, priority): (first or _NO_NORM, resolution or 2 * _NO_NORM)
            for policy, of in NORMS.items()
            for priority, (first, resolution) in of.items()
        }
        self.teller = Teller(scene.cast, self.words, self.random, scene.now, targets)
        self._customers = [one for one in scene.cast.customers if one.status != "left"]
        self._weights = [one.weight for one in self._customers]
        self._matter_weights = [one.weight for one in self.words.matters]
        self._requests = 0

    def lives(self) -> list[Life]:
        """All tickets, in no order yet."""
        made = []
        for created in self._moments():
            life = self._request(created, self._matter())
            self._run(life)
            made.append(life)
            if life.resolved is not None and self.random.random() < 0.035:
                made += self._again(life)
        made += [self._spam() for _count in range(30)]
        made += [self._robust(matter) for matter in self.words.robust]
        return made + self._present()

    def _moments(self) -> list[Instant]:
        """When requests come in over the year: in working hours for the most part, fewer in summer and on Fridays."""
        scene, random = self.scene, self.random
        zone = time_zone(scene.settings.timezone)
        last = local_date(scene.now - _SETTLED, scene.settings.timezone)
        days = [last - timedelta(days=back) for back in range(364)]
        weights = []
        for day in days:
            busy = 1.0 if self.office.is_working_day(day) else 0.06
            busy *= {0: 1.25, 4: 0.85}.get(day.weekday(), 1.0)
            busy *= {1: 1.15, 4: 1.15, 7: 0.85, 8: 0.85, 12: 1.2}.get(day.month, 1.0)
            weights.append(busy)
        found = []
        for day in random.choices(days, weights, k=YEAR):
            hour = random.triangular(7.5, 20, 10.5) if random.random() < 0.97 else random.uniform(0, 24)
            start = local_instant(day, int(hour * 60) % 1440, zone)
            found.append(min(start + random.randrange(60) * 1_000_000, scene.now - _SETTLED))
        return sorted(found)

    def _matter(self) -> Matter:
        return self.random.choices(self.words.matters, self._matter_weights)[0]

    def _request(
        self, created: Instant, matter: Matter, customer: Customer | None = None, priority: str | None = None
    ) -> Life:
        random = self.random
        who = customer or random.choices(self._customers, self._weights)[0]
        month = self.words.months[(moment(created).month - 2) % 12]
        chosen = priority or random.choices([*_PRIORITIES], [*_PRIORITIES.values()])[0]
        life = Life(
            created,
            who,
            matter,
            self.teller.said(random.choice(matter.subjects), month),
            self.teller.said(matter.body, month),
            random.choice(who.contacts)[0],
            random.choices([*_CHANNELS], [*_CHANNELS.values()])[0],
            chosen,
            chosen,
        )
        if matter.kind in ("task", "project"):
            hours = random.choice((1, 2, 2, 3, 4, 6, 8, 12, 20))
            life.estimate_minutes = hours * 60
            life.price = hours * self.scene.firm.hourly_rate * 100
        return life

    def _run(self, life: Life) -> None:
        # People work in office hours, whatever hours the client was promised.
        self.teller.live(life, self.office)

    def _again(self, life: Life) -> list[Life]:
        """The same matter comes back within a week after it was resolved."""
        assert life.resolved is not None
        created = life.resolved + int(self.random.uniform(0.3, 6.5) * DAY)
        if created > self.scene.now - _SETTLED:
            return []
        later = self._request(created, life.matter, life.customer)
        later.subject = self.random.choice(self.words.again).replace("{subject}", life.subject)
        later.price = later.estimate_minutes = None
        self._run(later)
        return [later]

    def _spam(self) -> Life:
        random = self.random
        created = self.scene.now - int(random.uniform(4, 360) * DAY)
        life = self._request(created, random.choice(self.words.spam), priority="low")
        life.at = created
        self.teller.work(life, self.office, random.uniform(3, 90))
        text = self.words.rejected[0]
        self.teller.event(life, self.scene.cast.people[0].login, "note", None, text)
        life.at += 1_000_000
        self.teller.event(life, self.scene.cast.people[0].login, "status", "closed_rejected")
        return life

    def _robust(self, matter: Matter) -> Life:
        """A ticket whose text tries the program: markup, emoji, length."""
        life = self._request(self._ago(90), matter)
        self._taken(life)
        return life

    # --- now ----------------------------------------------------------------------------------------------------

    def _ago(self, minutes: float) -> Instant:
        """The moment from which so many working minutes have gone until now."""
        found = self.office.before(self.scene.now, int(minutes) * MINUTE)
        return (found if found is not None else self.scene.now - HOUR) // MINUTE * MINUTE

    def _present(self) -> list[Life]:
        """The queue of now: every state is there, at whatever hour one looks."""
        made = [self._request(self._ago(210), self.words.showpiece, self._with_norm("standard"), "urgent")]
        self._taken(made[0], after=12)
        made += [self._due_in(-self.random.uniform(15, 900)) for _count in range(_LATE - 1)]
        made += [self._due_in(self.random.uniform(4, 56)) for _count in range(_AT_RISK)]
        made += [self._fresh() for _count in range(_UNASSIGNED)]
        made += [self._waiting() for _count in range(_WAITING)]
        made += [self._due_in(self.random.uniform(90, 700)) for _count in range(_IN_WORK)]
        made += [self._resolved() for _count in range(_TO_ACCEPT)]
        return made

    def _with_norm(self, policy: str) -> Customer:
        able = [one for one in self._customers if one.policy == policy and one.calendar is None]
        return self.random.choice(able)

    def _due_in(self, minutes: float) -> Life:
        """A ticket in work whose resolution is due in so many working minutes (negative: was due)."""
        policy = self.random.choice(("standard", "standard", "priority"))
        priority = self.random.choice(("normal", "normal", "high", "low"))
        resolution = NORMS[policy][priority][1] or _NO_NORM
        created = self._ago(max(5.0, resolution - minutes))
        life = self._request(created, self._matter(), self._with_norm(policy), priority)
        self._taken(life)
        return life

    def _taken(self, life: Life, after: float = 0) -> None:
        """Somebody has it and has answered, in time if there was any."""
        first = self.teller.targets[life.customer.policy or "", life.priority][0]
        passed = self.office.elapsed(life.created, self.scene.now) // MINUTE
        life.at = life.created
        who = self.teller.somebody(1)
        self.teller.work(life, self.office, min(after or first * 0.3, passed * 0.4))
        self.teller.give(life, who, self.scene.cast.people[0].login)
        self.teller.work(life, self.office, min(first * 0.4, passed * 0.3))
        self.teller.event(life, who.login, "reply", None, self.teller.said(self.random.choice(self.words.taken)))
        life.at += 1_000_000
        self.teller.event(life, who.login, "status", "open")
        if life.matter.line > life.line and passed > 60:
            life.at += 5 * MINUTE
            self.teller.pass_on(life, life.matter.line, self.teller.said(self.random.choice(self.words.upward)))

    def _fresh(self) -> Life:
        """Just in, nobody has it yet."""
        return self._request(self._ago(self.random.uniform(2, 45)), self._matter(), self._with_norm("standard"))

    def _waiting(self) -> Life:
        life = self._request(self._ago(self.random.uniform(500, 1900)), self._matter(), self._with_norm("standard"))
        self._taken(life)
        who = (life.assignee or self.scene.cast.people[0]).login
        self.teller.work(life, self.office, self.random.uniform(10, 90))
        if self.random.random() < 0.3:
            text = self.teller.said(self.random.choice(self.words.third_party))
            self.teller.wait(life, "waiting_third_party", who, text, "note")
        else:
            text = self.teller.said(life.matter.ask or self.random.choice(self.words.asked))
            self.teller.wait(life, "waiting_client", who, text)
        return life

    def _resolved(self) -> Life:
        life = self._request(self._ago(self.random.uniform(700, 1600)), self._matter(), self._with_norm("standard"))
        self._taken(life)
        who = (life.assignee or self.scene.cast.people[0]).login
        self.teller.work(life, self.office, self.random.uniform(20, 300))
        self.teller.event(life, who, "time", str(self.random.randrange(2, 18) * 5))
        life.at += 1_000_000
        self.teller.event(life, who, "reply", None, self.teller.said(life.matter.solution))
        life.at += 1_000_000
        self.teller.event(life, who, "status", "resolved")
        return life
