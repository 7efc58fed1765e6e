"""Proposed levels, handover sheets, briefs and calendar files on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from leadconsole.curation import words
from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.headless import Answer, Call
from leadconsole.kernel.i18n import _, ngettext


def propose(call: Call) -> Answer:
    """The levels that the tickets speak for; with --confirm they are written down in one step."""
    from leadconsole.curation.commands import set_levels
    from leadconsole.curation.proposing import proposals, rules_in_words

    desk = call.sit()
    found = proposals(desk)
    confirmed = 0
    if call.options.confirm:
        confirmed = set_levels(desk, [(one.client, one.login, one.level) for one in found])

    def lines(cells: int | None) -> Iterator[str]:
        for rule in rules_in_words():
            yield from wrapped(rule, cells)
        columns = [
            Column(_("Client"), most=32, gives_way=True),
            Column(_("Login"), most=32),
            Column(_("Level")),
            Column(_("Now")),
            Column(_("Because"), wraps=True),
        ]
        rows = [
            [
                one.client,
                one.login,
                words.level(one.level),
                words.level(one.present) if one.present else "—",
                one.because,
            ]
            for one in found
        ]
        if rows:
            yield from aligned(columns, rows, cells)
        if call.options.confirm:
            yield ngettext("{n} level was written down.", "{n} levels were written down.", confirmed).format(
                n=confirmed
            )
        else:
            yield ngettext("{n} level is proposed.", "{n} levels are proposed.", len(found)).format(n=len(found))

    data = {
        "clients": len({one.client for one in found}),
        "people": len({one.login for one in found}),
        "proposals": [
            {
                "client": one.client,
                "login": one.login,
                "level": one.level,
                "present": one.present,
                "tickets": one.contact.tickets,
                "of": one.contact.of,
                "because": one.because,
            }
            for one in found
        ],
        "confirmed": confirmed,
    }
    return Answer(data, lines)


def sheets(call: Call) -> Answer:
    """All sheets of somebody's absence."""
    from leadconsole.curation.sheets import sheets_markdown

    login = call.options.sheets
    return _document(login, "markdown", sheets_markdown(call.sit(), login))


def brief(call: Call) -> Answer:
    """What happened while somebody was away."""
    from leadconsole.curation.sheets import briefs_markdown

    login = call.options.brief
    return _document(login, "markdown", briefs_markdown(call.sit(), login))


def ics(call: Call) -> Answer:
    """Somebody's absences as a calendar file."""
    from leadconsole.curation.vacations import calendar_file

    login = call.options.ics
    return _document(login, "calendar", calendar_file(call.sit(), login).decode())


def _document(login: str, name: str, text: str) -> Answer:
    return Answer({"login": login, name: text}, lambda cells: text.splitlines())
