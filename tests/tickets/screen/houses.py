"""A desk whose queue shows every sign: overdue, at risk, waiting, finished, unassigned, priced, repeated, hostile."""

from __future__ import annotations

from pathlib import Path

from desks import House, house
from leadconsole.tickets import commands

HOSTILE = (
    "[/foo] closes nothing, [red]x[/red] colours nothing",
    "ESC \x1b[31mred\x1b[0m and a bell \a",
    "OSC 52 \x1b]52;c;cHduZWQ=\x07 is no clipboard",
    "bidi \u202egnp.exe\u202c and zero\u200bwidth",
    '=HYPERLINK("http://example.com") is no formula',
    "emoji 👩‍💻🔥 and wide 漢字 stay in their cells",
    "long " + "х" * 10_000,
)
SUBJECTS = (
    "The printer prints blank pages", "Invoice 4411 can't be posted", "Bank feed stopped on Friday",
    "New workplace for the storekeeper", "Payslips show last year's rate", "Till no. 3 has lost its connection",
    "Report for the tax office is rejected", "Слишком долго проводится реализация", "Зарплата: невірна ставка",
    "Access for the new accountant",
)  # fmt: skip


def queue_house(path: Path) -> House:
    """A desk of Monday noon with two dozen tickets; Anna is seated."""
    made = house(path, "2026-03-02T09:00:00+03:00")
    made.setting("lead", "anna")
    made.person("vera", lines="2+3", name="Вера Соколова")
    made.client("globex", name="Globex Trading", policy="std", notes="Calls on Mondays. Ask for the second till.")
    made.client("romashka", name="ООО «Ромашка»")
    made.client("toxic", name="Initech", policy="std", toxic_since="2026-01-15", toxic_reason="shouts on the phone")
    made.norm(60, 480)
    made.norm(15, 240, "urgent")
    made.norm(30, 360, "high")
    people = ("lida", "oleg", "vera", "anna", None)
    clients = ("acme", "globex", "romashka", "toxic")
    priorities = ("normal", "normal", "high", "low", "urgent", "normal")
    desk = made.desk()
    for place, subject in enumerate(SUBJECTS * 2):
        number = made.ticket(
            subject if place < len(SUBJECTS) else f"{subject}, again",
            clients[place % 4],
            priority=priorities[place % 6],
            assignee=people[place % 5] or "",
            requester="Nina Petrova",
            body="It worked yesterday.\nPlease help, the customer is waiting.",
        )
        made.wait(9)
        if place % 3 == 0:
            commands.reply(desk, number, "We are looking into it.")
        if place % 7 == 1:
            commands.set_status(desk, number, "waiting_client")
        if place % 7 == 3:
            commands.set_status(desk, number, "open")
            commands.note(desk, number, "The service of the cash register answers slowly.")
        if place % 9 == 5:
            commands.set_status(desk, number, "resolved")
    made.wait(20)
    return made


def hostile_house(path: Path) -> House:
    """A desk where every text is an attack on the terminal."""
    made = house(path)
    made.client("evil", name="[b]Evil[/] \x1b[5m& Sons\x1b[0m", policy="std", notes="\x1b]0;title\x07 notes [/x]")
    made.norm(60, 480)
    for text in HOSTILE:
        number = made.ticket(text[:400], "evil", body=text, requester=text[:60])
        commands.note(made.desk(), number, text)
    return made
