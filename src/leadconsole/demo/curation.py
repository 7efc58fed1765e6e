"""The matrix of a demo desk, made of who worked for whom: two clients hang on one person, one is being handed over.

Whoever is away now is stood in for. All that is told lies relative to the day on which the desk is made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from leadconsole.curation.contacts import contacts_in
from leadconsole.demo.cast import Colleague
from leadconsole.demo.parts import Scene
from leadconsole.kernel.clock import DAY, HOUR, MINUTE
from leadconsole.kernel.period import local_date, start_of_day

_ALONE = ("senior", "remote")
"""Each of them is the only one who covers one client."""
_LEADS = ("lead", "first", "allround", "hurried", "second", "remote", "senior")
_LEARNS = 6
_FRESH = 85 * DAY
_SHEETS = 4

_ACCESS = {
    "en": "VPN by the profile in the safe of the desk; the server's keys are kept by the team lead.",
    "ru": "VPN по профилю из сейфа группы; ключи от сервера у руководителя группы.",
    "uk": "VPN за профілем із сейфа групи; ключі від сервера в керівника групи.",
}
_QUIRKS = {
    "en": "Call the accountant before ten; the exchange with the bank was set up by hand in spring.",
    "ru": "Бухгалтеру звонить до десяти; обмен с банком весной настраивали вручную.",
    "uk": "Бухгалтеру телефонувати до десятої; обмін із банком навесні налаштовували вручну.",
}
_BECAUSE = {
    "en": "So that somebody else can cover this client.",
    "ru": "Чтобы клиента мог покрыть кто-то ещё.",
    "uk": "Щоб клієнта міг покрити хтось іще.",
}


def fill(scene: Scene) -> None:
    """Fill the tables of curation."""
    matrix = _Matrix(scene)
    matrix.levels()
    matrix.handover()
    matrix.substitutions()
    matrix.learning()
    matrix.sheets()
    scene.sql.executemany(
        "INSERT INTO curation (client, login, since, level, until) VALUES (?, ?, ?, ?, ?)",
        [(client, login, since, level, None) for client, login, since, level in sorted(matrix.rows)],
    )


class _Matrix:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.random = scene.random("curation")
        self.today = local_date(scene.now, scene.settings.timezone)
        self.by_key = {one.place.key: one for one in scene.cast.people}
        self.started = dict(scene.sql.execute("SELECT login, started FROM person").fetchall())
        self.rows: set[tuple[str, str, str, str]] = set()
        self.lead: dict[str, Colleague] = {}
        self.curators: dict[str, list[Colleague]] = defaultdict(list)
        self.alone: set[str] = set()
        self.worked: dict[str, Counter[str]] = defaultdict(Counter)
        self.fresh: set[tuple[str, str]] = set()
        for (client, login), contact in contacts_in(scene.sql).items():
            self.worked[client][login] = contact.tickets
            if scene.now - contact.last < _FRESH:
                self.fresh.add((client, login))
        self.active = [one.code for one in scene.cast.customers if one.status == "active"]

    def _rank(self, client: str, who: Colleague) -> tuple[bool, int, str]:
        """Who knows a client best comes first: by contact of late, then by tickets."""
        return ((client, who.login) not in self.fresh, -self.worked[client][who.login], who.login)

    def _day(self, days: int) -> str:
        return (self.today + timedelta(days=days)).isoformat()

    def _since(self, who: Colleague) -> str:
        started: str = self.started[who.login]
        return max(started, self._day(-self.random.randrange(120, 900)))

    def levels(self) -> None:
        """Whoever worked for a client most leads it, if that makes no one's share too large; others curate."""
        leads, curates = Counter[str](), Counter[str]()
        able = [self.by_key[key] for key in _LEADS]
        wanted = set(_ALONE)
        for customer in self.scene.cast.customers:
            if customer.status == "left":
                continue
            code = customer.code
            # The team lead has other things to do.
            who = min(
                able,
                key=lambda one: (leads[one.login] // 6 + (one.place.key == "lead"), *self._rank(code, one)),
            )
            leads[who.login] += 1
            self.lead[code] = who
            self.rows.add((code, who.login, self._since(who), "lead"))
            if code in self.active and who.place.key in wanted:
                wanted.remove(who.place.key)
                self.alone.add(code)
                continue
            others = sorted(
                (one for one in [*able, self.by_key["contractor"]] if one is not who),
                key=lambda one: (curates[one.login] // 12, *self._rank(code, one)),
            )
            for other in others[: self.random.choice((1, 1, 1, 2, 2, 3))]:
                curates[other.login] += 1
                self.curators[code].append(other)
                self.rows.add((code, other.login, self._since(other), "curator"))
        gone = self.by_key["left"]
        for code in [code for code in self.active if self.worked[code][gone.login]][:5]:
            self.rows.add((code, gone.login, self._since(gone), "curator"))

    def handover(self) -> None:
        """One client goes from the senior to the new one, and two steps of it are done."""
        giver, taker = self.by_key["senior"], self.by_key["new"]
        code = next(code for code in self.active if self.lead[code] is giver and code not in self.alone)
        begun, effective = self._day(-12), self._day(11)
        self.rows |= {
            (code, taker.login, begun, "learning"),
            (code, giver.login, effective, "curator"),
            (code, taker.login, effective, "lead"),
        }
        self.scene.sql.execute(
            "INSERT INTO lead_handover (client, begun, giver, taker, effective, introduction, access)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (code, begun, giver.login, taker.login, effective, self._day(-9), self._day(-4)),
        )

    def substitutions(self) -> None:
        """Whoever leads clients and is away now is stood in for by somebody who is there all the time."""
        rows: list[tuple[str, str, str, str, str, int | None]] = []
        morning = start_of_day(self.today - timedelta(days=1), self.scene.settings.timezone) + 10 * HOUR
        for away in self.scene.away:
            if not away.first <= self.today <= away.last:
                continue
            for code in (code for code in self.active if self.lead[code] is away.who):
                there = [one for one in self.curators[code] if not self._away(one, away.first, away.last)]
                if there:
                    read = morning + 7 * len(rows) * MINUTE if len(rows) % 5 else None
                    rows.append((code, away.who.login, away.first.isoformat(), away.last.isoformat(),
                                 there[0].login, read))  # fmt: skip
        self.scene.sql.executemany(
            "INSERT INTO substitution (client, absent, first, last, substitute, acknowledged)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _away(self, who: Colleague, first: date, last: date) -> bool:
        return any(one.who is who and one.meets(first, last) for one in self.scene.away)

    def learning(self) -> None:
        """The new one learns some clients, those with one cover first; one task is late."""
        learner = self.by_key["new"]
        known = {client for client, login, _since, _level in self.rows if login == learner.login}
        codes = [*sorted(self.alone), *(code for code in self.active if code not in self.alone)]
        for place, code in enumerate([code for code in codes if code not in known][:_LEARNS]):
            since = self._day(-50 + 7 * place)
            self.rows.add((code, learner.login, since, "learning"))
            self.scene.sql.execute(
                "INSERT INTO learning_task (client, login, since, due, because) VALUES (?, ?, ?, ?, ?)",
                (code, learner.login, since, self._day(-3 + 9 * place), _BECAUSE[self.scene.language]),
            )

    def sheets(self) -> None:
        """What isn't written anywhere else, for some clients."""
        away = [code for (code,) in self.scene.sql.execute("SELECT client FROM substitution ORDER BY client")]
        self.scene.sql.executemany(
            "INSERT INTO client_sheet (client, access, quirks) VALUES (?, ?, ?)",
            [
                (code, _ACCESS[self.scene.language], _QUIRKS[self.scene.language] if place % 2 == 0 else None)
                for place, code in enumerate(away[:_SHEETS])
            ],
        )
