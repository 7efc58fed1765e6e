"""The roster's part of a demo desk: kinds of shifts, demand, rules, wishes, three months.

Last month and this one are published, this one with a swap since; of the next one the first half is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from leadconsole.demo.cast import Colleague
from leadconsole.demo.days import public_days
from leadconsole.demo.parts import Scene
from leadconsole.kernel.clock import HOUR
from leadconsole.kernel.history import packed
from leadconsole.kernel.period import Month, local_date, local_instant, time_zone
from leadconsole.team.production_calendar import is_work_day

Cell = tuple[str, str]


class RosterWords(NamedTuple):
    """Code and name of the morning, the day, the evening and half a day."""

    morning: tuple[str, str]
    day: tuple[str, str]
    evening: tuple[str, str]
    half: tuple[str, str]


ROSTER_WORDS = {
    "en": RosterWords(("M", "Morning"), ("D", "Day"), ("E", "Evening"), ("H", "Half a day")),
    "ru": RosterWords(("У", "Утро"), ("Д", "День"), ("В", "Вечер"), ("П", "Полдня")),
    "uk": RosterWords(("Р", "Ранок"), ("Д", "День"), ("В", "Вечір"), ("П", "Пів дня")),
}
_HOURS = ((480, 1020, 60), (540, 1080, 60), (720, 1260, 60), (540, 780, 0))
_DEMAND = (
    ("workday", 480, 540, 1, 1), ("workday", 540, 1080, 1, 2), ("workday", 1080, 1260, 1, 1),
    ("workday", 540, 1080, 2, 1), ("workday", 600, 720, 3, 1),
    ("weekend", 600, 1020, 0, 1), ("holiday", 600, 1020, 0, 1),
)  # fmt: skip
_RULES = (("monthly_norm", "soft", 1600), ("overstaffed", "off", None))
_FIRST_LINE = ("first", "allround", "hurried", "remote")
"""Who takes the mornings and evenings in turn."""
_ON_DUTY = ("second", "first", "senior", "remote", "allround", "hurried", "new")
"""Who has the weekends in turn."""
_WISHES = (
    # place, days from now, what, weight
    ("first", 4, "off", 5), ("remote", 9, "morning", 2), ("allround", 12, "evening", -3), ("second", 17, "off", 4),
    ("new", 23, "day", 2), ("senior", 26, "off", 3), ("remote", 31, "evening", -4), ("first", 38, "off", 5),
    ("allround", 41, "any", -2), ("second", 45, "morning", 1),
)  # fmt: skip
_TOLD_BEFORE = 6
"""Days before a month on which it was published."""


def fill(scene: Scene) -> None:
    """Fill the tables of the roster."""
    sql, words = scene.sql, ROSTER_WORDS[scene.language]
    sql.executemany(
        "INSERT INTO shift_type VALUES (?, ?, ?, ?, ?)",
        [(*name, *hours) for name, hours in zip(words, _HOURS, strict=True)],
    )
    sql.executemany("INSERT INTO demand VALUES (?, ?, ?, ?, ?)", _DEMAND)
    sql.executemany("INSERT INTO roster_rule VALUES (?, ?, ?)", _RULES)
    today = local_date(scene.now, scene.settings.timezone)
    this = Month.of(today)
    _wish(scene, words, today)
    whole = _Plan(scene, words, this.previous.first, this.next.last).made()
    for month in (this.previous, this):
        own = {cell: code for cell, code in whole.items() if cell[1].startswith(str(month))}
        _publish(scene, month, own)
        if month == this:
            first_line = {scene.cast.person(key).login for key in _FIRST_LINE}
            own = _swapped(own, today, words, first_line)
        _write(scene, own)
    half = f"{this.next}-15"
    _write(scene, {cell: code for cell, code in whole.items() if this.next.first.isoformat() <= cell[1] <= half})


class _Plan:
    """A rota by hand: mornings, evenings and weekends go round by weeks; a weekend is made up for by days off."""

    def __init__(self, scene: Scene, words: RosterWords, first: date, last: date) -> None:
        self.scene = scene
        self.words = words
        self.first, self.last = first, last
        self.public = public_days(scene.settings.country)
        self.people = [one for one in scene.cast.people if one.place.role in ("lead", "specialist", "contractor")]
        self.today = local_date(scene.now, scene.settings.timezone)
        self.free: set[Cell] = set()
        self.plan: dict[Cell, str] = {}
        self.holidays: Counter[str] = Counter()

    def made(self) -> dict[Cell, str]:
        """The whole plan, months in one."""
        # A few weeks more than asked, so that days off reach over the ends.
        monday = self.first - timedelta(days=self.first.weekday() + 14)
        while monday <= self.last + timedelta(days=14):
            self._weekend(monday)
            monday += timedelta(weeks=1)
        day = self.first
        while day <= self.last:
            self._work_day(day) if is_work_day(day, self.public) else self._day_off(day)
            day += timedelta(days=1)
        return {cell: code for cell, code in self.plan.items() if self.first.isoformat() <= cell[1]}

    def _here(self, who: Colleague, day: date) -> bool:
        ago = (self.today - day).days
        came, gone = who.place.came, who.place.gone
        employed = (came is None or ago <= came) and (gone is None or ago >= gone)
        return employed and not any(one.who is who and one.meets(day, day) for one in self.scene.away)

    def _in_turn(self, keys: Sequence[str], day: date) -> list[Colleague]:
        """Those who are there, whose turn it is in this week first."""
        week = day.toordinal() // 7
        turn = [keys[(week + place) % len(keys)] for place in range(len(keys))]
        return [who for key in turn if self._here(who := self.scene.cast.person(key), day)]

    def _weekend(self, monday: date) -> None:
        """Saturday and Sunday for one, with Thursday and Friday before and Monday after off."""
        days = [monday + timedelta(days=far) for far in (3, 4, 5, 6, 7)]
        before, saturday, sunday = days[:2], days[2], days[3]
        for who in self._in_turn(_ON_DUTY, monday):
            if all(self._here(who, day) for day in days) and (who.login, monday.isoformat()) not in self.free:
                for day in (saturday, sunday):
                    if not is_work_day(day, self.public):
                        self.plan[who.login, day.isoformat()] = self.words.day[0]
                self.free |= {(who.login, day.isoformat()) for day in (*before, days[4])}
                return

    def _day_off(self, day: date) -> None:
        """A holiday within the week: who had the fewest days like it, and has no weekend around it."""
        iso = day.isoformat()
        if any(cell[1] == iso for cell in self.plan):
            return
        near = {(day + timedelta(days=far)).isoformat() for far in range(-4, 5)}
        resting = {login for login, free in self.free if free in near}
        able = [who for who in self._in_turn(_ON_DUTY, day) if who.login not in resting]
        if able:
            who = min(able, key=lambda one: self.holidays[one.login])
            self.holidays[who.login] += 1
            self.plan[who.login, iso] = self.words.day[0]

    def _work_day(self, day: date) -> None:
        iso = day.isoformat()
        there = [one for one in self.people if self._here(one, day) and (one.login, iso) not in self.free]
        for one in there:
            self.plan[one.login, iso] = (self.words.half if one.place.role == "contractor" else self.words.day)[0]
        logins = {one.login for one in there}
        turn = [one.login for one in self._in_turn(_FIRST_LINE, day) if one.login in logins]
        for login, (code, _name) in zip(turn, (self.words.evening, self.words.morning), strict=False):
            self.plan[login, iso] = code


def _wish(scene: Scene, words: RosterWords, today: date) -> None:
    rows = []
    for key, days, wanted, weight in _WISHES:
        day = today + timedelta(days=days)
        code = wanted if wanted in ("off", "any") else getattr(words, wanted)[0]
        rows.append((scene.cast.person(key).login, day.isoformat(), code, weight))
    scene.sql.executemany("INSERT INTO wish VALUES (?, ?, ?, ?)", rows)


def _swapped(plan: dict[Cell, str], today: date, words: RosterWords, able_ones: set[str]) -> dict[Cell, str]:
    """The plan after two people changed an evening for a day, soon or, at the end of a month, lately."""
    days = sorted({day for _login, day in plan}, key=lambda day: (day <= today.isoformat(), day))
    soon = [day for day in days if day > (today + timedelta(days=1)).isoformat()]
    for day in [*soon, *reversed(days)]:
        shifts = {login: code for (login, own), code in plan.items() if own == day}
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        late = [login for login, code in shifts.items() if code == words.evening[0]]
        # Who takes the evening comes from a day shift and goes to one: the rest between stays long enough.
        able = [
            login
            for login, code in shifts.items()
            if code == words.day[0]
            and login in able_ones
            and plan.get((login, before), words.day[0]) == plan.get((login, after), words.day[0]) == words.day[0]
        ]
        if late and able:
            return {**plan, (late[0], day): words.day[0], (able[-1], day): words.evening[0]}
    return plan


def _publish(scene: Scene, month: Month, plan: dict[Cell, str]) -> None:
    zone = scene.settings.timezone
    at = local_instant(month.first - timedelta(days=_TOLD_BEFORE), 16 * 60, time_zone(zone))
    at = min(at, scene.now - HOUR)
    lead = scene.cast.person("lead").login
    shifts: dict[str, dict[str, str]] = {}
    for (login, day), code in sorted(plan.items()):
        shifts.setdefault(login, {})[day] = code
    scene.sql.execute(
        "INSERT INTO event (subject, key, seq, at, recorded, actor, kind, after)"
        " VALUES ('roster', ?, 1, ?, ?, ?, 'publish', ?)",
        (str(month), at, at, lead, packed({"at": at, "by": lead, "shifts": shifts})),
    )


def _write(scene: Scene, plan: dict[Cell, str]) -> None:
    scene.sql.executemany(
        "INSERT INTO shift (login, date, shift) VALUES (?, ?, ?)",
        [(login, day, code) for (login, day), code in sorted(plan.items())],
    )
