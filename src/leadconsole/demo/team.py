"""The team's part of a demo desk: people, clients, contacts, calendars, days and norms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leadconsole.demo.cast import Customer
from leadconsole.demo.days import public_days
from leadconsole.demo.parts import Scene
from leadconsole.kernel.period import local_date
from leadconsole.team.production_calendar import is_work_day

NORMS: dict[str, dict[str, tuple[int, int | None]]] = {
    # policy: {priority: (first reply, resolution) in working minutes}
    "standard": {"urgent": (30, 240), "high": (60, 480), "normal": (120, 960), "low": (240, 2400)},
    "priority": {"urgent": (15, 120), "high": (30, 240), "normal": (60, 480), "low": (120, 1440)},
    "basic": {"urgent": (60, None), "high": (120, None), "normal": (240, None), "low": (480, None)},
}
LINE_FACTOR = {2: 3, 3: 5}
"""A resolution on a higher line may take so many halves of the norm of the first."""


def fill(scene: Scene) -> None:
    """Fill the tables of the team."""
    sql, random = scene.sql, scene.random("team")
    today = local_date(scene.now, scene.settings.timezone)
    firm = scene.firm
    people = [
        (
            one.login, one.name, one.place.role, one.place.lines, f"{one.login}@{firm.domain}",
            firm.remote_zone if one.place.remote else None, one.place.weekly_minutes,
            _day(today, one.place.came or 400 + random.randrange(2000)), _day(today, one.place.gone),
        )
        for one in scene.cast.people
    ]  # fmt: skip
    sql.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", people)
    sql.executemany(
        "INSERT INTO client (code, name, domains, emails, status, started, ended, policy, calendar, notes,"
        " toxic_since, toxic_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_client(one, today, 500 + random.randrange(2000)) for one in scene.cast.customers],
    )
    contacts = []
    for one in scene.cast.customers:
        for contact in one.contacts:
            phone = firm.phone.format(a=random.randrange(1000), b=random.randrange(100), c=random.randrange(100))
            contacts.append((one.code, contact.name, contact.email, phone, contact.post))
    sql.executemany("INSERT INTO contact VALUES (?, ?, ?, ?, ?)", contacts)
    _calendars(scene, today)
    sql.executemany("INSERT INTO norm VALUES (?, ?, ?, ?, ?)", _norms())


def _client(one: Customer, today: date, age: int) -> Sequence[object]:
    return (
        one.code, one.name, f"{one.code}.example", None, one.status, _day(today, age),
        _day(today, one.ended), one.policy, one.calendar, one.note,
        _day(today, 70 if one.toxic else None), one.toxic,
    )  # fmt: skip


def _day(today: date, days_ago: int | None) -> str | None:
    return None if days_ago is None else (today - timedelta(days=days_ago)).isoformat()


def _calendars(scene: Scene, today: date) -> None:
    sql, firm = scene.sql, scene.firm
    hours = [("office", day, opens, closes, None) for day in range(5) for opens, closes in ((540, 780), (840, 1080))]
    hours += [("always", day, 0, 1440, None) for day in range(7)]
    sql.executemany("INSERT INTO calendar_hours VALUES (?, ?, ?, ?, ?)", hours)
    country = scene.settings.country
    public = public_days(country)
    sql.executemany(
        "INSERT INTO public_day VALUES (?, ?, ?)",
        [(country, day.isoformat(), kind.value) for day, kind in public.items()],
    )
    own: list[tuple[str, str]] = []
    for year in range(today.year - 1, today.year + 2):
        own += [(f"{year}-{day}", "off") for day in firm.days_off]
        # A short day is a working one: it would open a weekend or a holiday.
        own += [(f"{year}-{day}", "short") for day in firm.short_days if is_work_day(_date(year, day), public)]
    sql.executemany("INSERT INTO calendar_day VALUES ('office', ?, ?, NULL, NULL)", own)


def _date(year: int, day: str) -> date:
    return date.fromisoformat(f"{year}-{day}")


def _norms() -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for policy, targets in NORMS.items():
        for priority, (first, resolution) in targets.items():
            rows.append((policy, priority, 0, first, resolution))
            if resolution is not None:
                rows += [
                    (policy, priority, line, first, resolution * halves // 2) for line, halves in LINE_FACTOR.items()
                ]
    return rows
