"""The words of Today: what its sections are called, how the head of the day reads."""

from __future__ import annotations

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.today.lines import Head, Section

_TITLES = {
    "acknowledge": NP_("today", "to read"),
    "overdue": NP_("today", "overdue"),
    "promised": NP_("today", "promised"),
    "at_risk": NP_("today", "at risk"),
    "unassigned": NP_("today", "unassigned"),
    "tickets": NP_("today", "my tickets"),
    "promises": NP_("today", "I promised"),
    "thin": NP_("today", "thin cover"),
    "away": NP_("today", "away"),
    "stands_in": NP_("today", "standing in"),
    "meetings": NP_("today", "1-on-1"),
    "one_on_one": NP_("today", "my 1-on-1"),
    "approvals": NP_("today", "to decide"),
    "roster": NP_("today", "roster"),
    "to_accept": NP_("today", "to accept"),
    "invoices": NP_("today", "invoices"),
    "payout": NP_("today", "payout"),
    "norms": NP_("today", "norms"),
    "learning": NP_("today", "learning"),
}
TITLE_CELLS = 14
"""The longest title in any language."""
_PLACES = {
    "ticket": N_("Enter opens the ticket."),
    "view": N_("Enter opens the queue on all of them."),
    "cover": N_("Enter opens the client in the matrix."),
    "sheet-of": N_("Enter opens the handover sheet."),
    "absence": N_("Enter opens the absence."),
    "handover": N_("Enter opens the handover."),
    "sheet": N_("Enter opens the 1-on-1 sheet."),
    "shift": N_("Enter opens the roster."),
    "roster": N_("Enter opens the roster."),
    "month": N_("Enter opens the month."),
    "norms": N_("Enter opens the norms."),
}


def title(name: str) -> str:
    """What a section is called, in at most `TITLE_CELLS` cells."""
    return pgettext("today", _TITLES[name])


def place(kind: str) -> str:
    """What Enter opens."""
    return _(_PLACES[kind])


def more(one: Section) -> str:
    """How many lines of a section aren't shown."""
    return ngettext("and {n} more", "and {n} more", one.more).format(n=formats.integer(one.more))


def head(told: Head) -> list[tuple[str, str]]:
    """The day in pieces, most important first: a text and its tone each."""
    day = parse_date(told.day)
    pieces = [(f"{formats.weekday(day)} {formats.short_day(day)}", "bold")]
    if told.shift:
        pieces.append((told.shift, "accent"))
    if told.on_shift:
        pieces.append((_("on shift: {names}").format(names=", ".join(told.on_shift)), ""))
    if told.away:
        pieces.append((_("away: {names}").format(names=", ".join(told.away)), "dim"))
    return pieces
