"""The 1-on-1s' part of a demo desk: one who rose from 50 to 64 over ten weeks, one who falls, one who is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leadconsole.demo.days import public_days
from leadconsole.demo.parts import Scene
from leadconsole.demo.sheets import Sheet, sheet_of
from leadconsole.kernel.period import local_date
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
