"""Levels that the history of tickets speaks for; confirmed by `commands.set_levels`, one by one or many at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from leadconsole.curation import evidence, keeping, words
from leadconsole.curation.contacts import Contact
from leadconsole.curation.facts import Levels
from leadconsole.curation.rules import LEVELS
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date
from leadconsole.team import facts as team


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level that the evidence speaks for, the present one, and why."""

    client: str
    client_name: str
    login: str
    level: str
    present: str | None
    contact: Contact
    because: str


@query(Capability.READ_DESK)
def proposals(desk: Desk) -> tuple[Proposal, ...]:
    """Proposed levels of all clients that haven't left: the highest first, then by client, of it who did most."""
    reader = desk.reader
    zone = team.settings(reader).timezone
    day = local_date(desk.now(), zone).isoformat()
    levels = Levels(reader)
    seen: dict[str, list[evidence.Seen]] = defaultdict(list)
    contacts = keeping.contacts(desk)
    for (client, login), contact in contacts.items():
        person = levels.people[login]
        if person.gains and person.here(day):
            seen[client].append(evidence.Seen(login, contact.tickets, contact.of, contact.last))
    found = []
    for client, name in reader.execute("SELECT code, name FROM client WHERE status <> 'left' ORDER BY code").fetchall():
        held = {login: row.level for login, row in levels.on(client, day).items()}
        wanted = evidence.proposed(seen.get(client, ()), held)
        found += [
            Proposal(
                client, name, login, level, held.get(login), contacts[client, login],
                _because(contacts[client, login], zone),
            )
            for login, level in wanted.items()
        ]  # fmt: skip
    found.sort(key=lambda one: (-LEVELS.index(one.level), one.client, -one.contact.tickets, one.login))
    return tuple(found)


def rules_in_words() -> tuple[str, ...]:
    """By which rules levels are proposed."""
    return (
        _("{level}: worked on most of the client's tickets, where nobody leads it yet.").format(
            level=words.level("lead")
        ),
        _("{level}: worked on {n} tickets of the client or more, or on half of them.").format(
            level=words.level("curator"), n=evidence.CURATES
        ),
        _("{level}: worked on a ticket of the client.").format(level=words.level("learning")),
    )


def _because(contact: Contact, zone: str) -> str:
    count = ngettext("{n} ticket of {of}", "{n} tickets of {of}", contact.tickets).format(
        n=contact.tickets, of=contact.of
    )
    return _("{tickets}, last on {day}").format(tickets=count, day=formats.day(local_date(contact.last, zone)))
