"""A desk with a small matrix: single points of failure, thin and stale ones, somebody away, a toxic client."""

from __future__ import annotations

from pathlib import Path

from desks import House, house
from leadconsole.curation import commands
from leadconsole.team import commands as team

LEVELS = (
    ("acme", "anna", "2025-01-01", "lead"), ("acme", "lida", "2025-02-01", "curator"),
    ("acme", "oleg", "2026-02-01", "learning"),
    ("bolt", "lida", "2025-01-01", "lead"),
    ("coral", "lida", "2025-01-01", "lead"), ("coral", "oleg", "2025-06-01", "curator"),
    ("delta", "oleg", "2025-01-01", "lead"), ("delta", "anna", "2025-01-01", "curator"),
    ("delta", "vera", "2025-01-01", "curator"),
    ("edge", "oleg", "2025-01-01", "learning"),
    ("flora", "vera", "2025-01-01", "lead"), ("flora", "lida", "2025-01-01", "learning"),
)  # fmt: skip


def cover_house(path: Path) -> House:
    """The desk of Monday, 2 March 2026; Anna leads."""
    made = house(path)
    made.setting("lead", "anna")
    made.setting("country", "RU")
    made.person("vera", "contractor", name="Вера Соколова", lines="2+3")
    for code, name, more in (
        ("bolt", "ООО «Болт»", {"toxic_since": "2026-01-15", "toxic_reason": "shouts"}), ("coral", "Coral Travel", {}),
        ("delta", "Delta Bank", {}), ("edge", "Edge", {}), ("flora", "Флора", {"status": "leaving"}),
    ):  # fmt: skip
        made.client(code, name=name, policy="std", **more)
    desk = made.desk()
    for client, login, since, level in LEVELS:
        commands.enter(desk, "curation", {"client": client, "login": login, "since": since, "level": level})
    for login, first, last, kind in (
        ("oleg", "2026-02-26", "2026-03-06", "sick"), ("lida", "2026-06-01", "2026-06-14", "vacation"),
        ("oleg", "2026-06-08", "2026-06-21", "vacation"),
    ):  # fmt: skip
        team.enter(desk, "absences", {"login": login, "from": first, "to": last, "kind": kind})
    for client, fee in (("acme", "14000"), ("bolt", "9500"), ("coral", "32000"), ("delta", "120000")):
        team.enter(desk, "subscriptions", {"client": client, "from": "2025-01-01", "monthly_fee": fee})
    made.ticket("No power", "acme", assignee="anna")
    made.ticket("No ink", "bolt", assignee="lida")
    made.ticket("No seat", "coral", assignee="lida")
    return made


def hostile_house(path: Path) -> House:
    """A desk where every text is an attack on the terminal."""
    made = house(path)
    bad = "[/foo] [red]x[/red] \x1b[31m \x1b]0;t\x07 \u202egnp\u200b 漢字👩‍💻"
    made.person("evil", name=bad)
    made.client("evil", name=bad, toxic_since="2026-01-01", toxic_reason=bad)
    desk = made.desk()
    for client, login, level in (("evil", "evil", "lead"), ("acme", "evil", "curator"), ("evil", "lida", "learning")):
        commands.enter(desk, "curation", {"client": client, "login": login, "since": "2026-01-01", "level": level})
    team.enter(
        desk, "absences", {"login": "evil", "from": "2026-03-02", "to": "2026-03-03", "kind": "other", "note": bad}
    )
    return made


def big_house(path: Path, people: int, clients: int) -> House:
    """A desk with so many people and clients, each client known to three of them."""
    made = house(path)
    sql = made.database
    with made.desk().write() as transaction:
        for number in range(people - 3):
            transaction.sql.execute(
                "INSERT INTO person (login, name, role, lines, weekly_hours) VALUES (?, ?, 'specialist', '1', 40)",
                (f"p{number:02}", f"Person {number:02}"),
            )
        logins = ["anna", "lida", "oleg", *(f"p{number:02}" for number in range(people - 3))]
        for number in range(clients - 1):
            code = f"c{number:04}"
            transaction.sql.execute(
                "INSERT INTO client (code, name, status) VALUES (?, ?, 'active')", (code, f"Client {number:04}")
            )
            for place, level in enumerate(("lead", "curator", "learning")):
                transaction.sql.execute(
                    "INSERT INTO curation (client, login, since, level) VALUES (?, ?, '2025-01-01', ?)",
                    (code, logins[(number + place) % len(logins)], level),
                )
    assert sql is made.database
    return made
