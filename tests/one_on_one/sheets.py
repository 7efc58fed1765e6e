"""Desks with 1-on-1 sheets, in few lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desks import House
from leadconsole.one_on_one import commands

TUESDAY = date(2026, 1, 6)


def criterion(home: House, name: str = "On time", most: str = "20", login: str = "lida", **cells: str) -> None:
    """Enter a criterion from the first of January on."""
    cells = {"from": "2026-01-01", **cells}
    commands.enter(home.desk(), "criteria", {"login": login, "criterion": name, "max": most, **cells})


def met(home: House, day: str, login: str = "lida", reason: str = "as seen", **points: str) -> None:
    """Enter a meeting's points by criterion, underscores for spaces."""
    for name, given in points.items():
        cells = {"login": login, "date": day, "criterion": name.replace("_", " "), "points": given, "reason": reason}
        commands.enter(home.desk(), "meetings", cells)


def weekly(home: House, sums: Iterable[int], login: str = "lida") -> None:
    """Enter a criterion of 100 points and a meeting a week with these sums."""
    criterion(home, "All", "100", login)
    for week, points in enumerate(sums):
        met(home, (TUESDAY + timedelta(weeks=week)).isoformat(), login, All=str(points))
