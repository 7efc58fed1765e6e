"""Desks with a roster for tests of its screen."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from desks import House, empty_house
from leadconsole.roster import commands
from leadconsole.team import commands as team

PEOPLE = ("anna", "boris", "dina", "fedor", "galina", "ivan", "lida", "oleg")
_NAMES = {
    "anna": "Anna Ortega", "boris": "Boris Klein", "dina": "Dina Sobol", "fedor": "Fedor Lang",
    "galina": "Galina Reut", "ivan": "Ivan Moss", "lida": "Lida Crane", "oleg": "Oleg Stern",
}  # fmt: skip


def roster_house(path: Path, now: str = "2026-03-02T10:00:00+03:00") -> House:
    """Eight people in Russia, three kinds of shifts, a demand that they can meet, absences, a wish; no shift."""
    made = empty_house(path, now)
    for login in PEOPLE:
        role = "lead" if login == "anna" else "specialist"
        made.person(login, role, name=_NAMES[login], lines="1+2" if login in ("anna", "dina", "lida") else "1")
    made.setting("country", "RU")
    desk = made.desk()
    for code, name, starts, ends in (("D", "Day", "09:00", "18:00"), ("E", "Evening", "13:00", "22:00")):
        _enter(made, "shift_types", code=code, name=name, starts=starts, ends=ends, break_minutes="60")
    _enter(made, "shift_types", code="N", name="Night", starts="21:00", ends="09:00", break_minutes="60")
    for day, starts, ends, line, people in (
        ("workday", "09:00", "18:00", "1", "3"),
        ("workday", "09:00", "18:00", "2", "1"),
        ("workday", "18:00", "22:00", "1", "1"),
        ("weekend", "09:00", "18:00", "", "1"),
        ("holiday", "09:00", "18:00", "", "1"),
    ):
        _enter(made, "demand", day=day, starts=starts, ends=ends, line=line, people=people)
    for login, first, last, kind in (
        ("oleg", "2026-03-09", "2026-03-15", "vacation"),
        ("ivan", "2026-03-03", "2026-03-04", "sick"),
    ):
        team.enter(desk, "absences", {"login": login, "from": first, "to": last, "kind": kind})
    commands.wish(desk, {"login": "lida", "date": "2026-03-06", "shift": "off", "weight": "3"})
    return made


def _enter(made: House, file: str, **cells: str) -> None:
    commands.enter(made.desk(), file, cells)


def planned(made: House, first: str = "2026-03-02", days: int = 26) -> House:
    """The same with a plan by hand that breaks some rules; five days and two free, one after the other."""
    begin = date.fromisoformat(first)
    cells = {}
    for row, login in enumerate(PEOPLE):
        for place in range(days):
            day = (begin + timedelta(days=place)).isoformat()
            if (place + row) % 7 < 5 and not (login == "oleg" and "2026-03-10" <= day <= "2026-03-15"):
                cells[login, day] = "E" if row % 4 == 3 else "D"
    commands.set_shifts(made.desk(), cells)
    return made


def hostile(made: House) -> House:
    """The same with names that a careless program would take for markup, a format, or an order to the terminal."""
    team.enter(made.desk(), "people", {"login": "boris", "name": "[/b] {name} \u202eevil\u202c 漢字漢字漢字"})
    team.enter(made.desk(), "people", {"login": "dina", "name": "Dina [red]" + "long " * 40})
    _enter(made, "shift_types", code="漢字[/]{}", name="[bold]{0}", starts="08:00", ends="20:00", break_minutes="0")
    commands.set_shifts(made.desk(), {("dina", "2026-03-05"): "漢字[/]{}"})
    return made
