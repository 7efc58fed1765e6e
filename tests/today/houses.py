"""A desk on which everything that Today tells of is there once."""

from __future__ import annotations

from pathlib import Path

from curation.screen.houses import cover_house
from desks import House
from leadconsole.curation import commands as curation
from leadconsole.kernel.period import Month
from leadconsole.one_on_one import commands as one_on_one
from leadconsole.roster import commands as roster
from leadconsole.team import commands as team
from leadconsole.tickets import commands as tickets
from one_on_one.sheets import criterion

MARCH = Month(2026, 3)


def today_house(path: Path) -> House:
    """Monday, 2 March 2026, noon: Oleg is ill, Lida stands in for him at Delta Bank, February isn't closed."""
    made = cover_house(path)
    made.person("victor", "director")
    made.setting("guaranteed_minimum", "10000000")
    desk = made.desk()
    curation.enter(
        desk, "substitutions",
        {"client": "delta", "absent": "oleg", "from": "2026-02-26", "to": "2026-03-06", "substitute": "lida"},
    )  # fmt: skip
    curation.enter(
        desk, "learning_tasks", {"client": "acme", "login": "oleg", "since": "2026-02-01", "due": "2026-02-27"}
    )
    _shifts(made)
    criterion(made, "Calm", "10")
    one_on_one.enter(desk, "meeting_plan", {"login": "lida", "rule": "FREQ=WEEKLY;BYDAY=MO"})
    one_on_one.enter(
        desk, "actions",
        {"login": "lida", "date": "2026-02-23", "text": "ERP access", "owner": "anna", "due": "2026-02-27"},
    )  # fmt: skip
    _tickets(made)
    return made


def _shifts(made: House) -> None:
    desk = made.desk()
    roster.enter(desk, "shift_types", {"code": "D", "name": "Day", "starts": "09:00", "ends": "18:00"})
    roster.enter(desk, "shift_types", {"code": "E", "name": "Evening", "starts": "13:00", "ends": "22:00"})
    for day in (2, 3, 4):
        roster.enter(desk, "shifts", {"login": "lida", "date": f"2026-03-{day:02}", "shift": "D"})
    roster.publish(desk, MARCH)
    roster.enter(desk, "shifts", {"login": "lida", "date": "2026-03-04", "shift": "E"})


def _tickets(made: House) -> None:
    """Of Lida: one overdue, one promised for today, one waiting; of nobody: one of Delta Bank, one of Acme."""
    made.norm(240, 480)
    made.norm(15, 90, "urgent")
    desk = made.desk()
    made.ticket("The till is dead", "acme", priority="urgent", assignee="lida")
    promised = made.ticket("Report for the board", "coral", assignee="lida")
    tickets.correct(desk, promised, {"promised": "2026-03-02T17:00:00+03:00"})
    waits = made.ticket("Which version?", "acme", assignee="lida")
    tickets.wait(desk, waits, "waiting_client", "2026-03-09T09:00:00+03:00")
    made.ticket("New workplace", "acme")
    made.ticket("Bank feed stopped", "delta")
    done = made.ticket("Form printed", "acme", assignee="lida", kind="task", price="500")
    made.wait(30)
    tickets.set_status(desk, done, "resolved")
    made.wait(90)


def away(made: House, login: str, first: str, last: str) -> None:
    """Somebody is on vacation."""
    team.enter(made.desk(), "absences", {"login": login, "from": first, "to": last, "kind": "vacation"})
