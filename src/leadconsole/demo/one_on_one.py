"""The 1-on-1s' part of a demo desk: one who rose from 50 to 64 over ten weeks, one who falls, one who is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from leadconsole.demo.days import public_days
from leadconsole.demo.parts import Scene
from leadconsole.demo.sheets import Sheet, sheet_of
from leadconsole.kernel.clock import DAY, HOUR
from leadconsole.kernel.period import local_date, start_of_day
from leadconsole.one_on_one import evidence
from leadconsole.team.production_calendar import is_work_day

RISES = (50, 52, 51, 54, 55, 57, 56, 59, 61, 62, 64)
FALLS = (63, 64, 60, 50, 45)
NEW = (48,)
_TUESDAY, _THURSDAY, _WEDNESDAY = 1, 3, 2
_LISTS = {"allround": (RISES, _TUESDAY, "TU"), "hurried": (FALLS, _THURSDAY, "TH"), "new": (NEW, _WEDNESDAY, "WE")}


def fill(scene: Scene) -> None:
    """Fill the tables of 1-on-1s."""
    today = local_date(scene.now, scene.settings.timezone)
    sheet = sheet_of(scene.language)
    for key, (sums, weekday, name) in _LISTS.items():
        login = scene.cast.person(key).login
        days = _days(scene, today, weekday, len(sums))
        scene.sql.executemany(
            "INSERT INTO criterion (login, criterion, first, most, position) VALUES (?, ?, ?, ?, ?)",
            [
                (login, matter.name, (days[0] - timedelta(days=3)).isoformat(), matter.most * 100, place)
                for place, matter in enumerate(sheet.matters, 1)
            ],
        )
        scene.sql.execute("INSERT INTO meeting_plan VALUES (?, ?)", (login, f"FREQ=WEEKLY;BYDAY={name}"))
        for number, (day, total) in enumerate(zip(days, sums, strict=True)):
            scene.sql.executemany(
                "INSERT INTO meeting_score VALUES (?, ?, ?, ?, ?)",
                [
                    (login, day.isoformat(), matter.name, points * 100, matter.reason(points, number))
                    for matter, points in zip(sheet.matters, _spread(sheet, total, number), strict=True)
                ],
            )
    _agreed(scene, sheet, today)
    _records(scene, sheet, today)


def _days(scene: Scene, today: date, weekday: int, count: int) -> list[date]:
    """A day a week before today, moved to the next working day where it is a day off."""
    public = public_days(scene.settings.country)
    last = today - timedelta(days=1 + (today.weekday() - 1 - weekday) % 7)
    found: list[date] = []
    for week in range(count - 1, -1, -1):
        day = last - timedelta(weeks=week)
        while not is_work_day(day, public) and day + timedelta(days=1) < today:
            day += timedelta(days=1)
        if day in found or (found and day < found[-1]):  # long holidays: two weeks meet on one day
            day = max(found[-1] + timedelta(days=1), last - timedelta(weeks=week))
        found.append(day)
    return found


def _spread(sheet: Sheet, total: int, number: int) -> Sequence[int]:
    """The points of each criterion that make a sum; who is stronger in what moves a little from time to time."""
    most = sum(matter.most for matter in sheet.matters)
    points = [matter.most * total // most for matter in sheet.matters]
    place = number
    while sum(points) < total:
        spot = place % len(points)
        if points[spot] < sheet.matters[spot].most:
            points[spot] += 1
        place += 1
    return points


def _agreed(scene: Scene, sheet: Sheet, today: date) -> None:
    """What was agreed at the last meetings: some done, one promise of the lead overdue, one still open."""
    lead = scene.settings.lead
    rising, falling, new = (scene.cast.person(key).login for key in _LISTS)

    def day(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    rows = [
        (rising, day(-28), sheet.improvements[0], rising, day(-14), day(-15)),
        (rising, day(-14), sheet.improvements[2], rising, day(10), None),
        (rising, day(-14), sheet.lacks[2], lead, day(12), None),
        (falling, day(-13), sheet.improvements[1], falling, day(-2), None),
        (falling, day(-20), sheet.lacks[0], lead, day(-3), None),
        (new, day(-6), sheet.lacks[1], lead, day(4), None),
    ]
    scene.sql.executemany("INSERT INTO meeting_action VALUES (?, ?, ?, ?, ?, ?)", rows)


def _records(scene: Scene, sheet: Sheet, today: date) -> None:
    """The last two meetings have their evidence, own points and an answer; the agenda and own points wait for the next.

    Earlier ones are as if they had been kept in a file before.
    """
    lead, sql = scene.settings.lead, scene.sql
    for key in _LISTS:
        login = scene.cast.person(key).login
        days = [
            day
            for (day,) in sql.execute("SELECT DISTINCT date FROM meeting_score WHERE login = ? ORDER BY 1", (login,))
        ]
        for place in range(max(0, len(days) - 2), len(days)):
            day = days[place]
            saved = start_of_day(date.fromisoformat(day), scene.settings.timezone) + 16 * HOUR
            before = days[place - 1] if place else None
            seen = evidence.gather(sql, login, before, date.fromisoformat(day), saved, until=saved)
            last = place == len(days) - 1
            read = None if last else saved + DAY
            remark = sheet.remark if key == "hurried" and not last else None
            own = [] if key == "new" else _own(scene, sheet, login, day)
            sql.execute(
                "INSERT INTO meeting_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    login,
                    day,
                    lead,
                    saved,
                    "office",
                    evidence.frozen(seen),
                    json.dumps(own, ensure_ascii=False),
                    read,
                    remark,
                ),
            )
        told = [sheet.points[0], sheet.points[2]] if key != "new" else [sheet.points[1]]
        for number, text in enumerate(told, 1):
            author = lead if text == sheet.points[2] else login
            row = (login, number, author, scene.now - 2 * DAY, text, None)
            sql.execute("INSERT INTO agenda_point VALUES (?, ?, ?, ?, ?, ?)", row)
    falling = scene.cast.person("hurried").login
    last = sql.execute("SELECT max(date) FROM meeting_score WHERE login = ?", (falling,)).fetchone()[0]
    sql.execute("INSERT INTO private_note VALUES (?, ?, ?, ?, ?)", (lead, falling, last, sheet.note, scene.now))
    rising = scene.cast.person("allround").login
    for matter, points in zip(sheet.matters, (17, 13, 15, 8, 8, 9), strict=True):
        given = (rising, matter.name, points * 100, matter.reason(points, 0), scene.now)
        sql.execute("INSERT INTO own_point VALUES (?, ?, ?, ?, ?)", given)


def _own(scene: Scene, sheet: Sheet, login: str, day: str) -> list[dict[str, object]]:
    """Own points of a meeting that was held: a little above the lead's, as people see themselves."""
    given = dict(
        scene.sql.execute("SELECT criterion, points FROM meeting_score WHERE login = ? AND date = ?", (login, day))
    )
    return [
        {"criterion": one.name, "points": min(one.most * 100, given[one.name] + 100 * (place % 3)), "reason": None}
        for place, one in enumerate(sheet.matters)
    ]
