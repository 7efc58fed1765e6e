"""A desk with three months behind it: shares, trends, misses, hand-overs and returns, one with a hostile reason."""

from __future__ import annotations

from pathlib import Path

from desks import House, at, house
from leadconsole.kernel.clock import DAY
from leadconsole.tickets import commands
from tickets.screen.houses import SUBJECTS

HOSTILE_REASON = "[/foo] \x1b[31mred\x1b[0m \u202egnp\u202c needs 漢字 and the database"
WEEKS = {"2026-01-12": 8, "2026-02-09": 16, "2026-03-16": 30}
"""Mondays, and how many tickets came from then to Thursday; March isn't over."""


def norms_house(path: Path) -> House:
    """A desk of late March: Lida has many tickets, Oleg a few; some are late, every fourth goes to Vera."""
    made = house(path, "2026-01-12T09:00:00+03:00")
    made.setting("lead", "anna")
    made.person("vera", lines="2+3", name="Вера Соколова")
    made.client("romashka", name="ООО «Ромашка»", policy="std")
    made.norm(60, 240)
    for monday, count in WEEKS.items():
        for place in range(count):
            made.clock.at = at(f"{monday}T09:{place:02}:00+03:00") + place % 4 * DAY
            _live(made, place)
    made.clock.at = at("2026-03-20T12:00:00+03:00")
    return made


def _live(made: House, place: int) -> None:
    number = made.ticket(
        SUBJECTS[place % len(SUBJECTS)],
        ("acme", "romashka")[place % 2],
        assignee=("lida", "lida", "lida", "oleg")[place % 4],
    )
    desk = made.desk("lida")
    made.wait(100 if place % 12 == 5 else 20)
    commands.reply(desk, number, "We are looking into it.")
    if place % 4 == 1:
        made.wait(20)
        commands.move_line(desk, number, 2, HOSTILE_REASON if place == 1 else "needs the database")
        commands.assign(desk, number, "vera")
    if place % 8 == 1:
        made.wait(30)
        commands.assign(made.desk("vera"), number, "lida")
    made.wait(300 if place % 6 == 5 else 60)
    if place % 10 != 9:
        commands.set_status(desk, number, "resolved")
