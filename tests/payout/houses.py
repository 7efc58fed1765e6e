"""A desk with a payout: February 2026 is over, one work was left out, a hostile client pays too."""

from __future__ import annotations

from pathlib import Path

from desks import House, at, house
from leadconsole.payout import commands
from leadconsole.team import commands as team
from leadconsole.tickets import commands as tickets


def enter(home: House, file: str, **cells: str) -> None:
    """A row of the payout; `from_` is `from`."""
    commands.enter(home.desk(), file, {name.rstrip("_"): cell for name, cell in cells.items()})


def fee(home: House, first: str = "2026-01-01", amount: str = "100000", **cells: str) -> None:
    """A subscription of Acme."""
    team.enter(home.desk(), "subscriptions", {"client": "acme", "from": first, "monthly_fee": amount, **cells})


def february(path: Path) -> House:
    """February 2026 on the 2nd of March: a fee, a work, salaries, an expense and what is set aside."""
    made = house(path, "2026-02-10T12:00:00+03:00")
    made.setting("lead", "anna")
    made.setting("guaranteed_minimum", "10000")
    fee(made)
    made.person("kim", "contractor")
    number = made.ticket("Report", price="20000.01", kind="task")
    tickets.accept(made.desk(), number)
    left = made.ticket("Forms", price="500", kind="task")
    tickets.set_status(made.desk(), left, "resolved")
    enter(made, "salaries", login="lida", from_="2026-01-01", amount="28000")
    enter(made, "salaries", login="kim", from_="2026-02-15", amount="2000")
    enter(made, "salaries", login="anna", from_="2026-01-01", amount="99000")
    enter(made, "expenses", month="2026-02", description="Hosting", amount="1000", ticket="1")
    enter(made, "allocations", month="2026-02", kind="reserve", amount="5000")
    enter(made, "allocations", month="2026-02", kind="bonus", login="lida", amount="3000", reason="webinar")
    enter(made, "adjustments", month="2026-02", description="January act", amount="-500", corrects="2026-01")
    made.clock.at = at("2026-03-02T10:00:00+03:00")
    return made


def hostile(made: House) -> House:
    """The same desk with a client and an expense that would break a careless terminal."""
    name = "[/foo] \x1b[31mred\x1b[0m \u202egnp\u202c 漢字"
    made.client("evil", name=name)
    team.enter(made.desk(), "subscriptions", {"client": "evil", "from": "2026-02-16", "monthly_fee": "77.77"})
    enter(made, "expenses", month="2026-02", description=f"=1+1 {name}", amount="1")
    return made
