"""A desk with 1-on-1s: one who falls, one who is new, one without a sheet; tickets as evidence."""

from __future__ import annotations

from pathlib import Path

from desks import House, house
from leadconsole.one_on_one import commands, meetings
from leadconsole.one_on_one.commands import Wanted
from leadconsole.one_on_one.meetings import Given
from leadconsole.tickets import commands as tickets
from one_on_one.sheets import met

HOSTILE = "[/foo] \x1b[31mred \u202egnp 漢字"
LIDA = (("2026-02-03", 18, 8), ("2026-02-10", 17, 7), ("2026-02-17", 14, 7), ("2026-02-24", 10, 5))


def review_house(path: Path) -> House:
    """The desk of Monday, 2 March 2026, ten in the morning; Anna leads, Lida falls, Oleg is new, Vera has no sheet."""
    made = house(path)
    made.setting("lead", "anna")
    made.person("lida", name="Лида Соколова")
    made.person("vera", "contractor", name="Vera Stone", timezone="Asia/Omsk")
    desk = made.desk()
    for login in ("lida", "oleg"):
        wanted = [
            Wanted("Requests done on time", "20", [("5", "late"), ("12", "mostly in time"), ("20", "in time")]),
            Wanted("Calm with difficult clients", "10"),
        ]
        commands.set_sheet(desk, login, wanted, "2026-02-01")
    for day, time, calm in LIDA:
        for name, points in (("Requests done on time", time), ("Calm with difficult clients", calm)):
            reason = HOSTILE if (day, name) == ("2026-02-24", "Requests done on time") else f"as seen, {points}"
            cells = {"login": "lida", "date": day, "criterion": name, "points": str(points), "reason": reason}
            commands.enter(desk, "meetings", cells)
    met(made, "2026-02-25", "oleg", Requests_done_on_time="12", Calm_with_difficult_clients="6")
    commands.enter(desk, "meeting_plan", {"login": "lida", "rule": "FREQ=WEEKLY;BYDAY=TU"})
    commands.enter(desk, "meeting_plan", {"login": "oleg", "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"})
    meetings.add_point(made.desk("lida"), "lida", "Who covers for me on Fridays?")
    meetings.give_own(made.desk("lida"), {"Requests done on time": Given("18", "nothing late")})
    promise = {"login": "lida", "date": "2026-02-24", "text": "ERP access", "owner": "anna", "due": "2026-02-28"}
    commands.enter(desk, "actions", promise)
    made.norm(1, 1)
    late = made.ticket("No ink", assignee="lida")
    made.wait(30)
    tickets.set_status(made.desk("lida"), late, "resolved")
    return made
