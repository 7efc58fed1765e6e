"""Who is away at a demo desk and when: a year of vacations, illness and study, one running now, some to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from leadconsole.demo.cast import Cast, Colleague
from leadconsole.demo.firms import Firm
from leadconsole.demo.parts import Scene

_VACATIONS: dict[str, tuple[tuple[int, int], ...]] = {
    # Place: Mondays in weeks from this one, and days; each has a part of at least 14 days.
    "lead": ((-35, 14), (-18, 7), (10, 14)),
    "first": ((-44, 14), (-20, 14)),
    "allround": ((-38, 14), (-15, 7), (7, 14)),
    "hurried": ((-31, 14), (-1, 14)),
    "second": ((-28, 14), (-11, 14)),
    "remote": ((-23, 14), (3, 14)),
    "senior": ((-41, 14), (-6, 14)),
    "left": ((-26, 14),),
}
_SICK = {"first": 2, "allround": 1, "hurried": 2, "second": 1, "remote": 1, "senior": 2, "left": 1}
_STUDY = {"new": ((-5, 3), (5, 2)), "second": ((-36, 3),)}
_YEAR = 350


@dataclass(frozen=True, slots=True)
class Away:
    """One absence; first and last day are both included."""

    who: Colleague
    first: date
    last: date
    kind: str
    note: str | None = None

    def meets(self, first: date, last: date) -> bool:
        """Whether it has a day in common with a span."""
        return self.first <= last and first <= self.last


def absences_of(cast: Cast, firm: Firm, today: date, random: Random) -> tuple[Away, ...]:
    """Every absence around a day, by person and first day; the same for the same day and stream."""
    monday = today - timedelta(days=today.weekday())
    made: list[Away] = []
    for who in cast.people:
        key = who.place.key
        own = [_from(who, monday, weeks, days, "vacation") for weeks, days in _VACATIONS.get(key, ())]
        own += [_from(who, monday, weeks, days, "study", firm.course) for weeks, days in _STUDY.get(key, ())]
        for _illness in range(_SICK.get(key, 0)):
            own.append(_ill(who, today, own, random))
        made += sorted(own, key=lambda one: one.first)
    return tuple(made)


def fill(scene: Scene) -> None:
    """Fill the table of absences."""
    scene.sql.executemany(
        "INSERT INTO absence (login, first, last, kind, note) VALUES (?, ?, ?, ?, ?)",
        [(one.who.login, one.first.isoformat(), one.last.isoformat(), one.kind, one.note) for one in scene.away],
    )


def _from(who: Colleague, monday: date, weeks: int, days: int, kind: str, note: str | None = None) -> Away:
    first = monday + timedelta(weeks=weeks)
    return Away(who, first, first + timedelta(days=days - 1), kind, note)


def _ill(who: Colleague, today: date, known: list[Away], random: Random) -> Away:
    """A few days of illness that are over by now and meet nothing else."""
    least = (who.place.gone or 0) + 8
    while True:
        first = today - timedelta(days=random.randrange(least, _YEAR))
        first -= timedelta(days=max(0, first.weekday() - 4))
        last = first + timedelta(days=random.randrange(2, 7))
        if not any(one.meets(first, last) for one in known):
            return Away(who, first, last, "sick")
