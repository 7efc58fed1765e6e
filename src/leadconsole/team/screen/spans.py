"""Absences and fees as text: of the row under the cursor, and of a person or a client."""

from __future__ import annotations

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.team import rules, words
from leadconsole.team.queries import Directory
from leadconsole.team.screen.lists import absent_days, is_gone, person_name
from leadconsole.tickets import queries as tickets

LONG_PART = 14
"""A vacation has a part of so many days at least (domain.md, shift roster)."""


def absence(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    """One absence: how long, what the person holds meanwhile, and the person's other ones."""
    login = entry["login"]
    held = tickets.loads(desk).get(login, 0)
    blocks = [
        Block((Piece(person_name(directory, login), "bold"), Piece(f"  {login}", "accent"))),
        block(f"{words.absence_kind(entry['kind'])}: {_span(entry)}"),
        block(_length(entry, directory)),
    ]
    if entry["note"]:
        blocks.append(block(entry["note"]))
    if held and not is_gone(entry, directory):
        told = ngettext(
            "{n} open ticket is with this person; somebody must take it meanwhile.",
            "{n} open tickets are with this person; somebody must take them meanwhile.",
            held,
        )
        blocks += [block(), block(told.format(n=held), "warning")]
    return blocks + absences_of(login, directory, beside=entry)


def absences_of(login: str, directory: Directory, beside: Entry | None = None) -> list[Block]:
    """Absences of a person, the last first, and the days of vacation of this year."""
    own = [one for one in directory.entries["absences"] if one["login"] == login]
    if not own:
        return []
    blocks = [block(), block(_("Absences"), "dim")]
    for one in reversed(own):
        tone = "bold" if one is beside else "dim" if is_gone(one, directory) else ""
        days, _working = absent_days(one, directory)
        told = ngettext("{n} day", "{n} days", days).format(n=days)
        blocks.append(Block((Piece(_span(one), tone), Piece(f"  {words.absence_kind(one['kind'])}, {told}", "dim")), 2))
    return [*blocks, *_vacation(own, directory)]


def _vacation(own: list[Entry], directory: Directory) -> list[Block]:
    year = directory.today[:4]
    parts = [
        sum(day.year == int(year) for day in rules.span_days(one["from"], one["to"]))
        for one in own
        if one["kind"] == "vacation"
    ]
    total = sum(parts)
    if not total:
        return []
    told = ngettext("{n} day of vacation in {year}", "{n} days of vacation in {year}", total)
    blocks = [block(), block(told.format(n=total, year=year))]
    if max(parts) < LONG_PART:
        blocks.append(block(_("No part of it has {n} days.").format(n=LONG_PART), "warning"))
    return blocks


def fee(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    """One fee, and what the client paid before and will pay."""
    client = directory.find("clients", (entry["client"],))
    name = entry["client"] if client is None else client["name"]
    return [
        Block((Piece(name, "bold"), Piece(f"  {entry['client']}", "accent"))),
        block(_("{amount} a month").format(amount=_amount(entry, directory))),
        block(_span(entry)),
        *fees_of(entry["client"], directory, beside=entry),
    ]


def fees_of(client: str, directory: Directory, beside: Entry | None = None) -> list[Block]:
    """What a client pays a month, the last first; nothing for who may not see fees."""
    if not directory.shows_fees:
        return []
    own = [one for one in directory.entries["subscriptions"] if one["client"] == client]
    if not own:
        return [block(), block(_("No subscription: pays for each piece of work."))]
    blocks = [block(), block(_("Fee a month"), "dim")]
    for one in own:
        tone = "bold" if one is beside else "dim" if is_gone(one, directory) else ""
        blocks.append(Block((Piece(_amount(one, directory), tone), Piece(f"  {_span(one)}", "dim")), 2))
    return blocks


def _amount(entry: Entry, directory: Directory) -> str:
    return f"{words.fee(entry['monthly_fee'])} {directory.settings.currency}"


def _span(entry: Entry) -> str:
    first, last = formats.day(parse_date(entry["from"])), entry["to"]
    if not last:
        return _("from {day} until further notice").format(day=first)
    return first if last == entry["from"] else f"{first} – {formats.day(parse_date(last))}"


def _length(entry: Entry, directory: Directory) -> str:
    days, working = absent_days(entry, directory)
    told = ngettext("{n} day", "{n} days", days).format(n=days)
    inside = ngettext("{n} working day", "{n} working days", working).format(n=working)
    return f"{told}, {inside}"
