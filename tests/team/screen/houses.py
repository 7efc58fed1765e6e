"""A desk with something in every list of the Desk screen: who left, who is leaving, days past and to come, norms."""

from __future__ import annotations

from pathlib import Path

from desks import House, house
from leadconsole.kernel.access import Actor, Role
from leadconsole.remote import commands as remote
from leadconsole.remote import log
from leadconsole.remote.public_keys import read_key
from leadconsole.team import commands
from remote.test_rules import ED, blob

KEY_OF = {login: f"{ED} {blob(ED, login[:1].encode() * 32)} {login}@home" for login in ("lida", "ira", "evil")}
"""A line of a .pub file of each."""


def desk_house(path: Path) -> House:
    """The desk of Monday, 2 March 2026; Anna leads."""
    made = house(path)
    made.setting("lead", "anna")
    made.setting("country", "RU")
    made.person("vera", "contractor", name="Вера Соколова", lines="2+3", timezone="Asia/Omsk", weekly_hours="20")
    made.person("ira", name="Ира Котёл", ended="2026-02-27")
    made.client("acme", name="Acme", domains="acme.example", notes="Ask for the second till.\nCalls on Mondays.")
    made.client("globex", name="Globex Trading", policy="std", calendar="night", status="leaving")
    made.client("kotel", name="ООО «Котёл»", policy="std", toxic_since="2026-01-15", toxic_reason="shouts")
    made.client("old", name="Old Firm", status="left", ended="2025-12-31")
    desk = made.desk()
    for client, name, phone in (("acme", "Nina Petrova", "+7 495 1"), ("old", "Пётр", ""), ("kotel", "Олег", "")):
        commands.enter(desk, "contacts", {"client": client, "name": name, "phone": phone})
    commands.set_week(desk, {"calendar": "office", **dict.fromkeys(("mon", "tue"), "09:00-13:00 14:00-18:00")})
    commands.set_week(desk, {"calendar": "night", "sat": "20:00-24:00", "sun": "20:00-24:00", "timezone": "Asia/Omsk"})
    days = (("2026-02-23", "off", "", ""), ("2026-03-07", "work", "10:00", "14:00"), ("2026-04-30", "short", "", ""))
    for day, kind, opens, closes in days:
        commands.enter(
            desk, "calendar_days",
            {"calendar": "office", "date": day, "kind": kind, "opens": opens, "closes": closes},
        )  # fmt: skip
    made.norm(60, 480)
    made.norm(15, 240, "urgent")
    made.norm(15, 120, "urgent", line="2")
    made.ticket("No power", "acme", assignee="lida")
    made.ticket("No ink", "acme", assignee="lida")
    return made


def hostile_house(path: Path) -> House:
    """A desk where every text is an attack on the terminal."""
    made = house(path)
    bad = "[/foo] [red]x[/red] \x1b[31m \x1b]0;t\x07 \u202egnp\u200b 漢字👩‍💻"
    made.setting("currency", bad[:30])  # first: it stays once there are amounts
    made.person("evil", name=bad, email=bad)
    made.client("evil", name=bad, domains=bad, notes=bad, policy=bad[:40], toxic_since="2026-01-01", toxic_reason=bad)
    commands.enter(made.desk(), "contacts", {"client": "evil", "name": bad, "note": bad * 5})
    away = {"login": "evil", "from": "2026-03-01", "to": "2026-03-03", "kind": "other", "note": bad}
    commands.enter(made.desk(), "absences", away)
    commands.enter(made.desk(), "subscriptions", {"client": "evil", "from": "2026-01-01", "monthly_fee": "1"})
    commands.set_week(made.desk(), {"calendar": bad[:30], "mon": "9-18"})
    commands.enter(made.desk(), "calendar_days", {"calendar": bad[:30], "date": "2026-03-09", "kind": "off"})
    commands.enter(made.desk(), "norms", {"policy": bad[:40], "priority": "low", "resolution_minutes": "99999"})
    remote.add_keys(made.desk(), "evil", [read_key(KEY_OF["evil"])])
    log.note(made.desk("evil"), bad, bad)
    return made


def access_house(path: Path) -> House:
    """The desk with keys of Lida and of Ira, who left, and with what was refused to both and to a stranger."""
    made = desk_house(path)
    for login in ("ira", "lida"):
        remote.add_keys(made.desk(), login, [read_key(KEY_OF[login])])
    for login, said, why in (
        ("lida", "bash", "This can't be done over SSH: bash. You may say: today; or nothing, for the screen."),
        ("ira", "", "ira doesn't work at this desk today."),
        ("mallory", "", "There is no person «mallory» at this desk."),
    ):
        made.wait(7)
        log.note(made.desk().seated(Actor(login, Role.SPECIALIST)), said, why)
    return made


def away_house(path: Path) -> House:
    """The desk with absences that are past, run and are to come, and with fees, one of them changed."""
    made = desk_house(path)
    desk = made.desk()
    for login, first, last, kind, note in (
        ("lida", "2026-02-24", "2026-03-09", "vacation", ""),
        ("oleg", "2026-01-19", "2026-01-23", "sick", ""),
        ("oleg", "2026-04-27", "2026-05-10", "vacation", "By the sea"),
        ("vera", "2026-03-23", "2026-03-25", "study", "Payroll"),
    ):
        cells = {"login": login, "from": first, "to": last, "kind": kind, "note": note}
        commands.enter(desk, "absences", cells)
    for client, first, last, fee in (
        ("acme", "2025-01-01", "2025-12-31", "12000"), ("acme", "2026-01-01", "", "14000"),
        ("globex", "2025-06-01", "2026-04-30", "9500.50"), ("kotel", "2026-04-01", "", "20000"),
    ):  # fmt: skip
        commands.enter(desk, "subscriptions", {"client": client, "from": first, "to": last, "monthly_fee": fee})
    return made
